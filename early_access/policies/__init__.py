"""Who may do what with a request, and why not: one function per verb."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core import envelope
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from early_access.models import (
    AccessHold,
    AccessSpecification,
    AgencyConsent,
    BlockedTime,
    EarlyAccessRequest,
    ReleaseNotice,
    ReturnItem,
    RevocationProof,
    WindowExtension,
)
from early_access.policies.inquiries import (
    may_acknowledge_inquiry,
    may_ask,
    may_begin_benchmark,
    may_change_inquiry,
    may_close_undetermined,
    may_determine,
    may_submit_inquiry,
    may_withdraw_inquiry,
)
from early_access.policies.partners import (
    has_consented,
    may_activate_partner,
    may_begin_vetting,
    may_consent_to_partner,
    may_decline_partner,
    may_end_partner,
    may_nominate,
    may_record_terms,
    may_resume_partner,
    may_revoke_partner,
    may_see_denials,
    may_suspend_partner,
    may_take_consent_back,
    may_vet,
    nominates_for,
    nomination_agencies,
    partner_side,
)
from early_access.workflow import EARLY_ACCESS_REQUEST, EDITABLE, RELEASE_NOTICE, WINDOW_EXTENSION

__all__ = [
    "has_consented",
    "may_acknowledge_inquiry",
    "may_activate_partner",
    "may_ask",
    "may_begin_benchmark",
    "may_begin_vetting",
    "may_change_inquiry",
    "may_close_undetermined",
    "may_consent_to_partner",
    "may_decline_partner",
    "may_determine",
    "may_end_partner",
    "may_nominate",
    "may_record_terms",
    "may_resume_partner",
    "may_revoke_partner",
    "may_see_denials",
    "may_submit_inquiry",
    "may_suspend_partner",
    "may_take_consent_back",
    "may_vet",
    "may_withdraw_inquiry",
    "nominates_for",
    "nomination_agencies",
    "partner_side",
]

FILLING = ("drafter", "security", "counsel")
WHO_KEYS = "The developer's policy or security lead can."
STEP_UP = timedelta(minutes=5)


def _developer(user: User, organisation_id: object, roles: tuple[str, ...], who: str) -> Decision:
    if seats_of(user).holds(organisation_id, *roles):  # type: ignore[arg-type]  # a UUID from a foreign key
        return ALLOWED
    return refuse("Your role in this request does not include this step.", who)


def _intake(user: User, request: EarlyAccessRequest) -> Decision:
    if request.intake_agency_id and seats_of(user).holds(request.intake_agency_id, "intake"):
        return ALLOWED
    return refuse("This step is for the intake officers who handle the request.", "They are named on its page.")


def _move(user: User, request: EarlyAccessRequest, verb: str, roles: tuple[str, ...], who: str) -> Decision:
    return first_refusal(
        EARLY_ACCESS_REQUEST.may(request.status, verb), _developer(user, request.developer_id, roles, who)
    )


def _intake_move(user: User, request: EarlyAccessRequest, verb: str) -> Decision:
    return first_refusal(EARLY_ACCESS_REQUEST.may(request.status, verb), _intake(user, request))


def may_create(user: User, developer: Organisation) -> Decision:
    """Start a request for one's own developer organisation."""
    if developer.is_developer and seats_of(user).holds(developer.pk, *FILLING):
        return ALLOWED
    return refuse("Requests are made by a developer's policy lead, counsel or security lead.")


def may_edit(user: User, request: EarlyAccessRequest) -> Decision:
    """Fill sections: while it is a draft, or while information is asked for."""
    if request.status not in EDITABLE:
        words = f"The request cannot be changed while its state is “{EARLY_ACCESS_REQUEST.label(request.status)}”."
        return refuse(words, "An intake officer can ask for information; that opens it again.")
    who = "A policy lead, counsel or security lead of the developer can."
    return _developer(user, request.developer_id, FILLING, who)


def may_take_receipt(user: User, request: EarlyAccessRequest) -> Decision:
    """Take the receipt of the submission as a file: all of the developer's people, since it holds every section."""
    if not seats_of(user).holds(request.developer_id):
        return refuse("The receipt holds every section, so it is the developer's.", "Its SHA-256 is in the timeline.")
    if request.submitted_at is None:
        return refuse("There is no receipt before the request is submitted.", "Submit it first.")
    return ALLOWED


def may_submit(user: User, request: EarlyAccessRequest) -> Decision:
    """Submit the draft."""
    return _move(user, request, "submit", ("drafter",), "The developer's policy lead can.")


def may_acknowledge(user: User, request: EarlyAccessRequest) -> Decision:
    """Take the request in."""
    return _intake_move(user, request, "acknowledge")


def may_ask_for_information(user: User, request: EarlyAccessRequest) -> Decision:
    """Ask the developer something."""
    return _intake_move(user, request, "ask_for_information")


def may_answer(user: User, request: EarlyAccessRequest) -> Decision:
    """Answer what was asked."""
    return _move(user, request, "answer", FILLING, "A policy lead, counsel or security lead of the developer can.")


def may_accept(user: User, request: EarlyAccessRequest) -> Decision:
    """Take the model on for testing."""
    return _intake_move(user, request, "accept")


def may_decline(user: User, request: EarlyAccessRequest) -> Decision:
    """Decline for capacity or scope."""
    return _intake_move(user, request, "decline")


def may_schedule(user: User, request: EarlyAccessRequest) -> Decision:
    """Propose or confirm the dates: either side."""
    table = EARLY_ACCESS_REQUEST.may(request.status, "schedule")
    if not table or _intake(user, request):
        return table
    who = "The developer's policy lead or security lead can, or an intake officer."
    return _developer(user, request.developer_id, ("drafter", "security"), who)


def may_close_early(user: User, request: EarlyAccessRequest) -> Decision:
    """End the window before its last day."""
    return _move(user, request, "close_early", ("drafter", "security"), "The developer's policy or security lead can.")


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
        return _developer(user, request.developer_id, ("drafter", "security"), WHO_REPORTS)
    if agency in reports_for(user, request):
        return ALLOWED
    return refuse("You do not report for this agency in this request.", WHO_REPORTS)


def _own_report(user: User, row: BlockedTime) -> Decision:
    if row.struck_at is not None:
        return refuse(
            "This report was struck; it counts no more.", "Report the time again if it was blocked after all."
        )
    if row.agency_id is None:
        return _developer(user, row.developer_id, ("drafter", "security"), WHO_REPORTS)
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
    return own[0] if own else request.intake_agency if _intake(user, request) else None


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
        return _intake(user, row.request)
    return _developer(user, row.developer_id, DATES, "Only the developer's policy or security lead can.")


def may_withdraw_extension(user: User, row: WindowExtension) -> Decision:
    """Take a proposal back: the side that made it."""
    if not (table := WINDOW_EXTENSION.may(row.status, "withdraw")):
        return table
    if row.agency_id is None:
        return _developer(user, row.developer_id, DATES, "The developer's policy or security lead can.")
    if seats_of(user).holds(row.agency_id, "evaluator", "router", "intake"):
        return ALLOWED
    return refuse("Only the side that proposed it takes it back.", "The other side answers it.")


ANNOUNCEABLE = ("accepted", "scheduled", "window_open", "window_closed")


def may_announce_change(user: User, request: EarlyAccessRequest) -> Decision:
    """Say that something other than what was pinned is served now: the developer, from its acceptance to the last report."""
    role = _developer(user, request.developer_id, DATES, WHO_KEYS)
    if request.status in ANNOUNCEABLE:
        return role
    words = "A change is announced once the request is accepted for testing, and until the last report is delivered."
    return first_refusal(role, refuse(words, "Until then the sections of the request say what is offered."))


WITH_KEY = ("submitted", "acknowledged", "accepted", "scheduled", "window_open")


def may_replace_key(user: User, request: EarlyAccessRequest) -> Decision:
    """Seal another access key: from the submission to the end of the window."""
    return first_refusal(_with_key(request), _developer(user, request.developer_id, ("drafter", "security"), WHO_KEYS))


def may_revoke_key(user: User, request: EarlyAccessRequest, variant: str | None = None) -> Decision:
    """Take a key back at once (of one variant, or all), while there is one."""
    rows = request.credentials.filter(revoked_at__isnull=True)
    live = ALLOWED
    if not (rows if variant is None else rows.filter(variant=variant)).exists():
        live = refuse("There is no key that could be taken back.")
    role = _developer(user, request.developer_id, ("drafter", "security"), WHO_KEYS)
    return first_refusal(role, _with_key(request), live)


def may_change_consent(user: User, request: EarlyAccessRequest) -> Decision:
    """Take consent to a variant back from an agency, or give it: as long as keys are sealed."""
    role = _developer(user, request.developer_id, ("drafter", "security"), WHO_KEYS)
    if request.status in ("draft", "needs_information"):
        where = "Open that section of the request."
        return first_refusal(role, refuse("Consent is given in the section “Agencies and consent” now.", where))
    return first_refusal(role, _with_key(request))


def may_ask_proof(user: User, proof: RevocationProof) -> Decision:
    """Have the agency's worker ask the endpoint whether a revoked key is refused: the developer alone says when."""
    role = _developer(user, proof.developer_id, ("drafter", "security"), WHO_KEYS)
    if proof.outcome == RevocationProof.Outcome.REFUSED:
        return first_refusal(role, refuse("The endpoint has refused this key already."))
    if not proof.is_kept:
        return first_refusal(role, refuse("Nothing is left of this key, so it cannot be checked any more."))
    return role


def _with_key(request: EarlyAccessRequest) -> Decision:
    if request.status in ("draft", "needs_information"):
        return refuse("The key is typed in the section “Credential” now.", "Open that section of the request.")
    if request.status not in WITH_KEY:
        return refuse("Access is over: every key was revoked with it.")
    how = AccessSpecification.objects.filter(request=request).order_by("-version").first()
    if how is not None and not how.has_endpoint:
        return refuse("This model is reached without a key, as its access specification says.")
    return ALLOWED


BEFORE_CLOSE = ("draft", "needs_information", *WITH_KEY)


def may_register_weights(user: User, request: EarlyAccessRequest) -> Decision:
    """Register whose signature counts, and the signed list of the weights: the developer, until the window closes."""
    role = _developer(user, request.developer_id, ("drafter", "security"), WHO_KEYS)
    if request.status not in BEFORE_CLOSE:
        return first_refusal(role, refuse("Access is over: nothing is registered any more."))
    return role


def may_confirm_weights(user: User, request: EarlyAccessRequest, agency: Organisation) -> Decision:
    """Say what one's agency received, while it has access."""
    if request.status != "window_open":
        return refuse("What arrived is confirmed while the window is open.", "The page shows its dates.")
    if seats_of(user).holds(agency.pk, "evaluator", "router"):
        return not_held(request, agency.pk)
    return refuse("Only evaluators and routers of an agency that tests the model confirm what it received.")


def may_close(user: User, request: EarlyAccessRequest) -> Decision:
    """Close a reported request: either side."""
    table = EARLY_ACCESS_REQUEST.may(request.status, "close")
    if not table or _intake(user, request):
        return table
    return _developer(user, request.developer_id, ("drafter",), "The developer's policy lead or an intake officer can.")


def may_withdraw(user: User, request: EarlyAccessRequest) -> Decision:
    """Leave: from every state, in one step, with no reason needed."""
    return _move(user, request, "withdraw", ("drafter", "security"), "The developer's policy or security lead can.")


def may_use_access(request: EarlyAccessRequest, agency: Organisation) -> Decision:
    """Whether an agency may use its access now: the window is open, and its agreement lets it."""
    if request.status != "window_open":
        return refuse("The access key can be opened only while the window is open.", "The page shows its dates.")
    return not_held(request, agency.pk)


def not_held(request: EarlyAccessRequest, agency_id: UUID) -> Decision:
    """Whether the agreement with an agency lets its access go on; what follows from it is a row that both sides read."""
    hold = AccessHold.objects.filter(request=request, agency=agency_id, lifted_at__isnull=True).first()
    return refuse(hold.sentence, "The parties of the agreement see its state on its page.") if hold else ALLOWED


def may_open_credential(
    user: User, request: EarlyAccessRequest, agency: Organisation, stepped_up_at: datetime | None
) -> Decision:
    """Open the sealed key for an agency: its evaluators, while the window is open, after confirming who they are."""
    if not (usable := may_use_access(request, agency)):
        return usable
    if not seats_of(user).holds(agency.pk, "evaluator"):
        return refuse("Only evaluators of an agency that tests this model open its key.")
    if not envelope.provider().opens(str(agency.slug)):
        return refuse(
            f"{agency.name} keeps its key on its own hosts: this site can seal the access key for it and cannot open it.",
            "The agency's worker uses the key for access verification; whoever runs that host can tell you more.",
        )
    if stepped_up_at is None or timezone.now() - stepped_up_at > STEP_UP:
        return refuse("Confirm who you are first: the last time is more than five minutes ago.")
    return ALLOWED


def may_answer_return(user: User, item: ReturnItem) -> Decision:
    """Say what was returned or destroyed: the agency that was asked."""
    if item.outcome:
        return refuse("This was answered already.")
    if seats_of(user).holds(item.agency_id, "intake", "evaluator", "router"):
        return ALLOWED
    return refuse("Only the agency that was asked can answer this.")


def may_plan_release(user: User, request: EarlyAccessRequest) -> Decision:
    """Plan a release notice: the developer, whenever it likes once the request is with an agency."""
    if request.submitted_at is None:
        return refuse("A release notice tells agencies of a release; no agency has this request yet.")
    return _developer(user, request.developer_id, ("drafter",), "The developer's policy lead can.")


def may_move_release(user: User, notice: ReleaseNotice, verb: str) -> Decision:
    """Issue, amend or cancel it: the developer alone."""
    return first_refusal(
        RELEASE_NOTICE.may(notice.status, verb),
        _developer(user, notice.developer_id, ("drafter",), "The developer's policy lead can."),
    )


may_issue_release = may_amend_release = may_cancel_release = may_move_release
