"""A run that a supervisor without processes has taken up."""

from __future__ import annotations

from typing import Any

from evaluations.supervisor import Supervisor
from tests.evaluations.fake_runner import FakeRun, FakeRunner

LOG = {"model": "openai-api/concord/model"}


def begun(watcher: Supervisor) -> FakeRun:
    """The supervisor has taken it up."""
    watcher.turn()
    return FakeRunner.started[-1]


def typed() -> dict[str, Any]:
    from tests.evaluations.launching import ASKED

    return dict(ASKED)
