"""Inspect's `.eval` as one of the kinds; the reading itself is the one file that agencies can run at home."""

from __future__ import annotations

from typing import Any

from evaluations.formats import inspect_log
from evaluations.formats.documents import Document

KIND = "inspect_eval"
LABEL = "Inspect log, .eval"


def mine(document: Document) -> bool:
    """Any ZIP: what is none of Inspect's is refused with its own sentence."""
    return document.is_archive


def read(document: Document, *, key: bytes, clear_ids: bool = False) -> dict[str, Any]:
    """See inspect_log."""
    return {**inspect_log.summarise(document.file, key=key, clear_ids=clear_ids), "kind": KIND}
