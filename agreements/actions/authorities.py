"""Record written delegations to sign, concur with them as counsel, revoke them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.policies import may_administer
from agreements import files, notices, policies, queries
from agreements.models import Clause, Instrument, SignatureAuthority
from agreements.rules import authority as rules
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem, refuse

LONGEST_REASON = 500


@transaction.atomic
def record_authority(
    *, organisation: Organisation, holder: User, number: str, title: str, instruments: Sequence[str],
    valid_from: datetime, valid_until: datetime | None, by: User, source: str = "", granted_by: str = "",
    parent: SignatureAuthority | None = None, barred_clauses: Sequence[str] = (), amendments: bool = True,
    may_redelegate: bool = False, document: bytes = b"",
) -> SignatureAuthority:  # fmt: skip
    """Record who may sign what; only an administrator of the organisation, and never for oneself. Counsel concurs
    before anybody signs on it. `document` is the paper itself, a PDF."""
    may_administer(by, organisation).require()
    if holder.pk == by.pk:
        refuse("Nobody records their own authority.", "Ask another administrator of the organisation.").require()
    problems = _paper(number, title, document) + _scope(organisation, holder, number, instruments, barred_clauses)
    if valid_until is not None and valid_until <= valid_from:
        problems.append(Problem("valid_until", "It must end after it begins. Choose a later date."))
    if parent is not None:
        problems += _under(parent, organisation, holder) + rules.wider(
            parent, instruments=instruments, barred_clauses=barred_clauses, amendments=amendments,
            valid_from=valid_from, valid_until=valid_until,
        )  # fmt: skip
    if problems:
        raise Invalid(problems)
    row = SignatureAuthority.objects.create(
        organisation=organisation, holder=holder, number=number.strip(), title=title.strip(), source=source.strip(),
        granted_by=granted_by.strip(), parent=parent, under=parent.basis if parent else "", recorded_by=by,
        instruments=list(instruments), barred_clauses=sorted(set(barred_clauses)), amendments=amendments,
        may_redelegate=may_redelegate, valid_from=valid_from, valid_until=valid_until,
        document_sha256=files.put(document) if document else "",
    )  # fmt: skip
    audit.record("agreements.authority_recorded", row, by=by, parties=[organisation.pk])
    notices.tell_of_authority("agreements.authority_waits", row, by=by, roles=("counsel",))
    return row


def _paper(number: str, title: str, document: bytes) -> list[Problem]:
    problems = []
    if not number.strip() or not title.strip():
        problems.append(Problem("number", "Give the delegation's number and title as they stand on the paper."))
    if document and not document.startswith(b"%PDF-"):
        problems.append(Problem("document", "This is not a PDF. Save the written delegation as a PDF and choose that."))
    return problems


def _scope(
    organisation: Organisation, holder: User, number: str, instruments: Sequence[str], barred_clauses: Sequence[str]
) -> list[Problem]:
    problems = []
    if not Membership.objects.filter(organisation=organisation, user=holder, ended_at__isnull=True).exists():
        problems.append(Problem("holder", "The holder is not a member. Choose from the list."))
    if not instruments or set(instruments) - set(Instrument.values):
        problems.append(Problem("instruments", "Choose at least one kind of agreement from the list."))
    if SignatureAuthority.objects.filter(organisation=organisation, holder=holder, number=number.strip()).exists():
        problems.append(
            Problem("number", f"{number.strip()} is recorded already for {holder.name}. Look it up in the list.")
        )
    if unknown := set(barred_clauses) - set(
        Clause.objects.filter(key__in=barred_clauses).values_list("key", flat=True)
    ):
        named = ", ".join(sorted(unknown))
        problems.append(Problem("barred_clauses", f"The library has no such clause: {named}. Choose from the list."))
    return problems


def _under(parent: SignatureAuthority, organisation: Organisation, holder: User) -> list[Problem]:
    """Whether something may hang on this delegation at all."""
    chain = queries.chain_of(parent)
    if parent.organisation_id != organisation.pk:
        return [Problem("parent", "It is another organisation's. Choose from the list.")]
    if not parent.may_redelegate or parent.revoked_at is not None:
        return [Problem("parent", f"{parent} may not be delegated further. Choose another one, or leave it empty.")]
    if holder.pk in {link.holder_id for link in chain}:
        return [Problem("holder", f"{holder.name} already holds {parent} or one above it. Choose somebody else.")]
    if len(chain) >= rules.LONGEST:
        return [Problem("parent", f"A chain has at most {rules.LONGEST} delegations. Choose one nearer to its root.")]
    return []


@transaction.atomic
def concur_authority(*, authority: SignatureAuthority, by: User) -> SignatureAuthority:
    """Counsel has read the paper and finds that it says what is recorded: from now on it can be signed on."""
    row = _locked(authority)
    policies.may_concur_with_authority(by, row).require()
    row.concurred_at, row.concurred_by = timezone.now(), by
    row.save(update_fields=["concurred_at", "concurred_by"])
    audit.record("agreements.authority_concurred", row, by=by, parties=[row.organisation_id])
    notices.tell_of_authority("agreements.authority_concurred", row, by=by, people=[row.holder])
    return row


@transaction.atomic
def revoke_authority(*, authority: SignatureAuthority, by: User, reason: str) -> SignatureAuthority:
    """From now on nobody signs on it, nor on what hangs on it; signatures already made stand."""
    row = _locked(authority)
    may_administer(by, row.organisation).require()
    if row.revoked_at is not None:
        raise Conflict("This delegation was revoked already. Nothing more is needed.")
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise Invalid([Problem("reason", f"Say why, in at most {LONGEST_REASON} characters: it stays on record.")])
    row.revoked_at, row.revoked_by, row.revoked_reason = max(timezone.now(), row.valid_from), by, words
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    audit.record("agreements.authority_revoked", row, by=by, parties=[row.organisation_id], reason=words)
    notices.tell_of_authority("agreements.authority_revoked", row, by=by, people=[row.holder])
    return row


@transaction.atomic
def download_authority(*, authority: SignatureAuthority, by: User) -> bytes:
    """The written delegation, to the organisation's own people; that it was handed out is on record."""
    policies.may_read_authority(by, authority).require()
    if not authority.document_sha256:
        raise Conflict("No file was recorded with this delegation.")
    audit.record("agreements.authority_downloaded", authority, by=by, parties=[authority.organisation_id])
    return files.read(authority.document_sha256)


def _locked(authority: SignatureAuthority) -> SignatureAuthority:
    rows = SignatureAuthority.objects.select_related("organisation", "holder")
    return rows.select_for_update(of=("self",)).get(pk=authority.pk)
