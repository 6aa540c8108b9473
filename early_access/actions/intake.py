"""What intake officers do with a request, and its regular end."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.decisions import Invalid, Problem
from early_access import notices, policies, queries
from early_access.actions.moving import locked, move
from early_access.models import EarlyAccessRequest


def _needed(text: str, field: str, sentence: str) -> str:
    if not text.strip():
        raise Invalid([Problem(field, sentence)])
    return text.strip()


@transaction.atomic
def acknowledge(*, request: EarlyAccessRequest, by: User) -> EarlyAccessRequest:
    """Take the request in."""
    row = locked(request)
    policies.may_acknowledge(by, row).require()
    move(row, "acknowledge", by=by)
    notices.to_developer("acknowledged", row, by)
    return row


@transaction.atomic
def ask_for_information(*, request: EarlyAccessRequest, question: str, by: User) -> EarlyAccessRequest:
    """Ask the developer something; its sections open again."""
    row = locked(request)
    policies.may_ask_for_information(by, row).require()
    text = _needed(question, "question", "Write the question: the developer answers exactly what you ask.")
    move(row, "ask_for_information", by=by, reason=text, question=text, answer="")
    notices.to_developer("needs_information", row, by)
    return row


@transaction.atomic
def accept(*, request: EarlyAccessRequest, by: User) -> EarlyAccessRequest:
    """Take the model on for testing; the dates come next."""
    row = locked(request)
    policies.may_accept(by, row).require()
    move(row, "accept", by=by)
    notices.to_developer("accepted", row, by)
    return row


@transaction.atomic
def decline(*, request: EarlyAccessRequest, reason: str, by: User) -> EarlyAccessRequest:
    """Decline for capacity or scope. It says nothing about the model."""
    row = locked(request)
    policies.may_decline(by, row).require()
    text = _needed(reason, "reason", "Write the reason: capacity or scope, in a sentence that the developer reads.")
    move(row, "decline", by=by, reason=text, ended_reason=text)
    notices.to_developer("declined", row, by)
    return row


@transaction.atomic
def mark_reported(*, request: EarlyAccessRequest, by: User | None = None) -> EarlyAccessRequest:
    """All reports are delivered. While the window is still open only the instant is kept; its end does the rest."""
    row = locked(request)
    if row.status == "window_open":
        row.reported_at = timezone.now()
        row.save(update_fields=["reported_at"])
    elif row.status == "window_closed":
        move(row, "mark_reported", by=by, reported_at=timezone.now())
    return row


@transaction.atomic
def close(*, request: EarlyAccessRequest, by: User) -> EarlyAccessRequest:
    """Close a reported request."""
    row = locked(request)
    policies.may_close(by, row).require()
    move(row, "close", by=by)
    notices.to_developer("closed", row, by)
    notices.to_agencies("closed", row, queries.consented(row), by)
    return row
