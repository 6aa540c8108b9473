"""Reads of the room: drafted sections and their state, who is consented to, whose move it is, the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import listing
from accounts.models import Organisation, User
from accounts.search import MOST as MOST_FOUND
from accounts.search import Hit, rows
from accounts.seats import Seats, seats_of
from agreements import queries as agreements
from agreements.models import TestingAgreement
from agreements.standing import standings
from core.decisions import Problem
from core.templatetags.concord import when
from developers.models import FrontierModel
from early_access import hooks, policies
from early_access.models import (
    EVERY_VARIANT,
    AccessCredential,
    AccessHold,
    AccessSpecification,
    AgencyConsent,
    BlockedTime,
    CredentialWrap,
    EarlyAccessRequest,
    ListedFinding,
    ReleaseNotice,
    RequestAudience,
    RequestSection,
    RequestVariant,
    ReturnItem,
    WindowExtension,
)
from early_access.rules import blocked as blocked_rules
from early_access.rules import dates, terms
from early_access.workflow import EARLY_ACCESS_REQUEST, OPEN
from notifications.calendar import Entry
from notifications.inbox import CLOSED, WAITING, YOURS, InboxItem

MOST = 50
LATELY = timedelta(days=30)
# The stages of intake, in order. Nothing chosen means the first: what nobody has taken in yet.
INTAKE_STATES = ("acknowledged", "needs_information", "accepted")
IN_INTAKE = listing.Filter(
    "status",
    "Stage",
    lambda user: [(name, EARLY_ACCESS_REQUEST.label(name)) for name in INTAKE_STATES],
    unset=EARLY_ACCESS_REQUEST.label("submitted"),
)
ANSWER_DAYS = 5


def drafted(request: EarlyAccessRequest) -> dict[str, RequestSection]:
    """Saved sections by name; empty for anybody but the developer's people."""
    return {s.name: s for s in RequestSection.objects.filter(request=request).select_related("saved_by")}


def consented(request: EarlyAccessRequest) -> list[Organisation]:
    """The agencies consented to, by name."""
    rows = AgencyConsent.objects.filter(request=request, consented=True).select_related("agency", "agency__parent")
    return [row.agency for row in rows.order_by("agency__name")]


def consented_of(requests: Iterable[UUID]) -> dict[UUID, list[Organisation]]:
    """The same for many requests at once; each has an entry."""
    found: dict[UUID, list[Organisation]] = {key: [] for key in requests}
    rows = AgencyConsent.objects.filter(request__in=list(found), consented=True).select_related("agency")
    for row in rows.order_by("agency__name"):
        found[row.request_id].append(row.agency)
    return found


def holds_of(requests: Iterable[UUID]) -> dict[tuple[UUID, UUID], str]:
    """(request id, agency id) → why access rests or has ended, for those where it does."""
    rows = AccessHold.objects.filter(request__in=list(requests), lifted_at__isnull=True)
    return {(row.request_id, row.agency_id): row.sentence for row in rows}


def holds(request: EarlyAccessRequest) -> list[AccessHold]:
    """Where access rests or has ended, as far as the reader's side sees it: the developer all, an agency its own."""
    rows = AccessHold.objects.filter(request=request, lifted_at__isnull=True).select_related("agency")
    return list(rows.order_by("agency__name"))


def agreement_with(request: EarlyAccessRequest, agency: Organisation) -> TestingAgreement | None:
    """The agreement that governs this request for one agency: the one under which access goes on, rests or has ended, as
    far as the reader sees it; else the one it was made under."""
    found = standings(request.developer_id, [agency], timezone.now())[agency.pk].agreement
    return found or request.agreement


def window_term_problems(
    request: EarlyAccessRequest, starts_on: date, ends_on: date, *, longer: bool
) -> list[Problem]:  # fmt: skip
    """Where a window goes beyond the agreements with the agencies of the request, as far as the reader sees these."""
    found = []
    ended = AccessHold.objects.filter(request=request, kind=AccessHold.Kind.ENDED, lifted_at__isnull=True)
    gone = set(ended.values_list("agency", flat=True))  # nothing is agreed on with those any more
    for agency in consented(request):
        if agency.pk in gone:
            continue
        if agreement := agreement_with(request, agency):
            days = agreements.obligation(agreement, "access_days")
            named = {"reference": agreement.reference, "agency": agency.name}
            found += terms.window_terms(starts_on, ends_on, most_days=days, longer=longer, **named)
            found += terms.end_terms(ends_on, last_day=agreements.last_day(agreement), **named)
    return found


def specification(request: EarlyAccessRequest) -> AccessSpecification | None:
    """The newest frozen specification."""
    return AccessSpecification.objects.filter(request=request).order_by("-version").first()


def variants(request: EarlyAccessRequest) -> dict[str, str]:
    """The variants that the developer offers for this test: kind and what people read for it."""
    return {v.kind: str(v) for v in RequestVariant.objects.filter(request=request).order_by("kind")}


def live_credential(request: EarlyAccessRequest, variant: str = EVERY_VARIANT) -> AccessCredential | None:
    """The credential in use for a variant; for an agency only when a key was sealed for it and released."""
    return AccessCredential.objects.filter(request=request, variant=variant, revoked_at__isnull=True).first()


def last_key(request: EarlyAccessRequest, variant: str = EVERY_VARIANT) -> int:
    """The version of the newest key of a variant, also when it was revoked; 0 when there was never one."""
    rows = AccessCredential.objects.filter(request=request, variant=variant)
    return rows.order_by("-version").values_list("version", flat=True).first() or 0


def sealed_for(credential: AccessCredential | None) -> set[Any]:
    """Ids of the agencies that a credential is sealed for."""
    if credential is None:
        return set()
    return set(CredentialWrap.objects.filter(target=credential).values_list("organisation_id", flat=True))


def release_notices(request: EarlyAccessRequest, user: User) -> QuerySet[ReleaseNotice]:
    """The request's release notices, with the findings each lists for this person's side: a planned one is the
    developer's alone."""
    rows = ReleaseNotice.objects.filter(request=request)
    if not seats_of(user).holds(request.developer_id):
        rows = rows.exclude(status="planned")
    listed = Prefetch("listed", ListedFinding.objects.visible_to(user), to_attr="listed_here")
    return rows.prefetch_related(listed).order_by("-created_at", "-id")


def release_preview(request: EarlyAccessRequest) -> list[dict[str, Any]]:
    """Who would read what of a notice issued now: each agency that reads the request, with the open findings that it
    shared itself or that a component of it shared. For the developer."""
    found = hooks.findings_of(request)
    agencies = Organisation.objects.filter(pk__in=RequestAudience.objects.filter(target=request).values("organisation"))
    parents = dict(Organisation.objects.filter(pk__in={f.agency for f in found}).values_list("pk", "parent_id"))
    return [
        {"agency": agency, "listed": [f for f in found if agency.pk in (f.agency, parents.get(f.agency))]}
        for agency in agencies.order_by("name")
    ]


def blocked_times(request: EarlyAccessRequest, user: User) -> list[BlockedTime]:
    """Reports of blocked time in the window, oldest first, as far as this person's side reads them; struck ones too."""
    rows = BlockedTime.objects.visible_to(user).filter(request=request).select_related("agency", "reported_by")
    found = list(rows.order_by("began_at", "id"))
    for row in found:
        row.request = request
    return found


def extensions(request: EarlyAccessRequest, user: User) -> list[WindowExtension]:
    """Proposals to lengthen the window, oldest first, with how each ended."""
    rows = WindowExtension.objects.visible_to(user).filter(request=request)
    found = list(rows.select_related("agency", "proposed_by", "answered_by").order_by("created_at", "id"))
    for row in found:
        row.request = request
    return found


def window_clock(
    request: EarlyAccessRequest, now: datetime, blocked: Iterable[BlockedTime] = ()
) -> dict[str, Any] | None:
    """The window as a bar: days in words, what part of it is over (in steps of five per cent), and what part of that was
    blocked as these reports say. Blocked time moves no date."""
    window = getattr(request, "window", None)
    if window is None:
        return None
    start, end = dates.opens_at(window.starts_on), dates.closes_at(window.ends_on)
    share = (now - start) / (end - start)
    left = max((end - now).days, 0)
    words = f"{when(window.starts_on)} to {when(window.ends_on)}: {window.days} days."
    if now < start:
        words += f" It opens in {(start - now).days + 1} days."
    elif now < end and window.closed_at is None:
        words += f" {left} days are left."
    else:
        words += " It is over."
    used = int(min(max(share, 0), 1) * 20) * 5
    counted = [row for row in blocked if row.struck_at is None]
    if not counted:
        return {"percent": used, "words": words}
    periods = [(row.began_at, row.ended_at or now) for row in counted]
    time = blocked_rules.total(periods, start, min(end, window.closed_at or end))
    part = max(1, round(100 * (time / (end - start))))
    goes_on = ", and it goes on" if any(row.ended_at is None for row in counted) else ""
    said = (
        f"Testing was blocked for {blocked_rules.in_words(time)}, as reported{goes_on}. The dates stay: blocked time "
    )
    return {
        "percent": max(used, part), "words": words, "blocked_percent": part,
        "blocked_words": f"{said}does not lengthen the window.",
    }  # fmt: skip


WHOSE = {
    "draft": ("The developer fills in the request", "The request is private to the developer until it is submitted."),
    "submitted": ("An intake officer acknowledges the request", "It was submitted and nobody has taken it in yet."),
    "acknowledged": ("An intake officer accepts, asks or declines", "Completeness and capacity are being checked."),
    "needs_information": ("The developer answers the question", "An intake officer asked for information."),
    "accepted": ("Both sides agree on the dates", "The side that did not propose the dates confirms them."),
    "scheduled": ("The clock opens the window", "Both sides agreed on the dates; agencies are being assigned."),
    "window_open": ("The agencies test", "The window is open and access is provisioned."),
    "window_closed": ("The agencies deliver their reports", "The window is closed and access is revoked."),
    "reported": ("Either side closes the request", "No further report is owed; it closes by itself after 30 days."),
    "declined": ("Nobody's move: the request was declined", "The reason stands below. A new request can be made."),
    "closed": ("Nobody's move: the request is closed", "It stays readable for its parties."),
    "withdrawn": ("Agencies return or destroy what they hold", "The developer withdrew; access is revoked."),
}
BUTTONS = (
    ("submit", "Check and submit", "check"), ("acknowledge", "Acknowledge", ""), ("accept", "Accept for testing", ""),
    ("ask_for_information", "Ask for information", "ask_for_information"), ("decline", "Decline", "decline"),
    ("answer", "Answer", "answer"), ("schedule", "Dates", "schedule"),
    ("close_early", "Close the window now", "close_early"), ("close", "Close the request", ""),
)  # fmt: skip


def next_action(request: EarlyAccessRequest, user: User) -> dict[str, Any]:
    """Whose move it is, why, by when, and the buttons of this person."""
    heading, why = WHOSE[request.status]
    found: list[dict[str, Any]] = []
    for verb, label, page in BUTTONS:
        if not EARLY_ACCESS_REQUEST.may(request.status, verb):
            continue
        decision = getattr(policies, f"may_{verb}")(user, request)
        url = reverse(f"early_access:{page}" if page else "early_access:move", args=_arguments(request, verb, page))
        danger = EARLY_ACCESS_REQUEST.move(verb).danger
        primary = bool(decision) and not danger and not any(a["primary"] for a in found)
        found.append(
            {"label": label, "url": url, "post": not page, "decision": decision, "primary": primary, "danger": danger}
        )
    possible = [action for action in found if action["decision"]]
    refused = sorted(found, key=lambda action: action["danger"])[:1]  # the step that is waited for, with who can
    return {"heading": heading, "why": why, "due_at": due_at(request), "actions": possible or refused}


def _arguments(request: EarlyAccessRequest, verb: str, page: str) -> list[str]:
    return [request.reference] if page else [request.reference, verb]


def due_at(request: EarlyAccessRequest) -> datetime | None:
    """By when the next move is expected: the window's edges, where there is one."""
    window = getattr(request, "window", None)
    if window is None:
        return None
    if request.status == "window_open":
        return dates.closes_at(window.ends_on)
    if request.status == "reported" and request.reported_at:
        return dates.rests_until(request.reported_at)
    return dates.opens_at(window.starts_on) if request.status in ("accepted", "scheduled") else None


DEVELOPERS_MOVE = ("draft", "needs_information", "accepted", "reported")
INTAKES_MOVE = ("submitted", "acknowledged", "accepted", "reported")
ENDED = ("declined", "closed", "withdrawn")


def inbox(user: User, seats: Seats) -> Iterable[InboxItem]:
    """The person's open requests, and those that ended lately."""
    if not seats.all:
        return
    since = timezone.now() - LATELY
    for row in (*_newest_in(user, OPEN), *_newest_in(user, ENDED)):
        ended = row.status in ENDED
        if ended and (row.status_changed_at or row.created_at) < since:
            continue
        heading, why = WHOSE[row.status]
        yield InboxItem(
            CLOSED if ended else YOURS if _is_mine(row, seats) else WAITING, f"{row.reference}: {heading}",
            reverse("early_access:request", args=[row.reference]), why, "Early-access request", None if ended else due_at(row),
            row.status_changed_at if ended else None,
        )  # fmt: skip
    yield from _asked_back(user, seats)
    yield from _longer(user)


def search(user: User, text: str) -> Iterable[Hit]:
    """Requests by reference or by the codename of their model, for `accounts.search`."""
    found = rows(EarlyAccessRequest, user, text, fields=(), columns=("status",))
    models = [row["id"] for row in rows(FrontierModel, user, text, fields=("codename",), columns=())]
    offered = EarlyAccessRequest.objects.visible_to(user).filter(model__in=models) if models else None
    if offered is not None:
        found += offered.order_by("-created_at").values("id", "reference", "status")[: MOST_FOUND + 1]
    for row in {row["id"]: row for row in found}.values():
        url = reverse("early_access:request", args=[row["reference"]])
        yield Hit(row["reference"], row["reference"], url, EARLY_ACCESS_REQUEST.label(row["status"]))


def _newest_in(user: User, states: tuple[str, ...]) -> list[EarlyAccessRequest]:
    """The newest of the person's requests in these states."""
    keys = EarlyAccessRequest.objects.newest_for(user, columns=(), size=MOST, only={"status": states})
    found = EarlyAccessRequest.objects.filter(pk__in=[key["id"] for key in keys]).select_related("window")
    return list(found.order_by("-created_at", "-id"))


def _is_mine(row: EarlyAccessRequest, seats: Seats) -> bool:
    """Whether the next move is this person's, on whichever side they sit."""
    if seats.holds(row.developer_id):
        return row.status in DEVELOPERS_MOVE and seats.holds(row.developer_id, *policies.FILLING)
    return row.status in INTAKES_MOVE and seats.holds(row.intake_agency_id, "intake")


def _asked_back(user: User, seats: Seats) -> Iterable[InboxItem]:
    """What the person's agencies were asked to return or destroy and have not answered."""
    rows = ReturnItem.objects.visible_to(user).filter(outcome="", agency__in=seats.ids).select_related("request")
    for item in rows.order_by("due_on")[:MOST]:
        if policies.may_answer_return(user, item):
            url = reverse("early_access:answer_return", args=[item.request.reference, item.pk])
            title = f"{item.request.reference}: return or destroy"
            why = f"{item.get_because_display()}; say what your agency returned or destroyed."
            yield InboxItem(YOURS, title, url, why, "Early-access request", dates.closes_at(item.due_on))


def _longer(user: User) -> Iterable[InboxItem]:
    """Longer windows that were proposed and that this person answers."""
    rows = WindowExtension.objects.visible_to(user).filter(status="proposed").select_related("request")
    for row in rows.order_by("created_at")[:MOST]:
        if policies.may_answer_extension(user, row):
            url = reverse("early_access:request", args=[row.request.reference])
            title = f"{row.request.reference}: a longer window is proposed"
            why = "Consent or refuse. It is voluntary, and the dates stay until you have answered."
            yield InboxItem(YOURS, title, url, why, "Early-access request", dates.closes_at(row.was_until))


def calendar(user: User, seats: Seats) -> Iterable[Entry]:
    """Windows of open requests, and days by which the person's agencies return or destroy, for the calendar feed."""
    for row in _newest_in(user, OPEN):
        window = getattr(row, "window", None)
        if window is not None and window.closed_at is None:
            url = reverse("early_access:request", args=[row.reference])
            words = f"{row.reference}: access window"
            yield Entry(f"window-{row.pk}", words, url, window.starts_on, window.ends_on)
    asked = ReturnItem.objects.visible_to(user).filter(outcome="", agency__in=seats.ids).select_related("request")
    for item in asked.order_by("due_on")[:MOST]:
        url = reverse("early_access:answer_return", args=[item.request.reference, item.pk])
        yield Entry(f"return-{item.pk}", f"{item.request.reference}: return or destroy", url, item.due_on)
