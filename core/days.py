"""Days in words."""

from __future__ import annotations

from datetime import date


def in_days(first: date, last: date) -> str:
    """ "1–30 Dec 2026", "24 Dec 2026 – 2 Jan 2027", "24 Dec 2026": first and last day included."""
    if first == last:
        return f"{first.day} {first:%b %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {first:%b %Y}"  # an en dash between figures
    begun = f"{first.day} {first:%b}" if first.year == last.year else f"{first.day} {first:%b %Y}"
    return f"{begun} – {last.day} {last:%b %Y}"  # as above
