"""Life cycles as data: states, whose move each is, and the table of moves.

Each room's `workflow.py` holds one `Workflow` literal; buttons, API moves, step indicators, diagrams, the database
trigger and the test matrix are derived from it. No ORM and no users here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from core.decisions import ALLOWED, Decision, refuse


@dataclass(frozen=True)
class State:
    """One state. `owner` names whose move it is (a party word such as "developer", or "" when nobody's)."""

    name: str
    label: str
    owner: str = ""
    tone: str = "open"  # open | waiting | done | stopped: chooses icon and colour, never meaning by itself


@dataclass(frozen=True)
class Move:
    """One verb. `party` is who may make it ("system" for the clock); `danger` moves get a page of their own."""

    name: str
    sources: tuple[str, ...]
    target: str
    party: str
    label: str
    needs_reason: bool = False
    danger: bool = False


@dataclass(frozen=True)
class Workflow:
    """A life cycle: the first state is the initial one."""

    name: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    also_initial: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        names = [s.name for s in self.states]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: a state stands twice")
        for move in self.moves:
            unknown = {*move.sources, move.target} - set(names)
            if unknown:
                raise ValueError(f"{self.name}.{move.name}: unknown state {sorted(unknown)}")

    @cached_property
    def by_name(self) -> dict[str, State]:
        """States by their names."""
        return {s.name: s for s in self.states}

    @property
    def initial(self) -> str:
        """The state in which a row is born."""
        return self.states[0].name

    def state(self, name: str) -> State:
        """The state of that name; KeyError when there is none."""
        return self.by_name[name]

    def label(self, name: str) -> str:
        """What people read for a state."""
        return self.by_name[name].label

    def move(self, name: str) -> Move:
        """The move of that name; KeyError when there is none."""
        return next(m for m in self.moves if m.name == name) if name in self.move_names else _missing(self.name, name)

    @cached_property
    def move_names(self) -> frozenset[str]:
        """All verbs."""
        return frozenset(m.name for m in self.moves)

    def moves_from(self, state: str, parties: Iterable[str] | None = None) -> list[Move]:
        """Moves out of a state, optionally only those of the given parties."""
        wanted = None if parties is None else set(parties)
        return [m for m in self.moves if state in m.sources and (wanted is None or m.party in wanted)]

    def may(self, state: str, move: str) -> Decision:
        """Whether the table has this move from this state, as a Decision in words."""
        if state in self.move(move).sources:
            return ALLOWED
        return refuse(f"This cannot be done while the state is “{self.label(state)}”.")

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every allowed (source, target), sorted; what the database trigger enforces."""
        return tuple(sorted({(s, m.target) for m in self.moves for s in m.sources}))

    @property
    def births(self) -> tuple[str, ...]:
        """States in which a row may be inserted."""
        return (self.initial, *self.also_initial)

    def diagram(self) -> str:
        """The life cycle as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for move in self.moves:
            lines += [f"    {source} --> {move.target}: {move.name} ({move.party})" for source in move.sources]
        return "\n".join(lines) + "\n"


def _missing(workflow: str, move: str) -> Move:
    raise KeyError(f"{workflow} has no move {move!r}")
