"""Template tags of every page: times in words, and the components in templates/components/ as tags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.days import in_days
from core.decisions import Decision
from core.workflow import Workflow

register = template.Library()


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
    exact = _exact(moment)
    words = in_words(moment, timezone.now())
    # nothing here was typed by anybody: figures, names of months and zones
    return SafeString(f'<time datetime="{moment.isoformat()}">{words} <span class="c-exact">({exact})</span></time>')


@register.filter
def exactly(moment: datetime | date | None) -> SafeString | str:
    """ "26 Nov 2026, 17:00 UTC", as it stands behind "since", "until" or "by"; a plain date stays a date."""
    if not isinstance(moment, datetime):
        return when(moment)
    return SafeString(f'<time datetime="{moment.isoformat()}">{_exact(moment)}</time>')  # typed by nobody, as above


def _exact(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.day} {local:%b %Y, %H:%M} {local.tzname()}"


@register.simple_tag
def days(first: date, last: date) -> str:
    """ "1–30 Dec 2026": a first and a last day, as decisions of the router say them."""
    return in_days(first, last)


@register.simple_tag
def address(view: str, key: str) -> str:
    """Where the object with this reference has its page. A list asks for many: the view's address is made once."""
    before, after = _around(view)
    return f"{before}{key}{after}"


@lru_cache(maxsize=64)
def _around(view: str) -> tuple[str, str]:
    before, _, after = reverse(view, args=["KEY"]).partition("KEY")
    return before, after


def pairs(values: Iterable[Any]) -> list[dict[str, Any]]:
    """Label, address, label, address … as rows of links."""
    flat = list(values)
    return [{"label": flat[i], "url": flat[i + 1]} for i in range(0, len(flat) - 1, 2)]


@register.inclusion_tag("components/page_header.html")
def page_header(
    title: str,
    *crumbs: Any,
    reference: str = "",
    workflow: Workflow | None = None,
    state: str = "",
    lead: str = "",
) -> dict[str, Any]:
    """Breadcrumbs (label and address in turn), the one h1, the reference to copy, the state, one sentence."""
    shown = workflow.state(state) if workflow is not None and state else None
    return {"title": title, "crumbs": pairs(crumbs), "reference": reference, "state": shown, "lead": lead}


@register.simple_tag
def status(workflow: Workflow, name: str) -> SafeString:
    """A state as a word with an icon; completed ones are colourless."""
    state = workflow.state(name)
    return mark(state.label, state.tone)


@register.simple_tag
@lru_cache(maxsize=512, typed=True)  # a list draws the same few words on every row; a safe text is another type
def mark(label: str, tone: str = "open") -> SafeString:
    """The same look for a word that is no workflow state; tone is open, waiting, done, stopped or todo."""
    return render_to_string("components/status.html", {"label": label, "tone": tone})


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """The options of a select, (value, label) each, drawn in one pass: there may be two hundred on a list."""
    drawn = (
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in choices
    )
    return mark_safe("".join(drawn))  # noqa: S308  # every part was escaped above


@register.inclusion_tag("components/next_action.html", takes_context=True)
def next_action(context: dict[str, Any], move: dict[str, Any]) -> dict[str, Any]:
    """The panel at the top of every object.

    `move`: heading, why, due_at, and `actions`, a list of {label, url, post, decision, primary, danger}. `mine` says
    whether it waits for this person; without it, whether the primary button is theirs to press.
    """
    actions = _possible_first(move.get("actions", []))
    mine = move.get("mine", any(a.get("primary") and a.get("decision") for a in actions))
    return {"move": move, "actions": actions, "mine": mine, **_form_context(context)}


@register.inclusion_tag("components/moves.html", takes_context=True)
def moves(context: dict[str, Any], actions: list[dict[str, Any]]) -> dict[str, Any]:
    """The buttons alone, from the same list as `next_action`."""
    return {"actions": _possible_first(actions), **_form_context(context)}


def _possible_first(actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What this person can press, then what is refused with its reason; else in the order given."""
    return sorted(actions, key=lambda action: action.get("decision") is not None and not action["decision"])


def _form_context(context: dict[str, Any]) -> dict[str, Any]:
    return {"csrf_token": context.get("csrf_token"), "request": context.get("request")}


@register.inclusion_tag("components/refusal.html")
def refusal(decision: Decision) -> dict[str, Any]:
    """What is not possible, why, and who can; nothing when the decision allows."""
    return {"decision": decision}


SIDES = (("ours", "Your side"), ("others", "Others"), ("system", "Concord"))


@register.inclusion_tag("components/timeline.html", takes_context=True)
def timeline(context: dict[str, Any], entries: list[dict[str, Any]], seen_at: datetime | None = None) -> dict[str, Any]:
    """What happened, newest first: actor, sentence, exact time, reason. New entries are marked (those after `seen_at`,
    where that is given); links narrow it by side and subject, where there is something to tell apart."""
    asked = getattr(context.get("request"), "GET", {})
    who, what = asked.get("who", ""), asked.get("what", "")
    sides = [(key, label) for key, label in SIDES if any(e.get("side") == key for e in entries)]
    subjects = [(name, name) for name in dict.fromkeys(e.get("subject") for e in entries) if name]
    shown = [
        {**e, "is_new": e.get("is_new") or (seen_at is not None and e["at"] > seen_at)}
        for e in entries
        if who in ("", e.get("side")) and what in ("", e.get("subject"))
    ]
    return {
        "entries": shown, "is_empty": not entries, "new": sum(bool(e["is_new"]) for e in shown),
        "links": [*_links("By side", "who", who, sides, what=what), *_links("By subject", "what", what, subjects, who=who)],
    }  # fmt: skip


def _links(heading: str, name: str, chosen: str, choices: list[tuple[str, str]], **others: str) -> list[dict[str, Any]]:
    """One row of links, if there are at least two things to choose between."""
    if len(choices) < 2:
        return []
    rest = {key: value for key, value in others.items() if value}
    links = [
        {"label": label, "current": value == chosen, "query": urlencode({**rest, **({name: value} if value else {})})}
        for value, label in [("", "All"), *choices]
    ]
    return [{"heading": heading, "links": links}]


@register.inclusion_tag("components/redline.html")
def redline(runs: list[tuple[int, str]]) -> dict[str, Any]:
    """Inserted and deleted words from (-1|0|1, text) runs."""
    return {"runs": runs}


@register.inclusion_tag("components/steps.html")
def steps(workflow: Workflow, name: str, shown: str) -> dict[str, Any]:
    """A step indicator over the states named in `shown` (comma-separated), with the current one marked.

    A state that is none of them stands behind the last of them that leads to it where it leads back, else at the end.
    """
    names = shown.split(",")
    if name not in names and any(name in m.sources and m.target in names for m in workflow.moves):
        came = [names.index(s) for m in workflow.moves if m.target == name for s in m.sources if s in names]
        names.insert(max(came, default=-1) + 1, name)
        return {**_steps(workflow, name, names), "now": workflow.label(name)}
    return _steps(workflow, name, names)


def _steps(workflow: Workflow, name: str, names: list[str]) -> dict[str, Any]:
    at = names.index(name) if name in names else -1
    rows = [
        {"label": workflow.label(n), "state": "current" if i == at else "complete" if i < at else ""}
        for i, n in enumerate(names)
    ]
    now = f"Step {at + 1} of {len(names)}: {workflow.label(name)}" if at >= 0 else workflow.label(name)
    return {"rows": rows, "outside": "" if at >= 0 else workflow.label(name), "now": now}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: list[dict[str, Any]]) -> dict[str, Any]:
    """Sections of a long form, in any order: {label, url, state, tone, with, owner, question, links, hint, missing}."""
    return {"tasks": tasks}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """Check your answers: (label, value) or (label, value, address to change it)."""
    return {"rows": [{"label": r[0], "value": r[1], "url": r[2] if len(r) > 2 else ""} for r in rows]}


@register.inclusion_tag("components/visible_to.html")
def visible_to(readers: Iterable[Any]) -> dict[str, Any]:
    """Who will be able to read this field or file, by name; nobody named means the own organisation only."""
    return {"readers": [readers] if isinstance(readers, str) and readers else [str(r) for r in readers]}


@register.inclusion_tag("components/clock.html")
def clock(window: dict[str, Any]) -> dict[str, Any]:
    """A window of time: {percent, words, blocked_percent?, blocked_words?}; the bar repeats what the words say."""
    used = max(0, min(100, int(window["percent"])))
    blocked = max(0, min(used, int(window.get("blocked_percent", 0))))
    return {"window": window, "used": str(used), "blocked": blocked, "worked": str(used - blocked)}


@register.inclusion_tag("components/nothing_yet.html")
def nothing_yet(sentence: str, label: str = "", url: str = "") -> dict[str, Any]:
    """What will appear here, and the first step. (`empty` belongs to `for`.)"""
    return {"sentence": sentence, "label": label, "url": url}


@register.inclusion_tag("components/notice_3c.html")
def notice_3c(thing: str = "agreement") -> dict[str, Any]:
    """The notice under section 3(c), naming the thing it stands on."""
    return {"thing": thing}


@register.inclusion_tag("components/pager.html")
def pager(newer: str = "", older: str = "", before: str = "Newer", after: str = "Older") -> dict[str, Any]:
    """Neighbouring pages: two addresses, either may be empty, and what their links say."""
    return {"newer": newer, "older": older, "before": before, "after": after}


@register.inclusion_tag("components/filters.html")
def filters(listing: Any) -> dict[str, Any]:
    """The filters of a list as a plain GET form, and how many rows it has (accounts.listing.Listing)."""
    return {"listing": listing}


@register.inclusion_tag("components/reference.html")
def reference(text: Any) -> dict[str, Any]:
    """An id or hash in a fixed-width face; the script adds a button that copies it."""
    return {"text": text}


@register.simple_block_tag
def table(content: str, caption: str, hidden: bool = False) -> SafeString:
    """Caption and scroll region around a thead and tbody; cells carry `data-label` for the phone."""
    return format_html(
        '<div class="c-table-wrap"><table class="c-table"><caption{}>{}</caption>{}</table></div>',
        SafeString(' class="usa-sr-only"' if hidden else ""),
        caption,
        content,
    )


@register.simple_block_tag
def figure(content: str, caption: str) -> SafeString:
    """A plot with its sentence; put the table of the same numbers in a details element inside it."""
    return format_html('<figure class="c-figure"><figcaption>{}</figcaption>{}</figure>', caption, content)


@register.filter
def percent(value: float | None) -> str:
    """0.756 → "75.6 %"."""
    return "–" if value is None else f"{value * 100:.1f} %"


@register.filter
def dollars(value: float | None) -> str:
    """12.5 → "$12.50", 0.0312 → "$0.031": small amounts keep two figures."""
    if value is None:
        return "–"
    return f"${value:,.2f}" if value >= 1 or value == 0 else f"${float(f'{value:.2g}'):.10f}".rstrip("0")


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """A value of a mapping by a variable key."""
    return mapping.get(key)


@register.filter
def led_by(sentence: object, name: object) -> str:
    """The sentence after the name of what it is about, unless it begins with that name itself."""
    said = str(sentence)
    return said if said.startswith(f"{name}:") else f"{name}: {said}"


@register.filter
def lines_not_in(text: object, other: object) -> str:
    """The lines of one text that the other does not have, so that nobody compares two long texts by eye."""
    known = set(str(other).splitlines())
    return "\n".join(line for line in str(text).splitlines() if line.strip() and line not in known)
