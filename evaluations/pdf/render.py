"""Renders a report with typst as PDF/A-3a and PDF/UA-1. The same content and instant give the same bytes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from core import typesetting

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


def render_report(content: dict[str, Any], *, at: datetime, draft: bool = False) -> bytes:
    """The PDF of a composed report.

    What others wrote (a log's task name, an answer to a finding) must never keep a report from being delivered: a
    character that the fonts lack is set as its code in brackets, and the report says so.
    """
    return typesetting.pdf(TEMPLATE, {**typesetting.coded(content), "draft": draft}, at=at)
