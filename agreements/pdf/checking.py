"""The verdict over an uploaded copy, in a child process of its own: `python -m agreements.pdf.checking`.

A PDF is a program for its reader. The child has an empty environment, no files to write, one gigabyte and twenty seconds of CPU;
it reads one JSON object and answers one (core.confined). A file that takes more is not judged, and that is said.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from core import confined

if TYPE_CHECKING:
    from agreements.pdf.verify import Cards

MODULE = "agreements.pdf.checking"
TOO_MUCH = "The file took too much time or memory to read, so nothing is said of it. A genuine copy takes seconds."


class NotJudged(Exception):
    """The child gave no answer; the message is a sentence."""


def problems(
    pdf: bytes, *, trust_roots: Collection[bytes], crls: Collection[bytes], planned: Collection[str], stamped: bool,
    stamp_roots: Collection[bytes] | None = None, cards: Cards | None = None, seconds: float = confined.SECONDS,
) -> tuple[str, list[str]]:  # fmt: skip
    """(outcome, sentences) as of `verify.verify`, found in a child. Raises NotJudged."""
    asked = {
        "pdf": _packed(pdf), "roots": [_packed(r) for r in trust_roots], "crls": [_packed(c) for c in crls],
        "stamp_roots": None if stamp_roots is None else [_packed(r) for r in stamp_roots],
        "planned": list(planned), "stamped": stamped, "cards": _cards(cards) if cards else None,
    }  # fmt: skip
    try:
        said = confined.answer_of(MODULE, json.dumps(asked).encode(), too_much=TOO_MUCH, seconds=seconds)
    except confined.Unreadable as error:
        raise NotJudged(str(error)) from error
    return str(said["outcome"]), [str(sentence) for sentence in said["problems"]]


def _cards(cards: Cards) -> dict[str, Any]:
    return {
        "certificates": dict(cards.certificates),
        "roots": [_packed(r) for r in cards.roots],
        "crls": [_packed(c) for c in cards.crls],
    }


def _packed(content: bytes) -> str:
    return base64.b64encode(content).decode()


def main() -> int:
    """The child."""
    confined.confine()
    from agreements.pdf.verify import Cards, verify  # after the limits: its imports count too

    said: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    roots, crls = ([base64.b64decode(x) for x in said[name]] for name in ("roots", "crls"))
    stamps = said["stamp_roots"]
    stamp_roots = None if stamps is None else [base64.b64decode(x) for x in stamps]
    cards = said["cards"]
    if cards:
        of_cards = (tuple(base64.b64decode(x) for x in cards[name]) for name in ("roots", "crls"))
        cards = Cards(cards["certificates"], *of_cards)
    verdict = verify(
        base64.b64decode(said["pdf"]), trust_roots=roots, crls=crls, planned=said["planned"], stamped=said["stamped"],
        stamp_roots=stamp_roots, cards=cards,
    )  # fmt: skip
    sys.stdout.write(json.dumps({"outcome": verdict.outcome, "problems": verdict.problems}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
