"""What changed, what was said about it, and the verdicts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.limits import limited
from accounts.models import User
from agreements import (
    actions,
    answers,
    comments,
    components,
    consolidated,
    own_keys,
    policies,
    prechecks,
    queries,
    redlines,
)
from agreements.comments import Thread
from agreements.forms import ClearanceForm, VerdictForm
from agreements.forms_comments import CommentForm
from agreements.models import AgreementVersion, ClauseComment, TestingAgreement
from agreements.pdf.redline import compare
from agreements.views.base import back, found, person, say_problems
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems


def _compared(
    current: AgreementVersion, other: AgreementVersion | None, said: dict[str, list[Thread]]
) -> dict[str, Any]:
    """Each clause with what changed since the other version, those taken out too, and what was said about it; what was
    said about clauses that neither has is listed apart."""
    after = redlines.pieces(current)
    before = redlines.pieces(other) if other else redlines.base(current) or after
    old, new = [piece.key for piece in before], [piece.key for piece in after]
    return {
        "rows": [
            {"change": change, "threads": said.get(change.key, []), "size": _size(said.get(change.key, []))}
            for change in compare(before, after)
        ],
        "gone": [thread for key, rows in said.items() if key and key not in {*old, *new} for thread in rows],
        "reordered": [key for key in old if key in new] != [key for key in new if key in old],
    }


def _size(threads: list[Thread]) -> int:
    return sum(thread.size for thread in threads)


def _review(agreement: TestingAgreement, user: User) -> dict[str, Any]:
    """What this person keeps, and what a verdict would therefore name."""
    kept = queries.kept_by(agreement, user)
    current = {c.clause_id for c in agreement.current.clauses.all()} if agreement.current else set()
    outside = [row for row in kept if row.audience == ClauseComment.Audience.ALL]
    return {
        "kept": kept,
        "outside": len(outside),
        "inside": len(kept) - len(outside),
        "named": [row.clause_id for row in outside if row.clause_id in current],
    }


def page(
    request: HttpRequest, agreement: TestingAgreement, *, comment_form: CommentForm | None = None,
    verdict_form: VerdictForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    user, current = person(request), agreement.current
    if current is None:
        return back(agreement)
    frozen = list(queries.versions(agreement))
    wanted = request.GET.get("against", "")
    earlier = [v for v in frozen if v.number is not None and v.number < (current.number or 0)]
    against = next((v for v in earlier if str(v.number) == wanted), earlier[0] if earlier else None)
    said = comments.by_clause(agreement, comments.threads(agreement, user))
    review = _review(agreement, user)
    context = {
        "agreement": agreement, "version": current, "against": against, "earlier": earlier,
        **_compared(current, against, said), "changes": consolidated.in_words(current),
        "general": said.get("", []), "review": review,
        "comment_form": comment_form or CommentForm(version=current),
        "verdict_form": verdict_form or VerdictForm(version=current, initial={"text_hash": current.text_hash, "clauses": review["named"]}),
        "may_comment": policies.may_comment(user, agreement),
        "open_suggestions": queries.suggestions_for(agreement, user).filter(status="open").count(),
        "verdicts": queries.verdicts(agreement).values(),
        **_verdict_context(agreement, user),
    }  # fmt: skip
    return render(request, "agreements/negotiation.html", context, status=status)


def _verdict_context(agreement: TestingAgreement, user: User) -> dict[str, Any]:
    """Which verdict buttons stand there, and which clauses are still open for this person's agency."""
    refuse = policies.may_refuse_concurrence(user, agreement)
    agencies = policies.agencies_of(user, agreement) if refuse else []
    titles = {c.clause_id: c.heading for c in agreement.current.clauses.all()} if agreement.current else {}
    return {
        "may_concur": policies.may_concur(user, agreement) if refuse else refuse,
        "may_refuse": refuse,
        "for_component": components.waiting_for(agreement, user),
        "yet_to_concur": answers.yet_to_concur(agreement, agencies),
        "may_return": policies.may_return_with_comments(user, agreement),
        "taken_out": [heading for a in agencies[:1] for heading in queries.taken_out(agreement, a.pk)],
        "open_clauses": [titles[c] for a in agencies[:1] for c in queries.open_for(agreement, a.pk)],
        "all_clauses": len(titles),
    }


@guarded("agreements.visible")
@require_GET
def negotiation(request: HttpRequest, reference: str) -> HttpResponse:
    """The current version as a redline, with comments and verdict buttons."""
    return page(request, found(request, reference))


@guarded("agreements.may_concur")
@require_POST
def verdict(request: HttpRequest, reference: str) -> HttpResponse:
    """Concur, refuse, return, or only send what I kept, by the button that was pressed."""
    agreement = found(request, reference)
    policies.may_comment(person(request), agreement).require()
    form = VerdictForm(request.POST, version=agreement.current)
    if form.is_valid():
        try:
            _decide(agreement, person(request), form.cleaned_data, request.POST.get("verdict", ""))
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, _recorded(agreement, request.POST.get("verdict", "")))
            return back(agreement)
    return page(request, agreement, verdict_form=form, status=400)


def _recorded(agreement: TestingAgreement, which: str) -> str:
    if which == "send":
        return "Sent. The others read your comments now."
    if agreement.concurrence_blind and which in ("concur", "refuse"):
        return "Recorded, and sealed: nobody else reads it until every agency has answered."
    return "Recorded. The other parties are told."


def _decide(agreement: TestingAgreement, by: User, sent: dict[str, Any], which: str) -> None:
    if which == "send":
        actions.send_comments(agreement=agreement, by=by)
    elif which == "concur":
        actions.concur(agreement=agreement, by=by, text_hash=sent["text_hash"], comment=sent["comment"])
    elif which == "refuse":
        actions.refuse_concurrence(
            agreement=agreement, by=by, text_hash=sent["text_hash"], comment=sent["comment"], clause_ids=sent["clauses"]
        )
    else:
        actions.return_with_comments(agreement=agreement, by=by, comment=sent["comment"], clause_ids=sent["clauses"])


@guarded("agreements.may_open_clearance")
@require_POST
def clearance(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask every agency for its concurrence."""
    agreement = found(request, reference)
    actions.open_clearance(agreement=agreement, by=person(request))
    messages.success(request, "Each agency's counsel is asked for concurrence with this version.")
    return back(agreement)


@guarded("agreements.may_open_clearance")
def clearance_by(request: HttpRequest, reference: str) -> HttpResponse:
    """The same, asked for by a day."""
    agreement = found(request, reference)
    policies.may_open_clearance(person(request), agreement).require()
    form = ClearanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_clearance(agreement=agreement, by=person(request), answer_by=form.cleaned_data["answer_by"])
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(
                request, "Each agency's counsel is asked for concurrence by that day, and reminded before it."
            )
            return back(agreement)
    return render(request, "agreements/clearance.html", {"agreement": agreement, "form": form})


@guarded("agreements.may_open_for_signature")
@limited("rendering", 30)
def open_for_signature(request: HttpRequest, reference: str) -> HttpResponse:
    """Every check with what it found; then seal the file and invite the first signatories."""
    agreement, user = found(request, reference), person(request)
    policies.may_open_for_signature(user, agreement).require()
    refused: Invalid | None = None
    chosen = _on_cards(request)
    if request.method == "POST" and "check" not in request.POST:
        try:
            actions.open_for_signature(agreement=agreement, by=user, cards=chosen)
        except Invalid as invalid:
            refused = invalid
        else:
            messages.success(request, "The file is sealed. Those who sign first are told.")
            return back(agreement)
    plan, checks = prechecks.run(agreement, timezone.now(), chosen)
    ready = all(check.passed for check in checks)
    if refused is not None and ready:
        say_problems(request, refused)  # what failed a moment ago does not fail any more
    have, on_cards = own_keys.ways(plan, None)[0], own_keys.ways(plan, chosen)[0]
    context = {
        "agreement": agreement, "checks": checks, "ready": ready,
        "ways": [(p, have.get(p.organisation.pk), p.organisation.pk in on_cards) for p in plan], "has_cards": bool(have),
    }  # fmt: skip
    return render(request, "agreements/open.html", context, status=409 if refused else 200)


def _on_cards(request: HttpRequest) -> set[UUID] | None:
    """The organisations whose signatory is to sign on a card; None before anybody has chosen."""
    if "chosen" not in request.POST:
        return None
    if request.POST["chosen"] != "1":
        raise Http404
    found = set()
    for value in request.POST.getlist("cards"):
        try:
            found.add(UUID(value))
        except ValueError as error:
            raise Http404 from error
    return found
