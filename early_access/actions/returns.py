"""What agencies return or destroy: asked after a withdrawal, after the end of an agreement and after the time for keeping."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import queries as agreements
from agreements.models import TestingAgreement
from audit import actions as audit
from core.decisions import Invalid, Problem
from early_access import notices, policies, queries
from early_access.actions import weights
from early_access.models import EarlyAccessRequest, ReturnItem
from early_access.rules import dates, returns
from early_access.weights import received
from jobs import actions as jobs

KIND = "early_access.remind_of_return"
REMIND_DAYS = 3
RETURN_DAYS = 10  # where no agreement says otherwise
Because = ReturnItem.Because


def ask_after_withdrawal(request: EarlyAccessRequest, agency: Organisation) -> None:
    """At once, whatever could be kept otherwise: an open question gets the earlier day."""
    agreement = queries.agreement_with(request, agency)
    due = _due(timezone.now().date(), agreement)
    row = ReturnItem.objects.filter(request=request, agency=agency).first()
    if row is None:
        _ask(request, agency, Because.WITHDRAWN, due, None, agreement)
    elif not row.outcome:
        row.because, row.kept_until, row.due_on = Because.WITHDRAWN, None, min(row.due_on, due)
        row.save(update_fields=["because", "kept_until", "due_on"])


def ask_after_window(request: EarlyAccessRequest) -> None:
    """The window has closed: evaluation data may be kept as long as each agreement says, and is then asked back."""
    for agency in queries.consented(request):
        agreement = queries.agreement_with(request, agency)
        until = _kept_until(agreement)
        if received(request, agency):  # weights are no evaluation data: nothing lets them be kept
            _ask(request, agency, Because.RETENTION, _due(timezone.now().date(), agreement), None, agreement)
        elif until:
            _ask(request, agency, Because.RETENTION, _due(until, agreement), until, agreement)


def ask_after_end(request: EarlyAccessRequest, agency: Organisation, agreement: TestingAgreement | None) -> None:
    """The agreement ended. A developer's notice is like its withdrawal; else data may be kept as after any window."""
    leaves = agreement is not None and agreement.notice_given_by_id == request.developer_id
    until = None if leaves else _kept_until(agreement)
    _ask(request, agency, Because.AGREEMENT_ENDED, _due(until or timezone.now().date(), agreement), until, agreement)


def _kept_until(agreement: TestingAgreement | None) -> date | None:
    days = agreements.obligation(agreement, "retention_days") if agreement else None
    return timezone.now().date() + timedelta(days=days) if days is not None else None


def _due(start: date, agreement: TestingAgreement | None) -> date:
    """The last day for returning or destroying, as the agreement says."""
    days = agreements.obligation(agreement, "destruction_days") if agreement else None
    return start + timedelta(days=RETURN_DAYS if days is None else days)


def _confidential_until(agreement: TestingAgreement | None) -> date | None:
    """Counted from the day on which the last information was given: that on which access ended."""
    years = agreements.obligation(agreement, "confidentiality_years") if agreement else None
    return agreements.expiry(timezone.now().date(), 12 * years) if years else None


def _ask(
    request: EarlyAccessRequest, agency: Organisation, because: str, due_on: date, kept_until: date | None,
    agreement: TestingAgreement | None,
) -> None:  # fmt: skip
    """Once per request and agency; its people are reminded when keeping ends and before the last day."""
    row, made = ReturnItem.objects.get_or_create(
        request=request, agency=agency,
        defaults={
            "developer": request.developer, "because": because, "kept_until": kept_until, "due_on": due_on,
            "confidential_until": _confidential_until(agreement),
        },
    )  # fmt: skip
    if made:
        for day in {kept_until or timezone.now().date(), due_on - timedelta(days=REMIND_DAYS)}:
            if day > timezone.now().date():
                jobs.enqueue(
                    KIND, key=f"{KIND}:{row.pk}:{day}", organisations=[row.developer_id, row.agency_id],
                    payload={"item": str(row.pk)}, not_before=dates.opens_at(day),
                )  # fmt: skip


@transaction.atomic
def remind_of_return(*, item: ReturnItem) -> bool:
    """The clock: what is still held has to be returned or destroyed soon; whether anybody was told."""
    row = ReturnItem.objects.select_related("request", "agency").get(pk=item.pk)
    if row.outcome:
        return False
    notices.to_one_agency("return_due", row.request, row.agency)
    return True


@transaction.atomic
def answer_return(
    *,
    item: ReturnItem,
    outcome: str,
    statement: str,
    by: User,
    destroyed_on: date | None = None,
    method: str = "",
    parts: Mapping[str, str] | None = None,
) -> ReturnItem:
    """An agency says what it returned or destroyed; `parts` is the checklist, as far as it says it apart. What was returned or
    destroyed gets a certificate; where it had confirmed to have the weights, with their day and method."""
    rows = ReturnItem.objects.select_for_update(of=("self",)).select_related("request", "agency", "developer")
    row = rows.get(pk=item.pk)
    policies.may_answer_return(by, row).require()
    if outcome not in ReturnItem.Outcome.values:
        raise Invalid([Problem("outcome", "Choose what was done with the material.")])
    if not statement.strip():
        raise Invalid([Problem("statement", "Describe in a sentence what was returned or destroyed, and how.")])
    parts = {name: done for name, done in (parts or {}).items() if done}
    held, problems = weights.certificate_problems(row, outcome, destroyed_on, method)
    problems = [*problems, *returns.problems(outcome, parts)]
    if problems:
        raise Invalid(problems)
    row.outcome, row.statement, row.parts = outcome, statement.strip(), parts
    row.answered_by, row.answered_at = by, timezone.now()
    row.save(update_fields=["outcome", "statement", "parts", "answered_by", "answered_at"])
    if outcome != ReturnItem.Outcome.NOTHING_HELD:
        weights.certify(row, held, destroyed_on or timezone.now().date(), method if held else "", by)
    audit.record(
        "early_access.returned", row.request, by=by, parties=[row.developer_id, row.agency_id], reason=row.statement
    )
    notices.to_developer("returned", row.request, by)
    return row
