"""List, detail, one version, and the executed copy."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import listing, narrowing
from accounts.models import User
from accounts.seats import seats_of
from agreements import (
    actions,
    answers,
    components,
    consolidated,
    deviations,
    documents,
    moves,
    outlasting,
    policies,
    queries,
)
from agreements import portfolio as timeline
from agreements.models import AgreementVersion, Deviation, TestingAgreement
from agreements.views import amending
from agreements.views.access import panel
from agreements.views.base import found, person
from agreements.workflow import AGREEMENT, AMENDMENT_STEPS, STEPS
from audit import actions as record
from core.access import guarded

LIST = listing.List(TestingAgreement, queries.LISTED, (listing.states(AGREEMENT), listing.BY_DEVELOPER))


@guarded("agreements.visible")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The newest agreements that I can see."""
    page = LIST.read(request)
    context = {
        "rows": page.named("developer"),
        "listing": page,
        "workflow": AGREEMENT,
        "start": policies.may_start(person(request)),
    }
    return render(request, "agreements/list.html", context)


@guarded("agreements.visible")
@require_GET
def portfolio(request: HttpRequest) -> HttpResponse:
    """What is in force with whom, what ends when, what each obliges: as a timeline and as a table."""
    every = timeline.read(narrowing.looking_as(request))
    partners = sorted({name for row in every for name in row.partners})
    chosen = request.GET.get("with", "")
    chosen = chosen if chosen in partners else ""
    rows = [row for row in every if chosen in ("", *row.partners)]
    context = {
        "rows": rows, "all": len(every), "partners": partners, "chosen": chosen, "workflow": AGREEMENT,
        "chart": timeline.chart(rows, timezone.now().date()), "more": len(every) >= timeline.MOST,
        "may_start": policies.may_start(person(request)),
    }  # fmt: skip
    return render(request, "agreements/portfolio.html", context)


@guarded("agreements.visible")
@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the agreement stands, whose move it is, its parties, versions and history."""
    agreement, user = found(request, reference), person(request)
    verdicts = queries.verdicts(agreement)
    context = {
        "agreement": agreement,
        "workflow": AGREEMENT,
        "steps": AMENDMENT_STEPS if agreement.amends_id else STEPS,
        "move": moves.next_action(agreement, user),
        "parties": [
            {"row": p, "verdict": verdicts.get(p.organisation_id), "step": agreement.step_of(p.organisation_id)}
            for p in agreement.party_rows
        ],
        "ways": answers.ways(agreement),
        "kept": len(queries.kept_by(agreement, user)),
        "may_set_ways": policies.may_set_ways(user, agreement),
        "inside": _inside(agreement, user),
        "plan": agreement.plan,
        "replaceable": policies.replaceable(user, agreement),
        "versions": list(queries.versions(agreement)),
        "deviations": _deviations(agreement),
        "obligations": queries.duties(agreement),
        "outlasting": outlasting.duties(agreement, user),
        **_replacing(agreement, user),
        **amending.panel(agreement, user),
        "certificate": queries.certificate(agreement) if policies.may_download(user, agreement) else None,
        "publishes": policies.decides_publicity(user, agreement),
        "access": panel(agreement, user),
        "timeline": record.visit(agreement, user),
    }
    return render(request, "agreements/detail.html", context)


def _inside(agreement: TestingAgreement, user: User) -> list[str]:
    """How far the own agency is with its components; what can be planned where nothing is. Others get none of it."""
    seats, planned = seats_of(user), moves.inside(agreement, user)
    if planned or components.mine(agreement, user):
        return [row.counted for row in planned] or ["Your component is in the plan of its agency."]
    own = {o.pk for o in policies.agencies_of(user, agreement)}
    if agreement.status in policies.PLANNED and any(seat.organisation.parent_id in own for seat in seats.all):
        return ["No component is asked before your agency concurs."]
    return []


def _replacing(agreement: TestingAgreement, user: User) -> dict[str, Any]:
    """What it replaces and what replaces it, as far as the reader may read those."""
    if agreement.amends_id is not None:
        return {}
    known = TestingAgreement.objects.visible_to(user)
    return {
        "replaces": known.filter(pk=agreement.replaces_id).first() if agreement.replaces_id else None,
        "replaced_by": known.filter(replaces=agreement).exclude(status__in=("withdrawn", "lapsed")),
    }


def _deviations(agreement: TestingAgreement) -> list[tuple[deviations.Departure, list[tuple[str, Deviation | None]]]]:
    """Clauses of the current version that somebody decides on, each with what every agency said."""
    rows = deviations.departures(agreement.current) if agreement.current else []
    return [(row, [(agency.name, row.rows.get(agency.pk)) for agency in agreement.agencies]) for row in rows]


@guarded("agreements.visible")
@require_GET
def version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The full text of one frozen version."""
    agreement = found(request, reference)
    row = get_object_or_404(AgreementVersion, agreement=agreement, number=number)
    return render(
        request, "agreements/version.html", {
            "agreement": agreement, "version": row, "clauses": list(row.clauses.all()), "changes": consolidated.in_words(row),
        },
    )  # fmt: skip


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
