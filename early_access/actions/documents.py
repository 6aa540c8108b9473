"""A developer attaches documents to its request. They are read in a confined child and kept byte for byte."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from audit import actions as audit
from core import storage
from core.decisions import Invalid, Problem
from early_access import documents, notices, policies, queries
from early_access.actions.moving import locked, parties
from early_access.formats import documents as reader
from early_access.formats.strict_json import Refused
from early_access.models import EarlyAccessRequest, RequestDocument

LONGEST_NAME = 200


def attach(*, request: EarlyAccessRequest, kind: str, name: str, content: bytes, by: User) -> RequestDocument:
    """Attach a document, or a newer version of it: `name` is what the file was called, `kind` one of RequestDocument.Kind.
    The file is read before the lock, in a confined child; Invalid with a sentence for everything that is wrong with it.
    The same bytes as the current version change nothing. Agencies that read the request read it at once."""
    policies.may_attach(by, request).require()
    if kind not in RequestDocument.Kind.values:
        raise Invalid([Problem("kind", "Choose what the document is from the list.")])
    name, digest = _name(name), sha256(content).hexdigest()
    if (last := documents.newest(request, kind)) is not None and last.sha256 == digest:
        return last
    ending, found = _read(kind, name, content)
    html = found.pop("html", "")
    with transaction.atomic():
        row = locked(request)
        policies.may_attach(by, row).require()
        last = documents.newest(row, kind)
        if last is not None and last.sha256 == digest:
            return last
        made = RequestDocument.objects.create(
            request=row, developer=row.developer, kind=kind, version=last.version + 1 if last else 1, file_name=name,
            ending=ending, size=len(content), sha256=storage.put(content), uploaded_by=by,
            html_sha256=storage.put(html.encode()) if html else "", **found,
        )  # fmt: skip
        readers = parties(row) if row.submitted_at else [row.developer_id]
        audit.record("early_access.document_added", row, by=by, parties=readers, reason=f"{made}, SHA-256 {digest}")
        if row.submitted_at:
            notices.to_agencies("document_added", row, queries.consented(row), by)
        return made


def _read(kind: str, name: str, content: bytes) -> tuple[str, dict[str, Any]]:
    most = settings.MAX_DOCUMENT_BYTES
    if len(content) > most:
        words = f"The file is larger than {most // 1024 // 1024} MiB, the most that is taken. Leave out pictures, or split it."
        raise Invalid([Problem("file", words)])
    try:
        ending = reader.ending_of(kind, name)
        return ending, reader.read_confined(kind, ending, content)
    except Refused as refused:
        raise Invalid([Problem("file", sentence) for sentence in refused.sentences]) from refused


def _name(name: str) -> str:
    """The last part of the name, without what cannot be shown; shortened in its middle, so that its ending stays."""
    bare = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable()).strip() or "document"
    return bare if len(bare) <= LONGEST_NAME else f"{bare[: LONGEST_NAME - 21]}…{bare[-20:]}"
