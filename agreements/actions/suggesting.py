"""Suggest other words for a clause, send what was suggested, and answer: taken into a draft, not taken, taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import notices, policies
from agreements.actions.base import locked, record
from agreements.actions.drafting import begin_version, save_draft
from agreements.models import AgreementClause, AgreementVersion, ClauseSuggestion, TestingAgreement
from agreements.rules import completeness
from agreements.standard import PROTECTED
from agreements.workflow import SUGGESTION
from core.decisions import Conflict, Decision, Invalid, Problem, Refused

LONGEST = 5000
UNCHANGED = Problem("text", "Nothing differs from the clause as it stands. Change something.")


@transaction.atomic
def suggest(
    *, agreement: TestingAgreement, by: User, clause_id: str, text: str, reason: str = "",
    variables: Mapping[str, Any] | None = None, version: AgreementVersion | None = None, from_file: bool = False,
) -> ClauseSuggestion:  # fmt: skip
    """Other words for a clause of the current version (or of the frozen one that a file was made from). Only the own
    organisation reads it until it is sent; suggesting again before that replaces it."""
    agreement = locked(agreement)
    policies.may_suggest(by, agreement).require()
    base = version or agreement.current
    row = AgreementClause.objects.filter(version=base, clause_id=clause_id).select_related("version").first()
    if row is None:
        raise Invalid([Problem("clause_id", "There is no such clause in the version. Choose from the list.")])
    words = text.replace("\r\n", "\n").strip()
    if problems := suggestion_problems(agreement, row, words, variables or {}, reason):
        raise Invalid(problems)
    side = policies.side_of(by, agreement)
    made, _ = ClauseSuggestion.objects.update_or_create(
        version=base, clause_id=clause_id, organisation=side, status=SUGGESTION.initial,
        defaults={
            "agreement": agreement, "developer_id": agreement.developer_id, "author": by, "text": words,
            "variables": dict(variables or {}), "reason": reason.strip(), "from_file": from_file,
        },
    )  # fmt: skip
    return made


def suggestion_problems(
    agreement: TestingAgreement, row: AgreementClause, text: str, variables: Mapping[str, Any], reason: str = ""
) -> list[Problem]:
    """What stands against suggesting this text, and these terms, for a clause."""
    spec = agreement.template.variables
    found = completeness.clause_problems([(row.clause_id, text)], [v["key"] for v in spec])
    problems = [Problem("text", p.sentence) for p in found]
    problems += completeness.variable_problems([{**v, "required": False} for v in spec], variables)
    if row.clause_id in PROTECTED:
        problems.append(Problem("text", "The clause on the voluntary nature stands as it is in every agreement."))
    if text == row.text and not variables:
        problems.append(UNCHANGED)
    if len(reason.strip()) > LONGEST:
        problems.append(Problem("reason", "This is longer than 5,000 characters. Shorten it."))
    if problem := completeness.unprintable("reason", reason):
        problems.append(problem)
    return problems


@transaction.atomic
def send_suggestions(*, agreement: TestingAgreement, by: User) -> int:
    """Give the other parties what the own side has suggested; from then on its words do not change."""
    agreement = locked(agreement)
    policies.may_suggest(by, agreement).require()
    side = policies.side_of(by, agreement)
    rows = ClauseSuggestion.objects.select_for_update(of=("self",)).filter(
        agreement=agreement, organisation=side, status=SUGGESTION.move("send").sources[0]
    )
    sent = [row.clause_id for row in rows]
    if not sent:
        raise Conflict("There is nothing to send: your side has no suggestion that waits.")
    for row in rows:
        row.status, row.sent_at = SUGGESTION.move("send").target, timezone.now()
        row.save(update_fields=["status", "sent_at"])
    record("suggested", agreement, by=by, detail={"clauses": sent})
    notices.tell_parties("agreements.suggested", agreement, by=by)
    return len(sent)


def _locked(suggestion: ClauseSuggestion) -> ClauseSuggestion:
    """The agreement's row first, as every action does, then the suggestion as it is now."""
    agreement = locked(suggestion.agreement)
    row = ClauseSuggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    row.agreement = agreement
    return row


def _decide(
    row: ClauseSuggestion, verb: str, may: Decision, by: User, side: Organisation | None, answer: str = ""
) -> None:
    may.require()
    row.status, row.answer = SUGGESTION.move(verb).target, answer
    row.decided_at, row.decided_by, row.decided_for = timezone.now(), by, side
    row.save(update_fields=["status", "answer", "decided_at", "decided_by", "decided_for"])


@transaction.atomic
def accept_suggestion(*, suggestion: ClauseSuggestion, by: User) -> AgreementVersion:
    """Put the suggested words into the own side's draft of the next version, and say so to everybody."""
    row = _locked(suggestion)
    draft = _accept(row, by)
    notices.tell_parties("agreements.suggestion_answered", row.agreement, by=by)
    return draft


@dataclass
class Accepted:
    """What came of taking several: those that stand in the draft now, and those that do not, each with the reason."""

    taken: list[ClauseSuggestion] = field(default_factory=list)
    left: list[tuple[ClauseSuggestion, str]] = field(default_factory=list)


@transaction.atomic
def accept_suggestions(*, agreement: TestingAgreement, suggestions: Collection[UUID], by: User) -> Accepted:
    """Put several suggestions, such as all of a Word file, into the own side's draft: each is decided and recorded on its own,
    and one that does not fit keeps none of the others from it. The other parties are told once."""
    agreement = locked(agreement)
    policies.may_edit(by, agreement).require()
    rows = ClauseSuggestion.objects.select_for_update(of=("self",)).select_related("version").order_by("created_at")
    chosen = [row for row in rows.filter(agreement=agreement, pk__in=suggestions) if row.sent_at is not None]
    if not chosen or len(chosen) != len(set(suggestions)):
        raise Invalid([Problem("suggestions", "Choose suggestions of this agreement that were sent.")])
    found = Accepted()
    for row in chosen:
        row.agreement = agreement
        try:
            with transaction.atomic():
                _accept(row, by)
        except Invalid as invalid:
            found.left.append((row, " ".join(problem.sentence for problem in invalid.problems)))
        except (Conflict, Refused) as refused:
            found.left.append((row, str(refused)))
        else:
            found.taken.append(row)
    if found.taken:
        notices.tell_parties("agreements.suggestion_answered", agreement, by=by)
    return found


def _accept(row: ClauseSuggestion, by: User) -> AgreementVersion:
    agreement = row.agreement
    policies.may_accept(by, row).require()
    draft = begin_version(agreement=agreement, by=by)
    _same_ground(row, draft)
    draft = save_draft(
        agreement=agreement, by=by, row_version=draft.row_version, variables=row.variables,
        clauses={row.clause_id: row.text},
    )  # fmt: skip
    _decide(row, "accept", policies.may_accept(by, row), by, policies.side_of(by, agreement))
    record("suggestion_accepted", agreement, by=by, detail={"clause": row.clause_id})
    return draft


def _same_ground(row: ClauseSuggestion, draft: AgreementVersion) -> None:
    """Refuse where the draft has other words or terms than those the suggestion was written against."""
    base = AgreementClause.objects.get(version=row.version_id, clause_id=row.clause_id)
    now = AgreementClause.objects.filter(version=draft, clause_id=row.clause_id).first()
    terms = [
        name for name, value in row.variables.items()
        if draft.variables.get(name) not in (row.version.variables.get(name), value)
    ]  # fmt: skip
    if now is None or now.text not in (base.text, row.text) or terms:
        raise Conflict(
            "The clause in your draft is not the one that the suggestion was written against. Compare both, and put in "
            "by hand what you want to take.",
            theirs=row.text, yours=now.text if now else "",
        )  # fmt: skip


@transaction.atomic
def decline_suggestion(*, suggestion: ClauseSuggestion, by: User, answer: str) -> None:
    """Answer that it is not taken, and why. It may be suggested again."""
    row = _locked(suggestion)
    policies.may_decline(by, row).require()
    words = answer.strip()
    if not words or len(words) > LONGEST or completeness.unprintable("answer", words):
        raise Invalid(
            [Problem("answer", "Say in at most 5,000 characters why it is not taken, so that the others can go on.")]
        )
    _decide(row, "decline", policies.may_decline(by, row), by, policies.side_of(by, row.agreement), words)
    record("suggestion_declined", row.agreement, by=by, reason=words, detail={"clause": row.clause_id})
    notices.tell_parties("agreements.suggestion_answered", row.agreement, by=by)


@transaction.atomic
def take_back_suggestion(*, suggestion: ClauseSuggestion, by: User) -> None:
    """Take it back before it is answered. One that was never sent stays unknown to the others."""
    row = _locked(suggestion)
    side = policies.side_of(by, row.agreement)
    _decide(row, "take_back", policies.may_take_back(by, row), by, side)
    if row.sent_at is not None:
        record("suggestion_taken_back", row.agreement, by=by, detail={"clause": row.clause_id})
