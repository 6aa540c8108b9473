"""Individual grants: one person may read one object, until an instant. The only module that imports django-guardian.

A room keeps its grants in a table of its own (a subclass of `Grant` with a real foreign key named `content_object`) and
names it in its model's `Visibility(grants=…)`; its policies decide who may give one before they call these functions.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from accounts.models import Membership, Organisation, User
from core import ports
from core.decisions import Conflict, Invalid, Problem
from core.models import Base

MOST_PER_PERSON = 5000  # above it lists get slow: whoever needs more needs a role


class Grant(Base, UserObjectPermissionBase):
    """One person's leave to read one object, on the side of one organisation.

    It is guardian's row and the row that lists and row-level security read, in one, so the two cannot differ.
    `created_at` is the object's, because lists page by it; `content_object` is stored as `target_id`.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        abstract = True
        unique_together: ClassVar[list[str]] = ["user", "permission", "content_object"]

    def __str__(self) -> str:
        return f"{self.user} until {self.expires_at}"


def _table_of(target: models.Model) -> Any:
    rule = target.visibility  # type: ignore[attr-defined]  # declared by every model with private rows
    return apps.get_model(rule.grants)


def _view(target: models.Model) -> Permission:
    """Django's own "may view" permission of the object's model: the only one that is granted."""
    kind = ContentType.objects.get_for_model(target)
    return Permission.objects.get(content_type=kind, codename=f"view_{kind.model}")


def _live() -> models.Q:
    return models.Q(expires_at__gt=timezone.now(), user__is_active=True)


@transaction.atomic
def grant(*, target: Any, user: User, organisation: Organisation, until: datetime, reason: str, by: User) -> Grant:
    """Let a member of the organisation read the object until then. A second grant replaces the first."""
    table, problems = _table_of(target), []
    if until <= timezone.now():
        problems.append(Problem("until", "Choose a day that is still to come."))
    if not reason.strip():
        problems.append(Problem("reason", "Say in a few words why: it stands in the record."))
    seat = Membership.objects.filter(user=user, organisation=organisation, ended_at__isnull=True, user__is_active=True)
    if not seat.exists():
        problems.append(Problem("person", f"Choose somebody who belongs to {organisation.name}."))
    if problems:
        raise Invalid(problems)
    if table.objects.filter(_live(), user=user).count() >= MOST_PER_PERSON:
        raise Conflict(f"{user.name} has {MOST_PER_PERSON} grants already. Give a role instead, or take some back.")
    row, _made = table.objects.update_or_create(
        user=user, permission=_view(target), content_object=target,
        defaults={
            "organisation": organisation, "given_by": by, "given_at": timezone.now(), "expires_at": until,
            "reason": reason.strip(), "created_at": target.created_at,
        },
    )  # fmt: skip
    detail = {"person": str(user.pk), "until": until.isoformat()}
    ports.record("accounts.access_granted", target, by=by, parties=[organisation.pk], reason=row.reason, detail=detail)
    found: Grant = row
    return found


@transaction.atomic
def revoke(*, target: Any, user: User, organisation: Organisation, by: User) -> None:
    """Take a grant back; the person's next request finds nothing."""
    rows = _table_of(target).objects.filter(content_object=target, user=user, organisation=organisation)
    if not rows.delete()[0]:
        raise Conflict("This person has no access of their own any more: it was taken back or has ended.")
    detail = {"person": str(user.pk)}
    ports.record("accounts.access_revoked", target, by=by, parties=[organisation.pk], detail=detail)


def granted(user: User | Any, target: Any) -> bool:
    """Whether this person has a live grant on the object."""
    if user is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    return bool(_table_of(target).objects.filter(_live(), content_object=target, user=user).exists())


def people_with(target: Any, organisation_id: UUID) -> QuerySet[Any]:
    """Live grants on the object that this organisation gave, by name."""
    rows = _table_of(target).objects.filter(_live(), content_object=target, organisation=organisation_id)
    found: QuerySet[Any] = rows.select_related("user", "given_by").order_by("user__name")
    return found


def end_all(*, user: User, organisation: Organisation) -> int:
    """Delete every grant that a person has on this organisation's side: they left it."""
    tables = [m for m in apps.get_models() if issubclass(m, Grant)]
    return sum(m._default_manager.filter(user=user, organisation=organisation).delete()[0] for m in tables)
