"""Reads of the room: a developer's profile, its models, and what waits in the inbox."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.search import Hit, rows
from accounts.seats import Seats, seats_of
from developers.models import Developer, FrontierModel, ModelCheckpoint
from notifications.inbox import WAITING, YOURS, InboxItem

MOST = 50


def home_developer(user: User) -> Organisation | None:
    """The developer organisation that this person works for."""
    return next((s.organisation for s in seats_of(user).all if s.organisation.is_developer), None)


def profile_of(organisation: Organisation) -> Developer | None:
    """The profile beside an organisation; the row-level policy decides who gets it."""
    return Developer.objects.filter(organisation=organisation).first()


def is_verified(organisation: Organisation) -> bool:
    """Whether Commerce verified the organisation."""
    return Developer.objects.filter(organisation=organisation, status="verified").exists()


def queue(user: User) -> list[Developer]:
    """Developers that wait for verification, oldest first."""
    rows = Developer.objects.visible_to(user).filter(status="registered")
    return list(rows.select_related("organisation").order_by("created_at")[:MOST])


def checkpoints_of(model: FrontierModel, user: User) -> QuerySet[ModelCheckpoint]:
    """The model's checkpoints that this person may see, newest first."""
    rows = ModelCheckpoint.objects.visible_to(user).filter(model=model)
    found: QuerySet[ModelCheckpoint] = rows.prefetch_related("variants").order_by("-created_at")
    return found


def search(user: User, text: str) -> Iterable[Hit]:
    """Models by reference, codename or family, for `accounts.search`."""
    for row in rows(FrontierModel, user, text, fields=("codename", "family"), columns=()):
        yield Hit(
            row["codename"], row["reference"], reverse("developers:model", args=[row["reference"]]), row["family"]
        )


def inbox(user: User, seats: Seats) -> Iterable[InboxItem]:
    """Verification: whose move it is."""
    if any(o.slug == "commerce" for o in seats.with_role("intake")):
        url = reverse("developers:queue")
        for row in queue(user):
            yield InboxItem(YOURS, f"Verify {row.legal_name}", url, "A developer registered itself.", "Developer")
    if seats.is_developer:
        waiting = Developer.objects.filter(organisation__in=seats.ids, status="registered")
        for row in waiting[:MOST]:
            why = "The Department of Commerce verifies who you are before requests can be submitted."
            yield InboxItem(WAITING, f"{row.legal_name}: verification", reverse("developers:home"), why, "Developer")
