"""What this room tells people: references and links only."""

from __future__ import annotations

from accounts.models import User
from developers.models import Developer
from notifications import actions as notify
from notifications import kinds


def register() -> None:
    """The kinds of notices of this room."""
    kinds.register("developers.registered", label="A developer asks to be verified")
    kinds.register("developers.decided", label="Your organisation's verification was decided")


def registered(developer: Developer) -> None:
    """To the intake officers who verify."""
    notify.tell(
        "developers.registered",
        about=developer,
        to=[(developer.verifier_id, ("intake",))],
        url="/models/verification/",
        context={},
    )


def decided(developer: Developer, by: User) -> None:
    """To the developer."""
    notify.tell(
        "developers.decided",
        about=developer,
        to=[(developer.organisation_id, ("administrator", "drafter"))],
        url="/models/",
        context={},
        by=by,
    )
