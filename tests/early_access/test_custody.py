"""An agency that keeps its own key: this site seals for it and cannot open; its worker's host can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core import key_pairs
from early_access import hooks
from early_access.actions.credentials import opening_for_worker
from early_access.models import AccessCredential, CredentialOpening, CredentialWrap, EarlyAccessRequest
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.world import World, client_for

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Public keys of all; `web` holds what is left to the site (signing, Commerce), `treasury` its own."""
    folder, bits = tmp_path_factory.mktemp("custody"), key_pairs.BITS
    (folder / "public").mkdir()
    key_pairs.BITS = key_pairs.LEAST_BITS
    for name, host in (("signing", "web"), ("commerce", "web"), ("treasury", "treasury")):
        (folder / "public" / f"{name}.pem").write_bytes(key_pairs.make(folder / host, name))
    key_pairs.BITS = bits
    return folder


@pytest.fixture
def request_open(world: World, pairs: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> EarlyAccessRequest:
    """A request whose window is open, sealed and signed with key pairs, seen from the web host."""
    for name in ("on_window_opened", "may_open_credential"):
        monkeypatch.setattr(hooks, name, [])
    settings.KEY_PROVIDER = "pairs"
    settings.PUBLIC_KEY_DIR, settings.PRIVATE_KEY_DIR = pairs / "public", pairs / "web"
    return make.opened(world)


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
    for page in (before, after):
        assert "keeps its key on its own hosts: this site can seal the access key for it and cannot open it" in page
    assert "Open the key" not in before and make.SECRET not in after
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
