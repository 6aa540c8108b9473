"""Runs the reader in a child process: empty environment, its own limits on memory and time, bounded output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

from evaluations.formats import summaries
from evaluations.formats.inspect_log import LogRefused
from evaluations.formats.summaries import LogSummary

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0


def summarise(file: BinaryIO, *, key: bytes, clear_ids: bool = False, seconds: float = SECONDS) -> LogSummary:
    """The allow-listed summary of an uploaded file. `key` makes the item hashes; it reaches the child by a pipe.

    Raises LogRefused with a sentence that says what to do; no bytes of the file are in it.
    """
    return summaries.parse(_read(file, ["summarise", *(["--clear-ids"] if clear_ids else [])], seconds, key))


def samples(file: BinaryIO, *, block: int, seconds: float = SECONDS) -> bytes:
    """One block of an Inspect log's samples as JSON text, see samples.py. LogRefused as above."""
    return _read(file, ["samples", "--block", str(block)], seconds)


def _read(file: BinaryIO, command: list[str], seconds: float, key: bytes = b"") -> bytes:
    with tempfile.TemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)  # an upload may live in memory only; the child needs a real, seekable file
        copy.seek(0)
        raw, code = _run(copy, key, command, seconds)
    if code == 2:
        raise LogRefused(_sentence(raw))
    if code != 0:
        raise LogRefused("The log took too much time or memory to read: split the run and upload the parts.")
    return raw


def _run(file: BinaryIO, key: bytes, asked: list[str], seconds: float) -> tuple[bytes, int]:
    reading, writing = os.pipe()
    try:
        os.write(writing, key[:1024])
    finally:
        os.close(writing)
    command = [sys.executable, "-B", "-m", "evaluations.formats.reader", *asked, "--key-file", f"/dev/fd/{reading}"]
    try:
        child = subprocess.Popen(
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd=ROOT,
            pass_fds=(reading,),
        )  # fmt: skip
    finally:
        os.close(reading)
    clock = threading.Timer(seconds, child.kill)
    clock.start()
    with child:
        assert child.stdout is not None
        raw = child.stdout.read(summaries.LARGEST + 1)
        if len(raw) > summaries.LARGEST:
            child.kill()
    clock.cancel()
    return raw, child.returncode


def _sentence(raw: bytes) -> str:
    try:
        return str(json.loads(raw)["refused"])[:300]
    except (ValueError, KeyError, TypeError):
        return "The log cannot be read: copy it again from the log folder and upload it."
