"""Samples of an Inspect log for the page that shows them to the agency: plain text, cut to what a page can hold.

What a model or a tool wrote is hostile: it leaves here as text without control or direction characters, never as markup.
Pictures and other attachments are named, not shown.
"""

from __future__ import annotations

import json
import zipfile
from typing import Any

from evaluations.formats import inspect_json
from evaluations.formats.documents import Document
from evaluations.formats.inspect_log import (
    MIB,
    LogRefused,
    count,
    load,
    members,
    number,
    text,
)
from evaluations.formats.kinds import WITH_SAMPLES

BLOCK = 25
MOST_SAMPLES = 20_000
SAMPLE_CAP = 32 * MIB
LONGEST_TEXT = 20_000
LONGEST_SAMPLE = 256 * 1024
MOST_MESSAGES = 500
MOST_SCORES = 20
ATTACHMENT = "attachment://"
Row = dict[str, Any]


def read(document: Document, kind: str, *, block: int) -> Row:
    """The texts of one block of samples; with the first one the list of all."""
    if kind not in WITH_SAMPLES:
        raise LogRefused("A file of this kind holds no samples.")
    source = _Archive(document) if document.is_archive else _Whole(document)
    rows = source.rows()
    if len(rows) > MOST_SAMPLES:
        raise LogRefused(
            f"The log has more than {MOST_SAMPLES:,} samples, the most that are listed. Open it in Inspect View."
        )
    wanted = rows[block * BLOCK : (block + 1) * BLOCK]
    found: Row = {
        "samples": [_sample(source.sample(row), row, n) for n, row in enumerate(wanted, start=block * BLOCK + 1)]
    }
    if block == 0:
        found["index"] = [_listed(row, n) for n, row in enumerate(rows, start=1)]
    return found


class _Archive:
    """A `.eval`: rows from its summaries, each sample a member of its own."""

    def __init__(self, document: Document) -> None:
        self.file, self.infos = document.file, members(document.file)

    def rows(self) -> list[Row]:
        """One row per attempt, in the order of ids and epochs; of a repeated one the last counts."""
        found = load(self.file, self.infos["summaries.json"]) if "summaries.json" in self.infos else []
        return _ordered(found)

    def sample(self, row: Row) -> Row:
        """The whole sample; what cannot be read is a sentence in its place."""
        name = f"samples/{row.get('id')}_epoch_{count(row.get('epoch')) or 1}.json"
        info: zipfile.ZipInfo | None = self.infos.get(name)
        if info is None:
            return {"unread": "The log has no text of this sample: it was written without samples."}
        try:
            found = load(self.file, info, cap=SAMPLE_CAP)
        except LogRefused as error:
            return {"unread": str(error)}
        return found if isinstance(found, dict) else {}


class _Whole:
    """The JSON form: everything is in memory already."""

    def __init__(self, document: Document) -> None:
        samples = document.content.get("samples")
        found = [one for one in samples if isinstance(one, dict)] if isinstance(samples, list) else []
        self.samples = {_place(one): one for one in found}
        self.listed = inspect_json.rows(document.content)

    def rows(self) -> list[Row]:
        """As of an archive."""
        return _ordered(self.listed)

    def sample(self, row: Row) -> Row:
        """The whole sample."""
        return self.samples.get(_place(row), {})


def _place(row: Row) -> tuple[str, int]:
    return str(row.get("id")), count(row.get("epoch")) or 1


def _ordered(rows: Any) -> list[Row]:
    known = {_place(row): row for row in rows if isinstance(row, dict)} if isinstance(rows, list) else {}
    return [known[place] for place in sorted(known, key=lambda p: (not p[0].isdigit(), p[0].zfill(12), p[1]))]


def _listed(row: Row, position: int) -> Row:
    return {
        "n": position, "id": text(str(row.get("id")), 120), "epoch": count(row.get("epoch")) or 1, "scores": _scores(row),
        "error": bool(row.get("error")), "limit": _limit(row.get("limit")), "turns": count(row.get("message_count")) or 0,
        "tokens": _tokens(row), "seconds": round(number(row.get("total_time")) or 0.0, 1),
    }  # fmt: skip


def _scores(row: Row) -> dict[str, str]:
    found = row.get("scores")
    pairs = list(found.items())[:MOST_SCORES] if isinstance(found, dict) else []
    return {text(name, 80): _plain(score.get("value"), 60) for name, score in pairs if isinstance(score, dict)}


def _tokens(row: Row) -> int:
    usage = row.get("model_usage")
    rows = usage.values() if isinstance(usage, dict) else ()
    return sum(count(one.get("total_tokens")) or 0 for one in rows if isinstance(one, dict))


def _limit(value: Any) -> str:
    return text(value.get("type") if isinstance(value, dict) else value, 40)


def _sample(sample: Row, row: Row, position: int) -> Row:
    """One sample within its cap; how much was left out is said."""
    if "unread" in sample:
        return {**_listed(row, position), "unread": sample["unread"], "messages": []}
    room = _Room(sample.get("attachments"))
    messages = _list(sample.get("messages"))
    found = {
        **_listed(row, position), "unread": "",
        "input": "" if messages else room.words(sample.get("input")),
        "target": room.words(sample.get("target")),
        "choices": [room.words(choice) for choice in _list(sample.get("choices"))[:50]],
        "error_text": _error(sample.get("error")),
        "judged": [_judged(name, score, room) for name, score in _pairs(sample.get("scores"))],
        "messages": [_message(m, room) for m in messages[:MOST_MESSAGES] if isinstance(m, dict)],
    }  # fmt: skip
    return found | {"left_out": max(0, len(messages) - MOST_MESSAGES), "cut": room.cut}


class _Room:
    """How many characters of a sample are left; attachments are put back where a text only points at them."""

    def __init__(self, attachments: Any) -> None:
        self.left, self.cut = LONGEST_SAMPLE, 0
        self.attachments = attachments if isinstance(attachments, dict) else {}

    def words(self, value: Any) -> str:
        """The text of a value, as much as fits."""
        whole, most = self._whole(value), min(LONGEST_TEXT, self.left)
        fits = text(whole, most)
        self.left -= len(fits)
        self.cut += max(0, len(whole) - most)
        return fits

    def _whole(self, value: Any) -> str:
        if isinstance(value, str):
            return (
                str(self.attachments.get(value.removeprefix(ATTACHMENT), value))
                if value.startswith(ATTACHMENT)
                else value
            )
        if isinstance(value, list):
            return "\n".join(self._part(part) for part in value[:MOST_MESSAGES])
        return "" if value is None else json.dumps(value, ensure_ascii=False)[: LONGEST_TEXT * 2]

    def _part(self, part: Any) -> str:
        if not isinstance(part, dict):
            return self._whole(part)
        if isinstance(part.get("content"), str | list) and "role" in part:
            return f"{part['role']}: {self._whole(part['content'])}"
        for name in ("text", "reasoning"):
            if isinstance(part.get(name), str):
                return self._whole(part[name])
        return f"[{text(part.get('type'), 40) or 'attachment'}, not shown]"


def _pairs(value: Any) -> list[tuple[str, Row]]:
    pairs = list(value.items())[:MOST_SCORES] if isinstance(value, dict) else []
    return [(str(name), score) for name, score in pairs if isinstance(score, dict)]


def _judged(name: str, score: Row, room: _Room) -> Row:
    return {
        "name": text(name, 80), "value": _plain(score.get("value"), 200), "answer": room.words(score.get("answer")),
        "explanation": room.words(score.get("explanation")),
    }  # fmt: skip


def _message(message: Row, room: _Room) -> Row:
    calls = _list(message.get("tool_calls"))
    return {
        "role": text(message.get("role"), 20) or "unknown", "tool": text(message.get("function"), 80),
        "text": room.words(message.get("content")),
        "calls": [
            {"function": text(call.get("function"), 80), "arguments": room.words(call.get("arguments"))}
            for call in calls[:50] if isinstance(call, dict)
        ],
    }  # fmt: skip


def _plain(value: Any, longest: int) -> str:
    return text(
        value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False), longest
    )


def _error(value: Any) -> str:
    return text(value.get("message") if isinstance(value, dict) else value, 2000)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
