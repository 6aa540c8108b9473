"""Renders a report with typst as PDF/A-3a and PDF/UA-1. The same content and instant give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
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
    lacking = typesetting.unprintable("\n".join(_texts(content)))
    shown = _coded(content, {ord(c): f"[U+{ord(c):04X}]" for c in lacking}) if lacking else content
    return typesetting.pdf(TEMPLATE, {**shown, "coded": bool(lacking), "draft": draft}, at=at)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _coded(value: Any, codes: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(codes)
    if isinstance(value, dict):
        return {key: _coded(inner, codes) for key, inner in value.items()}
    return [_coded(inner, codes) for inner in value] if isinstance(value, list) else value
