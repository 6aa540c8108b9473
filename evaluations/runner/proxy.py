"""The only way out of a run: a forward proxy that leads to one host and port, on a socket in the run's own folder.

https goes through a tunnel whose content nobody here sees; plain http exists for the simulator alone. Each connection is made
to an address that was checked in that moment (core.egress). A closed gate ends what is open, so that nothing is spent any more.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from core.egress import NOBODY, Allowance, EgressRefused, check_url, check_url_syntax

LONGEST_HEAD = 32 * 1024
PATIENCE = 15.0
IDLE = 300.0
MOST_BYTES = 8 * 1024**3  # of one run, both ways
MOST_OPEN = 64
HOP = (b"connection:", b"proxy-connection:", b"proxy-authorization:", b"keep-alive:")


class Closed(Exception):
    """The far end may not be reached; the message is the status line's."""


@dataclass
class Gate:
    """One run's way out. `refused` counts what it tried to reach besides its endpoint."""

    url: str
    path: Path
    allowance: Allowance
    loop: asyncio.AbstractEventLoop
    passed: int = 0  # bytes, both ways
    tunnels: int = 0
    refused: int = 0
    open: bool = True
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        target = check_url_syntax(self.url, self.allowance)
        self.host, self.port = target.host, target.port
        self.plain = urlsplit(self.url).scheme == "http"

    async def begin(self, listening: socket.socket) -> None:
        """Answer on this socket."""
        self._server = await asyncio.start_unix_server(self._serve, sock=listening, limit=LONGEST_HEAD)

    def close(self) -> None:
        """Nothing passes any more. From any thread; twice is once."""
        if self.open:
            self.open = False
            with contextlib.suppress(RuntimeError):  # the loop has ended with everything in it
                self.loop.call_soon_threadsafe(self._close)
            self.path.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._server:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if not self.open or len(self._tasks) > MOST_OPEN:
                raise Closed("503 Closed")
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
            await self._pass(head, reader, writer)
        except Closed as closed:
            self.refused += 1
            with contextlib.suppress(OSError):
                writer.write(f"HTTP/1.1 {closed}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
                await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the run is told by its connection that ends
        finally:
            self._tasks.discard(task)
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1)

    async def _pass(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, _, rest = head.partition(b"\r\n")
        words = first.decode("latin-1").split(" ")
        if len(words) != 3:
            raise Closed("400 Bad Request")
        method, where, version = words
        tunnel = method == "CONNECT"
        sent = b"" if tunnel else self._plain(method, where, version, rest)
        if tunnel and (self.plain or where.lower() not in self._names()):
            raise Closed("403 Forbidden")
        address = await asyncio.get_running_loop().run_in_executor(None, self._address)
        far, out = await asyncio.wait_for(asyncio.open_connection(address, self.port), PATIENCE)
        self.tunnels += 1
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            out.write(sent)
            await asyncio.gather(self._pump(reader, out), self._pump(far, writer))
        finally:
            out.close()
            with contextlib.suppress(OSError, asyncio.CancelledError, TimeoutError):
                await asyncio.wait_for(out.wait_closed(), 1)

    def _names(self) -> tuple[str, ...]:
        return f"{self.host}:{self.port}", f"[{self.host}]:{self.port}"

    def _plain(self, method: str, where: str, version: str, rest: bytes) -> bytes:
        """The request as its server reads it. One request for each connection: the next one is judged anew."""
        parts = urlsplit(where)
        if not self.plain or parts.scheme != "http" or (parts.hostname, parts.port or 80) != (self.host, self.port):
            raise Closed("403 Forbidden")
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        kept = [line for line in rest.split(b"\r\n") if line and not line.lower().startswith(HOP)]
        return b"\r\n".join([f"{method} {path} {version}".encode("latin-1"), *kept, b"Connection: close", b"", b""])

    def _address(self) -> str:
        try:
            return check_url(self.url, self.allowance).addresses[0]
        except EgressRefused as refused:
            raise Closed("403 Forbidden") from refused

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while piece := await asyncio.wait_for(source.read(65536), IDLE):
            self.passed += len(piece)
            if self.passed > MOST_BYTES:
                raise TimeoutError
            sink.write(piece)
            await sink.drain()
        with contextlib.suppress(OSError):
            sink.write_eof()


class Gates:
    """The gates of this process, served by one thread of their own; it begins with the first gate."""

    def __init__(self, allowance: Allowance = NOBODY) -> None:
        self.allowance = allowance
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def open(self, folder: Path, url: str) -> Gate:
        """A gate to the host and port of this address, as `gate` in a folder. EgressRefused when nobody may go there."""
        path = folder / "gate"
        gate = Gate(url, path, self.allowance, self._running())
        path.unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX)
        inside = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            listening.bind(f"/proc/self/fd/{inside}/gate")  # a socket's path is short, a folder's may not be
        finally:
            os.close(inside)
        asyncio.run_coroutine_threadsafe(gate.begin(listening), gate.loop).result(PATIENCE)
        return gate

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_serve, args=(self._loop,), name="gates", daemon=True)
            self._thread.start()
        return self._loop

    def close(self) -> None:
        """The thread ends, and with it every gate."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(PATIENCE)
            self._loop = self._thread = None


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    """The thread of the gates: whatever is open when it is told to end is closed."""
    loop.run_forever()
    try:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()
