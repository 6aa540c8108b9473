"""Ask the agencies about words that nobody approved beforehand, and record what their approvers decide."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import deviations, notices, policies
from agreements.actions.base import locked, record
from agreements.deviations import Departure
from agreements.models import ClauseComment, Deviation, TestingAgreement
from agreements.rules.completeness import unprintable
from core.decisions import Conflict, Invalid, Problem, refuse

LONGEST = 5000
DECIDED = {Deviation.Verdict.ACCEPT.value: "accepted", Deviation.Verdict.REFUSE.value: "refused"}


def ask_about_deviations(agreement: TestingAgreement, by: User) -> None:
    """For a version that was just frozen: ask each agency about each text that it was never asked about."""
    if agreement.current is None:
        return
    made = [
        _row(agreement, departure, agency)
        for departure in deviations.departures(agreement.current)
        for agency in agreement.agencies
        if agency.pk not in departure.rows
    ]
    if not made:
        return
    Deviation.objects.bulk_create(made)
    record("deviations_asked", agreement, by=by, detail={"clauses": sorted({row.clause_id for row in made})})
    for agency in agreement.agencies:
        roles = tuple(sorted({row.role for row in made if row.agency_id == agency.pk}))
        if roles:
            notices.tell_parties("agreements.deviations_asked", agreement, by=by, to=[agency.pk], roles=roles)


def _row(agreement: TestingAgreement, departure: Departure, agency: Organisation) -> Deviation:
    return Deviation(
        agreement=agreement, version=agreement.current, developer_id=agreement.developer_id, agency=agency,
        clause_id=departure.clause.clause_id, text_hash=departure.clause.text_hash, role=departure.role,
    )  # fmt: skip


@transaction.atomic
def decide_deviation(
    *, agreement: TestingAgreement, by: User, clause_id: str, text_hash: str, verdict: str, reason: str,
    audience: str = ClauseComment.Audience.OWN,
) -> Deviation:  # fmt: skip
    """Accept or refuse, for the person's agency, the text of a clause whose hash they saw, with a reason that the
    agency keeps to itself or tells all parties. Deciding again about the same text replaces the decision."""
    agreement = locked(agreement)
    policies.may_decide_deviation(by, agreement).require()
    departure = _seen(agreement, clause_id, text_hash)
    policies.may_decide_deviation(by, agreement, departure.role).require()
    words = _reason(reason, verdict, audience)
    row = _undecided_first(agreement, departure, by)
    if row.verdict == verdict and _said(row) == (by.pk, words, audience):
        return row  # the button was pressed twice
    row.verdict, row.decided_by, row.decided_at = verdict, by, timezone.now()
    row.save()
    ClauseComment.objects.create(
        agreement=agreement, version=agreement.current, developer_id=agreement.developer_id, organisation=row.agency,
        author=by, clause_id=clause_id, audience=audience, text=words, deviation=row, sent_at=row.decided_at,
        revealed_at=row.decided_at if audience == ClauseComment.Audience.ALL else None,
    )  # fmt: skip
    said = words if audience == ClauseComment.Audience.ALL else ""
    detail = {"clause": clause_id, "agency": row.agency.name}
    record(f"deviation_{DECIDED[verdict]}", agreement, by=by, reason=said, detail=detail)
    notices.tell_parties("agreements.deviation_decided", agreement, by=by)
    return row


def _said(row: Deviation) -> tuple[UUID, str, str] | None:
    """Who gave which reason to whom last."""
    return row.reasons.order_by("-created_at").values_list("author_id", "text", "audience").first()


def _seen(agreement: TestingAgreement, clause_id: str, text_hash: str) -> Departure:
    found = deviations.departures(agreement.current) if agreement.current else []
    departure = next((row for row in found if row.clause.clause_id == clause_id), None)
    if departure is None:
        raise Conflict(
            "Nothing of this clause waits for a decision: its text is approved, or it is not there any more."
        )
    if departure.clause.text_hash != text_hash:
        raise Conflict("The text of this clause changed since you opened the page. Read it again, then decide.")
    return departure


def _reason(reason: str, verdict: str, audience: str) -> str:
    words, found = reason.strip(), []
    if verdict not in DECIDED:
        found.append(Problem("verdict", "Choose whether the words are accepted or refused."))
    if audience not in ClauseComment.Audience.values:
        found.append(Problem("audience", "Choose who can read the reason."))
    if not words or len(words) > LONGEST:
        found.append(Problem("reason", "Give the reason, in at most 5,000 characters. It stays on record."))
    if problem := unprintable("reason", words):
        found.append(problem)
    if found:
        raise Invalid(found)
    return words


def _undecided_first(agreement: TestingAgreement, departure: Departure, by: User) -> Deviation:
    """The row of the person's agency; of several, the first that has not decided."""
    mine = policies.deciding_agencies(by, agreement, departure.role)
    if not mine:
        refuse("You decide on deviations for no agency that is a party.").require()
    rows = [departure.rows.get(agency.pk) or _row(agreement, departure, agency) for agency in mine]
    return next((row for row in rows if row.verdict == Deviation.Verdict.ASKED), rows[0])
