"""The only writer of what is public."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from agreements import queries as agreements
from agreements.models import TestingAgreement
from audit import actions as audit
from core.decisions import Conflict
from transparency import policies, queries
from transparency.models import PublishedProof


def _locked(agreement: TestingAgreement) -> TestingAgreement:
    return TestingAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)


@transaction.atomic
def publish(*, agreement: TestingAgreement, shown_sha256: str, by: User) -> PublishedProof:
    """Let anybody who holds the executed copy have it confirmed. `shown_sha256` names the certificate that was read."""
    row = _locked(agreement)
    policies.may_publish(by, row).require()
    if queries.published(row) is not None:
        raise Conflict("It is public already. Nothing was changed.")
    certificate = agreements.certificate(row)
    if certificate is None or certificate.sha256 != shown_sha256:
        raise Conflict("What would become public is not what you read. Open the page again and read it.")
    made = PublishedProof.objects.create(
        agreement=row, developer_id=row.developer_id, sha256=certificate.executed.sha256, published_by=by,
        certificate_sha256=certificate.sha256, content=certificate.content,
    )  # fmt: skip
    audit.record("transparency.published", row, by=by, parties=row.party_ids)
    return made


@transaction.atomic
def take_back(*, agreement: TestingAgreement, by: User) -> None:
    """From now on its hash is as unknown to strangers as one that never was."""
    row = _locked(agreement)
    policies.may_publish(by, row).require()
    gone, _ = PublishedProof.objects.filter(agreement=row).delete()
    if not gone:
        raise Conflict("It is not public. Nothing was changed.")
    audit.record("transparency.taken_back", row, by=by, parties=row.party_ids)
