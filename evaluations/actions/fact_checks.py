"""The fact check: the developer gets a copy of the draft, says what is wrong in it, and hands it back in time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import typesetting
from core.decisions import Invalid, Problem
from early_access.rules import dates
from evaluations import notices, policies, queries
from evaluations.actions import drafts
from evaluations.actions.base import locked, made, needed, said
from evaluations.models import EvaluationAssignment, FactCheck, FactCheckComment
from jobs import actions as jobs

LONGEST_COMMENT = 5_000


@transaction.atomic
def ask_fact_check(*, assignment: EvaluationAssignment, due_on: date, row_version: int, by: User) -> FactCheck:
    """Send a copy of the draft to the developer, with a due date that its agreement allows.

    `row_version` is that of the draft that was read.
    """
    row = locked(assignment)
    policies.may_ask_fact_check(by, row).require()
    draft = drafts.sent_out(row, row_version)
    if problem := _due_problem(row, due_on, timezone.now().date()):
        raise Invalid([problem])
    check = FactCheck.objects.create(
        assignment=row, developer_id=row.developer_id, agency_id=row.agency_id, asked_by=by,
        number=FactCheck.objects.filter(assignment=row).count() + 1, content=queries.compose(draft),
        due_at=dates.closes_at(due_on),
    )  # fmt: skip
    row.fact_check_due_at = check.due_at
    made(row, "ask_fact_check", by=by)
    jobs.enqueue(
        "evaluations.end_fact_check", key=_clock_key(check), organisations=[row.developer_id, row.agency_id],
        payload={"fact_check": str(check.pk)}, not_before=check.due_at,
    )  # fmt: skip
    notices.fact_check("fact_check_asked", check, [(row.developer_id, policies.CHECKING)], by)
    return check


def _due_problem(row: EvaluationAssignment, due_on: date, today: date) -> Problem | None:
    fewest = queries.shortest_fact_check(row)
    first, last = today + timedelta(days=fewest), today + timedelta(days=queries.LONGEST_FACT_CHECK)
    if due_on < first:
        why = f"The agreement gives the developer {fewest} days" if row.fact_check_days else "Checking facts takes time"
        return Problem("due_on", f"{why}: choose {first} or a later day.")
    if due_on > last:
        return Problem(
            "due_on", f"A fact check lasts at most {queries.LONGEST_FACT_CHECK} days: choose {last} or earlier."
        )
    return None


def _clock_key(check: FactCheck) -> str:
    return f"evaluations.end_fact_check:{check.pk}:1"


def _held(check: FactCheck) -> FactCheck:
    """The fact check as it is now, under the lock of its assignment."""
    row = locked(check.assignment)
    held = FactCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    held.assignment = row
    return held


@transaction.atomic
def comment_facts(*, fact_check: FactCheck, place: str, text: str, by: User) -> FactCheckComment:
    """One correction or remark about the facts; it cannot be taken back, and stands in the delivered report."""
    held = _held(fact_check)
    policies.may_comment_facts(by, held).require()
    if place not in queries.places(held.content):
        raise Invalid([Problem("place", "Choose what the comment is about.")])
    words = needed(text, "text", "Write what is not right, and what would be.")
    if len(words) > LONGEST_COMMENT:
        raise Invalid([Problem("text", f"At most {LONGEST_COMMENT:,} characters fit here. Write a second comment.")])
    if wrong := typesetting.unprintable(words):
        raise Invalid([Problem("text", f"The report cannot print “{wrong[:5]}”. Write it in other characters.")])
    row = FactCheckComment.objects.create(
        fact_check=held, developer_id=held.developer_id, agency_id=held.agency_id, by=by, place=place, text=words
    )
    said(held.assignment, "facts_commented", by=by)
    return row


@transaction.atomic
def hand_back_facts(*, fact_check: FactCheck, by: User) -> FactCheck:
    """The developer has checked the facts: the agency goes on with the comments, if any."""
    held = _held(fact_check)
    policies.may_hand_back_facts(by, held).require()
    held.answered_at, held.answered_by = timezone.now(), by
    held.save(update_fields=["answered_at", "answered_by"])
    jobs.cancel(key=_clock_key(held))
    made(held.assignment, "hand_back_facts", by=by)
    notices.fact_check("facts_checked", held, [(held.agency_id, ("evaluator",))], by)
    return held


@transaction.atomic
def lapse_fact_check(*, fact_check: FactCheck) -> bool:
    """The clock: without an answer by the due date the draft is the agency's again; whether it was."""
    held = _held(fact_check)
    if not held.is_open or timezone.now() < held.due_at or held.assignment.status != "developer_fact_check":
        return False
    held.lapsed_at = timezone.now()
    held.save(update_fields=["lapsed_at"])
    made(held.assignment, "end_fact_check", by=None)
    to = [(held.agency_id, ("evaluator",)), (held.developer_id, policies.CHECKING)]
    notices.fact_check("fact_check_ended", held, to, None)
    return True


def end_open(row: EvaluationAssignment, at: datetime) -> None:
    """End a fact check that is open when its assignment moves on; in the caller's transaction, on a locked row."""
    for check in FactCheck.objects.select_for_update(of=("self",)).filter(
        assignment=row, answered_at=None, lapsed_at=None
    ):
        check.lapsed_at = at
        check.save(update_fields=["lapsed_at"])
        jobs.cancel(key=_clock_key(check))
