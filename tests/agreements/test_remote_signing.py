"""Signatures with a key in a signing device: the whole way against the openssl program, and everything that does not end in one."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone

from agreements import actions, devices, files, keys, own_keys, queries
from agreements.actions import own_signing, remote_signing
from agreements.models import CompletionCertificate, RemoteSigning, SigningTurn, TestingAgreement
from agreements.pdf.verify import verify
from config import env
from core.decisions import Conflict, Invalid, Refused
from jobs import testing as jobs
from jobs.models import Job
from notifications.models import Mail, Notice
from tests.agreements import cards, elsewhere
from tests.agreements import factories as make
from tests.agreements import signing_devices as remote
from tests.agreements.signing_devices import Device, device
from tests.agreements.test_reassigning import delegation, deputy, reassign
from tests.agreements.test_signing_faults import everything
from tests.world import World

__all__ = ["device"]


@contextmanager
def later(minutes: int) -> Iterator[None]:
    """The clock of the application stands so much later; the clocks of turns are due."""
    real = timezone.now
    Job.objects.filter(kind=own_signing.LAPSE).update(not_before=real())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: real() + timedelta(minutes=minutes))
        yield


def said(world: World, slug: str = "treasury") -> tuple[str, str]:
    """(why the device made no signature, how the turn ended) of the last one that was asked for."""
    with make.acting(world.person(slug, "signatory")):
        row = RemoteSigning.objects.select_related("turn").order_by("-created_at")[0]
        return row.failure, row.turn.ending


def ready(world: World, device: Device, **kwargs: Any) -> TestingAgreement:
    """The second signatory's key lies in the device; the first has signed here."""
    remote.enrol(world, "treasury", device)
    agreement = make.awaiting(world, ("treasury",), **kwargs)
    make.sign(world, agreement, "aurora")
    return agreement


def test_the_device_signs_first_and_the_last_here(world: World, trust: Path, authority: object, device: Device) -> None:
    _, key = remote.enrol(world, "aurora", device)
    agreement = make.awaiting(world, ("treasury",))
    signed = remote.sign(world, agreement, "aurora")
    assert (signed.level, signed.certificate_sha256) == ("B-LTA", elsewhere.fingerprint(key))
    assert device.asked == 1
    with make.acting(world.person("aurora", "signatory")):
        assert SigningTurn.objects.get().ending == "signed"
    assert make.sign(world, agreement, "treasury").level == "B-LTA"
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        content, _ = queries.executed_pdf(row)
        roots, crls, _ = keys.trust(timezone.now())
        planned = [entry.field_name for entry in row.plan]
        known = own_keys.cards(row, timezone.now())
        found = verify(content, trust_roots=roots, crls=crls, planned=planned, stamped=True, cards=known)
        assert found.is_executed
        assert found.authorities[row.plan[0].field_name] == f"urn:concord:authority:{row.plan[0].authority_id}"
        assert not verify(content, trust_roots=roots, crls=crls, planned=planned, stamped=True).is_executed
        one = CompletionCertificate.objects.get().content["signatures"][0]
        assert "own key in a signing device" in one["tier"] and one["authority_id"].startswith("urn:concord:authority:")


def test_without_time_stamps_the_device_signs_last(world: World, trust: Path, device: Device) -> None:
    agreement = ready(world, device)
    done = remote.sign(world, agreement, "treasury")
    assert (done.level, done.file_after.role) == ("B-B", "executed")
    with pikepdf.open(io.BytesIO(files.read(done.file_after.sha256))) as document:
        field = next(f for f in document.Root.AcroForm.Fields if str(f.T) == done.signatory.field_name)
        assert str(field.V.Reason) == done.intent
    with pytest.raises(Conflict, match="already signed"):
        remote.ask(world, agreement, "treasury")
    with pytest.raises(Refused, match="not asked for anything now"):
        remote.finish(world, agreement, "treasury")


FAILURES = {
    "down": ("exit 1", "down, does not know your key, or refused"),
    "silent": ("exit 0", "something that is no signature"),
    "talkative": ("head -c 5000 /dev/zero", "something that is no signature"),
    "random": ("head -c 256 /dev/zero", "not one over what was sent, by this certificate"),
    "another text": (f"head -c 32 /dev/zero | ({remote.SIGNS})", "not one over what was sent, by this certificate"),
    "another key": ("", "not one over what was sent, by this certificate"),
    "without the key": ('rm -f "$1/$2.pem"; ' + remote.SIGNS, "does not know your key"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_what_is_no_signature_leaves_everything_as_it_was(world: World, trust: Path, device: Device, name: str) -> None:
    """The person reads why, the file is free again, and the next try goes on."""
    agreement = ready(world, device)
    with make.acting(world.person("treasury", "signatory")) as by:
        key = own_keys.enrolled(by, world.organisations["treasury"]).key_name
    good = (device.folder / f"{key}.pem").read_bytes()
    script, words = FAILURES[name]
    device.does(script or remote.SIGNS)
    if not script:
        other = next(one for one in map(elsewhere.card, "abcdefgh") if one.key != good)
        device.keep(world, "treasury", other)
    remote.ask(world, agreement, "treasury")
    before = everything(world, agreement)[:-1]  # but the record
    remote.answer()
    failure, ending = said(world)
    assert words in failure and ending == "failed"
    assert everything(world, agreement)[:-1] == before
    with pytest.raises(Refused, match="not asked for anything now"):
        remote.finish(world, agreement, "treasury")
    device.does(remote.SIGNS)
    (device.folder / f"{key}.pem").write_bytes(good)
    assert remote.sign(world, agreement, "treasury").file_after.role == "executed"


@pytest.mark.parametrize("failing", [False, True])
def test_whoever_asked_is_told_when_the_device_has_answered(
    world: World, trust: Path, device: Device, failing: bool
) -> None:
    """They need not wait on the page. Nobody else is told, and the mail names the reference only."""
    agreement = ready(world, device)
    if failing:
        device.does("exit 1")
    remote.ask(world, agreement, "treasury")
    remote.answer()
    jobs.run_due()
    kind = "agreements.device_failed" if failing else "agreements.device_answered"
    person = world.person("treasury", "signatory")
    with make.acting(person):
        (told,) = Notice.objects.filter(user=person, kind__startswith="agreements.device_")
        assert told.kind == kind and agreement.reference in told.subject
        assert told.url == f"{agreement.get_absolute_url()}sign/device/"
    (mail,) = [m for m in Mail.objects.filter(address=person.email) if told.url in m.body]
    assert agreement.title not in mail.body and "Treasury" not in mail.body
    assert ("Nothing was signed" in mail.body) is failing
    for other in (world.person("treasury", "counsel"), world.person("aurora", "drafter")):
        with make.acting(other):
            assert not Notice.objects.filter(user=other, kind__startswith="agreements.device_").exists()


def test_whoever_waits_no_longer_is_not_told(world: World, trust: Path, device: Device) -> None:
    agreement = ready(world, device)
    asked = remote.ask(world, agreement, "treasury")
    with make.acting(world.person("treasury", "signatory")) as by:
        actions.stop_device(agreement=make.seen(agreement, by), by=by)
        actions.take_answer(remote=asked, signature=b"late", failure="")
    jobs.run_due()
    with make.acting(world.person("treasury", "signatory")) as by:
        assert not Notice.objects.filter(kind__startswith="agreements.device_").exists()


def test_a_slow_device_is_ended_with_all_that_it_started(tmp_path: Path, settings: Any) -> None:
    slow = Device(tmp_path, settings)
    slow.does("(sleep 30; echo late) & sleep 30")
    began = time.monotonic()
    with pytest.raises(devices.DeviceFailed, match="did not answer within 1 seconds"):
        devices.Command((str(slow.program),), seconds=1.0).sign("key", bytes(32))
    assert time.monotonic() - began < 10
    with pytest.raises(devices.DeviceFailed, match="does not start"):
        devices.Command((str(tmp_path / "nothing"),)).sign("key", bytes(32))


def test_the_device_is_asked_for_a_fingerprint_with_nothing_of_the_environment(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_SECRET_KEY", "not for programs")
    seen = Device(tmp_path, settings)
    seen.does("cat > $1/input; env > $1/environment; echo signature")
    assert devices.configured().sign("a.b", bytes(range(32))) == b"signature\n"  # type: ignore[union-attr]  # set above
    assert (tmp_path / "input").read_bytes() == bytes(range(32))
    assert "not for programs" not in (tmp_path / "environment").read_text()


def test_pressed_twice_the_device_is_asked_once(world: World, trust: Path, device: Device) -> None:
    agreement = ready(world, device)
    first = remote.ask(world, agreement, "treasury")
    assert remote.ask(world, agreement, "treasury").pk == first.pk
    with pytest.raises(Conflict, match="has not answered yet"):
        remote.finish(world, agreement, "treasury")
    remote.answer()
    assert remote.ask(world, agreement, "treasury").pk == first.pk
    remote.answer()
    assert device.asked == 1
    remote.finish(world, agreement, "treasury")
    with make.acting(world.person("treasury", "signatory")):
        actions.take_answer(remote=first, signature=b"", failure="A second answer.")
        first.refresh_from_db()
        assert first.failure == ""


def test_finishing_decides_everything_again(world: World, trust: Path, device: Device) -> None:
    """Step-up, certificate, role and delegation as they are then; each refuses in a sentence and leaves all as it was."""
    _, key = remote.enrol(world, "treasury", device)
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")
    with pytest.raises(Invalid, match="Type your name"):
        remote.ask(world, agreement, "treasury", typed_name="Somebody else")
    with pytest.raises(Invalid, match="Tick the box"):
        remote.ask(world, agreement, "treasury", agreed=False)
    with pytest.raises(Refused, match="confirmed too long ago"):
        remote.ask(world, agreement, "treasury", stepped_up_at=None)
    with pytest.raises(Conflict, match="The file changed since"):
        remote.ask(world, agreement, "treasury", shown_sha256="0" * 64)
    remote.ask(world, agreement, "treasury")
    remote.answer()
    before = everything(world, agreement)
    with pytest.raises(Refused, match="confirmed too long ago"):
        remote.finish(world, agreement, "treasury", stepped_up_at=timezone.now() - timedelta(minutes=6))
    cards.revoke(trust, key)
    with pytest.raises(Conflict, match=r"cannot be relied on.*revoked"):
        remote.finish(world, agreement, "treasury")
    cards.revoke(trust)
    delegated = make.authority(world, "treasury")
    with make.acting(world.person("treasury", "administrator")) as by:
        actions.revoke_authority(authority=delegated, by=by, reason="Has left the post.")
    with pytest.raises(Refused, match="revoked"):
        remote.finish(world, agreement, "treasury")
    assert everything(world, agreement) == before


def test_another_certificate_enrolled_meanwhile_is_not_signed_for(world: World, trust: Path, device: Device) -> None:
    agreement = ready(world, device)
    remote.ask(world, agreement, "treasury")
    remote.answer()
    remote.enrol(world, "treasury", device, elsewhere.card("Newer"))
    with pytest.raises(Conflict, match="your certificate changed since the device was asked"):
        remote.finish(world, agreement, "treasury")
    with make.acting(world.person("treasury", "signatory")) as by:
        actions.stop_device(agreement=make.seen(agreement, by), by=by)
    assert remote.sign(world, agreement, "treasury").file_after.role == "executed"


@pytest.mark.parametrize("answered", [True, False])
def test_an_answer_after_withdrawal_is_not_kept(world: World, trust: Path, device: Device, answered: bool) -> None:
    agreement = ready(world, device)
    remote.ask(world, agreement, "treasury")
    if answered:
        remote.answer()
    with make.acting(world.person("aurora", "counsel")) as by:
        actions.withdraw(agreement=make.seen(agreement, by), by=by, reason="Not now.")
    before = everything(world, agreement)[:-1]
    remote.answer()
    assert device.asked == (1 if answered else 0)
    with pytest.raises(Refused):
        remote.finish(world, agreement, "treasury")
    assert said(world)[1] == "closed" and everything(world, agreement)[:-1] == before


def test_an_answer_to_a_version_that_was_given_up_is_not_kept(world: World, trust: Path, device: Device) -> None:
    """The device works while the other side declines: its answer meets a turn that has ended."""
    remote.enrol(world, "treasury", device)
    agreement = make.awaiting(world, ("treasury",), steps=(1, 1))
    asked = remote.ask(world, agreement, "treasury")
    with make.acting(world.person("aurora", "signatory")) as by:
        actions.decline_to_sign(agreement=make.seen(agreement, by), by=by, reason="The term is too short.")
    with make.acting(world.person("treasury", "signatory")):
        actions.take_answer(remote=asked, signature=b"what the device answered", failure="")
        asked.refresh_from_db()
        assert (asked.failure, asked.signature) == (remote_signing.LATE, None)
    with pytest.raises(Refused):
        remote.finish(world, agreement, "treasury")


def test_naming_somebody_else_ends_it(world: World, trust: Path, device: Device) -> None:
    agreement = ready(world, device)
    remote.ask(world, agreement, "treasury")
    remote.answer()
    other = deputy(world, role="intake")
    assert reassign(world, agreement, delegation(world, other)).tier == "held"
    assert said(world)[1] == "closed"
    with pytest.raises(Refused):
        remote.finish(world, agreement, "treasury")


def test_others_of_the_step_wait_for_fifteen_minutes_at_most(world: World, trust: Path, device: Device) -> None:
    remote.enrol(world, "aurora", device)
    agreement = make.awaiting(world, ("treasury",), steps=(1, 1))
    asked = remote.ask(world, agreement, "aurora")
    name = world.person("aurora", "signatory").name
    with pytest.raises(Refused, match=f"{name} holds the file now, to sign it with their own key"):
        make.sign(world, agreement, "treasury")
    with make.acting(world.person("treasury", "signatory")) as by:
        assert not RemoteSigning.objects.filter(pk=asked.pk).exists()  # what is prepared and typed stays at home
        with pytest.raises(Refused, match="not asked for anything now"):
            actions.stop_device(agreement=make.seen(agreement, by), by=by)
    with later(16):
        with pytest.raises(Refused, match="its 15 minutes are over"):
            remote.finish(world, agreement, "aurora")
        assert len(jobs.run_due(kinds=(own_signing.LAPSE,))) == 1
    assert said(world, "aurora")[1] == "lapsed"
    make.sign(world, agreement, "treasury")
    assert remote.sign(world, agreement, "aurora").file_after.role == "executed"


def test_a_time_stamp_authority_that_is_silent_costs_only_a_try(
    world: World, trust: Path, authority: Any, device: Device, settings: Any
) -> None:
    agreement = ready(world, device)
    remote.ask(world, agreement, "treasury")
    remote.answer()
    before, url = everything(world, agreement), settings.TSA_URL
    settings.TSA_URL = "http://127.0.0.1:9/"
    with pytest.raises(Conflict, match="does not answer"):
        remote.finish(world, agreement, "treasury")
    assert everything(world, agreement) == before
    settings.TSA_URL = url
    assert remote.finish(world, agreement, "treasury").level == "B-LTA"
    assert device.asked == 1


def test_without_a_device_nobody_enrols_for_one_and_people_sign_here(
    world: World, trust: Path, device: Device, settings: Any
) -> None:
    agreement = ready(world, device)
    remote.ask(world, agreement, "treasury")
    settings.SIGNING_DEVICE = None
    remote.answer()
    assert "no signing device any more" in said(world)[0]
    with pytest.raises(Refused, match="no signing device any more"):
        remote.ask(world, agreement, "treasury")
    with pytest.raises(Invalid, match="has no signing device"):
        remote.enrol(world, "aurora", device)
    with make.acting(world.person("treasury", "signatory")) as by:
        row = make.seen(agreement, by)
        mine = next(entry for entry in row.plan if entry.person_id == by.pk)
        assert own_keys.tier_of(by, mine.organisation) == "held"
        actions.choose_way(agreement=row, signatory=mine, tier="held", by=by)
    assert make.sign(world, agreement, "treasury").file_after.role == "executed"


def test_a_card_is_no_device_and_a_device_no_card(world: World, trust: Path, device: Device) -> None:
    cards.enrol(world, "treasury")
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")
    with pytest.raises(Refused, match="You sign on a card"):
        remote.ask(world, agreement, "treasury")
    with make.acting(world.person("treasury", "signatory")) as by:
        row = make.seen(agreement, by)
        mine = next(entry for entry in row.plan if entry.person_id == by.pk)
        with pytest.raises(Refused, match="no certificate to sign with that way"):
            actions.choose_way(agreement=row, signatory=mine, tier="device", by=by)
    remote.enrol(world, "treasury", device)
    with pytest.raises(Conflict, match="No certificate is enrolled for you any more"):
        cards.take(world, agreement, "treasury")
    with make.acting(world.person("treasury", "signatory")) as by:
        actions.choose_way(agreement=make.seen(agreement, by), signatory=mine, tier="device", by=by)
    with pytest.raises(Refused, match="You sign with your own key in the signing device"):
        cards.take(world, agreement, "treasury")
    assert remote.sign(world, agreement, "treasury").file_after.role == "executed"


@pytest.mark.parametrize("wrong", ["sign", "command:", "command:sign", "https://hsm.example", "command:/sign 'open"])
def test_the_setting_is_read_or_refused_at_start(wrong: str) -> None:
    assert env.signing_device("") is None
    assert env.signing_device("command:/opt/sign --slot 2") == ("command", ("/opt/sign", "--slot", "2"))
    with pytest.raises(env.EnvironmentIncomplete, match="CONCORD_SIGNING_DEVICE must be"):
        env.signing_device(wrong)
