"""Everything that could stop a signature, tried before anybody is invited: each with what was found and what to mend."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from agreements import consolidated, deviations, documents, files, keys, own_keys, queries
from agreements.models import OwnCertificate, TestingAgreement
from agreements.pdf.certificates import Identity, open_key
from agreements.pdf.render import render_agreement, signature_boxes
from agreements.pdf.timestamps import Asking, TimeStampFailed
from agreements.queries import Planned
from agreements.rules import names
from core.decisions import Problem
from core.envelope import KeyHeldElsewhere, KeyMissing, SealBroken
from core.typesetting import RenderCrashed, RenderRefused

TRIAL = b"Concord tries whether it could sign. This says nothing and binds nobody.\n"
LONG_ENOUGH = timedelta(days=30)
MENDED_BY_STAFF = "The installation's administrator can mend it."


@dataclass(frozen=True)
class Check:
    """One check: at which field, what it is about, what was found, and what stands against signing."""

    field: str
    label: str
    found: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing stands against signing."""
        return not self.problems


class Fails(Exception):
    """A trial that did not come out; the message is a sentence."""


def run(
    agreement: TestingAgreement, at: datetime, cards: Collection[UUID] | None = None
) -> tuple[list[Planned], list[Check]]:
    """The signing plan and every check, also those after one that fails. `cards` as of `own_keys.ways`."""
    plan, problems = queries.readiness(agreement, at)
    missing, undecided = (p for p in problems if p.field == "concurrences"), deviations.problems(agreement)
    checks = [
        Check("concurrences", "Concurrence of every agency", "All have concurred with this version.", tuple(missing)),
        Check("deviations", "Deviations from approved text", "Nothing waits for a decision.", tuple(undecided)),
        *_amended(agreement),
        *_signatories(agreement, plan, at, cards),
    ]
    for field, label, trial in (
        ("key", "Keys that seal and sign", lambda: _keys(at)),
        ("time_stamp", "Time-stamp authority", lambda: _time_stamp(at)),
        ("text", "The file can be set", lambda: _rendered(agreement, plan, at)),
        ("storage", "Storage of files", _storage),
    ):
        checks.append(_tried(field, label, trial))
    return plan, checks


def problems(checks: list[Check]) -> list[Problem]:
    """What stands against opening, for a refusal."""
    return [problem for check in checks for problem in check.problems]


def _tried(field: str, label: str, trial: Callable[[], str]) -> Check:
    try:
        return Check(field, label, trial())
    except Fails as failed:
        return Check(field, label, problems=(Problem(field, str(failed)),))


def _amended(agreement: TestingAgreement) -> Iterator[Check]:
    """Of an amendment: that no other one has overtaken it."""
    if agreement.amends_id is not None and agreement.current is not None:
        found = consolidated.problems(agreement.current)
        yield Check("amends", "The agreement that it amends", "What it changes fits that as it stands.", tuple(found))


def _signatories(
    agreement: TestingAgreement, plan: list[Planned], at: datetime, cards: Collection[UUID] | None
) -> Iterator[Check]:
    on_cards, wrongly = own_keys.ways(plan, cards)
    if wrongly:
        yield Check("cards", "Who signs with their own key", problems=tuple(wrongly))
    known = {planned.organisation.pk: planned for planned in plan}
    for party in agreement.party_rows:
        label, planned = f"Signatory of {party.organisation.name}", known.get(party.organisation_id)
        if planned is None:
            yield Check("authority", label, problems=(Problem("authority", queries.nobody(party)),))
            continue
        who = ", ".join(filter(None, (planned.person.name, planned.bearer.capacity)))
        wrong = names.unprintable(planned.person.name)
        key, against = _own(planned, on_cards.get(party.organisation_id), at)
        problems = (*((wrong,) if wrong else ()), *((against,) if against else ()))
        yield Check(
            "authority", label, f"{who}, in step {planned.step}, under {planned.bearer.on_authority}{key}.",
            tuple(Problem("authority", problem) for problem in problems),
        )  # fmt: skip


def _own(planned: Planned, row: OwnCertificate | None, at: datetime) -> tuple[str, str]:
    """(how the signatory signs, what stands against it): only of whoever signs with their own key."""
    if row is None:
        return "", ""
    against = own_keys.problem(row, at)
    where = "with a key in the signing device" if row.key_at == row.KeyAt.DEVICE else "on a card"
    words = f"{planned.person.name} is to sign {where}: {against}" if against else ""
    return f", {where} whose certificate lasts until {row.valid_until:%d %b %Y}", words


def _keys(at: datetime) -> str:
    """The seal signs and its certificate lasts; a person's key could be kept and opened again; revocation is known."""
    try:
        seal = keys.seal(at)
        ends = x509.load_pem_x509_certificate(seal.certificate).not_valid_after_utc
        _signs(seal)
        keys.trust(at)
        if keys.opened_again(TRIAL) != TRIAL:
            raise Fails(f"A sealed key does not open again. {MENDED_BY_STAFF}")
    except (KeyHeldElsewhere, KeyMissing) as missing:
        raise Fails(f"{missing.sentence} {MENDED_BY_STAFF}") from missing
    except (SealBroken, InvalidSignature, OSError, ValueError, TypeError) as error:
        raise Fails(f"The keys cannot be used ({type(error).__name__}). {MENDED_BY_STAFF}") from error
    if ends - at < LONG_ENOUGH:
        raise Fails(f"The certificate of Concord's seal ends on {ends:%d %b %Y}. {MENDED_BY_STAFF}")
    return f"A trial signature was made and checked. The seal's certificate lasts until {ends:%d %b %Y}."


def _signs(identity: Identity) -> None:
    public = x509.load_pem_x509_certificate(identity.certificate).public_key()
    made = open_key(identity).sign(TRIAL, padding.PKCS1v15(), hashes.SHA256())
    public.verify(made, TRIAL, padding.PKCS1v15(), hashes.SHA256())  # type: ignore[union-attr,call-arg,arg-type]  # RSA always


def _time_stamp(at: datetime) -> str:
    stamping = keys.time_stamping(at)
    if stamping is None:
        return "None is configured: only this system will state the time, and the file says so."
    try:
        asyncio.run(Asking(stamping).async_timestamp(hashlib.sha256(TRIAL).digest(), "sha256"))
    except TimeStampFailed as error:
        raise Fails(f"{error} Nothing is signed without it; try again in a few minutes. {MENDED_BY_STAFF}") from error
    return "It answered with a time-stamp that can be believed."


def _rendered(agreement: TestingAgreement, plan: list[Planned], at: datetime) -> str:
    """The whole file as it would be sealed, with a place on the page for every signature."""
    if agreement.current is None:
        raise Fails("There is no version to sign yet. Send the draft first.")
    data = documents.data_for(agreement, agreement.current, plan, list(queries.verdicts(agreement).values()))
    try:
        size = len(render_agreement(data, frozen_at=at))
        boxes = signature_boxes(data, frozen_at=at)
    except RenderRefused as refused:
        raise Fails(f"{refused} Change that character in the text.") from refused
    except RenderCrashed as crashed:
        raise Fails(f"{crashed} {MENDED_BY_STAFF}") from crashed
    if documents.misplaced(boxes):
        raise Fails(f"The places for signatures do not fit on their pages. {MENDED_BY_STAFF}")
    return f"The file has {size // 1024 + 1} kB and a place for {len(boxes)} signatures."


def _storage() -> str:
    try:
        if files.read(files.put(TRIAL)) != TRIAL:
            raise Fails(f"What is written does not read back. {MENDED_BY_STAFF}")
    except (OSError, files.FileDamaged) as error:
        raise Fails(f"Files cannot be written and read back. {MENDED_BY_STAFF}") from error
    return "A file was written and read back."
