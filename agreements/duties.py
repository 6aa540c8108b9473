"""This room's rows of what is due: concurrence that is asked for, and the days on which binding agreements end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.seats import Seats
from agreements.models import AgreementParty, Concurrence, TestingAgreement
from agreements.workflow import BINDING
from notifications.duties import Duty

MOST = 200


def source(user: User, seats: Seats) -> Iterable[Duty]:
    """Bounded; an auditor has nothing due."""
    if not seats.all or seats.is_auditor:
        return
    yield from _concurrence(user, seats)
    columns = ("reference", "developer", "expires_on", "terminates_on")
    for row in TestingAgreement.objects.newest_for(user, columns=columns, size=MOST, only={"status": BINDING}):
        day = row["terminates_on"] or row["expires_on"]
        if day is not None:
            words = "Notice was given: the agreement ends" if row["terminates_on"] else "The agreement ends"
            yield Duty("End of agreement", words, row["reference"], _url(row), day, row["developer"])


def _concurrence(user: User, seats: Seats) -> Iterable[Duty]:
    """One's own agencies by name while they have not said it; of others not who has, which may be for nobody to know."""
    columns = ("reference", "developer", "concur_by", "current")
    asked = TestingAgreement.objects.newest_for(user, columns=columns, size=MOST, only={"status": ("in_clearance",)})
    dated = {row["id"]: row for row in asked if row["concur_by"] is not None}
    versions = [row["current"] for row in dated.values()]
    said = set(
        Concurrence.objects.filter(version__in=versions, agency__in=seats.ids).values_list("agreement", "agency")
    )
    own = AgreementParty.objects.filter(
        target__in=dated, role=AgreementParty.Role.AGENCY, organisation__in=seats.ids
    ).values_list("target", "organisation")
    for target, agency in own:
        if (target, agency) not in said:
            yield _asked(dated[target], agency)
    ours = {target for target, _ in own}
    yield from (_asked(row, None) for key, row in dated.items() if key not in ours)


def _asked(row: dict[str, Any], agency: UUID | None) -> Duty:
    words = "Concur, or say why not" if agency else "The agencies are asked to concur"
    return Duty("Concurrence", words, row["reference"], _url(row), row["concur_by"], row["developer"], agency)


def _url(row: dict[str, Any]) -> str:
    return f"/agreements/{row['reference']}/"
