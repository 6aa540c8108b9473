"""A whole life: drafted, returned once, changed, concurred, signed in order, in force."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from agreements import actions, keys, queries
from agreements.models import ClauseReview, Concurrence, IssuedFile, TestingAgreement
from agreements.pdf.verify import verify
from core.decisions import Conflict, Invalid, Refused
from jobs import testing as jobs
from notifications.models import Notice
from tests.agreements import factories as make
from tests.world import World

PHRASE = "A party that learns of a security incident tells the other within {incident_notice_hours} hours."


def test_the_whole_life_with_three_agencies_returned_once(world: World) -> None:
    for organisation in ("aurora", *make.AGENCIES):
        make.authority(world, organisation)
    agreement = make.in_clearance(world)
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("commerce", "counsel")) as by:
        row = make.seen(agreement, by)
        actions.refuse_concurrence(
            agreement=row, by=by, text_hash=row.current.text_hash, comment="Seventy-two hours are needed.",
            clause_ids=["incident_notice"],
        )  # fmt: skip
    with make.acting(world.person("aurora", "counsel")) as by:
        version = actions.begin_version(agreement=agreement, by=by)
        actions.save_draft(
            agreement=agreement,
            by=by,
            row_version=version.row_version,
            variables={},
            clauses={"incident_notice": PHRASE},
        )
        actions.propose_version(agreement=agreement, by=by)
        agreement = actions.open_clearance(agreement=agreement, by=by)
        assert queries.open_for(agreement, world.agency("treasury").pk) == ["incident_notice"]
        assert len(queries.open_for(agreement, world.agency("homeland").pk)) == 16
    for agency in make.AGENCIES:
        make.concur(world, agreement, agency)
    with make.acting(world.person("treasury", "counsel")):
        reviews = ClauseReview.objects.filter(
            concurrence__version=agreement.current, concurrence__agency=world.agency("treasury")
        )
        assert [r.clause_id for r in reviews if r.carried_from is None] == ["incident_notice"]
        assert reviews.count() == 16
    for agency in make.AGENCIES:
        make.decide(world, agreement, agency)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=agreement, by=by)
    for organisation in ("aurora", *make.AGENCIES):
        make.sign(world, agreement, organisation)
    with make.acting(world.person("homeland", "counsel")) as by:
        row = make.seen(agreement, by)
        assert (row.status, row.effective_on) == ("in_force", timezone.now().date())
        assert queries.obligation(row, "incident_notice_hours") == 24
        content, file = queries.executed_pdf(row)
        fields = [s.field_name for s in row.plan]
        assert file.role == "executed"
        assert verify(content, trust_roots=[keys.root(timezone.now()).certificate], planned=fields).is_executed


def test_what_is_in_force_is_asked_by_agency_and_component(world: World) -> None:
    make.in_force(world, ("commerce",))
    with make.acting(world.person("aurora", "drafter")):
        now = timezone.now()
        found = queries.in_force_between(world.aurora, world.agency("commerce-caisi"), now)
        assert found is not None
        assert queries.in_force_between(world.aurora, world.agency("treasury"), now) is None
        assert queries.permits(found, "request", now)
        assert not queries.permits(found, "request", now + timedelta(days=3 * 365))
    with make.acting(world.person("basalt", "drafter")):
        assert queries.in_force_between(world.aurora, world.agency("commerce"), now) is None


def test_a_carried_concurrence_names_its_source(world: World) -> None:
    agreement = make.in_clearance(world, ("treasury", "commerce"))
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "counsel")) as by:
        first = make.seen(agreement, by).current.text_hash
    for text in (PHRASE, None):
        with make.acting(world.person("aurora", "counsel")) as by:
            agreement = make.seen(agreement, by)
            if agreement.status == "in_clearance":
                actions.return_with_comments(agreement=agreement, by=by, comment="One more change.")
            version = actions.begin_version(agreement=agreement, by=by)
            standard = version.clauses.get(clause_id="incident_notice").library.text
            actions.save_draft(
                agreement=agreement, by=by, row_version=version.row_version, variables={},
                clauses={"incident_notice": text or standard},
            )  # fmt: skip
            actions.propose_version(agreement=agreement, by=by)
    with make.acting(world.person("treasury", "counsel")) as by:
        agreement = make.seen(agreement, by)
        assert agreement.current.number == 3
        row = Concurrence.objects.get(version=agreement.current)
        assert (row.basis, row.carried_from.version.number, row.carried_from.version.text_hash) == ("carried", 1, first)
        assert [a.slug for a in queries.not_concurred(agreement)] == ["commerce"]


def test_drafts_are_seen_by_their_own_side_only(world: World) -> None:
    agreement = make.draft(world)
    for organisation, role in (("treasury", "counsel"), ("basalt", "drafter")):
        with make.acting(world.person(organisation, role)) as by:
            assert not TestingAgreement.objects.visible_to(by).exists()
            assert not TestingAgreement.objects.filter(pk=agreement.pk).exists()


def test_nobody_signs_out_of_turn_or_twice(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    with pytest.raises(Refused, match="not your turn"):
        make.sign(world, agreement, "treasury")
    make.sign(world, agreement, "aurora")
    with pytest.raises(Conflict, match="already signed"):
        make.sign(world, agreement, "aurora")
    make.sign(world, agreement, "treasury")


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"shown_sha256": "0" * 64}, Conflict, "file changed"),
        ({"typed_name": "Somebody Else"}, Invalid, "Type your name"),
        ({"agreed": False}, Invalid, "Tick the box"),
        ({"stepped_up_at": None}, Refused, "too long ago"),
        ({"stepped_up_at": timezone.now() - timedelta(seconds=121)}, Refused, "too long ago"),
    ],
)
def test_a_signature_needs_all_of_it(world: World, wrong: dict, error: type[Exception], words: str) -> None:
    agreement = make.awaiting(world, ("treasury",))
    with pytest.raises(error, match=words):
        make.sign(world, agreement, "aurora", **wrong)
    with make.acting(world.person("aurora", "drafter")) as by:
        assert queries.current_file(make.seen(agreement, by)).role == IssuedFile.Role.SEALED


def test_an_authority_revoked_after_opening_stops_the_signature(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    with make.acting(world.person("aurora", "administrator")) as by:
        row = make.seen(agreement, by)
        actions.revoke_authority(authority=row.plan[0].authority, by=by, reason="Left the company.")
    with pytest.raises(Refused, match="was revoked"):
        make.sign(world, agreement, "aurora")


def test_a_signatory_who_lost_the_role_does_not_sign(world: World) -> None:
    from accounts.models import Membership

    agreement = make.awaiting(world, ("treasury",))
    with make.acting(world.person("aurora", "administrator")):
        Membership.objects.filter(user=world.person("aurora", "signatory")).update(roles=["drafter"])
    with pytest.raises(Refused, match="no longer a signatory of Aurora Cognition"):
        make.sign(world, agreement, "aurora")


def test_an_expired_authority_stops_opening(world: World) -> None:
    past = timezone.now() - timedelta(days=10)
    make.authority(world, "aurora", valid_from=past, valid_until=past + timedelta(days=1))
    make.authority(world, "treasury")
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    with (
        make.acting(world.person("aurora", "drafter")) as by,
        pytest.raises(Invalid, match="Aurora Cognition has nobody"),
    ):
        actions.open_for_signature(agreement=agreement, by=by)


def test_opening_names_every_missing_concurrence(world: World) -> None:
    agreement = make.in_clearance(world)
    with make.acting(world.person("aurora", "drafter")) as by, pytest.raises(Invalid) as caught:
        actions.open_for_signature(agreement=agreement, by=by)
    assert len([p for p in caught.value.problems if p.field == "concurrences"]) == 3


def test_who_concurred_does_not_sign(world: World) -> None:
    from accounts.models import Membership

    counsel = world.person("treasury", "counsel")
    with make.acting(counsel):
        Membership.objects.filter(user=counsel).update(roles=["counsel", "signatory"])
        other = world.person("treasury", "router")
        Membership.objects.filter(user=other).update(roles=["router", "counsel"])
    make.authority(world, "aurora")
    make.authority(world, "treasury", holder=counsel, counsel=other)
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by, pytest.raises(Invalid, match="has nobody"):
        actions.open_for_signature(agreement=agreement, by=by)


def test_declining_leads_back_and_voids_the_file(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")
    with make.acting(world.person("treasury", "signatory")) as by:
        row = actions.decline_to_sign(agreement=make.seen(agreement, by), by=by, reason="The term is too long.")
        assert row.status == "in_negotiation"
        assert queries.current_file(row) is None
        assert IssuedFile.objects.filter(agreement=row).count() == 2
        assert make.seen(agreement, by).plan == []


@pytest.mark.parametrize("state", ["draft", "negotiated", "in_clearance", "awaiting"])
def test_withdrawn_in_one_step_from_every_state_before_force(world: World, state: str) -> None:
    agreement = getattr(make, state)(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by:
        assert actions.withdraw(agreement=agreement, by=by).status == "withdrawn"


def test_withdrawal_closes_with_the_last_signature(world: World) -> None:
    agreement = make.in_force(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by, pytest.raises(Refused):
        actions.withdraw(agreement=agreement, by=by)


def test_the_developers_notice_stops_access_at_once_and_ends_by_the_clock(world: World) -> None:
    agreement = make.in_force(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by:
        row = actions.terminate(agreement=agreement, by=by, reason="We end our part.")
        assert row.status == "in_force"
        assert not queries.permits(row, "access", timezone.now())
        assert queries.permits(row, "keep_data", timezone.now())
        with pytest.raises(Refused, match="already given"):
            actions.terminate(agreement=agreement, by=by, reason="Again.")


def test_suspension_is_lifted_by_who_imposed_it(world: World) -> None:
    agreement = make.in_force(world, ("treasury",))
    with make.acting(world.person("treasury", "counsel")) as by:
        row = actions.suspend(agreement=make.seen(agreement, by), by=by, reason="An incident is being looked into.")
        assert not queries.permits(row, "request", timezone.now())
    with make.acting(world.person("aurora", "drafter")) as by, pytest.raises(Refused, match="that suspended"):
        actions.resume(agreement=make.seen(agreement, by), by=by)
    with make.acting(world.person("treasury", "counsel")) as by:
        assert actions.resume(agreement=make.seen(agreement, by), by=by).status == "in_force"


def test_a_later_effective_date_is_a_clock(world: World) -> None:
    for organisation in ("aurora", "treasury"):
        make.authority(world, organisation)
    agreement = make.draft(world, ("treasury",))
    tomorrow = timezone.now().date() + timedelta(days=1)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.save_draft(
            agreement=agreement, by=by, row_version=2, variables={"effective_on": str(tomorrow)}, clauses={}
        )
        actions.send(agreement=agreement, by=by)
        actions.open_clearance(agreement=agreement, by=by)
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=agreement, by=by)
    make.sign(world, agreement, "aurora")
    make.sign(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert (row.status, row.effective_on) == ("awaiting_signature", tomorrow)
        with pytest.raises(Refused, match="All parties have signed"):
            actions.withdraw(agreement=row, by=by)
    jobs.run_due(at=timezone.now() + timedelta(days=1), kinds=("agreements.come_into_force",))
    with make.acting(world.person("aurora", "drafter")) as by:
        assert make.seen(agreement, by).status == "awaiting_signature"  # the job ran a day early and changed nothing


def test_a_stale_draft_shows_both_texts(world: World) -> None:
    agreement = make.draft(world)
    with make.acting(world.person("aurora", "counsel")) as by:
        actions.save_draft(agreement=agreement, by=by, row_version=2, variables={}, clauses={"purpose": "Ours."})
        with pytest.raises(Conflict) as caught:
            actions.save_draft(agreement=agreement, by=by, row_version=2, variables={}, clauses={"purpose": "Mine."})
    assert "Ours." in caught.value.theirs
    assert "Mine." in caught.value.yours


@pytest.mark.parametrize(
    ("variables", "clauses", "field"),
    [
        ({"access_days": 31}, {}, "variables.access_days"),
        ({"access_days": "²"}, {}, "variables.access_days"),
        ({"access_days": True}, {}, "variables.access_days"),
        ({"nothing": 1}, {}, "variables.nothing"),
        ({"effective_on": "soon"}, {}, "variables.effective_on"),
        ({"model_families": "A\x00"}, {}, "variables.model_families"),
        ({}, {"purpose": "See {secret}."}, "clause.purpose"),
        ({}, {"nowhere": "Text."}, "clause.nowhere"),
        ({}, {"purpose": "x" * 50_001}, "clause.purpose"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world: World, variables: dict, clauses: dict, field: str) -> None:
    agreement = make.draft(world)
    with make.acting(world.person("aurora", "drafter")) as by, pytest.raises(Invalid) as caught:
        actions.save_draft(agreement=agreement, by=by, row_version=2, variables=variables, clauses=clauses)
    assert [p.field for p in caught.value.problems] == [field]


def test_the_voluntary_clause_cannot_be_reworded(world: World) -> None:
    agreement = make.draft(world)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.save_draft(agreement=agreement, by=by, row_version=2, variables={}, clauses={"voluntary": "Mandatory."})
        with pytest.raises(Invalid, match="voluntary nature"):
            actions.send(agreement=agreement, by=by)


def test_frozen_rows_do_not_change(world: World) -> None:
    agreement = make.negotiated(world)
    with make.acting(world.person("aurora", "drafter")):
        for change in (
            lambda: agreement.current.clauses.update(text="Other."),
            lambda: type(agreement.current).objects.filter(pk=agreement.current_id).update(variables={}),
            lambda: TestingAgreement.objects.filter(pk=agreement.pk).update(status="in_force"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_inside_comments_stay_inside(world: World) -> None:
    agreement = make.negotiated(world)
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.comment(
            agreement=make.seen(agreement, by),
            by=by,
            text="Our weak point.",
            clause_id="purpose",
            audience="own",
            now=True,
        )
        actions.comment(agreement=make.seen(agreement, by), by=by, text="For all.", clause_id="purpose", now=True)
    for organisation, role in (("aurora", "counsel"), ("commerce", "counsel")):
        with make.acting(world.person(organisation, role)) as by:
            assert [c.text for c in queries.comments_for(make.seen(agreement, by), by)] == ["For all."]


def test_agencies_are_told_without_a_name_in_the_mail(world: World) -> None:
    agreement = make.negotiated(world)
    jobs.run_due()
    person = world.person("treasury", "counsel")
    with make.acting(person):
        notice = Notice.objects.get(user=person, kind="agreements.sent")
    assert agreement.reference in notice.subject
    assert "Aurora" not in notice.subject


def test_a_draft_begun_before_the_other_sides_version_cannot_undo_it(world: World) -> None:
    agreement = make.negotiated(world, ("treasury",))
    for organisation, text in (("aurora", "Our purpose."), ("treasury", "Their purpose.")):
        with make.acting(world.person(organisation, "counsel")) as by:
            row = make.seen(agreement, by)
            version = actions.begin_version(agreement=row, by=by)
            actions.save_draft(
                agreement=row, by=by, row_version=version.row_version, variables={}, clauses={"purpose": text}
            )
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.propose_version(agreement=make.seen(agreement, by), by=by)
    with make.acting(world.person("aurora", "counsel")) as by:
        row = make.seen(agreement, by)
        with pytest.raises(Conflict) as caught:
            actions.propose_version(agreement=row, by=by)
        assert ("Their purpose." in caught.value.theirs, "Our purpose." in caught.value.yours) == (True, True)
        actions.discard_draft(agreement=row, by=by)
        fresh = actions.begin_version(agreement=row, by=by)
        assert fresh.clauses.get(clause_id="purpose").text == "Their purpose."
