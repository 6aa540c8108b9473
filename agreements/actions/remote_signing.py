"""Sign with a key in a signing device: ask (prepare the file and what is to be signed), take the device's answer, finish. Three
transactions; nothing is locked while the device is asked, and the last one decides everything again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements import files, notices, own_keys, policies
from agreements.actions import own_signing, signing
from agreements.actions.base import end_turns, locked, record
from agreements.models import OwnCertificate, RemoteSigning, Signature, SigningTurn, TestingAgreement
from agreements.pdf import evidence, two_phase
from agreements.pdf.accepting import kept
from agreements.pdf.two_phase import Prepared
from core.decisions import Conflict
from jobs import actions as jobs

LASTS = timedelta(minutes=15)
ASK = "agreements.ask_device"
LATE = "The signing device answered when the turn had ended; its signature was not kept."
NOTHING = "Nothing is signed. Have the device sign again, or choose to sign here."
MOVED = "The file, your delegation or your certificate changed since the device was asked. Stop this, and have it sign again."


@transaction.atomic
def ask_device(
    *, agreement: TestingAgreement, by: User, shown_sha256: str, typed_name: str, agreed: bool,
    stepped_up_at: datetime | None,
) -> RemoteSigning:  # fmt: skip
    """Everything that a signature made here needs; then the file is prepared, held for 15 minutes, and the device is asked by a
    worker. Pressed twice, the device is asked once."""
    now = signing.ready(
        agreement, by, policies.may_sign_by_device, shown_sha256=shown_sha256, typed_name=typed_name, agreed=agreed,
        stepped_up_at=stepped_up_at,
    )  # fmt: skip
    agreement = now.agreement
    if (held := agreement.file_turn) is not None:
        return RemoteSigning.objects.get(turn=held)
    certificate = own_signing.usable(now.row, now.at)
    stamping = signing.promised(now.before, now.at)
    owner, chain = _chain(certificate)
    before = files.read(now.before.sha256)
    with signing.made("Your device was not asked"):
        prepared = two_phase.prepare(
            before, field=now.row.field_name, owner=owner, chain=chain, name=now.row.person.name,
            meaning=signing.intent(agreement, now.row), at=now.at, stamped=stamping is not None,
            authority=evidence.urn(now.chain[0].pk),
        )  # fmt: skip
    end_turns(agreement, SigningTurn.Ending.LAPSED)  # its time is over, and its job has not run yet
    turn = SigningTurn.objects.create(
        agreement=agreement, developer_id=agreement.developer_id, signatory=now.row, file=now.before, taken_at=now.at,
        lapses_at=now.at + LASTS,
    )  # fmt: skip
    remote = RemoteSigning.objects.create(
        organisation=now.row.organisation, turn=turn, certificate=certificate, added=prepared.pdf[len(before) :],
        start=prepared.start, end=prepared.end, attributes=prepared.attributes, prepared_at=prepared.at,
        typed_name=now.typed_name, stepped_up_at=now.stepped_up_at,
    )  # fmt: skip
    record("device_asked", agreement, by=by, detail={"sha256": now.before.sha256, "field": now.row.field_name})
    jobs.enqueue(ASK, key=f"{ASK}:{remote.pk}", organisations=agreement.party_ids, payload={"remote": str(remote.pk)})
    jobs.enqueue(
        own_signing.LAPSE, key=f"{own_signing.LAPSE}:{turn.pk}", organisations=agreement.party_ids,
        payload={"turn": str(turn.pk)}, not_before=turn.lapses_at,
    )  # fmt: skip
    return remote


def _chain(certificate: OwnCertificate) -> tuple[bytes, list[bytes]]:
    """(the certificate, those above it), each as PEM."""
    owner, *above = own_keys.pems(certificate)
    return owner, above


def prepared_of(remote: RemoteSigning) -> Prepared:
    """What was prepared, as it was kept."""
    before = files.read(remote.turn.file.sha256)
    return Prepared(
        before + bytes(remote.added), remote.start, remote.end, remote.turn.signatory.field_name, remote.prepared_at,
        bytes(remote.attributes),
    )  # fmt: skip


@transaction.atomic
def take_answer(*, remote: RemoteSigning, signature: bytes, failure: str) -> None:
    """What the device answered, or why it did not. A signature that is not over what was sent, or by another key, is a failure;
    so is one that comes when nobody waits for it any more. A failure frees the file."""
    agreement = locked(remote.turn.agreement)
    row = (
        RemoteSigning.objects.select_for_update(of=("self",))
        .select_related("turn__signatory__person", "certificate")
        .get(pk=remote.pk)
    )
    if row.answered_at is not None:
        return
    row.answered_at = timezone.now()
    waited = row.is_running(row.answered_at)
    if not waited:
        failure = LATE
    elif not failure:
        failure = two_phase.answer_problem(_chain(row.certificate)[0], bytes(row.attributes), signature)
    row.failure = failure
    row.signature = None if failure else signature
    row.save(update_fields=["answered_at", "signature", "failure"])
    if failure:
        SigningTurn.objects.filter(pk=row.turn_id, ended_at__isnull=True).update(
            ended_at=row.answered_at, ending=SigningTurn.Ending.FAILED
        )
    verb = "device_failed" if failure else "device_answered"
    record(verb, agreement, by=None, parties=[row.organisation_id], reason=failure)
    if waited:  # whoever stopped, or was told that the turn is over, waits for nothing
        notices.tell_of_device(f"agreements.{verb}", agreement, row.turn.signatory.person)


@transaction.atomic
def finish_by_device(*, agreement: TestingAgreement, by: User, stepped_up_at: datetime | None) -> Signature:
    """Put the device's signature into the file: everything that a signature made here needs is decided again, on what stands
    now, and what was prepared must still be about it."""
    agreement = locked(agreement)
    remote = asked_by(agreement, by)
    if remote.signature is None:
        raise Conflict("Your signing device has not answered yet. Open the page again in a moment.")
    turn = remote.turn
    now = signing.ready(
        agreement, by, policies.may_sign_by_device, shown_sha256=turn.file.sha256, typed_name=remote.typed_name,
        agreed=True, stepped_up_at=stepped_up_at,
    )  # fmt: skip
    urn = evidence.urn(now.chain[0].pk)
    if (
        now.row.pk != turn.signatory_id or now.before.pk != turn.file_id
        or own_signing.usable(now.row, now.at).pk != remote.certificate_id
        or two_phase.authority_of(bytes(remote.attributes)) != urn
    ):  # fmt: skip
        raise Conflict(MOVED)
    stamping = signing.promised(now.before, now.at)
    owner, chain = _chain(remote.certificate)
    level = "B-B"
    with signing.made("Your signature was not made"):
        content = two_phase.finish(
            files.read(now.before.sha256), prepared_of(remote), bytes(remote.signature), owner=owner, chain=chain
        )
        if stamping is not None:
            content = kept(content, now.row.field_name, stamping, *own_keys.trust_of(remote.certificate, now.at))
            level = "B-LTA"
    signature = signing.finish(
        now, content, stamping, level=level, certificate_sha256=remote.certificate.sha256,
        named={now.row.field_name: urn},
    )  # fmt: skip
    end_turns(now.agreement, SigningTurn.Ending.SIGNED)
    return signature


@transaction.atomic
def stop_device(*, agreement: TestingAgreement, by: User) -> None:
    """Wait no longer: others of the step can sign, and an answer that still comes is not kept."""
    agreement = locked(agreement)
    policies.may_stop_device(by, agreement).require()
    end_turns(agreement, SigningTurn.Ending.GIVEN_UP)
    record("device_stopped", agreement, by=by)


def asked_by(agreement: TestingAgreement, by: User) -> RemoteSigning:
    """What this person's device is asked for now; refused when that is over."""
    policies.may_stop_device(by, agreement).require()
    running = RemoteSigning.objects.filter(
        turn__agreement=agreement, turn__ended_at__isnull=True, turn__lapses_at__gt=timezone.now()
    )
    found: RemoteSigning | None = running.select_related("turn__file", "turn__signatory", "certificate").first()
    if found is None:  # it ended between the two lines
        raise Conflict(f"Your signing device is not asked for anything any more. {NOTHING}")
    return found
