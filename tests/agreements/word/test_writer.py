"""Word files that Concord writes: tracked changes that say exactly what changed."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.pdf.redline import Piece
from agreements.word.names import bookmark, w
from tests.agreements.word.files import accepted, parts_of, redlined, rejected

FRONT = 3  # title, notice, one line
LINES = st.lists(st.text("abc é<&>👩‍🔬 ", max_size=12), min_size=1, max_size=4).map("\n".join)
TEXTS = st.dictionaries(st.sampled_from("pqrs"), LINES, min_size=1, max_size=4)


def lines_of(pieces: list[Piece]) -> list[str]:
    return [line for n, p in enumerate(pieces, 1) for line in (f"{n}. {p.heading}", *p.text.split("\n"))]


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_accepting_gives_the_later_text_and_rejecting_the_earlier(old: dict[str, str], new: dict[str, str]) -> None:
    before, after = ([Piece(k, f"On {k}", t) for k, t in side.items()] for side in (old, new))
    content = redlined(before, after)
    assert accepted(content)[FRONT:] == lines_of(after)
    bare = [line.partition(". ")[2] if line[:1].isdigit() else line for line in rejected(content)[FRONT:]]
    headings = {f"On {k}" for k in old}
    kept = {p.heading: [] for p in before}
    heading = ""
    for line in bare:
        heading = line if line in headings else heading
        if line not in headings:
            kept[heading].append(line)
    assert {h: "\n".join(rows) for h, rows in kept.items()} == {p.heading: p.text for p in before}


def test_marks_carry_author_and_time() -> None:
    main = parts_of(redlined())["word/document.xml"].decode()
    assert re.search('<w:ins w:id="[0-9]+" w:author="Aurora Cognition" w:date="2026-05-04T00:00:00Z">', main)
    assert "<w:delText" in main
    assert "section 3(c)" in main
    assert "trackRevisions" in parts_of(redlined())["word/settings.xml"].decode()


def test_the_same_texts_give_the_same_bytes() -> None:
    assert redlined() == redlined()


def test_every_part_is_declared_and_well_formed() -> None:
    parts = parts_of(redlined())
    types = parts["[Content_Types].xml"].decode()
    for name, content in parts.items():
        ET.fromstring(content)
        assert name.endswith(".rels") or name == "[Content_Types].xml" or f'PartName="/{name}"' in types, name


def test_each_clause_has_a_bookmark_of_its_own() -> None:
    root = ET.fromstring(parts_of(redlined())["word/document.xml"])
    names = [e.get(w("name")) for e in root.iter(w("bookmarkStart"))]
    assert sorted(names) == ["clause_law", "clause_new", "clause_purpose", "clause_term"]
    twins = [bookmark("confidentiality_of_what_was_given_" + end) for end in ("before", "after")]
    assert len(set(twins)) == 2
    assert all(len(name) <= 40 for name in twins)
