"""Runs the judgement over an uploaded file in a child process: empty environment, limits on memory and time."""

from __future__ import annotations

from agreements.pdf.accepting import AGAIN, Accepted, Asked, UploadRefused, as_text, begins_alike
from core import confined

MODULE = "agreements.pdf.accepting"
TOO_MUCH = f"The file took too much time or memory to read, so that it was not taken. {AGAIN}"


def accepted(issued: bytes, uploaded: bytes, asked: Asked, *, seconds: float = confined.SECONDS) -> Accepted:
    """What signed. Raises UploadRefused with a sentence; nothing of the file is read in this process before that."""
    begins_alike(issued, uploaded)
    try:
        said = confined.answer_of(MODULE, as_text(issued, uploaded, asked), too_much=TOO_MUCH, seconds=seconds)
    except confined.Unreadable as error:
        raise UploadRefused(str(error)) from error
    return Accepted(**said)
