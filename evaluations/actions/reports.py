"""The report: deliver it, hand a version out, end without one, close."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.seats import seats_of
from audit import actions as audit
from core import storage, typesetting
from core.decisions import Conflict, Invalid, Problem
from evaluations import notices, policies, queries
from evaluations.actions import drafts, fact_checks
from evaluations.actions.base import locked, made, needed, said
from evaluations.actions.endings import ask_reconciliation
from evaluations.models import EvaluationAssignment, EvaluationReport
from evaluations.pdf.render import render_report

logger = logging.getLogger("concord.alarm")


@transaction.atomic
def deliver_report(*, assignment: EvaluationAssignment, row_version: int, by: User) -> EvaluationReport:
    """Freeze the draft as the next version, with its PDF, and give it to the developer.

    A first delivery moves the assignment on; a corrected version leaves it where it is. `row_version` is that of the
    draft that was read. Setting the PDF takes a fraction of a second even for hundreds of runs and findings.
    """
    row = locked(assignment)
    policies.may_deliver_report(by, row).require()
    draft, at = drafts.sent_out(row, row_version), timezone.now()
    _freeze(draft, at)
    draft.delivered_to_id, draft.delivered_at = row.developer_id, at
    draft.save()
    if row.status in policies.CORRECTABLE:
        said(row, "report_corrected", by=by, reason=draft.correction)
    else:
        fact_checks.end_open(row, at)
        made(row, "deliver_report", by=by)
        ask_reconciliation(row, "delivered")
    notices.delivered(draft, by)
    return draft


def _freeze(draft: EvaluationReport, at: datetime) -> None:
    draft.content = {**queries.compose(draft), "delivered": queries.moment(at)}
    draft.scope_line = draft.content["scope"]
    try:
        pdf = render_report(draft.content, at=at)
    except typesetting.RenderRefused as refused:
        raise Invalid([Problem("summary", f"{refused} Change that character in the text.")]) from refused
    draft.sha256 = draft.stored_as = storage.put(pdf)
    draft.size = len(pdf)


@transaction.atomic
def receive_report(*, report: EvaluationReport, by: User) -> EvaluationReport:
    """The developer's people opened a delivered version; the first time is kept and told to both sides."""
    policies.may_read_report(by, report).require()
    row = EvaluationReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if row.received_at is None and seats_of(by).holds(row.delivered_to_id):
        row.received_at = timezone.now()
        row.save(update_fields=["received_at"])
        said(report.assignment, "report_received", by=by)
    return row


@transaction.atomic
def download_report(*, report: EvaluationReport, by: User) -> bytes:
    """The delivered PDF, checked against its hash; that it was handed out is on the reader's own record."""
    row = receive_report(report=report, by=by)
    home = row.agency_id if seats_of(by).holds(row.agency_id) else row.delivered_to_id
    audit.record("evaluations.report_downloaded", report.assignment, by=by, parties=[home] if home else [])
    try:
        return storage.get(row.stored_as)
    except storage.FileDamaged as damaged:
        logger.critical("a delivered report is damaged in the store: %s", row.pk)
        raise Conflict("The stored report is damaged. An administrator has to restore it from the backup.") from damaged


@transaction.atomic
def end_without_report(*, assignment: EvaluationAssignment, reason: str, by: User) -> None:
    """The agency ends an assignment of which no report will come."""
    row = locked(assignment)
    policies.may_end_without_report(by, row).require()
    row.ended_reason = needed(reason, "reason", "Say why no report will come: the developer reads it.")
    made(row, "end_without_report", by=by, reason=row.ended_reason)
    ask_reconciliation(row, "ended")
    notices.tell("no_report", row, [(row.developer_id, ("drafter", "security"))], by)


@transaction.atomic
def close(*, assignment: EvaluationAssignment, by: User) -> None:
    """The agency is done with an assignment whose report is delivered."""
    row = locked(assignment)
    policies.may_close(by, row).require()
    made(row, "close", by=by)
    notices.tell("closed", row, [(row.developer_id, ("drafter", "security"))], by)
