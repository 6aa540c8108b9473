"""Reads of this room. Call through this package."""

from evaluations.queries.assignments import next_action
from evaluations.queries.inbox import inbox
from evaluations.queries.routing import board, capacity, places_taken

__all__ = ["board", "capacity", "inbox", "next_action", "places_taken"]
