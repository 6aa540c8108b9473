"""The room's rows of the inbox and of the calendar, computed from agreements that are open (or closed of late) for this person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.seats import Seats
from agreements import components, moves, policies, portfolio
from agreements.models import ClauseDraft, ConcurrencePart, Incumbency, SignatureAuthority, TestingAgreement
from agreements.workflow import AGREEMENT, BEFORE_FORCE, BINDING
from notifications.calendar import Entry
from notifications.inbox import CLOSED, WAITING, YOURS, InboxItem

MOST = 50
LATELY = timedelta(days=30)


def source(user: User, seats: Seats) -> Iterable[InboxItem]:
    """Your move, waiting on others, recently closed; bounded."""
    if not seats.all or seats.is_auditor:
        return []
    keys = TestingAgreement.objects.newest_for(user, columns=(), size=MOST, only={"status": BEFORE_FORCE})
    rows = TestingAgreement.objects.filter(pk__in=[key["id"] for key in keys]).select_related("current")
    wanted = (*moves.PREFETCH, "asks") if seats.is_agency else moves.PREFETCH
    listed = list(rows.prefetch_related(*wanted).order_by("-created_at", "-id"))
    if seats.is_agency:
        components.remember(listed)
    items = [_open(row, user) for row in listed]
    since = timezone.now() - LATELY
    lately = Q(fully_executed_at__gte=since) | Q(status="withdrawn", created_at__gte=since)
    done = TestingAgreement.objects.visible_to(user).filter(lately).exclude(status__in=BEFORE_FORCE)
    items += [
        InboxItem(CLOSED, f"{a.reference} {a.title}", a.get_absolute_url(), AGREEMENT.label(a.status), "Agreement",
                  ended_at=a.fully_executed_at)
        for a in done.order_by("-created_at")[:MOST]
    ]  # fmt: skip
    return [*items, *_inside(user, seats), *_drafts(user), *_delegations(user, seats), *_appointments(user, seats)]


def _inside(user: User, seats: Seats) -> Iterable[InboxItem]:
    """Agreements of a parent agency in whose plan a component of this person's stands, while it has not answered."""
    own = [seat.organisation.pk for seat in seats.all if seat.direct and seat.organisation.parent_id]
    if not own:
        return
    parts = ConcurrencePart.objects.filter(organisation__in=own, agreement__status="in_clearance")
    rows = list(TestingAgreement.objects.visible_to(user).filter(pk__in=parts.values("agreement"))[:MOST])
    components.remember(rows)
    for row in rows:
        for standing, part in components.mine(row, user):
            if part.is_in or (part.ask is None and not standing.missing):
                continue
            mine = bool(components.waiting_for(row, user))
            due = components.due(row, user)
            yield InboxItem(
                YOURS if mine else WAITING, f"{row.reference} {row.title}", f"{row.get_absolute_url()}components/",
                components.for_a_component(row, user), "Concurrence of a component",
                due_at=datetime.combine(due, time.max, UTC) if due else None,
            )  # fmt: skip
            break


def _drafts(user: User) -> Iterable[InboxItem]:
    """Library clauses that wait for a second reader: your move unless you edited them."""
    if not policies.may_edit_library(user):
        return
    for row in ClauseDraft.objects.filter(asked_at__isnull=False).order_by("-asked_at")[:MOST]:
        mine = bool(policies.may_publish_clause(user, row))
        why = "Read the draft, and publish it if you agree." if mine else "Another counsel reads your draft."
        yield InboxItem(YOURS if mine else WAITING, row.heading, f"/agreements/library/{row.key}/", why, "Clause")


def _delegations(user: User, seats: Seats) -> Iterable[InboxItem]:
    """Delegations that wait for counsel's concurrence, in the organisations where this person is counsel."""
    waiting = SignatureAuthority.objects.filter(
        organisation__in=seats.with_role("counsel"), concurred_at__isnull=True, revoked_at__isnull=True
    )
    for row in waiting.order_by("-created_at")[:MOST]:
        mine = bool(policies.may_concur_with_authority(user, row))
        why = (
            "Read the written delegation, and concur if it says what is recorded."
            if mine
            else "Another counsel concurs."
        )
        yield InboxItem(YOURS if mine else WAITING, str(row), row.get_absolute_url(), why, "Delegation to sign")


def _appointments(user: User, seats: Seats) -> Iterable[InboxItem]:
    """Appointments to posts that wait for counsel's concurrence, as above."""
    waiting = Incumbency.objects.filter(
        organisation__in=seats.with_role("counsel"), concurred_at__isnull=True, ended_by__isnull=True
    )
    for row in waiting.select_related("person", "post").order_by("-created_at")[:MOST]:
        mine = bool(policies.may_concur_with_incumbency(user, row))
        why = (
            "Read the appointing paper, and concur if it says what is recorded." if mine else "Another counsel concurs."
        )
        yield InboxItem(YOURS if mine else WAITING, str(row), row.get_absolute_url(), why, "Appointment to a post")


def _open(agreement: TestingAgreement, user: User) -> InboxItem:
    mine = moves.is_mine(agreement, user)
    why = moves.heading(agreement, user)
    day = agreement.concur_by if agreement.status == "in_clearance" else None
    due = datetime.combine(day, time.max, UTC) if day else None
    return InboxItem(YOURS if mine else WAITING, f"{agreement.reference} {agreement.title}",
                     agreement.get_absolute_url(), why, "Agreement", due_at=due)  # fmt: skip


def calendar(user: User, seats: Seats) -> Iterable[Entry]:
    """Days by which concurrence is asked for, and days on which binding agreements end, for the calendar feed."""
    asked = TestingAgreement.objects.newest_for(
        user, columns=("reference", "concur_by"), size=MOST, only={"status": ("in_clearance",)}
    )
    for row in asked:
        if row["concur_by"] is not None:
            url = f"/agreements/{row['reference']}/"
            yield Entry(
                f"concurrence-{row['id']}", f"{row['reference']}: concurrence is asked for", url, row["concur_by"]
            )
    columns = ("reference", "expires_on", "terminates_on")
    rows = TestingAgreement.objects.newest_for(user, columns=columns, size=MOST, only={"status": BINDING})
    leaving = portfolio.leavings(user, [row["id"] for row in rows])
    for row in rows:
        part = leaving.get(row["id"], portfolio.Leaving())
        day, _ = portfolio.ends(row, part.on)
        if day is not None and part.still_party:
            words = f"{row['reference']}: {'our agency leaves the agreement' if day == part.on else 'agreement ends'}"
            yield Entry(f"agreement-{row['id']}", words, f"/agreements/{row['reference']}/", day)
