"""How many findings were in each state at each of some moments, from the moves that were made. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evaluations.workflow import FINDING

MOST_MOMENTS = 30
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Life:
    """One finding: since when this reader knows of it, and each move with its instant, oldest first."""

    began: datetime
    first: str
    moves: Sequence[tuple[datetime, str]]

    def state(self, at: datetime) -> str:
        """In which state it was; "" before this reader knew of it."""
        if at < self.began:
            return ""
        found = self.first
        for when, verb in self.moves:
            if when <= at:
                found = FINDING.move(verb).target
        return found


def moments(lives: Iterable[Life], now: datetime) -> list[datetime]:
    """The ends of days (at most 30, then of equal spans of days) from the first finding to now; the last one is now."""
    began = min((life.began for life in lives), default=None)
    if began is None:
        return []
    first = began.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    days = max((now - first) // DAY + 2, 1)
    step = -(-days // MOST_MOMENTS)
    found = [now - DAY * step * n for n in range(-(-days // step))]
    return [at for at in reversed(found) if at >= began] or [now]


def counted(lives: Sequence[Life], at: Sequence[datetime]) -> dict[str, list[int]]:
    """State → how many were in it at each moment; only states in which there ever was one, in the order of the workflow."""
    by_moment = [Counter(life.state(moment) for life in lives) for moment in at]
    return {
        state.name: [found[state.name] for found in by_moment]
        for state in FINDING.states
        if any(found[state.name] for found in by_moment)
    }
