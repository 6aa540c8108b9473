"""Being there: the one thing a page writes by itself. It is no act, so it is not recorded."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements import policies, queries
from agreements.models import ClauseDraft, LibraryPresence, Presence, TestingAgreement
from core.decisions import Invalid, Problem

KEPT = timedelta(days=1)


@transaction.atomic
def be_here(*, agreement: TestingAgreement, by: User, clause_id: str = "") -> None:
    """The person has the draft of their side open now, or a suggestion for a clause. What is a day old is swept out."""
    policies.may_be_here(by, agreement).require()
    side, now = policies.side_of(by, agreement), timezone.now()
    if clause_id and clause_id not in queries.hashes(agreement.current_id):
        raise Invalid([Problem("clause_id", "There is no such clause in the current version.")])
    row = Presence(agreement=agreement, organisation=side, person=by, clause_id=clause_id, seen_at=now)
    Presence.objects.bulk_create(
        [row], update_conflicts=True, update_fields=["seen_at"],
        unique_fields=["agreement", "organisation", "person", "clause_id"],
    )  # fmt: skip
    Presence.objects.filter(organisation=side, seen_at__lt=now - KEPT).delete()


@transaction.atomic
def be_in_library(*, draft: ClauseDraft, by: User) -> None:
    """The person has the draft of a library clause open now. What is a day old is swept out."""
    policies.may_edit_library(by).require()
    now = timezone.now()
    LibraryPresence.objects.bulk_create(
        [LibraryPresence(draft=draft, person=by, seen_at=now)], update_conflicts=True, update_fields=["seen_at"],
        unique_fields=["draft", "person"],
    )  # fmt: skip
    LibraryPresence.objects.filter(draft=draft, seen_at__lt=now - KEPT).delete()
