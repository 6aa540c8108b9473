"""Who may upload logs and share runs, now; each answer is a Decision."""

from __future__ import annotations

from accounts.models import User
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from evaluations.formats.kinds import WITH_SAMPLES
from evaluations.models import EvaluationAssignment, EvaluationRun, RunLog, SharedRun
from evaluations.policies.assignments import _holds, may_see_inside
from evaluations.workflow import RUN

WITH_RUNS = ("running", "paused", "analysis", "developer_fact_check")


def may_upload(user: User, assignment: EvaluationAssignment) -> Decision:
    """Upload a log of a run."""
    return first_refusal(
        _while_tested(assignment),
        _holds(user, assignment, ("evaluator",), "An evaluator of the agency can."),
        may_see_inside(user, assignment),
    )


def may_see_run(user: User, assignment: EvaluationAssignment) -> Decision:
    """Read the agency's own page of a run; the row itself is visible to the agency only."""
    return may_see_inside(user, assignment)


def may_read_log(user: User, log: RunLog) -> Decision:
    """Read the messages inside a sealed log: evaluators of the agency who have attested, of the kinds that hold any."""
    if log.run_id is None:
        return refuse("The log is not read yet, or it was refused: its page says which.")
    if log.kind and log.kind not in WITH_SAMPLES:
        return refuse("This file holds figures only: there are no samples in it to read.")
    return first_refusal(
        _holds(user, log.assignment, ("evaluator",), "An evaluator of the agency can."),
        may_see_inside(user, log.assignment),
    )


def may_share_run(user: User, run: EvaluationRun) -> Decision:
    """Share a run with the developer: what disclosure.py lists, and nothing else."""
    if RUN.state(run.status).owner:
        return refuse("The run has not ended yet.")
    if SharedRun.objects.filter(run=run).exists():
        return refuse("The run is shared.")
    if run.superseded_by_id:
        return refuse("A newer log of the same test stands in its place.", "Share that one.")
    return may_upload(user, run.assignment)


def may_add_baseline(user: User, run: EvaluationRun) -> Decision:
    """Write down what an estimate is compared with; the developer's copy is made when the run is shared."""
    if SharedRun.objects.filter(run=run).exists():
        return refuse("The run is shared: its baselines stay as the developer reads them.")
    return may_upload(user, run.assignment)


def may_write_run_notes(user: User, run: EvaluationRun) -> Decision:
    """Write down what no log says of it."""
    if SharedRun.objects.filter(run=run).exists():
        return refuse("The run is shared: its notes stay as the developer reads them.")
    return may_upload(user, run.assignment)


def _while_tested(assignment: EvaluationAssignment) -> Decision:
    if assignment.status in WITH_RUNS:
        return ALLOWED
    return refuse("Runs are recorded from the start of testing until the report is delivered.")
