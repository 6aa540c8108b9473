"""What a completion certificate says, read from the record in one place, and the sealed file that says it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from agreements import deviations, keys
from agreements.models import Concurrence, IssuedFile, Signatory, TestingAgreement, Tier
from agreements.pdf.evidence import PREFIX
from agreements.pdf.render import render_certificate
from agreements.pdf.signing import certify
from agreements.pdf.timestamps import TimeStamping
from audit import verbs
from audit.models import Event

NOTICE = "Nothing in it is a licence (section 3(c), Executive Order 14409)."


def content(agreement: TestingAgreement, executed: IssuedFile) -> dict[str, Any]:
    """Every fact of the certificate, as text: pages, the PDF and its JSON all show this and nothing else."""
    plan = agreement.plan
    sealed = plan[0].sealed
    version = agreement.current
    return {
        "reference": agreement.reference, "title": agreement.title, "instrument": agreement.get_instrument_display(),
        "version": str(version.number) if version else "", "text_hash": version.text_hash if version else "",
        "sealed_sha256": sealed.sha256, "sealed_at": _utc(sealed.created_at),
        "executed_sha256": executed.sha256, "executed_at": _utc(max(row.signature.at for row in plan)),
        "parties": [row.organisation.name for row in agreement.party_rows],
        "signatures": [_signature(row) for row in plan],
        "concurrences": [*_concurrences(agreement), *deviations.accepted(agreement)], "events": _events(agreement), "notice": NOTICE,
        "verify": f"{settings.BASE_URL}{reverse('transparency:verify')}",
    }  # fmt: skip


def _signature(row: Signatory) -> dict[str, str]:
    made = row.signature
    seconds = int((made.at - made.stepped_up_at).total_seconds())
    said = made.authority
    until = f" until {_utc(datetime.fromisoformat(said['valid_until']))}" if said["valid_until"] else ""
    return {
        "name": row.person.name, "post": row.capacity or "Authorised official", "organisation": row.organisation.name,
        "meaning": row.meaning, "in_place_of": row.in_place_of, "at": _utc(made.at), "confirmed": f"{seconds} seconds",
        "tier": _how(row),
        "level": made.level, "certificate_sha256": made.certificate_sha256,
        "authority": f"{row.on_authority}; {said['source'] + '; ' if said['source'] else ''}"
        f"valid from {_utc(datetime.fromisoformat(said['valid_from']))}{until}.",
        "authority_id": f"{PREFIX}{said['id']}" if row.tier != Tier.OWN else "", "before": made.file_before.sha256,
        "after": made.file_after.sha256,
    }  # fmt: skip


def _how(row: Signatory) -> str:
    """Where the key lies, and for a card how what it signed came here."""
    said = row.get_tier_display()
    if row.tier != Tier.OWN:
        return said
    return f"{said} The file came back with this one signature added; Concord checked that, and added what proves it later."


def _concurrences(agreement: TestingAgreement) -> list[str]:
    rows = Concurrence.objects.filter(version=agreement.current_id).select_related("agency", "decided_by")
    return [
        f"{row.agency.name}: {row.get_verdict_display().lower()}, {row.said_by}, {_utc(row.decided_at)}"
        for row in rows.order_by("decided_at")
    ]


def _events(agreement: TestingAgreement) -> list[str]:
    """What happened between the parties (events that all of them read), without who of each side did it."""
    rows = Event.objects.filter(
        object_id=str(agreement.pk), verb__in=verbs.VERBS, parties__contains=agreement.party_ids
    ).order_by("at")
    return [f"{_utc(row.at)}: {verbs.sentence(row.verb)}" for row in rows]


def _utc(at: datetime) -> str:
    return f"{at:%d %b %Y, %H:%M:%S} UTC"


def sealed_pdf(said: dict[str, Any], *, at: datetime, stamping: TimeStamping | None) -> bytes:
    """The certificate as a file that allows no change."""
    reason = f"Completion certificate of {said['reference']}"
    return certify(render_certificate(said, at=at), seal=keys.seal(at), reason=reason, stamping=stamping)
