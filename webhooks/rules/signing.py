"""Secrets and signatures as Standard Webhooks 1.0 has them: HMAC-SHA256 over `id.timestamp.body`, marked v1."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

MARK = "whsec_"
BYTES = 32


def new_secret() -> str:
    """A fresh secret as its receiver keeps it."""
    return MARK + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """One entry of the header `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix(MARK))
    signed = hmac.new(key, f"{message}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(signed.digest()).decode()


def headers(secrets_in_use: Iterable[str], message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers; while a secret is being replaced there is a signature by the new one and by the old one."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(s, message, timestamp, body) for s in secrets_in_use),
    }
