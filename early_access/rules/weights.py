"""Pure rules of the weights route: what a location may say, and how what arrived differs from what was signed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.decisions import Problem

MOST = 200
HEX = re.compile(r"[0-9a-f]{64}")
# What makes an address open by itself: pre-signed links, tokens, names with passwords.
OPENS = re.compile(
    r"(?i)//[^/\s]*:[^/\s]*@|[?&;](x-amz-|x-goog-|sig|se|sv|token|key|access|password|expires|signature)[^=]*="
)


def location_problems(location: str) -> list[Problem]:
    """What is wrong with a pointer to the weights."""
    text = location.strip()
    if not text or len(text) > 500 or not text.isprintable():
        return [
            Problem("location", "Say in at most 500 characters on one line where the weights are: agencies read it.")
        ]
    if OPENS.search(text):
        words = "This address opens the weights by itself. Give a pointer that opens nothing without the agency’s own channel."
        return [Problem("location", words)]
    return []


def digest_problems(typed: str) -> list[Problem]:
    """What is wrong with a typed root digest (lower case)."""
    if HEX.fullmatch(typed):
        return []
    return [
        Problem(
            "root_sha256",
            "Type the root digest of what arrived (64 characters, 0 to 9 and a to f), or give your list of files.",
        )
    ]


def in_order(signed: Mapping[str, str], arrived: Mapping[str, str]) -> list[str]:
    """The digests of what arrived in the order of the manifest, then those of added files by name."""
    added = sorted(name for name in arrived if name not in signed)
    return [arrived[name] for name in (*(name for name in signed if name in arrived), *added)]


def differences(signed: Mapping[str, str], arrived: Mapping[str, str]) -> list[dict[str, str]]:
    """Each file that is missing, was added or has another digest, by name; at most 200."""
    found = [{"name": name, "what": "missing"} for name in signed if name not in arrived]
    found += [{"name": n, "what": "different"} for n, digest in signed.items() if n in arrived and arrived[n] != digest]
    found += [{"name": name, "what": "added"} for name in arrived if name not in signed]
    return sorted(found, key=lambda one: (one["name"], one["what"]))[:MOST]
