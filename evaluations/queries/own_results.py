"""Reads a file of results for the developer who measured them: the same readers as for an agency's files, in the same child."""

from __future__ import annotations

import io
import secrets
from hashlib import sha256

from core.decisions import Invalid, Problem
from early_access.rules.claims import OwnResults
from evaluations.formats import child
from evaluations.formats.inspect_log import LogRefused
from evaluations.rules import runs
from evaluations.rules.own_results import own_results

SECONDS = 25.0  # somebody waits for the page


def read_own_results(content: bytes) -> OwnResults:
    """The figures of a file. Nothing of it is kept, nor are its items: their hashes are made with a key that nobody has.
    Invalid with a sentence for what cannot be read, or holds no figure that can be stated."""
    try:
        found = child.summarise(io.BytesIO(content), key=secrets.token_bytes(32), seconds=SECONDS)
    except LogRefused as refused:
        raise Invalid([Problem("file", str(refused))]) from refused
    made = own_results(found, runs.judge(found, seed=sha256(content).hexdigest()))
    if not made.results:
        why = " ".join(made.left_out) or "A result is a share of items that were solved, of a whole suite."
        raise Invalid([Problem("file", f"There is no result in this file that can be stated. {why}")])
    return made
