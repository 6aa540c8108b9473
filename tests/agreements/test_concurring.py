"""The ways of concurring: one after the other, sealed until all are in, and silence that counts under a clause."""

from __future__ import annotations

import json
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from agreements import actions, answers, moves, policies, queries
from agreements.models import AgreementTemplate, ClauseReview, Concurrence, ConcurrenceAsk, TestingAgreement
from core.decisions import Invalid, Refused
from jobs.models import Job
from jobs.testing import run_due
from notifications.duties import board
from tests.agreements import factories as make
from tests.world import World, client_for

AGENCIES = make.AGENCIES
CANARY = "sealed-words-of-the-treasury"


def in_way(world: World, order: str, *, blind: bool = False, agencies: tuple[str, ...] = AGENCIES) -> TestingAgreement:
    """In clearance, in the way that the Treasury's counsel chose."""
    row = make.negotiated(world, agencies)
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.set_ways(agreement=make.seen(row, by), by=by, order=order, blind=blind)
    with make.acting(world.person("aurora", "drafter")) as by:
        return actions.open_clearance(agreement=make.seen(row, by), by=by)


def refuse(world: World, row: TestingAgreement, agency: str, words: str = "Too long.") -> None:
    with make.acting(world.person(agency, "counsel")) as by:
        found = make.seen(row, by)
        actions.refuse_concurrence(
            agreement=found, by=by, text_hash=found.current.text_hash, comment=words, clause_ids=["publication"]
        )


def status(world: World, row: TestingAgreement) -> str:
    with make.acting(world.person("aurora", "drafter")) as by:
        return str(make.seen(row, by).status)


def told(kind: str) -> set[str]:
    """Ids of organisations to whom notices of a kind were enqueued."""
    jobs = Job.objects.filter(kind="notifications.tell", payload__kind=kind)
    return {org for job in jobs for org, _ in job.payload["to"]}


def asked_of(world: World, row: TestingAgreement, agency: str) -> tuple[bool, str, list[str]]:
    """Whether the agency's counsel has it as a move of their own, the sentence, and what is due."""
    with make.acting(world.person(agency, "counsel")) as by:
        found = make.seen(row, by)
        due = [r.duty.words for r in board(by) if r.ours and r.duty.kind == "Concurrence"]
        return moves.is_mine(found, by), moves.heading(found, by), due


# One after the other


def test_in_a_sequence_only_the_agency_whose_turn_it_is_is_asked(world: World) -> None:
    row = make.negotiated(world)
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.set_ways(agreement=make.seen(row, by), by=by, order="sequence", blind=False)
    with make.acting(world.person("aurora", "drafter")) as by:
        day = timezone.now().date() + timedelta(days=20)
        actions.open_clearance(agreement=make.seen(row, by), by=by, answer_by=day)
    ids = {slug: str(world.agency(slug).pk) for slug in AGENCIES}
    assert told("agreements.clearance_opened") == {ids["treasury"]}
    assert asked_of(world, row, "treasury")[::2] == (True, ["Concur, or say why not"])
    mine, words, due = asked_of(world, row, "homeland")
    assert (mine, due) == (False, [])
    assert "Department of the Treasury: the agencies are asked one after the other" in words
    assert "Your agency is asked after that" in words
    with pytest.raises(Refused, match="one after the other, in signing order, and Department of the Treasury"):
        make.concur(world, row, "homeland")
    page = client_for(world.person("homeland", "counsel")).get(f"/agreements/{row.reference}/negotiation/")
    assert "Concur with version" not in page.content.decode()
    make.concur(world, row, "treasury")
    assert told("agreements.clearance_opened") == {ids["treasury"], ids["commerce"]}
    make.concur(world, row, "commerce")
    assert asked_of(world, row, "homeland")[0]
    make.concur(world, row, "homeland")
    with make.acting(world.person("aurora", "drafter")) as by:
        assert moves.heading(make.seen(row, by), by).startswith("All agencies have concurred")
        assert ConcurrenceAsk.objects.count() == 0, "an ask is its agency's own business"


def test_a_refusal_in_the_middle_reopens_and_the_next_clearance_goes_on_where_it_was(world: World) -> None:
    row = in_way(world, "sequence")
    make.concur(world, row, "treasury")
    refuse(world, row, "commerce")
    assert status(world, row) == "in_negotiation"
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(row, by), by=by)
    assert asked_of(world, row, "commerce")[0]
    assert not asked_of(world, row, "treasury")[0], "its concurrence stands"
    # The reminder goes to the agency that is asked, and to nobody who waits.
    with make.acting(world.person("aurora", "drafter")):
        TestingAgreement.objects.filter(pk=row.pk).update(concur_by=timezone.now().date())
        actions.remind_of_concurrence(agreement=row, day=timezone.now().date())
    assert told("agreements.concurrence_reminder") == {str(world.agency("commerce").pk)}


# Sealed until all are in


def everything_read(world: World, row: TestingAgreement, who: tuple[str, str]) -> str:
    """All that a person gets of an agreement: pages, programs, timeline, inbox, board, calendar, notices, certificate."""
    run_due(kinds=("notifications.tell",))
    person = world.person(*who)
    client = client_for(person)
    answers_of = [
        client.get(address)
        for address in (
            row.get_absolute_url(), f"{row.get_absolute_url()}negotiation/", f"{row.get_absolute_url()}redline/",
            "/inbox/", "/due/", "/notifications/", "/agreements/", "/agreements/portfolio/", "/search/?q=Framework",
            f"/api/v1/agreements/{row.reference}/", f"/api/v1/agreements/{row.reference}/timeline/",
            f"/api/v1/agreements/{row.reference}/comments/", f"/api/v1/agreements/{row.reference}/versions/",
            "/api/v1/agreements/", "/api/v1/inbox/", "/api/v1/notices/", "/api/v1/due/",
        )
    ]  # fmt: skip
    assert {a.status_code for a in answers_of} == {200}, [
        a.wsgi_request.path for a in answers_of if a.status_code != 200
    ]
    found = [answer.content.decode() for answer in answers_of]
    with make.acting(person) as by:
        seen = make.seen(row, by)
        found += [moves.heading(seen, by), *(p.sentence for p in queries.readiness(seen, timezone.now())[1])]
    return "\n".join(found)


def at_the_wall(world: World, who: tuple[str, str]) -> dict[str, int]:
    """How many rows of other agencies a person's own context finds in each table that holds answers."""
    person = world.person(*who)
    with make.acting(person):
        theirs = Concurrence.objects.filter(agency=world.agency("treasury"))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM audit_event WHERE verb LIKE 'agreements.concurred%' OR verb LIKE 'agreements.refused%'"
                " OR object_type = 'agreements_concurrence'"
            )
            events = cursor.fetchone()[0]
        return {
            "rows": theirs.count(), "visible": Concurrence.objects.visible_to(person).filter(pk__in=theirs).count(),
            "reviews": ClauseReview.objects.filter(concurrence__agency=world.agency("treasury")).count(),
            "asks": ConcurrenceAsk.objects.filter(agency=world.agency("treasury")).count(), "events": events,
        }  # fmt: skip


OTHERS = (("aurora", "drafter"), ("aurora", "counsel"), ("commerce", "counsel"), ("homeland", "counsel"))


def test_sealed_answers_are_read_by_nobody_else_on_any_path_and_open_together(world: World) -> None:
    row = in_way(world, "parallel", blind=True)
    before = {who: everything_read(world, row, who) for who in OTHERS}
    hooks = Job.objects.exclude(kind="notifications.tell").count()
    with make.acting(world.person("treasury", "counsel")) as by:
        found = make.seen(row, by)
        actions.concur(agreement=found, by=by, text_hash=found.current.text_hash, comment=CANARY)
    for who in OTHERS:
        after = everything_read(world, row, who)
        assert CANARY not in after and "1 of 3 agencies have answered" in after
        assert after.count("Concurs") == before[who].count("Concurs"), who
        assert world.person("treasury", "counsel").name not in after, who
        assert set(at_the_wall(world, who).values()) == {0}, who
    assert Job.objects.exclude(kind="notifications.tell").count() == hooks, "nothing goes out by another way"
    own = everything_read(world, row, ("treasury", "counsel"))
    assert CANARY in own and "sealed" in own
    assert "1 of 3 agencies have answered" in own
    # Counts only, also when the day has passed.
    with make.acting(world.person("aurora", "drafter")) as by:
        (problem,) = [p for p in queries.readiness(make.seen(row, by), timezone.now())[1] if p.field == "concurrences"]
        assert problem.sentence.startswith("1 of 3 agencies have answered")
        assert answers.answers_in(make.seen(row, by)) == (1, 3)
        with pytest.raises(Invalid, match="1 of 3"):
            actions.open_for_signature(agreement=make.seen(row, by), by=by)
    make.concur(world, row, "commerce")
    assert CANARY not in everything_read(world, row, ("homeland", "counsel"))
    make.concur(world, row, "homeland")
    for who in OTHERS:
        page = client_for(world.person(*who)).get(f"{row.get_absolute_url()}negotiation/").content.decode()
        assert CANARY in page and page.count("Concurs") >= 3
    run_due(kinds=("notifications.tell",))
    notices = client_for(world.person("aurora", "drafter")).get("/notifications/").content.decode()
    assert "All agencies have concurred" in notices
    with make.acting(world.person("aurora", "drafter")) as by:
        assert moves.heading(make.seen(row, by), by).startswith("All agencies have concurred")


def test_a_sealed_refusal_waits_for_the_others_and_then_reopens(world: World) -> None:
    row = in_way(world, "parallel", blind=True, agencies=("treasury", "commerce"))
    with make.acting(world.person("treasury", "counsel")) as by:
        assert not policies.may_return_with_comments(by, make.seen(row, by)), "a return would be read at once"
    refuse(world, row, "treasury", CANARY)
    assert status(world, row) == "in_clearance"
    for who in (("aurora", "drafter"), ("commerce", "counsel")):
        assert CANARY not in everything_read(world, row, who)
        assert set(at_the_wall(world, who).values()) == {0}
    assert not asked_of(world, row, "treasury")[0], "it has answered"
    make.concur(world, row, "commerce")
    assert status(world, row) == "in_negotiation"
    page = client_for(world.person("aurora", "drafter")).get(f"{row.get_absolute_url()}negotiation/").content.decode()
    assert CANARY in page
    with make.acting(world.person("aurora", "drafter")):
        assert Concurrence.objects.get(verdict="refuse").clause_ids == ["publication"]


def test_what_was_said_under_seal_stays_so_after_a_return_and_is_carried_unseen(world: World) -> None:
    row = in_way(world, "parallel", blind=True, agencies=("treasury", "commerce"))
    make.concur(world, row, "treasury")
    with make.acting(world.person("aurora", "counsel")) as by:
        actions.return_with_comments(agreement=make.seen(row, by), by=by, comment="We change a clause.")
    with make.acting(world.person("commerce", "counsel")) as by, pytest.raises(Invalid, match="given under seal"):
        actions.set_ways(agreement=make.seen(row, by), by=by, order="parallel", blind=False)
    with make.acting(world.person("aurora", "drafter")) as by:
        found = make.seen(row, by)
        draft = actions.begin_version(agreement=found, by=by)
        names = [c.clause_id for c in draft.clauses.order_by("position")]
        actions.save_draft(
            agreement=found, by=by, row_version=draft.row_version, variables={}, clauses={},
            arrange=[{"do": "down", "clause_id": names[1]}],
        )  # fmt: skip
        actions.propose_version(agreement=make.seen(row, by), by=by)
        assert Concurrence.objects.count() == 0, "the developer sees neither the old answer nor the carried one"
    with make.acting(world.person("treasury", "counsel")) as by:
        assert Concurrence.objects.filter(
            version=make.seen(row, by).current, basis="carried", revealed_at=None
        ).exists()
    assert not [line for line in everything_read(world, row, ("aurora", "drafter")).splitlines() if "carried" in line]


def test_the_way_is_the_agencies_to_choose_and_does_not_contradict_itself(world: World) -> None:
    row = make.negotiated(world)
    with (
        make.acting(world.person("aurora", "drafter")) as by,
        pytest.raises(Refused, match="The agencies say in which"),
    ):
        actions.set_ways(agreement=make.seen(row, by), by=by, order="sequence", blind=False)
    counsel = world.person("treasury", "counsel")
    with make.acting(counsel) as by, pytest.raises(Invalid, match="each agency knows"):
        actions.set_ways(agreement=make.seen(row, by), by=by, order="sequence", blind=True)
    client = client_for(counsel)
    address = f"/agreements/{row.reference}/concurrence/"
    assert "each agency knows" in client.post(address, {"order": "sequence", "blind": "on"}).content.decode()
    assert client.post(address, {"order": "parallel", "blind": "on"}).status_code == 302
    assert "only how many are in is said" in client.get(row.get_absolute_url()).content.decode()
    sent = json.dumps({"order": "sequence", "blind": False})
    api = client.post(f"/api/v1/agreements/{row.reference}/set_ways/", sent, content_type="application/json")
    assert api.json()["concurrence"] == {
        "order": "sequence", "blind": False, "silence_counts_after_days": None, "answered": 0, "agencies": 3,
    }  # fmt: skip
    ours = client_for(world.person("aurora", "drafter"))
    assert "asked one after the other, in signing order" in ours.get(row.get_absolute_url()).content.decode()
    assert ours.get(address).status_code == 403
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(row, by), by=by)
    with make.acting(counsel) as by, pytest.raises(Refused, match="cannot be changed while"):
        actions.set_ways(agreement=make.seen(row, by), by=by, order="parallel", blind=False)


# Silence that counts

PLAN = {
    "research_title": "Misuse of code tools", "research_questions": "One.\nTwo.", "developer_contribution": "Models.",
    "agency_contribution": "People.", "milestones": "May: begin.", "responsible_people": "Heads of research.",
}  # fmt: skip


def crada(world: World, days: int, agencies: tuple[str, ...] = ("treasury", "commerce")) -> TestingAgreement:
    """A research agreement whose clause lets silence count after so many days; sent."""
    make.draft(world)  # loads the library
    home = world.aurora
    with make.acting(world.person("aurora", "drafter")) as by:
        row = actions.start_from_template(
            template=AgreementTemplate.objects.get(key="research-crada", is_current=True), developer=home, by=by,
            agencies=[world.agency(a) for a in agencies], title="Joint work", home=home,
        )  # fmt: skip
        values = make.FAMILIES | PLAN | {"tacit_concurrence_days": days}
        actions.save_draft(agreement=row, by=by, row_version=1, variables=values, clauses={})
        return actions.send(agreement=row, by=by)


@pytest.mark.parametrize("blind", [False, True])
def test_silence_counts_after_the_days_of_the_clause_and_says_so(world: World, blind: bool) -> None:
    row = crada(world, 30)
    if blind:
        with make.acting(world.person("treasury", "counsel")) as by:
            actions.set_ways(agreement=make.seen(row, by), by=by, order="parallel", blind=True)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(row, by), by=by)
        assert "under clause “Concurrence before signature”" in " ".join(answers.ways(make.seen(row, by)))
    last = timezone.now().date() + timedelta(days=30)
    asks = Job.objects.filter(kind="notifications.tell", payload__kind="agreements.clearance_opened")
    assert {job.payload["context"]["lapses_on"] for job in asks} == {f"{last:%-d %b %Y}"}
    assert "Without an answer by" in asked_of(world, row, "treasury")[1]
    assert asked_of(world, row, "treasury")[2] == ["Concur, or say why not; without an answer it counts as given"]
    make.concur(world, row, "commerce")
    lapse(world, row, blind)


def lapse(world: World, row: TestingAgreement, blind: bool) -> None:
    """Day 27 reminds, day 30 does nothing, day 31 counts; a second run changes nothing."""
    treasury, clocks = str(world.agency("treasury").pk), ("agreements.lapse_concurrence", "agreements.remind_of_lapse")
    days = sorted(Job.objects.filter(kind__in=clocks).values_list("kind", "not_before"))
    assert {(kind, (at.date() - timezone.now().date()).days) for kind, at in days} == {(clocks[0], 31), (clocks[1], 27)}
    real = timezone.now()
    with mock.patch("agreements.actions.concurring.timezone") as clock:
        now = clock.now
        now.return_value = real + timedelta(days=27)
        run_due(at=real + timedelta(days=27, hours=1), kinds=(clocks[1],))
        assert told("agreements.lapse_reminder") == {treasury}, "only the agency that has not answered"
        now.return_value = real + timedelta(days=30)
        with make.acting(world.person("treasury", "counsel")):
            ask = ConcurrenceAsk.objects.select_related("agreement").get(agreement=row)
        with make.acting(world.person("treasury", "counsel")):
            assert not actions.lapse_concurrence(ask=ask, day=ask.lapses_on), "the last day is the agency's"
        now.return_value = real + timedelta(days=31)
        assert len(run_due(at=real + timedelta(days=31, hours=1), kinds=(clocks[0],))) == 2
    with make.acting(world.person("aurora", "drafter")) as by:
        made = Concurrence.objects.get(agency=world.agency("treasury"))
        assert (made.basis, made.decided_by, made.verdict) == ("clock", None, "concur")
        assert made.reviews.count() == len(queries.hashes(row.current_id)), "it covers every clause"
        assert moves.heading(make.seen(row, by), by).startswith("All agencies have concurred")
    client = client_for(world.person("aurora", "drafter"))
    words = "by lapse of time under clause “Concurrence before signature”"
    assert words in client.get(row.get_absolute_url()).content.decode()
    events = client.get(f"/api/v1/agreements/{row.reference}/timeline/").json()["results"]
    if not blind:
        (event,) = [e for e in events if "counted silence as concurrence" in e["sentence"]]
        assert (event["actor"], words in event["reason"]) == ("Concord", True)
    assert told("agreements.lapsed") == {treasury}


def test_silence_counts_nowhere_without_the_clause_nor_after_an_answer(world: World) -> None:
    with make.acting(world.person("aurora", "drafter")) as by:
        framework = make.draft(world)
        with pytest.raises(Invalid, match="no variable tacit_concurrence_days"):
            actions.save_draft(
                agreement=framework, by=by, row_version=2, variables={"tacit_concurrence_days": 30}, clauses={}
            )
    row = crada(world, 0)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(row, by), by=by)
        assert answers.ways(make.seen(row, by))[-1] == "Silence is never concurrence."
    assert not Job.objects.filter(kind="agreements.lapse_concurrence").exists()
    second = crada(world, 5)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(second, by), by=by)
    refuse(world, second, "treasury")
    real = timezone.now()
    with mock.patch("agreements.actions.concurring.timezone") as clock:
        clock.now.return_value = real + timedelta(days=6)
        run_due(at=real + timedelta(days=6), kinds=("agreements.lapse_concurrence",))
    assert status(world, second) == "in_negotiation"
    with make.acting(world.person("aurora", "drafter")):
        assert not Concurrence.objects.filter(basis="clock").exists(), "a refusal is open: the clock does not run"


def test_what_others_must_not_read_is_not_read_by_a_stranger_either(world: World) -> None:
    row = in_way(world, "parallel", blind=True, agencies=("treasury", "commerce"))
    make.concur(world, row, "treasury")
    rival = client_for(world.person("basalt", "drafter"))
    assert rival.get(f"/agreements/{row.reference}/concurrence/").status_code == 404
    assert rival.get(f"/api/v1/agreements/{row.reference}/").status_code == 404
    assert Client().get(f"/agreements/{row.reference}/concurrence/").status_code == 302
    auditor = client_for(world.person("oversight", "auditor"))
    assert "sealed" in auditor.get(f"{row.get_absolute_url()}").content.decode()
