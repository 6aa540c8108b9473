"""Everything that one process handles while a block runs, kept as bytes: what its visitors send and get, both directions of its
connections to PostgreSQL and Redis, its log and its standard streams, the files it writes, and what it deciphers."""

from __future__ import annotations

import base64
import contextlib
import logging
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import redis.connection
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.test import Client

from core import envelope, key_pairs, page_keys, sealed_files
from tests.embedded.wires import relay

WRITES = ("w", "a", "x", "+")


class Recording:
    """`found(word)` says on which channels a word was handled, plainly or as hex or base64."""

    def __init__(self) -> None:
        self.heard: dict[str, bytearray] = {}
        self.files: set[str] = set()
        self.on = False
        sys.addaudithook(self._audit)  # for good: Python has no way to take one away; it does nothing afterwards

    def keep(self, channel: str, piece: object) -> None:
        """Something that passed."""
        raw = bytes(piece) if isinstance(piece, bytes | bytearray | memoryview) else str(piece).encode()
        self.heard.setdefault(channel, bytearray()).extend(raw + b"\n")

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.on and event == "open" and isinstance(arguments[0], str):
            mode, flags = arguments[1], arguments[2]
            if (mode and any(letter in mode for letter in WRITES)) or (not mode and flags & 0o3):
                self.files.add(arguments[0])

    def found(self, word: str) -> set[str]:
        """The channels on which the word was handled."""
        for name in self.files:
            with contextlib.suppress(OSError):
                self.keep("files", Path(name).read_bytes())
        raw = word.encode()
        # base64 of something that holds the word, whatever stands before it: the middle is the same for each of three places
        spelled = [base64.b64encode(b"\0" * before + raw)[4 : -4 - len(raw) % 3] for before in range(3)]
        forms = [raw, raw.hex().encode(), *(one for one in spelled if len(one) > 8)]
        return {name for name, kept in self.heard.items() if any(form in kept for form in forms)}


class Visitor(Client):
    """A client whose requests and answers are kept, each with headers and body."""

    recording: Recording

    def request(self, **given: Any) -> Any:
        """As Django's, kept."""
        body = given.get("wsgi.input")
        if body is not None:
            raw = body.read()
            self.recording.keep("requests", raw)
            given["wsgi.input"] = type(body)(raw)
        self.recording.keep("requests", {k: v for k, v in given.items() if isinstance(v, str | bytes)})
        answer = super().request(**given)
        self.recording.keep("responses", dict(answer.items()))
        self.recording.keep("responses", b"".join(answer) if answer.streaming else answer.content)
        return answer


@contextlib.contextmanager
def _database(recording: Recording, folder: Path) -> Iterator[None]:
    """A socket before PostgreSQL's that keeps what passes, for this process alone."""
    place = connection.settings_dict
    name = f".s.PGSQL.{place['PORT'] or 5432}"
    real, folder = Path(place["HOST"]) / name, folder / "db"
    folder.mkdir()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(folder / name))
    listener.listen()

    def accept() -> None:
        while True:
            try:
                outer, _ = listener.accept()
            except OSError:
                return
            inner = socket.socket(socket.AF_UNIX)
            inner.connect(str(real))
            keep = partial(recording.keep, "database")
            threading.Thread(target=relay, args=(outer, inner, keep), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    connection.close()
    place["HOST"], before = str(folder), place["HOST"]
    try:
        yield
    finally:
        connection.close()
        place["HOST"] = before
        listener.close()
        shutil.rmtree(folder)


class _Lines(logging.Handler):
    def __init__(self, recording: Recording) -> None:
        super().__init__(0)
        self.recording = recording

    def emit(self, record: logging.LogRecord) -> None:
        self.recording.keep("log", f"{record.getMessage()} {record.__dict__}")


@contextlib.contextmanager
def everything(folder: Path, capfd: Any) -> Iterator[Recording]:
    """Record this process while the block runs."""
    recording = Recording()

    def kept(channel: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            found = real(*arguments, **named)
            recording.keep(channel, found)
            return found

        return call

    class Cipher:
        generate_key = AESGCM.generate_key

        def __init__(self, key: bytes) -> None:
            self.encrypt = AESGCM(key).encrypt
            self.decrypt = kept("deciphered", AESGCM(key).decrypt)

    def sent(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: Any, command: Any, *arguments: Any, **named: Any) -> Any:
            recording.keep("redis", b"".join(command) if isinstance(command, list) else command)
            return real(self, command, *arguments, **named)

        return call

    lines, root = _Lines(recording), logging.getLogger()
    level = root.level
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)
    wire = redis.connection.AbstractConnection
    unwrap = key_pairs.KeyPairs.unwrap
    with contextlib.ExitStack() as stack:
        stack.enter_context(_database(recording, folder))
        for module in (envelope, page_keys, sealed_files):
            stack.enter_context(mock.patch.object(module, "AESGCM", Cipher))
        stack.enter_context(mock.patch.object(key_pairs.KeyPairs, "unwrap", kept("data keys", unwrap)))
        stack.enter_context(mock.patch.object(wire, "send_packed_command", sent(wire.send_packed_command)))
        stack.enter_context(mock.patch.object(wire, "read_response", kept("redis", wire.read_response)))
        capfd.readouterr()
        recording.on = True
        try:
            yield recording
        finally:
            recording.on = False
            root.removeHandler(lines)
            root.setLevel(level)
            recording.keep("streams", "".join(capfd.readouterr()))
