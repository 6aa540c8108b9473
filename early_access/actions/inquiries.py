"""Designation inquiries: ask, send, reply, withdraw. NSA's side writes an outcome and a pointer, and types nothing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from developers.models import FrontierModel, ModelCheckpoint
from early_access import inquiries, notices, policies
from early_access.models import Designation, DesignationInquiry
from early_access.workflow import DESIGNATION_INQUIRY

MOST_WORDS = 1000
CHANGED = "Somebody changed this draft while you had it open. Look at it again, then change it."
GONE = "Choose one of your registered checkpoints."


@transaction.atomic
def ask(
    *, developer: Organisation, checkpoint: UUID, classified_reply: str, note: str = "", by: User
) -> DesignationInquiry:
    """Draft an inquiry about a checkpoint. NSA reads nothing of it before it is sent."""
    policies.may_ask(by, developer).require()
    asked = _asked(developer, checkpoint, classified_reply, note, by)
    row = DesignationInquiry.objects.create(developer=developer, asked_by=by, moved_at=timezone.now(), **asked)
    audit.record("early_access.inquiry_drafted", row, by=by, parties=[developer.pk])
    return row


@transaction.atomic
def change_inquiry(
    *, inquiry: DesignationInquiry, row_version: int, checkpoint: UUID, classified_reply: str, note: str = "", by: User
) -> DesignationInquiry:
    """Change a draft. Conflict when somebody did since `row_version`; the same text twice is none."""
    row = _locked(inquiry)
    policies.may_change_inquiry(by, row).require()
    asked = _asked(row.developer, checkpoint, classified_reply, note, by)
    if all(getattr(row, name) == value for name, value in asked.items()):
        return row
    if row.row_version != row_version:
        raise Conflict(CHANGED, theirs=row.note, yours=asked["note"])
    for name, value in asked.items():
        setattr(row, name, value)
    row.row_version += 1
    row.save(update_fields=[*asked, "row_version"])
    return row


@transaction.atomic
def submit_inquiry(*, inquiry: DesignationInquiry, by: User) -> DesignationInquiry:
    """Send it: from this commit on NSA's designation authorities read it, and nobody changes it any more."""
    row = _locked(inquiry)
    policies.may_submit_inquiry(by, row).require()
    FrontierModel.objects.select_for_update(of=("self",)).get(pk=row.model_id)  # one open inquiry about a model
    if problems := inquiries.sending_problems(row):
        raise Invalid(problems)
    agency = inquiries.nsa()
    _move(
        row, "submit", by, agency=agency, submitted_at=timezone.now(), previous=inquiries.replied_last(row)
    )  # fmt: skip
    notices.inquiry("inquiry_submitted", row, agency.pk, by)
    return row


@transaction.atomic
def acknowledge_inquiry(*, inquiry: DesignationInquiry, by: User) -> DesignationInquiry:
    """Say that NSA has it."""
    row = _locked(inquiry)
    policies.may_acknowledge_inquiry(by, row).require()
    _move(row, "acknowledge", by)
    notices.inquiry("inquiry_acknowledged", row, row.developer_id, by)
    return row


@transaction.atomic
def begin_benchmark(*, inquiry: DesignationInquiry, by: User) -> DesignationInquiry:
    """Say that NSA works on it. What is measured, and how, stays with NSA."""
    row = _locked(inquiry)
    policies.may_begin_benchmark(by, row).require()
    _move(row, "begin_benchmark", by)
    return row


@transaction.atomic
def determine(
    *, inquiry: DesignationInquiry, outcome: str, office: str, answered_on: date, by: User
) -> DesignationInquiry:  # fmt: skip
    """Record the answer: an outcome, an office, a day, and a number that Concord draws, which a classified message can quote.
    Every outcome takes the same steps, writes the same columns and tells the same notice."""
    row = _locked(inquiry)
    policies.may_determine(by, row).require()
    if problems := _answer_problems(row, outcome, office, answered_on):
        raise Invalid(problems)
    Designation.objects.create(
        inquiry=row, developer=row.developer, agency=row.agency, outcome=outcome, office=office,
        answered_on=answered_on, recorded_by=by,
    )  # fmt: skip
    _move(row, "determine", by)
    notices.inquiry("inquiry_ended", row, row.developer_id, by)
    return row


@transaction.atomic
def close_undetermined(*, inquiry: DesignationInquiry, because: str, by: User) -> DesignationInquiry:
    """Close it without an answer, for a reason from the list."""
    row = _locked(inquiry)
    policies.may_close_undetermined(by, row).require()
    if because not in DesignationInquiry.Because.values:
        raise Invalid([Problem("because", "Choose a reason from the list.")])
    _move(row, "close_undetermined", by, closed_because=because)
    notices.inquiry("inquiry_ended", row, row.developer_id, by)
    return row


@transaction.atomic
def withdraw_inquiry(*, inquiry: DesignationInquiry, by: User) -> DesignationInquiry:
    """Take the question back, with no reason and nobody's leave. NSA is told if it had it."""
    row = _locked(inquiry)
    policies.may_withdraw_inquiry(by, row).require()
    _move(row, "withdraw", by)
    if row.agency_id is not None:
        notices.inquiry("inquiry_withdrawn", row, row.agency_id, by)
    return row


def _locked(inquiry: DesignationInquiry) -> DesignationInquiry:
    rows = DesignationInquiry.objects.select_for_update(of=("self",)).select_related("developer", "agency")
    found: DesignationInquiry = rows.get(pk=inquiry.pk)
    return found


def _asked(developer: Organisation, checkpoint: UUID, reply: str, note: str, by: User) -> dict[str, Any]:
    """The columns of what is asked; the copies are what NSA will read."""
    problems, note = [], note.strip()
    rows = ModelCheckpoint.objects.visible_to(by).filter(developer=developer).select_related("model")
    found = rows.filter(pk=checkpoint).first()
    if found is None:
        problems.append(Problem("checkpoint", GONE))
    if reply not in DesignationInquiry.Reply.values:
        problems.append(Problem("classified_reply", "Say whether a classified reply can reach you."))
    if len(note) > MOST_WORDS:
        problems.append(Problem("note", f"Keep it to {MOST_WORDS:,} characters."))
    if problems or found is None:
        raise Invalid(problems)
    return {
        "checkpoint": found, "model": found.model, "codename": found.model.codename, "checkpoint_label": found.label,
        "configuration_sha256": found.configuration_sha256, "classified_reply": reply, "note": note,
    }  # fmt: skip


def _answer_problems(row: DesignationInquiry, outcome: str, office: str, answered_on: date | None) -> list[Problem]:
    found = []
    if outcome not in Designation.Outcome.values:
        found.append(Problem("outcome", "Choose an answer from the list."))
    if office not in Designation.Office.values:
        found.append(Problem("office", "Choose the office that holds what stands behind the answer."))
    sent = row.submitted_at
    if answered_on is None or answered_on > timezone.now().date() or (sent and answered_on < sent.date()):
        found.append(Problem("answered_on", "Give the day of the answer: from the day it was asked to today, in UTC."))
    return found


def _move(row: DesignationInquiry, verb: str, by: User, **fields: object) -> None:
    """One step of the table, recorded for both organisations without a word of what it says."""
    DESIGNATION_INQUIRY.may(row.status, verb).require()
    row.status, row.moved_at = DESIGNATION_INQUIRY.move(verb).target, timezone.now()
    row.row_version += 1
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=["status", "moved_at", "row_version", *fields])
    parties = [row.developer_id, *([row.agency_id] if row.agency_id else [])]
    audit.record(f"early_access.inquiry_{verb}", row, by=by, parties=parties)
