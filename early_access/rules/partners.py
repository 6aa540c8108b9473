"""Pure rules over trusted partners: the day of access against the window's guard, and what stands against a consent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.decisions import ALLOWED, Decision, Problem, refuse

NOT_MET = "not_met"


def access_problems(
    access_from: date | None, *, trusted_partner_on: date | None, window_ends_on: date | None
) -> list[Problem]:
    """What is wrong with the first day of a partner's access. The agencies' window lies in the 30 days before the release to
    trusted partners and ends by it (section 3(b)(ii)); a partner that came earlier would come into it."""
    if access_from is None:
        return [Problem("access_from", "Enter the day from which the partner would have access.")]
    if trusted_partner_on and access_from < trusted_partner_on:
        words = f"The release to trusted partners is planned for {trusted_partner_on}. Choose that day or a later one."
        return [Problem("access_from", words)]
    if window_ends_on and access_from < window_ends_on:
        words = f"The agencies’ window lasts until {window_ends_on}. Choose that day or a later one."
        return [Problem("access_from", words)]
    return []


def vetted(checks: Iterable[tuple[str, str, str]]) -> Decision:
    """Whether the vetting lets a side consent: every check answered, none of them not met."""
    for _, label, outcome in checks:
        if not outcome:
            return refuse(f"The vetting is not finished: “{label}” is open.", "Either side records it.")
        if outcome == NOT_MET:
            words = f"The vetting says “{label}” is not met."
            return refuse(words, "Correct the vetting if that has changed, or record that you do not agree.")
    return ALLOWED
