"""A child process that reads one hostile file: no environment, no file to write, bounded memory, time and answer.

`answer_of` is the parent's side, `confine` the child's. The child answers one JSON object: 0 with what it found, 2 with
{"refused": sentence}."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MIB = 1024 * 1024
SECONDS = 30.0
LIMITS = (
    (resource.RLIMIT_AS, 1024 * MIB), (resource.RLIMIT_CPU, 20), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0),
)  # fmt: skip


class Unreadable(Exception):
    """The file was refused, or took too much; the message is a sentence that says what to do."""


def answer_of(module: str, content: bytes, *, too_much: str, most: int = 32 * MIB, seconds: float = SECONDS) -> Any:
    """What `python -m module` says of these bytes. Raises Unreadable."""
    child = subprocess.Popen(
        [sys.executable, "-B", "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env={}, cwd=ROOT,
    )  # fmt: skip
    clock = threading.Timer(seconds, child.kill)
    clock.start()
    with child:
        assert child.stdin is not None and child.stdout is not None
        feeding = threading.Thread(target=_feed, args=(child.stdin, content), daemon=True)
        feeding.start()
        raw = child.stdout.read(most + 1)
        if len(raw) > most:
            child.kill()
        feeding.join()
    clock.cancel()
    if child.returncode == 2:
        raise Unreadable(str(json.loads(raw)["refused"])[:600])
    if child.returncode != 0 or len(raw) > most:
        raise Unreadable(too_much)
    return json.loads(raw)


def _feed(pipe: Any, content: bytes) -> None:
    try:
        with pipe:
            pipe.write(content)
    except BrokenPipeError:
        pass  # a child that refused early did not read to the end


def confine() -> None:
    """Hold this process to memory and time; it writes no file."""
    for limit, most in LIMITS:
        resource.setrlimit(limit, (most, most))
