"""Who somebody is in a request: of the developer with a role, or an intake officer; shared by all verbs."""

from __future__ import annotations

from accounts.models import User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from early_access.models import (
    EarlyAccessRequest,
)
from early_access.workflow import EARLY_ACCESS_REQUEST

FILLING = ("drafter", "security", "counsel")
WHO_FILLS = "A policy lead, counsel or security lead of the developer can."
WHO_KEYS = "The developer's policy or security lead can."


def of_developer(
    user: User, organisation_id: object, roles: tuple[str, ...], who: str, of: str = "request"
) -> Decision:  # fmt: skip
    if seats_of(user).holds(organisation_id, *roles):  # type: ignore[arg-type]  # a UUID from a foreign key
        return ALLOWED
    return refuse(f"Your role in this {of} does not include this step.", who)


def of_intake(user: User, request: EarlyAccessRequest) -> Decision:
    if request.intake_agency_id and seats_of(user).holds(request.intake_agency_id, "intake"):
        return ALLOWED
    return refuse("This step is for the intake officers who handle the request.", "They are named on its page.")


def developer_move(user: User, request: EarlyAccessRequest, verb: str, roles: tuple[str, ...], who: str) -> Decision:
    return first_refusal(
        EARLY_ACCESS_REQUEST.may(request.status, verb), of_developer(user, request.developer_id, roles, who)
    )


def intake_move(user: User, request: EarlyAccessRequest, verb: str) -> Decision:
    return first_refusal(EARLY_ACCESS_REQUEST.may(request.status, verb), of_intake(user, request))
