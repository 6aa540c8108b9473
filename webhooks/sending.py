"""One attempt over the network, through the only way out: no redirects, no private addresses, bounded in time and bytes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils import timezone

from core.egress import EgressClient, EgressFailed, EgressRefused, allowance_of
from webhooks.models import Delivery
from webhooks.rules.retrying import is_success, retry_after
from webhooks.rules.signing import headers

SECONDS = 15.0
HEAD = 1000  # characters of an answer that are kept


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt. `code` is None where nothing readable came back; then `problem` says what happened."""

    at: datetime
    milliseconds: int
    code: int | None = None
    problem: str = ""
    answer: str = ""
    asked: timedelta = field(default=timedelta())


def attempt(address: str, delivery: Delivery, secrets: list[str]) -> Outcome:
    """Post the message once. Every way to fail is an outcome, not an exception."""
    at, began = timezone.now(), time.monotonic()
    body = delivery.body.encode()
    sent = {
        "Content-Type": "application/json", "User-Agent": "Concord-Webhooks/1",
        **headers(secrets, delivery.webhook_id, int(at.timestamp()), body),
    }  # fmt: skip
    client = EgressClient(allowance_of(settings.EGRESS_SIMULATOR), seconds=SECONDS)
    try:
        answer = client.peek("POST", address, headers=sent, content=body, most=4 * HEAD)
    except (EgressFailed, EgressRefused) as error:
        return Outcome(at, _since(began), problem=str(error))
    except SoftTimeLimitExceeded:  # somebody who sends one byte of the head every few seconds
        return Outcome(at, _since(began), problem="The endpoint did not answer in time.")
    problem = "" if is_success(answer.status) else f"The endpoint answered {answer.status}."
    asked = retry_after(answer.headers, at)
    return Outcome(at, _since(began), answer.status, problem, as_text(answer.raw), asked)


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)


def as_text(raw: bytes) -> str:
    """The beginning of an answer as plain text: what does not print becomes a mark, except line ends."""
    text = raw.decode(errors="replace")[:HEAD]
    return "".join(
        c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text.replace("\r\n", "\n")
    )
