"""Amendments: drafted from the text as it stands, kept up with it, put into it once all have signed, lapsed with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import consolidated, hooks, notices, policies, queries
from agreements.actions import clocks, reminding
from agreements.actions.base import locked, move, record, void_files
from agreements.actions.drafting import TITLE, join
from agreements.actions.inheriting import take_over_plans
from agreements.models import AgreementClause, AgreementVersion, Consolidation, TestingAgreement
from agreements.rules import amending, completeness
from agreements.rules.amending import Text
from agreements.rules.steps import ranked
from agreements.workflow import BEFORE_FORCE, BINDING
from core.decisions import Conflict, Invalid, Problem


@transaction.atomic
def start_amendment(*, agreement: TestingAgreement, by: User, title: str = "") -> TestingAgreement:
    """A draft that changes nothing yet, of the text as all signed amendments have made it; only one's own side sees it."""
    agreement = locked(agreement)
    policies.may_amend(by, agreement).require()
    return _start(agreement, by, title.strip() or f"Amendment of {agreement.title}"[:200], {})


@transaction.atomic
def start_renewal(*, agreement: TestingAgreement, by: User) -> TestingAgreement:
    """A draft that makes the term longer by as much as was agreed first, or as far as the template goes."""
    agreement = locked(agreement)
    policies.may_renew(by, agreement).require()
    first = int(agreement.current.variables["term_months"]) if agreement.current else 0
    now = int(consolidated.read(agreement).variables["term_months"])
    spec = next(row for row in agreement.template.variables if row["key"] == "term_months")
    months = min(now + first, spec["maximum"])
    if months <= now:
        words = f"The term is {now} months, the longest in this kind of agreement. Start a new agreement instead."
        raise Invalid([Problem("variables.term_months", words)])
    return _start(agreement, by, f"Renewal of {agreement.title}"[:200], {"term_months": months})


def _start(agreement: TestingAgreement, by: User, title: str, terms: Mapping[str, Any]) -> TestingAgreement:
    problem = completeness.unprintable("title", title) or (None if 3 <= len(title) <= 200 else TITLE)
    if problem:
        raise Invalid([problem])
    home = policies.acts_for(by, agreement, *policies.DRAFTING)[0]
    stay = [row.organisation_id for row in agreement.party_rows if row.left_at is None]
    made = TestingAgreement.objects.create(
        developer_id=agreement.developer_id, drafted_by=home, started_by=by, template=agreement.template,
        instrument=agreement.instrument, title=title, order=[pk for pk in agreement.order if pk in stay],
        steps=ranked([agreement.step_of(pk) for pk in agreement.order if pk in stay]) if agreement.steps else [],
        concurrence_order=agreement.concurrence_order, concurrence_blind=agreement.concurrence_blind,
        amends=agreement,
    )  # fmt: skip
    join(made, [home.pk], {row.organisation_id: row.organisation for row in agreement.party_rows})
    take_over_plans(made, [home.pk])
    _first_draft(made, agreement, home, by, terms)
    record("amendment_started", made, by=by, parties=[home.pk], detail={"amends": agreement.reference})
    return made


def _first_draft(
    amendment: TestingAgreement, agreement: TestingAgreement, home: Organisation, by: User, terms: Mapping[str, Any]
) -> None:
    text = consolidated.read(agreement)
    version = AgreementVersion.objects.create(
        agreement=amendment, developer_id=amendment.developer_id, organisation=home, edited_by=by,
        marking=agreement.current.marking if agreement.current else "",
        edited_at=timezone.now(), written_against=agreement.amended,
        variables={**text.variables, amending.TAKES_EFFECT: "", **terms},
    )  # fmt: skip
    _write(version, text, queries.filled_values(amendment, version.variables))


def _write(version: AgreementVersion, text: Text, values: Mapping[str, Any]) -> None:
    """The clauses of a draft from a text, each with the library clause it came from."""
    for position, passage in enumerate(text.standing, start=1):
        origin = passage.origin  # the stored clause, or its columns
        parameters = {name: values.get(name, old) for name, old in passage.parameters.items()}
        AgreementClause.objects.create(
            version=version, clause_id=passage.clause_id, position=position, source=origin.source,
            library_id=origin.library_id, alternative_id=origin.alternative_id, heading=passage.heading,
            text=passage.text, parameters=parameters,
            text_hash=amending.clause_hash(passage, parameters),
        )  # fmt: skip


@transaction.atomic
def catch_up(*, agreement: TestingAgreement, by: User) -> AgreementVersion:
    """Take over what other amendments changed since the draft was begun. What this one says of the same clause stays, and
    is from then on a change of the newer text."""
    agreement = locked(agreement)
    policies.may_edit(by, agreement).require()
    version = queries.working_draft(agreement, policies.side_of(by, agreement))
    parent = consolidated.parent_of(agreement)
    if version is None or parent is None:
        raise Conflict("There is no draft of your side that could be brought up to date. Open the amendment again.")
    parent = locked(parent)
    changes = consolidated.changes_of(version)
    text = amending.applied(consolidated.read(parent), changes, 0)
    version.variables = {**version.variables, **text.variables, **_own(version)}
    version.clauses.all().delete()
    _write(version, text, queries.filled_values(agreement, version.variables))
    version.written_against, version.row_version = parent.amended, version.row_version + 1
    version.edited_by, version.edited_at = by, timezone.now()
    version.save()
    return version


def _own(version: AgreementVersion) -> dict[str, Any]:
    return {amending.TAKES_EFFECT: version.variables.get(amending.TAKES_EFFECT, "")}


def _parent(amendment: TestingAgreement) -> TestingAgreement:
    """The agreement that it amends, under its lock."""
    if amendment.amends is None:
        raise Conflict("This is no amendment. Open the agreement itself.")
    return locked(amendment.amends)


def still_fits(amendment: TestingAgreement) -> None:
    """Refuse a signature on an amendment that another one has overtaken; holds the agreement's lock until it is signed."""
    if amendment.amends_id is None or amendment.current is None:
        return
    _parent(amendment)
    if found := consolidated.problems(amendment.current):
        raise Conflict(f"{found[0].sentence} Nothing was signed; decline to sign, and the negotiation is open again.")


def signed_by_all(amendment: TestingAgreement, *, at: datetime) -> None:
    """Give it its number, and write down what the agreement says from its effective day on. The term's end moves now."""
    parent = _parent(amendment)
    version = amendment.current
    if version is None:
        raise Conflict("There is no text that could be put into the agreement.")
    number = parent.amended + 1
    text = amending.applied(consolidated.read(parent), consolidated.stored_changes(version), number)
    later = amendment.effective_on is not None and amendment.effective_on > at.date()
    Consolidation.objects.create(
        agreement=parent, amendment=amendment, version=version, developer_id=parent.developer_id, number=number,
        applies_from=clocks.midnight(amendment.effective_on) if later and amendment.effective_on else at,
        duties=consolidated.duties_of(text), text_hash=text.text_hash,
    )  # fmt: skip
    amendment.amendment_number = number
    amendment.save(update_fields=["amendment_number"])
    parent.amended = number
    end = consolidated.end_with(parent, text)
    moved = end is not None and end != parent.expires_on
    parent.expires_on = end if moved else parent.expires_on
    parent.save(update_fields=["amended", "expires_on"])
    record("amendment_signed", parent, by=None, detail={"amendment": amendment.reference, "number": number})
    if moved and end is not None:
        clocks.on("expire", parent, end)
        reminding.watch_end(parent)
        hooks.access_changed(parent, None)


def incorporate(amendment: TestingAgreement) -> None:
    """Its day has come: it is part of its agreement; if that one has ended by then, it lapses."""
    parent = _parent(amendment)
    if parent.status not in BINDING:
        _lapse(amendment, parent)
        return
    move(amendment, "incorporate")
    detail = {"amendment": amendment.reference, "number": amendment.amendment_number}
    record("incorporated", amendment, by=None)
    record("amended", parent, by=None, detail=detail)
    notices.tell_parties("agreements.amended", parent, by=None, roles=policies.SPEAKING)


@transaction.atomic
def lapse_amendments(*, agreement: TestingAgreement) -> None:
    """Amendments of an agreement that has ended and that are no part of it yet."""
    if agreement.status in BINDING:
        return
    for amendment in _open(agreement):
        _lapse(amendment, agreement)


def lapse_open(agreement: TestingAgreement, why: str) -> None:
    """Amendments of an agreement that goes on, with fewer parties than they were written for: those that not all signed."""
    for amendment in _open(agreement):
        if amendment.fully_executed_at is None:
            _lapse(amendment, agreement, why)


def _open(agreement: TestingAgreement) -> Iterator[TestingAgreement]:
    """Amendments that are no part of it yet, each under its lock."""
    for row in TestingAgreement.objects.filter(amends=agreement, status__in=BEFORE_FORCE).order_by("created_at"):
        amendment = locked(row)
        if amendment.status in BEFORE_FORCE:
            yield amendment


def _lapse(amendment: TestingAgreement, agreement: TestingAgreement, why: str = "") -> None:
    amendment.ended_reason = why or f"Agreement {agreement.reference} ended before this amendment became part of it."
    move(amendment, "lapse")
    if amendment.fully_executed_at is None:
        void_files(amendment)
    record("amendment_lapsed", amendment, by=None, reason=amendment.ended_reason)
    notices.tell_parties("agreements.amendment_lapsed", amendment, by=None)
