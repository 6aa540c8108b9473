"""What the page of a conflict shows of two texts."""

import pytest

from core.templatetags.concord import lines_not_in


@pytest.mark.parametrize(
    ("text", "other", "differing"),
    [
        ("term: 24\n\n[purpose]\nOurs.", "term: 24\n\n[purpose]\nTheirs.", "Ours."),
        ("term: 24\nscope: a", "term: 12\nscope: a", "term: 24"),
        ("same\n", "same", ""),
        ({"title": "Mine"}, {"title": "Yours"}, "{'title': 'Mine'}"),
    ],
)
def test_only_the_lines_that_differ_are_shown(text: object, other: object, differing: str) -> None:
    assert lines_not_in(text, other) == differing
