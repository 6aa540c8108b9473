"""What tests of signatures share: a time-stamp authority over HTTP, and trust in the cards of the tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from agreements import keys
from simulator.authority import Authority
from tests.agreements import cards, elsewhere


@pytest.fixture
def authority(settings) -> Iterator[Authority]:
    keys.time_stamp_authority(timezone.now())
    server = Authority(0, Path(settings.KEY_DIR) / "signing-tsa.json")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.TSA_URL = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def trust(settings: Any, tmp_path: Path) -> Path:
    """The installation trusts the authority of the tests; the folder with its root and its list."""
    (tmp_path / "root.pem").write_bytes(elsewhere.authority().certificate)
    cards.revoke(tmp_path)
    settings.CARD_TRUST_DIR = str(tmp_path)
    return tmp_path
