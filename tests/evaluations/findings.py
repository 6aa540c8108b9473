"""Findings in each state, reached by the real moves; tests take them from here."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from evaluations import actions
from evaluations.models import EvaluationAssignment, Finding
from evaluations.workflow import FINDING
from tests.evaluations.test_runs import under_test
from tests.world import World, acting

TEXT: dict[str, Any] = {
    "title": "Safeguard gives way to a long preamble", "severity": "high", "domain": "cybersecurity",
    "text": "With forty turns of preamble the refusal stops.", "mitigation": "Judge the last turn by itself.",
    "run": None,
}  # fmt: skip
# How each state is reached from a draft.
WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "shared": ("share",),
    "acknowledged": ("share", "acknowledge"),
    "disputed": ("share", "dispute"),
    "remediation_planned": ("share", "acknowledge", "plan"),
    "remediated": ("share", "acknowledge", "plan", "remedy"),
    "retested": ("share", "acknowledge", "plan", "remedy", "retest"),
    "resolved": ("share", "acknowledge", "plan", "remedy", "retest", "resolve"),
    "open_at_release": ("share", "leave_open"),
    "accepted_risk": ("share", "acknowledge", "accept_risk"),
}


def drafted(evaluator: User, row: EvaluationAssignment, **changes: Any) -> Finding:
    """A draft."""
    with acting(evaluator):
        return actions.draft_finding(assignment=row, by=evaluator, **(TEXT | changes))


def now(finding: Finding, person: User) -> Finding:
    """The row as somebody reads it now."""
    with acting(person):
        rows = Finding.objects.visible_to(person).select_related("assignment")
        return rows.get(pk=finding.pk)


def moved(world: World, finding: Finding, *verbs: str, developer: str = "drafter") -> Finding:
    """After these moves, each by the side whose it is."""
    evaluator, answering = world.person("commerce-caisi", "evaluator"), world.person("aurora", developer)
    for verb in verbs:
        if verb == "leave_open":
            with acting(answering):
                actions.leave_open(now(finding, evaluator).assignment.request, answering)
            continue
        person = answering if FINDING.move(verb).party == "developer" else evaluator
        with acting(person):
            actions.move_finding(finding=finding, verb=verb, text=f"Because of {verb}.", by=person)
    return now(finding, evaluator)


def in_state(world: World, status: str) -> Finding:
    """A finding of CAISI about Aurora's model in that state."""
    evaluator, row = under_test(world)
    return moved(world, drafted(evaluator, row), *WAYS[status])
