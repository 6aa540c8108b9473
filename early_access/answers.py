"""What was typed into the sections, in words: for the check before submitting, for the receipt, and for those who read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.models import Organisation
from core.templatetags.concord import when
from early_access.models import AccessSpecification, EarlyAccessRequest, RequestSection
from early_access.rules import sections
from early_access.rules.sections import BY_NAME, NOT_STATED


def in_words(saved: Mapping[str, RequestSection], model: object, checkpoint: object) -> list[dict[str, Any]]:
    """[{section, rows: [(label, value)]}] of drafted sections. The secret is never among them."""
    names = {"model": model, "checkpoint": checkpoint}
    agencies = {
        str(slug): name for slug, name in Organisation.objects.filter(kind="agency").values_list("slug", "name")
    }
    method = str(saved["access"].data.get("method", "")) if "access" in saved else ""
    result = []
    for spec in BY_NAME.values():
        data = saved[spec.name].data if spec.name in saved else {}
        rows = []
        for one in sections.asked(spec, method):
            value = names.get(one.name) or data.get(one.name, "")
            if one.kind == "secret":
                holders = data.get(f"{one.variant}_sealed_for" if one.variant else "sealed_for", [])
                value = f"Sealed for {'; '.join(agencies.get(s, s) for s in holders) or 'nobody yet'}"
                if one.variant and not holders:
                    continue
            elif one.variant and not value:
                continue
            elif one.kind == "date" and value:
                value = when(date.fromisoformat(str(value)))
            elif one.kind == "rows" and isinstance(value, list):
                value = "; ".join(agencies.get(str(s), str(s)) for s in value)
            elif one.kind == "bool" or value:
                value = sections.in_words(one, value)
            rows.append((one.label, value))
        result.append({"section": spec, "rows": rows})
    return result


def stated(request: EarlyAccessRequest) -> list[tuple[str, str]]:
    """[(label, text)] of what the developer states beside what is decided by, in the order of the sections."""
    said = dict(request.requeststatements.values_list("name", "text"))
    return [(spec.label, said[name]) for name, spec in sections.STATED.items() if name in said]


def specified(specification: AccessSpecification | None, *without: str) -> list[tuple[str, str]]:
    """[(label, value)] of the access specification as far as it says anything for its method."""
    if specification is None:
        return []
    specs = [spec for spec in sections.asked(BY_NAME["access"], specification.method) if spec.name not in without]
    rows = [(spec.label, sections.in_words(spec, getattr(specification, spec.name))) for spec in specs]
    return [(label, value) for label, value in rows if value != NOT_STATED]
