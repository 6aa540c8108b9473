"""Private storage of issued PDFs: bytes under their own hash, written once, checked when read."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings


class FileDamaged(Exception):
    """The stored bytes are missing or do not have their hash."""


def _path(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "agreements" / sha256[:2] / f"{sha256}.pdf"


def put(content: bytes) -> str:
    """Store bytes and return their SHA-256. On disk before it returns; a rollback leaves only an orphan."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes with this hash; FileDamaged when they are gone or changed."""
    try:
        content = _path(sha256).read_bytes()
    except FileNotFoundError as error:
        raise FileDamaged("The stored file is missing. An administrator has to restore it from the backup.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged("The stored file was changed. An administrator has to restore it from the backup.")
    return content
