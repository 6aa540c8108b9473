"""A browser for tests that need one: the machine's Chromium, never one that a package downloads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

# The shell is the same engine without the windows around it: a third less work than `chromium --headless`.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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
def site(transactional_db: None, live_server: Any) -> Any:
    """The live server on an empty, committed database."""
    return live_server


@pytest.fixture
def browser(site: Any) -> Iterator[Browser]:
    """A browser for this test alone. It starts after the database fixtures and closes before them: Playwright's loop
    in this thread would give Django another connection, so a test asks for its data before it asks for this."""
    path = chromium()
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags)
        yield started
        started.close()
