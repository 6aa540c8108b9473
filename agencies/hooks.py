"""Doors upwards: what rooms above do when an agency's places or its key change. They fill this in their `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import Organisation

on_capacity_changed: list[Callable[[Organisation], None]] = []  # in the context of whoever changed it
# Seal again what is sealed to these agencies: (how much was, how much could not be). In the context of whoever changed it.
on_custody_changed: list[Callable[[list[Organisation]], tuple[int, int]]] = []
