"""Who may do what with a request, and why not: one function per verb."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from early_access.models import (
    ClaimedResult,
    EarlyAccessRequest,
    ReleaseNotice,
    ReturnItem,
)
from early_access.policies.base import (
    FILLING,
    WHO_FILLS,
    WHO_KEYS,
    developer_move,
    intake_move,
    of_developer,
    of_intake,
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
from early_access.policies.keys import (
    WITH_KEY,
    may_ask_proof,
    may_change_consent,
    may_confirm_weights,
    may_open_credential,
    may_open_for,
    may_register_weights,
    may_replace_key,
    may_revoke_key,
    may_take_answer,
    may_use_access,
    not_held,
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
from early_access.policies.windows import (
    DATES,
    may_answer_extension,
    may_correct_blocked,
    may_end_blocked,
    may_propose_extension,
    may_report_blocked,
    may_report_for,
    may_withdraw_extension,
    proposes_for,
    reports_for,
)
from early_access.workflow import EARLY_ACCESS_REQUEST, EDITABLE, RELEASE_NOTICE

__all__ = [
    "ANNOUNCEABLE",
    "ATTACHABLE",
    "FILLING",
    "WITH_KEY",
    "has_consented",
    "may_accept",
    "may_acknowledge",
    "may_acknowledge_inquiry",
    "may_activate_partner",
    "may_amend_release",
    "may_announce_change",
    "may_answer",
    "may_answer_extension",
    "may_answer_return",
    "may_ask",
    "may_ask_for_information",
    "may_ask_proof",
    "may_attach",
    "may_begin_benchmark",
    "may_begin_vetting",
    "may_cancel_release",
    "may_change_consent",
    "may_change_inquiry",
    "may_close",
    "may_close_early",
    "may_close_undetermined",
    "may_confirm_weights",
    "may_consent_to_partner",
    "may_correct_blocked",
    "may_create",
    "may_decline",
    "may_decline_partner",
    "may_determine",
    "may_edit",
    "may_end_blocked",
    "may_end_partner",
    "may_issue_release",
    "may_move_release",
    "may_nominate",
    "may_open_credential",
    "may_open_for",
    "may_plan_release",
    "may_propose_extension",
    "may_record_terms",
    "may_register_weights",
    "may_replace_key",
    "may_report_blocked",
    "may_report_for",
    "may_resume_partner",
    "may_revoke_key",
    "may_revoke_partner",
    "may_schedule",
    "may_see_denials",
    "may_state_result",
    "may_submit",
    "may_submit_inquiry",
    "may_suspend_partner",
    "may_take_answer",
    "may_take_back_result",
    "may_take_consent_back",
    "may_take_receipt",
    "may_use_access",
    "may_vet",
    "may_withdraw",
    "may_withdraw_extension",
    "may_withdraw_inquiry",
    "nominates_for",
    "nomination_agencies",
    "not_held",
    "partner_side",
    "proposes_for",
    "reports_for",
]


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
    return of_developer(user, request.developer_id, FILLING, WHO_FILLS)


ATTACHABLE = (
    "draft", "submitted", "acknowledged", "needs_information", "accepted", "scheduled", "window_open", "window_closed",
)  # fmt: skip


def may_attach(user: User, request: EarlyAccessRequest) -> Decision:
    """Attach a document, or a newer version of one: the developer, until the last report is delivered."""
    role = of_developer(user, request.developer_id, FILLING, WHO_FILLS)
    if request.status in ATTACHABLE:
        return role
    words = f"No more documents are taken while the state is “{EARLY_ACCESS_REQUEST.label(request.status)}”."
    return first_refusal(role, refuse(f"{words} Those that were uploaded stay readable."))


def may_state_result(user: User, request: EarlyAccessRequest) -> Decision:
    """State a result of one's own: the developer, until the last report is delivered."""
    role = of_developer(user, request.developer_id, FILLING, WHO_FILLS)
    if request.status in ATTACHABLE:
        return role
    words = f"No more results are taken while the state is “{EARLY_ACCESS_REQUEST.label(request.status)}”."
    return first_refusal(role, refuse(f"{words} Those that were stated stay readable."))


def may_take_back_result(user: User, claim: ClaimedResult) -> Decision:
    """Take a stated result back."""
    if claim.taken_back_at is not None:
        return refuse("This result was taken back already.", "State it again if it holds after all.")
    return may_state_result(user, claim.request)


def may_take_receipt(user: User, request: EarlyAccessRequest) -> Decision:
    """Take the receipt of the submission as a file: all of the developer's people, since it holds every section."""
    if not seats_of(user).holds(request.developer_id):
        return refuse("The receipt holds every section, so it is the developer's.", "Its SHA-256 is in the timeline.")
    if request.submitted_at is None:
        return refuse("There is no receipt before the request is submitted.", "Submit it first.")
    return ALLOWED


def may_submit(user: User, request: EarlyAccessRequest) -> Decision:
    """Submit the draft."""
    return developer_move(user, request, "submit", ("drafter",), "The developer's policy lead can.")


def may_acknowledge(user: User, request: EarlyAccessRequest) -> Decision:
    """Take the request in."""
    return intake_move(user, request, "acknowledge")


def may_ask_for_information(user: User, request: EarlyAccessRequest) -> Decision:
    """Ask the developer something."""
    return intake_move(user, request, "ask_for_information")


def may_answer(user: User, request: EarlyAccessRequest) -> Decision:
    """Answer what was asked."""
    return developer_move(user, request, "answer", FILLING, WHO_FILLS)


def may_accept(user: User, request: EarlyAccessRequest) -> Decision:
    """Take the model on for testing."""
    return intake_move(user, request, "accept")


def may_decline(user: User, request: EarlyAccessRequest) -> Decision:
    """Decline for capacity or scope."""
    return intake_move(user, request, "decline")


def may_schedule(user: User, request: EarlyAccessRequest) -> Decision:
    """Propose or confirm the dates: either side."""
    table = EARLY_ACCESS_REQUEST.may(request.status, "schedule")
    if not table or of_intake(user, request):
        return table
    who = "The developer's policy lead or security lead can, or an intake officer."
    return of_developer(user, request.developer_id, ("drafter", "security"), who)


def may_close_early(user: User, request: EarlyAccessRequest) -> Decision:
    """End the window before its last day."""
    return developer_move(
        user, request, "close_early", ("drafter", "security"), "The developer's policy or security lead can."
    )


ANNOUNCEABLE = ("accepted", "scheduled", "window_open", "window_closed")


def may_announce_change(user: User, request: EarlyAccessRequest) -> Decision:
    """Say that something other than what was pinned is served now: the developer, from its acceptance to the last report."""
    role = of_developer(user, request.developer_id, DATES, WHO_KEYS)
    if request.status in ANNOUNCEABLE:
        return role
    words = "A change is announced once the request is accepted for testing, and until the last report is delivered."
    return first_refusal(role, refuse(words, "Until then the sections of the request say what is offered."))


def may_close(user: User, request: EarlyAccessRequest) -> Decision:
    """Close a reported request: either side."""
    table = EARLY_ACCESS_REQUEST.may(request.status, "close")
    if not table or of_intake(user, request):
        return table
    return of_developer(
        user, request.developer_id, ("drafter",), "The developer's policy lead or an intake officer can."
    )


def may_withdraw(user: User, request: EarlyAccessRequest) -> Decision:
    """Leave: from every state, in one step, with no reason needed."""
    return developer_move(
        user, request, "withdraw", ("drafter", "security"), "The developer's policy or security lead can."
    )


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
    return of_developer(user, request.developer_id, ("drafter",), "The developer's policy lead can.")


def may_move_release(user: User, notice: ReleaseNotice, verb: str) -> Decision:
    """Issue, amend or cancel it: the developer alone."""
    return first_refusal(
        RELEASE_NOTICE.may(notice.status, verb),
        of_developer(user, notice.developer_id, ("drafter",), "The developer's policy lead can."),
    )


may_issue_release = may_amend_release = may_cancel_release = may_move_release


may_issue_release = may_amend_release = may_cancel_release = may_move_release


may_issue_release = may_amend_release = may_cancel_release = may_move_release
