"""A gigabyte sent to the real web server: refused before it is read, in bounded memory, and nothing is kept of it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from embedded.runner import free_port
from embedded.services import REPOSITORY
from embedded.settings import APPLICATION, GRANIAN, WEB
from evaluations.models import RunLog
from tests.agreements.factories import acting
from tests.evaluations.test_runs import under_test
from tests.world import World, client_for

GIGABYTE = 1024**3
PIECE = b"\x50\x4b\x03\x04" * 65536  # begins like a zip
MOST_GROWTH = 48 * 1024**2


@dataclass
class Web:
    """granian, as `up` and production start it, on the database of the test."""

    port: int
    process: subprocess.Popen[bytes]
    media: Path
    spool: Path  # its folder for temporary files

    def resident(self) -> int:
        """Memory of all its processes, in bytes."""
        main = psutil.Process(self.process.pid)
        return sum(p.memory_info().rss for p in (main, *main.children(recursive=True)))


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    place = connection.settings_dict
    environ = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "CONCORD_DEMO": "1",
        "DATABASE_URL": f"postgresql://{WEB}@/{place['NAME']}?host={place['HOST'].replace('/', '%2F')}",
        "CONCORD_SECRET_KEY": settings.SECRET_KEY, "CONCORD_MEDIA_DIR": str(tmp_path / "media"),
        "CONCORD_KEY_DIR": str(settings.KEY_DIR), "CONCORD_STATIC_DIR": str(tmp_path / "static"),
        "TMPDIR": str(tmp_path / "spool"),
    }  # fmt: skip
    (tmp_path / "media").mkdir()
    (tmp_path / "spool").mkdir()
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, check=True, cwd=REPOSITORY, env=environ)
    port = free_port(None, 8500)
    command = [sys.executable, "-m", "granian", *GRANIAN, "--host", "127.0.0.1", "--port", str(port), APPLICATION]
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environ, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < deadline
                time.sleep(0.1)
        yield Web(port, process, tmp_path / "media", tmp_path / "spool")
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:  # whatever is left of it would hold the test database
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def send(
    web: Web, path: str, head: list[str], client: Client, most: int, *, chunked: bool = False
) -> tuple[bytes, int]:
    """Stream until the server answers, closes or everything was sent; the answer and how many bytes it took."""
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{web.port}", *head, "Connection: close"]
    lines.append("Cookie: " + "; ".join(f"{k}={v.value}" for k, v in client.cookies.items()))
    taken = 0
    with socket.create_connection(("127.0.0.1", web.port), timeout=30) as wire:
        wire.sendall("\r\n".join([*lines, "", ""]).encode())
        piece = f"{len(PIECE):x}\r\n".encode() + PIECE + b"\r\n" if chunked else PIECE
        wire.settimeout(2)
        try:
            while taken < most:
                wire.sendall(piece)
                taken += len(PIECE)
        except OSError:  # it does not listen any more, which is the point
            pass
        wire.settimeout(30)
        answer = b""
        try:
            while received := wire.recv(65536):
                answer += received
        except OSError:
            assert answer, "closed without an answer"
    return answer, taken


FORM = ["Content-Type: multipart/form-data; boundary=x"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_gigabyte_is_refused_early_and_nothing_is_stored(transactional_world: World, web: Web) -> None:
    evaluator, row = under_test(transactional_world)
    client = client_for(evaluator)
    page = f"/assignments/{row.reference}/runs/upload/"
    urllib.request.urlopen(f"http://127.0.0.1:{web.port}/", timeout=10).close()
    before = web.resident()

    answer, taken = send(web, page, [*FORM, f"Content-Length: {GIGABYTE}"], client, GIGABYTE)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'href="#id_file"' in answer and b"512 MiB" in answer
    assert taken < GIGABYTE / 8, f"it read {taken} bytes"

    answer, taken = send(web, "/requests/new/", [*FORM, f"Content-Length: {GIGABYTE}"], client, GIGABYTE)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"larger than 32 MiB, the most that Concord takes here. Nothing was saved" in answer

    answer, taken = send(web, "/api/v1/agreements/", [f"Content-Length: {GIGABYTE}"], client, GIGABYTE)
    assert answer.startswith(b"HTTP/1.1 413") and b"application/problem+json" in answer

    answer, taken = send(web, page, [*FORM, "Transfer-Encoding: chunked"], client, GIGABYTE, chunked=True)
    assert not answer.startswith(b"HTTP/1.1 5")
    assert taken < GIGABYTE / 8, f"without a length it read {taken} bytes"

    assert web.resident() - before < MOST_GROWTH
    assert [p for folder in (web.media, web.spool) for p in folder.rglob("*") if p.is_file()] == []
    with acting(evaluator):
        assert not RunLog.objects.exists()
