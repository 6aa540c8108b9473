"""Comments: keep one, change it, discard it; resolve a thread or open it again. Verdicts send what is kept."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from agreements import actions, policies, queries
from agreements.forms_comments import ChangeCommentForm, CommentForm
from agreements.models import ClauseComment, TestingAgreement
from agreements.views.base import found, person
from agreements.views.negotiating import page
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems

STEPS = {
    "discard": (actions.discard_comment, "Discarded. Nobody has read it."),
    "resolve": (actions.resolve_comment, "Resolved. It can be opened again."),
    "reopen": (actions.reopen_comment, "Open again."),
}


def _to(agreement: TestingAgreement, clause_id: str) -> HttpResponse:
    """Back to the clause in the negotiation."""
    place = f"#clause-{clause_id}" if clause_id else "#comment"
    return redirect(f"{reverse('agreements:negotiation', args=[agreement.reference])}{place}")


@guarded("agreements.may_comment")
@require_POST
def comment(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a comment for my review, or send it at once, by the button that was pressed."""
    agreement, user = found(request, reference), person(request)
    policies.may_comment(user, agreement).require()
    form = CommentForm(request.POST, version=agreement.current)
    if form.is_valid():
        try:
            now = "now" in request.POST
            row = actions.comment(agreement=agreement, by=user, now=now, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Sent." if now else "Kept. Only you read it until you send your review.")
            return _to(agreement, row.clause_id)
    return page(request, agreement, comment_form=form, status=400)


def _comment(request: HttpRequest, reference: str, pk: UUID) -> ClauseComment:
    agreement = found(request, reference)
    row = next((row for row in queries.comments_for(agreement, person(request)) if row.pk == pk), None)
    if row is None:
        raise Http404
    row.agreement = agreement
    return row


@guarded("agreements.may_change_comment")
def change_comment(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Other words, or other readers, before it is sent."""
    row, user = _comment(request, reference, pk), person(request)
    policies.may_change_comment(user, row).require()
    form = ChangeCommentForm(request.POST or None, initial={"text": row.text, "audience": row.audience})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_comment(comment=row, by=user, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Changed. Only you read it until you send your review.")
            return _to(row.agreement, row.clause_id)
    heading = next(
        (c.heading for c in row.version.clauses.all() if c.clause_id == row.clause_id), "The whole agreement"
    )
    context = {"agreement": row.agreement, "comment": row, "form": form, "heading": heading}
    return render(request, "agreements/comment_edit.html", context)


@guarded("agreements.may_resolve_comment")
@require_POST
def settle_comment(request: HttpRequest, reference: str, pk: UUID, verb: str) -> HttpResponse:
    """Discard a kept comment, resolve a thread, or open it again."""
    row = _comment(request, reference, pk)
    if verb not in STEPS:
        raise Http404
    act, said = STEPS[verb]
    act(comment=row, by=person(request))
    messages.success(request, said)
    return _to(row.agreement, row.clause_id)


@guarded("agreements.visible")
@require_POST
def discard_comments(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw away all that I keep."""
    agreement = found(request, reference)
    count = actions.discard_comments(agreement=agreement, by=person(request))
    messages.success(request, f"Discarded: {count}. Nobody has read them.")
    return redirect("agreements:negotiation", reference)
