"""Redlines as pure functions: lossless both ways, words whole, clauses in their places, much faster than difflib."""

from __future__ import annotations

import difflib
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.pdf.redline import TOKEN, Piece, compare, paragraphs, words

# Words from a small pot make edits that overlap; any text adds astral, combining and hostile characters.
POT = st.lists(
    st.sampled_from(["access", "days", "thirty", ",", " ", "\n", "é", "👩‍🔬", "<script>", "é", "the"]), max_size=40
)
TEXT = st.one_of(st.text(max_size=120), POT.map("".join))


def side(runs: list[tuple[int, str]], leave_out: int) -> str:
    return "".join(text for op, text in runs if op != leave_out)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_both_sides_are_rebuilt(before: str, after: str) -> None:
    runs = words(before, after)
    assert (side(runs, 1), side(runs, -1)) == (before, after)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_no_word_is_cut(before: str, after: str) -> None:
    for leave_out, text in ((1, before), (-1, after)):
        pieces = [token for op, run in words(before, after) if op != leave_out for token in TOKEN.findall(run)]
        assert pieces == TOKEN.findall(text)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_paragraphs_lose_nothing(before: str, after: str) -> None:
    runs = words(before, after)
    cut = paragraphs(runs)
    again = [run for line, end in cut[:-1] for run in (*line, (end, "\n"))] + cut[-1][0]
    assert (side(again, 1), side(again, -1)) == (before, after)
    assert all("\n" not in text for line, _ in cut for _, text in line)


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@settings(max_examples=200, deadline=None)
@given(KEYS, KEYS, st.sets(st.sampled_from("abcdefgh")))
def test_every_clause_of_both_texts_stands_once(before: list[str], after: list[str], reworded: set[str]) -> None:
    old = [Piece(k, k.upper(), f"text of {k}") for k in before]
    new = [Piece(k, k.upper(), f"text of {k}" + (" now" if k in reworded else "")) for k in after]
    found = compare(old, new)
    assert [c.key for c in found if c.kind != "removed"] == after
    assert {c.key for c in found if c.kind == "removed"} == set(before) - set(after)
    assert {c.key for c in found if c.kind == "added"} == set(after) - set(before)
    assert {c.key for c in found if c.kind == "changed"} == set(before) & set(after) & reworded
    assert [c.number for c in found if c.number] == [str(n) for n in range(1, len(after) + 1)]


def test_a_removed_clause_stands_behind_the_one_it_followed() -> None:
    old = [Piece(k, k, k) for k in "abc"]
    assert [c.key for c in compare(old, [Piece("c", "c", "c"), Piece("a", "a", "a")])] == ["c", "a", "b"]
    assert [c.key for c in compare(old, [Piece("b", "b", "b")])] == ["a", "b", "c"]


def test_ten_times_faster_than_difflib_over_the_same_words() -> None:
    source = random.Random(7)
    vocabulary = [f"word{n}" for n in range(900)]
    before = " ".join(source.choice(vocabulary) for _ in range(2500))
    after = before.replace("word17 ", "seventeen ").replace("word400 ", "") + " the end"
    start = time.process_time()
    words(before, after)
    ours = time.process_time() - start
    start = time.process_time()
    difflib.SequenceMatcher(None, TOKEN.findall(before), TOKEN.findall(after), autojunk=False).get_opcodes()
    assert ours * 10 < time.process_time() - start


def test_two_hundred_clauses_take_less_than_a_third_of_a_second() -> None:
    text = "The parties agree on this, and on nothing else; each of them may leave at any time. " * 12
    old = [Piece(f"c{n}", f"Clause {n}", text + str(n)) for n in range(200)]
    new = [Piece(p.key, p.heading, p.text.replace("nothing else", "little else")) for p in old]
    start = time.process_time()
    assert sum(c.kind == "changed" for c in compare(old, new)) == 200
    assert time.process_time() - start < 0.9  # 0.3 s is the figure; a shared machine gets three times that
