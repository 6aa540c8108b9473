"""What the child process runs: `python -B -m evaluations.formats.reader summarise|samples < FILE`, confined.

It prints one JSON object, or {"refused": sentence} with exit code 2.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from evaluations.formats import samples
from evaluations.formats.documents import Document
from evaluations.formats.inspect_log import LogRefused, confine
from evaluations.formats.kinds import recognised


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -B -m evaluations.formats.reader")
    parser.add_argument("command", choices=["summarise", "samples"])
    parser.add_argument("--key-file", default="", help="file with the key of the item hashes")
    parser.add_argument("--clear-ids", action="store_true")
    parser.add_argument("--block", type=int, default=0, help="which samples, counted in blocks")
    options = parser.parse_args()
    confine()
    key = b""
    if options.key_file:
        with open(options.key_file, "rb") as source:
            key = source.read(1024)
    with open(0, "rb", closefd=False) as file:
        answer, code = _answer(lambda: _read(Document(file), options, key))
    sys.stdout.write(json.dumps(answer, allow_nan=False))
    return code


def _read(document: Document, options: argparse.Namespace, key: bytes) -> dict[str, Any]:
    kind = recognised(document)
    if options.command == "samples":
        return samples.read(document, kind.KIND, block=options.block)
    return kind.read(document, key=key, clear_ids=options.clear_ids)


def _answer(read: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], int]:
    try:
        return read(), 0
    except LogRefused as error:
        return {"refused": str(error)}, 2
    except (MemoryError, RecursionError):
        return {
            "refused": "The file unpacks to more than this reader may hold: split the run, or upload the .eval form."
        }, 2


if __name__ == "__main__":
    sys.exit(main())
