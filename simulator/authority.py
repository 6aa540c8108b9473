"""`python -m simulator.authority --port N --identity FILE`: the embedded time-stamp authority on loopback (RFC 3161 over
HTTP, §3.4). It states this machine's time, so that it is for the demo and for tests, never for an agreement that counts."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from agreements.pdf.certificates import Identity
from agreements.pdf.timestamps import LONGEST_QUERY, QUERY, REPLY, respond


class Handler(BaseHTTPRequestHandler):
    """One query, one answer."""

    server: Authority

    def do_POST(self) -> None:
        """A time-stamp; 415 and 413 for what is no query, 503 while the identity has not been made yet."""
        length = int(self.headers.get("Content-Length") or 0)
        if self.headers.get("Content-Type") != QUERY:
            return self._answer(415, "text/plain", b"Send application/timestamp-query.")
        if not 0 < length <= LONGEST_QUERY:
            return self._answer(413, "text/plain", b"A query has at most 16 KiB.")
        identity = self.server.identity()
        if identity is None:
            return self._answer(503, "text/plain", b"The authority has no key yet.")
        self._answer(200, REPLY, respond(self.rfile.read(length), identity, at=datetime.now(UTC)))

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet: a query says nothing but a hash."""


class Authority(ThreadingHTTPServer):
    """Serves on loopback; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, port: int, path: Path) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.path = path

    def identity(self) -> Identity | None:
        """The key and certificate, read anew each time: the demo makes them after this process has started."""
        with contextlib.suppress(FileNotFoundError):
            return Identity(**{k: v.encode() for k, v in json.loads(self.path.read_text()).items()})
        return None


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m simulator.authority")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--identity", type=Path, required=True)
    options = parser.parse_args()
    server = Authority(options.port, options.identity)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: threading.Thread(target=server.shutdown).start())
    with contextlib.closing(server.socket):
        server.serve_forever()


if __name__ == "__main__":
    main()
