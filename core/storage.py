"""Files by their SHA-256 in one private folder: written once, synced, never changed. Nothing here is public.

What is sealed lies below `sealed/`: that part alone may be shared with the host of an agency, which opens what is its own.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


class FileDamaged(Exception):
    """The bytes on disk are not those that the hash names."""


SEALED = "sealed"


def _path(sha256: str, part: str = "") -> Path:
    return Path(settings.MEDIA_ROOT) / part / sha256[:2] / sha256


def put(data: bytes) -> str:
    """Store and return the SHA-256 (hex). The same bytes are stored once; half a file is never visible."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f".{digest}.{secrets.token_hex(4)}")
        with open(fresh, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return digest


def get(sha256: str) -> bytes:
    """The bytes, checked against their name; FileDamaged when they differ or are gone."""
    try:
        data = _path(sha256).read_bytes()
    except OSError as error:
        raise FileDamaged(f"The file {sha256[:12]}… is missing from the store.") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileDamaged(f"The file {sha256[:12]}… was changed in the store.")
    return data


def put_sealed(pieces: Iterable[bytes]) -> str:
    """As `put`, for sealed files that do not fit in memory: written as they come, then named by their SHA-256."""
    root, hasher = Path(settings.MEDIA_ROOT) / SEALED, hashlib.sha256()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = root / f".incoming.{secrets.token_hex(8)}"
    try:
        with open(fresh, "xb") as file:
            for piece in pieces:
                hasher.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        path = _path(hasher.hexdigest(), SEALED)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return hasher.hexdigest()


def open_sealed(sha256: str) -> BinaryIO:
    """The stored file for reading in pieces. Its bytes are not compared with their name, since what is sealed proves
    itself. FileDamaged when it is gone."""
    try:
        return _path(sha256, SEALED).open("rb")
    except OSError as error:
        raise FileDamaged(f"The file {sha256[:12]}… is missing from the store.") from error
