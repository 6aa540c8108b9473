"""Proof of revocation: the developer says that a key is revoked at its endpoint, and the worker of each agency that had opened
it asks the endpoint whether it still takes it. What is kept for that opens for no person, and for nothing else."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import actions as audit
from core import envelope
from core.decisions import Conflict, Invalid, Problem
from early_access import hooks, notices, policies
from early_access.actions import credentials
from early_access.models import AccessCredential, CredentialOpening, CredentialWrap, RevocationProof

WHY = "Proof of revocation: the agency’s worker asks the endpoint whether it still takes the revoked key."
Outcome = RevocationProof.Outcome


def _locked(proof: RevocationProof) -> RevocationProof:
    rows = RevocationProof.objects.select_for_update(of=("self",)).select_related("request", "agency", "developer")
    found: RevocationProof = rows.get(pk=proof.pk)
    return found


@transaction.atomic
def ask_proof(*, proof: RevocationProof, by: User) -> RevocationProof:
    """The key is revoked at the endpoint: have the agency's worker check that it is refused there. Asked again, it is checked
    again, for as long as something is kept of it."""
    row = _locked(proof)
    policies.may_ask_proof(by, row).require()
    row.asked_at, row.asked_by = timezone.now(), by
    row.save(update_fields=["asked_at", "asked_by"])
    readers = [row.developer_id, row.agency_id]
    audit.record("early_access.proof_asked", row.request, by=by, parties=readers, reason=_which(row))
    for ask in hooks.on_proof_asked:
        ask(row)
    return row


def _which(row: RevocationProof) -> str:
    which = f"{row.label}, version {row.version}" if row.variant else f"version {row.version}"
    return f"{row.agency.name}: {which}"


@transaction.atomic
def opening_for_proof(proof: RevocationProof) -> str | None:
    """The value, for the agency's own worker, to ask the endpoint once; None where nothing is left of it or nobody asked. The
    use is recorded as an opening before the value exists. That the ordinary way is shut is looked at first."""
    row = _locked(proof)
    ciphertext, wrapped = row.ciphertext, row.wrapped_key
    if row.asked_at is None or ciphertext is None or wrapped is None or row.kept_until <= timezone.now():
        return None
    if CredentialWrap.objects.filter(target=row.credential_id, organisation=row.agency_id).exists():
        raise Conflict("The key still opens here: it is not revoked.")
    opening = CredentialOpening.objects.create(
        request=row.request, credential_id=row.credential_id, developer_id=row.developer_id, agency_id=row.agency_id,
        opened_by=None, reason=WHY, variant=row.variant, version=row.version,
    )  # fmt: skip
    credentials.said_opened(opening)
    place = envelope.Place(row.credential_id, AccessCredential.FIELD, row.developer_id, row.version)
    try:
        value = envelope.open_sealed(
            envelope.provider(), place, bytes(ciphertext), str(row.agency.slug), row.key_id, bytes(wrapped)
        )
    except envelope.SealBroken as error:
        credentials.logger.critical("what is kept of a revoked credential does not open in its place: %s", row.pk)
        raise Conflict(credentials.BROKEN) from error
    return value.decode()


@transaction.atomic
def record_proof(*, proof: RevocationProof, outcome: str, sentence: str) -> RevocationProof:
    """What the worker saw. A key that was refused is erased; one that is still taken is told to the developer at once."""
    if outcome not in Outcome.values:
        raise Invalid([Problem("outcome", "There is no such outcome.")])
    row = _locked(proof)
    if row.outcome == Outcome.REFUSED:
        return row
    row.outcome, row.sentence, row.checked_at = outcome, sentence, timezone.now()
    fields = ["outcome", "sentence", "checked_at"]
    if outcome == Outcome.REFUSED:
        row.ciphertext, row.wrapped_key = None, None
        fields += ["ciphertext", "wrapped_key"]
    row.save(update_fields=fields)
    name = {Outcome.REFUSED: "key_refused", Outcome.STILL_TAKEN: "key_still_taken"}.get(
        Outcome(outcome), "key_unchecked"
    )
    readers = [row.developer_id, row.agency_id]
    words = f"{_which(row)}. {sentence}"
    audit.record(f"early_access.{name}", row.request, by=None, parties=readers, reason=words)
    notices.to_developer(name, row.request, None)
    if outcome != Outcome.UNREACHABLE:
        notices.to_one_agency(name, row.request, row.agency)
    return row


@transaction.atomic
def erase_proof(*, proof: RevocationProof) -> bool:
    """The clock: what was kept of a revoked key goes, checked or not; whether there was anything left."""
    row = _locked(proof)
    if not row.is_kept:
        return False
    row.ciphertext, row.wrapped_key = None, None
    row.save(update_fields=["ciphertext", "wrapped_key"])
    return True
