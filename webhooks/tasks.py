"""What jobs of this room do: one attempt and its record, in the process that sends; switching off, in any."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from core import rls
from jobs import actions as jobs
from jobs.models import Job
from webhooks import actions, deliveries, keys, queries, sending
from webhooks.models import Attempt, Delivery, Health
from webhooks.rules import retrying
from webhooks.sending import Outcome
from webhooks.workflow import DELIVERY


def deliver(job: Job) -> Outcome | datetime | None:
    """Outside call of `webhooks.deliver`: the outcome; or until when the endpoint is left alone; or None where there is
    nothing to send any more. Nothing of the database is held while the receiver takes its time."""
    with rls.context(organisations=tuple(job.organisations), actor=f"job:{job.kind}"):
        row = queries.to_send(job.payload["delivery"], job.payload["turn"])
        if row is None:
            return None
        quiet = row.endpoint.health.quiet_until
        if quiet is not None and quiet > timezone.now():
            return quiet
        texts, address = keys.opened(row.endpoint), row.endpoint.address
    return sending.attempt(address, row, texts)


def record(job: Job, outcome: Outcome | datetime | None) -> None:
    """Effect of `webhooks.deliver`. A worker that died before this sends again, with the same webhook-id."""
    rows = Delivery.objects.select_for_update(of=("self",))
    row = rows.filter(pk=job.payload["delivery"], turn=job.payload["turn"]).first()
    if outcome is None or row is None:
        return
    if isinstance(outcome, datetime):
        if row.status == "waiting":
            deliveries.order_later(row, outcome + timedelta(seconds=_luck() * 5))
            row.save(update_fields=["turn", "next_at"])
        return
    _note(row, outcome)
    failing = _health(row, outcome)
    if row.status == "waiting":
        _decide(row, outcome, failing)


def _luck() -> float:
    return secrets.randbelow(1000) / 1000


def _note(row: Delivery, outcome: Outcome) -> None:
    known = Attempt.objects.filter(delivery=row).order_by("-number").values_list("number", flat=True).first()
    Attempt.objects.create(
        delivery=row, organisation_id=row.organisation_id, number=(known or 0) + 1, created_at=outcome.at,
        code=outcome.code, milliseconds=outcome.milliseconds, problem=outcome.problem[:300], answer=outcome.answer,
    )  # fmt: skip


def _health(row: Delivery, outcome: Outcome) -> datetime | None:
    """Since when the endpoint has been failing without a success in between."""
    now, health = timezone.now(), Health.objects.filter(endpoint=row.endpoint_id)
    if retrying.is_success(outcome.code):
        health.update(failing_since=None, quiet_until=None)
        return None
    since = health.values_list("failing_since", flat=True).first() or now
    health.update(failing_since=since, quiet_until=retrying.quiet_until(since, now))
    return since


def _decide(row: Delivery, outcome: Outcome, failing: datetime | None) -> None:
    """Done, again later, or given up; and whether the endpoint is to be switched off."""
    now = timezone.now()
    row.tries += 1
    later = retrying.next_at(row.tries, now, luck=_luck(), asked=outcome.asked)
    gone = outcome.code == retrying.GONE
    if failing is None or gone or later is None:
        row.status = DELIVERY.move("deliver" if failing is None else "give_up").target
        row.next_at, row.ended_at = None, now
    else:
        deliveries.order_later(row, later)
    row.save()
    if gone or (failing is not None and now - failing >= retrying.SWITCH_OFF_AFTER):
        jobs.enqueue(
            "webhooks.switch_off", key=f"webhooks.switch_off:{row.pk}:{row.turn}", organisations=[row.organisation_id],
            payload={"endpoint": str(row.endpoint_id), "because": "gone" if gone else "failing"},
        )  # fmt: skip


def switch_off(job: Job) -> None:
    """Effect of `webhooks.switch_off`."""
    actions.switch_off(endpoint=job.payload["endpoint"], because=job.payload["because"])
