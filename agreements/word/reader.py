"""Reads the words of a Word file: tracked changes as their author proposes them, and a refusal for what has no words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from agreements.word.names import BOOKMARK, W, w
from agreements.word.safety import WordRefused, main_part

GONE = {w("del"), w("moveFrom"), w("instrText"), w("delText"), w("delInstrText"), w("rPrChange"), w("pPrChange")}
WORDLESS = {
    "drawing": "a picture or drawing", "pict": "a picture or drawing", "object": "an embedded object",
    "altChunk": "a piece of another document", "subDoc": "a piece of another document", "oMath": "a formula",
    "footnoteReference": "a footnote", "endnoteReference": "an endnote", "sym": "a symbol from a symbol font",
}  # fmt: skip
LETTERS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "‑", w("softHyphen"): ""}
HEADING = re.compile(r"(heading|titre|überschrift|berschrift|título|encabezado)\s*[1-4]$", re.IGNORECASE)


@dataclass
class Paragraph:
    """One paragraph as it would stand if every tracked change were accepted."""

    text: str
    heading: bool = False
    bookmark: str = ""


@dataclass
class WordText:
    """The words of a file, and what they carry that is not taken over."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    tracked: int = 0
    authors: set[str] = field(default_factory=set)
    comments: int = 0
    numbered: int = 0


def read(content: bytes) -> WordText:
    """The text of a file from outside. WordRefused with a sentence when it is not safe or has more than words."""
    root = main_part(content)
    body = root.find(w("body"))
    if root.tag != w("document") or body is None:
        raise WordRefused("The file was saved in a form that Concord does not read. Save it as an ordinary .docx.")
    found = WordText()
    for element in root.iter():
        _note(element, found)
    carried = ""
    for paragraph in _paragraphs(body):
        carried += "".join(_letters(paragraph))
        if _end_is_gone(paragraph):
            continue
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        name = style.get(w("val"), "") if style is not None else ""
        found.paragraphs.append(Paragraph(carried, HEADING.match(name) is not None, _bookmark(paragraph)))
        carried = ""
    if carried:
        found.paragraphs.append(Paragraph(carried))
    return found


def _note(element: Element, found: WordText) -> None:
    space, _, name = element.tag.rpartition("}")
    if name in WORDLESS:
        raise WordRefused(f"The text has {WORDLESS[name]}. An agreement has only words: write it out, and save again.")
    if space != "{" + W:
        return
    if name in ("ins", "del", "moveFrom", "moveTo"):
        found.tracked += 1
        found.authors.add(element.get(w("author"), ""))
    found.comments += name == "commentReference"
    found.numbered += name == "numPr"


def _paragraphs(parent: Element) -> Iterable[Element]:
    """Every paragraph in reading order, also in tables and content controls; rows and blocks that were deleted left out."""
    for element in parent:
        if element.tag == w("p"):
            yield element
        elif element.tag in GONE or (element.tag == w("tr") and element.find(f"{w('trPr')}/{w('del')}") is not None):
            continue
        else:
            yield from _paragraphs(element)


def _letters(parent: Element) -> Iterable[str]:
    for element in parent:
        if element.tag in GONE or element.tag.endswith("Pr"):
            continue
        if element.tag == w("t"):
            yield element.text or ""
        elif element.tag in LETTERS:
            yield LETTERS[element.tag]
        else:
            yield from _letters(element)


def _end_is_gone(paragraph: Element) -> bool:
    mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return mark is not None and any(mark.find(name) is not None for name in (w("del"), w("moveFrom")))


def _bookmark(paragraph: Element) -> str:
    names = (element.get(w("name"), "") for element in paragraph.iter(w("bookmarkStart")))
    return next((name for name in names if name.startswith(BOOKMARK)), "")
