"""An agency that keeps its own key: this site seals for it and cannot open; its worker's host can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from agencies.models import KeyCustody
from core import envelope, key_pairs
from core.decisions import Invalid
from early_access import actions
from early_access.actions.credentials import opening_for_worker
from early_access.models import AccessCredential, CredentialOpening, CredentialWrap, EarlyAccessRequest
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access import holding
from tests.world import World, client_for

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`web` holds what is left to the site (signing, Commerce), `treasury` its own."""
    return holding.pairs(tmp_path_factory.mktemp("custody"), "treasury")


@pytest.fixture
def request_open(world: World, pairs: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> EarlyAccessRequest:
    """A request whose window is open, sealed and signed with key pairs, seen from the web host."""
    return holding.seen_from_the_site(world, pairs, settings, monkeypatch)


def open_key(world: World, request: EarlyAccessRequest, agency: str) -> tuple[str, str]:
    """What the evaluator's page says before and after asking for the key."""
    client = client_for(world.person(agency, "evaluator"))
    url = f"/requests/{request.reference}/connect/{agency}/"
    return client.get(url).content.decode(), client.post(url, {"text": "First calls"}).content.decode()


def test_the_site_opens_for_the_agency_that_leaves_its_key_here(world: World, request_open: EarlyAccessRequest) -> None:
    before, after = open_key(world, request_open, "commerce-caisi")
    assert "Open the key" in before
    assert make.SECRET in after


def test_the_site_cannot_open_for_the_agency_that_keeps_its_key(world: World, request_open: EarlyAccessRequest) -> None:
    before, after = open_key(world, request_open, "treasury")
    assert "Department of the Treasury keeps its own key" in before and "data-opening=" in before
    assert "<noscript>" in before and "js/opening.js" in before
    assert "Your browser did not send a key of its own" in after, "without JavaScript"
    assert make.SECRET not in after
    with acting(world.person("aurora", "security")):
        assert not CredentialOpening.objects.exists()


def test_its_worker_opens_it_for_access_verification(
    world: World, request_open: EarlyAccessRequest, pairs: Path, settings: Any
) -> None:
    settings.PRIVATE_KEY_DIR = pairs / "treasury"
    with acting(world.person("treasury", "evaluator")):
        credential = AccessCredential.objects.get(request=request_open)
        wrap = CredentialWrap.objects.get(target=credential, organisation=world.agency("treasury"))
        assert wrap.key_id.startswith("rsa:")
        value, opening = opening_for_worker(credential, world.agency("treasury"))
    assert value == make.SECRET
    assert opening.opened_by is None


def test_without_a_public_key_nothing_typed_is_kept_and_a_sentence_says_who_helps(
    world: World, settings: Any, tmp_path: Path
) -> None:
    client = client_for(world.person("aurora", "security"))
    url = client_for(world.person("aurora", "drafter")).post("/requests/new/")["Location"]
    client.post(f"{url}section/agencies/", {"agencies": ["treasury"], "row_version": 0})
    settings.KEY_PROVIDER, settings.PUBLIC_KEY_DIR, settings.PRIVATE_KEY_DIR = "pairs", tmp_path, None
    answer = client.post(f"{url}section/credential/", {"secret": make.SECRET, "row_version": 0})
    assert answer.status_code == 409
    assert "this site has no key yet to seal it" in answer.content.decode()
    assert make.SECRET not in answer.content.decode()
    with acting(world.person("aurora", "security")):
        assert not AccessCredential.objects.exists()


PAGE = "/organisation/custody/commerce/"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Commerce's own host: the folder of its private key, and the public one."""
    folder, bits = tmp_path_factory.mktemp("own"), key_pairs.BITS
    key_pairs.BITS = key_pairs.LEAST_BITS
    public = key_pairs.make(folder, "commerce").decode()
    key_pairs.BITS = bits
    return folder, public


def press(world: World, **typed: Any) -> str:
    """What Commerce's administrator reads after saving."""
    client = client_for(world.person("commerce", "administrator"))
    return str(client.post(PAGE, typed, follow=True).content.decode())


def test_an_agency_takes_its_key_home_and_its_component_with_it(
    world: World, request_open: EarlyAccessRequest, settings: Any, pairs: Path, own: tuple[Path, str]
) -> None:
    folder, public = own
    checkpoint = make.checkpoint(world)
    with acting(
        world.person("aurora", "drafter")
    ) as by:  # a draft with a key, which the number that the agency reads leaves out
        draft = actions.create(developer=world.organisations["aurora"], by=by)
        for name, data in make.sections(checkpoint).items():
            actions.save_section(request=draft, section=name, data=data, row_version=0, by=by)
    done = press(world, kind="agency_held", public_key=public, row_version=0)
    assert "1 copy of an access key was sealed again" in done and "left as sealed before" not in done
    with acting(world.person("commerce-caisi", "evaluator")):
        wrap = CredentialWrap.objects.get(target__request=request_open)
        custody = KeyCustody.objects.get()
        assert wrap.key_id == custody.key_id
    with acting(world.person("aurora", "drafter")):
        kept = CredentialWrap.objects.filter(target__request=draft).values_list("key_id", flat=True)
        assert kept and custody.key_id not in kept
    before, after = open_key(world, request_open, "commerce-caisi")
    assert "keeps its own key" in before and make.SECRET not in after
    with pytest.raises(envelope.KeyHeldElsewhere), acting(world.person("commerce-caisi", "evaluator")) as by:
        actions.open_credential(
            credential=wrap.target,
            by=by,
            agency=world.agency("commerce-caisi"),
            reason="Try",
            stepped_up_at=timezone.now(),
        )
    page = holding.Page(request_open, world.person("commerce-caisi", "evaluator"), agency="commerce-caisi")
    assert page.ask()[0] == 202
    holding.worker(settings, folder)
    assert page.opens(page.take()[1]) == make.SECRET
    # a new key of the developer is sealed to the agency's own, too
    with acting(world.person("aurora", "security")) as by:
        actions.replace_key(request=request_open, secret="sk-second-9", expires_on=None, by=by)
        assert (
            CredentialWrap.objects.get(
                target__request=request_open, target__revoked_at=None, organisation__slug="commerce-caisi"
            ).key_id
            == custody.key_id
        )
    # back to hosted: what is sealed to its own key stays so (with the copy of the first key that is kept for proof), and its
    # worker goes on
    assert "2 copies of access keys were left as sealed before" in press(world, kind="hosted", row_version=1)
    assert page.ask()[0] == 202
    holding.worker(settings, folder)
    assert page.opens(page.take()[1]) == "sk-second-9"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "agency_held"}, "Paste the public key"),
        ({"kind": "agency_held", "public_key": "-----BEGIN PUBLIC KEY-----\nx"}, "This is not a public key in PEM."),
        ({"kind": "agency_held", "public_key": "-----BEGIN PRIVATE KEY-----\nkept"}, "This is the private key."),
        ({"kind": "", "public_key": ""}, "Choose one."),
        ({"kind": "hosted", "row_version": 3}, "Somebody changed this since you opened it"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_nothing_changes(world: World, typed: dict[str, Any], words: str) -> None:
    page = press(world, **{"row_version": 0, **typed})
    assert words in page and "kept" not in page.partition("Public key of your own host")[2]
    assert not KeyCustody.objects.exists()


def test_administrators_say_it_and_its_own_people_read_it(world: World, own: tuple[Path, str]) -> None:
    press(world, kind="agency_held", public_key=own[1], row_version=0)
    for who, change, listed in (
        (("commerce", "counsel"), 403, 200), (("treasury", "administrator"), 404, 200), (("aurora", "administrator"), 404, 404),
    ):  # fmt: skip
        client = client_for(world.person(*who))
        assert client.get(PAGE).status_code == change
        assert client.post(PAGE, {"kind": "hosted", "row_version": 1}).status_code == change
        page = client.get("/organisation/custody/")
        assert page.status_code == listed
        assert ("Agency-held: its own worker" in page.content.decode()) == (who[0] == "commerce")
    assert KeyCustody.objects.get().is_held
    with acting(world.person("aurora", "administrator")), pytest.raises(DatabaseError), transaction.atomic():
        KeyCustody.objects.update(kind="hosted", public_key="", key_id="")
        KeyCustody.objects.create(agency=world.agency("treasury"), kind="hosted", set_at=timezone.now())
    assert KeyCustody.objects.get().is_held, "no developer writes it, whatever its code does"


def test_a_draft_is_sealed_again_when_it_is_sent_or_its_key_asked_for_anew(
    world: World, settings: Any, pairs: Path, own: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    settings.KEY_PROVIDER = "pairs"
    settings.PUBLIC_KEY_DIR, settings.PRIVATE_KEY_DIR = pairs / "public", pairs / "web"
    request = make.draft(world)
    file = own[0] / "public.txt"
    file.write_text(own[1])
    call_command("custody", "commerce", held=str(file))
    assert "commerce: Agency-held" in capsys.readouterr().out
    settings.PRIVATE_KEY_DIR = None
    with acting(world.person("aurora", "drafter")) as by:
        with pytest.raises(Invalid, match="keeps its own key since you typed this one"), transaction.atomic():
            actions.submit(request=request, by=by)
        settings.PRIVATE_KEY_DIR = pairs / "web"
        actions.submit(request=request, by=by)
        wrap = CredentialWrap.objects.get(organisation__slug="commerce-caisi")
        assert wrap.key_id == KeyCustody.objects.get().key_id
    call_command("custody")
    assert f"commerce-caisi: agency_held {wrap.key_id}" in capsys.readouterr().out
    call_command("custody", "commerce", hosted=True)
    assert not KeyCustody.objects.get().is_held
    with pytest.raises(CommandError, match="Say which"):
        call_command("custody", "commerce")
