"""What every page may read: who is looking, where they can go, whether this is a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.seats import seats_of
from config.middleware import lazy_nonce


def page(request: HttpRequest) -> dict[str, Any]:
    """Template variables `viewer`, `seats`, `nav`, `demo`, `csp_nonce`."""
    user = getattr(request, "user", None)
    return {
        "viewer": user,
        "seats": seats_of(user),
        "nav": navigation(request),
        "demo": settings.DEMO,
        "csp_nonce": lazy_nonce(request),
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The main links for this person; only rooms in which they have something to do."""
    seats = seats_of(getattr(request, "user", None))
    if not seats.all:
        return []
    links = [("Inbox", "/inbox/"), ("Agreements", "/agreements/")]
    if seats.is_developer:
        links += [("Models", "/models/"), ("Early access", "/requests/")]
    if seats.is_agency:
        links += [("Early access", "/requests/"), ("Assignments", "/assignments/")]
        if seats.with_role("router"):
            links.append(("Routing", "/routing/"))
    links.append(("Organisation", "/organisation/"))
    return [{"label": label, "url": url, "current": request.path.startswith(url)} for label, url in links]
