"""Who signs when: one step after the other, those of one step in any order, each in a field of their own."""

from __future__ import annotations

import itertools

import pytest
from django.utils import timezone

from agreements import keys, queries, reference
from agreements.models import TestingAgreement
from agreements.pdf.verify import verify
from agreements.rules import steps
from core.decisions import Conflict, Invalid, Refused
from jobs import testing as jobs
from notifications.models import Notice
from tests.agreements import factories as make
from tests.world import World, client_for


def told(world: World) -> list[str]:
    """Whose turn the notices say it is, in order."""
    jobs.run_due()
    slugs = {world.person(slug, "signatory").pk: slug for slug in ("aurora", *make.AGENCIES)}
    found: list[str] = []
    for person, slug in slugs.items():
        with make.acting(world.person(slug, "signatory")):
            found += [slug] * Notice.objects.filter(kind="agreements.your_turn", user=person).count()
    return sorted(found)


def test_a_step_is_signed_in_any_order_and_the_next_one_waits_for_all_of_it(world: World) -> None:
    agreement = make.awaiting(world, steps=(1, 2, 2, 3))
    assert told(world) == ["aurora"]
    with make.acting(world.person("aurora", "drafter")) as by:
        plan = make.seen(agreement, by).plan
        parties = [world.organisations[slug].name for slug in ("aurora", *make.AGENCIES)]
        assert [(r.step, r.field_name, r.organisation.name) for r in plan] == [
            (step, f"signatory_{n}", name)
            for n, (step, name) in enumerate(zip((1, 2, 2, 3), parties, strict=True), start=1)
        ]
    make.sign(world, agreement, "aurora")
    assert told(world) == ["aurora", "commerce", "treasury"]
    with pytest.raises(Refused, match="not your turn"):
        make.sign(world, agreement, "homeland")
    make.sign(world, agreement, "commerce")
    assert told(world) == ["aurora", "commerce", "treasury"]  # nobody is told twice
    with pytest.raises(Conflict, match="already signed"):
        make.sign(world, agreement, "commerce")
    with pytest.raises(Refused, match="not your turn"):
        make.sign(world, agreement, "homeland")
    page = client_for(world.person("homeland", "signatory")).get(agreement.get_absolute_url()).content.decode()
    assert "2, in any order" in page
    make.sign(world, agreement, "treasury")
    assert told(world) == ["aurora", "commerce", "homeland", "treasury"]
    make.sign(world, agreement, "homeland")
    with make.acting(world.person("homeland", "counsel")) as by:
        row = make.seen(agreement, by)
        content, _ = queries.executed_pdf(row)
        fields = [s.field_name for s in row.plan]
        assert row.status == "in_force"
        assert verify(content, trust_roots=[keys.root(timezone.now()).certificate], planned=fields).is_executed


def test_the_page_of_the_second_shows_the_file_with_the_first_signature(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",), steps=(1, 1))
    url = f"{agreement.get_absolute_url()}sign/"
    clients = {slug: client_for(world.person(slug, "signatory")) for slug in ("aurora", "treasury")}
    sent = {}
    for slug, client in clients.items():
        form = client.get(url).context["form"]
        name = world.person(slug, "signatory").name
        sent[slug] = {"shown_sha256": form["shown_sha256"].value(), "agreed": "on", "typed_name": name}
    assert clients["treasury"].post(url, sent["treasury"]).status_code == 302
    again = clients["aurora"].post(url, sent["aurora"])
    assert again.status_code == 200
    said = again.context["form"].non_field_errors()[0]
    assert world.person("treasury", "signatory").name in said and "The file changed" in said
    fresh = again.context["form"]["shown_sha256"].value()
    assert fresh != sent["aurora"]["shown_sha256"]
    assert clients["aurora"].post(url, sent["aurora"] | {"shown_sha256": fresh}).status_code == 302
    with make.acting(world.person("aurora", "drafter")) as by:
        assert make.seen(agreement, by).status == "in_force"


def test_the_order_is_chosen_on_the_page_and_over_the_api(world: World) -> None:
    client, template = client_for(world.person("aurora", "drafter")), reference.load()
    sent = {
        "template": template.pk, "title": "Framework", "home": world.aurora.pk, "signing": "agencies_together",
        "agencies": [world.agency(slug).pk for slug in ("treasury", "commerce")],
    }  # fmt: skip
    assert b"The developer first, then the agencies in any order" in client.get("/agreements/new/").content
    assert client.post("/agreements/new/", sent).status_code == 302
    body = {
        "template": template.key,
        "title": "Framework two",
        "agencies": ["treasury", "commerce"],
        "steps": [4, 9, 4],
    }
    refused = client.post("/api/v1/agreements/", body, content_type="application/json")
    assert refused.status_code == 400
    assert "a step between 1 and 3" in refused.content.decode()
    started = client.post("/api/v1/agreements/", body | {"steps": [3, 2, 3]}, content_type="application/json")
    assert started.status_code == 201
    with make.acting(world.person("aurora", "drafter")) as by:
        rows = TestingAgreement.objects.visible_to(by).order_by("created_at")
        assert [row.steps for row in rows] == [[1, 2, 2], [2, 1, 2]]
        assert [rows[1].step_of(pk) for pk in rows[1].order] == [2, 1, 2]
    assert [party["step"] for party in started.json()["parties"]] == [2]


@pytest.mark.parametrize("wrong", [(1,), (1, 2, 3), (0, 1), (1, 3)])
def test_steps_for_another_number_of_parties_are_refused(world: World, wrong: tuple[int, ...]) -> None:
    with pytest.raises(Invalid) as caught:
        make.draft(world, ("treasury",), steps=wrong)
    assert [p.field for p in caught.value.problems] == ["steps"]


def test_every_order_of_the_page_is_an_order_of_the_rules() -> None:
    for order, parties in itertools.product(steps.ORDERS, range(2, 6)):
        found = steps.planned(order, parties)
        assert not steps.problems(found, parties)
        assert steps.ranked(found) == found
    assert steps.planned("", 3) == [1, 2, 3]
    assert steps.ranked([5, 1, 5]) == [2, 1, 2]
