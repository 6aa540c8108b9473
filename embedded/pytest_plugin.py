"""One throw-away PostgreSQL and Valkey for a whole test run, started before Django's settings are read."""

from __future__ import annotations

import os
from urllib.parse import urlsplit, urlunsplit

import pytest

from embedded.throwaway import start


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: object, args: list[str]) -> None:
    """Start the servers unless they are given; an xdist worker inherits those of its controller."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["REDIS_URL"] = own_database(os.environ["REDIS_URL"], int(worker.removeprefix("gw")))
        return
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        start()


def own_database(url: str, worker: int) -> str:
    """Queues and cache of an xdist worker apart from the others', or one test's task runs on another's database."""
    parts, number = urlsplit(url), 2 * worker + 2
    if parts.scheme in ("redis", "rediss"):
        return urlunsplit(parts._replace(path=f"/{number}"))
    return f"{url.partition('?')[0]}?db={number}"
