"""Deviations from approved text: what they are, who decides, what was decided and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from agreements import actions, policies
from agreements import deviations as reads
from agreements.forms_deviations import DecisionForm
from agreements.models import TestingAgreement
from agreements.views.base import found, person
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems


def _rows(agreement: TestingAgreement, user: User, typed: DecisionForm | None) -> list[dict[str, Any]]:
    """Each deviation of the current version with the agencies' decisions, and the form of who may decide."""
    reasons, shown = reads.reasons_for(agreement, user), []
    for row in reads.departures(agreement.current) if agreement.current else []:
        form = typed if typed and typed.prefix == row.clause.clause_id else None
        decided = [(agency, row.rows.get(agency.pk)) for agency in agreement.agencies]
        mine = {agency.pk for agency in policies.deciding_agencies(user, agreement, row.role)}
        open_rows = [made for agency, made in decided if agency.pk in mine and (not made or made.verdict == "asked")]
        shown.append(
            {
                "row": row,
                "decisions": [(agency, made, reasons.get(made.pk) if made else None) for agency, made in decided],
                "decided": not open_rows and form is None,
                "may": policies.may_decide_deviation(user, agreement, row.role),
                "form": form or DecisionForm(prefix=row.clause.clause_id, initial={"text_hash": row.clause.text_hash}),
            }
        )
    return shown


def _page(request: HttpRequest, agreement: TestingAgreement, typed: DecisionForm | None = None) -> HttpResponse:
    context = {"agreement": agreement, "rows": _rows(agreement, person(request), typed)}
    return render(request, "agreements/deviations.html", context, status=400 if typed else 200)


@guarded("agreements.visible")
@require_GET
def deviations(request: HttpRequest, reference: str) -> HttpResponse:
    """Every deviation of the current version beside the approved text."""
    return _page(request, found(request, reference))


@guarded("agreements.may_decide_deviation")
@require_POST
def decide_deviation(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Accept or refuse the words of one clause, by the button that was pressed."""
    agreement, user = found(request, reference), person(request)
    policies.may_decide_deviation(user, agreement).require()
    form = DecisionForm(request.POST, prefix=key)
    if form.is_valid():
        verdict = request.POST.get("verdict", "")
        try:
            row = actions.decide_deviation(
                agreement=agreement, by=user, clause_id=key, verdict=verdict, **form.cleaned_data
            )
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, f"Recorded for {row.agency.name}. The other parties are told what was decided.")
            return redirect("agreements:deviations", reference)
    return _page(request, agreement, form)
