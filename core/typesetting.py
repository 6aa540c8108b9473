"""Typst as a function: a template and data in, PDF/A-3a and PDF/UA-1 bytes out. No ORM, no user, no clock of its own.

Text of people reaches a template only as JSON strings, so that it is laid out and never run. The same data and instant
give the same bytes.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

Standards = list[Literal["a-3a", "a-3u", "ua-1"]]
STANDARDS: Standards = ["a-3a", "ua-1"]
UNTAGGED: Standards = ["a-3u"]  # every glyph embedded, and with the letter it stands for
# They turn the direction of what follows, so a text could be made to read as another one.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
GLYPHS = '#set document(title: "Glyphs", author: "Concord")\n#set text(lang: "en")\n#sys.inputs.text'
REPORTED = re.compile(r'the text `?"((?:[^"\\]|\\.)+)"`? could not be displayed')
ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class RenderRefused(Exception):
    """The text cannot be set (a glyph that the fonts lack); the message is a sentence."""


class RenderCrashed(Exception):
    """The renderer failed in itself, whatever the text; the message is a sentence. Nothing came of it."""


def options(template: Path, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What every call of typst gets: the data with its date, and no way to fonts, packages or files of the machine."""
    stamped = {**data, "date": {"year": at.year, "month": at.month, "day": at.day}}
    text = json.dumps(stamped, ensure_ascii=False, sort_keys=True)
    empty = Path(tempfile.gettempdir()) / "concord-no-packages"
    return {
        "root": str(template.parent), "sys_inputs": {"data": text}, "ignore_system_fonts": True, "font_paths": [],
        "package_path": str(empty), "package_cache_path": str(empty),
    }  # fmt: skip


def pdf(template: Path, data: Mapping[str, Any], *, at: datetime, tagged: bool = True) -> bytes:
    """The PDF. Raises RenderRefused with a sentence when a character cannot be printed. `tagged=False` for a page that
    becomes part of another file, where its tags would lie."""
    standards = STANDARDS if tagged else UNTAGGED
    try:
        with crashes_said():
            made: bytes = typst.compile(
                str(template), format="pdf", pdf_standards=[*standards], pdf_tags=tagged, timestamp=int(at.timestamp()),
                **options(template, data, at),
            )  # fmt: skip
    except typst.TypstError as error:
        raise RenderRefused(_sentence(str(error))) from error
    return made


@contextmanager
def crashes_said() -> Iterator[None]:
    """A failure of the renderer itself as RenderCrashed. A panic inside it arrives as an exception that is no Exception
    and that cannot be imported."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException" and not isinstance(error, (MemoryError, OSError)):
            raise
        raise RenderCrashed("The renderer failed while it set the file.") from error


def unprintable(text: str) -> str:
    """The distinct characters of a text that the fonts cannot print, or that turn its direction; "" when all are fine."""
    doubtful = sorted({c for c in text if not (" " <= c <= "~" or c in "\n\t\r")} - TURNING)
    turning = sorted(set(text) & TURNING)
    return "".join([*turning, *_lacking("\n".join(doubtful))]) if doubtful or turning else ""


def coded(content: dict[str, Any]) -> dict[str, Any]:
    """The content with every character that cannot be printed as its code in brackets, and under `coded` whether there was
    one. For files that what others wrote must never keep from being made."""
    lacking = unprintable("\n".join(_texts(content)))
    codes = {ord(c): f"[U+{ord(c):04X}]" for c in lacking}
    return {**(_translated(content, codes) if codes else content), "coded": bool(codes)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _translated(value: Any, codes: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(codes)
    if isinstance(value, dict):
        return {key: _translated(inner, codes) for key, inner in value.items()}
    return [_translated(inner, codes) for inner in value] if isinstance(value, list) else value


def _lacking(text: str) -> list[str]:
    if not text:
        return []
    try:
        typst.compile(
            GLYPHS.encode(), format="pdf", pdf_standards=[*STANDARDS], timestamp=0, sys_inputs={"text": text},
            ignore_system_fonts=True, font_paths=[],
        )  # fmt: skip
    except typst.TypstError as error:
        found = {_unescaped(shown) for shown in REPORTED.findall(error.diagnostic)}
        if not found:
            raise
        return sorted({c for c in text if any(c in piece for piece in found) and c != "\n"})
    return []


def _unescaped(shown: str) -> str:
    return ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], shown)


def _sentence(message: str) -> str:
    missing = re.search(r"character (.+?) .*(?:not be|missing)|the text (.+?) could not be displayed", message)
    if missing or "glyph" in message or "displayed" in message:
        return (
            f"A character in the text cannot be printed with the fonts of this installation: {message.splitlines()[0]}"
        )
    return f"The document could not be set: {message.splitlines()[0]}"
