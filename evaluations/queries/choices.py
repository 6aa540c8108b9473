"""Which agencies a routing officer can give a request to now, and why not the others. Places nobody."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from accounts.models import Organisation
from evaluations.models import RoutingDecision
from evaluations.queries.facts import Facts
from evaluations.queries.routing import as_the_router
from evaluations.rules.routing import chosen


@dataclass(frozen=True)
class Choice:
    """An agency that the developer consented to and that does not hold the request."""

    agency: Organisation
    able: bool
    sentence: str


def choices(decision: RoutingDecision) -> list[Choice]:
    """Those that could take the request first; each with the sentence that its decision would have."""
    row = decision.attempt.request
    with transaction.atomic(), as_the_router(row):
        facts = Facts([row], lock=False)
        wanted, found = facts.wanted(row), []
        for agency in facts.open_agencies(row):
            placement = chosen(wanted, facts.candidate(row, agency, by_person=True))
            found.append(Choice(agency, placement.placed, placement.sentence))
    return sorted(found, key=lambda choice: (not choice.able, choice.agency.name))
