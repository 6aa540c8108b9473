"""Other ways out for what is said to organisations: rooms register functions that see the job which writes the notices."""

from __future__ import annotations

from collections.abc import Callable

from jobs.models import Job

Outlet = Callable[[Job], None]
OUTLETS: list[Outlet] = []


def register(outlet: Outlet) -> None:
    """Add a room's outlet; once."""
    if outlet not in OUTLETS:
        OUTLETS.append(outlet)
