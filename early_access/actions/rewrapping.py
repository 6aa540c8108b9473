"""After an agency said who keeps its key: the data keys that this host can open are wrapped again for the key that counts now.

The sealed values stay as they are. What was open to this installation until now may have been read here; only another key of
the developer changes that, and the page says so."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import models

from accounts.models import Organisation
from core import envelope, rls
from core.decisions import Invalid, Problem
from early_access.models import CredentialWrap, EarlyAccessRequest, RevocationProof

logger = logging.getLogger("concord.alarm")
AGAIN = (
    "{} keeps its own key since you typed this one, and it cannot be sealed again by itself. Type the access key again."
)


Wrapped = CredentialWrap | RevocationProof  # rows that hold a wrapped data key


def custody_changed(agencies: list[Organisation]) -> tuple[int, int]:
    """Seal again what is sealed to these agencies: (how many copies were, how many stayed). Keys that are not released yet are
    their developers' rows, which the agency's context does not show. Those of drafts follow when they are sent: the number
    is read by the agency, which learns of no draft."""
    developers = EarlyAccessRequest.objects.values_list("developer", flat=True).distinct()
    again = left = 0
    with rls.widened(*developers):
        for row, slug in _rows(agencies):
            if not _fits(row, slug):
                done = _again(row, slug)
                again, left = again + done, left + (not done)
    return again, left


def seal_again(request: EarlyAccessRequest) -> None:
    """Before a request is sent: the copies that were sealed while it was a draft. Invalid where the key has to be typed again."""
    for row in CredentialWrap.objects.filter(target__request=request).select_related("organisation"):
        slug, agency = str(row.organisation.slug), row.organisation
        if envelope.provider().registered(slug) and not _fits(row, slug) and not _again(row, slug):
            raise Invalid([Problem("credential.secret", AGAIN.format(agency.name))])


def _rows(agencies: list[Organisation]) -> Iterable[tuple[Wrapped, str]]:
    live = models.Q(
        target__revoked_at__isnull=True, target__request__submitted_at__isnull=False, organisation__in=agencies
    )
    for wrap in CredentialWrap.objects.select_for_update(of=("self",)).filter(live).select_related("organisation"):
        yield wrap, str(wrap.organisation.slug)
    kept = RevocationProof.objects.select_for_update(of=("self",)).filter(
        wrapped_key__isnull=False, agency__in=agencies
    )
    for proof in kept.select_related("agency"):
        yield proof, str(proof.agency.slug)


def _fits(row: Wrapped, slug: str) -> bool:
    """Whether it is wrapped for the key that counts now. To know that key's id costs a wrap of nothing."""
    return envelope.provider().wrap(slug, bytes(32))[0] == row.key_id


def _again(row: Wrapped, slug: str) -> bool:
    """Wrap the data key again; False where this host cannot open what is there."""
    keys = envelope.provider()
    if not keys.opens(slug, row.key_id):
        return False
    try:
        data_key = keys.unwrap(slug, row.key_id, bytes(row.wrapped_key or b""))
    except envelope.SealBroken:
        logger.critical("a wrapped key does not open in its place: %s", row.pk)
        return False
    row.key_id, row.wrapped_key = keys.wrap(slug, data_key)
    row.save(update_fields=["key_id", "wrapped_key"])
    return True
