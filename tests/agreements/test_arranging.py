"""Clauses of a draft: added from the library or of one's own, moved, taken out; and what that does to concurrence."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from agreements import actions, queries
from agreements.models import AgreementClause, AgreementVersion, Clause, ClauseAlternative, TestingAgreement
from core.decisions import Conflict, Invalid
from tests.agreements import factories as make
from tests.world import World, client_for

OWN = {"do": "add", "heading": "Audit of credentials", "text": "Credentials are counted for {access_days} days."}


@pytest.fixture
def optional(db: None) -> Clause:
    """A library clause that no instrument requires, with an approved alternative."""
    row = Clause.objects.create(key="visitors", heading="Visitors", text="Visitors are announced.", required_for=[])
    ClauseAlternative.objects.create(clause=row, key="escorted", text="Visitors are escorted.", when_to_use="On site.")
    return row


def save(world: World, agreement: TestingAgreement, *steps: dict[str, str], **kwargs: Any) -> AgreementVersion:
    """The developer's policy lead saves the draft with these steps."""
    with make.acting(world.person("aurora", "drafter")) as by:
        version = actions.begin_version(agreement=agreement, by=by)
        values: dict[str, Any] = {"row_version": version.row_version, "variables": {}, "clauses": {}} | kwargs
        return actions.save_draft(agreement=agreement, by=by, arrange=steps, **values)


def rows(world: World, agreement: TestingAgreement) -> list[AgreementClause]:
    """The clauses of the developer's draft, which only its own people read."""
    with make.acting(world.person("aurora", "drafter")):
        found = AgreementClause.objects.filter(version__agreement=agreement, version__frozen_at__isnull=True)
        return list(found.order_by("position"))


def ids(world: World, agreement: TestingAgreement) -> list[str]:
    return [row.clause_id for row in rows(world, agreement)]


def said(world: World, agreement: TestingAgreement, *steps: dict[str, str]) -> str:
    with pytest.raises(Invalid) as refused:
        save(world, agreement, *steps)
    return str(refused.value)


def test_clauses_are_added_moved_and_taken_out(world: World, optional: Clause) -> None:
    agreement = make.draft(world)
    before = {row.clause_id: row.text_hash for row in rows(world, agreement)}
    first, second = list(before)[:2]
    save(
        world, agreement,
        {"do": "add", "library": "visitors", "wording": "escorted", "after": first}, OWN, OWN, {"do": "down", "clause_id": first},
    )  # fmt: skip
    found = ids(world, agreement)
    assert found[:3] == ["visitors", first, second]
    assert found[-2:] == ["own-audit-of-credentials", "own-audit-of-credentials-2"]
    known = {row.clause_id: row for row in rows(world, agreement)}
    assert (known["visitors"].source, known["visitors"].text) == ("alternative", "Visitors are escorted.")
    assert known["own-audit-of-credentials"].source == "bespoke"
    assert "{" not in known["own-audit-of-credentials"].filled
    assert {key: known[key].text_hash for key in before} == before  # moving changes no text
    save(world, agreement, {"do": "remove", "clause_id": "own-audit-of-credentials"}, {"do": "up", "clause_id": second})
    assert ids(world, agreement) == ["visitors", second, first, *list(before)[2:], "own-audit-of-credentials-2"]
    assert [row.position for row in rows(world, agreement)] == list(range(1, len(before) + 3))
    with pytest.raises(Conflict) as stale:
        save(world, agreement, {"do": "remove", "clause_id": "visitors"}, row_version=1, variables={"access_days": 9})
    assert "visitors" in ids(world, agreement)
    assert "model_families:" not in str(stale.value.yours)
    label = next(row["label"] for row in agreement.template.variables if row["key"] == "model_families")
    assert f"{label}: Aurora 4 and later" in str(stale.value.theirs)
    assert "\nVisitors\nVisitors are escorted." in str(stale.value.yours)


def test_what_is_not_possible_is_a_sentence_and_changes_nothing(world: World, optional: Clause) -> None:
    agreement = make.draft(world)
    before = ids(world, agreement)
    Clause.objects.create(key="elsewhere", heading="Elsewhere", text="{never_heard_of} is paid.", required_for=[])
    cases = (
        ({"do": "remove", "clause_id": "voluntary"}, "required in this kind of agreement"),
        ({"do": "remove", "clause_id": "purpose"}, "required in this kind of agreement"),
        ({"do": "remove", "clause_id": "nowhere"}, "There is no clause “nowhere”"),
        ({"do": "up", "clause_id": before[0]}, "cannot move further"),
        ({"do": "down", "clause_id": "own-audit-of-credentials"}, "cannot move further"),
        ({"do": "add", "library": "purpose"}, "stands here already"),
        ({"do": "add", "library": "elsewhere"}, "terms that this agreement does not have"),
        ({"do": "add", "library": "visitors", "wording": "free"}, "no approved wording “free”"),
        ({"do": "add", "library": "visitors", "after": "nowhere"}, "There is no clause “nowhere”"),
        ({**OWN, "heading": " "}, "between 3 and 120"),
        ({**OWN, "heading": "Bad\x07bell"}, "U+0007"),
        ({**OWN, "text": " "}, "Write the text of the clause"),
        ({**OWN, "text": "{never_heard_of} is paid."}, "There is no variable {never_heard_of}"),
    )
    for step, sentence in cases:
        assert sentence in said(world, agreement, OWN, step), step
        assert ids(world, agreement) == before, step
    with make.acting(world.person("aurora", "drafter")):
        assert agreement.versions.get().row_version == 2


def test_taking_a_clause_out_reopens_concurrence_and_moving_does_not(world: World) -> None:
    agreement = make.draft(world, ("treasury",))
    save(world, agreement, OWN)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.send(agreement=agreement, by=by)
        actions.open_clearance(agreement=agreement, by=by)
    make.concur(world, agreement, "treasury")
    treasury = world.organisations["treasury"]
    steps = (
        {"do": "up", "clause_id": "own-audit-of-credentials"},
        {"do": "remove", "clause_id": "own-audit-of-credentials"},
    )
    carried = []
    for step in steps:
        with make.acting(world.person("treasury", "counsel")) as by:
            actions.return_with_comments(agreement=make.seen(agreement, by), by=by, comment="Look again.")
        carried.append(_proposed(world, agreement, step))
        page = client_for(world.person("treasury", "counsel")).get(f"{agreement.get_absolute_url()}negotiation/")
        assert page.context["reordered"] == (step["do"] == "up")
    assert carried == [[], [treasury.name]]
    with make.acting(world.person("treasury", "counsel")) as by:
        row = make.seen(agreement, by)
        assert queries.taken_out(row, treasury.pk) == ["Audit of credentials"]
    assert b"Taken out since your agency concurred:</strong> Audit of credentials" in page.content
    kinds = {row["change"].key: row["change"].kind for row in page.context["rows"]}
    assert kinds.pop("own-audit-of-credentials") == "removed"
    assert set(kinds.values()) == {"kept"}
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("treasury", "counsel")) as by:
        assert queries.taken_out(make.seen(agreement, by), treasury.pk) == []


def _proposed(world: World, agreement: TestingAgreement, step: dict[str, str]) -> list[str]:
    """The names of agencies whose concurrence is missing after a version with this step, concurrence asked for again."""
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        save(world, row, step)
        actions.propose_version(agreement=row, by=by)
        row = make.seen(agreement, by)
        actions.open_clearance(agreement=row, by=by)
        return [agency.name for agency in queries.not_concurred(make.seen(agreement, by))]


def test_by_clicks(world: World, optional: Clause) -> None:
    agreement = make.draft(world)
    client = client_for(world.person("aurora", "drafter"))
    url = f"{agreement.get_absolute_url()}edit/"
    page = client.get(url)
    assert b'value="remove:voluntary"' not in page.content
    assert b'value="visitors:escorted"' in page.content
    added = press(client, url, "add", {"arrange.library": "visitors:escorted", "arrange.after": "purpose"})
    assert added.url.endswith("#clauses")
    assert press(client, url, "up:visitors").url.endswith("#clause-visitors")
    assert ids(world, agreement).index("visitors") == ids(world, agreement).index("purpose") - 1
    refused = press(client, url, "add", {"arrange.heading": "Pay", "arrange.text": ""})
    assert b"Write the text of the clause." in refused.content
    press(client, url, "remove:visitors")
    assert "visitors" not in ids(world, agreement)
    assert press(client, url, "remove:voluntary").content.count(b"required in this kind of agreement") >= 1


def press(client: Client, url: str, button: str, typed: dict[str, str] | None = None) -> Any:
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return client.post(url, data | (typed or {}) | {"arrange": button})


def test_over_the_api(world: World, optional: Clause) -> None:
    agreement = make.draft(world)
    client, path = client_for(world.person("aurora", "drafter")), f"/api/v1/agreements/{agreement.reference}/draft/"

    def put(*steps: dict[str, str]) -> Any:
        return client.put(path, {"row_version": 2, "arrange": list(steps)}, content_type="application/json")

    refused = put({"do": "remove", "clause_id": "purpose"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "#/clause/purpose")
    assert put({"do": "burn", "clause_id": "purpose"}).status_code == 400
    done = put({"do": "add", "library": "visitors"}, OWN)
    assert done.status_code == 200, done.content
    assert ids(world, agreement)[-2:] == ["visitors", "own-audit-of-credentials"]
    rival = client_for(world.person("basalt", "drafter"))
    assert rival.put(path, {"row_version": 3}, content_type="application/json").status_code == 404
