"""JSON as it comes in: texts that PostgreSQL cannot keep are refused before any field reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

BAD = re.compile("[\0\ud800-\udfff]")
TOO_DEEP = "This body is nested too deeply to be read. Send it as the schema at /api/docs/ describes."
UNKEEPABLE = "A text holds a character that cannot be kept: U+0000, or half of a surrogate pair. Take it out."


class KeepableJSONParser(JSONParser):
    """DRF's parser, without NUL characters and without lone surrogates, in keys as in values, and not too deep."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """The data of the body; ParseError with a sentence."""
        try:
            found = super().parse(*args, **kwargs)
            bad = any(BAD.search(text) for text in _texts(found))
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        if bad:
            raise ParseError(UNKEEPABLE)
        return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
