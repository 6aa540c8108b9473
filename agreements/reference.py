"""Reference data of the room: the library and the templates as shipped. Loading twice changes nothing.

A clause or template that differs from what was shipped before becomes a new version, unless a person has published
one since: from then on the library is theirs, and a shipped change is left out.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from agreements.models import AgreementTemplate, Clause, ClauseAlternative
from agreements.queries import newest_clauses
from agreements.rules.library import merged
from agreements.standard import FRAMEWORK, TEMPLATES, Template, shipped

TEMPLATE = FRAMEWORK
COMPARED = ("heading", "text", "rationale", "guidance", "required_for", "variables")


@transaction.atomic
def load() -> AgreementTemplate:
    """Bring the library up to what is shipped; returns the current framework template."""
    known = newest_clauses()
    fresh = []
    for wording in shipped():
        row = known.get(wording["key"])
        if row is None or (row.published_by_id is None and _differs(row, wording)):
            values = {name: wording[name] for name in ("key", *COMPARED)}
            known[wording["key"]] = Clause(version=row.version + 1 if row else 1, **values)
            fresh.append(wording)
    Clause.objects.bulk_create(known[wording["key"]] for wording in fresh)
    ClauseAlternative.objects.bulk_create(
        ClauseAlternative(clause=known[wording["key"]], **other)
        for wording in fresh
        for other in wording["alternatives"]
    )
    current = {row.key: row for row in AgreementTemplate.objects.filter(is_current=True)}
    for template in TEMPLATES:
        _template(template, current.get(template.key), known)
    return AgreementTemplate.objects.get(key=TEMPLATE, is_current=True)


def _differs(row: Clause, wording: dict[str, Any]) -> bool:
    others = [
        {name: getattr(other, name) for name in ("key", "text", "when_to_use", "rationale")}
        for other in sorted(row.alternatives.all(), key=lambda other: other.key)
    ]
    wanted = sorted(wording["alternatives"], key=lambda other: other["key"])
    return others != wanted or any(getattr(row, name) != wording[name] for name in COMPARED)


def _template(template: Template, current: AgreementTemplate | None, library: dict[str, Clause]) -> None:
    """The first version, or the next when a shipped clause has a new one. People's versions are left alone."""
    rows = [library[key] for key in template.order]
    ids = [row.pk for row in rows]
    if current is not None and (current.published_by_id is not None or current.clause_ids == ids):
        return
    if current is not None:
        AgreementTemplate.objects.filter(pk=current.pk).update(is_current=False)
    AgreementTemplate.objects.create(
        key=template.key, version=current.version + 1 if current else 1, instrument=template.instrument,
        name=template.name, description=template.description, clause_ids=ids, variables=merged(row.variables for row in rows),
        concurrence_order=current.concurrence_order if current else "parallel",
        concurrence_blind=current.concurrence_blind if current else False,
    )  # fmt: skip
