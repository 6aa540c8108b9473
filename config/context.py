"""What every page may read: who is looking, where they can go, whether this is a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts import narrowing
from accounts.seats import seats_of
from config.middleware import lazy_nonce


def page(request: HttpRequest) -> dict[str, Any]:
    """Template variables `viewer`, `seats`, `looking_at`, `narrowed_to`, `nav`, `demo`, `csp_nonce`."""
    user = getattr(request, "user", None)
    return {
        "viewer": user,
        "seats": seats_of(user),
        "looking_at": [(str(one.pk), one.name) for one in narrowing.choices(request)],
        "narrowed_to": narrowing.chosen(request),
        "nav": navigation(request),
        "demo": settings.DEMO,
        "csp_nonce": lazy_nonce(request),
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The main links for this person; only rooms in which they have something to do. Without a seat (outside counsel)
    these are the inbox and the agreements they were given access to."""
    user = getattr(request, "user", None)
    seats = seats_of(user)
    guest = user is not None and user.is_authenticated and not user.is_staff
    links = [("Inbox", "/inbox/"), ("Agreements", "/agreements/")] if seats.all or guest else []
    if seats.is_developer:
        links += [("Models", "/models/"), ("Requests", "/requests/")]
    if seats.is_agency:
        links += [("Requests", "/requests/"), ("Assignments", "/assignments/")]
    if seats.is_developer or seats.with_role("evaluator"):
        links += [("Findings", "/findings/"), ("Incidents", "/incidents/"), ("Reports", "/reports/")]
    if seats.is_developer or seats.with_role("designator"):
        links.append(("Inquiries", "/inquiries/"))
    if seats.is_developer or seats.with_role("intake", "router", "administrator"):
        links.append(("Partners", "/partners/"))
    if seats.with_role("router"):
        links.append(("Routing", "/routing/"))
    if seats.all:
        links.append(("Organisation", "/organisation/"))
    return [{"label": label, "url": url, "current": request.path.startswith(url)} for label, url in links]
