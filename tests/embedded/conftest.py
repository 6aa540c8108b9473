"""A site and its agencies' hosts: a broker of their own, and the folder where each finds its keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jobs import actions as jobs
from tests.embedded import agency_host as host


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[host.Broker]:
    """Valkey with its access list, behind TLS."""
    running = host.Broker(tmp_path_factory.mktemp("b"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Public keys, and each host's private ones."""
    made = tmp_path_factory.mktemp("hosts")
    host.keys(made)
    return made


@pytest.fixture
def site(settings: Any, broker: host.Broker, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process as the site's web host: it rings through the same broker and holds no agency's private key."""
    settings.BROKER_URL = broker.url("default", host.SITE)
    settings.KEY_PROVIDER = "pairs"
    settings.PUBLIC_KEY_DIR, settings.PRIVATE_KEY_DIR = folder / "public", folder / "web"
    settings.MEDIA_ROOT = folder / "site-media"
    monkeypatch.setattr(jobs, "doorbell", jobs.Doorbell())
