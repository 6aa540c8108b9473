"""Tiers of difficulty, in the order in which they are drawn. A slice with one of these names is a tier."""

from __future__ import annotations

TIERS = ("novice", "apprentice", "practitioner", "expert")
