"""How often a person may do what costs much, or what would serve for guessing (R44). Each person has counters of their
own, and each organisation for the API, so that nobody feels or sees the load of a rival.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


@cache
def counters() -> Redis:
    """The cache as a plain client that gives up at once. Django's backend makes a new one for every call."""
    once = Retry(NoBackoff(), 0)
    client: Redis = Redis.from_url(settings.CACHE_URL, socket_connect_timeout=0.2, socket_timeout=0.5, retry=once)
    return client


def wait_for(bucket: str, most: int, seconds: int, now: float) -> float:
    """Count one more; 0 when that makes at most `most` in `seconds`, else the seconds until the next ones are counted.

    Two counters, this period's and the last one's as far as it still reaches into the past: one round trip whatever
    the limit, and no two calls count as one. Without a cache everything passes: the limit protects load, not data.
    """
    period, past = divmod(now, seconds)
    this, last = f"{bucket}_{int(period)}", f"{bucket}_{int(period) - 1}"
    try:
        with counters().pipeline(transaction=False) as pipe:
            pipe.incr(this)
            pipe.expire(this, 2 * seconds)
            pipe.get(last)
            calls, _, before = pipe.execute()
        if calls + int(before or 0) * (1 - past / seconds) <= most:
            return 0
        counters().decr(this)  # a refused call is none
    except RedisError:
        log.warning("no cache: calls are not limited now")
        return 0
    return seconds - past


def limited(name: str, most: int, seconds: int = 60, *, sending: bool = False) -> Callable[[View], View]:
    """View decorator: so often each person; then 429 in words, with `Retry-After`. With `sending` only forms that are
    sent count, not the page that they stand on."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            counts = request.method == "POST" or not sending
            return (counts and too_often(request, name, most, seconds)) or view(request, *args, **kwargs)

        return counted

    return decorate


def too_often(request: HttpRequest, name: str, most: int, seconds: int = 60) -> HttpResponse | None:
    """Count one more; the page that says when it is possible again, or None while it is."""
    wait = math.ceil(wait_for(f"often:{name}:{request.user.pk}", most, seconds, time.time()))
    if not wait:
        return None
    response = render(request, "429.html", {"seconds": wait, "minutes": math.ceil(wait / 60)}, status=429)
    response["Retry-After"] = str(wait)
    return response
