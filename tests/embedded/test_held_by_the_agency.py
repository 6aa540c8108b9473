"""The web host never sees an access key of an agency that keeps its own key: everything that its process handles is recorded
while a person opens one, with a real worker on the agency's own host. The same recording finds the value where it is hosted."""

from __future__ import annotations

import base64
import logging
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from agencies import actions as agencies
from core import page_keys
from early_access.models import CredentialOpening, EarlyAccessRequest
from evaluations import actions as evaluations
from jobs.broker_access import queues
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.embedded import agency_host as host
from tests.embedded import recording
from tests.evaluations.test_assignments import RULES, attested
from tests.world import World, client_for

VALUE = "sk-aurora-0nly-for-the-agency-5f1c77"


@pytest.fixture
def request_open(transactional_world: World, site: None) -> EarlyAccessRequest:
    """This process is the site's web host. A request of Aurora is open, and CAISI's evaluator has attested."""
    world = transactional_world
    request = make.scheduled(world, credential={"secret": VALUE})
    run_due(kinds=("evaluations.route", "evaluations.receive", "early_access.open_window"))
    evaluator, row = attested(world)
    with acting(evaluator):
        evaluations.prepare(assignment=row, by=evaluator, **RULES)
    return request


def visitor(world: World, kept: recording.Recording) -> recording.Visitor:
    """CAISI's evaluator, who confirmed who they are just now."""
    client = recording.Visitor()
    client.recording = kept
    client.cookies = client_for(world.person("commerce-caisi", "evaluator")).cookies
    return client


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nothing_that_the_web_process_handles_holds_the_value(
    transactional_world: World,
    request_open: EarlyAccessRequest,
    broker: host.Broker,
    folder: Path,
    tmp_path: Path,
    capfd: Any,
) -> None:
    world, key, log = transactional_world, page_keys.new_key(), tmp_path / "worker.log"
    with acting(world.person("commerce", "administrator")) as by:
        public = (folder / "public" / "commerce.pem").read_text()
        agencies.set_custody(agency=world.agency("commerce"), kind="agency_held", public_key=public, by=by)
    base = f"/api/v1/requests/{request_open.reference}/"
    body = {"reason": "First calls", "public_key": page_keys.public_of(key)}
    with (
        host.worker(host.environ(folder, broker, "commerce"), ",".join(queues("commerce")), log),
        recording.everything(tmp_path, capfd) as kept,
    ):
        logging.getLogger("concord").info("a line of the log")
        client = visitor(world, kept)
        page = client.get(f"/requests/{request_open.reference}/connect/commerce-caisi/").content.decode()
        asked = client.post(f"{base}connection/commerce-caisi/", body, content_type="application/json")
        assert asked.status_code == 202, asked.content
        said, deadline = asked.json(), time.monotonic() + 60
        while not (said := taken(client, f"{base}answers/{said['id']}/take/"))["sealed"]:
            assert time.monotonic() < deadline, log.read_text()[-3000:]
            time.sleep(0.1)
    assert "keeps its own key" in page
    assert {"requests", "responses", "database", "redis", "log"} <= set(kept.heard), "every channel was listened to"
    assert kept.found("a line of the log") == {"log"}
    assert kept.found("First calls") >= {"requests", "database"}, "and heard"
    assert kept.found(said["id"]) >= {"responses", "database"}
    assert kept.found(VALUE) == set()
    assert "deciphered" not in kept.heard and "data keys" not in kept.heard, "nothing was opened here at all"
    assert not list((folder / "web").glob("commerce*")), "nor could it be"
    opened = page_keys.open_sealed(key, said["purpose"], base64.b64decode(said["sealed"]))
    assert opened.decode() == VALUE, "the page alone reads it"
    with acting(world.person("aurora", "security")):
        assert CredentialOpening.objects.get(opened_by__isnull=False).reason == "First calls"


def taken(client: recording.Visitor, url: str) -> dict[str, Any]:
    """What the page gets when it asks for the answer."""
    answer = client.post(url, {}, content_type="application/json")
    assert answer.status_code in (200, 202), answer.content
    return dict(answer.json())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_recording_finds_it_where_the_site_keeps_the_key(
    transactional_world: World,
    request_open: EarlyAccessRequest,
    settings: Any,
    folder: Path,
    tmp_path: Path,
    capfd: Any,
) -> None:
    both = tmp_path / "both"
    shutil.copytree(folder / "web", both)
    shutil.copy(folder / "commerce" / "commerce.pem", both)
    settings.PRIVATE_KEY_DIR = both
    url = f"/requests/{request_open.reference}/connect/commerce-caisi/"
    with recording.everything(tmp_path, capfd) as kept:
        client = visitor(transactional_world, kept)
        client.get(url)
        client.post(url, {"text": "First calls"})
    assert kept.found(VALUE) == {"responses", "deciphered"}
