"""The log reader through its real child: real logs give their numbers, hostile ones a sentence."""

from __future__ import annotations

import contextlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.formats import child, inspect_log, summaries
from evaluations.formats.inspect_log import LogRefused
from evaluations.statistics import clustered
from tests.evaluations.formats.zips import Member, write

LOGS = Path(__file__).resolve().parents[2] / "evaluation_logs"
KEY = b"k" * 32
HEADER: dict[str, Any] = {
    "version": 2,
    "status": "success",
    "eval": {"task": "t", "model": "m"},
    "results": {"scores": [{"name": "s", "scorer": "s", "metrics": {"accuracy": {"value": 1.0}}}]},
}
ROWS = [{"id": 1, "epoch": 1, "scores": {"s": {"value": "C"}}}]


def log(header: Any = HEADER, rows: Any = ROWS) -> bytes:
    """A small log of our own."""
    return write(
        Member("header.json", json.dumps(header).encode()), Member("summaries.json", json.dumps(rows).encode())
    )


def read(name: str) -> summaries.LogSummary:
    """The summary of a real log."""
    with (LOGS / f"{name}.eval").open("rb") as file:
        return child.summarise(file, key=KEY)


def refused(data: bytes) -> str:
    """The sentence with which the child refuses."""
    with pytest.raises(LogRefused) as caught:
        child.summarise(io.BytesIO(data), key=KEY)
    return str(caught.value)


def test_sixteen_of_twenty() -> None:
    found = read("success-16-of-20")
    assert (found.outcome, found.attempts, found.n_error, found.tokens) == ("finished", 20, 0, 360)
    estimate = clustered(found.tallies("includes"), seed=found.run_id)
    assert (estimate.value, estimate.n, round(estimate.low, 3), round(estimate.high, 3)) == (0.8, 20, 0.584, 0.919)


@pytest.mark.parametrize(
    ("name", "outcome", "attempts", "errors", "limits"),
    [
        ("tools-5-of-5", "finished", 5, 0, 0),
        ("three-epochs", "finished", 12, 0, 0),
        ("token-limit", "finished", 5, 0, 5),
        ("nan-score", "finished", 4, 0, 0),
    ],
)
def test_real_logs_are_judged_by_their_samples(
    name: str, outcome: str, attempts: int, errors: int, limits: int
) -> None:
    found = read(name)
    assert (found.outcome, found.attempts, found.n_error, found.n_limit) == (outcome, attempts, errors, limits)


def test_epochs_are_attempts_of_one_item() -> None:
    found = read("three-epochs")
    assert len(found.items) == 4
    assert found.tallies("includes") == [(2.0, 3)] * 4


def test_an_undefined_score_is_not_counted() -> None:
    assert len(read("nan-score").tallies("undefined")) == 3


def test_an_unfinished_log_is_refused() -> None:
    assert "inspect log recover" in refused((LOGS / "unfinished.eval").read_bytes())


def test_items_are_hashes_that_only_the_key_links() -> None:
    with (LOGS / "tools-5-of-5.eval").open("rb") as file:
        other = child.summarise(file, key=b"another")
        clear = child.summarise(file, key=KEY, clear_ids=True)
    mine = read("tools-5-of-5")
    assert {i.item for i in mine.items}.isdisjoint(i.item for i in other.items)
    assert {i.id for i in mine.items} == {""}
    assert [i.id for i in clear.items] == ["q1", "q2", "q3", "q4", "q5"]


def test_committed_logs_name_no_machine() -> None:
    for path in LOGS.glob("*.eval"):
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            for info in archive.infolist():
                file.seek(info.header_offset + 26)
                skip = int.from_bytes(file.read(2), "little") + int.from_bytes(file.read(2), "little")
                file.seek(skip, io.SEEK_CUR)
                unpack = zstandard.ZstdDecompressor().stream_reader(file.read(info.compress_size))
                assert not re.search(rb"/(work|home|tmp|root)/", unpack.read()), (path.name, info.filename)


def test_only_allowed_fields_come_out() -> None:
    canary = "canary-in-every-private-field"
    header = {
        **HEADER,
        "plan": {"steps": [canary]},
        "eval": {
            "task": "t", "model": "m", "task_args": {"a": canary}, "model_args": {"a": canary},
            "model_base_url": canary, "task_file": canary, "dataset": {"location": canary, "sample_ids": [canary]},
            "metadata": {"a": canary}, "tags": [canary], "revision": {"origin": canary}, "viewer": canary,
        },
        "error": {"message": "boom", "traceback": canary},
    }  # fmt: skip
    row = {**ROWS[0], "input": canary, "target": canary, "metadata": {"a": canary}, "choices": [canary]}
    row["scores"] = {"s": {"value": "C", "answer": canary, "explanation": canary}}
    found = child.summarise(io.BytesIO(log(header, [row])), key=KEY)
    assert canary not in repr(found)


def test_control_characters_and_surrogates_are_dropped() -> None:
    header = {**HEADER, "eval": {"task": "a\0b\ud800\x1b[31m\u202ec", "model": "m"}}
    assert child.summarise(io.BytesIO(log(header)), key=KEY).task == "ab[31mc"


def test_the_last_of_two_members_and_of_two_rows_counts() -> None:
    rows = [{"id": 1, "epoch": 1, "scores": {"s": {"value": "I"}}}, *ROWS]
    data = write(
        Member("header.json", b"{}"),
        Member("summaries.json", json.dumps(rows).encode()),
        Member("header.json", json.dumps(HEADER).encode()),
    )
    assert child.summarise(io.BytesIO(data), key=KEY).tallies("s") == [(1.0, 1)]


def test_hostile_files_are_refused_with_their_sentence() -> None:
    big = b"[" * (8 * 1024 * 1024)
    lying = zstandard.compress(b" " * (256 * 1024 * 1024))
    good = log()
    cases = {
        "PDF": b"%PDF-1.7 ...",
        "not a file that Concord reads": b"hello",
        "Upload an Inspect log": b"{}",
        "cut off": good[:-30],
        "larger than": write(Member("header.json", b"", claims=9 * 1024 * 1024)),
        "size or checksum": write(Member("header.json", b"x" * 1000, packed=lying)),
        "checksum differs": write(Member("header.json", b"{}", crc=1)),
        "encrypted": write(Member("header.json", b"{}", flags=1)),
        "compression": write(Member("header.json", b"{}", method=12)),
        "not the JSON": write(Member("header.json", big)),
        "not 2": log({**HEADER, "version": 3}),
        "never finished": log({**HEADER, "status": "started"}),
        "no header": write(Member("_journal/start.json", b"{}")),
    }
    for words, data in cases.items():
        assert words in refused(data), words


def test_a_reader_that_takes_too_long_is_ended() -> None:
    with pytest.raises(LogRefused, match="too much time"):
        child.summarise(io.BytesIO(log()), key=KEY, seconds=0.001)


def test_the_parent_believes_nothing() -> None:
    good = inspect_log.summarise(io.BytesIO(log()), key=KEY)
    assert summaries.parse(json.dumps(good).encode()).task == "t"
    for wrong in ({"task": 1}, {"attempts": -1}, {"outcome": "approved"}, {"task": "a\u202eb"}, {"edited": "yes"}):
        with pytest.raises(LogRefused):
            summaries.parse(json.dumps({**good, **wrong}).encode())
    with pytest.raises(LogRefused):
        summaries.parse(b"[]")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_flipped_byte_is_refused_or_equal(data: st.DataObject) -> None:
    good = log()
    whole = inspect_log.summarise(io.BytesIO(good), key=KEY)
    place, bit = data.draw(st.integers(0, len(good) - 1)), data.draw(st.integers(0, 7))
    flipped = bytearray(good)
    flipped[place] ^= 1 << bit
    with contextlib.suppress(LogRefused):
        assert inspect_log.summarise(io.BytesIO(bytes(flipped)), key=KEY) in (
            whole,
            # A summaries member renamed by the flip is missing, and then there are no results: failed, not other.
            {**whole, "items": [], "attempts": 0, "outcome": "failed", "reason": "The log holds no results."},
        )
