"""Record written delegations to sign, concur with them as counsel, revoke them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.policies import may_administer
from agreements import delegations, files, notices, policies
from agreements.models import Clause, Instrument, Post, SignatureAuthority
from agreements.rules import authority as rules
from agreements.rules import names
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem, refuse

LONGEST_REASON = 500


@transaction.atomic
def record_authority(
    *, organisation: Organisation, number: str, title: str, instruments: Sequence[str], valid_from: datetime,
    valid_until: datetime | None, by: User, holder: User | None = None, post: Post | None = None,
    acting_may_sign: bool = True, source: str = "", granted_by: str = "",
    parent: SignatureAuthority | None = None, barred_clauses: Sequence[str] = (), amendments: bool = True,
    may_redelegate: bool = False, document: bytes = b"",
) -> SignatureAuthority:  # fmt: skip
    """Record who may sign what, a person or whoever holds a post; only an administrator of the organisation, and never for
    oneself. Counsel concurs before anybody signs on it. `document` is the paper itself, a PDF."""
    may_administer(by, organisation).require()
    if holder is not None and holder.pk == by.pk:
        refuse("Nobody records their own authority.", "Ask another administrator of the organisation.").require()
    problems = _paper(number, title, document) + _held(organisation, holder, post, number)
    problems += _scope(instruments, barred_clauses)
    if valid_until is not None and valid_until <= valid_from:
        problems.append(Problem("valid_until", "It must end after it begins. Choose a later date."))
    if parent is not None:
        problems += _under(parent, organisation, holder, post) + rules.wider(
            parent, instruments=instruments, barred_clauses=barred_clauses, amendments=amendments,
            valid_from=valid_from, valid_until=valid_until,
        )  # fmt: skip
    if problems:
        raise Invalid(problems)
    row = SignatureAuthority.objects.create(
        organisation=organisation, holder=holder, post=post, acting_may_sign=acting_may_sign,
        number=number.strip(), title=title.strip(), source=source.strip(),
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


def paper_problems(source: str, document: bytes) -> list[Problem]:
    """Of an appointing paper: that it is named, and is a PDF where it is there."""
    problems = []
    if not source.strip() or len(source.strip()) > 200:
        problems.append(
            Problem("source", "Name the appointing paper: its number and title, in at most 200 characters.")
        )
    if document and not document.startswith(b"%PDF-"):
        problems.append(Problem("document", "This is not a PDF. Save the appointing paper as a PDF and choose that."))
    return problems


def _held(organisation: Organisation, holder: User | None, post: Post | None, number: str) -> list[Problem]:
    """Whether it is given to one person or to one post, of this organisation, and not recorded for them yet."""
    if (holder is None) == (post is None):
        return [Problem("holder", "Choose the person or the post to which it is given: one of the two.")]
    known = SignatureAuthority.objects.filter(organisation=organisation, number=number.strip())
    if post is not None:
        if post.organisation_id != organisation.pk or post.ended_at is not None:
            return [Problem("post", "Your organisation has no such post. Choose from the list, or create it first.")]
        held_by, field = f"the post of {post}", "post"
    else:
        members = Membership.objects.filter(organisation=organisation, user=holder, ended_at__isnull=True)
        if holder is None or not members.exists():
            return [Problem("holder", "The holder is not a member. Choose from the list.")]
        if wrong := names.unprintable(holder.name):
            return [Problem("holder", wrong)]
        held_by, field = holder.name, "holder"
    if known.filter(**{field: post or holder}).exists():
        return [Problem("number", f"{number.strip()} is recorded already for {held_by}. Look it up in the list.")]
    return []


def _scope(instruments: Sequence[str], barred_clauses: Sequence[str]) -> list[Problem]:
    problems = []
    if not instruments or set(instruments) - set(Instrument.values):
        problems.append(Problem("instruments", "Choose at least one kind of agreement from the list."))
    if unknown := set(barred_clauses) - set(
        Clause.objects.filter(key__in=barred_clauses).values_list("key", flat=True)
    ):
        named = ", ".join(sorted(unknown))
        problems.append(Problem("barred_clauses", f"The library has no such clause: {named}. Choose from the list."))
    return problems


def _under(
    parent: SignatureAuthority, organisation: Organisation, holder: User | None, post: Post | None
) -> list[Problem]:
    """Whether something may hang on this delegation at all."""
    chain, above = delegations.chain_of(parent), "already holds {} or one above it. Choose somebody else."
    if parent.organisation_id != organisation.pk:
        return [Problem("parent", "It is another organisation's. Choose from the list.")]
    if not parent.may_redelegate or parent.revoked_at is not None:
        return [Problem("parent", f"{parent} may not be delegated further. Choose another one, or leave it empty.")]
    if holder is not None and holder.pk in rules.held(chain):
        return [Problem("holder", f"{holder.name} {above.format(parent)}")]
    if post is not None and post.pk in rules.held(chain):
        return [Problem("post", f"{post} {above.format(parent)}")]
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
    notices.tell_of_authority(
        "agreements.authority_concurred", row, by=by, people=delegations.people_of(row, row.concurred_at)
    )
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
    people = delegations.people_of(row, row.revoked_at)
    notices.tell_of_authority("agreements.authority_revoked", row, by=by, people=people)
    notices.tell_of_lost(delegations.waiting_on(authority=row), row.organisation_id, by=by)
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
    rows = SignatureAuthority.objects.select_related("organisation", "holder", "post")
    return rows.select_for_update(of=("self",)).get(pk=authority.pk)
