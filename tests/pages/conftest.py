"""A browser for tests that need one: the machine's Chromium, never one that a package downloads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium() -> str:
    """The path of a Chromium; skips without one, fails in CI."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("No Chromium: install one or name it in CHROMIUM.")
    return found


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """A browser for this test alone: Playwright's loop in this thread would make Django refuse the database."""
    path = chromium()
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags)
        yield started
        connections.close_all()  # inside a running loop asgiref hands out other connections; nobody else closes them
        started.close()


@pytest.fixture
def site(browser: Browser, request: pytest.FixtureRequest) -> Any:
    """The live server, started after the browser and emptied before it closes."""
    request.getfixturevalue("transactional_db")
    return request.getfixturevalue("live_server")
