"""Which runner this installation has: none, Inspect, or an agency's own class (docs/deployment.md)."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings

from core.egress import allowance_of
from evaluations.runner.base import Runner, Suite
from evaluations.runner.inspects import InspectRunner


def is_on() -> bool:
    """Whether tests can be started here at all."""
    return bool(settings.RUNNER)


def chosen() -> Runner | None:
    """The runner of this process; None when runs are off."""
    return _made(settings.RUNNER, settings.RUNNER_PYTHON, settings.EGRESS_SIMULATOR) if is_on() else None


@cache
def _made(name: str, python: str, simulator: str) -> Runner:
    if name == "inspect":
        return InspectRunner(python, allowance_of(simulator))
    module, _, attribute = name.partition(":")
    found: Any = getattr(import_module(module), attribute)
    made: Runner = found()
    return made


def suites() -> dict[str, Suite]:
    """What can be chosen, by name; empty when runs are off."""
    runner = chosen()
    return {suite.name: suite for suite in runner.suites()} if runner else {}
