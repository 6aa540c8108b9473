"""Which components of an agency concur before it does, and their answers: a page of that agency alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agreements import actions, components, policies, queries
from agreements.components import Part, Standing
from agreements.forms_components import AnswerForm, PlanForm
from agreements.models import TestingAgreement
from agreements.rules import components as rules
from agreements.views.base import found, person
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems


def _page(request: HttpRequest, agreement: TestingAgreement, typed: AnswerForm | None = None) -> HttpResponse:
    user = person(request)
    policies.may_read_components(user, agreement).require()
    headings = {c.clause_id: c.heading for c in agreement.current.clauses.all()} if agreement.current else {}
    plans = [_plan(agreement, row, user, typed, headings) for row in components.of(agreement)]
    planned = {row.agency.pk for row in components.of(agreement)}
    context = {
        "agreement": agreement, "plans": plans, "own": components.for_a_component(agreement, user),
        "unplanned": [
            {"agency": agency, "may": policies.may_set_component_plan(user, agreement, agency)}
            for agency in policies.acts_for(user, agreement)
            if agency.is_agency and agency.pk not in planned
        ],
    }  # fmt: skip
    return render(request, "agreements/components.html", context, status=400 if typed else 200)


def _plan(
    agreement: TestingAgreement, standing: Standing, user: User, typed: AnswerForm | None, headings: dict[str, str]
) -> dict[str, Any]:
    """One agency's plan. The agency reads who has answered; of sealed answers a component reads how many."""
    agency = seats_of(user).is_auditor or standing.agency in policies.acts_for(user, agreement)
    rows = [_row(agreement, standing, part, agency=agency, headings=headings) for part in standing.parts]
    answers = [
        _answer(agreement, standing, part, user, typed) for _, part in components.mine(agreement, user)
        if standing.of(part.component.pk) is part
    ]  # fmt: skip
    return {
        "standing": standing, "rows": rows, "answers": answers, "is_agency": agency,
        "way": rules.words(
            standing.plan.order, blind=standing.plan.blind, names=[part.component.name for part in standing.parts]
        ),
        "sentence": components.for_the_agency(standing) if agency and agreement.status == "in_clearance" else "",
        "may": policies.may_set_component_plan(user, agreement, standing.agency) if agency else None,
        "may_concur": policies.may_concur(user, agreement) if agency else None,
    }  # fmt: skip


def _row(
    agreement: TestingAgreement, standing: Standing, part: Part, *, agency: bool, headings: dict[str, str]
) -> dict[str, Any]:
    sealed = part.answer is None and standing.plan.blind and not standing.all_in
    if part.answer is not None:
        state = (part.answer.get_verdict_display(), "done" if part.concurs else "stopped")
    elif sealed and (part.is_in or not agency):
        state = ("Answered, sealed" if agency else "Sealed until all are in", "waiting")
    elif agreement.status == "in_clearance" and (part.ask or not agency) and part in standing.turn:
        state = ("Asked", "waiting")
    else:
        state = ("Not asked yet", "todo")
    waits = agency and part.is_missing and agreement.status == "in_clearance"
    return {
        "part": part, "state": state, "clauses": [headings.get(c, c) for c in part.answer.clause_ids] if part.answer else [],
        "who_can": components.who_can(part.component, standing.agency) if waits else "",
    }  # fmt: skip


def _answer(
    agreement: TestingAgreement, standing: Standing, part: Part, user: User, typed: AnswerForm | None
) -> dict[str, Any]:
    """What this person can say for a component of theirs, what of the text is open for it, and the form."""
    component, current = part.component, agreement.current
    may = policies.may_answer_for_component(user, agreement, component)
    if current is None or not may:
        return {"part": part, "may": may, "form": None}
    form = typed if typed and typed.prefix == component.slug else None
    titles = {c.clause_id: c.heading for c in current.clauses.all()}
    return {
        "part": part, "may": may, "all": len(titles), "taken_out": queries.taken_out(agreement, component.pk),
        "open": [titles[c] for c in queries.open_for(agreement, component.pk)],
        "form": form or AnswerForm(prefix=component.slug, version=current, initial={"text_hash": current.text_hash}),
    }  # fmt: skip


def _organisation(slug: str) -> Organisation:
    row = Organisation.objects.filter(slug=slug, kind=Organisation.Kind.AGENCY).first()
    if row is None:
        raise Http404
    return row


@guarded("agreements.may_read_components")
@require_GET
def component_answers(request: HttpRequest, reference: str) -> HttpResponse:
    """How the own agency prepares its concurrence, how far it is, and one's own answer."""
    return _page(request, found(request, reference))


@guarded("agreements.may_set_component_plan")
def component_plan(request: HttpRequest, reference: str, parent: str) -> HttpResponse:
    """Choose which components concur first, in which way, by which day."""
    agreement, user = found(request, reference), person(request)
    agency = _organisation(parent)
    policies.may_set_component_plan(user, agreement, agency).require()
    standing = next((row for row in components.of(agreement) if row.agency == agency), None)
    plan = standing.plan if standing else None
    form = PlanForm(
        request.POST or None, components=components.children(agreement, agency),
        planned=[part.component.slug or "" for part in standing.parts] if standing else [],
        initial={"order": plan.order, "blind": plan.blind, "answer_by": plan.answer_by} if plan else {"order": "parallel"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_component_plan(agreement=agreement, by=user, agency=agency, **form.sent())
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Saved. Nobody outside your agency reads it.")
            return redirect("agreements:components", reference)
    context = {"agreement": agreement, "agency": agency, "form": form}
    status = 400 if form.errors else 200
    return render(request, "agreements/component_plan.html", context, status=status)


@guarded("agreements.may_answer_for_component")
@require_POST
def component_answer(request: HttpRequest, reference: str, component: str) -> HttpResponse:
    """Concur, or refuse, for one component, by the button that was pressed."""
    agreement, user = found(request, reference), person(request)
    policies.may_read_components(user, agreement).require()
    speaks = _organisation(component)
    policies.may_answer_for_component(user, agreement, speaks).require()
    form = AnswerForm(request.POST, prefix=component, version=agreement.current)
    if form.is_valid():
        try:
            _decide(agreement, user, speaks, form.cleaned_data, request.POST.get("verdict", ""))
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Recorded. Your agency alone reads it.")
            return redirect("agreements:components", reference)
    return _page(request, agreement, form)


def _decide(agreement: TestingAgreement, by: User, component: Organisation, sent: dict[str, Any], which: str) -> None:
    said = {"agreement": agreement, "by": by, "component": component, "text_hash": sent["text_hash"]}
    if which == "concur":
        actions.concur_for_component(**said, comment=sent["comment"])
    else:
        actions.refuse_for_component(**said, comment=sent["comment"], clause_ids=sent["clauses"])
