"""Reads of the results that a developer claims: the current ones, those taken back, and what a form offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from accounts.models import Organisation, User
from accounts.seats import seats_of
from developers.models import ModelCheckpoint, ModelVariant
from early_access import keys, policies
from early_access.models import ClaimedResult, EarlyAccessRequest, RequestDocument, RequestSection, VariantConsent

BOUND = 200
UNSUBMITTED = "The developer, and from the submission on each agency that is consented to the variant"
READERS = "The developer, and each agency that is consented to the variant"


def stated(request: EarlyAccessRequest, user: User) -> list[ClaimedResult]:
    """Results that this person's side reads, newest first; those taken back too."""
    rows = ClaimedResult.objects.visible_to(user).filter(request=request).select_related("document", "stated_by")
    found = list(rows.order_by("-created_at", "-id")[:BOUND])
    for row in found:
        row.request = request
    return found


def standing(rows: Iterable[ClaimedResult]) -> list[ClaimedResult]:
    """Those that were not taken back, by suite."""
    return sorted(
        (row for row in rows if row.taken_back_at is None),
        key=lambda row: (row.suite.casefold(), row.metric.casefold(), row.variant),
    )


def readers(request: EarlyAccessRequest) -> list[str]:
    """Who reads them, in words."""
    return [READERS if request.submitted_at else UNSUBMITTED]


def may_read(claim: ClaimedResult) -> list[Organisation]:
    """The agencies that read one, from the submission on."""
    rows = VariantConsent.objects.filter(request=claim.request_id, kind=claim.variant, consented=True)
    return [row.agency for row in rows.select_related("agency").order_by("agency__name")]


def panel(request: EarlyAccessRequest, user: User) -> dict[str, Any]:
    """For the request's page."""
    rows = stated(request, user)
    return {
        "claims": {
            "rows": standing(rows), "any": bool(rows), "readers": readers(request), "may_state": policies.may_state_result(user, request),
            "mine": seats_of(user).holds(request.developer_id),
        }
    }  # fmt: skip


def checkpoints(request: EarlyAccessRequest) -> list[ModelCheckpoint]:
    """Builds that a result may be of: those of the request's model. A draft that names none yet takes those of every model of
    ours; what is stated of another model than is submitted then stands against submitting (`of_another`)."""
    rows = ModelCheckpoint.objects.filter(developer=request.developer_id).select_related("model")
    if request.submitted_at is not None:
        rows = rows.filter(model=request.model_id)
    elif model := _drafted_model(request):
        rows = rows.filter(model=model)
    return list(rows.order_by("-created_at", "-id")[:BOUND])


def of_another(request: EarlyAccessRequest, model: UUID) -> list[ClaimedResult]:
    """Results that stand and are of another model: agencies would read the name of a build that is not offered to them."""
    rows = ClaimedResult.objects.filter(request=request, taken_back_at=None)
    return list(rows.exclude(checkpoint__model=model).order_by("created_at", "id"))


def _drafted_model(request: EarlyAccessRequest) -> UUID | None:
    row = RequestSection.objects.filter(request=request, name="identity").first()
    try:
        return UUID(str(row.data["model"])) if row and row.data.get("model") else None
    except ValueError:
        return None


def variants(request: EarlyAccessRequest) -> list[str]:
    """Variants that a result may be of: those on offer; in a draft that offers none yet, all."""
    return keys.offered(request) or list(ModelVariant.Kind.values)


def documents(request: EarlyAccessRequest) -> list[RequestDocument]:
    """Documents in which a result may stand, the current ones first."""
    rows = RequestDocument.objects.filter(request=request)
    return sorted(rows, key=lambda row: (-row.version, row.kind))


def read_by_agency(request: EarlyAccessRequest, agency_id: UUID) -> list[ClaimedResult]:
    """Those that stand and that one agency has consent to read, oldest first: what its results and its report show beside
    what it measured, to itself and to the developer alike."""
    kinds = VariantConsent.objects.filter(request=request, agency=agency_id, consented=True).values("kind")
    rows = ClaimedResult.objects.filter(request=request, taken_back_at=None, variant__in=kinds)
    return list(rows.order_by("created_at", "id")[:BOUND])
