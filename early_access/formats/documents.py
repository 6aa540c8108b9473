"""Reads a document that a developer attaches to a request, in a confined child: what it is, what it says, and in words what was
checked and what was not.

`python -B -m early_access.formats.documents` is the child: a line of JSON {kind, ending}, then the file."""

from __future__ import annotations

import json
import sys
from typing import Any

from core import confined
from early_access.formats.strict_json import Refused

MODULE = "early_access.formats.documents"
TOO_MUCH = "The file took too much time or memory to read, so that it was not taken. A smaller one takes seconds."
CARDS = {"pdf": "pdf", "md": "md", "markdown": "md", "txt": "txt", "text": "txt"}
NO_CARD = "Upload a card as PDF (.pdf), Markdown (.md) or plain text (.txt)."
PAGES = ("html", "htm", "xhtml", "mhtml", "svg", "xml")


def ending_of(kind: str, name: str) -> str:
    """Under which ending the file is handed on. Raises Refused for a card of another kind than those taken."""
    typed = name.rpartition(".")[2].lower() if "." in name else ""
    if kind == "ml_bom":
        return "json"
    if kind == "spdx":
        return "spdx" if typed in ("spdx", "tag", "txt") else "json"
    if typed in PAGES:
        raise Refused(f"This is a page that may run. {NO_CARD}")
    if typed not in CARDS:
        raise Refused(f"Its name does not end as that of a card. {NO_CARD}")
    return CARDS[typed]


def read_confined(kind: str, ending: str, content: bytes) -> dict[str, Any]:
    """What `read` says, found in a confined child. Raises Refused; also where reading took too much."""
    asked = json.dumps({"kind": kind, "ending": ending}).encode()
    try:
        found: dict[str, Any] = confined.answer_of(MODULE, asked + b"\n" + content, too_much=TOO_MUCH)
    except confined.Unreadable as error:
        raise Refused(str(error)) from error
    if sentences := found.get("problems"):
        raise Refused(*map(str, sentences))
    return found


def read(kind: str, ending: str, content: bytes) -> dict[str, Any]:
    """{format, said: [[label, text]], offers: {field: text}, checked, unchecked: [sentence], html}. Raises Refused."""
    from early_access.formats import mlbom, pdfs, spdx, texts  # in the child, after its limits

    if not content:
        raise Refused("The file is empty. Choose the document itself.")
    if kind == "ml_bom":
        return mlbom.read(content)
    if kind == "spdx":
        return spdx.read(content)
    return pdfs.read(content) if ending == "pdf" else texts.read(content, as_markdown=ending == "md")


def main() -> int:
    """The child: 0 with what the document says, or with {"problems": [sentence]}; 2 with a refusal for want of memory."""
    confined.confine()
    asked = json.loads(sys.stdin.buffer.readline(200))
    try:
        answer, code = read(asked["kind"], asked["ending"], sys.stdin.buffer.read()), 0
    except Refused as refused:
        answer, code = {"problems": [sentence[:400] for sentence in refused.sentences[:5]]}, 0
    except MemoryError:
        answer, code = {"refused": TOO_MUCH}, 2
    sys.stdout.write(json.dumps(answer))
    return code


if __name__ == "__main__":
    sys.exit(main())
