"""Runs that are started here, reached by the real actions, and the supervisor that takes them up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from accounts.models import User
from agencies.reference import runs_queue
from evaluations import actions
from evaluations.models import EvaluationAssignment, RunLaunch
from evaluations.supervisor import Supervisor
from tests.evaluations.fake_runner import FakeRunner
from tests.world import World, acting

ASKED: dict[str, Any] = {
    "suite": "refusals", "domain": "cybersecurity", "variant": "production", "restricted": False, "parallel": 2,
    "budget_tokens": 100_000, "budget_minutes": 60, "price_per_million": None, "budget_usd": None,
}  # fmt: skip


def asked(evaluator: User, row: EvaluationAssignment, **changes: Any) -> RunLaunch:
    """Waiting for the runner."""
    with acting(evaluator):
        return actions.launch(assignment=row, by=evaluator, **(ASKED | changes))


def now(evaluator: User, launch: RunLaunch) -> RunLaunch:
    """The row as its agency reads it now."""
    with acting(evaluator):
        related = ("assignment__agency", "assignment__request", "assignment__developer", "launched_by")
        return RunLaunch.objects.select_related(*related).get(pk=launch.pk)


def supervisor(world: World, folder: Path, agency: str = "commerce-caisi", **options: Any) -> Supervisor:
    """One for an agency, with the fake runner."""
    home = world.agency(agency)
    return Supervisor(FakeRunner(), [runs_queue(home)], (home.pk,), folder, **options)
