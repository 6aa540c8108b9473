"""The developer's people share the sections of a draft: one takes or hands over, another asks, and the owner answers."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from early_access import filling, notices, policies
from early_access.actions.moving import locked
from early_access.models import EarlyAccessRequest, SectionTask
from early_access.rules.sections import BY_NAME

MOST_WORDS = 400
STALE = "A colleague changed this since you opened the page. Look at it again; nothing was changed now."


@transaction.atomic
def hand_over(
    *, request: EarlyAccessRequest, section: str, to: User | None, by: User, row_version: int | None = None
) -> SectionTask:
    """Say whose section it is: one's own, a colleague's, or nobody's. The new owner and the one before are told. Everybody
    who fills sections can go on saving it. `row_version` is the one seen last (0: nobody had taken it)."""
    row, work = _locked(request, section, row_version, by)
    if to is not None and to not in filling.fillers(row):
        words = "Only a policy lead, counsel or security lead of your organisation fills sections. Choose one of them."
        raise Invalid([Problem("person", words)])
    before = work.owner
    if before == to and not work._state.adding:
        return work
    work.owner = to
    _save(row, work, "section_owner", by, f"{BY_NAME[section].label}: {to.name if to else 'nobody'}")
    notices.to_people("section_owner", row, [person for person in (to, before) if person], by)
    return work


@transaction.atomic
def ask_in_section(
    *, request: EarlyAccessRequest, section: str, question: str, by: User, row_version: int | None = None
) -> SectionTask:
    """Ask whoever fills a section something; until it is answered the section needs an answer. Inside the organisation."""
    row, work = _locked(request, section, row_version, by)
    if work.waits:
        raise Conflict("A question waits here already. Answer it first; nothing was added.")
    work.question, work.asked_by = _words("question", question, "Ask in"), by
    work.answer, work.answered_by = "", None
    _save(row, work, "section_asked", by, f"{BY_NAME[section].label}: {work.question}")
    if work.owner:
        notices.to_people("section_asked", row, [work.owner], by)
    else:
        notices.to_people("section_asked", row, filling.fillers(row), by)
    return work


@transaction.atomic
def answer_in_section(
    *, request: EarlyAccessRequest, section: str, answer: str, by: User, row_version: int | None = None
) -> SectionTask:
    """Answer what a colleague asked; whoever asked is told."""
    row, work = _locked(request, section, row_version, by)
    if not work.waits:
        raise Conflict("No question waits here. It was answered, or nobody asked.")
    work.answer, work.answered_by = _words("answer", answer, "Answer in"), by
    _save(row, work, "section_answered", by, f"{BY_NAME[section].label}: {work.answer}")
    if work.asked_by:
        notices.to_people("section_answered", row, [work.asked_by], by)
    return work


def _locked(
    request: EarlyAccessRequest, section: str, row_version: int | None, by: User
) -> tuple[EarlyAccessRequest, SectionTask]:
    row = locked(request)
    policies.may_edit(by, row).require()
    if section not in BY_NAME:
        raise Invalid([Problem("section", "There is no such section. Choose one of the task list.")])
    found = filling.tasks(row).get(section)
    if row_version is not None and row_version != (found.row_version if found else 0):
        raise Conflict(STALE)
    return row, found or SectionTask(request=row, developer=row.developer, name=section, row_version=0)


def _words(field: str, text: str, verb: str) -> str:
    if not text.strip() or len(text.strip()) > MOST_WORDS:
        raise Invalid([Problem(field, f"{verb} at most {MOST_WORDS} characters: your colleagues read it.")])
    return text.strip()


def _save(row: EarlyAccessRequest, work: SectionTask, verb: str, by: User, reason: str) -> None:
    work.row_version += 1
    work.save()
    audit.record(f"early_access.{verb}", row, by=by, parties=[row.developer_id], reason=reason)
