"""The inbox, what was said to me, and what of it is mailed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.access import signed_in
from notifications import actions, queries
from notifications.inbox import inbox_for

NEWEST = 50


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """Your move · Waiting on others · Recently closed."""
    return render(request, "notifications/inbox.html", {"groups": inbox_for(request.user)})  # type: ignore[arg-type]  # signed in


@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """My newest notices; POST marks one (`notice`) or all as read."""
    if request.method == "POST":
        actions.mark_read(user=request.user, only=_id(request.POST.get("notice", "")))  # type: ignore[arg-type]  # signed in
        return redirect("notifications:notices")
    rows = queries.newest(request.user, NEWEST + 1)  # type: ignore[arg-type]  # signed in
    return render(request, "notifications/notices.html", {"notices": rows[:NEWEST], "more": len(rows) > NEWEST})


@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """Which notices are mailed to me."""
    if request.method == "POST":
        actions.set_preferences(user=request.user, mailed=request.POST.getlist("mailed"))  # type: ignore[arg-type]  # signed in
        messages.success(request, "Saved.")
        return redirect("notifications:preferences")
    rows = queries.preferences(request.user)  # type: ignore[arg-type]  # signed in
    return render(request, "notifications/preferences.html", {"rows": rows})


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
