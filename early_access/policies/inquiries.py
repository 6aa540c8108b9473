"""Who asks NSA about a checkpoint, and who replies. No answer here lets or keeps anybody from doing anything else."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from early_access.models import DesignationInquiry
from early_access.policies.base import of_developer
from early_access.workflow import DESIGNATION_INQUIRY

ASKING = ("drafter", "counsel", "security")
LEAVING = ("drafter", "security")
WHO_ASKS = "A policy lead, counsel or security lead of the developer can."
WHO_ANSWERS = "The designation authority at the National Security Agency can."


def _designator(user: User, inquiry: DesignationInquiry) -> Decision:
    """The role itself at NSA: a seat at its parent is not enough."""
    seat = seats_of(user).at(inquiry.agency_id)
    if seat is not None and seat.direct and "designator" in seat.roles:
        return ALLOWED
    return refuse("Only NSA replies to a designation inquiry.", WHO_ANSWERS)


def _reply(user: User, inquiry: DesignationInquiry, verb: str) -> Decision:
    return first_refusal(DESIGNATION_INQUIRY.may(inquiry.status, verb), _designator(user, inquiry))


def may_ask(user: User, developer: Organisation) -> Decision:
    """Draft an inquiry for one's own developer organisation."""
    if developer.is_developer and seats_of(user).holds(developer.pk, *ASKING):
        return ALLOWED
    return refuse("Designation inquiries are made by a developer's policy lead, counsel or security lead.")


def may_change_inquiry(user: User, inquiry: DesignationInquiry) -> Decision:
    """Change what is asked, before it is sent."""
    if inquiry.status != "draft":
        return refuse("What was sent to NSA stays as it is.", "Withdraw it and ask anew; that needs one step.")
    return of_developer(user, inquiry.developer_id, ASKING, WHO_ASKS, of="inquiry")


def may_submit_inquiry(user: User, inquiry: DesignationInquiry) -> Decision:
    """Send it to NSA."""
    role = of_developer(user, inquiry.developer_id, ("drafter",), "The developer's policy lead can.", of="inquiry")
    return first_refusal(DESIGNATION_INQUIRY.may(inquiry.status, "submit"), role)


def may_withdraw_inquiry(user: User, inquiry: DesignationInquiry) -> Decision:
    """Take the question back, as long as it has no reply: in one step, with no reason."""
    role = of_developer(
        user, inquiry.developer_id, LEAVING, "The developer's policy or security lead can.", of="inquiry"
    )
    return first_refusal(DESIGNATION_INQUIRY.may(inquiry.status, "withdraw"), role)


def may_acknowledge_inquiry(user: User, inquiry: DesignationInquiry) -> Decision:
    """Say that NSA has it."""
    return _reply(user, inquiry, "acknowledge")


def may_begin_benchmark(user: User, inquiry: DesignationInquiry) -> Decision:
    """Say that NSA works on it. How stays with NSA."""
    return _reply(user, inquiry, "begin_benchmark")


def may_determine(user: User, inquiry: DesignationInquiry) -> Decision:
    """Record the answer."""
    return _reply(user, inquiry, "determine")


def may_close_undetermined(user: User, inquiry: DesignationInquiry) -> Decision:
    """Close it without an answer, for a reason from the list."""
    return _reply(user, inquiry, "close_undetermined")
