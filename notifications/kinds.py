"""Registry of notice kinds. Each has a pair of mail files: templates/mail/<kind with / for .>.subject.txt and .body.txt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice and what the preferences page calls it."""

    name: str
    label: str

    @property
    def template(self) -> str:
        """The stem of the two mail files."""
        return "mail/" + self.name.replace(".", "/")


KINDS: dict[str, NoticeKind] = {}


def register(name: str, label: str) -> None:
    """Add a kind."""
    KINDS[name] = NoticeKind(name, label)
