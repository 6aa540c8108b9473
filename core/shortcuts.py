"""Fetch or 404, by the one door to visibility."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.http import Http404

M = TypeVar("M", bound=models.Model)


def visible_or_404(model: type[M], user: Any, *related: str, **lookup: Any) -> M:
    """The row if this person may see it; else the same 404 as for an id that never was.

    `related` names are passed to select_related.
    """
    manager: Any = model._default_manager
    rows = manager.visible_to(user)
    if related:
        rows = rows.select_related(*related)
    found = rows.filter(**lookup).first()
    if found is None:
        raise Http404
    result: M = found
    return result
