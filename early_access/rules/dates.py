"""Pure rules over dates: the window's guard in words, and when clocks fall due. Reads and writes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from core.decisions import Problem

MOST_DAYS = 30
MARKING_YEARS = 10
REST_DAYS = 30


def days_between(starts_on: date, ends_on: date) -> int:
    """Calendar days, both ends included."""
    return (ends_on - starts_on).days + 1


def window_problems(
    starts_on: date | None, ends_on: date | None, trusted_partner_on: date | None, *, today: date, longer: bool = False
) -> list[Problem]:
    """Everything wrong with a window, as sentences at its fields."""
    if starts_on is None or ends_on is None:
        missing = "starts_on" if starts_on is None else "ends_on"
        return [Problem(missing, "Enter the first and the last day of the window.")]
    found = []
    if starts_on < today:
        found.append(Problem("starts_on", f"The window would begin on {starts_on}, which is past. Choose a later day."))
    days = days_between(starts_on, ends_on)
    if days < 1:
        found.append(Problem("ends_on", "The window would end before it begins. Choose a later last day."))
    elif days > MOST_DAYS and not longer:
        found.append(
            Problem(
                "ends_on",
                f"The window would last {days} days. Section 3(b)(ii) allows at most {MOST_DAYS}: end it on "
                f"{starts_on + timedelta(days=MOST_DAYS - 1)} or earlier, or record your consent to a longer one.",
            )
        )
    if trusted_partner_on and ends_on > trusted_partner_on:
        found.append(
            Problem(
                "ends_on",
                f"The window would end on {ends_on}, after the planned trusted-partner release on "
                f"{trusted_partner_on}. End it on that day or earlier.",
            )
        )
    return found


def date_problems(trusted_partner_on: date | None, public_on: date | None, *, today: date) -> list[Problem]:
    """What is wrong with the developer's planned release dates."""
    if trusted_partner_on is None:
        return [Problem("trusted_partner_on", "Enter the planned date of release to trusted partners.")]
    found = []
    if trusted_partner_on < today:
        words = f"The trusted-partner date {trusted_partner_on} is past. Enter the date you plan for."
        found.append(Problem("trusted_partner_on", words))
    if public_on and public_on < trusted_partner_on:
        found.append(Problem("public_on", "The public date lies before the trusted-partner date. Enter a later one."))
    return found


def extension_problems(ends_on: date | None, *, until: date, trusted_partner_on: date | None) -> list[Problem]:
    """What is wrong with a later last day."""
    if ends_on is None:
        return [Problem("ends_on", "Enter the last day that you propose.")]
    if ends_on <= until:
        words = (
            f"The window ends on {until} as it is. Propose a later day; the developer can close it earlier at any time."
        )
        return [Problem("ends_on", words)]
    if trusted_partner_on and ends_on > trusted_partner_on:
        words = (
            f"The window would end on {ends_on}, after the planned trusted-partner release on {trusted_partner_on}. "
        )
        return [Problem("ends_on", f"{words}End it on that day or earlier.")]
    return []


def extension_words(starts_on: date, ends_on: date) -> str:
    """What an extension is, in words that both sides read before they answer and afterwards."""
    days = days_between(starts_on, ends_on)
    where = (
        "lies outside section 3(b)(ii), which knows at most"
        if days > MOST_DAYS
        else "stays within section 3(b)(ii) and its"
    )
    return f"The whole window would last {days} days; that {where} {MOST_DAYS} days. It is voluntary."


def opens_at(starts_on: date) -> datetime:
    """The instant at which a window opens: its first day, 00:00 UTC."""
    return datetime.combine(starts_on, time.min, UTC)


def closes_at(ends_on: date) -> datetime:
    """The instant at which a window closes: the end of its last day in UTC."""
    return datetime.combine(ends_on + timedelta(days=1), time.min, UTC)


def rests_until(reported_at: datetime) -> datetime:
    """When a reported request closes by itself."""
    return reported_at + timedelta(days=REST_DAYS)


def lapses_on(today: date) -> date:
    """When a confidentiality marking of today lapses."""
    year = today.year + MARKING_YEARS
    return today.replace(year=year, day=28) if (today.month, today.day) == (2, 29) else today.replace(year=year)
