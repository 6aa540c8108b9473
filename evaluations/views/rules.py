"""Pages of the routing rules: the versions, one of them, the draft and its dry run, publishing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts import listing, stepup
from accounts.models import Organisation
from accounts.seats import seats_of
from accounts.views.base import me
from core.access import guarded
from core.decisions import Conflict, Invalid, Problem
from core.forms import add_problems
from evaluations import actions, policies, queries
from evaluations.forms.routing import Rules, RulesNoteForm
from evaluations.models import RoutingRuleSet
from evaluations.workflow import RULE_SET


def found(request: HttpRequest, pk: UUID) -> RoutingRuleSet:
    """The version of the address, when this person may read it; 404 otherwise."""
    return queries.rule_set_of(me(request), pk)


@guarded("evaluations.may_read_rules")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What is in force, the draft of the next version, and every version before."""
    seats = seats_of(request.user)
    if not (seats.is_agency or seats.is_auditor):
        raise Http404
    routers = [r for r in seats.with_role("router") if policies.may_draft_rules(me(request), r)]
    context = {
        "published": queries.readable_rules(me(request)).filter(status="published").order_by("-number"),
        "mine": [{"router": r, "in_force": queries.in_force(r), "draft": queries.draft_of(r)} for r in routers],
    }
    return render(request, "evaluations/rules_index.html", context)


@guarded("evaluations.may_draft_rules")
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Begin the next version of one of my agencies' rules."""
    routers = {str(r.slug): r for r in seats_of(request.user).with_role("router")}
    router = routers.get(request.POST.get("router", ""))
    if router is None:
        raise Http404
    return redirect("evaluations:edit_rules", actions.draft_rules(router=router, by=me(request)).pk)


@guarded("evaluations.may_read_rules")
@require_GET
def rules(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version, rule by rule, with what it changes."""
    row = found(request, pk)
    before = queries.in_force(row.router) if row.status == "draft" else None
    context = {
        "row": row, "rules": row.rules.select_related("agency", "developer"), "workflow": RULE_SET, "before": before,
        "changes": queries.changes(row, before) if before else [],
        "may_edit": policies.may_edit_rules(me(request), row) if row.status == "draft" else None,
    }  # fmt: skip
    return render(request, "evaluations/rules.html", context)


@guarded("evaluations.may_edit_rules")
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the draft: every rule on one page."""
    row = found(request, pk)
    policies.may_edit_rules(me(request), row).require()
    form = RulesNoteForm(request.POST or None, initial={"note": row.note, "row_version": row.row_version})
    held = row.rules.select_related("agency")
    stored = [
        {"effect": "excludes" if r.excludes else "brings", "domain": r.domain, "agency": r.agency.slug,
         "highest_access_level": "" if r.excludes else r.highest_access_level, "developer": r.developer_id, "until": r.until}
        for r in held
    ]  # fmt: skip
    listed = Organisation.objects.filter(kind=Organisation.Kind.AGENCY).order_by("name")
    agencies = [(str(slug), name) for slug, name in listed.values_list("slug", "name")]
    choices = {"agencies": agencies, "developers": list(listing.developers(me(request)))}
    typed = Rules(request.POST or None, prefix="rules", initial=stored, form_kwargs=choices)
    if request.method == "POST" and form.is_valid() and typed.is_valid():
        kept = [one for one in typed.ordered_forms if not one.is_blank]
        rules = [_rule(one.cleaned_data) for one in kept]
        try:
            actions.save_rules(rule_set=row, rules=rules, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            _at_their_rows(form, kept, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect("evaluations:edit_rules" if "more" in request.POST else "evaluations:dry_run", row.pk)
    wrong = any(one.errors for one in typed.forms) if request.method == "POST" else False
    return render(request, "evaluations/rules_edit.html", {"row": row, "form": form, "typed": typed, "wrong": wrong})


def _rule(data: dict[str, Any]) -> actions.NewRule:
    return actions.NewRule(
        data["domain"], data["agency"], int(data["highest_access_level"] or 0), data["effect"] == "excludes",
        data["developer"], data["until"],
    )  # fmt: skip


def _at_their_rows(form: Form, kept: Sequence[Form], invalid: Invalid) -> None:
    """Problems of one rule stand in its row, the others at the top."""
    for problem in invalid.problems:
        whole, _, place = problem.field.partition(".")
        number, _, name = place.partition(".")
        if whole == "rules" and name:
            kept[int(number)].add_error(name, problem.sentence)
        else:
            add_problems(form, Invalid([problem]))


@guarded("evaluations.may_edit_rules")
@require_GET
def dry_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the draft would have done to the newest requests."""
    row = found(request, pk)
    policies.may_edit_rules(me(request), row).require()
    context = {
        "row": row,
        "run": queries.dry_run(row, me(request)),
        "may_publish": policies.may_be_second(me(request), row),
    }
    return render(request, "evaluations/rules_dry_run.html", context)


@guarded("evaluations.may_publish_rules")
@stepup.required()
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A second routing officer reads what changes, and publishes it."""
    row, at = found(request, pk), stepup.stepped_up_at(request)
    policies.may_publish_rules(me(request), row, at).require()
    problems: list[Problem] = []
    if request.method == "POST":
        seen = request.POST.get("row_version", "")
        version = int(seen) if seen.isdecimal() else -1
        try:
            actions.publish_rules(rule_set=row, row_version=version, stepped_up_at=at, by=me(request))
        except Invalid as invalid:
            problems = invalid.problems
        else:
            messages.success(request, "Published. New requests are routed by these rules from now on.")
            return redirect("evaluations:rules", row.pk)
    before = queries.in_force(row.router)
    context = {
        "row": row, "before": before, "changes": queries.changes(row, before), "problems": problems,
        "run": queries.dry_run(row, me(request)),
    }  # fmt: skip
    return render(request, "evaluations/rules_publish.html", context)


@guarded("evaluations.may_edit_rules")
@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the draft up."""
    row = found(request, pk)
    seen = request.POST.get("row_version", "")
    actions.discard_rules(rule_set=row, row_version=int(seen) if seen.isdecimal() else -1, by=me(request))
    messages.success(request, "The draft is discarded. The version in force stays.")
    return redirect("evaluations:rules_index")
