"""Components that concur under seal, and who reads none of what they say."""

from __future__ import annotations

import json

import pytest

from agreements import actions, completion, queries
from audit.queries import timeline
from core.decisions import Invalid, Refused
from jobs.models import Job
from notifications.models import Mail
from tests.agreements import factories as make
from tests.agreements.inside import (
    BOTH,
    CANARY,
    OUTSIDE,
    PARTIES,
    concur,
    plan,
    planned,
    read_of,
    refuse,
    rows_read,
    standing,
    told,
)
from tests.world import World, client_for


def test_a_sealed_answer_is_read_in_its_component_only_until_all_are_in(world: World) -> None:
    row = planned(world, blind=True)
    refuse(world, row, "defense-nsa", CANARY)
    assert CANARY in read_of(world, row, ("defense-nsa", "counsel"), inside=True)
    for who in (("defense-cdao", "counsel"), ("defense", "counsel"), ("defense", "signatory")):
        said = read_of(world, row, who, inside=True)
        assert CANARY not in said and "Does not concur" not in said, who
        assert "1 of 2 components have answered" in said
        assert rows_read(world, who)["answers"] == rows_read(world, who)["reviews"] == 0, who
    assert "Answered, sealed" in read_of(world, row, ("defense", "counsel"), inside=True)
    assert rows_read(world, ("defense-cdao", "counsel"))["events"] == 0
    said = client_for(world.person("defense-cdao", "counsel")).get(f"/api/v1/agreements/{row.reference}/components/")
    nsa, own = said.json()["results"][0]["components"]
    assert (nsa["answered"], nsa["verdict"], own["answered"]) == (None, None, False), (
        "who has answered is not said either"
    )
    with pytest.raises(Refused, match="Chief Digital and Artificial Intelligence Office has not answered yet"):
        make.concur(world, row, "defense")
    with pytest.raises(Invalid, match="given under seal"):
        plan(world, row, blind=False)
    concur(world, row, "defense-cdao")
    for who in (("defense-cdao", "counsel"), ("defense", "counsel")):
        assert CANARY in read_of(world, row, who, inside=True)
    with make.acting(world.person("defense", "counsel")) as by:
        said = timeline(make.seen(row, by), by)
        opened = next(e for e in said if e["sentence"].startswith("opened the sealed answers of the components"))
        assert opened["actor"] == "Concord"
    assert told(world, "component_refused") == {"defense"} and told(world, "components_done") == set()
    concur(world, row, "defense-nsa")
    assert standing(world, row).is_clear
    make.concur(world, row, "defense")


def test_taking_the_last_one_out_opens_what_is_sealed(world: World) -> None:
    row = planned(world, blind=True)
    concur(world, row, "defense-nsa", CANARY)
    assert not standing(world, row).is_clear
    plan(world, row, ("defense-nsa",), blind=True)
    assert standing(world, row).is_clear
    assert CANARY in read_of(world, row, ("defense", "counsel"), inside=True)


def test_nobody_outside_the_agency_reads_anything_of_it_by_any_way(world: World) -> None:
    row = make.in_clearance(world, PARTIES)
    before = {who: read_of(world, row, who) for who in OUTSIDE}
    mailed = {
        slug: Mail.objects.filter(address__endswith=f"@{slug}.example").count() for slug in ("aurora", "treasury")
    }
    plan(world, row)
    refuse(world, row, "defense-nsa", CANARY)
    concur(world, row, "defense-cdao", CANARY)
    concur(world, row, "defense-nsa", CANARY)
    for who in OUTSIDE:
        after = read_of(world, row, who)
        assert CANARY not in after and "omponent" not in after.replace("c-component", ""), who
        assert after.count("Concurs") == before[who].count("Concurs")
        for name in ("National Security Agency", "Leonie Marsh", "Amos Whitlow"):
            assert after.count(name) == before[who].count(name), (who, name)
        assert set(rows_read(world, who).values()) == {0}, who
    for slug, count in mailed.items():
        assert Mail.objects.filter(address__endswith=f"@{slug}.example").count() == count
    assert not Mail.objects.filter(body__contains=CANARY).exists()
    for job in Job.objects.filter(kind="notifications.tell", payload__kind__startswith="agreements.component"):
        assert not {str(world.aurora.pk), str(world.agency("treasury").pk)} & {org for org, _ in job.payload["to"]}
    aurora, treasury = (client_for(world.person(who, "counsel")) for who in ("aurora", "treasury"))
    assert aurora.get(f"{row.get_absolute_url()}components/").status_code == 403
    assert aurora.get(f"/api/v1/agreements/{row.reference}/components/").status_code == 403
    page = treasury.get(f"{row.get_absolute_url()}components/").content.decode()
    assert "National Security" not in page and CANARY not in page
    assert treasury.get(f"/api/v1/agreements/{row.reference}/components/").json()["results"] == []
    rival = client_for(world.person("basalt", "drafter"))
    caisi = client_for(world.person("commerce-caisi", "counsel"))
    for client in (rival, caisi):
        for place in (row.get_absolute_url(), f"/api/v1/agreements/{row.reference}/"):
            assert client.get(f"{place}components/").status_code == 404
    make.concur(world, row, "defense")
    make.concur(world, row, "treasury")
    for who in OUTSIDE:
        assert CANARY not in read_of(world, row, who)
        with make.acting(world.person(*who)) as by:
            assert len(queries.verdicts(make.seen(row, by))) == 2


def test_the_executed_file_and_its_certificate_say_nothing_of_components(world: World) -> None:
    for organisation in ("aurora", "defense"):
        make.authority(world, organisation)
    row = planned(world, parties=("defense",))
    for component in BOTH:
        concur(world, row, component, CANARY)
    make.concur(world, row, "defense")
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=make.seen(row, by), by=by)
    for organisation in ("aurora", "defense"):
        make.sign(world, row, organisation)
    with make.acting(world.person("defense", "counsel")) as by:  # whose context sees all of it
        found = make.seen(row, by)
        said = json.dumps(completion.content(found, queries.executed_pdf(found)[1]), default=str)
    assert "Department of Defense: concurs" in said
    assert "National Security" not in said and "component" not in said and CANARY not in said
