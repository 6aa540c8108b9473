"""Thin reader of Inspect's `.eval` logs: `python -B -m evaluations.formats.inspect_log summarise < FILE`.

It prints one JSON object of allow-listed, typed fields, or {"refused": sentence}. Standard library and zstandard only,
so that an agency can run this one file at home and send the summary without the log. A log is hostile input.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import io
import json
import math
import os
import re
import resource
import secrets
import stat
import struct
import sys
import zipfile
import zlib
from collections import Counter
from typing import Any, BinaryIO

import zstandard

MIB = 1024 * 1024
CAPS = {"header.json": 8 * MIB, "_journal/start.json": 8 * MIB, "summaries.json": 64 * MIB}  # nothing else is read
MEMBERS = 200_000
LONGEST_END = 22 + 0xFFFF  # a ZIP's end record with the longest comment
ZSTD = 93
VERSION = 2
MOST_ERRORS = 0.1
VALUES = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}
STATUSES = ("started", "success", "cancelled", "error")
LIMITS = ("message_limit", "token_limit", "time_limit", "working_limit", "cost_limit", "turn_limit")
STARTS = (
    (b"%PDF", "This is a PDF. Upload the log itself: the .eval file from Inspect's log folder."),
    (
        b"{",
        "This is the JSON form of a log. Convert it with `inspect log convert --to eval` and upload the .eval file.",
    ),
    (b"\x1f\x8b", "This is a gzip archive. Unpack it and upload the .eval file inside."),
)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
DAMAGED = (zipfile.BadZipFile, struct.error, NotImplementedError, OverflowError, UnicodeError, OSError, EOFError)


class LogRefused(Exception):
    """The file cannot be imported; the message is a sentence that says what to do."""


def summarise(file: BinaryIO, *, key: bytes, clear_ids: bool = False) -> dict[str, Any]:
    """The allow-listed fields of a log. Items are named by a keyed hash; in clear only for public suites."""
    infos = members(file)
    if "[Content_Types].xml" in infos:
        raise LogRefused("This is an Office file. Save the sheet as CSV (UTF-8) and upload that.")
    if "header.json" not in infos:
        raise LogRefused(
            "The run was never finished: the log has no header. Run `inspect log recover` and upload that."
        )
    summaries = load(file, infos["summaries.json"]) if "summaries.json" in infos else []
    return summary_of(_object(load(file, infos["header.json"])), summaries, key=key, clear_ids=clear_ids)


def summary_of(header: dict[str, Any], summaries: Any, *, key: bytes, clear_ids: bool = False) -> dict[str, Any]:
    """The same from a header and the rows of its samples, whatever file they were in."""
    if header.get("version") != VERSION:
        raise LogRefused("The log's version is not 2. Upgrade Inspect or convert it with `inspect log convert`.")
    status = header.get("status")
    if status not in STATUSES:
        raise LogRefused("The log's status is unknown to this reader: convert it with `inspect log convert`.")
    if status == "started":
        raise LogRefused("The run was never finished. Run `inspect log recover` and upload the recovered log.")
    items = _items(summaries, task=text(_object(header.get("eval")).get("task")), key=key, clear_ids=clear_ids)
    return {**_header(header), **items, **_outcome(header, items["attempts"], items["n_error"])}


def look(file: BinaryIO) -> None:
    """Cheap look at the first and last bytes, before anything is unpacked. LogRefused for what cannot be a log."""
    file.seek(0)
    head = file.read(4)
    for start, sentence in STARTS:
        if head.startswith(start):
            raise LogRefused(sentence)
    if not head.startswith(b"PK"):
        raise LogRefused("This is not an Inspect log. Upload the .eval file from Inspect's log folder.")
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - LONGEST_END))
    if b"PK\x05\x06" not in file.read(LONGEST_END):
        raise LogRefused("The file is cut off or damaged: copy it again from the log folder and upload it.")


def members(file: BinaryIO) -> dict[str, zipfile.ZipInfo]:
    """The directory by name. The last entry of a name wins: every retried log has doubles, as Inspect reads them."""
    look(file)
    try:
        with zipfile.ZipFile(file) as archive:
            found = archive.infolist()
    except (*DAMAGED, ValueError) as error:
        raise LogRefused("The file is cut off or damaged: copy it again from the log folder and upload it.") from error
    if len(found) > MEMBERS:
        raise LogRefused(f"The file has more than {MEMBERS} members: split the run and upload the parts.")
    return {info.filename: info for info in found}


def load(file: BinaryIO, info: zipfile.ZipInfo, *, cap: int = 0) -> Any:
    """One member as JSON, of at most its own cap or the one given."""
    try:
        return json.loads(unpacked(file, info, cap=cap), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise LogRefused(f"{_name(info)} is not the JSON that Inspect writes: upload the original file.") from error


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name where it is one of Inspect's own; a sample's name is text of the log."""
    return info.filename if info.filename in CAPS else "A sample"


def unpacked(file: BinaryIO, info: zipfile.ZipInfo, *, cap: int = 0) -> bytes:
    """One member's bytes, never unpacking more than its cap, whatever its directory entry claims."""
    cap = cap or CAPS[info.filename]
    if info.flag_bits & 1:
        raise LogRefused("The file is encrypted. Upload the log without a password: Concord seals it itself.")
    if max(info.file_size, info.compress_size) > cap:
        raise LogRefused(f"{_name(info)} is larger than {cap // MIB} MiB: split the run and upload the parts.")
    if info.compress_type != ZSTD:
        raise LogRefused("The log uses a compression that Inspect does not write. Upload the original .eval file.")
    try:
        file.seek(info.header_offset)
        head = file.read(30)
        if len(head) != 30 or head[:4] != b"PK\x03\x04":
            raise LogRefused("The file is damaged: a member's header is missing. Copy it again and upload it.")
        file.seek(sum(struct.unpack("<HH", head[26:30])), io.SEEK_CUR)
        raw = io.BytesIO(file.read(info.compress_size))
        # read_across_frames: Inspect may write a member as several frames.
        unpacker = zstandard.ZstdDecompressor(max_window_size=32 * MIB)
        data = unpacker.stream_reader(raw, read_across_frames=True).read(cap + 1)
    except (*DAMAGED, ValueError, zstandard.ZstdError) as error:
        raise LogRefused("The file is damaged: a member cannot be unpacked. Copy it again and upload it.") from error
    if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
        raise LogRefused("The file is damaged: size or checksum differs from its directory. Copy it again.")
    return bytes(data)


def text(value: Any, longest: int = 200) -> str:
    """A short printable string: no control characters, direction marks or surrogates; "" for anything else."""
    return UNPRINTABLE.sub("", value)[:longest] if isinstance(value, str) else ""


def number(value: Any) -> float | None:
    """A finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 2**53:
        return None
    return float(value) if math.isfinite(value) else None


def count(value: Any) -> int | None:
    """A whole number from 0, or None."""
    found = number(value)
    return int(found) if found is not None and found >= 0 and found == int(found) else None


def moment(value: Any) -> str:
    """A date and time of Inspect's form, or ""."""
    shape = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:?\d{2})?"
    return value if isinstance(value, str) and re.fullmatch(shape, value, re.ASCII) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _header(header: dict[str, Any]) -> dict[str, Any]:
    """What evaluations.md §5.4 lets out of a header; plan, arguments, paths, metadata and tags never."""
    about, stats = _object(header.get("eval")), _object(header.get("stats"))
    config, sandbox = _object(about.get("config")), about.get("sandbox")
    results = _object(header.get("results"))
    return {
        "reader": 1,
        "status": header["status"],
        **{name: text(about.get(name), 64) for name in ("eval_id", "run_id", "task_id")},
        "task": text(about.get("task")),
        "task_version": text(str(about.get("task_version", "")), 40),
        "model": text(about.get("model")),
        "harness": "inspect_ai",
        "harness_version": text(_object(about.get("packages")).get("inspect_ai"), 40),
        "sandbox": text(_object(sandbox).get("type") if isinstance(sandbox, dict) else sandbox, 40),
        "created": moment(about.get("created")),
        "started_at": moment(stats.get("started_at")),
        "completed_at": moment(stats.get("completed_at")),
        "epochs": count(config.get("epochs")) or 1,
        "limits": {name: found for name in LIMITS if (found := number(config.get(name))) is not None},
        "total_samples": count(results.get("total_samples")),
        "completed_samples": count(results.get("completed_samples")),
        "scores": [_score(_object(score)) for score in _list(results.get("scores"))[:100]],
        "tokens": sum(_tokens(usage) for usage in _object(stats.get("model_usage")).values()),
        "edited": bool(header.get("log_updates")),
        "invalidated": header.get("invalidated") is True,
        "error": text(_object(header.get("error")).get("message"), 500),
    }


def _score(score: dict[str, Any]) -> dict[str, Any]:
    metrics = list(_object(score.get("metrics")).items())[:50]
    return {
        "name": text(score.get("name")),
        "scorer": text(score.get("scorer")),
        "reducer": text(score.get("reducer"), 40),
        "scored_samples": count(score.get("scored_samples")),
        "unscored_samples": count(score.get("unscored_samples")),
        "metrics": {text(name): number(_object(metric).get("value")) for name, metric in metrics},
    }


def _tokens(usage: Any) -> int:
    return count(_object(usage).get("total_tokens")) or 0


def _items(summaries: Any, *, task: str, key: bytes, clear_ids: bool) -> dict[str, Any]:
    """Successes and attempts per item and scorer; a repeated (id, epoch) is the same attempt, the last one counts."""
    attempts = {(str(s.get("id")), count(s.get("epoch")) or 1): s for s in map(_object, _list(summaries))}
    items: dict[str, dict[str, Any]] = {}
    vague: set[str] = set()
    total: Counter[str] = Counter()
    for (identity, _), sample in sorted(attempts.items()):
        entry = items.setdefault(identity, _item(identity, task, key, clear_ids))
        _add(entry, sample, vague)
        total["error"] += bool(sample.get("error"))
        total["limit"] += bool(sample.get("limit"))
    return {
        "items": list(items.values()),
        "attempts": len(attempts),
        "n_error": total["error"],
        "n_limit": total["limit"],
        "not_scalar": sorted(vague)[:100],
    }


def _item(identity: str, task: str, key: bytes, clear_ids: bool) -> dict[str, Any]:
    message = f"{task}\0{identity}".encode(errors="replace")
    entry = {"item": hmac.new(key, message, hashlib.sha256).hexdigest(), "scores": {}}
    if clear_ids:
        entry["id"] = text(identity)
    return {**entry, "attempts": 0, "errors": 0, "limits": 0, "seconds": 0.0, "tokens": 0, "turns": 0}


def _add(entry: dict[str, Any], sample: dict[str, Any], vague: set[str]) -> None:
    entry["attempts"] += 1
    entry["errors"] += bool(sample.get("error"))
    entry["limits"] += bool(sample.get("limit"))
    entry["seconds"] = round(entry["seconds"] + max(0.0, number(sample.get("total_time")) or 0.0), 3)
    entry["tokens"] += sum(_tokens(usage) for usage in _object(sample.get("model_usage")).values())
    entry["turns"] += count(sample.get("message_count")) or 0
    if sample.get("error"):
        return  # an errored attempt was not scored, whatever was left in its row
    for scorer, score in list(_object(sample.get("scores")).items())[:100]:
        value, name = _object(score).get("value"), text(scorer)
        if isinstance(value, list | dict) or (isinstance(value, str) and value not in VALUES):
            vague.add(name)
            continue
        worth = (
            VALUES.get(value) if isinstance(value, str) else float(value) if isinstance(value, bool) else number(value)
        )
        if worth is not None:
            found = entry["scores"].setdefault(name, {"successes": 0.0, "attempts": 0})
            found["successes"] += worth
            found["attempts"] += 1


def _outcome(header: dict[str, Any], attempts: int, errors: int) -> dict[str, str]:
    """What the run is worth, whatever its status says: a refused key gives status success and exit code 0."""
    message = str(_object(header.get("error")).get("message"))
    if header["status"] == "cancelled" or "TerminateTaskError" in message or "cancelled by user" in message:
        return {"outcome": "stopped", "reason": "The run was stopped before its end."}
    if header["status"] == "error":
        return {"outcome": "failed", "reason": "The run ended with an error."}
    if not attempts or not _object(header.get("results")).get("scores"):
        return {"outcome": "failed", "reason": "The log holds no results."}
    if errors > MOST_ERRORS * attempts:
        return {"outcome": "failed", "reason": "More than one in ten samples ended with an error."}
    return {"outcome": "finished", "reason": ""}


def confine() -> None:
    """Hold this process to memory, time and files; a file on standard output may still be written."""
    resource.setrlimit(resource.RLIMIT_AS, (1024 * MIB, 1024 * MIB))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not stat.S_ISREG(os.fstat(1).st_mode):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> int:
    """The command. 0 with a summary, 2 with a refusal; both are one JSON object."""
    parser = argparse.ArgumentParser(prog="python -B -m evaluations.formats.inspect_log")
    parser.add_argument("command", choices=["summarise"])
    parser.add_argument("--key-file", help="file with the key of the item hashes; without one, hashes fit no other run")
    parser.add_argument("--clear-ids", action="store_true", help="also name items by their ids: public suites only")
    options = parser.parse_args()
    confine()
    key = secrets.token_bytes(32)
    if options.key_file:
        with open(options.key_file, "rb") as source:
            key = source.read(1024)
    try:
        with open(0, "rb", closefd=False) as file:
            if not file.seekable():
                raise LogRefused("Give the log itself, not a pipe: summarise < LOG.")
            answer, code = summarise(file, key=key, clear_ids=options.clear_ids), 0
            file.seek(0)
            answer["log_sha256"] = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # it reads
    except LogRefused as error:
        answer, code = {"refused": str(error)}, 2
    except (MemoryError, RecursionError):
        answer, code = {"refused": "The log unpacks to more than this reader may hold: split the run."}, 2
    sys.stdout.write(json.dumps(answer, allow_nan=False))
    return code


if __name__ == "__main__":
    sys.exit(main())
