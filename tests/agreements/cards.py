"""People who sign on a card in tests: the trust folder, the enrolment, and what they do with the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from agreements import actions
from agreements.models import OwnCertificate, Signature, TestingAgreement
from agreements.pdf.certificates import Identity
from tests.agreements import elsewhere
from tests.agreements import factories as make
from tests.world import World


def revoke(folder: Path, *cards: Identity) -> None:
    """A new list in the trust folder, with these cards on it."""
    (folder / "cards.crl").write_bytes(elsewhere.revocations(*cards))


def enrol(world: World, slug: str, card: Identity | None = None, **said: Any) -> tuple[OwnCertificate, Identity]:
    """The organisation's signatory enrols a card."""
    with make.acting(world.person(slug, "signatory")) as by:
        held = card or elsewhere.card(by.name)
        values = {"certificate": held.certificate, "stepped_up_at": timezone.now()} | said
        return actions.enrol_certificate(organisation=world.organisations[slug], by=by, **values), held


def take(world: World, agreement: TestingAgreement, slug: str) -> bytes:
    """The organisation's signatory takes and downloads the file."""
    with make.acting(world.person(slug, "signatory")) as by:
        actions.take_file(agreement=make.seen(agreement, by), by=by)
        return actions.download_to_sign(agreement=make.seen(agreement, by), by=by)


def bring(world: World, agreement: TestingAgreement, slug: str, upload: bytes, **said: Any) -> Signature:
    """The signatory uploads a file."""
    with make.acting(world.person(slug, "signatory")) as by:
        row = make.seen(agreement, by)
        turn = row.file_turn
        values = {
            "shown_sha256": turn.file.sha256 if turn else "", "typed_name": by.name, "agreed": True,
            "stepped_up_at": timezone.now(),
        } | said  # fmt: skip
        return actions.sign_elsewhere(agreement=row, by=by, upload=upload, **values)


def field_of(world: World, agreement: TestingAgreement, slug: str) -> str:
    """The signature field of an organisation's signatory."""
    with make.acting(world.person(slug, "signatory")) as by:
        plan = make.seen(agreement, by).plan
        return next(row.field_name for row in plan if row.organisation_id == world.organisations[slug].pk)


def sign(world: World, agreement: TestingAgreement, slug: str, card: Identity, **meta: Any) -> Signature:
    """Take, sign in a PDF program, bring back."""
    issued = take(world, agreement, slug)
    return bring(world, agreement, slug, elsewhere.sign(issued, field_of(world, agreement, slug), card, **meta))


def ready(world: World, **kwargs: Any) -> tuple[TestingAgreement, Identity, bytes]:
    """(an agreement whose second signatory holds the file, their card, the file)."""
    _, card = enrol(world, "treasury")
    agreement = make.awaiting(world, ("treasury",), **kwargs)
    make.sign(world, agreement, "aurora")
    return agreement, card, take(world, agreement, "treasury")
