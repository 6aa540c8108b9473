"""Writes a text, or what changed between two, as a Word file with real tracked changes (w:ins, w:del).

The changes can be accepted and rejected in Word one by one: accepting all gives the later text, rejecting all the
earlier one, paragraph ends included.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from agreements.pdf.redline import Change, Runs, paragraphs
from agreements.word.names import CONTENT_TYPES, MAIN_TYPE, OFFICE, RELATIONSHIPS, XML, W, bookmark, w

ET.register_namespace("w", W)
ET.register_namespace("r", OFFICE)
STAMP = (1980, 1, 1, 0, 0, 0)  # the same input gives the same bytes


@dataclass(frozen=True)
class Head:
    """What stands before the clauses, and who made the changes when."""

    title: str
    reference: str
    lines: Sequence[str]
    notice: str
    author: str
    at: datetime


class _Writer:
    def __init__(self, head: Head) -> None:
        self.head, self.ids = head, count(1)
        self.root = ET.Element(w("document"))
        self.body = ET.SubElement(self.root, w("body"))

    def mark(self, parent: ET.Element, op: int) -> ET.Element:
        """A w:ins or w:del with author and time."""
        stamp = self.head.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values = {w("id"): str(next(self.ids)), w("author"): self.head.author, w("date"): stamp}
        return ET.SubElement(parent, w("ins" if op == 1 else "del"), values)

    def run(self, parent: ET.Element, op: int, text: str) -> None:
        """One run, inside its mark if it changed."""
        place = self.mark(parent, op) if op else parent
        element = ET.SubElement(ET.SubElement(place, w("r")), w("delText" if op == -1 else "t"))
        element.set(f"{{{XML}}}space", "preserve")
        element.text = text

    def paragraph(self, style: str, runs: Runs, end: int = 0) -> ET.Element:
        """One paragraph; `end` says whether its end itself was put in or taken out."""
        made = ET.SubElement(self.body, w("p"))
        properties = ET.SubElement(made, w("pPr"))
        ET.SubElement(properties, w("pStyle"), {w("val"): style})
        if end:
            self.mark(ET.SubElement(properties, w("rPr")), end)
        for op, text in runs:
            self.run(made, op, text)
        return made

    def clause(self, change: Change) -> None:
        """Heading with its bookmark, then the text."""
        whole = {"added": 1, "removed": -1}.get(change.kind, 0)
        number = [(whole, f"{change.number}. ")] if change.number else []
        heading = self.paragraph("Heading2", [*number, *change.heading], whole)
        key = str(next(self.ids))
        start = ET.Element(w("bookmarkStart"), {w("id"): key, w("name"): bookmark(change.key)})
        heading.insert(1, start)
        ET.SubElement(heading, w("bookmarkEnd"), {w("id"): key})
        for runs, end in paragraphs(change.text):
            self.paragraph("Clause", runs, end or whole)


def document(head: Head, changes: Sequence[Change]) -> bytes:
    """The file. Changes that are all `kept` give a plain text without marks."""
    made = _Writer(head)
    made.paragraph("Title", [(0, head.title)])
    made.paragraph("Notice", [(0, f"Notice under section 3(c), Executive Order 14409. {head.notice}")])
    for line in head.lines:
        made.paragraph("Clause", [(0, line)])
    for change in changes:
        made.clause(change)
    section = ET.SubElement(made.body, w("sectPr"))
    ET.SubElement(section, w("footerReference"), {w("type"): "default", f"{{{OFFICE}}}id": "rId2"})
    ET.SubElement(section, w("pgSz"), {w("w"): "12240", w("h"): "15840"})
    edges = dict.fromkeys(("top", "right", "bottom", "left"), "1440") | {
        "header": "720",
        "footer": "720",
        "gutter": "0",
    }
    ET.SubElement(section, w("pgMar"), {w(side): size for side, size in edges.items()})
    return _package(ET.tostring(made.root, encoding="utf-8", xml_declaration=True), head)


def _package(main: bytes, head: Head) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "word/document.xml": main, "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS, "word/footer1.xml": FOOTER.format(text=escape(head.reference)),
        "word/_rels/document.xml.rels": RELATED,
        "docProps/core.xml": CORE.format(title=escape(head.title), author=escape(head.author)),
    }  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content if isinstance(content, bytes) else content.encode())
    return buffer.getvalue()


DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = f"""{DECLARED}<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/><Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="{WORD}.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="{WORD}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""  # noqa: E501
ROOT = f"""{DECLARED}<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"""  # noqa: E501
RELATED = f"""{DECLARED}<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="{OFFICE}/footer" Target="footer1.xml"/><Relationship Id="rId3" Type="{OFFICE}/settings" Target="settings.xml"/></Relationships>"""  # noqa: E501
STYLES = f"""{DECLARED}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="22"/><w:lang w:val="en-US"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="34"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Clause"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="Clause"><w:name w:val="Clause"/><w:basedOn w:val="Normal"/></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="Notice"><w:name w:val="Notice"/><w:basedOn w:val="Normal"/><w:pPr><w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr></w:pPr></w:style></w:styles>"""  # noqa: E501
SETTINGS = f'{DECLARED}<w:settings xmlns:w="{W}"><w:trackRevisions/></w:settings>'
FOOTER = (
    f'{DECLARED}<w:ftr xmlns:w="{W}"><w:p><w:r><w:t xml:space="preserve">{{text}}. A working text: executed only when '
    "verification shows every signature.</w:t></w:r></w:p></w:ftr>"
)
CORE = (
    f'{DECLARED}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>'
    "</cp:coreProperties>"
)
