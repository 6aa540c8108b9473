"""Word files for tests: ours with other parts put in, and text to paragraphs by two independent rules."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from agreements.pdf.redline import Piece, compare
from agreements.word.names import w
from agreements.word.writer import Head, document

HEAD = Head(
    "Framework", "AGR-TEST-TEST", ["Version 2"], "Voluntary.", "Aurora Cognition", datetime(2026, 5, 4, tzinfo=UTC)
)
BEFORE = [
    Piece("purpose", "Purpose", "One purpose.\nAnd another."),
    Piece("term", "Term", "Two years."),
    Piece("law", "Law", "None."),
]
AFTER = [
    Piece("purpose", "Purpose", "One clear purpose.\nAnd two more.\nDone."),
    Piece("new", "Export", "No export."),
    Piece("term", "Term", "Two years."),
]


def redlined(before: list[Piece] = BEFORE, after: list[Piece] = AFTER) -> bytes:
    return document(HEAD, compare(before, after))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(change: Callable[[dict[str, bytes]], None], content: bytes | None = None) -> bytes:
    """A file of ours after a change to its parts."""
    parts = parts_of(content or redlined())
    change(parts)
    return packed(parts)


def in_body(xml: str) -> bytes:
    """A file of ours with XML put at the beginning of its body."""

    def insert(parts: dict[str, bytes]) -> None:
        main = parts["word/document.xml"].decode()
        parts["word/document.xml"] = main.replace("<w:body>", f"<w:body>{xml}", 1).encode()

    return changed(insert)


def rejected(content: bytes) -> list[str]:
    """The paragraphs after every tracked change was rejected, as Word does it: w:ins out, w:del in, and a paragraph
    whose end was inserted runs into the next one."""
    return _kept(content, "del", "delText", "ins")


def accepted(content: bytes) -> list[str]:
    """The paragraphs after every tracked change was accepted: the same the other way round."""
    return _kept(content, "ins", "t", "del")


def authors(content: bytes) -> list[str]:
    """Who made each tracked change."""
    root = ET.fromstring(parts_of(content)["word/document.xml"])
    return [e.get(w("author"), "") for e in root.iter() if e.tag in (w("ins"), w("del"))]


def _kept(content: bytes, side: str, letters: str, gone: str) -> list[str]:
    root = ET.fromstring(parts_of(content)["word/document.xml"])
    found, carried = [], ""
    for paragraph in root.iter(w("p")):
        for run in list(paragraph):
            if run.tag == w("r"):
                carried += "".join(t.text or "" for t in run.iter(w("t")))
            if run.tag == w(side):
                carried += "".join(t.text or "" for t in run.iter(w(letters)))
        mark = paragraph.find(f"{w('pPr')}/{w('rPr')}/{w(gone)}")
        if mark is None:
            found.append(carried)
            carried = ""
    return found
