"""List, detail, one version, and the executed copy."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.seats import seats_of
from accounts.visibility import Cursor
from agreements import moves, policies, queries
from agreements.models import AgreementVersion, TestingAgreement
from agreements.views.base import found, person
from agreements.workflow import AGREEMENT, STEPS
from audit import actions as audit
from audit import queries as record
from core.access import guarded

SIZE = 25


def cursor_of(text: str | None) -> Cursor | None:
    """Where the last page ended; nonsense is the first page."""
    try:
        at, key = (text or "").split("_")
        return Cursor(datetime.fromisoformat(at), UUID(key))
    except ValueError:
        return None


def page_of(user: object, after: Cursor | None, status: str) -> tuple[list[dict[str, object]], str]:
    """One page of agreements, and the cursor of the next ("" when there is none)."""
    columns = ("reference", "title", "status", "developer", "effective_on", "expires_on")
    only = {"status": status} if status in AGREEMENT.by_name else None
    rows = TestingAgreement.objects.newest_for(user, columns=columns, size=SIZE + 1, after=after, only=only)
    more = len(rows) > SIZE
    rows = rows[:SIZE]
    last = rows[-1] if rows else None
    return rows, f"{last['created_at'].isoformat()}_{last['id']}" if more and last else ""


@guarded("agreements.visible")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The newest agreements that I can see."""
    status = request.GET.get("status", "")
    rows, after = page_of(request.user, cursor_of(request.GET.get("after")), status)
    names = queries.names_of({row["developer"] for row in rows})
    for row in rows:
        row["developer_name"] = names.get(row["developer"], "")
    context = {
        "rows": rows, "older": after, "status": status, "workflow": AGREEMENT, "states": AGREEMENT.states,
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
    if not (seats_of(user).is_auditor or policies.acts_for(user, agreement)):
        raise Http404
    policies.may_download(user, agreement).require()
    content, file = queries.executed_pdf(agreement)
    audit.record(
        "agreements.downloaded", agreement, by=user, parties=agreement.party_ids, detail={"sha256": file.sha256}
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{agreement.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
