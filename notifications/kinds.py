"""Registry of notice kinds. Each has a pair of mail files: templates/mail/<kind with / for .>.subject.txt and .body.txt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice, what the preferences page calls it, whether it is mailed at all, and whether people may do
    without it (`optional`): what asks for somebody's move or ends something is always shown. A `personal` one goes to
    named people only, never to an organisation."""

    name: str
    label: str
    mailed: bool = True
    optional: bool = False
    personal: bool = False

    @property
    def template(self) -> str:
        """The stem of the two mail files."""
        return "mail/" + self.name.replace(".", "/")


KINDS: dict[str, NoticeKind] = {}


def register(name: str, label: str, *, mailed: bool = True, optional: bool = False, personal: bool = False) -> None:
    """Add a kind; one that is not mailed only stands in the product."""
    KINDS[name] = NoticeKind(name, label, mailed, optional, personal)
