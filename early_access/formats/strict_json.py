"""JSON from strangers, read strictly: UTF-8, no name twice in an object, no numbers that JSON has not, not nested deeply."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 64
DEEP = f"It is nested more than {DEEPEST} levels deep. Export it again, flatter."


class Refused(Exception):
    """The file is not what it should be; each of `sentences` says what, and what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def text_of(content: bytes) -> str:
    """The content as UTF-8, without a byte-order mark. Raises Refused."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"Byte {error.start + 1} is not UTF-8. Save the file in that encoding.") from error


def load(content: bytes) -> dict[str, Any]:
    """The object that the file holds. Raises Refused."""
    text = text_of(content)
    try:
        said = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        words = f"This is no JSON: line {error.lineno}, column {error.colno} cannot be read. Export it as JSON."
        raise Refused(words) from error
    except RecursionError as error:
        raise Refused(DEEP) from error
    except ValueError as error:  # a number of thousands of digits
        raise Refused("A number in it is too long to be read. Shorten it.") from error
    if not isinstance(said, dict):
        raise Refused("The file holds no JSON object at its top. Export the whole document.")
    if deeper_than(said, DEEPEST):
        raise Refused(DEEP)
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                words = f"The name {shown(name)} stands twice in one object, so that readers would differ. Keep one."
                raise Refused(words)
            seen.add(name)
    return found


def _no_number(name: str) -> Any:
    raise Refused(f"{name} is no number in JSON. Leave it out or write it as text.")


def deeper_than(said: Any, most: int) -> bool:
    """Whether lists and objects are nested more than that."""
    level = [said]
    for _ in range(most):
        level = [x for one in level for x in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: Any) -> list[Any]:
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [x for x in values if isinstance(x, (dict, list))]


def shown(value: Any, most: int = 60) -> str:
    """A value inside a sentence: quoted, one line, every odd character as its escape, at most so long."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= most else f"{text[:most]}…"


def words(value: Any, most: int = 1000) -> str:
    """A value as text for people: printable, on one line, at most so long. Empty for what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
