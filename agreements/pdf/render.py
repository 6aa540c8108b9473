"""Renders agreements and their certificates with typst as PDF/A-3a and PDF/UA-1. The same data and instant give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

import typst

from core import typesetting
from core.typesetting import RenderRefused

__all__ = [
    "AgreementData",
    "Box",
    "RenderRefused",
    "render_agreement",
    "render_certificate",
    "render_redline",
    "signature_boxes",
]

TEMPLATE = Path(__file__).parent / "templates" / "agreement.typ"
PAGE_WIDTH, PAGE_HEIGHT = 612.0, 792.0  # US Letter, points
WIDTH, HEIGHT = 400.0, 76.0


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


def render_agreement(data: AgreementData, *, frozen_at: datetime) -> bytes:
    """The PDF. Raises RenderRefused with a sentence when a character cannot be printed."""
    return typesetting.pdf(TEMPLATE, data, at=frozen_at)


def render_certificate(data: Mapping[str, Any], *, at: datetime) -> bytes:
    """A completion certificate. Raises RenderRefused as above."""
    return typesetting.pdf(TEMPLATE.with_name("certificate.typ"), data, at=at)


def render_redline(data: Mapping[str, Any], *, at: datetime) -> bytes:
    """What changed between two texts. Raises RenderRefused as above."""
    return typesetting.pdf(TEMPLATE.with_name("redline.typ"), data, at=at)


def render_consolidated(data: Mapping[str, Any], *, at: datetime) -> bytes:
    """An agreement with its amendments on a day. Raises RenderRefused as above."""
    return typesetting.pdf(TEMPLATE.with_name("consolidated.typ"), data, at=at)


def signature_boxes(data: AgreementData, *, frozen_at: datetime) -> list[Box]:
    """One box per signer, in order, with the y axis turned from typst's to PDF's."""
    with typesetting.crashes_said():
        asked = typesetting.options(TEMPLATE, data, frozen_at)
        found = json.loads(typst.query(str(TEMPLATE), "<signature-box>", field="value", **asked))
    boxes = []
    for entry in found:
        left, top = round(entry["x"]), round(PAGE_HEIGHT - entry["y"])
        corners = (left, round(top - HEIGHT), round(left + WIDTH), top - 22)
        boxes.append(Box(entry["field"], entry["page"] - 1, corners))
    return boxes
