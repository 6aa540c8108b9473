"""One throw-away PostgreSQL and Valkey for a whole test run, started before Django's settings are read."""

from __future__ import annotations

import os

import pytest

from embedded.throwaway import start


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: object, args: list[str]) -> None:
    """Start the servers unless they are given; an xdist worker inherits those of its controller."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        number = int(worker.removeprefix("gw"))
        base = os.environ["REDIS_URL"].split("?")[0]
        os.environ["REDIS_URL"] = f"{base}?db={2 * number + 2}"
        return
    if not os.environ.get("DATABASE_URL"):
        start()
