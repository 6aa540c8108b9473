"""The sections of a draft as work that several people share: whose each is, how far it is, and what waits for an answer.

The state is computed from what was saved and from the rules; nobody ticks a section off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.queries import people_of
from accounts.roles import ROLES
from accounts.seats import Seats
from early_access import documents, keys, policies
from early_access.models import AccessSpecification, EarlyAccessRequest, RequestDocument, RequestSection, SectionTask
from early_access.rules.sections import BY_NAME, SECTIONS, gaps
from early_access.workflow import EDITABLE
from notifications.inbox import YOURS, InboxItem

MOST = 50
NOT_BEGUN, IN_WORK, NEEDS_ANSWER, READY = "Not begun", "In work", "Needs an answer", "Ready"
TONES = {NOT_BEGUN: "todo", IN_WORK: "open", NEEDS_ANSWER: "waiting", READY: "done"}


def tasks(request: EarlyAccessRequest) -> dict[str, SectionTask]:
    """The work on each section by its name, as far as somebody took it or asked there. For the developer's people."""
    rows = SectionTask.objects.filter(request=request).select_related("owner", "asked_by", "answered_by")
    return {row.name: row for row in rows}


def fillers(request: EarlyAccessRequest) -> list[User]:
    """The developer's people who can fill sections, by name."""
    rows = people_of(request.developer).filter(roles__overlap=list(policies.FILLING))
    return [row.user for row in rows]


def task_list(request: EarlyAccessRequest, saved: dict[str, RequestSection]) -> list[dict[str, Any]]:
    """The sections with owner, state and what waits, as the task list shows them."""
    sealed = bool(keys.live(request))
    shared, rows, attached = tasks(request), [], documents.versions(request)
    for section in SECTIONS:
        row, work = saved.get(section.name), shared.get(section.name)
        complete = row is not None and not gaps(section, row.data) and (section.name != "credential" or sealed)
        hint = ""
        if section.name == "documents":
            complete, hint = bool(row or attached), _attached(attached)
        elif section.name == "credential" and _without_key(saved):
            complete, hint = True, "Not needed: this way of access has no key"
        waits = work is not None and work.waits
        state = NEEDS_ANSWER if waits else READY if complete else IN_WORK if row else NOT_BEGUN
        owner = work.owner if work else None
        rows.append(
            {
                "section": section, "label": section.label, "state": state, "tone": TONES[state], "work": work,
                "url": reverse("early_access:section", args=[request.reference, section.name]),
                "with": owner.name if owner else f"Nobody yet (usually: {ROLES[section.owner].label})",
                "owner": row.saved_by.name if row else "",
                "question": f"{work.asked_by.name} asks: {work.question}" if work and work.asked_by and waits else "",
                "hint": hint,
                "missing": "choose the agencies first." if section.after and section.after not in saved else "",
                "links": [
                    {"label": "Hand over" if owner else "Take or hand over", "url": _page(request, section.name, "owner")},
                    {"label": "Answer" if waits else "Ask a colleague", "url": _page(request, section.name, "question")},
                ],
            }
        )  # fmt: skip
    return rows


def _without_key(saved: dict[str, RequestSection]) -> bool:
    """Whether the drafted way of access is one that no key opens."""
    method = saved["access"].data.get("method") if "access" in saved else ""
    return bool(method) and method not in AccessSpecification.WITH_ENDPOINT


def _attached(rows: list[RequestDocument]) -> str:
    """What is attached, or that nothing has to be."""
    named = ", ".join(str(row) for row in documents.current(rows))
    return f"Attached: {named}" if named else "If you like: ML-BOM, SPDX, model card, system card, known limitations"


def inbox(user: User, seats: Seats) -> Iterable[InboxItem]:
    """Questions of colleagues in sections that the person has, while the draft is open."""
    if not seats.is_developer:
        return
    rows = SectionTask.objects.visible_to(user).filter(owner=user, answer="", request__status__in=EDITABLE)
    for row in rows.exclude(question="").select_related("request", "asked_by").order_by("created_at")[:MOST]:
        title = f"{row.request.reference}: a colleague asks in “{BY_NAME[row.name].label}”"
        asked = row.asked_by.name if row.asked_by else "A colleague"
        yield InboxItem(
            YOURS, title, _page(row.request, row.name, "question"), f"{asked}: {row.question}", "Early-access request"
        )


def _page(request: EarlyAccessRequest, name: str, page: str) -> str:
    return reverse(f"early_access:section_{page}", args=[request.reference, name])
