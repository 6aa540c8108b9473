"""Who reports blocked time, and who proposes and answers a longer window."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from early_access.models import (
    AccessHold,
    AgencyConsent,
    BlockedTime,
    EarlyAccessRequest,
    WindowExtension,
)
from early_access.policies.base import of_developer, of_intake
from early_access.workflow import WINDOW_EXTENSION

BLOCKABLE = ("window_open", "window_closed")
WHO_REPORTS = (
    "The developer's policy or security lead can, and the evaluators and routers of an agency that tests the model."
)


def _blockable(request: EarlyAccessRequest) -> Decision:
    if request.status in BLOCKABLE:
        return ALLOWED
    words = "Blocked time is reported while the window is open, and afterwards until the last report is delivered."
    return refuse(words, "The page shows the window's dates.")


def reports_for(user: User, request: EarlyAccessRequest) -> list[Organisation]:
    """The agencies of the request for which this person reports blocked time."""
    rows = AgencyConsent.objects.filter(request=request, consented=True).select_related("agency")
    seats = seats_of(user)
    return [r.agency for r in rows.order_by("agency__name") if seats.holds(r.agency_id, "evaluator", "router")]


def may_report_blocked(user: User, request: EarlyAccessRequest) -> Decision:
    """Report blocked time, for whichever side the person works."""
    if not (when := _blockable(request)):
        return when
    if seats_of(user).holds(request.developer_id, "drafter", "security") or reports_for(user, request):
        return ALLOWED
    return refuse("Your role in this request does not include this step.", WHO_REPORTS)


def may_report_for(user: User, request: EarlyAccessRequest, agency: Organisation | None) -> Decision:
    """Report it for this agency, or (without one) for the developer."""
    if not (when := _blockable(request)):
        return when
    if agency is None:
        return of_developer(user, request.developer_id, ("drafter", "security"), WHO_REPORTS)
    if agency in reports_for(user, request):
        return ALLOWED
    return refuse("You do not report for this agency in this request.", WHO_REPORTS)


def _own_report(user: User, row: BlockedTime) -> Decision:
    if row.struck_at is not None:
        return refuse(
            "This report was struck; it counts no more.", "Report the time again if it was blocked after all."
        )
    if row.agency_id is None:
        return of_developer(user, row.developer_id, ("drafter", "security"), WHO_REPORTS)
    if seats_of(user).holds(row.agency_id, "evaluator", "router"):
        return ALLOWED
    return refuse("Only the side that reported blocked time ends or corrects it.", "The table names it.")


def may_end_blocked(user: User, row: BlockedTime) -> Decision:
    """Say that testing is possible again: the side that reported it."""
    if row.ended_at is not None and row.struck_at is None:
        return refuse("This blocked time has ended already.", "It can be corrected.")
    return _own_report(user, row)


def may_correct_blocked(user: User, row: BlockedTime) -> Decision:
    """Correct or strike it: the side that reported it, until the last report is delivered."""
    return first_refusal(_blockable(row.request), _own_report(user, row))


EXTENSIBLE = ("scheduled", "window_open")
DATES = ("drafter", "security")
WHO_EXTENDS = "The developer's policy or security lead can, an intake officer, and evaluators and routers of an agency that tests."


def proposes_for(user: User, request: EarlyAccessRequest) -> Organisation | None:
    """The agency for which this person proposes another last day; None for the developer, and for nobody."""
    if seats_of(user).holds(request.developer_id):
        return None
    ended = AccessHold.objects.filter(request=request, kind=AccessHold.Kind.ENDED, lifted_at__isnull=True)
    gone = set(ended.values_list("agency", flat=True))
    own = [agency for agency in reports_for(user, request) if agency.pk not in gone]
    return own[0] if own else request.intake_agency if of_intake(user, request) else None


def may_propose_extension(user: User, request: EarlyAccessRequest) -> Decision:
    """Propose a later last day: either side, one proposal at a time."""
    if request.status not in EXTENSIBLE:
        return refuse(
            "A window is lengthened once its dates are agreed and until it closes.", "A new request can be made."
        )
    if not seats_of(user).holds(request.developer_id, *DATES) and proposes_for(user, request) is None:
        return refuse("Your role in this request does not include this step.", WHO_EXTENDS)
    if WindowExtension.objects.filter(request=request, status="proposed").exists():
        return refuse("A proposal waits for its answer.", "Answer it, or take it back, before another one is made.")
    return ALLOWED


def may_answer_extension(user: User, row: WindowExtension) -> Decision:
    """Consent or refuse: the developer, or the intake officers where the developer proposed."""
    if not (table := WINDOW_EXTENSION.may(row.status, "consent")):
        return table
    if row.agency_id is None:
        return of_intake(user, row.request)
    return of_developer(user, row.developer_id, DATES, "Only the developer's policy or security lead can.")


def may_withdraw_extension(user: User, row: WindowExtension) -> Decision:
    """Take a proposal back: the side that made it."""
    if not (table := WINDOW_EXTENSION.may(row.status, "withdraw")):
        return table
    if row.agency_id is None:
        return of_developer(user, row.developer_id, DATES, "The developer's policy or security lead can.")
    if seats_of(user).holds(row.agency_id, "evaluator", "router", "intake"):
        return ALLOWED
    return refuse("Only the side that proposed it takes it back.", "The other side answers it.")
