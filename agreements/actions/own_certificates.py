"""Certificates of one's own: a signatory enrols one and retires it; an administrator retires it too."""

from __future__ import annotations

from datetime import datetime

from asn1crypto import x509 as asn1
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import devices, keys, notices, own_keys, policies
from agreements.actions.signing import confirmed
from agreements.models import OwnCertificate
from agreements.pdf.accepting import chain_problem, read_chain
from audit import actions as audit
from core.decisions import Invalid, Problem

LARGEST = 64 * 1024
NAMES = {
    "1.3.6.1.5.5.7.3.36": "document signing",
    "1.3.6.1.4.1.311.10.3.12": "document signing (Microsoft)",
}  # RFC 9336
NOT_ONE = (
    "This is no certificate. Export yours without the private key, as PEM or DER (.pem, .crt, .cer), with the certificates "
    "above it if your program offers that, and choose that file."
)


@transaction.atomic
def enrol_certificate(
    *, organisation: Organisation, certificate: bytes, by: User, stepped_up_at: datetime | None,
    key_at: str = OwnCertificate.KeyAt.CARD,
) -> OwnCertificate:  # fmt: skip
    """A signatory's own certificate (PEM with those above it, or DER), within five minutes of having confirmed who they are;
    its key lies on a card, or in the installation's signing device. A newer one takes the place of the one before. They and
    their administrators are told."""
    policies.may_enrol(by, organisation).require()
    if key_at not in OwnCertificate.KeyAt.values:
        raise Invalid([Problem("key_at", "Choose where the key of this certificate lies.")])
    if key_at == OwnCertificate.KeyAt.DEVICE and devices.configured() is None:
        raise Invalid([Problem("key_at", "This installation has no signing device. Enrol a card, or sign here.")])
    at = timezone.now()
    confirmed(stepped_up_at, at)
    chain = _read(certificate)
    if key_at == OwnCertificate.KeyAt.DEVICE and chain[0].public_key.algorithm != "rsa":
        raise Invalid(
            [Problem("certificate", "The signing device is asked for RSA signatures, and this key is not RSA.")]
        )
    if against := chain_problem(chain, *keys.card_trust(at), at):
        raise Invalid([Problem("certificate", against)])
    sha256 = chain[0].sha256.hex()
    live = OwnCertificate.objects.filter(organisation=organisation, retired_at__isnull=True)
    if live.filter(sha256=sha256).exists():
        raise Invalid([Problem("certificate", "This certificate is enrolled already. Look it up in the list.")])
    live.filter(person=by).update(retired_at=at, retired_by=by)
    row = OwnCertificate.objects.create(
        organisation=organisation, person=by, certificate=own_keys.as_pem(chain), sha256=sha256,
        subject=chain[0].subject.human_friendly[:500], issuer=chain[0].issuer.human_friendly[:500], key_use=_use(chain[0]),
        key_at=key_at, valid_from=chain[0].not_valid_before, valid_until=chain[0].not_valid_after,
    )  # fmt: skip
    _record("certificate_enrolled", row, by)
    notices.tell_of_certificate("agreements.certificate_enrolled", row, by=by)
    return row


def _read(content: bytes) -> list[asn1.Certificate]:
    if len(content) > LARGEST:
        raise Invalid([Problem("certificate", f"The file is larger than 64 kB. {NOT_ONE}")])
    if b"PRIVATE KEY" in content:
        raise Invalid(
            [Problem("certificate", "This file holds a private key. It was not kept. Export the certificate alone.")]
        )
    try:
        return read_chain(content)
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid([Problem("certificate", NOT_ONE)]) from error


def _use(certificate: asn1.Certificate) -> str:
    """What the key may be used for, in the certificate's own words."""
    usage, extended = certificate.key_usage_value, certificate.extended_key_usage_value
    words = [*sorted(usage.native if usage else ()), *(extended.native if extended else ())]
    return ", ".join(NAMES.get(word, word.replace("_", " ")) for word in words)[:300]


@transaction.atomic
def retire_certificate(*, certificate: OwnCertificate, by: User) -> OwnCertificate:
    """Nothing is signed with it any more; what was signed stands."""
    row = OwnCertificate.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=certificate.pk)
    policies.may_retire(by, row).require()
    row.retired_at, row.retired_by = timezone.now(), by
    row.save(update_fields=["retired_at", "retired_by"])
    _record("certificate_retired", row, by)
    return row


def _record(verb: str, row: OwnCertificate, by: User) -> None:
    detail = {"sha256": row.sha256}
    audit.record(f"agreements.{verb}", row, by=by, parties=[row.organisation_id], detail=detail)
