"""Results that a developer claims: stated, read by agencies that are consented to the variant, taken back, never changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.decisions import Invalid, Refused
from developers import actions as developers
from early_access import actions, claims
from early_access.models import ClaimedResult, EarlyAccessRequest, VariantConsent
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access import papers
from tests.early_access.test_keys import told
from tests.world import World, client_for

CAISI, TREASURY = make.AGENCIES
SAID: dict[str, Any] = {
    "variant": "production", "suite": "Kites", "metric": "accuracy", "estimate": 0.42, "n": 200,
    "method": "Our harness, one attempt.", "source": "System card, table 3",
}  # fmt: skip


def state(world: World, request: EarlyAccessRequest, role: str = "drafter", **changes: Any) -> ClaimedResult:
    with acting(world.person("aurora", role)) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        build = changes.pop("checkpoint", None) or claims.checkpoints(row)[0].pk
        return actions.state_result(request=row, checkpoint=build, by=by, **{**SAID, **changes})


def test_only_agencies_with_consent_to_the_variant_read_it(world: World) -> None:
    request = make.submitted(world)
    made = state(world, request)
    for home in (CAISI, TREASURY):
        assert told(world, "result_stated", home, "evaluator") == 1
    assert told(world, "result_stated", "commerce", "intake") == 0, "the intake agency has no consent of its own"
    page = f"/requests/{request.reference}/own-results/"
    for home in (CAISI, TREASURY):
        text = client_for(world.person(home, "evaluator")).get(page).content.decode()
        assert "Kites" in text and "42.0 %" in text and "System card, table 3" in text
    with acting(world.person("aurora", "drafter")):
        VariantConsent.objects.filter(request=request, agency=world.agency("treasury")).update(consented=False)
    text = client_for(world.person(TREASURY, "evaluator")).get(page).content.decode()
    assert "Kites" not in text and "None is stated for a variant" in text
    with acting(world.person(TREASURY, "evaluator")) as by:
        assert not ClaimedResult.objects.exists() and not ClaimedResult.objects.visible_to(by).exists()
    assert client_for(world.person("basalt", "drafter")).get(page).status_code == 404
    with acting(world.person("basalt", "drafter")):
        assert not ClaimedResult.objects.exists()
    with acting(world.person(CAISI, "evaluator")) as by:
        assert ClaimedResult.objects.visible_to(by).get() == made
        with pytest.raises(DatabaseError), transaction.atomic():
            ClaimedResult.objects.filter(pk=made.pk).update(estimate=0.1)


def test_a_draft_keeps_it_until_the_request_is_submitted(world: World) -> None:
    request = make.draft(world)
    with acting(world.person("aurora", "drafter")) as by:
        row = actions.create(developer=world.aurora, by=by)
        model = developers.register_model(developer=world.aurora, codename="Unoffered", by=by)
        other = developers.register_checkpoint(
            model=model, label="u-1", configuration_sha256="ef" * 32, variants=["production"], by=by
        )
    early = state(world, row, checkpoint=other.pk)
    with acting(world.person("aurora", "drafter")) as by:
        ClaimedResult.objects.filter(pk=early.pk).update(request=request)  # as if its model had been chosen after it
        with pytest.raises(Invalid, match="You stated a result of another model’s build, u-1"):
            actions.submit(request=EarlyAccessRequest.objects.get(pk=request.pk), by=by)
        early.request = request
        actions.take_back_result(claim=early, why="Not offered.", by=by)
    with pytest.raises(Invalid, match="Choose a registered checkpoint"):
        state(world, request, checkpoint=other.pk)
    state(world, request)
    with acting(world.person("commerce", "intake")):
        assert not ClaimedResult.objects.exists()
    with acting(world.person("aurora", "drafter")) as by:
        actions.submit(request=EarlyAccessRequest.objects.get(pk=request.pk), by=by)
    with acting(world.person(CAISI, "evaluator")) as by:
        assert ClaimedResult.objects.visible_to(by).get(taken_back_at=None).suite == "Kites"


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(world: World) -> None:
    request = make.submitted(world)
    page = f"/requests/{request.reference}/own-results/state/"
    client = client_for(world.person("aurora", "drafter"))
    with acting(world.person("aurora", "drafter")):
        build = str(claims.checkpoints(EarlyAccessRequest.objects.get(pk=request.pk))[0].pk)
    sent = {
        "checkpoint": build,
        "variant": "production",
        "metric": "accuracy",
        "estimate": "42",
        "n": "200",
        "ci_low": "0.3",
    }
    text = client.post(page, sent).content.decode()
    for words in (
        "Name the benchmark or suite", "0.42 for 42 %", "Give both ends of the interval", "Say how it was measured",
        "Say where the figure stands",
    ):  # fmt: skip
        assert words in text, words
    assert "with a point" in client.post(page, {**sent, "estimate": "42 %"}).content.decode()
    with acting(world.person("aurora", "drafter")) as by:
        card = actions.attach(
            request=make.seen(world, request), kind="model_card", name="a.md", content=papers.CARD, by=by
        )
    answer = client.post(page, {"checkpoint": build, **SAID, "source": "", "document": str(card.pk)})
    assert answer.status_code == 302, answer.content.decode().split("<main", 1)[1]
    told_to = client_for(world.person(CAISI, "evaluator")).get(answer["Location"]).content.decode()
    assert f'href="/requests/{request.reference}/documents/model_card/1/">Model card, version 1</a>' in told_to
    with acting(world.person("aurora", "drafter")) as by:
        kept = ClaimedResult.objects.get()
        actions.take_back_result(claim=kept, why="A rehearsal.", by=by)
    with pytest.raises(Invalid, match="The upper end lies between the result and 1"):
        state(world, request, ci_low=0.3, ci_high=0.4)
    with pytest.raises(Invalid, match="Choose a registered checkpoint"):
        state(world, request, checkpoint=request.pk)
    with pytest.raises(Refused):
        state(world, request, role="signatory")
    with acting(world.person("aurora", "drafter")):
        assert ClaimedResult.objects.get() == kept


def test_it_is_taken_back_with_a_reason_and_stated_again(world: World) -> None:
    request = make.submitted(world)
    first = state(world, request)
    assert state(world, request) == first, "the same again changes nothing"
    with pytest.raises(Invalid, match=r"You stated 42.0 % for this already"):
        state(world, request, suite="  kites", estimate=0.5)
    client, page = client_for(world.person("aurora", "drafter")), f"/requests/{request.reference}/own-results/"
    assert "Say why, in a few words" in client.post(f"{page}{first.pk}/take-back/", {"why": " "}).content.decode()
    client.post(f"{page}{first.pk}/take-back/", {"why": "Contaminated items."})
    state(world, request, estimate=0.5)
    text = client_for(world.person(CAISI, "evaluator")).get(page).content.decode()
    assert "Contaminated items." in text and "50.0 %" in text
    rows = client_for(world.person(CAISI, "evaluator")).get(f"/api/v1{page}").json()["results"]
    assert [(r["estimate"], bool(r["taken_back_at"])) for r in rows] == [(0.5, False), (0.42, True)]
    again = client.post(f"{page}{first.pk}/take-back/", {"why": "Once more."})
    assert again.status_code == 403 and "was taken back already" in again.content.decode()
