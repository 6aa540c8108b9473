"""What could stop a signature is tried before anybody is invited, and everything that fails is shown at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import typst
from django.utils import timezone

from accounts.models import User
from agreements import actions, documents, keys, prechecks
from agreements.models import IssuedFile, Signatory, TestingAgreement
from agreements.pdf.certificates import make_leaf
from agreements.pdf.render import Box
from core.decisions import Invalid
from core.envelope import SealBroken
from tests.agreements import factories as make
from tests.world import World, client_for

LABELS = (
    "Concurrence of every agency", "Deviations from approved text", "Signatory of Aurora Cognition",
    "Signatory of Department of the Treasury",
    "Keys that seal and sign", "Time-stamp authority", "The file can be set", "Storage of files",
)  # fmt: skip


class PanicException(BaseException):
    """How a panic of the renderer arrives: by this name, and as no Exception."""


@pytest.fixture
def cleared(world: World) -> TestingAgreement:
    """Everybody concurred, everybody holds a delegation."""
    for organisation in ("aurora", "treasury"):
        make.authority(world, organisation)
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    return agreement


def checked(world: World, agreement: TestingAgreement) -> dict[str, prechecks.Check]:
    with make.acting(world.person("aurora", "drafter")) as by:
        _, found = prechecks.run(make.seen(agreement, by), timezone.now())
    assert len(found) == len(LABELS)
    return {check.label: check for check in found}


def refused(world: World, agreement: TestingAgreement) -> list[str]:
    """The fields of the refusal; nothing was sealed and nobody was named."""
    with make.acting(world.person("aurora", "drafter")) as by:
        with pytest.raises(Invalid) as caught:
            actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
        assert not IssuedFile.objects.exists() and not Signatory.objects.exists()
        assert make.seen(agreement, by).status == "in_clearance"
    return [problem.field for problem in caught.value.problems]


def test_the_panel_shows_every_check_and_then_opens(world: World, cleared: TestingAgreement) -> None:
    client, url = client_for(world.person("aurora", "drafter")), f"{cleared.get_absolute_url()}open/"
    assert f'href="{url}"' in client.get(cleared.get_absolute_url()).content.decode()
    page = client.get(url).content.decode()
    assert "Every check passed." in page and "Seal the file and invite" in page
    assert all(label in page for label in LABELS)
    for found in (
        "All have concurred", "Maren Vale, Chief Executive, in step 1", "The seal&#x27;s certificate lasts until",
        "only this system will state the time", "a place for 2 signatures", "A file was written and read back",
    ):  # fmt: skip
        assert found in page, found
    with make.acting(world.person("aurora", "drafter")):
        assert not IssuedFile.objects.exists()
    listed = client.get(f"/api/v1/agreements/{cleared.reference}/checks/").json()["results"]
    assert [(c["label"], c["passed"], c["problems"]) for c in listed] == [(label, True, []) for label in LABELS]
    done = client.post(url, follow=True).content.decode()
    assert "The file is sealed." in done and "Awaiting signature" in done
    assert client.get(url).status_code == 403
    assert client.get(f"/api/v1/agreements/{cleared.reference}/checks/").status_code == 403


def test_all_that_fails_is_said_at_once_and_nothing_is_sealed(
    world: World, cleared: TestingAgreement, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make.acting(world.person("treasury", "signatory")) as person:
        User.objects.filter(pk=person.pk).update(name="王小明")
    authority = make.authority(world, "aurora")
    with make.acting(world.person("aurora", "administrator")) as by:
        actions.revoke_authority(authority=authority, by=by, reason="Left.")
    settings.TSA_URL, settings.MEDIA_ROOT = "http://127.0.0.1:1", "/dev/null/nowhere"
    monkeypatch.setattr(keys, "opened_again", broken(SealBroken("Changed.")))
    said = {label: " ".join(p.sentence for p in check.problems) for label, check in checked(world, cleared).items()}
    assert said["Concurrence of every agency"] == ""
    for label, sentence in (
        ("Signatory of Aurora Cognition", "Aurora Cognition has nobody whose delegation covers this agreement now."),
        ("Signatory of Department of the Treasury", "The name 王小明 has characters that cannot be printed"),
        ("Keys that seal and sign", "The keys cannot be used (SealBroken). The installation's administrator can mend it."),
        ("Time-stamp authority", "The time-stamp authority does not answer. Nothing is signed without it"),
        ("The file can be set", "cannot be printed with the fonts of this installation"),
        ("Storage of files", "Files cannot be written and read back."),
    ):  # fmt: skip
        assert sentence in said[label], label
    assert refused(world, cleared) == ["authority", "authority", "key", "time_stamp", "text", "storage"]
    client, url = client_for(world.person("aurora", "drafter")), f"{cleared.get_absolute_url()}open/"
    page = client.get(url).content.decode()
    assert "Something stands against signing." in page and "Seal the file and invite" not in page
    assert page.count("Fails") == 6
    assert client.post(url).status_code == 409
    answer = client.post(f"/api/v1/agreements/{cleared.reference}/open_for_signature/", content_type="application/json")
    assert answer.status_code == 400 and len(answer.json()["errors"]) == 6


def broken(error: BaseException) -> Callable[..., Any]:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PanicException("index out of bounds"), "The renderer failed while it set the file."),
        (MemoryError(), "The renderer failed while it set the file."),
    ],
)
def test_a_renderer_that_crashes_is_a_sentence(
    world: World, cleared: TestingAgreement, monkeypatch: pytest.MonkeyPatch, error: BaseException, sentence: str
) -> None:
    monkeypatch.setattr(typst, "compile", broken(error))
    assert checked(world, cleared)["The file can be set"].problems[0].sentence.startswith(sentence)
    assert refused(world, cleared) == ["text"]
    monkeypatch.undo()
    with make.acting(world.person("aurora", "drafter")) as by:
        assert actions.open_for_signature(agreement=make.seen(cleared, by), by=by).status == "awaiting_signature"


def test_what_is_no_crash_of_the_renderer_is_not_swallowed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = make.in_clearance(world, ("treasury",))
    monkeypatch.setattr(typst, "compile", broken(KeyboardInterrupt()))
    with make.acting(world.person("aurora", "drafter")) as by, pytest.raises(KeyboardInterrupt):
        prechecks.run(make.seen(agreement, by), timezone.now())


def test_a_seal_that_ends_soon_or_a_key_of_another_certificate_is_not_signed_with(
    world: World, cleared: TestingAgreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    ending = make_leaf(keys.root(now), name="Seal", organisation="Concord", at=now - timedelta(days=710))
    monkeypatch.setattr(keys, "seal", lambda at: ending)
    assert (
        "The certificate of Concord's seal ends on"
        in checked(world, cleared)["Keys that seal and sign"].problems[0].sentence
    )
    other = keys.root(now)
    mixed = type(ending)(other.key, ending.certificate, ending.issuer)
    if other.key != ending.key:  # the suite's few keys take turns
        monkeypatch.setattr(keys, "seal", lambda at: mixed)
        assert "(InvalidSignature)" in checked(world, cleared)["Keys that seal and sign"].problems[0].sentence


def test_every_missing_concurrence_is_named_beside_the_rest(world: World) -> None:
    agreement = make.in_clearance(world, ("treasury",))
    said = checked(world, agreement)
    assert [label for label in LABELS if not said[label].passed] == [LABELS[0], *LABELS[2:4]]


@pytest.mark.parametrize(
    ("boxes", "wrong"),
    [
        ([(0, (72, 600, 472, 654)), (0, (72, 500, 472, 554)), (1, (72, 600, 472, 654))], False),
        ([(0, (72, 600, 472, 654)), (0, (72, 640, 472, 694))], True),
        ([(0, (72, -10, 472, 44))], True),
        ([(0, (300, 600, 700, 654))], True),
        ([(0, (72, 600, 72, 654))], True),
    ],
)
def test_places_for_signatures(boxes: list[tuple[int, tuple[int, int, int, int]]], wrong: bool) -> None:
    found = [Box(f"signatory_{n}", page, corners) for n, (page, corners) in enumerate(boxes)]
    assert documents.misplaced(found) is wrong
