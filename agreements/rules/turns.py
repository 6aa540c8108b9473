"""Whose turn it is to sign. The same function guards page, POST and API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.decisions import ALLOWED, Decision, refuse

if TYPE_CHECKING:
    from accounts.models import User
    from agreements.models import Signatory, SigningTurn


def has_signed(row: Signatory) -> bool:
    """Whether this signatory's signature exists."""
    return getattr(row, "signature", None) is not None


def next_in(plan: Sequence[Signatory]) -> list[Signatory]:
    """The unsigned signatories of the earliest open step."""
    waiting = [row for row in plan if not has_signed(row)]
    first = min((row.step for row in waiting), default=0)
    return [row for row in waiting if row.step == first]


def called_after(plan: Sequence[Signatory], signed: Signatory) -> list[Signatory]:
    """Those whose turn came with a signature: the next step, once the step of that signature is complete."""
    return [row for row in next_in(plan) if row.step > signed.step]


def mine(plan: Sequence[Signatory], user: User) -> Signatory | None:
    """This person's row: the unsigned one if there is one."""
    rows = [row for row in plan if row.person_id == user.pk]
    return next((row for row in rows if not has_signed(row)), rows[0] if rows else None)


def may_take_turn(plan: Sequence[Signatory], user: User) -> Decision:
    """Whether this person signs now, in words."""
    row = mine(plan, user)
    turn = next_in(plan)
    if row is None:
        return refuse("You are not named as a signatory of this agreement.", _names(turn))
    if has_signed(row):
        return refuse("You have already signed. Nothing more is needed from you.")
    if row not in turn:
        return refuse("It is not your turn to sign yet.", f"Before you: {_names(turn)} You will be told.")
    return ALLOWED


def file_is_free(turn: SigningTurn | None, user: User) -> Decision:
    """Whether nobody else holds the file at this moment, to sign it with a key of their own."""
    if turn is None or turn.signatory.person_id == user.pk:
        return ALLOWED
    return refuse(
        f"{turn.signatory.person.name} holds the file now, to sign it with their own key.",
        f"You can sign once it is signed or given back, and after {turn.until} in any case.",
    )


def _names(rows: Sequence[Signatory]) -> str:
    said = ", ".join(f"{r.person.name} for {r.organisation.name}" for r in rows)
    return f"{said} can sign now." if said else ""
