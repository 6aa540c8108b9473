"""JSON as it comes in: texts that PostgreSQL cannot keep are refused before any field reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from core.decisions import Invalid, Problem

BAD = re.compile("[\0\ud800-\udfff]")
TOO_DEEP = "This body is nested too deeply to be read. Send it as the schema at /api/docs/ describes."
UNKEEPABLE = "A text holds a character that cannot be kept: U+0000, or half of a surrogate pair. Take it out."


class KeepableJSONParser(JSONParser):
    """DRF's parser, without NUL characters and without lone surrogates, in keys as in values, and not too deep."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """The data of the body; ParseError in words, or Invalid with each place that holds such a text."""
        try:
            found = super().parse(*args, **kwargs)
            bad = list(dict.fromkeys(_marred(found)))
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        if bad:
            raise Invalid([Problem(place, UNKEEPABLE) for place in bad])
        return found


def _marred(value: Any, place: str = "") -> Iterator[str]:
    """Places of such texts, dotted; a key that is one counts for what it stands in."""
    if isinstance(value, str):
        if BAD.search(value):
            yield place
        return
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        if BAD.search(str(key)):
            yield place
        else:
            yield from _marred(inner, f"{place}.{key}".lstrip("."))
