"""What breaks in the middle of a signature leaves everything as it was, is said in a sentence, and the next try goes on."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import typst
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from agreements import actions, files, keys, queries
from agreements.models import CompletionCertificate, IssuedFile, Signature, TestingAgreement
from agreements.pdf import appearance
from agreements.pdf.timestamps import respond
from agreements.rules import turns
from audit.models import Event
from core.decisions import Conflict, Refused
from tests.agreements import factories as make
from tests.agreements.test_prechecks import PanicException, broken
from tests.world import World, client_for


def everything(world: World, agreement: TestingAgreement) -> tuple[object, ...]:
    """What a signature would change."""
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        file = queries.current_file(row)
        return (
            row.status, row.fully_executed_at, file and (file.sha256, file.role), IssuedFile.objects.count(),
            Signature.objects.count(), CompletionCertificate.objects.count(),
            Event.objects.filter(object_id=str(row.pk)).count(),
        )  # fmt: skip


def patient(act: Callable[[], Any]) -> Any:
    """The database notices after a moment that a process is gone."""
    for _ in range(50):
        try:
            return act()
        except Conflict as busy:
            if "Someone is signing now" not in busy.sentence:
                raise
            time.sleep(0.1)
    return act()


def killed(agreement: TestingAgreement, person: User, what: str, at_write: int) -> list[str]:
    """The hashes of the files that a process wrote before it was killed in the middle of its deed."""
    told = [
        connection.settings_dict["NAME"],
        settings.KEY_DIR,
        settings.MEDIA_ROOT,
        agreement.pk,
        person.pk,
        what,
        at_write,
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.agreements.killed", *map(str, told)], cwd=settings.BASE_DIR, capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout.split()


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_while_it_seals_or_signs_leaves_nothing_to_believe(transactional_world: World) -> None:
    """While it seals; after the executed file was written; and after its certificate was. The next try goes on."""
    world = transactional_world
    for organisation in ("aurora", "treasury"):
        make.authority(world, organisation)
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    drafter, before = world.person("aurora", "drafter"), everything(world, agreement)
    assert len(killed(agreement, drafter, "open", 2)) == 2  # the trial of the storage, then the sealed file
    assert everything(world, agreement) == before

    def opened() -> object:
        with make.acting(drafter) as by:
            return actions.open_for_signature(agreement=make.seen(agreement, by), by=by)

    patient(opened)
    make.sign(world, agreement, "aurora")
    before, orphans = everything(world, agreement), []
    for at_write in (1, 2):
        found = killed(agreement, world.person("treasury", "signatory"), "sign", at_write)
        assert len(found) == at_write and files.read(found[0]).startswith(b"%PDF-")
        assert everything(world, agreement) == before
        orphans += found
    client = client_for(drafter)
    assert client.get(f"{agreement.get_absolute_url()}executed.pdf").status_code == 403
    assert not any(answer(client, orphan) != answer(client, "0" * 64) for orphan in orphans)
    signature = patient(lambda: make.sign(world, agreement, "treasury"))
    assert signature.file_after.role == "executed" and signature.file_after.sha256 not in orphans
    with make.acting(drafter) as by:
        row = make.seen(agreement, by)
        assert row.status == "in_force"
        assert queries.executed_pdf(row)[1] == signature.file_after
        assert queries.certificate(row).executed == signature.file_after
    assert answer(client, signature.file_after.sha256) != answer(client, "0" * 64)


def answer(client: Client, sha256: str) -> str:
    """What the verification page says of a hash, without the hash."""
    page = client.get("/verify/", {"sha256": sha256}).content.decode().partition("<main")[2]
    return re.sub(r'(csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{64})', "", page)


@pytest.mark.parametrize("error", [PanicException("index out of bounds"), MemoryError()])
@pytest.mark.parametrize("what", ["look", "certificate"])
def test_a_renderer_that_crashes_leaves_the_signature_unmade(
    world: World, monkeypatch: pytest.MonkeyPatch, error: BaseException, what: str
) -> None:
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")
    before, compiled = everything(world, agreement), typst.compile

    def crash(template: str, **kwargs: Any) -> Any:
        if (template == str(appearance.TEMPLATE)) is (what == "look"):
            raise error
        return compiled(template, **kwargs)

    monkeypatch.setattr(typst, "compile", crash)
    with pytest.raises(Conflict, match=r"signature was not made.*The renderer failed.*Nothing was changed"):
        make.sign(world, agreement, "treasury")
    monkeypatch.undo()
    assert everything(world, agreement) == before
    assert make.sign(world, agreement, "treasury").file_after.role == "executed"


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(seconds=-6), timedelta(seconds=6), timedelta(days=400)])
def test_a_time_stamp_authority_that_lies_about_the_time_stops_the_signature(
    world: World, monkeypatch: pytest.MonkeyPatch, off: timedelta
) -> None:
    monkeypatch.setattr(settings, "TSA_URL", "http://127.0.0.1:1")  # never called: what answers is put in its place
    clock = keys.time_stamp_authority(timezone.now())

    def answering(by: timedelta) -> Callable[[bytes], bytes]:
        return lambda query: respond(query, clock, at=datetime.now(timezone.now().tzinfo) + by)

    monkeypatch.setattr(keys, "_ask", answering(timedelta(0)))
    agreement = make.awaiting(world, ("treasury",))
    before = everything(world, agreement)
    monkeypatch.setattr(keys, "_ask", answering(off))
    with pytest.raises(Conflict, match=r"this system.s clock differs by more than 5 seconds\. Nothing was changed"):
        make.sign(world, agreement, "aurora")
    assert everything(world, agreement) == before
    monkeypatch.setattr(keys, "_ask", answering(timedelta(0)))
    assert make.sign(world, agreement, "aurora").level == "B-LT"


def test_storage_that_is_full_leaves_the_signature_unmade(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = make.awaiting(world, ("treasury",))
    before = everything(world, agreement)
    monkeypatch.setattr(files, "put", broken(OSError(28, "No space left on device")))
    with pytest.raises(Conflict, match=r"could not be stored or read back.*Nothing was changed"):
        make.sign(world, agreement, "aurora")
    monkeypatch.undo()
    assert everything(world, agreement) == before
    assert make.sign(world, agreement, "aurora").level == "B-B"


def test_turns_among_two_hundred_signatories() -> None:
    """Forty steps of five: whoever is asked next is told once, and everybody signs once."""
    plan: list[Any] = [
        SimpleNamespace(step=n // 5 + 1, person_id=n, signature=None, person=SimpleNamespace(name=str(n)),
                        organisation=SimpleNamespace(name="Org"))
        for n in range(200)
    ]  # fmt: skip
    told = list(turns.next_in(plan))
    for _ in range(len(plan)):
        row = turns.next_in(plan)[-1]
        assert turns.may_take_turn(plan, SimpleNamespace(pk=row.person_id))
        row.signature = object()
        told += turns.called_after(plan, row)
        assert not turns.may_take_turn(plan, SimpleNamespace(pk=row.person_id))
    assert [row.person_id for row in told] == list(range(200))
    assert turns.next_in(plan) == []


def test_a_delegation_that_expired_a_second_ago_signs_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    make.authority(world, "aurora", valid_until=now + timedelta(minutes=10))
    agreement = make.awaiting(world, ("treasury",))
    before = everything(world, agreement)
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: now + timedelta(minutes=10, seconds=1))
        with pytest.raises(Refused, match="expired on"):
            make.sign(world, agreement, "aurora", stepped_up_at=timezone.now())
    assert everything(world, agreement) == before


def test_the_file_of_an_older_version_is_not_signed(world: World) -> None:
    """Declined, changed and opened anew while somebody had the page of the older version open."""
    agreement = make.awaiting(world, ("treasury",))
    with make.acting(world.person("treasury", "signatory")) as by:
        old = queries.current_file(make.seen(agreement, by)).sha256
    with make.acting(world.person("aurora", "signatory")) as by:
        actions.decline_to_sign(agreement=make.seen(agreement, by), by=by, reason="The window is too long.")
    with make.acting(world.person("aurora", "drafter")) as by:
        draft = actions.begin_version(agreement=make.seen(agreement, by), by=by)
        values = {"row_version": draft.row_version, "variables": {"access_days": 10}, "clauses": {}}
        actions.save_draft(agreement=make.seen(agreement, by), by=by, **values)
        actions.propose_version(agreement=make.seen(agreement, by), by=by)
        actions.open_clearance(agreement=make.seen(agreement, by), by=by)
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
    before = everything(world, agreement)
    with pytest.raises(Conflict, match="The file changed since you opened this page"):
        make.sign(world, agreement, "aurora", shown_sha256=old)
    assert everything(world, agreement) == before
