"""What the room says to an organisation's administrators."""

from __future__ import annotations

from accounts.models import User
from notifications import actions as notify
from notifications import kinds
from webhooks.models import Endpoint

LABELS = {
    "webhooks.added": "A webhook was added or its secret replaced",
    "webhooks.switched_off": "A webhook was switched off after failures",
}


def register() -> None:
    """Make the kinds known."""
    for name, label in LABELS.items():
        kinds.register(name, label)


def tell(name: str, endpoint: Endpoint, by: User | None = None) -> None:
    """One of the kinds, to the administrators. The mail names neither the endpoint nor its address."""
    notify.tell(
        f"webhooks.{name}", about=endpoint, to=[(endpoint.organisation_id, ("administrator",))],
        url=endpoint.get_absolute_url(), context={}, by=by,
    )  # fmt: skip
