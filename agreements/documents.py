"""Turns a version and its signing plan into the data that the PDF is rendered from, and into the sealed file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse

from agreements import consolidated, deviations, keys
from agreements.consolidated import Described
from agreements.models import AgreementClause, AgreementVersion, Concurrence, TestingAgreement
from agreements.pdf.render import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    AgreementData,
    Box,
    RenderRefused,
    render_agreement,
    signature_boxes,
)
from agreements.pdf.signing import prepare
from agreements.pdf.timestamps import TimeStamping
from agreements.queries import Planned
from core.decisions import Invalid, Problem

NOTICE = (
    "Nothing in section 3, in this agreement or in Concord creates mandatory licensing, preclearance or permitting. "
    "Participation is voluntary; the Developer may withdraw at any time. A signature on this agreement says nothing "
    "about the release of any model."
)


def download(
    content: bytes, name: str, *, extension: str = "pdf", content_type: str = "application/pdf"
) -> HttpResponse:
    """A file as an answer: a download that no cache keeps and no browser guesses about."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def data_for(
    agreement: TestingAgreement, version: AgreementVersion, plan: Sequence[Planned], verdicts: Sequence[Concurrence]
) -> AgreementData:
    """Everything that stands in the file."""
    return {
        "reference": agreement.reference,
        "version": str(version.number),
        "title": agreement.title,
        "notice": NOTICE,
        "marking": version.marking,
        "parties": [row.organisation.name for row in agreement.party_rows],
        "clauses": [
            {"number": str(n), "heading": c.heading, "paragraphs": [p for p in c.filled.split("\n") if p.strip()]}
            for n, c in enumerate(_printed(agreement, version), start=1)
        ],
        "signers": [
            {"field": p.field, "name": p.person.name, "post": p.bearer.capacity or "Authorised official",
             "organisation": p.organisation.name, "meaning": f"{p.meaning}, under {p.bearer.on_authority}"}
            for p in plan
        ],
        "clearance": [
            f"{row.agency.name} concurred with version {version.number} on {row.decided_at:%d %b %Y, %H:%M} UTC"
            f" ({row.said_by})."
            for row in verdicts
        ]
        + deviations.accepted(agreement),
        "text_hash": version.text_hash,
    }  # fmt: skip


def misplaced(boxes: Sequence[Box]) -> bool:
    """Whether a place for a signature leaves its page, has no area, or covers another."""
    for n, box in enumerate(boxes):
        left, bottom, right, top = box.corners
        if not (0 <= left < right <= PAGE_WIDTH and 0 <= bottom < top <= PAGE_HEIGHT):
            return True
        beside = [other.corners for other in boxes[:n] if other.page == box.page]
        if any(left < c[2] and c[0] < right and bottom < c[3] and c[1] < top for c in beside):
            return True
    return False


def _printed(agreement: TestingAgreement, version: AgreementVersion) -> Sequence[AgreementClause | Described]:
    """The clauses; of an amendment what it changes, since that is what is signed."""
    parent = consolidated.parent_of(agreement)
    if parent is None:
        return list(version.clauses.all())
    base = consolidated.base_of(version)
    changes = consolidated.described(agreement, consolidated.stored_changes(version), base)
    return [Described("", "What is amended", consolidated.preamble(agreement, parent, version), ""), *changes]


def sealed_pdf(data: AgreementData, plan: Sequence[Planned], *, at: datetime, stamping: TimeStamping | None) -> bytes:
    """Rendered, with signature fields, under Concord's seal. Invalid when a character cannot be printed."""
    try:
        rendered = render_agreement(data, frozen_at=at)
    except RenderRefused as refused:
        raise Invalid([Problem("text", f"{refused} Change that character in the text.")]) from refused
    boxes = signature_boxes(data, frozen_at=at)
    names = {p.field: f"Signature of {p.person.name} for {p.organisation.name}" for p in plan}
    return prepare(rendered, boxes, names=names, seal=keys.seal(at), stamping=stamping)
