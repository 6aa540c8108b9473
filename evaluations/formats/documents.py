"""What every reader of a foreign file shares: bytes under a cap, JSON and tables read strictly, the shape of a summary.

A file is hostile input. Whatever is wrong with it becomes a sentence that says what to do; no bytes of the file are in it.
"""

from __future__ import annotations

import csv
import io
import json
from functools import cached_property
from typing import Any, BinaryIO

from evaluations.formats.inspect_log import MIB, LogRefused

JSON_CAP = 64 * MIB
TABLE_CAP = 4 * MIB
MOST_ROWS = 5_000
MOST_COLUMNS = 40
LONGEST_CELL = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NOT_UTF8 = "The file is not UTF-8 text. Save it as UTF-8 and upload it again."
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00")


class Document:
    """One uploaded file, read as far as somebody asks."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        file.seek(0)
        self.head = file.read(4096)

    @property
    def is_archive(self) -> bool:
        """Whether it begins as a ZIP does."""
        return self.head.startswith(b"PK")

    @property
    def is_json(self) -> bool:
        """Whether its first character is that of a JSON object or list."""
        return self.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")

    @cached_property
    def content(self) -> dict[str, Any]:
        """The JSON object. LogRefused for what is none."""
        return json_object(self._read(JSON_CAP, "Upload the .eval form of the log, or split the run."))

    @cached_property
    def table(self) -> list[dict[str, str]]:
        """The rows of a table by column. LogRefused for what is none."""
        return table(self._read(TABLE_CAP, "Split it and upload the parts."))

    def _read(self, cap: int, advice: str) -> bytes:
        self.file.seek(0)
        data = self.file.read(cap + 1)
        if len(data) > cap:
            raise LogRefused(f"The file is larger than {cap // MIB} MiB, the most for its kind. {advice}")
        return data


def decoded(data: bytes) -> str:
    """Strict UTF-8, with or without its mark."""
    if data.startswith(OTHER_ENCODINGS):
        raise LogRefused(NOT_UTF8)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LogRefused(NOT_UTF8) from error


def json_object(data: bytes) -> dict[str, Any]:
    """One JSON object in which no name stands twice. NaN and infinities become null: whoever needs a number says so."""
    try:
        found = json.loads(decoded(data), parse_constant=lambda _: None, object_pairs_hook=_once)
    except RecursionError as error:
        raise LogRefused(
            "The file is nested too deep to be read. Export it again from the tool that made it."
        ) from error
    except ValueError as error:
        raise LogRefused(
            "The file breaks off or is damaged: it is not whole JSON. Copy it again and upload it."
        ) from error
    if not isinstance(found, dict):
        raise LogRefused("The file holds a list. Upload one file per run, as the tool writes it.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise LogRefused(
            "A name stands twice in one object of the file, so one of both values is lost. Export it again."
        )
    return found


def table(data: bytes) -> list[dict[str, str]]:
    """Rows of a CSV by their columns, in lower case. Cells that a spreadsheet would run as a formula are refused."""
    lines = csv.reader(io.StringIO(decoded(data), newline=""), strict=True)
    try:
        names = [name.strip().lower() for name in next(lines, [])]
        _header(names)
        rows = [
            dict(zip(names, _cells(line, names, n), strict=True)) for n, line in enumerate(lines, start=2) if any(line)
        ]
    except csv.Error as error:
        raise LogRefused(f"Line {lines.line_num} is damaged or breaks off: save the table again as CSV.") from error
    if not rows:
        raise LogRefused("The table has no rows below its first line.")
    return rows


def _header(names: list[str]) -> None:
    if len(names) == 1 and ";" in names[0]:
        raise LogRefused("The cells are separated by semicolons. Save the table with commas.")
    if len(names) > MOST_COLUMNS or len(set(names)) != len(names):
        raise LogRefused("The first line must name each column once. Begin with the template.")


def _cells(line: list[str], names: list[str], number: int) -> list[str]:
    if number > MOST_ROWS + 1:
        raise LogRefused(f"The table has more than {MOST_ROWS:,} rows: upload the scores, not single answers.")
    if len(line) != len(names):
        raise LogRefused(
            f"Row {number} has {len(line)} cells, the first line has {len(names)}. Quote text with commas."
        )
    for name, cell in zip(names, line, strict=True):
        if len(cell) > LONGEST_CELL:
            raise LogRefused(f"Row {number}, “{name}” is longer than {LONGEST_CELL} characters. Shorten it.")
        if cell.startswith(FORMULA):
            raise LogRefused(f"Row {number}, “{name}” begins as a formula does. Write it as a plain word or number.")
    return [cell.strip() for cell in line]


def summary(kind: str, **known: Any) -> dict[str, Any]:
    """A summary with every field that the parent expects; what a kind cannot tell stays empty."""
    empty: dict[str, Any] = {
        "reader": 1, "kind": kind, "status": "success", "outcome": "finished", "reason": "", "eval_id": "", "run_id": "",
        "task_id": "", "task": "", "task_version": "", "model": "", "harness": "", "harness_version": "", "sandbox": "",
        "created": "", "started_at": "", "completed_at": "", "epochs": 1, "limits": {}, "total_samples": None,
        "completed_samples": None, "scores": [], "tokens": 0, "edited": False, "invalidated": False, "error": "",
        "items": [], "attempts": 0, "n_error": 0, "n_limit": 0, "not_scalar": [], "provenance": {}, "reported": [],
        "ranges": [], "alerts": [], "remarks": [],
    }  # fmt: skip
    return empty | known
