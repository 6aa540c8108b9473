"""Runs the judgement over an uploaded file in a child process: empty environment, limits on memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from agreements.pdf.accepting import AGAIN, Accepted, Asked, UploadRefused, as_text, begins_alike

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30.0
TOO_MUCH = f"The file took too much time or memory to read, so that it was not taken. {AGAIN}"


def accepted(issued: bytes, uploaded: bytes, asked: Asked, *, seconds: float = SECONDS) -> Accepted:
    """What signed. Raises UploadRefused with a sentence; nothing of the file is read in this process before that."""
    begins_alike(issued, uploaded)
    command = [sys.executable, "-B", "-m", "agreements.pdf.accepting"]
    try:
        done = subprocess.run(
            command, input=as_text(issued, uploaded, asked), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={},
            cwd=ROOT, timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise UploadRefused(TOO_MUCH) from error
    if done.returncode == 2:
        raise UploadRefused(str(json.loads(done.stdout)["refused"]))
    if done.returncode != 0:
        raise UploadRefused(TOO_MUCH)
    return Accepted(**json.loads(done.stdout))
