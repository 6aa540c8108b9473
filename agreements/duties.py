"""This room's rows of what is due: concurrence that is asked for, and the days on which binding agreements end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from accounts.models import User
from accounts.seats import Seats
from agreements import components
from agreements.models import AgreementParty, Concurrence, ConcurrenceAsk, TestingAgreement
from agreements.rules.concurring import SEQUENCE
from agreements.workflow import BINDING
from notifications.duties import Duty

MOST = 1000  # of each kind; the page shows a hundred at a time


def source(user: User, seats: Seats) -> Iterable[Duty]:
    """Bounded; an auditor has nothing due."""
    if not seats.all or seats.is_auditor:
        return
    yield from _concurrence(user, seats)
    yield from _inside(seats)
    columns = ("reference", "developer", "expires_on", "terminates_on")
    for row in TestingAgreement.objects.newest_for(user, columns=columns, size=MOST, only={"status": BINDING}):
        day = row["terminates_on"] or row["expires_on"]
        if day is not None:
            words = "Notice was given: the agreement ends" if row["terminates_on"] else "The agreement ends"
            yield Duty("End of agreement", words, row["reference"], _url(row), day, row["developer"])


def _concurrence(user: User, seats: Seats) -> Iterable[Duty]:
    """One's own agencies by name while they have not said it; of others not who has, which may be for nobody to know."""
    columns = ("reference", "developer", "concur_by", "current", "concurrence_order")
    found = TestingAgreement.objects.newest_for(user, columns=columns, size=MOST, only={"status": ("in_clearance",)})
    versions = [row["current"] for row in found]
    asks = ConcurrenceAsk.objects.filter(version__in=versions, agency__in=seats.ids)
    asked = {(ask.agreement_id, ask.agency_id): ask.lapses_on for ask in asks}
    lapsing = {target for (target, _), day in asked.items() if day}
    dated = {row["id"]: row for row in found if row["concur_by"] is not None or row["id"] in lapsing}
    said = set(
        Concurrence.objects.filter(version__in=versions, agency__in=seats.ids).values_list("agreement", "agency")
    )
    own = AgreementParty.objects.filter(
        target__in=dated, role=AgreementParty.Role.AGENCY, organisation__in=seats.ids
    ).values_list("target", "organisation")
    for target, agency in own:
        row, lapses = dated[target], asked.get((target, agency))
        in_turn = row["concurrence_order"] != SEQUENCE or (target, agency) in asked
        if (target, agency) not in said and in_turn and (row["concur_by"] or lapses):
            yield _asked(row, agency, lapses)
    ours = {target for target, _ in own}
    yield from (_asked(row, None, None) for key, row in dated.items() if key not in ours)


def _inside(seats: Seats) -> Iterable[Duty]:
    """Components that are asked inside their agency and have not answered: read there only."""
    own = [seat.organisation.pk for seat in seats.all if seat.organisation.parent_id]
    if not own:
        return
    asks = ConcurrenceAsk.objects.filter(
        agency__in=own, answer_by__isnull=False, agreement__status="in_clearance", version=F("agreement__current")
    )
    rows = list(asks.select_related("agreement").order_by("answer_by")[:MOST])
    said = components.answered(rows)
    for row in rows:
        if row.pk not in said and row.answer_by is not None:
            url = f"{row.agreement.get_absolute_url()}components/"
            words = "Concur for the component, or say why not"
            yield Duty(
                "Concurrence", words, row.agreement.reference, url, row.answer_by, row.developer_id, row.agency_id
            )


def _asked(row: dict[str, Any], agency: UUID | None, lapses: date | None) -> Duty:
    """With the earlier of both days: that by which an answer is asked for, and that after which silence counts."""
    words = "Concur, or say why not" if agency else "The agencies are asked to concur"
    if lapses is not None:
        words += "; without an answer it counts as given"
    day = min(day for day in (row["concur_by"], lapses) if day is not None)
    return Duty("Concurrence", words, row["reference"], _url(row), day, row["developer"], agency)


def _url(row: dict[str, Any]) -> str:
    return f"/agreements/{row['reference']}/"
