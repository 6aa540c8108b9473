"""Renders a receipt with typst as PDF/A-3a and PDF/UA-1. The same content and instant give the same bytes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from core import typesetting

TEMPLATE = Path(__file__).parent / "templates" / "receipt.typ"


def render_receipt(content: dict[str, Any], text: str, *, at: datetime) -> bytes:
    """The PDF. `text` is what the digest is made of: it is attached byte for byte. `content`: reference, developer, intake,
    at, sha256, sections [{name, rows: [[label, value]]}], documents [{name, file, sha256}]."""
    return typesetting.pdf(TEMPLATE, {**typesetting.coded(content), "text": text}, at=at)
