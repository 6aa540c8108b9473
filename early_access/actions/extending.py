"""Longer than agreed: either side proposes a later last day, the other answers, and nothing moves without the developer."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.seats import seats_of
from audit import actions as audit
from core import rls
from core.decisions import Conflict, Invalid, Problem
from early_access import keys, notices, policies, queries
from early_access.actions import clocks
from early_access.actions.moving import locked, parties
from early_access.models import AccessWindow, EarlyAccessRequest, WindowExtension
from early_access.rules import dates
from early_access.workflow import WINDOW_EXTENSION

MOST_WORDS = 400
TOO_SHORT = (
    "An agreement of this request ends before the proposed day. The developer sees which one, and can take the proposal back"
    " and make another for an earlier day. Nothing was changed."
)


@transaction.atomic
def propose_extension(*, request: EarlyAccessRequest, ends_on: date, why: str, by: User) -> WindowExtension:
    """Propose a later last day. The dates stay until the other side has answered; an agency's proposal stands only with the
    developer's consent, and a developer consents by proposing."""
    row = locked(request)
    policies.may_propose_extension(by, row).require()
    window = _window(row)
    why = why.strip()
    problems = _problems(row, window, ends_on, by)
    if not why or len(why) > MOST_WORDS:
        problems.append(Problem("why", f"Say in at most {MOST_WORDS} characters what the time is for."))
    if problems:
        raise Invalid(problems)
    agency = policies.proposes_for(by, row)
    made = WindowExtension.objects.create(
        request=row, developer=row.developer, agency=agency, starts_on=window.starts_on, was_until=window.ends_on,
        ends_on=ends_on, why=why, proposed_by=by, consented_at=None if agency else timezone.now(),
    )  # fmt: skip
    audit.record(
        "early_access.extension_proposed",
        row,
        by=by,
        parties=parties(row),
        reason=why,
        detail={"ends_on": str(ends_on)},
    )
    tell = notices.to_developer if agency else notices.to_intake
    tell("extension_proposed", row, by)
    return made


@transaction.atomic
def consent_to_extension(*, extension: WindowExtension, by: User) -> WindowExtension:
    """Consent: from this commit on the window ends on the later day, and its clocks with it."""
    made, row = _locked(extension)
    policies.may_answer_extension(by, made).require()
    window = _window(row)
    if problems := _problems(row, window, made.ends_on, by):
        raise Invalid(problems)
    _agreements_last(row, window, made.ends_on)
    clocks.stop(row, "close")
    now = timezone.now()
    _move(made, "consent", answered_by=by, answered_at=now, consented_at=made.consented_at or now)
    window.ends_on = made.ends_on
    window.longer_by_consent = window.longer_by_consent or made.days > dates.MOST_DAYS
    window.save(update_fields=["ends_on", "longer_by_consent"])
    clocks.start("close", row, dates.closes_at(window.ends_on), by)
    audit.record(
        "early_access.extended", row, by=by, parties=parties(row), detail={"ends_on": str(made.ends_on)}
    )  # fmt: skip
    notices.to_developer("extended", row, by)
    notices.to_agencies("extended", row, queries.consented(row), by)
    with rls.widened(row.developer_id):
        ends = [key.expires_on for key in keys.live(row) if key.expires_on]
        if ends and min(ends) < window.ends_on:
            notices.to_developer("key_too_short", row, None)
    return made


@transaction.atomic
def refuse_extension(*, extension: WindowExtension, by: User, answer: str = "") -> WindowExtension:
    """Refuse, without a reason or with one: the window ends on the day that was agreed."""
    made, row = _locked(extension)
    policies.may_answer_extension(by, made).require()
    answer = answer.strip()
    if len(answer) > MOST_WORDS:
        raise Invalid([Problem("answer", f"Answer in at most {MOST_WORDS} characters, or without a reason.")])
    _move(made, "refuse", answered_by=by, answered_at=timezone.now(), answer=answer)
    audit.record("early_access.extension_refused", row, by=by, parties=parties(row), reason=answer)
    if made.agency_id:
        notices.to_agencies("extension_refused", row, queries.consented(row), by)
    else:
        notices.to_developer("extension_refused", row, by)
    return made


@transaction.atomic
def withdraw_extension(*, extension: WindowExtension, by: User) -> WindowExtension:
    """Take one's own proposal back before it is answered."""
    made, row = _locked(extension)
    policies.may_withdraw_extension(by, made).require()
    _move(made, "withdraw")
    audit.record("early_access.extension_withdrawn", row, by=by, parties=parties(row))
    tell = notices.to_developer if made.agency_id else notices.to_intake
    tell("extension_withdrawn", row, by)
    return made


def lapse(request: EarlyAccessRequest) -> None:
    """A proposal that nobody answered ends with the window. On a locked request."""
    for made in WindowExtension.objects.select_for_update(of=("self",)).filter(request=request, status="proposed"):
        _move(made, "lapse")


def _window(row: EarlyAccessRequest) -> AccessWindow:
    return AccessWindow.objects.select_for_update(of=("self",)).get(request=row)


def _problems(row: EarlyAccessRequest, window: AccessWindow, ends_on: date, by: User) -> list[Problem]:
    """What is wrong with the day. The agreements with all agencies are the developer's to read: it hears which of them ends
    too early when it proposes or consents."""
    found = dates.extension_problems(ends_on, until=window.ends_on, trusted_partner_on=window.trusted_partner_on)
    if seats_of(by).holds(row.developer_id):
        found += queries.window_term_problems(row, window.starts_on, ends_on, longer=True)
    return found


def _agreements_last(row: EarlyAccessRequest, window: AccessWindow, ends_on: date) -> None:
    """Before an intake officer consents to what the developer proposed: an agreement may end earlier by now. Which one is
    not for every agency to read."""
    with rls.widened(row.developer_id):
        short = queries.window_term_problems(row, window.starts_on, ends_on, longer=True)
    if short:
        raise Conflict(TOO_SHORT)


def _locked(extension: WindowExtension) -> tuple[WindowExtension, EarlyAccessRequest]:
    row = locked(extension.request)
    made: WindowExtension = WindowExtension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    made.request = row
    return made, row


def _move(made: WindowExtension, verb: str, **fields: object) -> None:
    WINDOW_EXTENSION.may(made.status, verb).require()
    made.status = WINDOW_EXTENSION.move(verb).target
    for name, value in fields.items():
        setattr(made, name, value)
    made.save(update_fields=["status", *fields])
