"""Amendments by clicks and over the API: from the draft to the consolidated text, the renewal near the end, a rival's 404."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from agreements import consolidated, documents, portfolio
from agreements.models import TestingAgreement
from notifications import duties
from notifications.models import Notice
from tests.agreements import factories as make
from tests.world import World, client_for

PARTY = ("treasury",)


def typed(client: Client, url: str) -> dict[str, str]:
    form = client.get(url).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def drafted(client: Client, url: str, **changed: str) -> str:
    """The page of an amendment that was begun, changed and sent."""
    edit = client.post(f"{url}amend/", {"title": "Shorter windows"}).url
    page = client.get(edit)
    assert b"Nothing yet" in page.content
    assert "variables.effective_on" not in page.context["form"].fields
    data = typed(client, edit) | {name.replace("__", "."): value for name, value in changed.items()}
    assert client.post(edit, data | {"save": "1"}).status_code == 302
    assert "30 becomes 10." in client.get(edit).content.decode()
    assert client.post(edit, typed(client, edit) | {"send": "1"}).status_code == 302
    return edit.removesuffix("edit/")


def test_an_amendment_by_clicks_and_what_stands_afterwards(world: World) -> None:
    agreement = make.in_force(world, PARTY)
    url = agreement.get_absolute_url()
    drafter, counsel = (client_for(world.person(*who)) for who in (("aurora", "drafter"), ("treasury", "counsel")))
    assert b"Nothing has amended it" in drafter.get(url).content
    refused = drafter.post(f"{url}amend/", {"title": "x"})
    assert b"at least 3 characters" in refused.content
    own = drafted(drafter, url, variables__access_days="10", clause__purpose="For early access.")
    assert drafter.get(f"{own}amend/").status_code == 403, "an amendment is not amended itself"

    drafter.post(f"{own}clearance/")
    page = counsel.get(f"{own}negotiation/")
    assert b"compared with the agreement as it stood" in page.content
    assert b"Open for your agency: 2 of 16 clauses" in page.content
    assert "“Purpose” is replaced" in page.content.decode()
    assert drafter.get(f"{own}redline/").context["redline"].changed == 2
    text_hash = page.context["verdict_form"]["text_hash"].value()
    counsel.post(f"{own}verdict/", {"text_hash": text_hash, "verdict": "concur"})
    with make.acting(world.person("treasury", "counsel")):
        make.decide(world, TestingAgreement.objects.get(amends=agreement), "treasury")
    assert drafter.post(f"{own}open/").status_code == 302
    with make.acting(world.person("aurora", "drafter")) as by:
        made = TestingAgreement.objects.select_related("current").get(amends=agreement)
        data = documents.data_for(made, made.current, [], [])
        assert [c["heading"] for c in data["clauses"]] == [
            "What is amended", "Longest early-access window, days", "“Purpose” is replaced"
        ]  # fmt: skip
        assert agreement.reference in data["clauses"][0]["paragraphs"][0]
        assert data["clauses"][1]["paragraphs"] == ["30 becomes 10."]
    for organisation in ("aurora", *PARTY):
        make.sign(world, made, organisation)

    assert b"is part of its agreement" in drafter.get(own).content
    text = counsel.get(f"{url}text/")
    assert "amendment 1</a>" in text.content.decode()
    assert "at most 10 days" in text.content.decode()
    yesterday = timezone.now().date() - timedelta(days=1)
    before = counsel.get(f"{url}text/?on={yesterday}").content.decode()
    assert "at most 30 days" in before and "amendment 1</a>" not in before and "not in force yet" in before
    assert counsel.get(f"{url}text/?on=soon").status_code == 400
    assert b"is read in the consolidated text" in drafter.get(f"{own}text/").content

    with make.acting(world.person("aurora", "drafter")) as by:
        (row,) = portfolio.read(by)
        assert row.reference == agreement.reference
        assert next(duty.value for duty in row.duties if duty.label.startswith("Longest")) == 10
        assert [row.duty.reference for row in duties.board(by) if row.duty.kind == "End of agreement"] == [
            agreement.reference
        ]
    _over_the_api(world, agreement, made)
    _near_the_end(world, agreement, drafter)


def _over_the_api(world: World, agreement: TestingAgreement, made: TestingAgreement) -> None:
    drafter, rival = client_for(world.person("aurora", "drafter")), client_for(world.person("basalt", "drafter"))
    api = f"/api/v1/agreements/{agreement.reference}/"
    assert drafter.get(api).json()["obligations"]["access_days"] == 10
    said = drafter.get(f"/api/v1/agreements/{made.reference}/").json()
    assert (said["amends"], said["amendment_number"], said["status"]) == (agreement.reference, 1, "incorporated")
    assert [change["kind"] for change in said["changes"]] == ["set", "replace"]
    text = drafter.get(f"{api}consolidated/").json()
    assert text["amendments"] == [made.reference]
    assert {c["clause_id"] for c in text["clauses"] if c["amended_by"]} == {"early_access", "purpose"}
    assert drafter.get(f"{api}consolidated/?on=never").status_code == 400
    assert drafter.get(f"/api/v1/agreements/{made.reference}/consolidated/").status_code == 409
    assert [row["reference"] for row in drafter.get(f"{api}amendments/").json()["results"]] == [made.reference]
    for path in ("consolidated/", "amendments/"):
        assert rival.get(f"{api}{path}").status_code == 404
    for path in ("text/", "amend/"):
        assert rival.get(f"{agreement.get_absolute_url()}{path}").status_code == 404


def _near_the_end(world: World, agreement: TestingAgreement, drafter: Client) -> None:
    url = agreement.get_absolute_url()
    assert b"Draft a renewal" not in drafter.get(url).content
    with make.acting(world.person("aurora", "drafter")):
        end = timezone.now().date() + timedelta(days=80)
        TestingAgreement.objects.filter(pk=agreement.pk).update(expires_on=end)
    assert b"Draft a renewal" in drafter.get(url).content
    edit = drafter.post(f"{url}renew/").url
    assert "24 becomes 48." in drafter.get(edit).content.decode()
    data = typed(drafter, edit) | {"variables.takes_effect_on": str(end), "send": "1"}
    refused = drafter.post(edit, data, follow=True)
    assert f"The agreement ends on {end}. Choose an earlier day." in refused.content.decode()
    sent = drafter.post(edit, typed(drafter, edit) | {"variables.takes_effect_on": "", "send": "1"})
    assert sent.status_code == 302
    counsel = world.person("treasury", "counsel")
    with make.acting(counsel):
        renewal = TestingAgreement.objects.get(reference=edit.split("/")[2])
        assert consolidated.spec_of(renewal)[-1]["key"] == "takes_effect_on"
        assert not Notice.objects.filter(user=counsel, kind="agreements.amendment_lapsed").exists()
