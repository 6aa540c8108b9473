"""The simulator's HTTP server. A path prefix switches a fault on: /faults/<name>/v1/… (see FAULTS)."""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from simulator import answers

MODEL = "sim-frontier-1"
KEY_PREFIX = "sim-"
PER_MINUTE = 60
FAULTS = (
    "unauthorized",
    "wrong-model",
    "broken-tool-call",
    "early-close",
    "slow",
    "redirect",
    "huge",
    "no-limit",
    "not-json",
)


class Simulator(ThreadingHTTPServer):
    """Counts requests per key for its rate limit."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0, host: str = "127.0.0.1") -> None:
        super().__init__((host, port), Handler)
        self.calls: dict[str, deque[float]] = defaultdict(deque)
        self.revoked: set[str] = set()

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def is_over_limit(self, key: str) -> bool:
        """Whether this key used up its minute."""
        now, calls = time.monotonic(), self.calls[key]
        while calls and now - calls[0] > 60:
            calls.popleft()
        calls.append(now)
        return len(calls) > PER_MINUTE


class Handler(BaseHTTPRequestHandler):
    """GET /v1/models, POST /v1/chat/completions, and POST /webhook, which takes whatever it is told."""

    protocol_version = "HTTP/1.1"
    server_version = "simulator/1"
    server: Simulator

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        """The list of models, and health."""
        if self.path == "/healthz":
            return self._json(200, {"status": "ok"})
        fault, path = self._fault()
        if self._refused(fault):
            return None
        if path == "/v1/models":
            return self._json(200, {"object": "list", "data": [{"id": MODEL, "object": "model"}]})
        return self._json(404, {"error": {"message": "no such path"}})

    def do_POST(self) -> None:
        """One completion."""
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size) or b"{}")
        fault, path = self._fault()
        if path == "/webhook":
            return self._raw(200, b"received", "text/plain")
        if self._refused(fault):
            return None
        if path != "/v1/chat/completions":
            return self._json(404, {"error": {"message": "no such path"}})
        if body.get("model") != MODEL or fault == "wrong-model":
            return self._json(404, {"error": {"message": "The model does not exist.", "code": "model_not_found"}})
        if body.get("stream"):
            return self._stream(fault)
        choice = answers.choice(body, broken=fault == "broken-tool-call")
        return self._json(200, {**_frame("chat.completion"), "choices": [choice], "usage": answers.usage(body, choice)})

    def _fault(self) -> tuple[str, str]:
        parts = self.path.split("/")
        return (parts[2], "/" + "/".join(parts[3:])) if self.path.startswith("/faults/") else ("", self.path)

    def _refused(self, fault: str) -> bool:
        """Answer faults, bad keys and used-up limits; whether that was done."""
        key = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if fault == "redirect":
            self.send_response(307)
            self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif fault == "not-json":
            self._raw(200, b"<html>hello</html>", "text/html")
        elif fault == "huge":
            self._huge()
        elif fault == "unauthorized" or not key.startswith(KEY_PREFIX) or key in self.server.revoked:
            self._json(401, {"error": {"message": "Incorrect API key."}})
        elif fault != "no-limit" and self.server.is_over_limit(key):
            self._json(429, {"error": {"message": "Too many requests."}}, {"Retry-After": "30"})
        else:
            if fault == "slow":
                time.sleep(3)
            return False
        return True

    def _stream(self, fault: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for word in ("one", " two", " three"):
            piece = {**_frame("chat.completion.chunk"), "choices": [{"index": 0, "delta": {"content": word}}]}
            self.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())
            if fault == "early-close":
                self.close_connection = True
                return
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _huge(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(1024):
                self.wfile.write(b"x" * 1_048_576)
        except OSError:
            return  # the client has seen enough

    def _json(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        self._raw(status, json.dumps(body).encode(), "application/json", headers)

    def _raw(self, status: int, raw: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)


def _frame(kind: str) -> dict[str, Any]:
    return {"id": "cmpl-sim", "object": kind, "created": 0, "model": MODEL, "system_fingerprint": "fp_sim_1"}
