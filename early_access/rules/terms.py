"""Pure rules over what an agreement obliges: the longest window and the deepest access it lets the parties agree on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from agencies.domains import RiskDomain
from core.decisions import Problem
from early_access.rules.dates import days_between


def window_terms(
    starts_on: date, ends_on: date, *, reference: str, agency: str, most_days: int | None, longer: bool
) -> list[Problem]:
    """A window longer than the agreement with one agency lets it be, unless the developer consented to a longer one."""
    days = days_between(starts_on, ends_on)
    if most_days is None or longer or days <= most_days:
        return []
    return [
        Problem(
            "ends_on",
            f"The window would last {days} days. Agreement {reference} with {agency} allows at most {most_days}: end it on "
            f"{starts_on + timedelta(days=most_days - 1)} or earlier, leave {agency} out, or amend the agreement.",
        )
    ]


def end_terms(ends_on: date, *, reference: str, agency: str, last_day: date | None) -> list[Problem]:
    """A window that would outlast the agreement with one agency."""
    if last_day is None or ends_on < last_day:
        return []
    return [
        Problem(
            "ends_on",
            f"The window would end on {ends_on}, and agreement {reference} with {agency} ends on {last_day}. End it "
            f"before that day, leave {agency} out, or renew the agreement first.",
        )
    ]


def domain_terms(offered: Sequence[str], *, reference: str, agency: str, allowed: set[str] | None) -> list[Problem]:
    """An agency whose agreement allows none of the domains that are offered; of several it tests those it may."""
    if not offered or allowed is None or allowed.intersection(offered):
        return []
    words = ", ".join(str(RiskDomain(key).label).lower() for key in sorted(allowed))
    return [
        Problem(
            "domains",
            f"Agreement {reference} with {agency} allows tests in these domains only: {words}. Offer one of them, leave "
            f"{agency} out, or amend the agreement.",
        )
    ]


def level_terms(level: int, *, reference: str, agency: str, ceiling: int | None) -> list[Problem]:
    """Access that goes deeper than the agreement with one agency lets it go."""
    if ceiling is None or level <= ceiling:
        return []
    return [
        Problem(
            "access_level",
            f"Access level AL{level} goes deeper than agreement {reference} with {agency} allows (AL{ceiling}). Offer "
            f"AL{ceiling}, leave {agency} out, or amend the agreement.",
        )
    ]
