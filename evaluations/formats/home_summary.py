"""A summary that an agency made of a log at home: the log itself never travels, its SHA-256 stands for it.

Made by `python -B -m evaluations.formats.inspect_log summarise < LOG > SUMMARY.json`. What it holds is checked field by field
where every summary is (`summaries.parse`); a text that is no plain text, or a count that is none, refuses the whole file.
"""

from __future__ import annotations

import re
from typing import Any

from evaluations.formats.documents import Document
from evaluations.formats.inspect_log import LogRefused

KIND = "home_summary"
LABEL = "Summary of a log, made at home"
KEPT = ("provenance", "reported", "ranges", "alerts", "remarks")  # of other kinds; the reader for agencies writes none


def mine(document: Document) -> bool:
    """An object that says which reader made it."""
    return document.is_json and "reader" in document.content and "outcome" in document.content


def read(document: Document, *, key: bytes, clear_ids: bool = False) -> dict[str, Any]:
    """The summary itself, with the digest of its log. Ids in clear stay only where they may stand."""
    content = document.content
    digest = content.get("log_sha256")
    if not isinstance(digest, str) or not re.fullmatch("[0-9a-f]{64}", digest):
        raise LogRefused("The summary does not name the SHA-256 of its log: make it again with this version's reader.")
    if any(content.get(name) for name in KEPT):
        raise LogRefused("The summary holds more than the reader for agencies writes. Upload the file it was made of.")
    items = content.get("items")
    if not clear_ids and isinstance(items, list):
        items = [{k: v for k, v in one.items() if k != "id"} if isinstance(one, dict) else one for one in items]
    return {
        **content, "items": items, "kind": KIND,
        "provenance": {"format": "Summary made at the agency", "log_sha256": digest},
    }  # fmt: skip
