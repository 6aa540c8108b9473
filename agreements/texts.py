"""Clause texts: filling parameters, hashing one clause, the canonical form of a whole version."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def places(text: str) -> list[str]:
    """The parameters that a text names, in order, each once."""
    return list(dict.fromkeys(PLACE.findall(text)))


def fill(text: str, values: Mapping[str, Any]) -> str:
    """The text with its parameters in place; one without a value stays as a visible gap. Nothing is evaluated."""
    return PLACE.sub(lambda m: str(v) if (v := values.get(m[1])) not in (None, "") else f"[{m[1]}]", text)


def used(text: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that this text uses."""
    return {name: values.get(name, "") for name in places(text)}


def canonical(value: Any) -> str:
    """Canonical JSON: sorted keys, no blanks, NFC."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return unicodedata.normalize("NFC", text)


def digest(value: Any) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def clause_hash(heading: str, text: str, parameters: Mapping[str, Any]) -> str:
    """The hash of one clause. Position and number are left out: moving a clause reopens nothing."""
    return digest({"heading": heading, "text": text, "parameters": dict(parameters)})


def open_clauses(current: Mapping[str, str], seen: Iterable[str]) -> list[str]:
    """Ids of the clauses (id → hash) whose text is not among the hashes already concurred with."""
    known = set(seen)
    return [clause for clause, text_hash in current.items() if text_hash not in known]
