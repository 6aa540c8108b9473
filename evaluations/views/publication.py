"""The page of what is to be published about a report: show the text, answer, record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.views.base import me
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from evaluations import actions, policies, queries
from evaluations.forms.publication import AnswerForm, PublishForm, TextForm
from evaluations.models import EvaluationReport, PublicationReview
from evaluations.views.reports import _version

FORMS = {"ask": TextForm, "answer": AnswerForm, "publish": PublishForm}
DONE = {
    "ask": "The other side was asked to review the text.",
    "answer": "Answered: the other side was told.",
    "publish": "Recorded: the other side was told.",
}


@guarded("evaluations.may_ask_publication,may_answer_publication,may_publish")
def publication(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Every text that either side wanted to publish, with what this person can do about it."""
    report, verb = _version(request, reference, number), request.POST.get("do", "")
    form = None
    if request.method == "POST":
        if verb not in FORMS:
            raise Http404
        form = FORMS[verb](request.POST)
        if form.is_valid():
            try:
                _act(request, report, verb, form.cleaned_data)
            except Invalid as invalid:
                add_problems(form, invalid)
            else:
                messages.success(request, DONE[verb])
                return redirect("evaluations:publication", reference=reference, number=number)
    rows = queries.publications(report, me(request))
    context = {
        "assignment": report.assignment, "report": report, "rows": rows, "text_form": form if verb == "ask" else TextForm(),
        "answer_form": form if verb == "answer" else AnswerForm(initial={"review": _to_answer(rows)}),
        "days": report.assignment.publication_review_days,
        "may_ask": policies.may_ask_publication(me(request), report),
    }  # fmt: skip
    return render(request, "evaluations/publication.html", context)


def _to_answer(rows: list[dict[str, Any]]) -> Any:
    """The one text of the other side that waits for this person's side, if any."""
    return next((entry["row"].pk for entry in rows if entry["may_answer"]), None)


def _act(request: HttpRequest, report: EvaluationReport, verb: str, sent: dict[str, Any]) -> None:
    if verb == "ask":
        actions.ask_publication(report=report, by=me(request), **sent)
        return
    related = ("assignment", "agency", "developer", "asked_for")
    review = visible_or_404(PublicationReview, request.user, *related, pk=sent.pop("review"), report=report)
    act = actions.answer_publication if verb == "answer" else actions.publish
    act(review=review, by=me(request), **sent)
