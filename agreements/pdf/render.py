"""Renders an agreement with typst as PDF/A-3a and PDF/UA-1. The same data and instant give the same bytes."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

import typst

TEMPLATES = Path(__file__).parent / "templates"
PAGE_HEIGHT = 792.0  # US Letter, points
WIDTH, HEIGHT = 400.0, 76.0


class RenderRefused(Exception):
    """The text cannot be set (a glyph that the fonts lack); the message is a sentence."""


class ClauseText(TypedDict):
    """One clause: its shown number, heading and paragraphs."""

    number: str
    heading: str
    paragraphs: list[str]


class Signer(TypedDict):
    """One signature box."""

    field: str
    name: str
    post: str
    organisation: str
    meaning: str


class AgreementData(TypedDict):
    """Everything on the page. `date` is [year, month, day] as typst's named arguments."""

    reference: str
    version: str
    title: str
    notice: str
    marking: str
    parties: list[str]
    clauses: list[ClauseText]
    signers: list[Signer]
    clearance: list[str]
    text_hash: str


@dataclass(frozen=True)
class Box:
    """Where a signature field goes: page from 0, corners in PDF points from the lower left."""

    field: str
    page: int
    corners: tuple[int, int, int, int]


def _options(data: AgreementData, at: datetime) -> dict[str, Any]:
    stamped = {**data, "date": {"year": at.year, "month": at.month, "day": at.day}}
    text = json.dumps(stamped, ensure_ascii=False, sort_keys=True)
    empty = Path(tempfile.gettempdir()) / "concord-no-packages"
    return {
        "root": str(TEMPLATES), "sys_inputs": {"data": text}, "ignore_system_fonts": True, "font_paths": [],
        "package_path": str(empty), "package_cache_path": str(empty),
    }  # fmt: skip


def render_agreement(data: AgreementData, *, frozen_at: datetime) -> bytes:
    """The PDF. Raises RenderRefused with a sentence when a character cannot be printed."""
    try:
        pdf: bytes = typst.compile(
            str(TEMPLATES / "agreement.typ"), format="pdf", pdf_standards=["a-3a", "ua-1"],
            timestamp=int(frozen_at.timestamp()), **_options(data, frozen_at),
        )  # fmt: skip
    except typst.TypstError as error:
        raise RenderRefused(_sentence(str(error))) from error
    return pdf


def signature_boxes(data: AgreementData, *, frozen_at: datetime) -> list[Box]:
    """One box per signer, in order, with the y axis turned from typst's to PDF's."""
    found = json.loads(
        typst.query(str(TEMPLATES / "agreement.typ"), "<signature-box>", field="value", **_options(data, frozen_at))
    )
    boxes = []
    for entry in found:
        left, top = round(entry["x"]), round(PAGE_HEIGHT - entry["y"])
        corners = (left, round(top - HEIGHT), round(left + WIDTH), top - 22)
        boxes.append(Box(entry["field"], entry["page"] - 1, corners))
    return boxes


def _sentence(message: str) -> str:
    missing = re.search(r"character (.+?) .*(?:not be|missing)|the text (.+?) could not be displayed", message)
    if missing or "glyph" in message or "displayed" in message:
        return (
            f"A character in the text cannot be printed with the fonts of this installation: {message.splitlines()[0]}"
        )
    return f"The document could not be set: {message.splitlines()[0]}"
