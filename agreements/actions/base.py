"""What every action of the room starts and ends with: the locked row, the state change, the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from agreements.models import IssuedFile, Signatory, SigningTurn, TestingAgreement
from agreements.workflow import AGREEMENT
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem


def locked(agreement: TestingAgreement) -> TestingAgreement:
    """A fresh copy of the row under its lock; whoever comes second decides again on what the first one left."""
    return TestingAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)


def move(agreement: TestingAgreement, verb: str) -> None:
    """Change the state as the table says; the trigger checks the same."""
    AGREEMENT.may(agreement.status, verb).require()
    agreement.status = AGREEMENT.move(verb).target
    agreement.save()


def record(
    verb: str,
    agreement: TestingAgreement,
    *,
    by: User | None,
    reason: str = "",
    parties: Iterable[UUID] | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write the event for all parties, or for those given."""
    readers = agreement.party_ids if parties is None else list(parties)
    audit.record(f"agreements.{verb}", agreement, by=by, parties=readers, reason=reason, detail=detail)


def said(text: str) -> str:
    """A reason that all parties will read."""
    words = text.strip()
    if not words or len(words) > 5000:
        raise Invalid([Problem("reason", "Give the reason in at most 5,000 characters. All parties will read it.")])
    return words


def same_text(agreement: TestingAgreement, seen: str) -> None:
    """Refuse a verdict on a text that is not the current one."""
    current = agreement.current.text_hash if agreement.current else ""
    if seen != current:
        raise Conflict("A newer version stands since you opened this page. Read it, then decide.")


def void_files(agreement: TestingAgreement) -> None:
    """Give up the file that was being signed; it and its signatures are kept for the record."""
    at = timezone.now()
    IssuedFile.objects.filter(agreement=agreement, voided_at__isnull=True).update(voided_at=at)
    Signatory.objects.filter(agreement=agreement, voided_at__isnull=True).update(voided_at=at)
    end_turns(agreement, SigningTurn.Ending.CLOSED)


def end_turns(agreement: TestingAgreement, ending: SigningTurn.Ending) -> None:
    """Nobody holds the agreement's file any more."""
    held = SigningTurn.objects.filter(agreement=agreement, ended_at__isnull=True)
    held.update(ended_at=timezone.now(), ending=ending)
