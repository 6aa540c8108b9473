"""Pure rules over pinned states: the facts of one, what differs between two, and which one held when. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from core.decisions import Problem
from early_access.models import AccessSpecification, PinnedState
from early_access.rules.sections import BY_NAME, in_words


@dataclass(frozen=True)
class Fact:
    """One pinned fact: its name in the API, its label, and its value in words."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Difference:
    """One fact that is not what it was."""

    name: str
    label: str
    before: str
    after: str


def facts(state: PinnedState) -> list[Fact]:
    """Everything that a state pins. A digest is shown in full: two that begin alike are not the same."""
    found = [
        Fact("checkpoint", "Checkpoint", str(state.checkpoint.label)),
        Fact("configuration_sha256", "Configuration (SHA-256)", state.configuration_sha256),
        Fact("variants", "Variants", state.variant_words),
    ]
    return found + access_facts(state.specification)


def access_facts(specification: AccessSpecification) -> list[Fact]:
    """The access specification, field by field."""
    return [
        Fact(f"access.{spec.name}", spec.label, in_words(spec, getattr(specification, spec.name)))
        for spec in BY_NAME["access"].fields
    ]


def differences(before: PinnedState, after: PinnedState) -> list[Difference]:
    """What moved between two states, in the order of the facts."""
    pairs = zip(facts(before), facts(after), strict=True)
    return [Difference(old.name, old.label, old.value, new.value) for old, new in pairs if old.value != new.value]


def state_at(states: Sequence[PinnedState], moment: datetime | None) -> PinnedState | None:
    """The state that held then: the last one that began before; the first where none had, the last where no time is known."""
    if not states or moment is None:
        return states[-1] if states else None
    return next((state for state in reversed(states) if state.since <= moment), states[0])


def since_problems(
    since: datetime, *, now: datetime, last: datetime, over_at: datetime | None
) -> list[Problem]:  # fmt: skip
    """What is wrong with the moment from which a change holds. `last`: when the state before it began."""
    words = ""
    if since > now:
        words = "This is still to come. Announce a change once it is made."
    elif over_at is not None and since >= over_at:
        words = (
            f"The window closed at {_day(over_at)}: what is served since then was not tested. Give a time before that."
        )
    elif since < last.replace(second=0, microsecond=0):  # people type minutes
        words = f"What is pinned now holds since {_day(last)}. Give a time after that."
    return [Problem("since", words)] if words else []


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
