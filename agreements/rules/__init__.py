"""Checks of the agreements room: pure functions over values that the caller has read."""
