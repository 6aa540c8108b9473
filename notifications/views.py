"""The inbox, what was said to me and how, and my dates in a calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts import narrowing, stepup
from core import rls
from core.access import public, signed_in
from core.decisions import Invalid
from notifications import actions, duties, queries
from notifications.calendar import as_ics, entries_for
from notifications.inbox import inbox_for
from notifications.models import MailPreference

NEWEST = 50
A_PAGE = 100  # of what is due
UNSTAMPED = datetime(2026, 1, 1, tzinfo=UTC)


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """Your move · Waiting on others · Recently closed."""
    return render(request, "notifications/inbox.html", {"groups": inbox_for(narrowing.looking_as(request))})


@signed_in
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What is due for my organisations and those they work with; narrowed by whose move it is, kind and developer."""
    every = duties.board(narrowing.looking_as(request))
    filters = _filters(request, every)
    chosen = {one["name"]: one["value"] for one in filters}
    rows = Paginator(duties.narrowed(every, **chosen), A_PAGE).get_page(request.GET.get("page"))
    query = {name: value for name, value in chosen.items() if value}
    context = {
        "rows": rows, "all": len(every), "filters": filters, "is_filtered": any(chosen.values()),
        "sooner": "?" + urlencode({**query, "page": rows.previous_page_number()}) if rows.has_previous() else "",
        "later": "?" + urlencode({**query, "page": rows.next_page_number()}) if rows.has_next() else "",
    }  # fmt: skip
    return render(request, "notifications/due.html", context)


def _filters(request: HttpRequest, every: list[duties.Row]) -> list[dict[str, Any]]:
    """The filters that can make a difference; a value that is not offered is none."""
    developers = sorted({row.developer for row in every})
    offered = [
        ("whose", "Whose move", [(duties.OURS, "Ours"), (duties.OTHERS, "Others’")]),
        ("kind", "Kind", [(kind, kind) for kind in sorted({row.duty.kind for row in every})]),
        ("developer", "Developer", [(name, name) for name in developers] if len(developers) > 1 else []),
    ]
    asked = request.GET
    return [
        {"name": name, "label": label, "choices": choices,
         "value": asked.get(name, "") if asked.get(name, "") in dict(choices) else ""}
        for name, label, choices in offered if choices and every
    ]  # fmt: skip


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
        entries = entries_for(found.user)
    tag = quote_etag(sha256(as_ics(entries, UNSTAMPED).encode()).hexdigest())  # the stamp alone is no change
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = HttpResponse(as_ics(entries, timezone.now()), content_type="text/calendar; charset=utf-8")
    answer["ETag"] = tag
    return answer


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
