"""What a person reads of an opened log: the list of samples, filtered and paged, and one sample."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from accounts.models import User
from core import handover
from core.envelope import SealBroken
from evaluations.formats.inspect_log import VALUES
from evaluations.formats.samples import BLOCK
from evaluations.models import LogView, RunLog

SIZE = 25
WORTH = VALUES | {"true": 1.0, "false": 0.0}
SHOWS = {
    "solved": "Solved", "partly": "Partly solved", "unsolved": "Not solved", "unscored": "Without a score", "error": "Error",
    "limit": "At a limit",
}  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """One block as it stands: not asked for, being opened, refused with a sentence, or its content."""

    state: str
    content: dict[str, Any]
    sentence: str = ""
    view: LogView | None = None


def opened(log: RunLog, user: User, key: str, *, block: int) -> Opened:
    """The block that this person asked for with this key; whoever has no such key has asked for nothing."""
    try:
        public = handover.public_of(key) if key else ""
    except ValueError:
        public = ""
    rows = LogView.objects.visible_to(user).filter(log=log, by=user, block=block, expires_at__gt=timezone.now())
    view = rows.filter(public_key=public).first() if public else None
    if view is None:
        return Opened("closed", {})
    if view.answered_at is None:
        return Opened("opening", {}, view=view)
    if view.refused:
        return Opened("refused", {}, view.refused, view)
    try:
        text = handover.open_sealed(key, view.purpose, view.sealed)
    except SealBroken:
        return Opened("closed", {})
    return Opened("open", json.loads(text), view=view)


def block_of(number: int) -> int:
    """The block that holds the sample of this number (from 1)."""
    return (number - 1) // BLOCK


def listed(content: dict[str, Any], asked: dict[str, str]) -> dict[str, Any]:
    """The samples that fit the filters, one page of them. A filter that is none of ours filters nothing."""
    index: list[dict[str, Any]] = content.get("index", [])
    scorers = sorted({name for row in index for name in row["scores"]})
    scorer = asked.get("scorer", "") if asked.get("scorer", "") in scorers else ""
    show = asked.get("show", "") if asked.get("show", "") in SHOWS else ""
    found = [row for row in index if not show or _is(row, show, scorer)]
    pages = max(1, -(-len(found) // SIZE))
    page = int(asked["page"]) if asked.get("page", "").isascii() and asked.get("page", "").isdigit() else 1
    page = min(max(1, page), pages)
    kept = {name: value for name, value in (("show", show), ("scorer", scorer)) if value}
    return {
        "rows": found[(page - 1) * SIZE : page * SIZE], "found": len(found), "all": len(index), "page": page, "pages": pages,
        "older": "?" + urlencode({**kept, "page": page + 1}) if page < pages else "",
        "newer": "?" + urlencode({**kept, "page": page - 1}) if page > 1 else "", "show": show, "scorer": scorer,
        "shows": list(SHOWS.items()), "scorers": [(name, name) for name in scorers] if len(scorers) > 1 else [],
    }  # fmt: skip


def _is(row: dict[str, Any], show: str, scorer: str) -> bool:
    if show in ("error", "limit"):
        return bool(row[show])
    values = [_worth(v) for name, v in row["scores"].items() if not scorer or name == scorer]
    known = [] if row["error"] else [v for v in values if v is not None]
    if not known:
        return show == "unscored"
    if all(v >= 1 for v in known):
        return show == "solved"
    return show == ("unsolved" if all(v <= 0 for v in known) else "partly")


def _worth(value: str) -> float | None:
    """A score's text as a number, as the summary counts it; None for what is no single number."""
    try:
        return WORTH[value] if value in WORTH else float(value)
    except ValueError:
        return None


def sample(content: dict[str, Any], number: int) -> dict[str, Any] | None:
    """One sample of an opened block."""
    return next((one for one in content.get("samples", []) if one["n"] == number), None)
