"""Changed since tested: pinned by the submission, moved by an announcement, computed for each reader and never typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Event
from core.decisions import Conflict, Invalid, Refused
from developers import actions as developers
from developers.models import ModelCheckpoint
from early_access import actions, changes, hooks, queries
from early_access.models import EarlyAccessRequest, PinnedState
from jobs.models import Job
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_keys import told, value
from tests.early_access.test_standing import CAISI, TREASURY, under_two
from tests.world import World, client_for

DEVELOPER, RIVAL = ("aurora", "security"), ("basalt", "security")
SECOND = "cd" * 32


def second(world: World, label: str = "heron-rc2", digest: str = SECOND) -> ModelCheckpoint:
    """Another build of the same model."""
    with acting(world.person(*DEVELOPER)) as by:
        model = make.ModelCheckpoint.objects.visible_to(by).select_related("model__developer").first().model
        return developers.register_checkpoint(
            model=model, label=label, configuration_sha256=digest, variants=["production"], by=by
        )


def announce(world: World, request: EarlyAccessRequest, **kwargs: Any) -> PinnedState:
    with acting(world.person(*kwargs.pop("who", DEVELOPER))) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        return actions.announce_change(request=row, by=by, **{"sentence": "A newer build is served."} | kwargs)


def picture(world: World, request: EarlyAccessRequest, *who: str) -> changes.Picture:
    with acting(world.person(*who)) as by:
        found = changes.picture(EarlyAccessRequest.objects.get(pk=request.pk), by)
    assert found is not None
    return found


def test_the_submission_pins_and_an_answer_pins_again(world: World) -> None:
    request = make.draft(world)
    with acting(world.person("aurora", "drafter")) as by:
        assert changes.picture(request, by) is None
        actions.submit(request=request, by=by)
    first = picture(world, request, "aurora", "drafter")
    assert (first.pinned.number, first.pinned.configuration_sha256, first.changed) == (1, "ab" * 32, False)
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        actions.ask_for_information(request=request, question="Which context length?", by=by)
    data = make.sections(make.checkpoint(world), access={"context_length": 128000})["access"]
    with acting(world.person("aurora", "drafter")) as by:
        actions.save_section(request=request, section="access", data=data, row_version=1, by=by)
        actions.answer(request=request, text="128,000.", by=by)
    then = picture(world, request, "commerce", "intake")
    assert (then.pinned.number, then.pinned.specification.context_length, then.changed) == (2, 128000, False)
    with acting(world.person("aurora", "drafter")), pytest.raises(DatabaseError), transaction.atomic():
        PinnedState.objects.filter(request=request).update(configuration_sha256=SECOND)


def test_a_change_is_computed_and_says_against_whose_state(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, request = under_two(world)
    assert value(world, request, CAISI) == make.SECRET, "CAISI begins, Treasury does not"
    tested = timezone.now()
    later = second(world)
    unannounced = picture(world, request, *DEVELOPER).unannounced
    assert [(one["label"], one["same_configuration"]) for one in unannounced] == [("heron-rc2", False)]
    theirs = picture(world, request, CAISI, "evaluator")
    assert (theirs.unannounced, theirs.changed) == ([], False), "that another build exists is the developer's"

    made = announce(world, request, checkpoint=later.pk, access={"base_url": "https://b.aurora.example/v1"})
    run = hooks.Measured("CAISI", "Toy tasks", "/", tested - timedelta(minutes=5), made.since + timedelta(1), "ab" * 32)
    seen = [hooks.Seen("CAISI", tested + timedelta(hours=h), f) for h, f in ((0, "a"), (1, "b"), (1.5, "b"), (3, "c"))]
    monkeypatch.setattr(hooks, "runs_of", [lambda request, user: [run]])
    monkeypatch.setattr(hooks, "endpoints_of", [lambda request, user: seen])
    for who in (DEVELOPER, (CAISI, "evaluator"), (TREASURY, "evaluator"), ("commerce", "intake")):
        (change,) = picture(world, request, *who).changes
        assert [d.name for d in change.differences] == ["checkpoint", "configuration_sha256", "access.base_url"]
        assert (change.differences[0].before, change.differences[0].after) == ("heron-rc1", "heron-rc2")
        assert change.sentence == "A newer build is served."
    found = picture(world, request, CAISI, "evaluator")
    assert found.changes[0].begun == [world.agency(CAISI).name]
    assert picture(world, request, TREASURY, "evaluator").changes[0].begun == [], "not whether the other one has begun"
    (earlier,) = found.runs
    assert (earlier.state, earlier.since, earlier.meanwhile, earlier.otherwise) == (1, made.since, True, False)
    assert [d.label for d in earlier.differences][:2] == ["Checkpoint", "Configuration (SHA-256)"]
    assert [(one.announced, one.at - tested) for one in found.endpoints] == [
        (True, timedelta(hours=1)), (False, timedelta(hours=3)),
    ]  # fmt: skip
    assert picture(world, request, *DEVELOPER).unannounced == []
    with acting(world.person(CAISI, "evaluator")) as by:
        assert ModelCheckpoint.objects.visible_to(by).filter(pk=later.pk).exists(), "read with the change"
        assert queries.specification(request).base_url == "https://b.aurora.example/v1"  # type: ignore[union-attr]
    assert (
        told(world, "change_announced", CAISI, "evaluator") == told(world, "change_announced", "aurora", "drafter") == 1
    )
    with acting(world.person(*RIVAL)) as by:
        assert not PinnedState.objects.filter(request=request).exists()
        assert not Event.objects.filter(verb="early_access.change_announced").exists()


def test_access_is_verified_again_with_what_is_served(world: World) -> None:
    _, _, request = under_two(world)
    announce(world, request, access={"model_name": "heron-preview-2"})
    with acting(world.person(CAISI, "evaluator")):
        assert Job.objects.filter(kind="evaluations.verify_access", key__endswith=":state-2").count() == 1


def test_a_later_word_about_an_earlier_time(world: World) -> None:
    """A run that was recorded with rc1 was, as it turns out, measured on rc2."""
    request = make.opened(world)
    later, moved = second(world), timezone.now()
    announce(world, request, checkpoint=later.pk, since=moved)
    with acting(world.person("aurora", "drafter")):
        before, after = changes.states(request)
        for moment, held in ((moved - timedelta(seconds=1), before), (moved, after), (None, after)):
            assert changes.served_at(request, moment) == held
    run = hooks.Measured("CAISI", "Toy tasks", "/", moved + timedelta(seconds=1), None, before.configuration_sha256)
    found = changes._earlier(run, [before, after])
    assert (found.otherwise, found.differences, found.since) == (True, [], None)


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({}, "checkpoint", "Nothing here differs"),
        ({"checkpoint": uuid4()}, "checkpoint", "not one of the model"),
        ({"variants": ["reduced_safeguard"]}, "variants", "not registered"),
        ({"variants": []}, "variants", "at least one"),
        ({"access": {"method": "on_site"}}, "method", "stays as it was accepted"),
        ({"access": {"base_url": ""}}, "base_url", "needs the base URL"),
        ({"access": {"base_url": "http://10.0.0.1/"}}, "base_url", ""),
        ({"access": {"colour": "red"}}, "colour", "no such field"),
        ({"access": {"used_for_training": True}}, "used_for_training", "must not be used"),
        ({"sentence": " "}, "sentence", "what moved"),
        ({"since": timedelta(days=1)}, "since", "still to come"),
        ({"since": timedelta(days=-900)}, "since", "holds since"),
    ],
)  # fmt: skip
def test_what_cannot_be_announced_says_what_to_do(world: World, typed: dict[str, Any], field: str, says: str) -> None:
    request = make.accepted(world)
    if isinstance(away := typed.get("since"), timedelta):
        typed = typed | {"since": timezone.now() + away}
    with pytest.raises(Invalid) as refused:
        announce(world, request, **typed)
    assert [(p.field, says in p.sentence) for p in refused.value.problems] == [(field, True)]
    with acting(world.person("aurora", "drafter")):
        assert PinnedState.objects.filter(request=request).count() == 1
        assert queries.specification(request).version == 1  # type: ignore[union-attr]  # submitted


def test_who_and_when(world: World) -> None:
    submitted = make.submitted(world)
    later = second(world)
    with pytest.raises(Refused, match="once the request is accepted"):
        announce(world, submitted, checkpoint=later.pk)
    with pytest.raises(Refused, match="Your role"):
        announce(world, submitted, checkpoint=later.pk, who=("aurora", "counsel"))


def closed(world: World) -> tuple[EarlyAccessRequest, datetime]:
    request = make.opened(world)
    with acting(world.person("aurora", "drafter")) as by:
        actions.close_early(request=request, by=by)
    at = make.seen(world, request).window.closed_at
    assert at is not None
    return request, at


def test_after_the_window_only_of_its_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "on_window_closed", [])  # else it is reported at once: nobody owes a report here
    request, at = closed(world)
    later = second(world)
    with pytest.raises(Invalid, match="was not tested"):
        announce(world, request, checkpoint=later.pk)
    made = announce(world, request, checkpoint=later.pk, since=at - timedelta(milliseconds=1))
    assert made.since < at < made.created_at


def test_over_http(world: World) -> None:
    request = make.opened(world)
    url, api = f"/requests/{request.reference}/changed/", f"/api/v1/requests/{request.reference}/changes/"
    developer, tester, rival = (client_for(world.person(*who)) for who in (DEVELOPER, (CAISI, "evaluator"), RIVAL))
    assert rival.get(url).status_code == rival.get(api).status_code == 404
    assert tester.get(url).status_code == 403
    later = second(world)
    assert "heron-rc2" in developer.get(f"/requests/{request.reference}/").content.decode()
    assert "heron-rc2" not in tester.get(f"/requests/{request.reference}/").content.decode()
    page = developer.get(url).content.decode()
    assert "https://models.aurora.example/v1" in page and "What will not" in page
    typed = {
        "seen": 1, "checkpoint": str(later.pk), "variants": ["production"], "base_url": "https://models.aurora.example/v1",
        "dialect": "chat_completions", "model_name": "heron-preview", "tools": "on", "streaming": "on",
        "requests_per_minute": "60", "sentence": "A newer build.", "since": "", "retention_days": "0",
        "reasoning_traces": "none",
    }  # fmt: skip
    assert "what moved" in developer.post(url, typed | {"sentence": ""}).content.decode()
    assert developer.post(url, typed).status_code == 302
    assert developer.post(url, typed).status_code == 409, "a second press adds nothing"
    shown = " ".join(tester.get(f"/requests/{request.reference}/").content.decode().split())
    assert "Changed since tested" in shown and "A newer build." in shown and SECOND in shown
    assert "Base URL" not in shown[shown.index("Changed since tested") : shown.index("What was submitted")]
    told = tester.get(api).json()
    assert [d["name"] for d in told["changes"][0]["differences"]] == ["checkpoint", "configuration_sha256"]
    assert (told["now"]["checkpoint"], told["pinned"]["checkpoint"]) == ("heron-rc2", "heron-rc1")
    sent = {"sentence": "More per minute.", "access": {"requests_per_minute": 90}, "seen": 2}
    assert tester.post(api, sent, content_type="application/json").status_code == 403
    wrong = developer.post(api, sent | {"access": {"dialect": "none"}}, content_type="application/json")
    assert (wrong.status_code, "choose one from the list" in wrong.content.decode()) == (400, True), wrong.content
    assert developer.post(api, sent, content_type="application/json").status_code == 201
    assert developer.post(api, sent, content_type="application/json").status_code == 409
    assert developer.get(f"/api/v1/requests/{request.reference}/").json()["changed_at"]
    with pytest.raises(Conflict):
        announce(world, request, access={"requests_per_minute": 70}, seen=1)
