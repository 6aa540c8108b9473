"""What evaluators do with runs here: start, stop, go on. The supervisor's half is in `supervised`."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.reference import queue, runs_queue
from audit import actions as audit
from core.decisions import Conflict, Invalid
from evaluations import policies, queries
from evaluations.actions.base import locked
from evaluations.models import EvaluationAssignment, RunLaunch
from evaluations.rules import launches as rules
from evaluations.workflow import RUN
from jobs import actions as jobs

SILENT = timedelta(seconds=150)  # after which a run is lost when its supervisor has not written
NO_WORD = (
    "Its supervisor was not heard of any more. What it had finished can be gone on from, if its host still has it."
)
BY_A_PERSON = "An evaluator stopped it."


@transaction.atomic
def launch(
    *, assignment: EvaluationAssignment, suite: str, domain: str, variant: str, restricted: bool, parallel: int,
    budget_tokens: int, budget_minutes: int, price_per_million: Decimal | None, budget_usd: Decimal | None, by: User,
) -> RunLaunch:  # fmt: skip
    """Ask the agency's runner for a run. Invalid at its field for what cannot be asked for. Price and most dollars that are not
    given are those of the request."""
    row = locked(assignment)
    policies.may_launch(by, row).require()
    offered = queries.offered(row)
    price_per_million, budget_usd = offered.money(price_per_million, budget_usd)
    typed: dict[str, Any] = {
        "suite": suite, "domain": domain, "variant": variant, "parallel": parallel, "budget_tokens": budget_tokens,
        "budget_minutes": budget_minutes, "price_per_million": price_per_million, "budget_usd": budget_usd,
    }  # fmt: skip
    if problems := rules.problems_of(typed, offered):
        raise Invalid(problems)
    policies.may_run(row, variant).require()
    made = RunLaunch.objects.create(
        assignment=row, developer_id=row.developer_id, agency_id=row.agency_id, launched_by=by, restricted=restricted,
        **typed,
    )  # fmt: skip
    _said(made, "run_launched", by=by)
    _ask(made, row)
    return made


@transaction.atomic
def stop_launch(*, launch: RunLaunch, by: User) -> RunLaunch:
    """End a run. One that waits is over at once, one whose supervisor is gone is lost, any other closes its log first."""
    row = held_launch(launch)
    policies.may_stop_launch(by, row).require()
    if row.status == "queued":
        jobs.cancel(key=queries.run_key(row))
        verb = "cancel"
    else:
        verb = "lose" if is_silent(row) else "ask_stop"
    moved(row, verb, note=NO_WORD if verb == "lose" else BY_A_PERSON)
    _said(row, "run_stop_asked", by=by)
    return row


@transaction.atomic
def resume_launch(*, launch: RunLaunch, by: User) -> RunLaunch:
    """Go on with a run that ended before its time, with what is left of its budget."""
    row = held_launch(launch)
    policies.may_resume_launch(by, row).require()
    if sentence := queries.budget(row).exhausted(row.tokens, row.seconds):
        raise Conflict(f"{sentence} Start another run with a budget of its own.")
    left = queries.offered(row.assignment).left
    if left is not None and (row.budget_usd or 0) - (row.cost_usd or 0) > left:
        raise Conflict(rules.USED_UP)
    row.asked += 1
    moved(row, "resume", note="")
    _said(row, "run_resumed", by=by)
    _ask(row, row.assignment)
    return row


def held_launch(launch: RunLaunch) -> RunLaunch:
    """The row as it is now, held until the transaction ends; its assignment is held before it."""
    row = locked(launch.assignment)
    found = RunLaunch.objects.select_for_update(of=("self",)).select_related("launched_by").get(pk=launch.pk)
    found.assignment = row
    return found


def moved(row: RunLaunch, verb: str, *, note: str | None = None) -> None:
    """Write one move of the table on a locked row."""
    RUN.may(row.status, verb).require()
    row.status = RUN.move(verb).target
    row.ended_at = None if row.is_live else timezone.now()
    if note is not None:
        row.note = note[:400]
    row.save(update_fields=["status", "note", "ended_at", "asked"])


def is_silent(row: RunLaunch) -> bool:
    """Whether its supervisor has not written for so long that it is gone."""
    return row.heard_at is not None and timezone.now() - row.heard_at > SILENT


def _ask(row: RunLaunch, assignment: EvaluationAssignment) -> None:
    jobs.enqueue(
        "evaluations.run", key=queries.run_key(row), organisations=[row.agency_id], payload={"launch": str(row.pk)},
        queue=runs_queue(assignment.agency),
    )  # fmt: skip


def watch(row: RunLaunch, turn: int) -> None:
    """A clock on the agency's ordinary queue: a run whose supervisor is gone for good does not stay “running”."""
    jobs.enqueue(
        "evaluations.watch_run", key=f"evaluations.watch_run:{row.pk}:{row.starts}:{turn}", organisations=[row.agency_id],
        payload={"launch": str(row.pk), "start": row.starts, "turn": turn}, queue=queue(row.assignment.agency),
        not_before=timezone.now() + SILENT,
    )  # fmt: skip


def _said(row: RunLaunch, verb: str, *, by: User | None) -> None:
    audit.record(f"evaluations.{verb}", row, by=by, parties=[row.agency_id])
