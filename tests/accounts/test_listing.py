"""Lists: filters with their indexes, pages in both directions, capped counts, and one organisation of several."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from accounts import listing, narrowing, paging
from accounts.models import Membership, User
from accounts.seats import narrowed, seats_of
from accounts.visibility import page_sql
from agreements.models import AgreementParty, TestingAgreement
from core import rls
from developers.models import FrontierModel
from early_access.models import EarlyAccessRequest, RequestAudience
from tests.agreements import factories as agreement_in
from tests.early_access import factories as make
from tests.world import World, acting, client_for

ROUND = 7


@pytest.fixture
def sixty(world: World) -> list[UUID]:
    """Sixty models of one developer, newest first, several of them of the same instant."""
    now, home = timezone.now(), world.aurora
    with acting(world.person("aurora", "drafter")):
        made = FrontierModel.objects.bulk_create(
            [
                FrontierModel(developer=home, codename=f"Heron {n:02}", created_at=now - timedelta(minutes=n // 4))
                for n in range(60)
            ]
        )
    return [row.pk for row in sorted(made, key=lambda row: (row.created_at, row.pk), reverse=True)]


def page(person: User, **place: str) -> paging.Page:
    person.__dict__.pop("_seats", None)
    return paging.newest(FrontierModel, person, columns=("codename",), size=ROUND, **place)


def test_older_and_newer_walk_the_same_list(world: World, sixty: list[UUID]) -> None:
    with acting(world.person("aurora", "drafter")) as person:
        down, at = [page(person)], ""
        while down[-1].next:
            down.append(page(person, cursor=down[-1].next))
        assert [row["id"] for one in down for row in one.rows] == sixty
        assert down[0].newer == "" and all(one.newer for one in down[1:])
        up, at = [], down[-1].newer
        while at:
            found = page(person, before=at)
            up.append(found)
            at = found.newer
    assert [row["id"] for row in up[0].rows] == [row["id"] for row in down[-2].rows]
    assert [row["id"] for row in up[-1].rows] == sixty[:ROUND], "the top is a full first page"
    assert up[-1].newer == ""


def test_a_cursor_of_somebody_else_or_of_another_list_is_the_first_page(world: World, sixty: list[UUID]) -> None:
    with acting(world.person("aurora", "drafter")) as person:
        foreign = paging.encode(FrontierModel, world.person("basalt", "drafter"), page(person).rows[3])
    client = client_for(world.person("aurora", "drafter"))
    first = client.get("/models/").context["listing"]
    for asked in ({"after": foreign}, {"before": "nonsense"}, {"after": "nonsense"}):
        answer = client.get("/models/", asked)
        assert answer.status_code == 200
        assert [r["id"] for r in answer.context["listing"].rows] == [r["id"] for r in first.rows]


def test_the_page_offers_its_neighbours_and_says_how_many_there_are(world: World, sixty: list[UUID]) -> None:
    client = client_for(world.person("aurora", "drafter"))
    first = client.get("/models/")
    assert first.context["listing"].count == "60" and "60 in this list" in first.content.decode()
    second = client.get("/models/" + first.context["listing"].older)
    assert 'rel="prev"' in second.content.decode() and 'rel="next"' in second.content.decode()
    again = client.get("/models/" + second.context["listing"].newer)
    assert again.context["listing"].rows == first.context["listing"].rows


def test_counts_stop_at_the_cap(world: World, sixty: list[UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "CAP", 40)
    page = client_for(world.person("aurora", "drafter")).get("/models/")
    assert page.context["listing"].count == "40+"


@pytest.mark.parametrize(
    ("path", "who", "empty"),
    [
        ("/agreements/", ("aurora", "drafter"), "No agreement matches what you chose."),
        ("/requests/", ("aurora", "drafter"), "No request matches what you chose."),
        ("/requests/intake/", ("commerce", "intake"), "No request matches what you chose."),
        ("/assignments/", ("commerce-caisi", "evaluator"), "No assignment matches what you chose."),
        ("/findings/", ("commerce-caisi", "evaluator"), "No finding is in this state."),
    ],
)
def test_each_state_has_its_own_empty_page(world: World, path: str, who: tuple[str, str], empty: str) -> None:
    client = client_for(world.person(*who))
    for state, _ in client.get(path).context["listing"].filters[0]["choices"]:
        text = client.get(path, {"status": state}).content.decode()
        assert empty in text and "Show all" in text
    assert empty not in client.get(path, {"status": "approved"}).content.decode(), "an unknown state is no filter"


def test_lists_are_filtered_by_state_and_developer(world: World) -> None:
    one, other = make.submitted(world), make.submitted(world, "basalt")
    with acting(world.person("commerce", "intake")) as by:
        from early_access import actions

        actions.acknowledge(request=one, by=by)
    client = client_for(world.person("treasury", "intake"))

    def shown(**asked: Any) -> set[str]:
        return {row["reference"] for row in client.get("/requests/", asked).context["listing"].rows}

    assert shown() == {one.reference, other.reference}
    assert shown(status="acknowledged") == {one.reference}
    assert shown(status="submitted") == {other.reference}
    assert shown(developer=str(world.basalt.pk)) == {other.reference}
    assert shown(developer=str(world.basalt.pk), status="acknowledged") == set()


def test_a_developer_is_offered_no_developers_and_finds_no_rival(world: World) -> None:
    make.submitted(world, "basalt")
    answer = client_for(world.person("aurora", "drafter")).get("/requests/", {"developer": str(world.basalt.pk)})
    assert [f["name"] for f in answer.context["listing"].filters] == ["status"]
    assert answer.context["listing"].rows == []
    assert "Basalt" not in answer.content.decode()


def test_the_intake_queue_begins_with_what_nobody_took_in(world: World) -> None:
    request = make.submitted(world)
    client = client_for(world.person("commerce", "intake"))
    assert request.reference in client.get("/requests/intake/").content.decode()
    assert request.reference not in client.get("/requests/intake/", {"status": "accepted"}).content.decode()


def test_the_copy_of_a_state_follows_every_move(world: World) -> None:
    request = make.scheduled(world)
    with acting(world.person("treasury", "intake")):
        assert set(RequestAudience.objects.filter(target=request).values_list("status", flat=True)) == {"scheduled"}
    agreement = agreement_in.in_force(world, ("treasury",), "basalt")
    with acting(world.person("treasury", "counsel")):
        assert set(AgreementParty.objects.filter(target=agreement).values_list("status", flat=True)) == {"in_force"}
    with acting(world.person("aurora", "drafter")):
        assert EarlyAccessRequest.objects.filter(pk=request.pk).update(status="window_open") == 1
        assert set(RequestAudience.objects.filter(target=request).values_list("status", flat=True)) == {"window_open"}


def test_the_copy_is_no_event_of_its_own_and_the_rest_of_the_row_is_watched(world: World) -> None:
    request = make.submitted(world)

    def events() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_event WHERE object_type = 'early_access_requestaudience'")
            return int(cursor.fetchone()[0])

    with acting(world.person("aurora", "drafter")):
        before = events()
        EarlyAccessRequest.objects.filter(pk=request.pk).update(status="acknowledged")
        assert events() == before
        row = RequestAudience.objects.filter(target=request).first()
        RequestAudience.objects.filter(pk=row.pk).update(created_at=timezone.now())
        assert events() == before + 1


def _leading(model: type, *names: str) -> bool:
    """Whether an index of the model begins with these columns and goes on by created_at."""
    for index in model._meta.indexes:
        fields = [f.lstrip("-") for f in index.fields]
        if index.condition is None and fields[: len(names)] == list(names) and "created_at" in fields[len(names) :]:
            return True
    return False


def test_every_filter_has_an_index_in_every_branch() -> None:
    assert len(listing.DECLARED) >= 7
    missing = []
    for one in listing.DECLARED:
        rule = one.model.visibility
        for filter in one.filters:
            for seat in one.ways or rule.seats:
                if filter.column == seat:  # a seat of one's own, or a branch that finds nothing
                    continue
                if not _leading(one.model, seat, filter.column) and filter.column not in rule.seats:
                    missing.append((one.model.__name__, seat, filter.column))
            audience = apps.get_model(rule.audience) if rule.audience and not one.ways else None
            if audience and not _leading(audience, "organisation", filter.column):
                missing.append((audience.__name__, "organisation", filter.column))
    assert missing == []


def _plan(person: User, only: dict[str, Any]) -> str:
    sql, params = page_sql(
        EarlyAccessRequest, person, columns=("reference", "status"), size=26, after=None, only=only
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) {sql}", params)
        return "\n".join(row[0] for row in cursor.fetchall())


def test_a_rare_state_is_found_through_the_copy(world: World) -> None:
    """Among 6,000 requests that an agency reads, two wait for information: the page touches few buffers (G10)."""
    first = make.submitted(world)
    now, agency = timezone.now(), world.agency("treasury")
    with rls.context(user=world.person("aurora", "drafter").pk):
        made = EarlyAccessRequest.objects.bulk_create(
            [
                EarlyAccessRequest(developer=world.aurora, created_at=now - timedelta(minutes=n + 1), row_version=1)
                for n in range(6000)
            ]
        )
        RequestAudience.objects.bulk_create(
            [
                RequestAudience(developer=world.aurora, organisation=agency, target=row, created_at=row.created_at)
                for row in made
            ]
        )
        EarlyAccessRequest.objects.filter(pk=first.pk).update(status="acknowledged")
        EarlyAccessRequest.objects.filter(pk=first.pk).update(status="needs_information")
    with acting(world.person("treasury", "intake")) as person:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM early_access_requestaudience WHERE status = 'draft'")
            assert cursor.fetchone()[0] == 6000
        plan = _plan(person, {"status": "needs_information"})
    read = sum(int(n) for n in re.findall(r"shared hit=(\d+)", plan.splitlines()[1] if "Buffers" in plan else ""))
    assert "request_audience_status" in plan
    assert read <= 300, plan


# One organisation of several


@pytest.fixture
def wanda(world: World) -> User:
    """Sits at Commerce and so at its components."""
    return world.person("commerce", "intake")


def test_a_narrowed_person_lists_one_organisation_only(world: World, wanda: User) -> None:
    make.submitted(world)
    with acting(wanda):
        held = {s.organisation.slug: s.organisation for s in seats_of(wanda).all}
        for slug in ("commerce", "commerce-caisi"):
            one = narrowed(wanda, held[slug].pk)
            assert len(EarlyAccessRequest.objects.newest_for(one, columns=("reference",))) == 1
            assert EarlyAccessRequest.objects.visible_to(one).count() == EarlyAccessRequest.objects.count_for(one) == 1
        one = narrowed(wanda, held["commerce-bis"].pk)
        assert EarlyAccessRequest.objects.newest_for(one, columns=("reference",)) == []
        assert EarlyAccessRequest.objects.visible_to(one).count() == EarlyAccessRequest.objects.count_for(one) == 0
        assert not seats_of(one).holds(held["commerce"].pk)
        assert seats_of(wanda).holds(held["commerce"].pk), "the person themselves is not changed"


def test_narrowing_never_widens(world: World, wanda: User) -> None:
    make.submitted(world)
    with acting(world.person("defense", "router")) as stranger:
        one = narrowed(stranger, world.agency("commerce").pk)
        assert seats_of(one).all == ()
        assert not EarlyAccessRequest.objects.visible_to(one).exists()
        assert EarlyAccessRequest.objects.newest_for(one, columns=()) == []


def test_the_choice_in_the_header_narrows_lists_and_inbox_but_hides_no_object(world: World, wanda: User) -> None:
    request = make.submitted(world)
    client = client_for(wanda)
    bis = world.agency("commerce-bis")
    assert "All my 3 organisations" in client.get("/requests/").content.decode()
    assert request.reference in client.get("/inbox/").content.decode()
    answer = client.post("/look-at/", {"organisation": str(bis.pk), "next": "/requests/"})
    assert (answer.status_code, answer["Location"]) == (302, "/requests/")
    assert request.reference not in client.get("/requests/").content.decode()
    assert request.reference not in client.get("/inbox/").content.decode()
    assert "Of Bureau of Industry and Security only" in client.get("/inbox/").content.decode()
    assert bis.name in client.get("/organisation/").content.decode()
    assert client.get(f"/requests/{request.reference}/").status_code == 200
    client.post("/look-at/", {"organisation": ""})
    assert request.reference in client.get("/requests/").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_the_way_back_stays_here(world: World, wanda: User, back: str) -> None:
    assert client_for(wanda).post("/look-at/", {"organisation": "", "next": back})["Location"] == "/inbox/"


def test_only_a_seat_of_ones_own_can_be_chosen(world: World, wanda: User) -> None:
    client = client_for(wanda)
    for wrong in (str(world.aurora.pk), "nonsense"):
        client.post("/look-at/", {"organisation": wrong})
        assert narrowing.KEY not in client.session


def test_a_choice_ends_with_the_seat(world: World) -> None:
    person = world.person("treasury", "counsel")
    with rls.context(user=person.pk, actor="system:test", organisations=(world.agency("homeland").pk,)):
        Membership.objects.create(user=person, organisation=world.agency("homeland"), roles=["counsel"])
    client = client_for(person)
    client.post("/look-at/", {"organisation": str(world.agency("homeland").pk)})
    assert "Department of Homeland Security" in client.get("/organisation/").content.decode()
    with rls.context(user=person.pk, actor="system:test"):
        Membership.objects.filter(user=person, organisation=world.agency("homeland")).update(ended_at=timezone.now())
    assert "Department of the Treasury" in client.get("/organisation/").content.decode()


def test_nobody_with_one_organisation_is_asked(world: World) -> None:
    page = client_for(world.person("aurora", "drafter")).get("/agreements/").content.decode()
    assert "look-at" not in page and "Aurora Cognition" in page


def test_a_request_without_a_session_is_not_narrowed() -> None:
    assert narrowing.chosen(RequestFactory().get("/")) is None


def test_a_guest_filters_the_agreements_given_to_them(world: World) -> None:
    from agreements import actions

    guest, agreement = world.person("aurora", "outside_counsel"), agreement_in.draft(world)
    with agreement_in.acting(world.person("aurora", "counsel")) as by:
        actions.give_access(
            agreement=agreement, person=guest, until=timezone.now() + timedelta(days=9), reason="Advice", by=by
        )
    with acting(guest):
        for status, found in (("draft", 1), ("in_force", 0), (None, 0), (("draft", "in_force"), 1)):
            only = {"status": status}
            assert len(TestingAgreement.objects.newest_for(guest, columns=(), only=only)) == found
            assert TestingAgreement.objects.count_for(guest, only=only) == found
