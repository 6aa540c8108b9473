"""`Idempotency-Key`: the first call with a key does the work, its repetitions answer the same (R25).

The record is inserted in the transaction of the call. A second call with the same key waits at the unique index until
the first has ended, and then finds either its answer or, after a failure, nothing in its way.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.problems import KeyReused
from accounts.models import IdempotencyRecord, Organisation, User
from core.decisions import Invalid, Problem

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
LONGEST = 200


class Replayed(Exception):
    """The call was answered before; carries that answer."""

    def __init__(self, record: IdempotencyRecord) -> None:
        super().__init__(record.key)
        self.record = record


def begin(request: Request, person: User, organisation: Organisation) -> IdempotencyRecord | None:
    """The new record of this call, or None without a key. Raises Replayed or KeyReused for a known key."""
    key = request.headers.get(HEADER, "").strip()
    if not key:
        return None
    if len(key) > LONGEST:
        raise Invalid([Problem(HEADER, f"The {HEADER} may have at most {LONGEST} characters.")])
    mine = IdempotencyRecord.objects.filter(organisation=organisation, user=person)
    mine.filter(created_at__lt=timezone.now() - KEPT).delete()
    sent = digest(request)
    try:
        with transaction.atomic():
            return IdempotencyRecord.objects.create(organisation=organisation, user=person, key=key, digest=sent)
    except IntegrityError:
        known = mine.get(key=key)
    if known.digest != sent:
        raise KeyReused
    raise Replayed(known)


def finish(record: IdempotencyRecord, response: Response) -> None:
    """Keep the answer of a call that did its work; after a refusal or bad input the key is free again."""
    if response.status_code >= 400:
        record.delete()
        return
    record.status = response.status_code
    record.response = JSONRenderer().render(response.data).decode()
    record.save(update_fields=["status", "response"])


def answer(record: IdempotencyRecord) -> Response:
    """The kept answer."""
    again = Response(json.loads(record.response) if record.response else None, status=record.status)
    again["Idempotency-Replayed"] = "true"
    return again


def digest(request: Request) -> str:
    """SHA-256 of method, address and body; of a multipart body its fields and files, since its boundary is random."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if (request.content_type or "").startswith("multipart/"):
        for name, value in _parts(request):
            found.update(f"{name}={value}\n".encode())
    else:
        found.update(request._request.body)
    return found.hexdigest()


def _parts(request: Request) -> list[tuple[str, str]]:
    data: Any = request.data
    files: Any = request.FILES
    parts = [(name, value) for name in data if name not in files for value in data.getlist(name)]
    for name in files:
        for file in files.getlist(name):
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            parts.append((name, content.hexdigest()))
    return sorted(parts)
