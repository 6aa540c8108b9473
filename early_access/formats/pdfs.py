"""Looks through a PDF for what acts by itself: scripts, launches, forms that send, attached files, media. It is never shown
inside a page, only handed on; a file that acts is not taken."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from early_access.formats.strict_json import Refused, words

MOST_PAGES, MOST_OBJECTS, DEEPEST = 2000, 500_000, 64
AGAIN = "Print it to a PDF again, without them."
KEYS = {
    "/JS": "scripts", "/JavaScript": "scripts", "/XFA": "a form that is a program of its own (XFA)",
    "/EmbeddedFiles": "attached files", "/EF": "attached files", "/RichMedia": "media", "/RichMediaContent": "media",
}  # fmt: skip
ACTIONS = {
    "/JavaScript": "scripts", "/Launch": "actions that start programs", "/SubmitForm": "a form that sends what is typed",
    "/ImportData": "actions that read in files", "/Rendition": "media", "/Movie": "media", "/Sound": "media",
    "/RichMediaExecute": "media", "/GoToE": "attached files",
}  # fmt: skip
MEDIA = ("/Screen", "/Movie", "/Sound", "/3D", "/RichMedia", "/FileAttachment")


def read(content: bytes) -> dict[str, Any]:
    """What the PDF says of itself, as `documents.read` answers it. Raises Refused."""
    if not content.startswith(b"%PDF-"):
        raise Refused("This is no PDF: its first bytes are others. Upload a PDF, Markdown (.md) or plain text (.txt).")
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            return _looked_at(pdf)
    except pikepdf.PasswordError as error:
        raise Refused("The PDF needs a password to be opened. Save it without one.") from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError) as error:
        raise Refused("The PDF is damaged and cannot be read to its end. Save it again.") from error


def _looked_at(pdf: pikepdf.Pdf) -> dict[str, Any]:
    if pdf.is_encrypted:
        raise Refused("The PDF is encrypted. Save it without a password or restrictions.")
    pages = len(pdf.pages)
    if not 1 <= pages <= MOST_PAGES:
        raise Refused(f"The PDF has {pages:,} pages. Upload one of 1 to {MOST_PAGES:,}.")
    found = sorted(set(_acts(pdf)))
    if found:
        raise Refused(f"The PDF holds what acts by itself: {', '.join(found)}. {AGAIN}")
    about = {name: words(str(pdf.docinfo.get(f"/{name}", "")), 200) for name in ("Title", "Author", "Producer")}
    tagged = "/StructTreeRoot" in pdf.Root and "/MarkInfo" in pdf.Root and bool(pdf.Root.MarkInfo.get("/Marked", False))
    rows = [["Pages", f"{pages:,}"], *([name, text] for name, text in about.items() if text)]
    rows.append(["Tagged for screen readers", "Yes" if tagged else "No"])
    return {
        "format": "PDF", "said": rows, "offers": {},
        "checked": [
            f"It opens without a password and has {pages:,} page{'s' * (pages != 1)}.",
            "It holds no scripts, no actions that start programs or send anything, no attached files and no media.",
        ],
        "unchecked": [
            "What its text says, and what its links lead to: none was opened.",
            "Faults that a reader of PDFs may have. Open it with one that is up to date.",
        ],
    }  # fmt: skip


def _acts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Words for each thing in it that acts by itself. Every object of the file is looked at, used or not."""
    waiting: list[tuple[Any, int]] = [(one, 0) for one in pdf.objects]
    if len(waiting) > MOST_OBJECTS:
        raise Refused(f"The PDF has more than {MOST_OBJECTS:,} objects. Print it to a PDF again.")
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            raise Refused("The PDF is nested too deeply to be looked through. Print it to a PDF again.")
        if isinstance(one, pikepdf.Array):
            waiting += [(x, depth + 1) for x in one if _direct(x)]
        elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            yield from _named(one)
            waiting += [(value, depth + 1) for _, value in one.items() if _direct(value)]


def _named(one: Any) -> Iterator[str]:
    yield from (KEYS[name] for name in KEYS if name in one)
    action, kind = one.get("/S"), one.get("/Subtype")
    if isinstance(action, pikepdf.Name):
        yield from filter(None, [ACTIONS.get(str(action))])
    if isinstance(kind, pikepdf.Name) and str(kind) in MEDIA and ("/Rect" in one or "/Type" in one):
        yield "attached files" if str(kind) == "/FileAttachment" else "media"


def _direct(value: Any) -> bool:
    """Whether it stands here itself; what stands elsewhere is looked at there."""
    return isinstance(value, (pikepdf.Array, pikepdf.Dictionary)) and not value.is_indirect
