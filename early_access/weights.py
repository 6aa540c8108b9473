"""Reads of the weights route: whether a request takes it, its signer and manifest, and what agencies confirmed."""

from __future__ import annotations

from typing import Any

from accounts.models import Organisation, User
from core import storage
from early_access import policies, queries
from early_access.models import (
    AccessSpecification,
    DestructionCertificate,
    EarlyAccessRequest,
    RequestSection,
    WeightsManifest,
    WeightsReceipt,
    WeightsSigner,
)

SHOWN, DIFFERENCES = 50, 200


def by_weights(request: EarlyAccessRequest) -> bool:
    """Whether the model is reached by its weights, as frozen or as drafted so far."""
    last = queries.specification(request)
    if last is not None and request.status != "needs_information":
        return last.method == AccessSpecification.Method.WEIGHTS
    section = RequestSection.objects.filter(request=request, name="access").first()
    return section is not None and section.data.get("method") == AccessSpecification.Method.WEIGHTS


def signer(request: EarlyAccessRequest) -> WeightsSigner | None:
    """The signer registered last."""
    return WeightsSigner.objects.filter(request=request).order_by("-created_at", "-id").first()


def manifest(request: EarlyAccessRequest) -> WeightsManifest | None:
    """The newest manifest."""
    rows = WeightsManifest.objects.filter(request=request).select_related("signer", "uploaded_by")
    return rows.order_by("-version").first()


def files(row: WeightsManifest) -> dict[str, str]:
    """Name → digest, in the manifest's order."""
    lines = storage.get(row.sums_sha256).decode().splitlines()
    return {line[66:]: line[:64] for line in lines}


def receipts(request: EarlyAccessRequest, user: User) -> list[WeightsReceipt]:
    """What agencies confirmed, newest first; an agency reads its own."""
    rows = WeightsReceipt.objects.visible_to(user).filter(request=request)
    return list(rows.select_related("agency", "manifest", "confirmed_by")[:SHOWN])


def received(request: EarlyAccessRequest, agency: Organisation) -> WeightsReceipt | None:
    """The newest receipt of one agency: it holds weights, whether or not they were those that were signed for."""
    return WeightsReceipt.objects.filter(request=request, agency=agency).select_related("manifest").first()


def panel(request: EarlyAccessRequest, user: User) -> dict[str, Any]:
    """For the request's page; empty where the model is reached otherwise."""
    if not by_weights(request):
        return {}
    newest = manifest(request)
    names = list(files(newest).items())[:SHOWN] if newest else []
    places = [a for a in queries.consented(request) if policies.may_confirm_weights(user, request, a)]
    certificates = DestructionCertificate.objects.visible_to(user).filter(item__request=request, manifest__isnull=False)
    return {
        "weights": {
            "signer": signer(request), "manifest": newest, "files": names, "receipts": receipts(request, user),
            "may_register": policies.may_register_weights(user, request), "places": places if newest else [],
            "certificates": list(certificates.select_related("agency")), "unlisted": max((newest.file_count if newest else 0) - SHOWN, 0),
        }
    }  # fmt: skip
