"""A real HTTP server on loopback that receives webhooks, checks them with code of its own, and misbehaves as told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def genuine(secret: str, headers: dict[str, str], body: bytes) -> list[bool]:
    """For each signature of the message whether it is by this secret; written from the specification, not from ours."""
    key = base64.b64decode(secret[len("whsec_") :])
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    wanted = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    entries = [entry.split(",", 1) for entry in headers["webhook-signature"].split(" ")]
    assert all(version == "v1" for version, _ in entries)
    return [hmac.compare_digest(wanted, given) for _, given in entries]


class Receiver(ThreadingHTTPServer):
    """`got` holds (headers, body) of every message; `answer` says how to answer, by default 204."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answer: Callable[[Handler], None] = lambda handler: handler.say(204)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hooks"

    def says(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.answer = lambda handler: handler.say(code, body, headers)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that hangs up on a huge or slow answer is what the tests want."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Receiver

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.server.answer(self)

    def say(self, code: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def huge(self) -> None:
        """200 and as much as the other side will take."""
        self.send_response(200)
        self.send_header("Content-Length", str(10**10))
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65536)

    def silent(self) -> None:
        """Nothing for a while."""
        time.sleep(3)
        self.close_connection = True

    def drips(self) -> None:
        """200 at once, and then a body of one byte a moment."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def hangs_up(self) -> None:
        """The connection is reset."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
