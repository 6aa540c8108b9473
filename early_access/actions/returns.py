"""What agencies return or destroy: asked after a withdrawal, after the end of an agreement and after the time for keeping."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import queries as agreements
from agreements.models import TestingAgreement
from audit import actions as audit
from core.decisions import Invalid, Problem
from early_access import notices, policies, queries
from early_access.models import EarlyAccessRequest, ReturnItem

RETURN_DAYS = 10  # where no agreement says otherwise
Because = ReturnItem.Because


def ask_after_withdrawal(request: EarlyAccessRequest, agency: Organisation) -> None:
    """At once, whatever could be kept otherwise: an open question gets the earlier day."""
    due = _due(timezone.now().date(), queries.agreement_with(request, agency))
    row = ReturnItem.objects.filter(request=request, agency=agency).first()
    if row is None:
        _ask(request, agency, Because.WITHDRAWN, due, None)
    elif not row.outcome:
        row.because, row.kept_until, row.due_on = Because.WITHDRAWN, None, min(row.due_on, due)
        row.save(update_fields=["because", "kept_until", "due_on"])


def ask_after_end(request: EarlyAccessRequest, agency: Organisation, agreement: TestingAgreement | None) -> None:
    """The agreement ended. A developer's notice is like its withdrawal; else data may be kept as after any window."""
    leaves = agreement is not None and agreement.notice_given_by_id == request.developer_id
    until = None if leaves else _kept_until(agreement)
    _ask(request, agency, Because.AGREEMENT_ENDED, _due(until or timezone.now().date(), agreement), until)


def _kept_until(agreement: TestingAgreement | None) -> date | None:
    days = agreements.obligation(agreement, "retention_days") if agreement else None
    return timezone.now().date() + timedelta(days=days) if days is not None else None


def _due(start: date, agreement: TestingAgreement | None) -> date:
    """The last day for returning or destroying, as the agreement says."""
    days = agreements.obligation(agreement, "destruction_days") if agreement else None
    return start + timedelta(days=RETURN_DAYS if days is None else days)


def _ask(
    request: EarlyAccessRequest, agency: Organisation, because: str, due_on: date, kept_until: date | None
) -> None:
    """Once per request and agency."""
    asked = {"developer": request.developer, "because": because, "kept_until": kept_until, "due_on": due_on}
    ReturnItem.objects.get_or_create(request=request, agency=agency, defaults=asked)


@transaction.atomic
def answer_return(*, item: ReturnItem, outcome: str, statement: str, by: User) -> ReturnItem:
    """An agency says what it returned or destroyed."""
    row = ReturnItem.objects.select_for_update(of=("self",)).select_related("request").get(pk=item.pk)
    policies.may_answer_return(by, row).require()
    if outcome not in ReturnItem.Outcome.values:
        raise Invalid([Problem("outcome", "Choose what was done with the material.")])
    if not statement.strip():
        raise Invalid([Problem("statement", "Describe in a sentence what was returned or destroyed, and how.")])
    row.outcome, row.statement = outcome, statement.strip()
    row.answered_by, row.answered_at = by, timezone.now()
    row.save(update_fields=["outcome", "statement", "answered_by", "answered_at"])
    audit.record(
        "early_access.returned", row.request, by=by, parties=[row.developer_id, row.agency_id], reason=row.statement
    )
    notices.to_developer("returned", row.request, by)
    return row
