"""An agency that keeps its own key: its worker answers an opening, sealed to the key of whoever asked. Once, and only to them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from audit.models import Event
from core import page_keys
from core.decisions import ALLOWED, refuse
from core.envelope import SealBroken
from early_access import actions, hooks
from early_access.actions import answering
from early_access.models import CredentialOpening, EarlyAccessRequest, HeldAnswer
from jobs.models import Job
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access import holding
from tests.early_access.holding import Page
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return holding.pairs(tmp_path_factory.mktemp("held"), "treasury")


@pytest.fixture
def opened(world: World, pairs: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> EarlyAccessRequest:
    return holding.seen_from_the_site(world, pairs, settings, monkeypatch)


@pytest.fixture
def page(world: World, opened: EarlyAccessRequest) -> Page:
    """The page of Treasury's evaluator."""
    return Page(opened, world.person("treasury", "evaluator"))


def test_the_worker_seals_the_key_to_the_page_and_it_is_handed_out_once(
    world: World, opened: EarlyAccessRequest, page: Page, settings: Any, pairs: Path
) -> None:
    status, said = page.ask()
    assert (status, said["state"], said["sealed"]) == (202, "waiting", "")
    assert "The worker of Department of the Treasury is asked" in said["sentence"]
    with acting(world.person("aurora", "security")):
        opening = CredentialOpening.objects.get(request=opened)
        assert (opening.opened_by, opening.reason) == (world.person("treasury", "evaluator"), "First calls")
        assert not HeldAnswer.objects.exists(), "the developer reads that it was opened, not what was answered"
        assert Event.objects.filter(verb="early_access.credential_opened", object_id=str(opened.pk)).exists()
    assert page.take()[0] == 202
    job = Job.objects.get(kind="early_access.answer_opening")
    assert (job.queue, list(job.payload)) == ("agency.treasury", ["answer"])
    holding.worker(settings, pairs / "treasury")
    stranger = Page(opened, world.person("treasury", "evaluator", 0), agency="treasury")
    stranger.client.logout()
    assert page.take(stranger)[0] == 401
    status, answer = page.take()
    assert (status, answer["state"]) == (200, "taken")
    assert page.opens(answer) == make.SECRET
    assert page.take() == (409, {**page.take()[1], "detail": answering.TAKEN})
    with acting(world.person("treasury", "evaluator")):
        row = HeldAnswer.objects.get()
        assert (row.sealed, row.taken_at is not None) == (None, True)
    with acting(world.person("aurora", "security")):
        assert Event.objects.filter(verb="early_access.opening_answered", object_id=str(opened.pk)).exists()


def test_what_was_sealed_for_one_page_opens_in_no_other_and_for_no_other_purpose(
    world: World, opened: EarlyAccessRequest, page: Page, settings: Any, pairs: Path
) -> None:
    page.ask()
    holding.worker(settings, pairs / "treasury")
    _, answer = page.take()
    other = Page(opened, world.person("treasury", "evaluator"))
    other.said = page.said
    with pytest.raises(SealBroken):
        other.opens(answer)
    for part in ("opening=", "credential=", "field=", "by="):
        assert part in page.said["purpose"]
        changed = page.said["purpose"].replace(part, f"{part}x")
        with pytest.raises(SealBroken):
            page_keys.open_sealed(page.key, changed, page_keys.base64.b64decode(answer["sealed"]))


def test_nobody_else_is_handed_the_answer(
    world: World, opened: EarlyAccessRequest, page: Page, settings: Any, pairs: Path
) -> None:
    page.ask()
    holding.worker(settings, pairs / "treasury")
    colleague = Page(opened, world.person("treasury", "counsel"))
    status, said = page.take(colleague)
    assert (status, "sealed for the person who asked" in said["detail"]) == (403, True)
    for who in (("aurora", "security"), ("basalt", "security"), ("commerce-caisi", "evaluator")):
        assert page.take(Page(opened, world.person(*who)))[0] == 404
    assert page.take()[0] == 200, "it is still there for whoever asked"


def later(minutes: int) -> None:
    HeldAnswer.objects.update(expires_at=timezone.now() - timedelta(minutes=minutes))


def told(world: World, page: Page) -> str:
    """The sentence that the page gets instead of the key; afterwards nothing is left of it."""
    status, said = page.take()
    assert status == 409
    with acting(world.person("treasury", "evaluator")):
        assert HeldAnswer.objects.get().sealed is None
    return str(said["detail"])


@pytest.mark.parametrize("between", ["before the worker", "after the worker"])
def test_a_key_that_is_revoked_in_between_is_not_handed_out(
    world: World, opened: EarlyAccessRequest, page: Page, settings: Any, pairs: Path, between: str
) -> None:
    page.ask()
    if between == "after the worker":
        holding.worker(settings, pairs / "treasury")
    with acting(world.person("aurora", "security")) as by:
        actions.revoke_key(request=opened, by=by)
    holding.worker(settings, pairs / "treasury")
    assert told(world, page) == answering.REVOKED


def test_the_worker_decides_everything_again(
    world: World, opened: EarlyAccessRequest, page: Page, settings: Any, pairs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.ask()
    gate = [lambda *_: refuse("Your attestation has ended.")]
    monkeypatch.setattr(hooks, "may_open_credential", gate)
    holding.worker(settings, pairs / "treasury")
    assert told(world, page) == "Your attestation has ended."
    with acting(world.person("aurora", "security")):
        assert Event.objects.filter(verb="early_access.opening_refused", object_id=str(opened.pk)).exists()
    gate[:] = [lambda *_: ALLOWED]


def test_what_ended_after_the_answer_is_refused_at_the_door(
    world: World, opened: EarlyAccessRequest, page: Page, settings: Any, pairs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.ask()
    holding.worker(settings, pairs / "treasury")
    monkeypatch.setattr(hooks, "may_open_credential", [lambda *_: refuse("Your assignment was stopped.")])
    assert told(world, page) == "Your assignment was stopped."


def test_a_worker_that_comes_too_late_opens_nothing(world: World, page: Page, settings: Any, pairs: Path) -> None:
    page.ask()
    with acting(world.person("treasury", "evaluator")):
        HeldAnswer.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    status, said = page.take()
    assert status == 202 and "has not answered yet: it is away or busy" in said["sentence"]
    with acting(world.person("treasury", "evaluator")):
        later(1)
    assert told(world, page) == answering.GONE
    holding.worker(settings, pairs / "treasury")
    assert told(world, page) == answering.LATE


def test_what_nobody_fetches_is_erased_by_the_clock(world: World, page: Page, settings: Any, pairs: Path) -> None:
    page.ask()
    holding.worker(settings, pairs / "treasury")
    with acting(world.person("treasury", "evaluator")):
        assert HeldAnswer.objects.get().sealed is not None
    run_due(at=timezone.now() + answering.LASTS, kinds=("early_access.forget_answer",))
    with acting(world.person("treasury", "evaluator")):
        assert HeldAnswer.objects.get().sealed is None


def test_a_worker_without_the_private_key_says_so(world: World, page: Page, settings: Any, pairs: Path) -> None:
    page.ask()
    holding.worker(settings, pairs / "web")
    assert told(world, page) == answering.NOT_HELD


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"public_key": ""}, answering.NO_PAGE_KEY),
        ({"public_key": "AAAA"}, "This is not a key for an answer"),
        ({"public_key": page_keys.text(b"\4" + bytes(64))}, "This is not a key for an answer"),
        ({"reason": "  "}, "Write why you open the key"),
    ],
)
def test_bad_input_opens_nothing(world: World, page: Page, changes: dict[str, str], words: str) -> None:
    status, said = page.ask(**changes)
    assert status == 400 and words in said["detail"]
    with acting(world.person("treasury", "evaluator")):
        assert not CredentialOpening.objects.exists()


def test_who_did_not_confirm_just_now_opens_nothing(world: World, opened: EarlyAccessRequest) -> None:
    status, said = Page(opened, world.person("treasury", "evaluator"), stepped_up=False).ask()
    assert (status, "Confirm who you are first" in said["detail"]) == (403, True)
    status, said = Page(opened, world.person("commerce-caisi", "evaluator"), agency="commerce-caisi").ask(public_key="")
    assert (status, said) == (200, {"value": make.SECRET}), "the other agency leaves its key here"
