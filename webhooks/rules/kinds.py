"""The kinds of events that can be chosen: the notices that go to organisations, not those to single people, and none
about webhooks or work that failed."""

from __future__ import annotations

from notifications.kinds import KINDS, NoticeKind

TEST = "webhooks.test"
NEVER = ("webhooks.", "jobs.")
ROOMS = {
    "agreements": "Agreements", "developers": "Developers and models", "early_access": "Early access",
    "evaluations": "Evaluations",
}  # fmt: skip


def offered() -> list[NoticeKind]:
    """By room and label."""
    found = [k for k in KINDS.values() if not k.name.startswith(NEVER) and not k.personal]
    return sorted(found, key=lambda k: (k.name.split(".")[0], k.label))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """As a form takes them: a heading per room."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in offered():
        room = kind.name.split(".")[0]
        groups.setdefault(ROOMS.get(room, room.replace("_", " ").capitalize()), []).append((kind.name, kind.label))
    return list(groups.items())


def label(name: str) -> str:
    """What people read for a kind."""
    return "Test" if name == TEST else KINDS[name].label if name in KINDS else name
