"""Openings of an agency that keeps its own key, as a program asks for them: with a key of its own for each."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from core import key_pairs, page_keys
from early_access import hooks
from early_access.models import EarlyAccessRequest
from jobs.testing import run_due
from tests.early_access import factories as make
from tests.world import World, client_for

AGENCY = "treasury"


def pairs(folder: Path, *agencies: str) -> Path:
    """`public` for everybody, `web` for what is left to the site, a folder for each agency's own host. Of the least size."""
    bits, key_pairs.BITS = key_pairs.BITS, key_pairs.LEAST_BITS
    (folder / "public").mkdir()
    hosts = [("signing", "web"), ("commerce", "web"), *((name, name) for name in agencies)]
    for name, host in hosts:
        (folder / "public" / f"{name}.pem").write_bytes(key_pairs.make(folder / host, name))
    key_pairs.BITS = bits
    return folder


def seen_from_the_site(
    world: World, folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> EarlyAccessRequest:
    """A request whose window is open, sealed and signed with key pairs, in the site's own process."""
    for name in ("on_window_opened", "may_open_credential"):
        monkeypatch.setattr(hooks, name, [])
    settings.KEY_PROVIDER = "pairs"
    settings.PUBLIC_KEY_DIR, settings.PRIVATE_KEY_DIR = folder / "public", folder / "web"
    return make.opened(world)


class Page:
    """One person's page: it makes a key, asks, and takes the answer."""

    def __init__(self, request: EarlyAccessRequest, person: User, *, agency: str = AGENCY, **client: Any) -> None:
        self.client, self.key = client_for(person, **client), page_keys.new_key()
        self.base = f"/api/v1/requests/{request.reference}/"
        self.agency, self.said = agency, {}

    def ask(self, **changes: str) -> tuple[int, dict[str, Any]]:
        """(status, answer) of the opening."""
        body = {"reason": "First calls", "public_key": page_keys.public_of(self.key), **changes}
        answer = self.client.post(f"{self.base}connection/{self.agency}/", body, content_type="application/json")
        self.said = answer.json()
        return answer.status_code, self.said

    def take(self, by: Page | None = None) -> tuple[int, dict[str, Any]]:
        """(status, answer) of taking it, perhaps as somebody else."""
        answer = (by or self).client.post(
            f"{self.base}answers/{self.said['id']}/take/", {}, content_type="application/json"
        )
        return answer.status_code, answer.json()

    def opens(self, answer: dict[str, Any]) -> str:
        """What the page reads."""
        return page_keys.open_sealed(self.key, self.said["purpose"], base64.b64decode(answer["sealed"])).decode()


def worker(settings: Any, private: Path) -> None:
    """The agency's worker does what waits, in the same process with its own keys; then it is the site again."""
    site, settings.PRIVATE_KEY_DIR = settings.PRIVATE_KEY_DIR, private
    try:
        run_due(kinds=("early_access.answer_opening",))
    finally:
        settings.PRIVATE_KEY_DIR = site
