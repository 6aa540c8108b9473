"""Access of one assignment, key by key: what is reached with each, whether it is verified, and which revoked keys are refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.seats import seats_of
from early_access import keys
from early_access import queries as early_access
from early_access.models.keys import variant_label
from evaluations.models import AccessCheck, EvaluationAssignment

MOST = 5  # newest verifications of each key


@dataclass(frozen=True)
class Access:
    """One card: the variants that one key reaches, and its verifications, newest first. `url`: where it is opened."""

    card: keys.Card
    checks: list[AccessCheck]
    url: str


def access(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """The cards of an assignment, and the revoked keys of its agency. Keys that it had and has no more keep their checks."""
    request, agency = assignment.request, assignment.agency
    cards = keys.for_agency(request, agency, early_access.specification(request))
    checks: dict[str, list[AccessCheck]] = {}
    rows = assignment.access_checks.select_related("opening").order_by("-created_at")
    for check in rows[: MOST * (len(keys.KINDS) + 1)]:
        checks.setdefault(check.variant, []).append(check)
    for variant in checks:
        if variant not in {card.variant for card in cards}:
            cards.append(keys.Card(variant, variant_label(variant), None, "", "", []))
    opens = seats_of(user).holds(agency.pk, "evaluator") and request.status == "window_open"
    found = [
        Access(card, checks.get(card.variant, [])[:MOST], _page(assignment, card) if opens and card.key else "")
        for card in cards
    ]
    proofs = [proof for proof in keys.proofs(request, user) if proof.agency_id == agency.pk]
    return {"cards": found, "proofs": proofs}


def _page(assignment: EvaluationAssignment, card: keys.Card) -> str:
    return reverse("early_access:connect", args=[assignment.request.reference, assignment.agency.slug, card.slug])
