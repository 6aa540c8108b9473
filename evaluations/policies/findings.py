"""Who may write, share and answer findings, now; each answer is a Decision."""

from __future__ import annotations

from accounts.models import User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from evaluations.models import EvaluationAssignment, Finding
from evaluations.policies.assignments import _holds, may_see_inside
from evaluations.policies.runs import WITH_RUNS
from evaluations.workflow import FINDING

ANSWERING = ("drafter", "security", "counsel")
# Of the developer's moves, these commit it to work, or to living with the risk.
OF_DEVELOPER = {
    "plan": ("drafter", "security"),
    "remedy": ("drafter", "security"),
    "accept_risk": ("drafter", "counsel"),
}
WHO = {
    ANSWERING: "A policy lead, security lead or counsel of the developer can.",
    ("drafter", "security"): "A policy or security lead of the developer can.",
    ("drafter", "counsel"): "A policy lead or counsel of the developer can.",
}
EVALUATORS = "An evaluator of the agency can."


def may_read_finding(user: User, finding: Finding) -> Decision:
    """Read a finding that is visible: the developer's people, and evaluators who have attested."""
    return may_see_inside(user, finding.assignment)


def may_draft_finding(user: User, assignment: EvaluationAssignment) -> Decision:
    """Write down a finding; nobody but the agency reads it until it is shared."""
    return first_refusal(_while_tested(assignment), _attested(user, assignment))


def may_edit_finding(user: User, finding: Finding) -> Decision:
    """Change a draft."""
    if finding.status != "draft":
        return refuse(
            "The developer has read this finding: its words stay as they were shared.", "Say more in the thread."
        )
    return may_draft_finding(user, finding.assignment)


def may_discard_finding(user: User, finding: Finding) -> Decision:
    """Destroy a draft, also after the test has ended."""
    if finding.status != "draft":
        return refuse("Only a draft can be discarded; a shared finding can be withdrawn.")
    return _attested(user, finding.assignment)


def may_move_finding(user: User, finding: Finding, verb: str) -> Decision:
    """Make one move of the table. Both sides may do so after the test has ended as well: what was found stays true."""
    move = FINDING.move(verb)
    if move.party == "system":
        return refuse("Concord makes this move itself, when the developer issues a release notice.")
    if not (table := FINDING.may(finding.status, verb)):
        return table
    if move.party == "developer":
        return _answering(user, finding, OF_DEVELOPER.get(verb, ANSWERING))
    ended = _while_tested(finding.assignment) if verb == "share" else ALLOWED
    return first_refusal(ended, _attested(user, finding.assignment))


def may_comment_on_finding(user: User, finding: Finding) -> Decision:
    """Say something without a move; either side, at any time once it is shared."""
    if finding.status == "draft":
        return refuse("There is nobody to talk to yet: the developer reads a finding once it is shared.")
    if seats_of(user).holds(finding.agency_id):
        return _attested(user, finding.assignment)
    return _answering(user, finding, ANSWERING)


def _answering(user: User, finding: Finding, roles: tuple[str, ...]) -> Decision:
    seats = seats_of(user)
    if seats.holds(finding.shared_with_id, *roles):
        return ALLOWED
    if seats.holds(finding.shared_with_id):
        return refuse("Your role does not include this step.", WHO[roles])
    return refuse("This is the developer's move.", WHO[roles])


def _attested(user: User, assignment: EvaluationAssignment) -> Decision:
    return first_refusal(_holds(user, assignment, ("evaluator",), EVALUATORS), may_see_inside(user, assignment))


def _while_tested(assignment: EvaluationAssignment) -> Decision:
    if assignment.status in WITH_RUNS:
        return ALLOWED
    if assignment.status == "stopped":
        return refuse(
            "The test was stopped: nothing of the developer's may be used any more, so no finding can be written, changed"
            " or shared.",
            "An evaluator can discard a draft.",
        )
    return refuse("Findings are written and shared from the start of testing until the report is delivered.")
