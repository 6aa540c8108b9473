"""Seals, opens and revokes access credentials. The only place in the room that ever holds a plaintext."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core import envelope
from core.decisions import Conflict, Invalid, Problem
from early_access import hooks, policies
from early_access.actions.moving import locked, parties
from early_access.models import AccessCredential, CredentialOpening, CredentialWrap, EarlyAccessRequest

logger = logging.getLogger("concord.alarm")
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
) -> AccessCredential:
    """Seal a typed secret for the agencies consented to; replaces and revokes the one before. In the caller's
    transaction, on a locked request."""
    if not secret.strip():
        raise Invalid([Problem("secret", "Type the access key that evaluators will use.")])
    wanted = {str(a.slug): a for a in agencies}
    if not wanted:
        raise Invalid([Problem("secret", "Choose the agencies first: the key is sealed for each of them.")])
    last = AccessCredential.objects.filter(request=request).order_by("-version").first()
    revoke(request=request, because="replaced", by=by)
    row = AccessCredential(
        request=request, developer=request.developer, version=last.version + 1 if last else 1, expires_on=expires_on
    )
    sealed = envelope.seal(envelope.provider(), _place(row), secret.strip().encode(), wanted)
    row.ciphertext = sealed.ciphertext
    row.save(force_insert=True)
    for slug, (key_id, wrapped) in sealed.wraps.items():
        CredentialWrap.objects.create(
            target=row, developer=request.developer, organisation=wanted[slug], key_id=key_id, wrapped_key=wrapped
        )
    audit.record("early_access.credential_sealed", row, by=by, parties=[request.developer_id])
    return row


def keep_only(*, request: EarlyAccessRequest, agencies: Iterable[Organisation]) -> None:
    """Delete the wraps of agencies that are not consented to any more."""
    wraps = CredentialWrap.objects.filter(target__request=request)
    wraps.exclude(organisation__in=list(agencies)).delete()


def release(*, request: EarlyAccessRequest) -> None:
    """Let the agencies see their wraps; called by the clock that opens the window, which acts for all parties."""
    wraps = CredentialWrap.objects.filter(target__request=request, released_at__isnull=True)
    wraps.update(released_at=timezone.now())


def revoke(*, request: EarlyAccessRequest, because: str, by: User | None) -> int:
    """Revoke all credentials and delete every wrap: from then on nobody can open them. Returns how many were live."""
    live = AccessCredential.objects.filter(request=request, revoked_at__isnull=True)
    count: int = live.update(revoked_at=timezone.now(), revoked_because=because)
    CredentialWrap.objects.filter(target__request=request).delete()
    if count:
        audit.record("early_access.credential_revoked", request, by=by, parties=parties(request), reason=because)
    return count


def take_back(*, request: EarlyAccessRequest, agency: Organisation) -> None:
    """Delete one agency's wraps: it can never open the key again, the others still can."""
    CredentialWrap.objects.filter(target__request=request, organisation=agency).delete()


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
        raise Invalid([Problem("reason", "Write why you open the key: the developer reads it.")])
    hooks.opening_decision(by, request, agency).require()
    _record(credential, request, agency, by, reason.strip())
    return _open(credential, agency)


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
    opening = _record(credential, request, agency, None, reason or "Access verification by the agency's worker.")
    return _open(credential, agency), opening


def _record(
    credential: AccessCredential, request: EarlyAccessRequest, agency: Organisation, by: User | None, reason: str
) -> CredentialOpening:
    row = CredentialOpening.objects.create(
        request=request, credential=credential, developer_id=request.developer_id, agency=agency, opened_by=by,
        reason=reason,
    )  # fmt: skip
    readers = [request.developer_id, agency.pk]
    audit.record("early_access.credential_opened", request, by=by, parties=readers, reason=reason)
    return row


def _open(credential: AccessCredential, agency: Organisation) -> str:
    row = AccessCredential.objects.filter(pk=credential.pk, revoked_at__isnull=True).first()
    wrap = CredentialWrap.objects.filter(target=row, organisation=agency, released_at__isnull=False).first()
    if row is None or wrap is None:
        raise Conflict("There is no access key for this agency: it was revoked, or never sealed for it.")
    try:
        value = envelope.open_sealed(
            envelope.provider(), _place(row), row.ciphertext, str(agency.slug), wrap.key_id, wrap.wrapped_key
        )
    except envelope.SealBroken as error:
        logger.critical("a sealed credential does not open in its place: %s", row.pk)
        raise Conflict(BROKEN) from error
    return value.decode()
