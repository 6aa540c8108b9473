"""Findings by state over time, as far as somebody reads them: an agency its own with its drafts, a developer those shared."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.seats import seats_of
from evaluations import charts
from evaluations.models import EvaluationAssignment, Finding
from evaluations.rules.finding_states import Life, counted, moments
from evaluations.workflow import FINDING

MOST = 500
TITLE = "Findings by state over time"


def finding_states(user: User, assignment: EvaluationAssignment | None = None) -> dict[str, Any]:
    """The drawing with its table: of one assignment, or of all findings that this person's side sees (the newest 500)."""
    rows: QuerySet[Finding] = Finding.objects.visible_to(user)
    if assignment is not None:
        rows = rows.filter(assignment=assignment)
    found = list(rows.order_by("-created_at", "-id").prefetch_related("entries")[: MOST + 1])
    own = seats_of(user).ids
    lives = [_life(row, as_agency=row.agency_id in own) for row in found[:MOST]]
    at = moments(lives, timezone.now())
    counts = counted(lives, at)
    labels = {name: FINDING.label(name) for name in counts}
    words = [f"{moment.day} {moment:%b %Y}" for moment in at]
    strips = [(labels[name], many) for name, many in counts.items()]
    return {
        "n": len(lives), "more": len(found) > MOST, "states": list(labels.values()),
        "plot": charts.states(f"{TITLE}, n = {len(lives)}", words, strips),
        "rows": [
            {"at": words[i], "counts": [(name, many[i]) for name, many in strips]}
            for i in range(len(at))
            if i in (0, len(at) - 1) or any(many[i] != many[i - 1] for _, many in strips)
        ],
    }  # fmt: skip


def _life(finding: Finding, *, as_agency: bool) -> Life:
    """The agency knows of it since it was drafted, the developer since it was shared."""
    entries = sorted(finding.entries.all(), key=lambda e: (e.created_at, str(e.pk)))
    moves = [(e.created_at, e.move) for e in entries if e.move in FINDING.move_names]
    began = finding.created_at if as_agency or finding.shared_at is None else finding.shared_at
    return Life(began, "draft" if as_agency else "shared", moves)
