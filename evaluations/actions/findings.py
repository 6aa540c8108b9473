"""Findings: draft, edit, share, every move of their table through one door, comments, and what a release leaves open."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from early_access.models import EarlyAccessRequest
from evaluations import notices, policies
from evaluations.actions.base import locked, needed
from evaluations.models import EvaluationAssignment, EvaluationRun, Finding, FindingEntry
from evaluations.workflow import FINDING, FINDING_DAYS, RUN

WRITTEN = ("title", "severity", "domain", "text", "mitigation")
LONGEST = 20_000
MISSING = {
    "title": "Give it a title of one line: the developer reads it first.",
    "severity": "Choose a severity from the scale.",
    "domain": "Choose one of the assignment's domains.",
    "text": "Describe what was found, so that the developer can follow it.",
}
STALE = "Somebody else saved this finding while you had it open. Compare both texts, then save the one you want."
OTHER_RUN = "Choose a run of this assignment that has ended."
WRITE = "Write the comment: both sides read it."
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9#:._/-]{2,59}")
NO_REFERENCE = "Give the reference alone, such as CVE-2026-1234 or a case number: 3 to 60 characters without spaces."
SAY = {
    "dispute": "Say what is not so, and why: the agency answers it.",
    "uphold": "Say why the finding stands: the developer reads it.",
    "withdraw_finding": "Say why it is withdrawn: the developer reads it.",
    "plan": "Say what will be done, and by when.",
    "retest": "Say what was tested again, and what came of it.",
    "reopen": "Say what is still there: the developer reads it.",
    "accept_risk": "Say why the risk is accepted: it stands beside the finding.",
}


@transaction.atomic
def draft_finding(
    *, assignment: EvaluationAssignment, title: str, severity: str, domain: str, text: str, mitigation: str,
    run: EvaluationRun | None, by: User,
) -> Finding:  # fmt: skip
    """Write down a finding for the agency's own eyes. The same draft sent twice is one."""
    row = locked(assignment)
    policies.may_draft_finding(by, row).require()
    written = _checked(
        row, title=title, severity=severity, domain=domain, text=text, mitigation=mitigation, run=run
    )  # fmt: skip
    own = {"assignment": row, "written_by": by, "status": FINDING.initial}
    if twice := Finding.objects.filter(**own, **written).first():
        return twice
    made = Finding.objects.create(**own, **written, agency_id=row.agency_id, edited_by=by, edited_at=timezone.now())
    _said(made, "drafted", by=by)
    return made


@transaction.atomic
def edit_finding(
    *, finding: Finding, row_version: int, title: str, severity: str, domain: str, text: str, mitigation: str,
    run: EvaluationRun | None, by: User,
) -> Finding:  # fmt: skip
    """Change a draft. `row_version` is that of the text which was opened; a stale one raises Conflict with both texts.
    The same text twice is not a conflict."""
    row = locked(finding.assignment)
    held = _held(finding, row)
    policies.may_edit_finding(by, held).require()
    written = _checked(
        row, title=title, severity=severity, domain=domain, text=text, mitigation=mitigation, run=run
    )  # fmt: skip
    if all(getattr(held, name) == value for name, value in written.items()):
        return held
    if held.row_version != row_version:
        raise Conflict(STALE, theirs=_texts(held), yours=_texts(Finding(**written)))
    for name, value in written.items():
        setattr(held, name, value)
    held.row_version += 1
    held.edited_by, held.edited_at = by, timezone.now()
    held.save(update_fields=[*WRITTEN, "run", "row_version", "edited_by", "edited_at"])
    _said(held, "edited", by=by)
    return held


@transaction.atomic
def discard_finding(*, finding: Finding, typed: str, by: User) -> None:
    """Destroy a draft; its reference is typed, since nothing brings it back."""
    held = _held(finding, locked(finding.assignment))
    policies.may_discard_finding(by, held).require()
    if typed.strip().upper() != held.reference:
        raise Invalid([Problem("typed", f"Type {held.reference} to discard it.")])
    _said(held, "discarded", by=by)
    held.delete()


@transaction.atomic
def move_finding(
    *, finding: Finding, verb: str, text: str = "", run: EvaluationRun | None = None, by: User
) -> Finding:  # fmt: skip
    """One move of the table, with what is said to the other side; sharing is one of them. A retest can be a run."""
    row = locked(finding.assignment)
    held = _held(finding, row)
    policies.may_move_finding(by, held, verb).require()
    said = _short(needed(text, "text", SAY[verb]) if FINDING.move(verb).needs_reason else text.strip())
    fields: dict[str, Any] = {}
    if verb == "share":
        fields = {"shared_with_id": row.developer_id, "shared_at": timezone.now()}
    if run is not None and (verb != "retest" or not _has_ended(run, row)):
        raise Invalid([Problem("run", OTHER_RUN if verb == "retest" else "Only a retest can be a run.")])
    _moved(held, verb, text=said, run=run, by=by, **fields)
    notices.finding(held, verb, by)
    return held


@transaction.atomic
def comment_on_finding(*, finding: Finding, text: str, software_report: str = "", by: User) -> FindingEntry:
    """Say something without a move. The same words twice in a row are one comment. Where the finding concerns the world's
    software, `software_report` names the report under which that flaw is handled: a clearinghouse's, a CVE, a case number."""
    held = _held(finding, locked(finding.assignment))
    policies.may_comment_on_finding(by, held).require()
    said, elsewhere = _short(needed(text, "text", WRITE)), software_report.strip()
    if elsewhere and not REFERENCE.fullmatch(elsewhere):
        raise Invalid([Problem("software_report", NO_REFERENCE)])
    newest = FindingEntry.objects.filter(finding=held).order_by("-created_at", "-id").first()
    if newest and (newest.by_id, newest.move, newest.text, newest.software_report) == (by.pk, "", said, elsewhere):
        return newest
    made = _entry(held, "", said, by, software_report=elsewhere)
    _said(held, "commented", by=by)
    notices.finding(held, "comment", by)
    return made


def leave_open(request: EarlyAccessRequest, by: User) -> None:
    """A release notice is being issued: what is open stays open, and says so. Runs in that action's transaction."""
    rows = Finding.objects.select_for_update(of=("self",)).filter(
        assignment__request=request, status__in=FINDING.move("leave_open").sources, shared_with=request.developer_id
    )
    for row in rows.order_by("id"):
        _moved(row, "leave_open", text="", by=by)


def _held(finding: Finding, assignment: EvaluationAssignment) -> Finding:
    """The row as it is now, held until the transaction ends; the assignment is held before it."""
    found = Finding.objects.select_for_update(of=("self",)).filter(pk=finding.pk, assignment=assignment).first()
    if found is None:
        raise Conflict("This finding does not exist any more: its draft was discarded.")
    found.assignment = assignment
    return found


def _checked(assignment: EvaluationAssignment, *, run: EvaluationRun | None, **written: str) -> dict[str, Any]:
    """What was typed, stripped; Invalid with every problem at its field."""
    typed = {name: value.strip() for name, value in written.items()}
    problems = [
        Problem(name, sentence) for name, sentence in MISSING.items() if name in ("title", "text") and not typed[name]
    ]
    if len(typed["title"]) > 200 or "\n" in typed["title"]:
        problems.append(Problem("title", "Keep the title to one line of at most 200 characters."))
    if typed["severity"] not in Finding.Severity.values:
        problems.append(Problem("severity", MISSING["severity"]))
    if typed["domain"] not in assignment.domains:
        problems.append(Problem("domain", MISSING["domain"]))
    problems += [_too_long(name) for name in ("text", "mitigation") if len(typed[name]) > LONGEST]
    if run is not None and not _has_ended(run, assignment):
        problems.append(Problem("run", OTHER_RUN))
    if problems:
        raise Invalid(problems)
    return {**typed, "run": run}


def _has_ended(run: EvaluationRun, assignment: EvaluationAssignment) -> bool:
    return run.assignment_id == assignment.pk and not RUN.state(run.status).owner


def _texts(finding: Finding) -> dict[str, str]:
    return {name: getattr(finding, name) for name in WRITTEN} | {"run": str(finding.run_id or "")}


def _too_long(field: str) -> Problem:
    return Problem(field, f"Keep it to {LONGEST:,} characters, and point to the run for the rest.")


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise Invalid([_too_long("text")])
    return text


def _moved(
    row: Finding, verb: str, *, text: str, run: EvaluationRun | None = None, by: User | None, **fields: Any
) -> None:  # fmt: skip
    """Write one move on a locked row, its entry in the thread, the clock of the next side, and the audit row."""
    FINDING.may(row.status, verb).require()
    row.status, row.moved_at = FINDING.move(verb).target, timezone.now()
    days = FINDING_DAYS.get(row.status)
    row.answer_due_at = row.moved_at + timedelta(days=days) if days else None
    for name, value in fields.items():
        setattr(row, name, value)
    row.row_version += 1
    row.save(update_fields=["status", "moved_at", "answer_due_at", "row_version", *fields])
    _entry(row, verb, text, by, run)
    _said(row, verb, by=by)


def _entry(
    row: Finding, verb: str, text: str, by: User | None, run: EvaluationRun | None = None, software_report: str = ""
) -> FindingEntry:  # fmt: skip
    return FindingEntry.objects.create(
        finding=row,
        agency_id=row.agency_id,
        developer_id=row.shared_with_id,
        by=by,
        move=verb,
        text=text,
        run=run,
        software_report=software_report,
    )


def _said(row: Finding, verb: str, *, by: User | None) -> None:
    """Record it for those who can read the finding; the words themselves stand in the thread only."""
    readers = [row.agency_id, *([row.shared_with_id] if row.shared_with_id else [])]
    audit.record(f"evaluations.finding_{verb}", row, by=by, parties=readers)
