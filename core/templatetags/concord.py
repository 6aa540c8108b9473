"""Template tags of every page: times in words, and the components in templates/components/ as tags."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.workflow import Workflow

register = template.Library()

ICONS = {"open": "●", "waiting": "◔", "done": "✓", "stopped": "■"}


def in_words(moment: datetime, now: datetime) -> str:
    """ "in 3 days", "2 hours ago", "now"."""
    seconds = (moment - now).total_seconds()
    size = abs(seconds)
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if size >= length:
            count = int(size // length)
            words = f"{count} {unit}{'s' if count != 1 else ''}"
            return f"in {words}" if seconds > 0 else f"{words} ago"
    return "now"


@register.filter
def when(moment: datetime | date | None) -> SafeString | str:
    """ "in 3 days (26 Nov 2026, 17:00 UTC)"; a plain date stays a date."""
    if moment is None:
        return "no date"
    if not isinstance(moment, datetime):
        return f"{moment.day} {moment:%b %Y}"
    local = timezone.localtime(moment)
    exact = f"{local.day} {local:%b %Y, %H:%M} {local.tzname()}"
    words = in_words(moment, timezone.now())
    return format_html('<time datetime="{}">{} ({})</time>', moment.isoformat(), words, exact)


@register.inclusion_tag("components/status.html")
def status(workflow: Workflow, name: str) -> dict[str, Any]:
    """A state as a word with an icon; completed ones are colourless."""
    state = workflow.state(name)
    return {"label": state.label, "tone": state.tone, "icon": ICONS[state.tone]}


@register.inclusion_tag("components/next_action.html", takes_context=True)
def next_action(context: dict[str, Any], move: dict[str, Any]) -> dict[str, Any]:
    """The panel at the top of every object.

    `move`: whose, why, due_at, and `actions`, a list of {label, url, post, decision, primary, danger}.
    """
    return {"move": move, "csrf_token": context.get("csrf_token"), "request": context.get("request")}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """What happened, newest first: actor, sentence, exact time, reason."""
    return {"entries": entries}


@register.inclusion_tag("components/redline.html")
def redline(runs: list[tuple[int, str]]) -> dict[str, Any]:
    """Inserted and deleted words from (-1|0|1, text) runs."""
    return {"runs": runs}


@register.inclusion_tag("components/steps.html")
def steps(workflow: Workflow, name: str, shown: str) -> dict[str, Any]:
    """A step indicator over the states named in `shown` (comma-separated), with the current one marked."""
    names = shown.split(",")
    at = names.index(name) if name in names else -1
    rows = [
        {"label": workflow.label(n), "state": "current" if i == at else "complete" if i < at else ""}
        for i, n in enumerate(names)
    ]
    return {"rows": rows, "outside": "" if at >= 0 else workflow.label(name)}


@register.filter
def percent(value: float | None) -> str:
    """0.756 → "75.6 %"."""
    return "–" if value is None else f"{value * 100:.1f} %"


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """A value of a mapping by a variable key."""
    return mapping.get(key)
