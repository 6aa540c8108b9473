"""Step-up: how long ago this person last proved who they are, and the detour for those for whom it is too long.

Nothing typed is lost: a form that arrives too late is kept in the session and filled in again after the detour.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from core import ports

RECORDS = "account_authentication_methods"  # allauth's session key: [{"method": …, "at": epoch seconds, …}]
SECONDS = 300
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "secret", "credential", "public_key")  # some paste the private one


def stepped_up_at(request: HttpRequest) -> datetime | None:
    """When this session last authenticated, in UTC; None when it never did."""
    records = request.session.get(RECORDS) or []
    moments = [r["at"] for r in records if r.get("at")]
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


def is_fresh(request: HttpRequest, seconds: int = SECONDS) -> bool:
    """Whether the last authentication is at most so many seconds old."""
    at = stepped_up_at(request)
    return at is not None and time.time() - at.timestamp() <= seconds


def required(
    seconds: int = SECONDS, *, to_read: bool = True
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """View decorator: confirm who you are first, then come back to this page. With `to_read=False` only sending the
    form asks for it."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def detour(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if is_fresh(request, seconds) or (not to_read and request.method in ("GET", "HEAD")):
                return view(request, *args, **kwargs)
            return ask(request)

        return detour

    return decorate


def ask(request: HttpRequest) -> HttpResponse:
    """The detour: confirm who you are, then come back to this page and what was typed into it."""
    if request.method == "POST":
        keep(request)
    page = "/demo/confirm/" if settings.DEMO else "/accounts/reauthenticate/"
    return redirect(f"{page}?{urlencode({'next': request.path})}")


def keep(request: HttpRequest) -> None:
    """Remember what was typed into the form at this address."""
    typed = {k: v for k, v in request.POST.lists() if not any(word in k for word in NEVER_KEPT)}
    request.session[f"kept:{request.path}"] = typed


def kept(request: HttpRequest) -> QueryDict | None:
    """What was typed here before the detour, once; as a form takes it."""
    found: dict[str, list[str]] | None = request.session.pop(f"kept:{request.path}", None)
    if found is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in found.items():
        typed.setlist(name, values)
    return typed


def kept_values(request: HttpRequest) -> dict[str, Any]:
    """The same as what a form begins with, a value per field. A QueryDict unpacked into a dict gives lists."""
    found = kept(request)
    return found.dict() if found is not None else {}


def confirm(request: HttpRequest, method: str) -> None:
    """Write an authentication record of now, as allauth does."""
    ports.record("accounts.stepped_up", request.user, by=request.user, detail={"method": method})
    records = [*(request.session.get(RECORDS) or []), {"method": method, "at": time.time(), "reauthenticated": True}]
    request.session[RECORDS] = records[-10:]
