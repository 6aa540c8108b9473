"""Messages: written where notices are written, ordered as jobs of the process that sends, held back and let go."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone

from jobs import actions as jobs
from jobs.models import Job
from webhooks import queries
from webhooks.models import Delivery, Endpoint
from webhooks.workflow import DELIVERY


def write(job: Job) -> None:
    """For `notifications.outlets`: a message for every endpoint of the addressed organisations that chose the kind.

    It holds kind, reference, time and link, which every holder of a role in that organisation gets as a notice.
    """
    said = job.payload
    addressed = {UUID(organisation) for organisation, _ in said["to"]}
    chosen = Endpoint.objects.filter(organisation__in=addressed, kinds__contains=[said["kind"]])
    for endpoint in chosen.order_by("created_at"):
        queries.forgotten(endpoint).delete()
        # Not the job's own id: two organisations that hear of one event share nothing they could compare.
        message = uuid5(job.pk, str(endpoint.organisation_id))
        reference = str(said["context"].get("reference", ""))
        row = compose(endpoint, message, said["kind"], reference=reference, url=said["url"], at=job.created_at)
        row.save()
        if row.status == "waiting":
            order([row])


def compose(endpoint: Endpoint, message: UUID, kind: str, *, reference: str, url: str, at: datetime) -> Delivery:
    """A message, not saved yet; held back where nothing is sent to the endpoint now."""
    body = {
        "type": kind,
        "timestamp": at.isoformat().replace("+00:00", "Z"),
        "data": {"reference": reference, "link": f"{settings.BASE_URL}{url}"},
    }
    return Delivery(
        endpoint=endpoint, organisation_id=endpoint.organisation_id, message=message, kind=kind, reference=reference,
        body=json.dumps(body, separators=(",", ":")), turn=1,
        status="waiting" if endpoint.status == "active" else "held",
        next_at=timezone.now() if endpoint.status == "active" else None,
    )  # fmt: skip


def order(rows: Iterable[Delivery]) -> None:
    """Have these sent now, each by a job of its own."""
    jobs.enqueue_all(
        jobs.Order("webhooks.deliver", _key(row), (row.organisation_id,), _payload(row), queue="mail") for row in rows
    )


def order_later(row: Delivery, at: datetime) -> None:
    """Have this one sent, not before then; the job ordered before does nothing any more."""
    row.turn, row.next_at = row.turn + 1, at
    jobs.enqueue(
        "webhooks.deliver", key=_key(row), organisations=[row.organisation_id], payload=_payload(row), queue="mail",
        not_before=at,
    )  # fmt: skip


def _key(row: Delivery) -> str:
    return f"webhooks.deliver:{row.pk}:{row.turn}"


def _payload(row: Delivery) -> dict[str, object]:
    return {"delivery": str(row.pk), "turn": row.turn}


def send_anew(row: Delivery, verb: str) -> None:
    """Begin the schedule again from its first try, now."""
    DELIVERY.may(row.status, verb).require()
    row.status, row.tries, row.turn = DELIVERY.move(verb).target, 0, row.turn + 1
    row.next_at, row.ended_at = timezone.now(), None
    row.save()
    order([row])


def hold(endpoint: Endpoint) -> None:
    """Nothing that waits is sent while the endpoint is not active."""
    waiting = Delivery.objects.filter(endpoint=endpoint, status="waiting")
    waiting.update(status=DELIVERY.move("hold").target, next_at=None)


def let_go(endpoint: Endpoint) -> int:
    """Send what was held back, oldest first; how many."""
    rows = list(Delivery.objects.select_for_update(of=("self",)).filter(endpoint=endpoint, status="held"))
    rows.sort(key=lambda row: (row.created_at, row.pk))
    for row in rows:
        send_anew(row, "release")
    return len(rows)
