"""Pages that show the inside of a sealed log to the agency's evaluators: as plain text, and only to whoever opened it.

The key to what the worker hands over lives in a cookie for these addresses alone; it is kept nowhere here.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from accounts.views.base import me
from core import handover
from core.access import guarded
from evaluations import actions, policies, queries
from evaluations.models import RunLog
from evaluations.views.runs import found_log

COOKIE = "log-key"
LASTS = 3600


def _readable(request: HttpRequest, reference: str, pk: UUID) -> RunLog:
    log = found_log(request, reference, pk)
    policies.may_read_log(me(request), log).require()
    return log


@guarded("evaluations.may_read_log")
@require_http_methods(["GET", "HEAD", "POST"])
@limited("log-openings", 120, 600, sending=True)
def samples(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """The samples of a log by score, limit and error; opening it is a press of a button, and on the record."""
    log = _readable(request, reference, pk)
    if request.method == "POST":
        return _opened(request, log, 0, reverse("evaluations:log_samples", args=[reference, pk]))
    opened = queries.opened(log, me(request), _key(request), block=0)
    page = queries.listed(opened.content, request.GET.dict()) if opened.state == "open" else {}
    return _shown(request, "evaluations/log_samples.html", log, opened, page)


@guarded("evaluations.may_read_log")
@require_http_methods(["GET", "HEAD", "POST"])
@limited("log-openings", 120, 600, sending=True)
def sample(request: HttpRequest, reference: str, pk: UUID, number: int) -> HttpResponse:
    """One sample: what was asked and answered, its scores, its error."""
    log = _readable(request, reference, pk)
    block = queries.block_of(max(1, number))
    if request.method == "POST":
        return _opened(request, log, block, reverse("evaluations:log_sample", args=[reference, pk, number]))
    opened = queries.opened(log, me(request), _key(request), block=block)
    one = queries.sample(opened.content, number)
    return _shown(request, "evaluations/log_sample.html", log, opened, {"sample": one, "number": number})


def _opened(request: HttpRequest, log: RunLog, block: int, back: str) -> HttpResponse:
    key = _key(request)
    try:
        public = handover.public_of(key)
    except ValueError:
        key = handover.new_key()
        public = handover.public_of(key)
    view = actions.open_log(log=log, public_key=public, block=block, by=me(request))
    if view.answered_at is None:
        messages.success(request, "Your agency’s worker opens the log now.")
    answer = redirect(back)
    answer.set_cookie(
        COOKIE, key, max_age=LASTS, path=reverse("evaluations:log_samples", args=[log.assignment.reference, log.pk]),
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
    )  # fmt: skip
    return answer


def _key(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def _shown(request: HttpRequest, template: str, log: RunLog, opened: Any, page: dict[str, Any]) -> HttpResponse:
    context = {"assignment": log.assignment, "log": log, "run": log.run, "opened": opened, **page}
    answer = render(request, template, context)
    answer["Cache-Control"] = "no-store"
    return answer
