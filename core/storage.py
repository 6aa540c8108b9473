"""Files by their SHA-256 in one private folder: synced, never changed. Nothing here is public.

What is sealed lies below `sealed/`: that part alone may be shared with the host of an agency, which opens what is its own. Such
a host reads it and writes into a folder of its own (`OWN_SEALED_DIR`), which the site never needs.
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


def _path(sha256: str) -> Path:
    return _below(Path(settings.MEDIA_ROOT), sha256)


def put(data: bytes) -> str:
    """Store and return the SHA-256 (hex). The same bytes are stored once, and written each time: how long it takes must not
    tell whether somebody else brought the same file before. Half a file is never visible."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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
    root, hasher = _sealed_roots()[0], hashlib.sha256()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = root / f".incoming.{secrets.token_hex(8)}"
    try:
        with open(fresh, "xb") as file:
            for piece in pieces:
                hasher.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        path = _below(root, hasher.hexdigest())
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return hasher.hexdigest()


def open_sealed(sha256: str) -> BinaryIO:
    """The stored file for reading in pieces, from this host's own folder or the site's. Its bytes are not compared with their
    name, since what is sealed proves itself. FileDamaged when it is gone."""
    for root in _sealed_roots():
        try:
            return _below(root, sha256).open("rb")
        except OSError as error:
            missing = error
    raise FileDamaged(f"The file {sha256[:12]}… is missing from the store.") from missing


def _sealed_roots() -> list[Path]:
    """Where sealed files are written, then where else they are looked for."""
    site = Path(settings.MEDIA_ROOT) / SEALED
    return [Path(settings.OWN_SEALED_DIR), site] if settings.OWN_SEALED_DIR else [site]


def _below(root: Path, sha256: str) -> Path:
    return root / sha256[:2] / sha256
