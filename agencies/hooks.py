"""Doors upwards: what rooms above do when an agency's places change. Evaluations fills this in its `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import Organisation

on_capacity_changed: list[Callable[[Organisation], None]] = []  # in the context of whoever changed it
