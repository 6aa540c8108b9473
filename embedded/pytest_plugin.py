"""One throw-away PostgreSQL and Valkey for a whole test run, started before Django's settings are read."""

from __future__ import annotations

import os
from typing import Any
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


def below(call: Any, **named: Any) -> Any:
    """Call it below a frame that reserves half a mebibyte for the frames under it.

    CPython since 3.11 keeps frames in chunks of 16 KiB and returns a chunk to the system when its last frame ends: where a
    loop runs at the depth of such a boundary, each of its calls maps and unmaps memory. Under pytest and Django's middleware
    the crawl spent 24 of 88 s so (strace: 4,300 mmap a second); below this frame 6 of 69. A chunk holds twice the frame that
    asks for it, up to a power of two, and the reserved slots are never touched."""
    return call(**named)


below.__code__ = below.__code__.replace(co_stacksize=70_000)
_looping: list[bool] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Run all tests below one large frame."""
    if _looping:
        return None  # the loop itself is somebody else's
    _looping.append(True)
    return below(session.config.hook.pytest_runtestloop, session=session)


def own_database(url: str, worker: int) -> str:
    """Queues and cache of an xdist worker apart from the others', or one test's task runs on another's database."""
    parts, number = urlsplit(url), 2 * worker + 2
    if parts.scheme in ("redis", "rediss"):
        return urlunsplit(parts._replace(path=f"/{number}"))
    return f"{url.partition('?')[0]}?db={number}"
