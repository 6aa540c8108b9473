"""Read a sealed log on a page: asked for by a person, opened by the agency's worker, sealed to the key in their browser."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.reference import queue
from audit import actions as audit
from core import handover
from evaluations import policies
from evaluations.actions.base import locked
from evaluations.models import LogView, RunLog
from jobs import actions as jobs

LASTS = timedelta(hours=1)


@transaction.atomic
def open_log(*, log: RunLog, public_key: str, block: int, by: User) -> LogView:
    """Ask the agency's worker for one block of samples; the same again is the same view. Each opening is on the record.

    What has expired goes: without its key it was unreadable before.
    """
    locked(log.assignment)
    policies.may_read_log(by, log).require()
    now = timezone.now()
    LogView.objects.filter(agency_id=log.agency_id, expires_at__lte=now).delete()
    known = LogView.objects.filter(log=log, by=by, public_key=public_key, block=block).first()
    if known:
        return known
    view = LogView.objects.create(
        log=log, developer_id=log.developer_id, agency_id=log.agency_id, by=by, public_key=public_key, block=block,
        expires_at=now + LASTS,
    )  # fmt: skip
    audit.record("evaluations.log_opened", log, by=by, parties=[log.agency_id])
    jobs.enqueue(
        "evaluations.open_log", key=f"evaluations.open_log:{view.pk}:1", organisations=[log.agency_id],
        payload={"view": str(view.pk)}, queue=queue(log.assignment.agency),
    )  # fmt: skip
    return view


@transaction.atomic
def record_view(*, view: LogView, text: bytes = b"", refused: str = "") -> None:
    """Keep what the worker read, sealed to the asker's key alone; or why it could not be read."""
    held = LogView.objects.select_for_update(of=("self",)).filter(pk=view.pk, answered_at=None).first()
    if held is None or held.expires_at <= timezone.now():
        return
    held.sealed = handover.seal(held.public_key, held.purpose, text) if text else b""
    held.refused, held.answered_at = refused, timezone.now()
    held.save(update_fields=["sealed", "refused", "answered_at"])
