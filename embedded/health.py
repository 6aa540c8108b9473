"""`python -m embedded.health URL`: whether web answers, asked as its proxy asks. For docker-compose's health check."""

from __future__ import annotations

import os
import sys
import urllib.request
from urllib.parse import urlsplit


def healthy(url: str, public: str) -> bool:
    """Whether the address answers 200 to a request for the public host over TLS."""
    headers = {"Host": urlsplit(public).netloc or "localhost", "X-Forwarded-Proto": "https"}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=4) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if healthy(sys.argv[1], os.environ.get("CONCORD_BASE_URL", "")) else 1)
