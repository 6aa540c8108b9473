"""A door upwards: what rooms above do when an agreement begins, rests, goes on or ends.

Early access fills it in its `apps.ready()`. Every function runs in the transaction of the action that calls it.
"""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from agreements.models import TestingAgreement

on_access_changed: list[Callable[[TestingAgreement, User | None], None]] = []


def access_changed(agreement: TestingAgreement, by: User | None) -> None:
    """Tell the rooms above; without a person a clock did it."""
    for follow in on_access_changed:
        follow(agreement, by)
