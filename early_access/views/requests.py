"""Pages of early-access requests. They ask policies, call actions and draw; rules live elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import listing, narrowing
from accounts.seats import seats_of
from audit.actions import visit
from core.access import guarded
from core.autosave import Saved, answered, checked
from core.decisions import Conflict, Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from core.templatetags.concord import when
from developers.queries import home_developer
from early_access import (
    actions,
    answers,
    claims,
    completeness,
    documents,
    filling,
    hooks,
    inquiries,
    partners,
    policies,
    queries,
    receipts,
    weights,
    windows,
)
from early_access import (
    keys as sealing,
)
from early_access.forms import ScheduleForm, SectionForm, TextForm
from early_access.forms_weights import ReturnForm
from early_access.models import EarlyAccessRequest, ReturnItem
from early_access.models.keys import variant_label
from early_access.rules.sections import BY_NAME
from early_access.views import blocked, changed, extending, keys
from early_access.views.base import person, request_of
from early_access.workflow import DESIGNATION_INQUIRY, EARLY_ACCESS_REQUEST, EDITABLE, RELEASE_NOTICE, STEPS

COLUMNS = ("reference", "status", "track", "submitted_at", "developer")
# The intake agency is in the audience of every request it takes in, and has an index for this very question.
INTAKE, INTAKE_WAYS = {"status": "submitted"}, ("intake_agency",)
LIST = listing.List(
    EarlyAccessRequest, COLUMNS, (listing.states(EARLY_ACCESS_REQUEST), listing.BY_DEVELOPER)
)  # fmt: skip
QUEUE = listing.List(EarlyAccessRequest, COLUMNS, (queries.IN_INTAKE,), always=INTAKE, ways=INTAKE_WAYS)


@guarded("early_access.visible")
def requests(request: HttpRequest) -> HttpResponse:
    """My organisation's requests, newest first."""
    return _list(request, "Early-access requests", LIST)


@guarded("early_access.visible")
def intake(request: HttpRequest) -> HttpResponse:
    """Requests that my agency takes in: those that wait to be acknowledged first."""
    return _list(request, "Intake queue", QUEUE)


@guarded("early_access.visible")
@require_GET
def all_windows(request: HttpRequest) -> HttpResponse:
    """All access windows of whoever is looking: as a drawing and as a table."""
    me, rows = person(request), windows.read(narrowing.looking_as(request))
    context = {
        "rows": rows, "chart": windows.chart(rows, timezone.now().date()), "workflow": EARLY_ACCESS_REQUEST,
        "agency": seats_of(me).is_agency, "most": windows.MOST,
    }  # fmt: skip
    return render(request, "early_access/windows.html", context)


def _list(request: HttpRequest, title: str, wanted: listing.List) -> HttpResponse:
    me, page = person(request), wanted.read(request)
    home = home_developer(me)
    context = {
        "title": title, "rows": page.named("developer"), "listing": page, "workflow": EARLY_ACCESS_REQUEST, "queue": wanted is QUEUE,
        "may_create": home and policies.may_create(me, home), "agency": seats_of(me).is_agency,
    }  # fmt: skip
    return render(request, "early_access/requests.html", context)


@guarded("early_access.may_create")
def new(request: HttpRequest) -> HttpResponse:
    """Start a draft."""
    home = home_developer(person(request))
    if home is None:
        raise Http404
    policies.may_create(person(request), home).require()
    if request.method != "POST":
        return render(request, "early_access/new.html")
    row = actions.create(developer=home, by=person(request))
    return redirect("early_access:request", row.reference)


@guarded("early_access.visible")
def request_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One request: whose move it is, the task list or what was submitted, clock, timeline."""
    row, me = request_of(request, reference), person(request)
    mine = seats_of(me).holds(row.developer_id)
    saved = queries.drafted(row) if mine else {}
    agencies, specification = queries.consented(row), queries.specification(row)
    context: dict[str, Any] = {
        "row": row, "mine": mine, "workflow": EARLY_ACCESS_REQUEST, "steps": STEPS,
        "move": queries.next_action(row, me), "may_edit": policies.may_edit(me, row),
        "tasks": filling.task_list(row, saved) if mine and row.status in EDITABLE else [],
        "agencies": agencies, "specification": specification,
        "evaluates": [a for a in agencies if seats_of(me).holds(a.pk, "evaluator")],
        "variants": row.requestvariants.all(), "domains": row.requesteddomains.all(),
        "markings": row.confidentialitymarkings.all(), "contacts": row.contacts.all(),
        "openings": row.openings.select_related("agency", "opened_by").order_by("-created_at")[:20],
        "holds": queries.holds(row), "reports": hooks.reports(row, me),
        "items": row.return_items.select_related("agency", "certificate"), "releases": queries.release_notices(row, me),
        "release_workflow": RELEASE_NOTICE, "may_withdraw": policies.may_withdraw(me, row),
        "may_release": policies.may_plan_release(me, row), "timeline": visit(row, me),
        "stated": answers.stated(row) if row.submitted_at else [],
        "specified": answers.specified(specification),
        "receipt": receipts.newest(row, me) if mine and row.submitted_at else None,
        "may_take_receipt": policies.may_take_receipt(me, row),
        "inquiries": inquiries.of_model(row, me), "inquiry_workflow": DESIGNATION_INQUIRY,
        **partners.panel(row, me),
        **blocked.panel(row, me),
        **extending.panel(row, me),
        **changed.panel(row, me),
        **keys.panel(row, me),
        **weights.panel(row, me),
        **documents.panel(row, me), **claims.panel(row, me),
    }  # fmt: skip
    return render(request, "early_access/request.html", context)


def _section(request: HttpRequest, reference: str, name: str) -> tuple[EarlyAccessRequest, Any]:
    row = request_of(request, reference)
    if name not in BY_NAME or not seats_of(person(request)).holds(row.developer_id):
        raise Http404
    return row, BY_NAME[name]


@guarded("early_access.may_edit")
def section(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Fill one section."""
    row, spec = _section(request, reference, name)
    saved = queries.drafted(row).get(name)
    initial = {**(saved.data if saved else {}), "row_version": saved.row_version if saved else 0}
    offer = documents.offered(row, name) if request.method != "POST" else None
    taken = bool(offer and request.GET.get("offer"))
    initial |= offer["values"] if offer and taken else {}
    form = SectionForm(request.POST or None, initial=initial, section=spec, request=row, user=person(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"] or 0
        try:
            actions.save_section(request=row, section=name, data=form.typed(), row_version=version, by=person(request))
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            context = {"row": row, "section": spec, "conflict": conflict, "saved": saved, "form": form}
            return render(request, "early_access/conflict.html", context, status=409)
        else:
            messages.success(request, f"{spec.label}: saved.")
            return redirect("early_access:request", row.reference)
    elif request.method != "POST":
        policies.may_edit(person(request), row).require()
    context = {
        "row": row, "section": spec, "form": form, "saved": saved, "work": filling.tasks(row).get(name),
        "sealed": _sealed(saved.data) if saved and name == "credential" else [], "offer": offer, "taken": taken,
        **(documents.panel(row, person(request)) if name == "documents" else {}),
        **(claims.panel(row, person(request)) if name == "documents" else {}),
    }  # fmt: skip
    return render(request, "early_access/section.html", context, status=status)


def _sealed(data: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """For whom which key is sealed, as the draft keeps it."""
    named = [("", data.get("sealed_for", []))]
    named += [(variant_label(kind), data.get(f"{kind}_sealed_for", [])) for kind in sealing.KINDS]
    return [(title, holders) for title, holders in named if holders]


@guarded("early_access.may_edit")
@require_POST
def autosave(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Save a section while it is typed; never a secret."""
    row, spec = _section(request, reference, name)
    if spec.name == "credential":
        raise Http404

    def save() -> Saved:
        form = SectionForm(request.POST, section=spec, request=row, user=person(request))
        checked(form)
        version = form.cleaned_data["row_version"] or 0
        saved = actions.save_section(
            request=row, section=name, data=form.typed(), row_version=version, by=person(request)
        )
        return Saved(saved.row_version, saved.saved_at)

    return answered(save)


@guarded("early_access.may_submit")
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Check your answers, then submit."""
    row, me = request_of(request, reference), person(request)
    if not seats_of(me).holds(row.developer_id):
        raise Http404
    if request.method == "POST":
        try:
            actions.submit(request=row, by=me)
        except Invalid:
            pass  # the same problems are gathered and shown below
        else:
            messages.success(request, f"{row.reference} was submitted.")
            return redirect("early_access:request", row.reference)
    saved = queries.drafted(row)
    found = completeness.gather(row, saved, completeness.now())
    problems = [{"section": p.field.split(".")[0], "anchor": f"id_{p.field.split('.')[-1]}", "text": p.sentence}
                for p in found.problems]  # fmt: skip
    context = {
        "row": row, "problems": problems, "tasks": filling.task_list(row, saved),
        "answers": answers.in_words(saved, found.model, found.checkpoint),
        "may_submit": policies.may_submit(me, row),
    }  # fmt: skip
    return render(request, "early_access/check.html", context, status=400 if request.method == "POST" else 200)


MOVES = {"acknowledge": actions.acknowledge, "accept": actions.accept, "close": actions.close}


@guarded("early_access.may_acknowledge,may_accept,may_close")
def move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """A step that needs nothing but a button."""
    row = request_of(request, reference)
    if verb not in MOVES:
        raise Http404
    if request.method == "POST":
        MOVES[verb](request=row, by=person(request))
    return redirect("early_access:request", row.reference)


def _text_step(request: HttpRequest, reference: str, verb: str, words: dict[str, str], field: str) -> HttpResponse:
    """A page with one text and one button."""
    row = request_of(request, reference)
    getattr(policies, f"may_{verb}")(person(request), row).require()
    form = TextForm(request.POST or None, label=words["label"], optional=verb == "withdraw")
    if request.method == "POST" and form.is_valid():
        try:
            getattr(actions, verb)(request=row, by=person(request), **{field: form.cleaned_data["text"]})
        except Invalid as invalid:
            for problem in invalid.problems:
                form.add_error(
                    "text" if problem.field in form.fields or problem.field == field else None, problem.sentence
                )
        else:
            return redirect("early_access:request", row.reference)
    return render(request, "early_access/step.html", {"row": row, "form": form, **words})


@guarded("early_access.may_ask_for_information")
def ask_for_information(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the developer something."""
    words = {"title": "Ask for information", "label": "Question", "button": "Send the question",
             "effect": "The developer is told, and can change the sections of the request until it answers."}  # fmt: skip
    return _text_step(request, reference, "ask_for_information", words, "question")


@guarded("early_access.may_answer")
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer what was asked."""
    words = {"title": "Answer the question", "label": "Answer", "button": "Send the answer",
             "effect": "Sections that you changed are submitted with it; a changed access specification gets a new version."}  # fmt: skip
    return _text_step(request, reference, "answer", words, "text")


@guarded("early_access.may_decline")
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline for capacity or scope."""
    words = {"title": "Decline the request", "label": "Reason", "button": "Decline", "danger": "yes",
             "effect": "The request ends here. The reason says capacity or scope; it is no judgement of the model, and "
                       "the developer stays free to release it."}  # fmt: skip
    return _text_step(request, reference, "decline", words, "reason")


@guarded("early_access.may_withdraw")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave in one step: a page of its own that says what will happen and what will not."""
    words = {"title": "Withdraw the request", "label": "Reason, if you want to give one", "button": "Withdraw now",
             "danger": "yes", "list": "withdraw",
             "effect": "You need nobody's leave, and no reason. This cannot be taken back; a new request can be made."}  # fmt: skip
    return _text_step(request, reference, "withdraw", words, "reason")


@guarded("early_access.may_close_early")
def close_early(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the window before its last day."""
    row = request_of(request, reference)
    policies.may_close_early(person(request), row).require()
    if request.method == "POST":
        actions.close_early(request=row, by=person(request))
        return redirect("early_access:request", row.reference)
    words = {"title": "Close the window now", "button": "Close the window", "danger": "yes",
             "effect": "Access is revoked at once for all agencies. They keep what they have and may still report."}  # fmt: skip
    return render(request, "early_access/step.html", {"row": row, **words})


@guarded("early_access.may_schedule")
def schedule(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm the other side's dates, or propose others."""
    row, me = request_of(request, reference), person(request)
    policies.may_schedule(me, row).require()
    window = row.window
    form = ScheduleForm(
        request.POST if "propose" in request.POST else None,
        initial={"starts_on": window.starts_on, "ends_on": window.ends_on},
    )
    if request.method == "POST":
        try:
            if "propose" not in request.POST:
                actions.confirm_schedule(request=row, by=me)
                return redirect("early_access:request", row.reference)
            if form.is_valid():
                actions.propose_schedule(request=row, by=me, **form.cleaned_data)
                messages.success(request, "The other side is asked to confirm these dates.")
                return redirect("early_access:request", row.reference)
        except Invalid as invalid:
            if not form.is_bound:
                form = ScheduleForm({"starts_on": window.starts_on, "ends_on": window.ends_on})
            form.is_valid()
            add_problems(form, invalid)
    mine = seats_of(me).holds(row.developer_id)
    theirs = window.agency_confirmed_at if mine else window.developer_confirmed_at
    context = {"row": row, "form": form, "window": window, "can_confirm": bool(theirs)}
    return render(request, "early_access/schedule.html", context)


@guarded("early_access.may_answer_return")
def answer_return(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """An agency says what it returned or destroyed."""
    row = request_of(request, reference)
    item: ReturnItem = visible_or_404(ReturnItem, request.user, "agency", pk=pk, request=row)
    policies.may_answer_return(person(request), item).require()
    held = weights.received(row, item.agency)
    form = ReturnForm(request.POST or None, weights=held is not None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_return(item=item, by=person(request), **form.said())
            return redirect("early_access:request", row.reference)
        except Invalid as invalid:
            add_problems(form, invalid)
    asked = f"Asked for by {when(item.due_on)}. What was returned or destroyed gets a certificate; both sides can download it."
    if held is not None:
        asked += " Your agency holds weights. If they were destroyed, the certificate says on which day and how."
    words = {"title": "Return or destroy", "button": "Send the answer", "effect": asked}
    return render(request, "early_access/step.html", {"row": row, "form": form, **words})
