"""Pure rules over access keys: which variants a key serves, and which agencies may hold it. Reads and writes nothing.

A key of one variant serves that variant. The common key serves every offered variant that never had a key of its own; an
agency holds it only when it may test all of these, since nobody can tell from a key which of them it is used for."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import TypeVar

COMMON = ""
Agency = TypeVar("Agency", bound=Hashable)


def serves(variant: str, *, offered: Collection[str], own: Collection[str]) -> list[str]:
    """The offered variants that a key serves, in their order. `own`: variants that have or had a key of their own."""
    return [kind for kind in offered if (kind == variant if variant else kind not in own)]


def holders(
    variant: str,
    *,
    offered: Collection[str],
    own: Collection[str],
    agencies: Collection[Agency],
    withheld: Collection[tuple[Agency, str]],
) -> list[Agency]:
    """Which of the agencies may hold a key. While no variant is chosen yet the common key is for all of them."""
    if not offered:
        return list(agencies) if variant == COMMON else []
    kinds = serves(variant, offered=offered, own=own)
    return [a for a in agencies if kinds and not any((a, kind) in withheld for kind in kinds)]


def serving(kind: str, own: Collection[str]) -> str:
    """The key that a variant is reached with: its own once it ever had one, else the common one."""
    return kind if kind in own else COMMON
