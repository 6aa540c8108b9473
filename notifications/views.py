"""The inbox, what was said to me and how, and my dates in a calendar."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import narrowing, stepup
from core import rls
from core.access import public, signed_in
from core.decisions import Invalid
from notifications import actions, queries
from notifications.calendar import as_ics, entries_for
from notifications.inbox import inbox_for
from notifications.models import MailPreference

NEWEST = 50


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """Your move · Waiting on others · Recently closed."""
    return render(request, "notifications/inbox.html", {"groups": inbox_for(narrowing.looking_as(request))})


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
    """How I want each kind of notice."""
    wrong: set[str] = set()
    if request.method == "POST":
        said = {name.removeprefix("how-"): value for name, value in request.POST.items() if name.startswith("how-")}
        try:
            actions.set_preferences(user=request.user, how=said)  # type: ignore[arg-type]  # signed in
        except Invalid as invalid:
            wrong = {problem.field for problem in invalid.problems}
        else:
            messages.success(request, "Saved.")
            return redirect("notifications:preferences")
    rows = queries.preferences(request.user)  # type: ignore[arg-type]  # signed in
    if wrong - {row["kind"] for row in rows}:
        raise SuspiciousOperation("a kind that the page does not offer")
    context = {"rows": rows, "ways": MailPreference.How.choices, "wrong": wrong}
    return render(request, "notifications/preferences.html", context, status=400 if wrong else 200)


@signed_in
@stepup.required()
def calendar(request: HttpRequest) -> HttpResponse:
    """My calendar feed: give it an address, a new one, or none. The answer to the form alone shows the address."""
    address = ""
    if request.method == "POST" and "end" in request.POST:
        actions.end_calendar(user=request.user)  # type: ignore[arg-type]  # signed in
        messages.success(request, "The calendar address opens nothing any more.")
        return redirect("notifications:calendar")
    if request.method == "POST":
        token = actions.issue_calendar(user=request.user)  # type: ignore[arg-type]  # signed in
        address = request.build_absolute_uri(reverse("notifications:feed", args=[token]))
    feed = queries.feed_of(request.user)  # type: ignore[arg-type]  # signed in
    return render(request, "notifications/calendar.html", {"feed": feed, "address": address})


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address, for calendar programs; any other address is not there."""
    with rls.holding(actions.feed_hash(token)):
        found = queries.feed_behind(actions.feed_hash(token))
    if found is None or not found.user.is_active:
        raise Http404
    with rls.context(user=found.user_id, actor=f"calendar:{found.user_id}"):
        text = as_ics(entries_for(found.user), timezone.now())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
