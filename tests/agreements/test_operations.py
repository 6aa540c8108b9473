"""Operations between two texts: putting them into the first gives the second, whatever was changed; two may not cross."""

from __future__ import annotations

import random

import pytest

from agreements.rules import amending
from agreements.rules.amending import Passage, Text

WORDS = ("access lasts {days} days", "tests", "{people} people at most", "nothing else", "{days} and {people}")


def text(chosen: random.Random, ids: list[str], terms: dict[str, int]) -> Text:
    made = []
    for key in ids:
        words = chosen.choice(WORDS)
        used = {name: terms[name] for name in ("days", "people") if f"{{{name}}}" in words}
        made.append(Passage(key, key.title(), words, used))
    return Text(tuple(made), dict(terms))


def like(base: Text, chosen: random.Random) -> Text:
    """A draft of an amendment: some words, terms and clauses other than in the base, in the base's order."""
    terms = {name: chosen.choice((value, value + 1)) for name, value in base.variables.items()}
    made: list[Passage] = []
    for number, passage in enumerate(base.standing):
        if chosen.random() < 0.2:
            made += text(chosen, [f"new-{number}"], terms).passages
        if chosen.random() < 0.2:
            continue
        words = chosen.choice((passage.text, passage.text, chosen.choice(WORDS)))
        used = {name: terms[name] for name in ("days", "people") if f"{{{name}}}" in words}
        made.append(Passage(passage.clause_id, passage.heading, words, used))
    return Text(tuple(made), terms)


@pytest.mark.parametrize("seed", range(200))
def test_what_was_found_leads_from_one_text_to_the_other(seed: int) -> None:
    chosen = random.Random(seed)
    base = text(chosen, [f"c{n}" for n in range(chosen.randrange(1, 9))], {"days": 30, "people": 5})
    first, second = like(base, chosen), like(base, chosen)
    changes = amending.operations(base, first)
    now = amending.applied(base, changes, 1)
    assert now.text_hash == first.text_hash
    assert amending.operations(base, base) == []
    assert amending.conflicts(base, first, base) == []
    assert not amending.reordered(base, first)
    changed = {p.clause_id for p in now.passages if 1 in p.changed_by}
    gone = {p.clause_id for p in now.passages if p.deleted}
    assert changed - gone == {k for k, h in first.hashes.items() if base.hashes.get(k) != h}

    if amending.conflicts(base, second, now):
        touched = set(amending.touched(base, first)) & set(amending.touched(base, second))
        terms = {n for n in base.variables if base.variables[n] not in (first.variables[n], second.variables[n])}
        new = {k for k in first.hashes if k not in base.hashes} & set(second.hashes)
        ends = {op.after for op in amending.operations(base, second) if op.kind == "insert"} - first.hashes.keys()
        used = {
            name
            for op in amending.operations(base, second) if op.passage
            for name, value in op.passage.parameters.items() if first.variables[name] != value
        }  # fmt: skip
        assert touched or terms or new or ends or used, "nothing of the one crossed the other"
        return
    both = amending.applied(now, amending.operations(base, second), 2)
    for passage in both.standing:
        if 1 not in passage.changed_by:
            assert passage.text_hash == second.hashes[passage.clause_id]
        if 2 not in passage.changed_by:
            assert passage.text_hash == first.hashes[passage.clause_id]


def test_a_moved_clause_is_seen() -> None:
    chosen = random.Random(1)
    base = text(chosen, ["a", "b", "c"], {"days": 30, "people": 5})
    moved = Text((base.passages[1], base.passages[0], base.passages[2]), base.variables)
    assert amending.reordered(base, moved)
    assert amending.operations(base, moved) == []
