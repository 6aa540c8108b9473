"""A form that arrives twice is done once: a double click, a second press after Back, an impatient reload."""

from __future__ import annotations

import hashlib
import logging
import time

from django.contrib import messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from redis.exceptions import RedisError

from config.middleware import Handler
from core.decisions import Conflict

log = logging.getLogger("concord.once")
REMEMBERED = 3600  # seconds
PATIENCE = 10.0  # seconds that the second of two at once waits for the first
LONGEST = 30  # seconds after which a first that never answered is taken as lost
RUNNING = "…"
MASKED = 64  # characters of a token that a page was drawn with; the bare secret of the cookie has half as many
FORM = "application/x-www-form-urlencoded"
DETOURS = ("/demo/", "/accounts/")  # proving who one is: the form comes again, and is done then


class OncePerForm:
    """Answers the second arrival of the same form with the address that the first one led to.

    Which form it is shows in its CSRF token: Django masks it anew for each page that it draws, so the same body is the
    same page. Forms of two tabs differ; what may not happen twice at all is the actions' own matter. Forgetful by
    design: without Redis each arrival is done, as if this were not here.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._counts(request):
            return self.get_response(request)
        key = self._key(request)
        try:
            led_to = self._first(key)
        except RedisError:
            log.warning("Redis does not answer: %s is not kept from being done twice", request.path_info)
            return self.get_response(request)
        if led_to == RUNNING:
            still = Conflict("The same form was sent just before and is still being worked on. Look again in a moment.")
            return render(request, "409.html", {"conflict": still}, status=409)
        if led_to:
            messages.info(request, "This was sent twice. It was done once.")
            return redirect(led_to)
        return self._do(request, key)

    def _counts(self, request: HttpRequest) -> bool:
        return (
            request.method == "POST"
            and request.user.is_authenticated
            and request.content_type == FORM
            and not request.path_info.startswith((*DETOURS, "/api/"))
            and len(request.POST.get("csrfmiddlewaretoken", "")) == MASKED
        )

    def _key(self, request: HttpRequest) -> str:
        parts = (str(request.session.session_key), request.path_info)
        return "once:" + hashlib.sha256("|".join(parts).encode() + b"|" + request.body).hexdigest()

    def _first(self, key: str) -> str:
        """Empty when nobody sent it before; else where it led to, or RUNNING when that is not known in time."""
        cache = caches["fast"]
        deadline = time.monotonic() + PATIENCE
        while not cache.add(key, RUNNING, LONGEST):
            found = cache.get(key)
            if found not in (None, RUNNING) or time.monotonic() > deadline:
                return str(found or "")
            time.sleep(0.05)
        return ""

    def _do(self, request: HttpRequest, key: str) -> HttpResponse:
        response = None
        try:
            response = self.get_response(request)
        finally:
            try:
                self._remember(request, key, response)
            except RedisError:
                log.warning("Redis does not answer: what %s led to is not remembered", request.path_info)
        return response

    def _remember(self, request: HttpRequest, key: str, response: HttpResponse | None) -> None:
        """Only what went through: a refusal, an error on the page or a detour may be sent again as it is."""
        where = response["Location"] if response is not None and response.status_code in (301, 302, 303) else ""
        queued = getattr(messages.get_messages(request), "_queued_messages", ())  # not shown yet
        refused = any(m.level >= messages.WARNING for m in queued)
        if where and not refused and not where.startswith(DETOURS):
            caches["fast"].set(key, where, REMEMBERED)
        else:
            caches["fast"].delete(key)
