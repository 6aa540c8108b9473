"""Reads of exclusions, and the developer that a form or a call names."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from accounts.models import Organisation, User
from core.decisions import Invalid, Problem
from evaluations.models import RoutingExclusion


def exclusions_of(ids: Iterable[UUID], user: User) -> list[RoutingExclusion]:
    """The exclusions of one page, newest first."""
    rows = RoutingExclusion.objects.visible_to(user).filter(pk__in=list(ids))
    related = ("router", "agency", "developer", "request", "made_by", "lifted_by")
    return list(rows.select_related(*related).order_by("-created_at", "-id"))


def developer_of(pk: str | UUID) -> Organisation:
    """The developer of that id, as people of agencies know it; Invalid when there is none."""
    found = Organisation.objects.filter(kind=Organisation.Kind.DEVELOPER, pk=pk).first()
    if found is None:
        raise Invalid([Problem("developer", "There is no such developer: choose one of the list.")])
    return found
