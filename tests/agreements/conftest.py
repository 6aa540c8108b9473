"""What tests of signatures share: a time-stamp authority over HTTP, and trust in the cards of the tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from agreements import keys
from simulator.authority import Authority
from tests.agreements import elsewhere


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
def trust() -> Iterator[Path]:
    """The installation trusts the authority of the tests; the folder with its root and its list."""
    with elsewhere.trusted() as folder:
        yield folder
