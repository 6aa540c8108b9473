"""Clocks that remind: of a concurrence that is asked for (they never concur for anybody), of a signature whose turn it
is, and of the end of a term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements import answers, delegations, notices, queries
from agreements.actions import clocks
from agreements.actions import components as inside
from agreements.actions.base import locked, record
from agreements.models import Signatory, TestingAgreement
from agreements.rules import clearing, concurring, lasting, turns
from agreements.rules import steps as signing
from agreements.workflow import BINDING
from jobs import actions as jobs

KIND = "agreements.remind_of_concurrence"
END = "agreements.remind_of_end"
SIGN = "agreements.remind_to_sign"


def watch(agreement: TestingAgreement) -> None:
    """Jobs for the days on which somebody has to be reminded; what they find then decides whether anything is to do."""
    day = agreement.concur_by
    for at in clearing.reminders(day, timezone.now().date()) if day else []:
        jobs.enqueue(
            KIND, key=f"{KIND}:{agreement.current_id}:{day}:{at}", organisations=agreement.party_ids,
            payload={"agreement": str(agreement.pk), "day": str(day)}, not_before=clocks.midnight(at),
        )  # fmt: skip


@transaction.atomic
def remind_of_concurrence(*, agreement: TestingAgreement, day: date) -> None:
    """Before the day: remind agencies that have not answered. After it: tell all parties who has not. The state stays."""
    agreement = locked(agreement)
    if agreement.status != "in_clearance" or agreement.concur_by != day:
        return
    missing = answers.unanswered(agreement)
    asked = concurring.asked(agreement.concurrence_order, missing)
    if not missing:
        return
    if timezone.now().date() <= day:
        to = [a.pk for a in asked]
        notices.tell_parties("agreements.concurrence_reminder", agreement, by=None, to=to, roles=("counsel",))
        inside.remind(agreement, asked)
        return
    record("concurrence_late", agreement, by=None, detail={"missing": len(missing)})
    notices.tell_parties("agreements.concurrence_late", agreement, by=None)


def invite(agreement: TestingAgreement, rows: Sequence[Signatory], *, by: User | None) -> None:
    """Tell those whose turn it is now, and remind each of them until they have answered."""
    _ask(agreement, rows, by, "agreements.your_turn")
    for row in rows:
        _remind_later(agreement, row, 1)


def _ask(agreement: TestingAgreement, rows: Sequence[Signatory], by: User | None, kind: str) -> None:
    """Who still can sign is asked; of who cannot, since a delegation or a time in a post has ended meanwhile, the own
    organisation is told, which can name somebody else."""
    at, clauses = timezone.now(), queries.clause_ids(agreement)
    can = [row for row in rows if delegations.still_covers(agreement, row, at, clauses)]
    if can:
        notices.tell_signatories(agreement, [row.person for row in can], by=by, kind=kind)
    for row in rows:
        if row not in can:
            notices.tell_of_lost([agreement], row.organisation_id, by=None)


def _remind_later(agreement: TestingAgreement, row: Signatory, number: int) -> None:
    if number > signing.MOST:
        return
    jobs.enqueue(
        SIGN, key=f"{SIGN}:{row.pk}:{number}", organisations=agreement.party_ids,
        payload={"agreement": str(agreement.pk), "signatory": str(row.pk), "number": number},
        not_before=timezone.now() + signing.EVERY,
    )  # fmt: skip


@transaction.atomic
def remind_to_sign(*, agreement: TestingAgreement, signatory: UUID, number: int) -> None:
    """One reminder to somebody whose turn it still is, and the clock of the next one: after a standstill one reminder
    comes, not all that were missed. Whoever signed, declined or was replaced hears no more."""
    agreement = locked(agreement)
    if agreement.status != "awaiting_signature":
        return
    row = next((row for row in turns.next_in(agreement.plan) if row.pk == signatory), None)
    if row is None:
        return
    _ask(agreement, [row], None, "agreements.signature_reminder")
    _remind_later(agreement, row, number + 1)


def watch_end(agreement: TestingAgreement) -> None:
    """Jobs for the days before the end of the term, one each."""
    day = agreement.expires_on
    for at in lasting.reminders(day, timezone.now().date()) if day else []:
        jobs.enqueue(
            END, key=f"{END}:{agreement.pk}:{day}:{at}", organisations=agreement.party_ids,
            payload={"agreement": str(agreement.pk), "day": str(day), "at": str(at)},
            not_before=clocks.midnight(at),
        )  # fmt: skip


@transaction.atomic
def remind_of_end(*, agreement: TestingAgreement, day: date, at: date) -> None:
    """Tell all parties that the term ends, unless it ends on another day by now, or notice ends it no later.

    After a standstill the reminders that were missed come at once: only the newest of them says it.
    """
    agreement = locked(agreement)
    today = timezone.now().date()
    sooner = agreement.terminates_on is not None and agreement.terminates_on <= day
    if agreement.status not in BINDING or agreement.expires_on != day or sooner:
        return
    if lasting.overtaken(day, at, today):
        return
    notices.tell_parties("agreements.ends_soon", agreement, by=None)
