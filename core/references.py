"""Human references such as AGR-7KQ4-M2XD: random, so that nobody can count another party's objects."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U


def new_reference(prefix: str) -> str:
    """A random reference: 30**8 (about 6.6e11) possibilities behind a unique constraint."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
