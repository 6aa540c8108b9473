"""Who may start, stop and go on with runs here, now, and whether one that runs may go on; each answer is a Decision."""

from __future__ import annotations

from accounts.models import User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from early_access import keys
from early_access import policies as early_access
from early_access import queries as requests
from early_access.models import AccessSpecification
from evaluations import runners
from evaluations.models import EvaluationAssignment, RunLaunch
from evaluations.policies.assignments import _holds, may_see_inside
from evaluations.rules.launches import MOST_LIVE
from evaluations.workflow import LIVE, RUN

EVALUATORS = "An evaluator of the agency can."
OFF = (
    "Tests are not run from here: this installation has no runner. Run the test with your agency’s own tools and upload "
    "its log."
)
NOT_RUNNING = {
    "paused": "Testing was paused.",
    "stopped": "The developer stopped the test, or withdrew it.",
}
ENDED = "Testing has ended."
KEY_GONE = "The access key was taken back or replaced."


def may_launch(user: User, assignment: EvaluationAssignment) -> Decision:
    """Start a run: the rules are agreed and access was verified, since testing has begun, and nothing has changed that."""
    if not runners.is_on():
        return refuse(OFF)
    decision = first_refusal(
        _holds(user, assignment, ("evaluator",), EVALUATORS),
        may_see_inside(user, assignment),
        may_run(assignment),
    )
    if not decision:
        return decision
    newest = assignment.access_checks.order_by("-created_at").first()
    if newest is not None and not newest.passed:
        return refuse("The last access verification failed.", "Have access verified again first.")
    if RunLaunch.objects.filter(assignment=assignment, status__in=LIVE).count() >= MOST_LIVE:
        return refuse(f"{MOST_LIVE} runs of this assignment are under way.", "Wait until one has ended, or stop one.")
    return ALLOWED


def may_run(assignment: EvaluationAssignment, variant: str = "") -> Decision:
    """Whether a run of this assignment may use the endpoint now, whoever asked for it; with a variant, of that one."""
    if assignment.status != "running":
        early = assignment.status in ("proposed", "accepted", "preparing")
        return refuse("Runs start once testing has begun." if early else NOT_RUNNING.get(assignment.status, ENDED))
    if not (usable := early_access.may_use_access(assignment.request, assignment.agency)):
        return usable
    specification = requests.specification(assignment.request)
    if specification is None or not specification.has_endpoint or not specification.base_url:
        return refuse("The model is not reached over the network, so that nothing can be run from here.")
    if specification.dialect != AccessSpecification.Dialect.CHAT_COMPLETIONS:
        return refuse("The runner speaks the dialect “chat completions” only; the request names another one.")
    return _holds_key(assignment, variant)


def _holds_key(assignment: EvaluationAssignment, variant: str) -> Decision:
    if not keys.live(assignment.request, assignment.agency):
        return refuse("There is no access key for your agency.", "The developer seals one.")
    if variant and keys.reaching(assignment.request, assignment.agency, variant) is None:
        return refuse(
            "There is no access key for this variant.", "Choose another one, or ask the developer for its key."
        )
    return ALLOWED


def may_see_launch(user: User, assignment: EvaluationAssignment) -> Decision:
    """Read of a run that was started here: the agency's people who attested. The row is visible to the agency only."""
    if not seats_of(user).holds(assignment.agency_id):
        return refuse("Runs are the agency’s own until it shares their results.")
    return may_see_inside(user, assignment)


def may_stop_launch(user: User, launch: RunLaunch) -> Decision:
    """End a run that is under way."""
    if launch.status not in ("queued", "starting", "running"):
        stopping = launch.status == "stopping"
        return refuse("The run is being stopped." if stopping else "The run has ended.")
    return first_refusal(
        _holds(user, launch.assignment, ("evaluator",), EVALUATORS), may_see_inside(user, launch.assignment)
    )


def may_resume_launch(user: User, launch: RunLaunch) -> Decision:
    """Go on with a run from where its log ends."""
    return first_refusal(RUN.may(launch.status, "resume"), may_launch(user, launch.assignment))
