"""How an agency connects: one card per key that it holds, and the opening of one, with a reason: in that one response, or for
an agency that keeps its own key in the page itself (static/js/opening.js asks the API, whose answer this host cannot read)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import stepup
from accounts.limits import limited
from accounts.seats import seats_of
from core.access import guarded
from core.decisions import Invalid
from early_access import actions, answers, keys, policies, queries
from early_access.forms import BOTH, TextForm
from early_access.views.base import person, request_of


@guarded("early_access.may_open_credential")
@limited("openings", 20, 600, sending=True)
@stepup.required()
def connect(request: HttpRequest, reference: str, agency: str, variant: str = "") -> HttpResponse:
    """How to connect, for evaluators of one agency; POST opens a key. With several keys each has a page of its own."""
    row, me = request_of(request, reference), person(request)
    place = next(
        (a for a in queries.consented(row) if a.slug == agency and seats_of(me).holds(a.pk, "evaluator")), None
    )
    if place is None:
        raise Http404
    specification = queries.specification(row)
    cards = keys.for_agency(row, place, specification)
    chosen = [card for card in cards if card.slug == variant] if variant else cards if len(cards) == 1 else []
    if variant and not chosen:
        raise Http404
    form, value = TextForm(request.POST or None, label="Why you open the key", seen_by=BOTH), ""
    credential = chosen[0].key if chosen else None
    held = credential is not None and not actions.opens_here(credential, place)
    if request.method == "POST" and form.is_valid() and held:
        form.add_error(None, actions.NO_PAGE_KEY)
    elif request.method == "POST" and form.is_valid() and credential is not None:
        try:
            value = actions.open_credential(
                credential=credential, by=me, agency=place, reason=form.cleaned_data["text"],
                stepped_up_at=stepup.stepped_up_at(request),
            )  # fmt: skip
        except Invalid as invalid:
            for problem in invalid.problems:
                form.add_error("text", problem.sentence)
    context = {
        "row": row, "agency": place, "form": form, "value": value, "credential": credential, "cards": cards,
        "held": held, "nobody": UUID(int=0),
        "chosen": chosen[0] if chosen else None,
        "specified": answers.specified(specification, "method", "base_url", "model_name"),
        "window": queries.window_clock(row, timezone.now(), queries.blocked_times(row, me)),
        "decision": policies.may_open_credential(me, row, place, stepup.stepped_up_at(request)),
    }  # fmt: skip
    response = render(request, "early_access/connect.html", context)
    response["Cache-Control"] = "no-store"
    return response
