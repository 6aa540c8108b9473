"""Reads the forms of a page as a browser would: where each goes, its fields, what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"input", "br", "img", "hr", "meta", "link"}


@dataclass
class Field:
    """One control. `kind` is the type of an input, else "textarea" or "select"."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        """Whether a person fills it (a file counts, a hidden field and a button do not)."""
        return self.kind not in ("hidden", "submit", "button")


@dataclass
class Form:
    """One form that posts. `buttons` are the named ones: (name, value)."""

    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def typed(self) -> list[Field]:
        """Fields that a person fills."""
        return [f for f in self.fields if f.is_typed]

    @property
    def shape(self) -> tuple[str, ...]:
        """What tells it from other forms of the page."""
        return tuple(sorted({f.name for f in self.fields if f.name != "csrfmiddlewaretoken"}))


class Page(HTMLParser):
    """A parsed page: its forms, its ids, and the links of its error summary."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.ids: set[str] = set()
        self.summary_links: list[str] = []
        self.summary: list[str] = []
        self.headings: list[str] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._text: list[str] | None = None
        self._depth = 0  # inside the error summary
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "id" in said:
            self.ids.add(said["id"])
        if self._depth:
            self._depth += tag not in VOID
            if tag == "a":
                self.summary_links.append(said.get("href", ""))
        elif "c-errors" in said.get("class", "").split():
            self._depth = 1
        if tag == "form" and said.get("method", "").lower() == "post":
            self._form = Form(said.get("action", ""))
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(tag, said)

    def _control(self, tag: str, said: dict[str, str]) -> None:
        assert self._form is not None
        name, kind = said.get("name", ""), said.get("type", "text" if tag == "input" else tag)
        if tag == "option" and self._select is not None:
            self._select.options.append(said.get("value", ""))
        if not name or tag not in ("input", "textarea", "select", "button"):
            return
        if tag == "button" or kind == "submit":
            self._form.buttons.append((name, said.get("value", "")))
            return
        if kind in ("radio", "checkbox"):
            known = next((f for f in self._form.fields if f.name == name), None)
            if known is not None:
                known.options.append(said.get("value", "on"))
                return
            self._form.fields.append(Field(name, kind, "", [said.get("value", "on")]))
            return
        made = Field(name, kind, said.get("value", ""))
        self._form.fields.append(made)
        if tag == "select":
            self._select = made

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in VOID:
            self._depth -= 1
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._depth and data.strip():
            self.summary.append(data.strip())


def of(answer: Any) -> Page:
    """The page of an answer."""
    return Page(answer.content.decode())
