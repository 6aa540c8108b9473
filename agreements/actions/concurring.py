"""The ways of concurring: who is asked when, what an answer leads to, sealed answers that open together, lapse of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import answers, notices, policies, queries
from agreements.actions import clocks, commenting
from agreements.actions import components as inside
from agreements.actions.base import locked, move, record
from agreements.actions.freezing import review_all
from agreements.models import Concurrence, ConcurrenceAsk, TestingAgreement
from agreements.rules import concurring
from audit import actions as audit
from core import rls
from core.decisions import Invalid, Problem
from jobs import actions as jobs

LAPSE = "agreements.lapse_concurrence"
REMIND = "agreements.remind_of_lapse"


@transaction.atomic
def set_ways(*, agreement: TestingAgreement, by: User, order: str, blind: bool) -> TestingAgreement:
    """Say whether the agencies are asked at once or in turn, and whether answers stay sealed until all are in."""
    agreement = locked(agreement)
    policies.may_set_ways(by, agreement).require()
    if problems := concurring.way_problems(order, blind=blind):
        raise Invalid(problems)
    if (agreement.concurrence_order, agreement.concurrence_blind) == (order, blind):
        return agreement
    with rls.widened(*(a.pk for a in agreement.agencies)):
        sealed = Concurrence.objects.filter(version=agreement.current_id, revealed_at__isnull=True)
        if agreement.current_id and not blind and sealed.exists():
            words = "Answers to this version were given under seal. They stay so: propose a new version first."
            raise Invalid([Problem("blind", words)])
    agreement.concurrence_order, agreement.concurrence_blind = order, blind
    agreement.save(update_fields=["concurrence_order", "concurrence_blind"])
    record("ways_set", agreement, by=by, detail={"order": order, "blind": blind})
    if agreement.status != "draft":
        notices.tell_parties("agreements.ways_set", agreement, by=by)
    return agreement


def ask(agreement: TestingAgreement, by: User | None, *, anew: bool) -> None:
    """Ask the agencies whose answer is missing, or the one whose turn it is; `anew` where the clearance begins again.

    Nobody sees every answer: the context is widened to count them.
    """
    if anew:
        inside.begin(agreement)
    with rls.widened(*(a.pk for a in agreement.agencies)):
        now = concurring.asked(agreement.concurrence_order, answers.unanswered(agreement))
        known = set(ConcurrenceAsk.objects.filter(version=agreement.current_id).values_list("agency", flat=True))
        for agency in now:
            if anew or agency.pk not in known:
                _ask_one(agreement, agency, by)


def _ask_one(agreement: TestingAgreement, agency: Organisation, by: User | None) -> None:
    lapse = answers.lapse(agreement)
    last = concurring.lapses_on(timezone.now().date(), lapse.days if lapse else None)
    row, _ = ConcurrenceAsk.objects.update_or_create(
        agency=agency, version=agreement.current,
        defaults={
            "agreement": agreement, "developer_id": agreement.developer_id, "asked_at": timezone.now(), "lapses_on": last,
        },
    )  # fmt: skip
    until = {"lapses_on": f"{last:%-d %b %Y}"} if last else {}
    notices.tell_parties(
        "agreements.clearance_opened", agreement, by=by, to=[agency.pk], roles=("counsel",), also=until
    )
    inside.ask(agreement, agency, by)
    if last:
        _clock(row, LAPSE, last + timedelta(days=1))
        _clock(row, REMIND, last - concurring.BEFORE)


def _clock(row: ConcurrenceAsk, kind: str, day: date) -> None:
    """A job for a day: a row, so it acts after a restart. What it finds then decides whether anything is to do."""
    if day <= timezone.now().date():
        return
    jobs.enqueue(
        kind, key=f"{kind}:{row.pk}:{row.lapses_on}", organisations=row.agreement.party_ids,
        payload={"ask": str(row.pk), "day": str(row.lapses_on)}, not_before=clocks.midnight(day),
    )  # fmt: skip


def answered(agreement: TestingAgreement, row: Concurrence, *, by: User | None) -> None:
    """An agency concurred. Open: all parties read it, and the next is asked. Sealed: nobody does until all are in."""
    verb = "concurred" if by else "concurred_by_lapse"
    inside.close(agreement, row.agency)
    _say(verb, agreement, row, by=by)
    if row.revealed_at is None:
        open_when_all_are_in(agreement)
        return
    notices.tell_parties("agreements.concurred", agreement, by=by)
    if agreement.concurrence_order == concurring.SEQUENCE:
        ask(agreement, None, anew=False)


def refused(agreement: TestingAgreement, row: Concurrence, named: Sequence[str], *, by: User) -> None:
    """An agency does not concur. Open: the negotiation goes on. Sealed: it does when all are in."""
    inside.close(agreement, row.agency)
    _say("refused", agreement, row, by=by, named=named)
    if row.revealed_at is None:
        open_when_all_are_in(agreement)
        return
    move(agreement, "refuse_concurrence")
    notices.tell_parties("agreements.refused", agreement, by=by)


def _say(
    verb: str, agreement: TestingAgreement, row: Concurrence, *, by: User | None, named: Sequence[str] = ()
) -> None:
    """Into the record: of all parties, or of the agency alone while its answer is sealed."""
    readers: list[UUID] = [row.agency_id] if row.revealed_at is None else agreement.party_ids
    reason = row.comment if by else f"{row.agency.name}: {row.said_by}."
    detail: dict[str, Any] = (
        {"clauses": list(named)} if named else {"text_hash": agreement.current.text_hash if agreement.current else ""}
    )
    audit.record(
        f"agreements.{verb}", agreement, by=by, parties=readers, reason=reason, detail=detail, consequence=by is None
    )


def open_when_all_are_in(agreement: TestingAgreement) -> None:
    """The last sealed answer opens all of them, at once and for everybody. One refusal leads back to negotiation."""
    with rls.widened(*(a.pk for a in agreement.agencies)):
        if answers.unanswered(agreement):
            return
        rows = Concurrence.objects.filter(version=agreement.current_id)
        rows.filter(revealed_at__isnull=True).update(revealed_at=timezone.now())
        commenting.open_sealed(agreement)
        refusals = rows.exclude(verdict=Concurrence.Verdict.CONCUR).count()
    detail = {"answers": len(agreement.agencies), "refusals": refusals}
    parties = agreement.party_ids
    audit.record("agreements.answers_opened", agreement, parties=parties, detail=detail, consequence=True)
    if refusals:
        move(agreement, "refuse_concurrence")
    notices.tell_parties("agreements.refused" if refusals else "agreements.answers_opened", agreement, by=None)


@transaction.atomic
def lapse_concurrence(*, ask: ConcurrenceAsk, day: date) -> bool:
    """The last day has passed without an answer: the agency counts as having concurred, where the clause says so; whether
    it does now. It never signs for anybody."""
    row = _waiting(ask, day)
    if row is None or row.lapses_on is None or timezone.now().date() <= row.lapses_on:
        return False
    agreement = row.agreement
    lapse = answers.lapse(agreement)
    if lapse is None:
        return False
    at = timezone.now()
    seen = queries.seen_by(agreement, row.agency_id)
    made, _ = Concurrence.objects.update_or_create(
        agency=row.agency, version=agreement.current,
        defaults={
            "agreement": agreement, "developer_id": agreement.developer_id, "verdict": Concurrence.Verdict.CONCUR,
            "comment": "", "clause_ids": [], "basis": "clock", "rule": lapse.clause, "decided_by": None, "decided_at": at,
            "carried_from": None, "revealed_at": None if agreement.concurrence_blind else at,
        },
    )  # fmt: skip
    review_all(agreement, made, seen)
    notices.tell_parties("agreements.lapsed", agreement, by=None, to=[row.agency_id])
    answered(agreement, made, by=None)
    return True


@transaction.atomic
def remind_of_lapse(*, ask: ConcurrenceAsk, day: date) -> bool:
    """Before silence counts, its agency alone is told; whether it was."""
    row = _waiting(ask, day)
    if row is None or row.lapses_on is None or timezone.now().date() > row.lapses_on:
        return False
    until = {"lapses_on": f"{row.lapses_on:%-d %b %Y}"}
    notices.tell_parties(
        "agreements.lapse_reminder", row.agreement, by=None, to=[row.agency_id], roles=("counsel",), also=until
    )
    inside.remind(row.agreement, [row.agency])
    return True


def _waiting(ask: ConcurrenceAsk, day: date) -> ConcurrenceAsk | None:
    """The ask, on a locked agreement, if it still stands and its agency has not answered."""
    row = ConcurrenceAsk.objects.select_related("agency").get(pk=ask.pk)
    agreement = locked(row.agreement)
    row.agreement = agreement
    if agreement.status != "in_clearance" or agreement.current_id != row.version_id or row.lapses_on != day:
        return None
    return row if row.agency in answers.unanswered(agreement) else None
