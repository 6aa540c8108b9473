"""Reads a card in Markdown or plain text. Markdown is turned into HTML here, in the child, where it can take no more than its
time; what is shown of it is cleaned once more by whoever shows it (core.markdown)."""

from __future__ import annotations

import re
import time
from typing import Any

from core import markdown
from early_access.formats.strict_json import Refused, text_of

LARGEST, SECONDS = 1024 * 1024, 5.0
MARKUP = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype|html|head|body|script|svg|\?xml)\b", re.IGNORECASE | re.DOTALL)
HTML = "This is HTML. Upload the card as PDF, Markdown (.md) or plain text (.txt): pages that run are not taken."
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def read(content: bytes, *, as_markdown: bool) -> dict[str, Any]:
    """How long the text is and, of Markdown, the HTML to show, as `documents.read` answers it. Raises Refused."""
    if len(content) > LARGEST:
        raise Refused("A text may have 1 MiB. Shorten it, or upload it as PDF.")
    if content.startswith(b"%PDF-"):
        raise Refused("This is a PDF. Give its name the ending .pdf and upload it again.")
    text = text_of(content)
    if MARKUP.match(text):
        raise Refused(HTML)
    if not text.strip():
        raise Refused("The file is empty. Upload the card itself.")
    for number, line in enumerate(text.splitlines(), 1):
        if found := CONTROL.search(line) or TURNING.search(line):
            words = f"Line {number} holds a character that hides or turns text (U+{ord(found[0]):04X}). Take it out."
            raise Refused(words)
    html, headings = "", 0
    if as_markdown:
        began = time.process_time()
        html = markdown.render(text)
        headings = html.count("</h")
        if time.process_time() - began > SECONDS:
            raise Refused("The Markdown takes too long to be laid out. Make it plainer, or upload it as PDF.")
    count = len(text.split())
    rows = [["Words", f"{count:,}"], *([["Headings", str(headings)]] if headings else [])]
    return {
        "format": "Markdown" if as_markdown else "Plain text", "said": rows, "offers": {}, "html": html,
        "checked": ["It is text in UTF-8, without characters that hide or turn it."],
        "unchecked": ["What it says, and what its links lead to: none was opened."],
    }  # fmt: skip
