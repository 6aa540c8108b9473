"""Limits of the API: one bucket per organisation, so that no rival's load is felt or seen (R44)."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import ApiToken
from accounts.seats import seats_of

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which imports this module through its settings

log = logging.getLogger(__name__)


@cache
def counters() -> Redis:
    """The cache as a plain client that gives up at once. Django's backend makes a new one for every call."""
    once = Retry(NoBackoff(), 0)
    client: Redis = Redis.from_url(settings.CACHE_URL, socket_connect_timeout=0.2, socket_timeout=0.5, retry=once)
    return client


class OrganisationThrottle(SimpleRateThrottle):
    """Counts calls of all people and tokens of an organisation together.

    Two counters, this minute's and the last one's as far as it still reaches into the past sixty seconds: one round
    trip whatever the limit, and no two calls count as one.
    """

    scope = "organisation"
    num_requests: int  # both are read from the rate by DRF
    duration: int

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """The bucket: the organisation, else the person, else the address."""
        if isinstance(request.auth, ApiToken):
            ident = str(request.auth.organisation_id)
        else:
            home = seats_of(request.user).home
            ident = str(home.pk if home else request.user.pk or self.get_ident(request))
        return self.cache_format % {"scope": self.scope, "ident": ident}

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this call is within the limit. Without a cache calls pass: the limit protects load, not data."""
        try:
            return self._count(self.get_cache_key(request, view))
        except RedisError:
            log.warning("no cache: API calls are not limited now")
            return True

    def _count(self, bucket: str) -> bool:
        self.now = self.timer()
        period, past = divmod(self.now, self.duration)
        this, last = f"{bucket}_{int(period)}", f"{bucket}_{int(period) - 1}"
        with counters().pipeline(transaction=False) as pipe:
            pipe.incr(this)
            pipe.expire(this, 2 * self.duration)
            pipe.get(last)
            calls, _, before = pipe.execute()
        if calls + int(before or 0) * (1 - past / self.duration) <= self.num_requests:
            return True
        counters().decr(this)  # a refused call is none
        return False

    def wait(self) -> float:
        """Seconds until the next minute is counted."""
        return float(self.duration - self.now % self.duration)
