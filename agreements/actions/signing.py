"""Open for signature, sign, decline. The signature happens under one row lock: all of it, or nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.db import OperationalError, transaction
from django.utils import timezone
from psycopg2 import errors

from accounts.models import User
from agreements import completion, delegations, documents, files, keys, notices, own_keys, policies, prechecks, queries
from agreements.actions import amending, ending, reminding
from agreements.actions.base import locked, move, record, void_files
from agreements.models import (
    CompletionCertificate,
    Incumbency,
    IssuedFile,
    Post,
    Signatory,
    Signature,
    SignatureAuthority,
    TestingAgreement,
    Tier,
)
from agreements.pdf import evidence
from agreements.pdf.render import RenderRefused
from agreements.pdf.signing import SigningFailed, level_of
from agreements.pdf.signing import sign as sign_pdf
from agreements.pdf.timestamps import TimeStampFailed, TimeStamping
from agreements.pdf.verify import Cards, verify
from agreements.rules import authority, names, turns
from core.decisions import Conflict, Decision, Invalid, Problem, refuse
from core.typesetting import RenderCrashed

logger = logging.getLogger("concord.alarm")
EACH_ITS_OWN = "Confirm who you are again: each signature needs a confirmation of its own."
STEP_UP = timedelta(seconds=120)  # for a signature here or in a device
ON_A_CARD = timedelta(seconds=300)  # a card asks for its own PIN, and the file has to be found and chosen


def intent(agreement: TestingAgreement, row: Signatory) -> str:
    """The sentence a signatory agrees to; it stands in the signature as its reason."""
    instead = f" in the place of {row.in_place_of}" if row.in_place_of else ""
    what = f"agreement {agreement.reference}"
    if agreement.amends is not None:
        what = f"amendment {agreement.reference} of agreement {agreement.amends.reference}"
    seat = f" as {row.incumbency.capacity}" if row.incumbency is not None else ""
    return (
        f"I sign {what} for {row.organisation.name}{seat}{instead}; my signature {row.meaning}. "
        "It says nothing about the release of any model."
    )


@transaction.atomic
def open_for_signature(
    *, agreement: TestingAgreement, by: User, cards: Collection[UUID] | None = None
) -> TestingAgreement:
    """Check everything that could stop a signature, seal the file, name the signatories, tell the first. `cards`: the
    organisations whose signatory signs with their own key; None: all who have enrolled a certificate."""
    agreement = locked(agreement)
    policies.may_open_for_signature(by, agreement).require()
    at = timezone.now()
    plan, checks = prechecks.run(agreement, at, cards)
    if (problems := prechecks.problems(checks)) or agreement.current is None:
        raise Invalid(problems)
    verdicts = list(queries.verdicts(agreement).values())
    data = documents.data_for(agreement, agreement.current, plan, verdicts)
    on_cards, _ = own_keys.ways(plan, cards)
    stamping = keys.time_stamping(at)
    with made("The agreement was not opened for signature"):
        content = documents.sealed_pdf(data, plan, at=at, stamping=stamping)
        sealed = _issue(agreement, content, IssuedFile.Role.SEALED, None, stamped=stamping is not None)
        _self_check(sealed, [p.field for p in plan], at, executed=False)
    for p in plan:
        Signatory.objects.create(
            agreement=agreement, sealed=sealed, developer_id=agreement.developer_id, organisation=p.organisation,
            person=p.person, authority=p.bearer.authority, incumbency=p.bearer.incumbency,
            step=p.step, meaning=p.meaning, field_name=p.field,
            tier=own_keys.tier_with(on_cards.get(p.organisation.pk)),
        )  # fmt: skip
    move(agreement, "open_for_signature")
    record("opened_for_signature", agreement, by=by, detail={"sha256": sealed.sha256})
    reminding.invite(agreement, turns.next_in(agreement.plan), by=None)
    return agreement


@contextmanager
def made(what: str) -> Iterator[None]:
    """A file that does not come out as planned is a refusal in words; the transaction keeps nothing of it."""
    try:
        yield
    except TimeStampFailed as error:
        raise Conflict(f"{what}: {error} Nothing was changed; try again in a few minutes.") from error
    except (SigningFailed, RenderCrashed) as error:
        logger.critical("a file did not come out as planned: %s", error)
        raise Conflict(f"{what}: {error} Nothing was changed; the installation's administrator was told.") from error
    except (OSError, files.FileDamaged) as error:
        logger.critical("a file could not be stored or read back: %s", error)
        told = "Nothing was changed; the installation's administrator was told."
        raise Conflict(f"{what}: a file could not be stored or read back. {told}") from error


def _issue(
    agreement: TestingAgreement, content: bytes, role: str, previous: IssuedFile | None, *, stamped: bool
) -> IssuedFile:
    return IssuedFile.objects.create(
        agreement=agreement, version=agreement.current, developer_id=agreement.developer_id, role=role,
        sha256=files.put(content), size=len(content), previous=previous, stamped=stamped,
    )  # fmt: skip


def _self_check(
    file: IssuedFile, planned: Sequence[str], at: datetime, *, executed: bool, named: Mapping[str, str] | None = None,
    cards: Cards | None = None,
) -> None:  # fmt: skip
    """Our own validator passes on what we are about to believe, or nothing of it is kept. `named`: the delegations that
    signatures must name under themselves, by field; `cards`: which were made elsewhere, with what."""
    known = keys.trust(at)
    verdict = verify(
        files.read(file.sha256), trust_roots=known.roots, crls=known.crls, stamp_roots=known.stamp_roots, planned=planned,
        stamped=file.stamped, cards=cards,
    )  # fmt: skip
    if verdict.outcome == "not_genuine" or verdict.is_executed is not executed:
        raise SigningFailed("The file did not pass its own check: " + " ".join(verdict.problems))
    for field, urn in (named or {}).items():
        if verdict.authorities.get(field) != urn:
            raise SigningFailed(f"The signature in {field} does not name the delegation that it rests on.")


@dataclass(frozen=True)
class Ready:
    """A signature that may be made now: everything was checked, and every row that it rests on is locked."""

    agreement: TestingAgreement
    row: Signatory
    before: IssuedFile
    chain: Sequence[SignatureAuthority]
    incumbency: Incumbency | None
    typed_name: str
    stepped_up_at: datetime
    at: datetime

    @property
    def last(self) -> bool:
        """Whether all others have signed."""
        return all(turns.has_signed(other) for other in self.agreement.plan if other.pk != self.row.pk)


@transaction.atomic
def sign(
    *, agreement: TestingAgreement, by: User, shown_sha256: str, typed_name: str, agreed: bool,
    stepped_up_at: datetime | None,
) -> Signature:  # fmt: skip
    """One signature with the key that Concord keeps: lock, turn, the file that was shown, authority, step-up, sign, check,
    write, tell the next."""
    now = ready(
        agreement, by, policies.may_sign_here, shown_sha256=shown_sha256, typed_name=typed_name, agreed=agreed,
        stepped_up_at=stepped_up_at,
    )  # fmt: skip
    identity = keys.identity_of(now.row.person, now.row.organisation, at=now.at)
    stamping = promised(now.before, now.at)
    urn = evidence.urn(now.chain[0].pk)
    with made("Your signature was not made"):
        content = sign_pdf(
            files.read(now.before.sha256), field=now.row.field_name, identity=identity, name=now.row.person.name,
            meaning=intent(now.agreement, now.row), stamping=stamping, last=now.last, authority=urn,
        )  # fmt: skip
    certificate = x509.load_pem_x509_certificate(identity.certificate)
    return finish(
        now, content, stamping, level=level_of(stamping, last=now.last),
        certificate_sha256=certificate.fingerprint(hashes.SHA256()).hex(), named={now.row.field_name: urn},
    )  # fmt: skip


def ready(
    agreement: TestingAgreement, by: User, may: Callable[[User, TestingAgreement], Decision], *, shown_sha256: str,
    typed_name: str, agreed: bool, stepped_up_at: datetime | None, within: timedelta = STEP_UP,
) -> Ready:  # fmt: skip
    """Lock and check everything but the signature itself, wherever its key lies; a sentence for whatever is missing."""
    agreement = _locked_now(agreement)
    _not_again(agreement, by)
    may(by, agreement).require()
    row = turns.mine(agreement.plan, by)
    before = queries.current_file(agreement)
    if row is None or before is None:
        raise Conflict("There is nothing to sign any more. Open the agreement to see why.")
    if shown_sha256 != before.sha256:
        raise Conflict("The file changed since you opened this page. Read it again, then sign.")
    _meant(by, typed_name, agreed)
    chain, incumbency = _locked_chain(row), _locked_incumbency(row)
    at = timezone.now()  # only now: whoever held the lock before us may have revoked or ended
    confirmed(stepped_up_at, at, within)
    if queries.has_signed_with(by, stepped_up_at):
        refuse("You have signed something with this confirmation of who you are.", EACH_ITS_OWN).require()
    policies.may_still_sign_for(by, row.organisation).require()
    amending.still_fits(agreement)
    authority.covers(
        chain, person=by, instrument=agreement.instrument, at=at, clauses=queries.clause_ids(agreement),
        amends=agreement.amends_id is not None, incumbency=incumbency,
    ).require()  # fmt: skip
    return Ready(agreement, row, before, chain, incumbency, typed_name.strip(), stepped_up_at or at, at)


def _locked_chain(row: Signatory) -> list[SignatureAuthority]:
    """The signatory's delegation and all that it hangs on: a concurrent revocation waits, or has won."""
    keys_ = [link.pk for link in delegations.chain_of(row.authority)]
    locks = SignatureAuthority.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {link.pk: link for link in locks.filter(pk__in=keys_)}
    return [found[key] for key in keys_]


def _locked_incumbency(row: Signatory) -> Incumbency | None:
    """How the signatory holds the post to which the delegation is given, with the post: as above, who ends either waits."""
    if row.incumbency is None:
        return None
    post = Post.objects.select_for_update(of=("self",), no_key=True).get(pk=row.incumbency.post_id)
    held = Incumbency.objects.select_for_update(of=("self",), no_key=True).get(pk=row.incumbency_id)
    held.post = post
    return held


def _locked_now(agreement: TestingAgreement) -> TestingAgreement:
    try:
        with transaction.atomic():
            return TestingAgreement.objects.select_for_update(of=("self",), nowait=True).get(pk=agreement.pk)
    except OperationalError as error:
        if isinstance(error.__cause__, errors.LockNotAvailable):
            raise Conflict("Someone is signing now, try again.") from error
        raise


def _not_again(agreement: TestingAgreement, by: User) -> None:
    row = turns.mine(agreement.plan, by)
    if row is not None and turns.has_signed(row):
        raise Conflict("You have already signed this agreement. Nothing more is needed from you.")


def confirmed(stepped_up_at: datetime | None, at: datetime, within: timedelta = ON_A_CARD) -> None:
    """Refuses a person who did not confirm who they are within that time."""
    if stepped_up_at is None or not timedelta(0) <= at - stepped_up_at <= within:
        minutes = int(within.total_seconds()) // 60
        refuse(
            "Your identity was confirmed too long ago for a signature.",
            f"Confirm who you are, then sign within {minutes} minutes.",
        ).require()


def _meant(by: User, typed_name: str, agreed: bool) -> None:
    problems = []
    if not names.same(typed_name, by.name):
        problems.append(Problem("typed_name", f"Type your name as it stands in your profile: {by.name}."))
    if not agreed:
        problems.append(Problem("agreed", "Tick the box to say that you mean to sign."))
    if problems:
        raise Invalid(problems)


def finish(
    now: Ready, content: bytes, stamping: TimeStamping | None, *, level: str, certificate_sha256: str,
    named: Mapping[str, str],
) -> Signature:  # fmt: skip
    """The signed bytes become the agreement's file: checked, written, recorded, the next one told. All in the caller's
    transaction, wherever the key lies."""
    agreement, row, before, last = now.agreement, now.row, now.before, now.last
    with made("Your signature was not made"):
        role = IssuedFile.Role.EXECUTED if last else IssuedFile.Role.SIGNING
        after = _issue(agreement, content, role, before, stamped=before.stamped)
        planned = [r.field_name for r in agreement.plan]
        cards = own_keys.cards(agreement, now.at, {row.field_name: certificate_sha256} if row.tier != Tier.HELD else {})
        _self_check(after, planned, now.at, executed=last, named=named, cards=cards)
    signature = Signature.objects.create(
        signatory=row, agreement=agreement, developer_id=agreement.developer_id, file_before=before, file_after=after,
        authority=authority.frozen(now.chain, now.incumbency), intent=intent(agreement, row), typed_name=now.typed_name,
        stepped_up_at=now.stepped_up_at, level=level, certificate_sha256=certificate_sha256, at=now.at,
    )  # fmt: skip
    record(
        "signed", agreement, by=row.person,
        detail={"before": before.sha256, "after": after.sha256, "authority": str(now.chain[0].pk), "level": level},
    )  # fmt: skip
    del agreement._plan  # read again with the new signature
    if last:
        _certify(agreement, after, now.at, stamping)
        ending.fully_executed(agreement, by=row.person, at=now.at)
    elif called := turns.called_after(agreement.plan, row):
        reminding.invite(agreement, called, by=row.person)
    return signature


def _certify(agreement: TestingAgreement, executed: IssuedFile, at: datetime, stamping: TimeStamping | None) -> None:
    """The certificate is made with the last signature or the signature is not made: nothing is signed but stuck."""
    said = completion.content(agreement, executed)
    with made("Your signature was not made, because its certificate could not be"):
        try:
            pdf = completion.sealed_pdf(said, at=at, stamping=stamping)
        except RenderRefused as refused:
            raise SigningFailed(str(refused)) from refused
        CompletionCertificate.objects.create(
            agreement=agreement, executed=executed, developer_id=agreement.developer_id, content=said,
            sha256=files.put(pdf), size=len(pdf),
        )  # fmt: skip


def promised(before: IssuedFile, at: datetime) -> TimeStamping | None:
    """What the file was sealed with stays: a plan with time-stamps is never signed without one, nor the other way."""
    if not before.stamped:
        return None
    stamping = keys.time_stamping(at)
    if stamping is None:
        raise Conflict(
            "This file was prepared with time-stamps, and no time-stamp authority is configured any more. "
            "Nothing was signed; the installation's administrator can configure it again."
        )
    return stamping


@transaction.atomic
def decline_to_sign(*, agreement: TestingAgreement, by: User, reason: str) -> TestingAgreement:
    """Decline with a reason: the file is given up and kept, and the negotiation is open again."""
    agreement = locked(agreement)
    policies.may_decline_to_sign(by, agreement).require()
    words = reason.strip()
    if not words or len(words) > 5000:
        raise Invalid(
            [Problem("reason", "Give the reason in at most 5,000 characters, so that the others can act on it.")]
        )
    called = {row.person for row in agreement.plan if turns.has_signed(row)}
    called |= {row.person for row in turns.next_in(agreement.plan)}
    Signatory.objects.filter(pk=turns.mine(agreement.plan, by).pk).update(declined_at=timezone.now())  # type: ignore[union-attr]  # the policy found the row
    void_files(agreement)
    move(agreement, "decline_to_sign")
    record("declined", agreement, by=by, reason=words)
    notices.tell_parties("agreements.declined", agreement, by=by, people=called)
    return agreement


@transaction.atomic
def download_certificate(*, agreement: TestingAgreement, by: User) -> bytes:
    """The completion certificate, to whoever may have the executed file; that it was handed out is on record."""
    policies.may_download(by, agreement).require()
    row = queries.certificate(agreement)
    if row is None:
        raise Conflict("This agreement was executed before certificates were made. Its executed copy proves itself.")
    record("certificate_downloaded", agreement, by=by, detail={"sha256": row.sha256})
    return files.read(row.sha256)


@transaction.atomic
def download(*, agreement: TestingAgreement, by: User) -> bytes:
    """The executed file for a party (or oversight); that it was handed out is on record."""
    policies.may_download(by, agreement).require()
    content, file = queries.executed_pdf(agreement)
    record("downloaded", agreement, by=by, detail={"sha256": file.sha256})
    return content
