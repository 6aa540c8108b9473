"""Opens a Word file from outside without trusting it: limits first, then a sentence for everything we do not take."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as Safe
from defusedxml.common import DefusedXmlException

from agreements.word.names import CONTENT_TYPES, MAIN_TYPE, OFFICE, RELATIONSHIPS

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_PART = 20 * 1024 * 1024
LARGEST_WHOLE = 60 * 1024 * 1024
LARGEST_LIST = 1024 * 1024  # of parts and relations
MOST_PARTS, MOST_ELEMENTS, DEEPEST = 500, 600_000, 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OBJECTS = ("embeddings/", "activex/", "oleobject", "/afchunk")
CUT = "The file is damaged or cut off. Save it again as .docx and upload that."
NOT_WORD = "This is not a Word file. Save it as a Word document (.docx) and upload that."


class WordRefused(Exception):
    """The file is not taken; the message is a sentence that says what to do."""


def main_part(content: bytes) -> Element:
    """The root of the main document of a file that passed every check. Nothing else of the file is kept."""
    parts = _parts(content)
    _contents(parts)
    return _parsed(parts, _main_name(parts), LARGEST_PART)


def _parts(content: bytes) -> zipfile.ZipFile:
    if len(content) > LARGEST_FILE:
        raise WordRefused("The file is larger than 10 MB. A text needs less: take out pictures and save it again.")
    if content.startswith(OLE):
        raise WordRefused(
            "The file is protected with a password or is an old .doc. Save it as .docx without a password."
        )
    if not content.startswith(b"PK"):
        raise WordRefused(NOT_WORD)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise WordRefused(CUT) from error
    _members(archive.infolist())
    return archive


def _members(rows: list[zipfile.ZipInfo]) -> None:
    names = [row.filename for row in rows]
    if len(rows) > MOST_PARTS or sum(row.file_size for row in rows) > LARGEST_WHOLE:
        raise WordRefused("The file unpacks to far more than a text needs. Copy the text into a new document.")
    if len({name.lower() for name in names}) != len(names):
        raise WordRefused("The file names a part twice, so programs would read it differently. Save it again in Word.")
    for row in rows:
        if row.flag_bits & 0x1 or row.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise WordRefused("A part of the file is encrypted or packed in an unusual way. Save it again in Word.")
        if "\\" in row.filename or row.filename.startswith("/") or ".." in row.filename.split("/"):
            raise WordRefused("A part of the file lies outside of it. Copy the text into a new document.")


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """At most so many bytes, whatever the directory claims."""
    try:
        with archive.open(name) as part:
            found = part.read(most + 1)
    except KeyError as error:
        raise WordRefused(NOT_WORD) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise WordRefused(CUT) from error
    if len(found) > most:
        raise WordRefused("The file unpacks to far more than a text needs. Copy the text into a new document.")
    return found


def _parsed(archive: zipfile.ZipFile, name: str, most: int = LARGEST_LIST) -> Element:
    """The tree of one part: no document type, no entities, no more and no deeper than a text is."""
    source = io.BytesIO(_read(archive, name, most))
    depth = seen = 0
    root: Element | None = None
    try:
        for event, element in Safe.iterparse(source, events=("start", "end"), forbid_dtd=True):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            seen += event == "start"
            if depth > DEEPEST or seen > MOST_ELEMENTS:
                raise WordRefused(
                    "The file is built far more deeply than a text is. Copy the text into a new document."
                )
    except DefusedXmlException as error:
        words = "The file has a document type definition, which no Word file needs. Copy the text into a new document."
        raise WordRefused(words) from error
    except (ParseError, ValueError, LookupError) as error:
        raise WordRefused(CUT) from error
    if root is None:
        raise WordRefused(CUT)
    return root


def _contents(archive: zipfile.ZipFile) -> None:
    """Refuse macros, embedded objects and anything that is fetched from outside."""
    names = [name.lower() for name in archive.namelist()]
    if any("vba" in name or name.endswith((".bin", ".exe", ".dll")) for name in names):
        raise WordRefused("The file has macros. Save it as an ordinary Word document (.docx) without macros.")
    if any(word in name for name in names for word in OBJECTS):
        raise WordRefused("The file has embedded objects. Take them out; an agreement's text has only words.")
    types = _parsed(archive, "[Content_Types].xml")
    if any("macroenabled" in (row.get("ContentType") or "").lower() for row in types):
        raise WordRefused("The file has macros. Save it as an ordinary Word document (.docx) without macros.")
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            _stays_inside(_parsed(archive, name))


def _stays_inside(relationships: Element) -> None:
    for row in relationships.iter(f"{{{RELATIONSHIPS}}}Relationship"):
        if (row.get("TargetMode") or "").lower() == "external":
            kind = (row.get("Type") or "").rpartition("/")[2] or "link"
            target = (row.get("Target") or "")[:120]
            raise WordRefused(
                f"The file points outside itself ({kind}: {target}). Take the link out, keeping its words, and save again."
            )


def _main_name(archive: zipfile.ZipFile) -> str:
    for row in _parsed(archive, "_rels/.rels"):
        if row.get("Type") == f"{OFFICE}/officeDocument":
            name = posixpath.normpath((row.get("Target") or "").lstrip("/"))
            types = _parsed(archive, "[Content_Types].xml")
            declared = {
                o.get("PartName", "").lstrip("/"): o.get("ContentType")
                for o in types.iter(f"{{{CONTENT_TYPES}}}Override")
            }
            if declared.get(name) == MAIN_TYPE:
                return name
    raise WordRefused(NOT_WORD)
