"""The receipt of a submission: one text made of everything that was submitted, and its SHA-256 in the record.

The text is canonical JSON as in RFC 8785 for the kinds of value that sections hold (texts, whole numbers, true and false,
lists): keys sorted, no spaces, UTF-8. The access key is never in a section once it is sealed; what stands there is for whom.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from accounts.models import User
from audit import actions as audit
from audit import queries as events
from core.decisions import Conflict
from early_access import answers, documents, queries
from early_access.actions.moving import parties
from early_access.models import EarlyAccessRequest
from early_access.pdf.render import render_receipt

VERB = "early_access.receipt"


@dataclass(frozen=True)
class Receipt:
    """What the record holds (`sha256` in hexadecimal, `at`), the text as the sections make it now, and whether they agree."""

    sha256: str
    at: datetime
    text: str
    unchanged: bool


def text(request: EarlyAccessRequest) -> str:
    """Every submitted field. For the developer's people: others read no section, and would get an empty text."""
    sections = {
        name: {key: value for key, value in row.data.items() if key != "secret"}
        for name, row in queries.drafted(request).items()
    }
    whole = {"request": request.reference, "sections": sections}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(words: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits."""
    return sha256(words.encode()).hexdigest()


def give(request: EarlyAccessRequest, by: User) -> str:
    """Write the digest of what was just submitted into the record, for every party of the request; returns it."""
    made = digest(text(request))
    audit.record(VERB, request, by=by, parties=parties(request), reason=f"SHA-256 {made}", detail={"sha256": made})
    return made


def in_full(request: EarlyAccessRequest, user: User) -> Receipt:
    """The last receipt with the text that it was made of; Conflict where the sections make another text by now."""
    found = newest(request, user)
    if found is None:
        raise Conflict("This request was submitted before receipts were given. Its timeline says when.")
    if not found.unchanged:
        raise Conflict(
            "The sections have changed since, so the text of the last receipt cannot be made. Send the answer: what goes with"
            " it gets a receipt of its own."
        )
    return found


def as_pdf(request: EarlyAccessRequest, user: User) -> tuple[Receipt, bytes]:
    """The last receipt as a file for people (PDF/A-3, tagged), with the text itself attached; Conflict as `in_full`."""
    found = in_full(request, user)
    sections = answers.in_words(queries.drafted(request), request.model, request.checkpoint)
    by_then = [row for row in documents.versions(request) if row.created_at <= found.at]
    content = {
        "reference": request.reference, "developer": request.developer.name, "sha256": found.sha256,
        "intake": request.intake_agency.name if request.intake_agency else "", "at": f"{found.at:%-d %b %Y, %H:%M:%S} UTC",
        "sections": [
            {"name": one["section"].label, "rows": [[label, str(value)] for label, value in one["rows"] if value != ""]}
            for one in sections
        ],
        "documents": [
            {"name": str(row), "file": f"{row.file_name}, {row.format}", "sha256": row.sha256}
            for row in documents.current(by_then)
        ],
    }  # fmt: skip
    return found, render_receipt(content, found.text, at=found.at)


def newest(request: EarlyAccessRequest, user: User) -> Receipt | None:
    """The last receipt, computed again; None where nothing was submitted, or before there were receipts."""
    event = events.newest(request, user, VERB)
    if event is None:
        return None
    recorded, words = str(json.loads(event.body)["detail"]["sha256"]), text(request)
    return Receipt(recorded, event.at, words, digest(words) == recorded)
