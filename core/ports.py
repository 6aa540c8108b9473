"""Doors upwards: accounts lies below audit, jobs and notifications, and talks to them through what they plug in here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Port:
    """One function that a higher room provides in its `apps.ready()`. Calling it before that is a programming error."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._provider: Callable[..., Any] | None = None

    def provide(self, function: Callable[..., Any]) -> None:
        """Plug the function in."""
        self._provider = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._provider is None:
            raise RuntimeError(f"nobody provides {self.name}: is its room in INSTALLED_APPS?")
        return self._provider(*args, **kwargs)


record = Port("record")  # audit.actions.record
enqueue = Port("enqueue")  # jobs.actions.enqueue
tell = Port("tell")  # notifications.actions.tell
tell_address = Port("tell_address")  # notifications.actions.tell_address: mail to somebody without an account
registered_key = Port("registered_key")  # agencies.queries.registered_key: a recipient's own public key (PEM), or ""
