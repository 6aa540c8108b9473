"""Reads around certificates of one's own: who signs with one, what stands against it, what a returned file must be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from asn1crypto import crl as asn1crl
from asn1crypto import pem as armour
from asn1crypto import x509 as asn1

from accounts.models import Organisation, User
from agreements import devices, keys
from agreements.models import OwnCertificate, RemoteSigning, Signatory, TestingAgreement, Tier
from agreements.pdf.accepting import Asked, chain_problem, read_chain
from agreements.pdf.verify import Cards
from agreements.queries import Planned
from agreements.rules import turns
from core.decisions import Problem


def enrolled(person: User, organisation: Organisation) -> OwnCertificate | None:
    """The certificate with which this person can sign for an organisation."""
    return OwnCertificate.objects.filter(person=person, organisation=organisation, retired_at__isnull=True).first()


def tier_of(person: User, organisation: Organisation) -> Tier:
    """Where a signatory who is named now signs, unless something else is chosen: with their own key if they enrolled one."""
    return tier_with(enrolled(person, organisation))


def tier_with(certificate: OwnCertificate | None) -> Tier:
    """Where somebody signs whose certificate this is: here without one, and without a device while its key lies in one."""
    if certificate is None:
        return Tier.HELD
    if certificate.key_at == OwnCertificate.KeyAt.CARD:
        return Tier.OWN
    return Tier.DEVICE if devices.configured() else Tier.HELD


def ways(plan: Sequence[Planned], chosen: Collection[UUID] | None) -> tuple[dict[UUID, OwnCertificate], list[Problem]]:
    """(the certificates of those who sign with their own key, on a card or in a device, by organisation; what stands against
    the choice). `chosen`: the organisations whose signatory is to sign so; None: all who have enrolled a certificate."""
    found = {p.organisation.pk: enrolled(p.person, p.organisation) for p in plan}
    have = {key: row for key, row in found.items() if row is not None and tier_with(row) != Tier.HELD}
    if chosen is None:
        return have, []
    without = [p for p in plan if p.organisation.pk in chosen and p.organisation.pk not in have]
    problems = [
        Problem("cards", f"{p.person.name} has enrolled no certificate to sign with. They can, or they sign here.")
        for p in without
    ]
    if set(chosen) - found.keys():
        problems.append(Problem("cards", "Choose among the parties that sign."))
    return {key: row for key, row in have.items() if key in chosen}, problems


def as_pem(chain: Sequence[asn1.Certificate]) -> str:
    """The certificates as they are kept."""
    return "".join(armour.armor("CERTIFICATE", one.dump()).decode() for one in chain)


def pems(row: OwnCertificate) -> list[bytes]:
    """The certificate and those above it, one by one (PEM)."""
    return [armour.armor("CERTIFICATE", one.dump()) for one in read_chain(row.certificate.encode())]


def last_asked(row: Signatory) -> RemoteSigning | None:
    """What this signatory's device was asked for last, finished or not."""
    rows = RemoteSigning.objects.filter(turn__signatory=row).select_related("turn__file", "certificate")
    return rows.order_by("-created_at").first()


def trust_of(row: OwnCertificate, at: datetime) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """(roots, revocation lists) that this certificate is judged by: of the installation's lists, which can be many and large,
    those of the authorities above it."""
    roots, crls = keys.card_trust(at)
    above = {one.issuer.dump() for one in read_chain(row.certificate.encode())}
    return roots, tuple(der for der in crls if asn1crl.CertificateList.load(der).issuer.dump() in above)


def problem(row: OwnCertificate, at: datetime) -> str:
    """What stands against signing with it at an instant, in a sentence; "" when nothing does."""
    return chain_problem(read_chain(row.certificate.encode()), *trust_of(row, at), at)


def asked(row: Signatory, certificate: OwnCertificate, at: datetime) -> Asked:
    """What a file must have gained when it comes back from this signatory."""
    return Asked(row.field_name, (certificate.sha256,), *trust_of(certificate, at), at)


def cards(agreement: TestingAgreement, at: datetime, fresh: Mapping[str, str] | None = None) -> Cards:
    """What the signatures of an agreement that were made with keys of one's own are held to; `fresh` (SHA-256 of a certificate by field) is
    of a signature that is not on record yet."""
    rows = [row for row in agreement.plan if row.tier != Tier.HELD and turns.has_signed(row)]
    known = {row.field_name: row.signature.certificate_sha256 for row in rows} | dict(fresh or {})
    if not known:
        return Cards()
    roots, crls = keys.card_trust(at)
    return Cards(known, roots, crls)
