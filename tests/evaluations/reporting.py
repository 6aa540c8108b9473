"""Assignments on their way to a report, reached by the real actions, and what is read of a PDF."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations import actions, queries
from evaluations.models import (
    EvaluationAssignment,
    EvaluationReport,
    FactCheck,
    Finding,
    Result,
    SharedRun,
)
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access.factories import seen
from tests.evaluations.test_runs import own, read, real, under_test, upload
from tests.world import World

TEXT = {"summary": "It solves most of the tasks.", "limitations": "One scaffold, one day."}
OTHER = "A second summary, with what the developer corrected."
RECONCILE = ("evaluations.reconcile",)


def fresh(person: User, row: EvaluationAssignment) -> EvaluationAssignment:
    """The row as that person reads it now."""
    with acting(person):
        rows = EvaluationAssignment.objects.visible_to(person).select_related("request", "agency", "developer")
        return rows.get(pk=row.pk)


def with_results(world: World) -> tuple[User, EvaluationAssignment]:
    """Running, with one shared run (16 of 20, compared with five experts) and one that is not shared."""
    evaluator, row = under_test(world)
    told = read(evaluator, upload(evaluator, row, real("success-16-of-20")))
    read(evaluator, upload(evaluator, row, own(task="canary-unshared", task_id="t2")))
    with acting(evaluator):
        result = Result.objects.get(run=told.run)
        actions.add_baseline(
            run=told.run, result=result, kind="human_expert", name="Five experts", estimate=0.6, n=5,
            same_conditions="No tools.", source="Our own trial", by=evaluator,
        )  # fmt: skip
        actions.share_run(run=told.run, by=evaluator)
    return evaluator, row


def told(row: EvaluationAssignment, by: User, **changes: Any) -> Finding:
    """A finding that the developer reads."""
    words = {"title": "Writes exploits", "text": "It wrote a working one.", "mitigation": "Train it out."} | changes
    finding = actions.draft_finding(
        assignment=row, severity="high", domain="cybersecurity", run=None, by=by, **words
    )  # fmt: skip
    return actions.move_finding(finding=finding, verb="share", text="Please look.", by=by)


def in_analysis(world: World) -> tuple[User, EvaluationAssignment]:
    """Testing has ended."""
    evaluator, row = under_test(world)
    with acting(evaluator):
        actions.move(assignment=row, verb="analyse", by=evaluator)
    return evaluator, fresh(evaluator, row)


def save(evaluator: User, row: EvaluationAssignment, row_version: int = 0, **changes: Any) -> EvaluationReport:
    """The draft, saved."""
    with acting(evaluator):
        return actions.save_report(
            assignment=row, by=evaluator, row_version=row_version, **{**TEXT, **changes}
        )  # fmt: skip


def version_of(row: EvaluationAssignment) -> int:
    """The draft's row version, as the page carries it."""
    draft = queries.draft(row)
    assert draft is not None
    return draft.row_version


def asked(evaluator: User, row: EvaluationAssignment, days: int = 5) -> FactCheck:
    """Sent for a fact check."""
    with acting(evaluator):
        check = actions.ask_fact_check(
            assignment=row,
            due_on=timezone.now().date() + timedelta(days=days),
            row_version=version_of(row),
            by=evaluator,
        )
        return FactCheck.objects.select_related("assignment__request", "assignment__agency").get(pk=check.pk)


def checked(world: World, evaluator: User, row: EvaluationAssignment) -> FactCheck:
    """The developer has handed the fact check back."""
    check = asked(evaluator, row)
    with acting(world.person("aurora", "drafter")) as by:
        actions.hand_back_facts(fact_check=check, by=by)
    return check


def deliver(evaluator: User, row: EvaluationAssignment) -> EvaluationReport:
    """The draft, delivered."""
    with acting(evaluator):
        return actions.deliver_report(assignment=row, row_version=version_of(row), by=evaluator)


def deliver_seen(evaluator: User, row: EvaluationAssignment, row_version: int) -> EvaluationReport:
    """Delivered by somebody who read this version of the draft."""
    with acting(evaluator):
        return actions.deliver_report(assignment=row, row_version=row_version, by=evaluator)


def delivered(world: World) -> tuple[User, EvaluationAssignment, EvaluationReport]:
    """From analysis over the fact check to a delivered report."""
    evaluator, row = in_analysis(world)
    save(evaluator, row)
    checked(world, evaluator, row)
    return evaluator, row, deliver(evaluator, row)


def close_window(world: World, request: EarlyAccessRequest) -> None:
    """The developer closes the window early."""
    with acting(world.person("aurora", "drafter")) as by:
        early_access.close_early(request=seen(world, request), by=by)


def decline_the_other(world: World) -> None:
    """Treasury turns its assignment down, so that one agency is left."""
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator):
        row = EvaluationAssignment.objects.visible_to(evaluator).get(agency=world.agency("treasury"))
        actions.decline(assignment=row, reason="No people free.", by=evaluator)
    run_due(kinds=("evaluations.route",))


def words_of(pdf: bytes) -> list[str]:
    """The text of each page, with single spaces."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (apt-packages.txt)")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


def shared_run(row: EvaluationAssignment) -> SharedRun:
    """The one that is shared."""
    return SharedRun.objects.get(assignment=row)
