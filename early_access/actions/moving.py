"""What every action of this room shares: lock the request, move its status, say who may read the event."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from accounts.models import User
from audit import actions as audit
from early_access.models import EarlyAccessRequest, RequestAudience
from early_access.workflow import EARLY_ACCESS_REQUEST


def locked(request: EarlyAccessRequest) -> EarlyAccessRequest:
    """The row as it is now, held until the transaction ends."""
    rows = EarlyAccessRequest.objects.select_for_update(of=("self",)).select_related("developer", "intake_agency")
    found: EarlyAccessRequest = rows.get(pk=request.pk)
    return found


def parties(request: EarlyAccessRequest) -> list[UUID]:
    """Organisations that may read events of the request: the developer and its audience."""
    seen = RequestAudience.objects.filter(target=request).values_list("organisation_id", flat=True)
    return [request.developer_id, *seen]


def move(
    request: EarlyAccessRequest,
    verb: str,
    *,
    by: User | None,
    reason: str = "",
    consequence: bool = False,
    **fields: object,
) -> None:
    """Make a move of the table on a locked row, write other fields with it, and record it (`consequence` as in audit)."""
    EARLY_ACCESS_REQUEST.may(request.status, verb).require()
    request.status = EARLY_ACCESS_REQUEST.move(verb).target
    request.row_version += 1
    request.status_changed_at = timezone.now()
    for name, value in fields.items():
        setattr(request, name, value)
    request.save(update_fields=["status", "row_version", "status_changed_at", *fields])
    audit.record(
        f"early_access.{verb}", request, by=by, parties=parties(request), reason=reason,
        consequence=consequence,
    )  # fmt: skip
