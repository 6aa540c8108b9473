"""The inbox, and what was said to me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.access import signed_in
from notifications import actions
from notifications.inbox import inbox_for
from notifications.models import Notice

NEWEST = 50


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """Your move · Waiting on others · Recently closed."""
    return render(request, "notifications/inbox.html", {"groups": inbox_for(request.user)})  # type: ignore[arg-type]  # signed in


@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """My newest notices; POST marks them read."""
    if request.method == "POST":
        actions.mark_read(user=request.user)  # type: ignore[arg-type]  # signed in
        return redirect("notifications:notices")
    rows = Notice.objects.filter(user=request.user).order_by("-created_at")[:NEWEST]
    return render(request, "notifications/notices.html", {"notices": rows})
