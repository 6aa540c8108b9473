"""What intake officers do with a request, and its regular end."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.decisions import Invalid, Problem
from early_access import hooks, notices, policies, queries
from early_access.actions.moving import locked, move, parties
from early_access.models import EarlyAccessRequest
from early_access.rules import dates
from jobs import actions as jobs


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
def mark_reported(*, request: EarlyAccessRequest, reason: str = "") -> EarlyAccessRequest:
    """No report is owed any more and the window is closed; from any other state this does nothing."""
    row = locked(request)
    if row.status != "window_closed":
        return row
    at = timezone.now()
    move(row, "mark_reported", by=None, reason=reason, consequence=True, reported_at=at)
    jobs.enqueue(
        "early_access.close_at_rest", key=rest_key(row), organisations=parties(row),
        payload={"request": str(row.pk)}, not_before=dates.rests_until(at),
    )  # fmt: skip
    notices.to_developer("reported", row, None)
    notices.to_agencies("reported", row, queries.consented(row), None)
    return row


@transaction.atomic
def close(*, request: EarlyAccessRequest, by: User) -> EarlyAccessRequest:
    """Close a reported request."""
    row = locked(request)
    policies.may_close(by, row).require()
    jobs.cancel(key=rest_key(row))
    _close(row, "close", by)
    return row


@transaction.atomic
def close_at_rest(*, request: EarlyAccessRequest) -> bool:
    """The clock: a reported request that neither side closed; whether it closed now."""
    row = locked(request)
    if row.status != "reported" or row.reported_at is None or timezone.now() < dates.rests_until(row.reported_at):
        return False
    _close(row, "close_at_rest", None)
    return True


def rest_key(request: EarlyAccessRequest) -> str:
    """The key of the job that closes a reported request."""
    return f"early_access.close_at_rest:{request.pk}:1"


def _close(row: EarlyAccessRequest, verb: str, by: User | None) -> None:
    move(row, verb, by=by)
    for ending in hooks.on_closed:
        ending(row, by, "")
    notices.to_developer("closed", row, by)
    notices.to_agencies("closed", row, queries.consented(row), by)
