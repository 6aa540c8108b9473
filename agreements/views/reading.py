"""List, detail, one version, and the executed copy."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts import paging
from accounts.models import User
from agreements import actions, documents, moves, policies, queries
from agreements.models import AgreementVersion, TestingAgreement
from agreements.views.access import panel
from agreements.views.base import found, person
from agreements.workflow import AGREEMENT, STEPS
from audit import queries as record
from core.access import guarded
from core.decisions import Invalid


def page_of(user: User, cursor: str, status: str) -> paging.Page:
    """One page of agreements; a cursor that is not one is the first page."""
    only = {"status": status} if status in AGREEMENT.by_name else None
    try:
        return paging.newest(TestingAgreement, user, columns=queries.LISTED, cursor=cursor, only=only)
    except Invalid:
        return paging.newest(TestingAgreement, user, columns=queries.LISTED, only=only)


@guarded("agreements.visible")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The newest agreements that I can see."""
    status = request.GET.get("status", "")
    page = page_of(person(request), request.GET.get("after", ""), status)
    rows = page.rows
    names = queries.names_of({row["developer"] for row in rows})
    older = urlencode({"after": page.next, **({"status": status} if status else {})}) if page.next else ""
    for row in rows:
        row["developer_name"] = names.get(row["developer"], "")
    context = {
        "rows": rows, "older": f"?{older}" if older else "", "status": status, "workflow": AGREEMENT, "states": AGREEMENT.states,
        "start": policies.may_start(person(request)),
    }  # fmt: skip
    return render(request, "agreements/list.html", context)


@guarded("agreements.visible")
@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the agreement stands, whose move it is, its parties, versions and history."""
    agreement, user = found(request, reference), person(request)
    verdicts = queries.verdicts(agreement)
    context = {
        "agreement": agreement,
        "workflow": AGREEMENT,
        "steps": STEPS,
        "move": moves.next_action(agreement, user),
        "parties": [{"row": p, "verdict": verdicts.get(p.organisation_id)} for p in agreement.party_rows],
        "plan": agreement.plan,
        "versions": list(queries.versions(agreement)),
        "obligations": list(agreement.obligations.filter(version=agreement.current_id)),
        "certificate": queries.certificate(agreement) if policies.may_download(user, agreement) else None,
        "publishes": policies.decides_publicity(user, agreement),
        "access": panel(agreement, user),
        "timeline": record.timeline(agreement, user),
    }
    return render(request, "agreements/detail.html", context)


@guarded("agreements.visible")
@require_GET
def version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The full text of one frozen version."""
    agreement = found(request, reference)
    row = get_object_or_404(AgreementVersion, agreement=agreement, number=number)
    return render(
        request, "agreements/version.html", {"agreement": agreement, "version": row, "clauses": list(row.clauses.all())}
    )


@guarded("agreements.may_download")
@require_GET
def executed(request: HttpRequest, reference: str) -> HttpResponse:
    """The executed PDF: for parties, as a download, never kept by caches."""
    agreement, user = found(request, reference), person(request)
    content = actions.download(agreement=agreement, by=user)
    return documents.download(content, agreement.reference)


@guarded("agreements.may_download")
@require_GET
def certificate(request: HttpRequest, reference: str) -> HttpResponse:
    """The completion certificate: as the executed PDF."""
    agreement, user = found(request, reference), person(request)
    content = actions.download_certificate(agreement=agreement, by=user)
    return documents.download(content, f"{agreement.reference}-certificate")
