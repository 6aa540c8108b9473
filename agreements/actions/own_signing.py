"""Sign on a card, outside Concord: take the file, download it, bring it back signed, or give it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements import files, notices, own_keys, policies, queries
from agreements.actions import signing
from agreements.actions.base import end_turns, locked, record
from agreements.models import OwnCertificate, Signatory, Signature, SigningTurn, TestingAgreement, Tier
from agreements.pdf.accepting import UploadRefused, kept
from agreements.pdf.limited import accepted
from agreements.rules import turns
from core.decisions import Conflict, Invalid, Problem, refuse
from jobs import actions as jobs

LASTS = timedelta(hours=24)
LAPSE = "agreements.lapse_turn"
GONE = "There is nothing to sign any more. Open the agreement to see why."


@transaction.atomic
def take_file(*, agreement: TestingAgreement, by: User) -> SigningTurn:
    """Hold the file for 24 hours, alone, to sign it elsewhere. Who holds it already keeps the turn that there is."""
    agreement = locked(agreement)
    policies.may_sign_elsewhere(by, agreement).require()
    if (held := agreement.file_turn) is not None:
        return held
    row, file = turns.mine(agreement.plan, by), queries.current_file(agreement)
    if row is None or file is None:
        raise Conflict(GONE)
    at = timezone.now()
    usable(row, at)
    end_turns(agreement, SigningTurn.Ending.LAPSED)  # its hours are over, and its job has not run yet
    turn = SigningTurn.objects.create(
        agreement=agreement, developer_id=agreement.developer_id, signatory=row, file=file, taken_at=at,
        lapses_at=at + LASTS,
    )  # fmt: skip
    record("file_taken", agreement, by=by, detail={"sha256": file.sha256, "field": row.field_name})
    jobs.enqueue(
        LAPSE, key=f"{LAPSE}:{turn.pk}", organisations=agreement.party_ids, payload={"turn": str(turn.pk)},
        not_before=turn.lapses_at,
    )  # fmt: skip
    return turn


def usable(row: Signatory, at: datetime) -> OwnCertificate:
    """The signatory's certificate, if it can be signed with now."""
    certificate = own_keys.enrolled(row.person, row.organisation)
    if certificate is None or own_keys.tier_with(certificate) != row.tier:
        raise Conflict("No certificate is enrolled for you any more. Enrol one, or choose to sign here.")
    if against := own_keys.problem(certificate, at):
        raise Conflict(f"{against} Enrol another one, or choose to sign here.")
    return certificate


@transaction.atomic
def download_to_sign(*, agreement: TestingAgreement, by: User) -> bytes:
    """The file as it was issued, to whoever holds it; that it was handed out is on record."""
    agreement = locked(agreement)
    turn = held_turn(agreement, by)
    record("file_handed_out", agreement, by=by, detail={"sha256": turn.file.sha256})
    return files.read(turn.file.sha256)


@transaction.atomic
def give_back(*, agreement: TestingAgreement, by: User) -> None:
    """End the turn without a signature: others of the step can sign."""
    agreement = locked(agreement)
    held_turn(agreement, by)
    end_turns(agreement, SigningTurn.Ending.GIVEN_UP)
    record("file_given_back", agreement, by=by)


def held_turn(agreement: TestingAgreement, by: User) -> SigningTurn:
    """The turn that this person has with the file; refused without one."""
    policies.may_hold_file(by, agreement).require()
    turn = agreement.file_turn
    if turn is None:  # it lapsed between the two lines
        raise Conflict(GONE)
    return turn


@transaction.atomic
def lapse_turn(*, turn: SigningTurn) -> bool:
    """The end of the 24 hours (of the 15 minutes that a device has); whoever still has to sign is told. Whether there was
    anything to end."""
    agreement = locked(turn.agreement)
    held = SigningTurn.objects.filter(pk=turn.pk, ended_at__isnull=True, lapses_at__lte=timezone.now())
    if not held.update(ended_at=timezone.now(), ending=SigningTurn.Ending.LAPSED):
        return False
    record("device_late" if turn.signatory.tier == Tier.DEVICE else "file_lapsed", agreement, by=None)
    waiting = [row.person for row in turns.next_in(agreement.plan)]
    notices.tell_signatories(agreement, waiting, by=None, kind="agreements.file_free")
    return True


def sign_elsewhere(
    *, agreement: TestingAgreement, by: User, shown_sha256: str, upload: bytes, typed_name: str, agreed: bool,
    stepped_up_at: datetime | None,
) -> Signature:  # fmt: skip
    """Take a file back that was signed on a card. The file is judged in a child process before anything is locked; then
    everything that a signature made here needs, in one transaction, with what was judged compared again."""
    turn = held_turn(agreement, by)
    certificate = usable(turn.signatory, timezone.now())
    asked = own_keys.asked(turn.signatory, certificate, timezone.now())
    try:
        found = accepted(files.read(turn.file.sha256), upload, asked)
    except UploadRefused as refused:
        raise Invalid([Problem("upload", str(refused))]) from refused
    with transaction.atomic():
        now = signing.ready(
            agreement, by, policies.may_sign_elsewhere, shown_sha256=shown_sha256, typed_name=typed_name, agreed=agreed,
            stepped_up_at=stepped_up_at, within=signing.ON_A_CARD,
        )  # fmt: skip
        again = held_turn(now.agreement, by)
        if again.pk != turn.pk or now.before.pk != turn.file_id or usable(now.row, now.at).pk != certificate.pk:
            raise Conflict("The file or your certificate changed while yours was read. Open the page again.")
        stamping = signing.promised(now.before, now.at)
        content, level = upload, "B-B" if found.pades else "PKCS#7"
        if stamping is not None:
            with signing.made("Your signature was not taken"):
                content = kept(upload, now.row.field_name, stamping, *own_keys.trust_of(certificate, now.at))
                level = "B-LTA" if found.pades else "PKCS#7, LTA"
        signature = signing.finish(
            now, content, stamping, level=level, certificate_sha256=found.certificate_sha256, named={}
        )
        end_turns(now.agreement, SigningTurn.Ending.SIGNED)
    return signature


@transaction.atomic
def choose_way(*, agreement: TestingAgreement, signatory: Signatory, tier: str, by: User) -> Signatory:
    """Sign here instead of with one's own key, or the other way; until the signature is made."""
    agreement = locked(agreement)
    row = next((entry for entry in agreement.plan if entry.pk == signatory.pk), None)
    if row is None:
        raise Conflict("Somebody else was named in the meantime. Open the agreement to see who.")
    policies.may_choose_way(by, agreement, row).require()
    if tier not in Tier.values:
        raise Invalid([Problem("tier", "Choose one of the ways to sign.")])
    if tier == row.tier:
        raise Conflict(f"{row.person.name} signs that way already.")
    if tier not in (Tier.HELD, own_keys.tier_of(row.person, row.organisation)):
        words = f"{row.person.name} has enrolled no certificate to sign with that way."
        refuse(words, "They can do so themselves.").require()
    SigningTurn.objects.filter(signatory=row, ended_at__isnull=True).update(
        ended_at=timezone.now(), ending=SigningTurn.Ending.CLOSED
    )
    Signatory.objects.filter(pk=row.pk).update(tier=tier)
    record("way_chosen", agreement, by=by, detail={"field": row.field_name, "tier": tier})
    row.tier = tier
    return row
