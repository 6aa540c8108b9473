"""Seals, opens and revokes access credentials. The only place in the room that ever holds a plaintext."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core import envelope
from core.decisions import Conflict, Invalid, Problem
from early_access import hooks, keys, policies, queries
from early_access.actions.moving import locked, parties
from early_access.models import (
    EVERY_VARIANT,
    AccessCredential,
    CredentialOpening,
    CredentialWrap,
    EarlyAccessRequest,
    RevocationProof,
)
from early_access.models.keys import variant_label
from jobs import actions as jobs

logger = logging.getLogger("concord.alarm")
PROOF_DAYS = timedelta(days=7)
REPLACED, TAKEN_BACK = "replaced", "taken back by the developer"
WHY_NEEDED = "Write why you open the key: the developer reads it."
BROKEN = "The sealed key does not open in this place. It was not shown; the alarm has been raised."


def _place(credential: AccessCredential) -> envelope.Place:
    return envelope.Place(credential.pk, credential.FIELD, credential.developer_id, credential.version)


def seal_credential(
    *,
    request: EarlyAccessRequest,
    secret: str,
    agencies: Iterable[Organisation],
    expires_on: date | None,
    by: User,
    variant: str = EVERY_VARIANT,
    base_url: str = "",
    model_name: str = "",
) -> AccessCredential:
    """Seal a typed secret for those of the agencies that may hold this key; replaces and revokes the one before. In the
    caller's transaction, on a locked request."""
    field = f"{variant}_secret" if variant and request.submitted_at is None else "secret"
    if not secret.strip():
        raise Invalid([Problem(field, "Type the access key that evaluators will use.")])
    wanted = {str(a.slug): a for a in agencies}
    if not wanted:
        raise Invalid([Problem(field, "Choose the agencies first: the key is sealed for each of them.")])
    last = keys.newest(request, variant)
    revoke(request=request, because=REPLACED, by=by, variant=variant)
    row = AccessCredential(
        request=request, developer=request.developer, variant=variant, version=last.version + 1 if last else 1,
        expires_on=expires_on, base_url=base_url.strip(), model_name=model_name.strip(),
    )  # fmt: skip
    sealed = envelope.seal(envelope.provider(), _place(row), secret.strip().encode(), wanted)
    row.ciphertext = sealed.ciphertext
    row.save(force_insert=True)
    for slug, (key_id, wrapped) in sealed.wraps.items():
        CredentialWrap.objects.create(
            target=row, developer=request.developer, organisation=wanted[slug], key_id=key_id, wrapped_key=wrapped
        )
    audit.record("early_access.credential_sealed", row, by=by, parties=[request.developer_id])
    return row


def keep_allowed(*, request: EarlyAccessRequest, agencies: Iterable[Organisation]) -> list[str]:
    """Delete the wraps of agencies that are not consented to (any more), for all keys; the labels of the keys that lost a
    holder."""
    named, fewer = list(agencies), []
    for key in keys.live(request):
        allowed = keys.holders(request, key.variant, named)
        gone, _ = CredentialWrap.objects.filter(target=key).exclude(organisation__in=allowed).delete()
        if gone:
            fewer.append(key.label)
    return fewer


def release(*, request: EarlyAccessRequest) -> None:
    """Let the agencies see their wraps; called by the clock that opens the window, which acts for all parties."""
    wraps = CredentialWrap.objects.filter(target__request=request, released_at__isnull=True)
    wraps.update(released_at=timezone.now())


def revoke(
    *, request: EarlyAccessRequest, because: str, by: User | None, variant: str | None = None, proof: bool = False
) -> int:
    """Revoke one key (or all) and delete its wraps: from then on nobody can open it. Returns how many were live. With
    `proof`, what agencies had opened is kept apart for some days, so that their workers can show that it is refused."""
    rows = AccessCredential.objects.filter(request=request)
    if variant is not None:
        rows = rows.filter(variant=variant)
    live = list(rows.filter(revoked_at__isnull=True))
    wraps = CredentialWrap.objects.filter(target__in=rows)
    if proof:
        keep_for_proof(request, live, because)
    readers = (
        parties(request) if variant is None else [request.developer_id, *wraps.values_list("organisation", flat=True)]
    )
    rows.filter(revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_because=because)
    wraps.delete()
    if live:
        reason = f"{variant_label(variant)}: {because}" if variant else because
        audit.record("early_access.credential_revoked", request, by=by, parties=readers, reason=reason)
    return len(live)


def keep_for_proof(request: EarlyAccessRequest, live: Iterable[AccessCredential], because: str) -> None:
    """Of each key, what agencies had opened: only those can be asked whether the endpoint still takes it."""
    specification = queries.specification(request)
    until = timezone.now() + PROOF_DAYS
    for key in live:
        base_url, model_name = keys.address(key, specification)
        opened = CredentialOpening.objects.filter(credential=key).values("agency")
        for wrap in CredentialWrap.objects.filter(target=key, organisation__in=opened, released_at__isnull=False):
            made = RevocationProof.objects.create(
                request=request, developer=request.developer, agency_id=wrap.organisation_id, credential=key,
                variant=key.variant, version=key.version, base_url=base_url, model_name=model_name,
                ciphertext=bytes(key.ciphertext), key_id=wrap.key_id, wrapped_key=bytes(wrap.wrapped_key),
                revoked_because=because, kept_until=until,
            )  # fmt: skip
            jobs.enqueue(
                "early_access.erase_proof", key=f"early_access.erase_proof:{made.pk}", payload={"proof": str(made.pk)},
                organisations=[request.developer_id, wrap.organisation_id], not_before=until,
            )  # fmt: skip


def erase_proofs(*, request: EarlyAccessRequest, agency: Organisation | None = None) -> None:
    """Delete what was kept of revoked keys, of one agency or of all, checked or not."""
    rows = RevocationProof.objects.filter(request=request, wrapped_key__isnull=False)
    rows = rows if agency is None else rows.filter(agency=agency)
    rows.update(ciphertext=None, wrapped_key=None)


def take_back(*, request: EarlyAccessRequest, agency: Organisation) -> None:
    """Delete one agency's wraps: it can never open a key again, the others still can."""
    CredentialWrap.objects.filter(target__request=request, organisation=agency).delete()
    erase_proofs(request=request, agency=agency)


@transaction.atomic
def open_credential(
    *,
    credential: AccessCredential,
    by: User,
    agency: Organisation,
    reason: str,
    stepped_up_at: datetime | None,
) -> str:
    """The value, for one response to one evaluator. The opening is recorded before the value exists."""
    request = locked(credential.request)
    policies.may_open_credential(by, request, agency, stepped_up_at).require()
    if not reason.strip():
        raise Invalid([Problem("reason", WHY_NEEDED)])
    hooks.opening_decision(by, request, agency).require()
    if not opens_here(credential, agency):
        raise envelope.KeyHeldElsewhere
    record_opening(credential, request, agency, by, reason.strip())
    return value_of(credential, agency)


@transaction.atomic
def open_for_worker(credential: AccessCredential, agency: Organisation, *, reason: str = "") -> str:
    """The value, for the agency's own worker while the window is open."""
    return opening_for_worker(credential, agency, reason=reason)[0]


@transaction.atomic
def opening_for_worker(
    credential: AccessCredential, agency: Organisation, *, reason: str = ""
) -> tuple[str, CredentialOpening]:
    """The same with the row that records it."""
    request = locked(credential.request)
    if not (usable := policies.may_use_access(request, agency)):
        raise Conflict(usable.sentence)
    opening = record_opening(credential, request, agency, None, reason or "Access verification by the agency's worker.")
    return value_of(credential, agency), opening


def record_opening(
    credential: AccessCredential, request: EarlyAccessRequest, agency: Organisation, by: User | None, reason: str
) -> CredentialOpening:
    """Write who opens a key for whom and why, before the value exists."""
    row = CredentialOpening.objects.create(
        request=request, credential=credential, developer_id=request.developer_id, agency=agency, opened_by=by,
        reason=reason, variant=credential.variant, version=credential.version,
    )  # fmt: skip
    said_opened(row)
    return row


def said_opened(opening: CredentialOpening) -> None:
    """The record of an opening, which its two sides read."""
    readers = [opening.developer_id, opening.agency_id]
    words = f"{opening.label}: {opening.reason}" if opening.variant else opening.reason
    audit.record("early_access.credential_opened", opening.request, by=opening.opened_by, parties=readers, reason=words)


def sealed_for(credential: AccessCredential, agency: Organisation) -> tuple[AccessCredential, CredentialWrap]:
    """The live credential and the agency's copy of its data key; Conflict where there is none."""
    row = AccessCredential.objects.filter(pk=credential.pk, revoked_at__isnull=True).first()
    wrap = CredentialWrap.objects.filter(target=row, organisation=agency, released_at__isnull=False).first()
    if row is None or wrap is None:
        raise Conflict("There is no access key for this agency: it was revoked, or never sealed for it.")
    return row, wrap


def opens_here(credential: AccessCredential, agency: Organisation) -> bool:
    """Whether this host opens the agency's copy itself. Never for an agency that keeps its own key; else as the keys lie."""
    keys = envelope.provider()
    wrap = CredentialWrap.objects.filter(target=credential, organisation=agency).first()
    return not keys.registered(str(agency.slug)) and (wrap is None or keys.opens(str(agency.slug), wrap.key_id))


def value_of(credential: AccessCredential, agency: Organisation) -> str:
    """The value, where this host holds the agency's key. KeyHeldElsewhere where it does not; Conflict when nothing fits. For
    callers who have recorded the opening."""
    row, wrap = sealed_for(credential, agency)
    try:
        value = envelope.open_sealed(
            envelope.provider(), _place(row), row.ciphertext, str(agency.slug), wrap.key_id, wrap.wrapped_key
        )
    except envelope.SealBroken as error:
        logger.critical("a sealed credential does not open in its place: %s", row.pk)
        raise Conflict(BROKEN) from error
    return value.decode()
