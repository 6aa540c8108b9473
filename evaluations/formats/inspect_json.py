"""Inspect's logs in their JSON form: the same fields as of a `.eval`, with the samples in the one file."""

from __future__ import annotations

from typing import Any

from evaluations.formats.documents import Document
from evaluations.formats.inspect_log import summary_of

KIND = "inspect_json"
LABEL = "Inspect log, JSON"


def mine(document: Document) -> bool:
    """An object with the parts of a log."""
    return document.is_json and "eval" in document.content and "status" in document.content


def read(document: Document, *, key: bytes, clear_ids: bool = False) -> dict[str, Any]:
    """As of the header and the summaries of a `.eval`."""
    found = summary_of(document.content, rows(document.content), key=key, clear_ids=clear_ids)
    return {**found, "kind": KIND}


def rows(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Its samples as `summaries.json` lists them."""
    samples = content.get("samples")
    return [_row(sample) for sample in samples if isinstance(sample, dict)] if isinstance(samples, list) else []


def _row(sample: dict[str, Any]) -> dict[str, Any]:
    messages = sample.get("messages")
    kept = ("id", "epoch", "scores", "error", "limit", "model_usage", "total_time")
    return {name: sample.get(name) for name in kept} | {
        "message_count": len(messages) if isinstance(messages, list) else 0
    }
