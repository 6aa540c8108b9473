"""An amendment changes the agreement by clause and term: signed like it, obeyed from its day on, refused where overtaken."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from agreements import actions, consolidated, policies, queries
from agreements.models import AmendmentOperation, Consolidation, TestingAgreement
from agreements.rules import lasting
from core.decisions import Invalid, Refused
from jobs import testing as jobs
from tests.agreements import factories as make
from tests.world import World

PARTY = ("treasury",)


def texts(agreement: TestingAgreement, **which: Any) -> dict[str, str]:
    return {p.clause_id: p.filled for p in consolidated.read(agreement, **which).standing}


def test_an_amendment_is_signed_like_an_agreement_and_obeyed_at_once(world: World) -> None:
    agreement = make.in_force(world, PARTY)
    with make.acting(world.person("aurora", "drafter")):
        before, signed_at = texts(agreement), timezone.now()
    first = make.amended(
        world, agreement, agencies=PARTY, home="treasury", variables={"access_days": 10, "access_level_ceiling": 3},
        clauses={"publication": "No party publishes within {publication_review_days} days."},
        arrange=[
            {"do": "add", "heading": "Points of contact", "text": "Each party names one.", "after": "purpose"},
        ],
    )  # fmt: skip
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert (first.status, first.amendment_number, row.amended, row.status) == ("incorporated", 1, 1, "in_force")
        assert queries.obligation(row, "access_days") == 10
        assert queries.obligations([row], "access_level_ceiling") == {row.pk: 3}
        assert queries.obligation(row, "access_days", signed_at) == 30, "what was so then stays so"
        assert queries.obligation(row, "retention_days") == 90, "what it does not name stays as it is"
        assert queries.in_force_between(world.aurora, world.agency("treasury"), timezone.now()) == row

        kinds = [(op.kind, op.clause_id or op.name) for op in consolidated.stored_changes(first.current)]
        assert kinds == [
            ("set", "access_days"), ("set", "access_level_ceiling"), ("insert", "own-points-of-contact"),
            ("replace", "publication"),
        ]  # fmt: skip
        now = texts(row)
        assert list(now)[:3] == ["parties", "purpose", "own-points-of-contact"]
        assert "at most 10 days" in now["early_access"]
        assert before == texts(row, at=signed_at) == texts(row, through=0)
        text = consolidated.read(row)
        assert {p.clause_id for p in text.passages if p.changed_by} == {
            "early_access",
            "access_levels",
            "publication",
            "own-points-of-contact",
        }
        kept = Consolidation.objects.get(agreement=row)
        assert kept.text_hash == text.text_hash
        assert kept.duties == consolidated.duties_of(text)
        for change in (
            lambda: AmendmentOperation.objects.filter(version=first.current).update(value=99),
            lambda: Consolidation.objects.filter(agreement=row).update(text_hash="0"),
            lambda: TestingAgreement.objects.filter(pk=first.pk).update(status="in_force"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_two_amendments_at_once_and_the_end_of_the_agreement(world: World) -> None:
    """What one has overtaken is refused and said; brought up to date, it is signed; what is open at the end lapses."""
    agreement = make.in_force(world, PARTY)
    drafter, counsel = world.person("aurora", "drafter"), world.person("treasury", "counsel")
    longer = make.amendment_awaiting(
        world, agreement, agencies=PARTY, variables={"term_months": 36}, clauses={"purpose": "For early access."}
    )  # fmt: skip
    other = make.amendment_draft(world, agreement, home="treasury", clauses={"purpose": "For tests."})
    with make.acting(drafter) as by:
        assert not TestingAgreement.objects.visible_to(by).filter(pk=other.pk).exists(), "a draft is one side's"
        assert [row.pk for row in consolidated.amendments(make.seen(agreement, by), by)] == [longer.pk]
        old_end = make.seen(agreement, by).expires_on
    for organisation in ("aurora", *PARTY):
        make.sign(world, longer, organisation)
    with make.acting(drafter) as by:
        row = make.seen(agreement, by)
        assert row.effective_on and old_end
        assert row.expires_on == lasting.expiry(row.effective_on, 36) > old_end
        actions.expire(agreement=row)
        assert make.seen(agreement, by).status == "in_force"

    with make.acting(counsel) as by:
        with pytest.raises(Invalid, match="“Purpose” was changed by amendment 1"):
            actions.send(agreement=make.seen(other, by), by=by)
        actions.catch_up(agreement=make.seen(other, by), by=by)
        draft = queries.working_draft(other, world.agency("treasury"))
        assert draft is not None
        assert draft.variables["term_months"] == 36, "what the other one changed is taken over"
        changes = consolidated.described(other, consolidated.changes_of(draft), consolidated.base_of(draft))
        assert [(c.heading, c.filled) for c in changes] == [("“Purpose” is replaced", "For tests.")]
        actions.send(agreement=make.seen(other, by), by=by)
        actions.open_clearance(agreement=make.seen(other, by), by=by)
        opened = make.seen(other, by)
        assert queries.open_for(opened, world.agency("treasury").pk) == ["purpose"], (
            "only what it changes is read again"
        )
    make.concur(world, other, "treasury")
    third = make.amended(world, agreement, agencies=PARTY, clauses={"purpose": "For whatever the parties agree."})
    assert third.amendment_number == 2
    with make.acting(counsel) as by, pytest.raises(Invalid, match="changed by amendment 2"):
        actions.open_for_signature(agreement=make.seen(other, by), by=by)

    hidden = make.amendment_draft(world, agreement, home="treasury", clauses={"term": "It lasts {term_months} months."})
    with make.acting(drafter) as by:
        actions.terminate(agreement=make.seen(agreement, by), by=by, reason="We end our part.")
        with pytest.raises(Refused, match="Notice was given"):
            actions.start_renewal(agreement=make.seen(agreement, by), by=by)
        TestingAgreement.objects.filter(pk=agreement.pk).update(terminates_on=timezone.now().date())
        actions.end_notice(agreement=make.seen(agreement, by))
    jobs.run_due(kinds=("agreements.lapse_amendments",))
    with make.acting(counsel) as by:
        assert {make.seen(row, by).status for row in (other, hidden)} == {"lapsed"}
        assert make.seen(longer, by).status == "incorporated"
        assert not policies.may_amend(by, make.seen(agreement, by))
        with pytest.raises(Refused, match="not in force any more"):
            actions.save_draft(agreement=make.seen(hidden, by), by=by, row_version=2, variables={}, clauses={})
