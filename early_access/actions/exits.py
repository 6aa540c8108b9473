"""Ways out: withdrawal in one transaction, and the developer's release notice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import actions as audit
from core.decisions import Conflict
from early_access import hooks, notices, policies, queries
from early_access.actions import blocking, clocks, credentials, extending, intake, partnering, returns
from early_access.actions.moving import locked, move, parties
from early_access.models import AccessWindow, EarlyAccessRequest, ListedFinding, ReleaseNotice, Withdrawal
from jobs import actions as jobs


@transaction.atomic
def withdraw(*, request: EarlyAccessRequest, by: User, reason: str = "") -> Withdrawal:
    """Leave, from any state: status, access, assignments, clocks, and what is asked back, all in one commit."""
    row = locked(request)
    policies.may_withdraw(by, row).require()
    before, agencies = row.status, queries.consented(row)
    move(row, "withdraw", by=by, reason=reason.strip(), ended_reason=reason.strip())
    made = Withdrawal.objects.create(
        request=row, developer=row.developer, withdrawn_by=by, from_status=before, reason=reason.strip()
    )
    credentials.revoke(request=row, because="withdrawn", by=by)
    credentials.erase_proofs(request=row)
    AccessWindow.objects.filter(request=row, opened_at__isnull=False, closed_at__isnull=True).update(
        closed_at=timezone.now()
    )
    blocking.end_with_window(row, timezone.now())
    clocks.stop(row, "open", "close")
    extending.lapse(row)
    partnering.end_with_request(row)
    for key in (intake.rest_key(row), f"evaluations.route:{row.pk}:1"):
        jobs.cancel(key=key)
    for ending in hooks.on_withdraw:
        ending(row, by, reason.strip())
    for agency in agencies:
        returns.ask_after_withdrawal(row, agency)
    if agencies:
        notices.to_agencies("withdrawn", row, agencies, by)
    notices.to_developer("withdrawn", row, by)
    return made


@transaction.atomic
def plan_release(*, request: EarlyAccessRequest, release_on: date, rationale: str, by: User) -> ReleaseNotice:
    """Write a notice of the developer's own decision; agencies read it once it is issued."""
    row = locked(request)
    policies.may_plan_release(by, row).require()
    made = ReleaseNotice.objects.create(
        request=row, developer=row.developer, release_on=release_on, rationale=rationale.strip()
    )
    audit.record("early_access.release_planned", made, by=by, parties=[row.developer_id])
    return made


def _release(notice: ReleaseNotice, verb: str, by: User) -> ReleaseNotice:
    row = ReleaseNotice.objects.select_for_update(of=("self",)).select_related("request").get(pk=notice.pk)
    policies.may_move_release(by, row, verb).require()
    return row


def _tell(row: ReleaseNotice, verb: str, by: User, fields: list[str]) -> ReleaseNotice:
    row.save(update_fields=["status", *fields])
    audit.record(f"early_access.release_{verb}", row.request, by=by, parties=parties(row.request))
    notices.to_agencies("release_issued", row.request, queries.consented(row.request), by)
    return row


@transaction.atomic
def issue_release(*, notice: ReleaseNotice, by: User, seen: Collection[str] | None = None) -> ReleaseNotice:
    """Tell the agencies; findings that are open at this moment are listed with it.

    `seen` are the references that the person was shown; Conflict when others are open by now.
    """
    row = _release(notice, "issue", by)
    for note in hooks.on_release_issued:
        note(row.request, by)
    row.status, row.issued_at = "issued", timezone.now()
    _list(row, seen)
    return _tell(row, "issue", by, ["issued_at", "open_count"])


@transaction.atomic
def amend_release(*, notice: ReleaseNotice, release_on: date, rationale: str, by: User) -> ReleaseNotice:
    """Change the date or the rationale of an issued notice; what it lists is brought up to date."""
    row = _release(notice, "amend", by)
    row.status, row.amended_at = "amended", timezone.now()
    row.release_on, row.rationale = release_on, rationale.strip()
    _list(row, None)
    return _tell(row, "amend", by, ["release_on", "rationale", "amended_at", "open_count"])


def _list(row: ReleaseNotice, seen: Collection[str] | None) -> None:
    """Write down what is open now: a row for the agency whose finding it is, a number for all."""
    found = hooks.findings_of(row.request)
    if seen is not None and set(seen) != {f.reference for f in found}:
        raise Conflict(
            "Which findings are open has changed since you opened this page. Look at the list again, then issue it."
        )
    row.listed.all().delete()
    ListedFinding.objects.bulk_create(
        ListedFinding(
            notice=row, developer_id=row.developer_id, agency_id=f.agency, reference=f.reference, title=f.title, url=f.url
        )
        for f in found
    )  # fmt: skip
    row.open_count = len(found)


@transaction.atomic
def cancel_release(*, notice: ReleaseNotice, by: User) -> ReleaseNotice:
    """Take the notice back. A planned one goes without telling anybody."""
    row = _release(notice, "cancel", by)
    planned, row.status = row.status == "planned", "cancelled"
    if not planned:
        return _tell(row, "cancel", by, [])
    row.save(update_fields=["status"])
    audit.record("early_access.release_cancel", row.request, by=by, parties=[row.developer_id])
    return row
