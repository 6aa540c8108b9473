"""Pages of a fact check: read the copy that was sent, comment on it, hand it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.views.base import me
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from evaluations import actions, policies, queries
from evaluations.forms.reports import CommentForm
from evaluations.models import FactCheck


def _found(request: HttpRequest, reference: str, pk: UUID) -> FactCheck:
    related = ("assignment__agency", "assignment__developer", "assignment__request")
    check = visible_or_404(FactCheck, request.user, *related, pk=pk, assignment__reference=reference)
    policies.may_see_fact_check(me(request), check.assignment).require()
    return check


@guarded("evaluations.may_see_fact_check")
def fact_check(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """The copy that was sent with what the developer said to it; POST adds a comment."""
    check = _found(request, reference, pk)
    may_comment = policies.may_comment_facts(me(request), check)
    form = CommentForm(request.POST or None, places=queries.places(check.content))
    if request.method == "POST":
        may_comment.require()
        if form.is_valid():
            try:
                actions.comment_facts(fact_check=check, by=me(request), **form.cleaned_data)
                messages.success(request, "The comment stands here; the agency reads it.")
                return redirect("evaluations:fact_check", reference=reference, pk=pk)
            except Invalid as invalid:
                add_problems(form, invalid)
    context = {
        "assignment": check.assignment, "check": check, "content": check.content, "form": form,
        "runs": queries.runs_shown(check.content), **queries.drawn_of(check.content),
        "comments": check.comments.order_by("created_at", "id"),
        "may_comment": may_comment, "may_hand_back": policies.may_hand_back_facts(me(request), check),
    }  # fmt: skip
    return render(request, "evaluations/fact_check.html", context)


@guarded("evaluations.may_hand_back_facts")
@require_POST
def hand_back(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """The facts are checked: the agency goes on."""
    check = _found(request, reference, pk)
    actions.hand_back_facts(fact_check=check, by=me(request))
    messages.success(request, "The fact check is handed back.")
    return redirect("evaluations:assignment", reference=reference)
