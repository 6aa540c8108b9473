"""When to try again: the schedule that Standard Webhooks suggests, what the receiver asks for, and when to stop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

DELAYS = tuple(timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
JITTER = 0.1  # of the delay, so that what failed together does not come back together
LONGEST = timedelta(days=1)  # that a receiver can ask us to wait
SWITCH_OFF_AFTER = timedelta(days=3)  # of failures without a success in between; the schedule takes 75 hours
GONE = 410
SHORTEST_QUIET, LONGEST_QUIET = timedelta(seconds=4), timedelta(minutes=10)


def is_success(code: int | None) -> bool:
    """Any 2xx; a redirect is none."""
    return code is not None and 200 <= code < 300


def next_at(tries: int, now: datetime, *, luck: float, asked: timedelta = timedelta()) -> datetime | None:
    """When to try again after so many failed tries; None when that was the last. `luck` is from 0 to 1."""
    if tries > len(DELAYS):
        return None
    delay = DELAYS[tries - 1]
    return now + max(delay + delay * JITTER * luck, min(asked, LONGEST))


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """What the answer asks us to wait, in seconds or until a date; nothing where it asks for nothing readable."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said[:9]), 10**8))
    try:
        return max(parsedate_to_datetime(said) - now, timedelta())
    except (TypeError, ValueError):
        return timedelta()


def quiet_until(failing_since: datetime, now: datetime) -> datetime:
    """Until when nothing else is tried at an endpoint that just failed: longer, the longer it has been failing."""
    return now + min(max((now - failing_since) / 10, SHORTEST_QUIET), LONGEST_QUIET)
