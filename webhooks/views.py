"""An organisation's webhooks, for its administrators: register, watch, pause, replace the secret, send again, remove."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts import stepup
from accounts.views.base import home_of, me
from core.access import guarded
from core.decisions import Decision, Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from webhooks import actions, forms, policies, queries
from webhooks.models import Delivery, Endpoint
from webhooks.rules.kinds import label
from webhooks.workflow import DELIVERY, ENDPOINT


def _mine(request: HttpRequest, pk: UUID) -> Endpoint:
    row = visible_or_404(Endpoint, request.user, "organisation", "health", pk=pk)
    policies.may_administer(me(request), row.organisation).require()
    return row


@guarded("webhooks.may_administer")
@require_GET
def endpoints(request: HttpRequest) -> HttpResponse:
    """The webhooks of the organisation I look at."""
    home = home_of(request)
    policies.may_administer(me(request), home).require()
    context = {
        "organisation": home, "rows": queries.of(home), "may": policies.may_add(me(request), home),
        "workflow": ENDPOINT,
    }  # fmt: skip
    return render(request, "webhooks/list.html", context)


@guarded("webhooks.may_add")
@stepup.required()
def add(request: HttpRequest) -> HttpResponse:
    """Register an endpoint; the answer to the form is the only page that ever shows its secret."""
    home = home_of(request)
    policies.may_add(me(request), home).require()
    form = forms.EndpointForm(request.POST or stepup.kept(request))
    if request.method == "POST" and form.is_valid():
        try:
            row, secret = actions.add(organisation=home, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return render(request, "webhooks/secret.html", {"endpoint": row, "secret": secret, "is_new": True})
    return render(request, "webhooks/edit.html", {"form": form, "organisation": home})


@guarded("webhooks.may_administer")
@require_GET
def endpoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One endpoint: how it is doing, what can be done, and the log of what was sent."""
    row, asked = _mine(request, pk), request.GET
    status = asked.get("status", "") if asked.get("status", "") in DELIVERY.by_name else ""
    try:
        page = queries.log(row, me(request), status=status, cursor=asked.get("after", ""))
    except Invalid:  # a cursor that was not made here is the first page
        page = queries.log(row, me(request), status=status)
    context = {
        "endpoint": row, "workflow": ENDPOINT, "deliveries": DELIVERY, "moves": _moves(request, row), "status": status,
        "rows": [{**r, "label": label(r["kind"])} for r in page.rows], "older": page.next,
        "kinds": [label(kind) for kind in row.kinds],
    }  # fmt: skip
    return render(request, "webhooks/endpoint.html", context)


def _moves(request: HttpRequest, row: Endpoint) -> list[dict[str, Any]]:
    def one(words: str, name: str, decision: Decision | None = None, **more: Any) -> dict[str, Any]:
        return {"label": words, "url": reverse(f"webhooks:{name}", args=[row.pk]), "decision": decision, **more}

    first = (
        one("Send a test event", "test", policies.may_test(me(request), row), post=True, primary=True)
        if row.status == "active"
        else one("Resume", "resume", policies.may_move(me(request), row, "resume"), post=True, primary=True)
    )
    every = policies.may_send_all_again(me(request), row)
    again = [one("Send again what was given up", "send_all_again", every, post=True)] if every else []
    pause = [one("Pause", "pause", post=True)] if row.status == "active" else []
    return [
        first,
        *again,
        *pause,
        one("Change", "change"),
        one("Replace the secret", "rotate"),
        one("Remove", "remove", danger=True),
    ]


@guarded("webhooks.may_administer")
@stepup.required()
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another name, address or choice of kinds."""
    row = _mine(request, pk)
    form = forms.EndpointForm(request.POST or stepup.kept(request) or forms.stored(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(endpoint=row, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Saved.")
            return redirect(row)
    return render(request, "webhooks/edit.html", {"form": form, "endpoint": row, "organisation": row.organisation})


@guarded("webhooks.may_administer")
@stepup.required()
def rotate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Replace the secret; the answer to the form is the only page that ever shows it."""
    row = _mine(request, pk)
    form = forms.RotateForm(request.POST if request.method == "POST" else stepup.kept(request))
    if request.method == "POST" and form.is_valid():
        secret = actions.rotate(endpoint=row, at_once=form.at_once, by=me(request))
        context = {"endpoint": row, "secret": secret, "overlaps": not form.at_once}
        return render(request, "webhooks/secret.html", context)
    return render(request, "webhooks/rotate.html", {"endpoint": row, "form": form})


@guarded("webhooks.may_move")
@require_POST
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send nothing until it is resumed."""
    row = actions.pause(endpoint=_mine(request, pk), by=me(request))
    messages.success(request, "Paused. What happens from now on is held back until you resume.")
    return redirect(row)


@guarded("webhooks.may_move")
@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send again, what was held back first."""
    row = _mine(request, pk)
    held = actions.resume(endpoint=row, by=me(request))
    messages.success(
        request, f"Active again. {held} held back {'message is' if held == 1 else 'messages are'} on the way."
    )
    return redirect(row)


@guarded("webhooks.may_test")
@require_POST
def test(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a test event; its page shows the answer."""
    return redirect(actions.test(endpoint=_mine(request, pk), by=me(request)))


@guarded("webhooks.may_send_all_again")
@require_POST
def send_all_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send everything that was given up once more."""
    row = _mine(request, pk)
    sent = actions.send_all_again(endpoint=row, by=me(request))
    messages.success(request, f"{sent} {'message is' if sent == 1 else 'messages are'} on the way again.")
    return redirect(row)


@guarded("webhooks.may_administer")
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an endpoint away, with its log."""
    row = _mine(request, pk)
    if request.method == "POST":
        actions.remove(endpoint=row, by=me(request))
        messages.success(request, f"The webhook “{row.name}” is removed.")
        return redirect("webhooks:list")
    return render(request, "webhooks/remove.html", {"endpoint": row})


def _delivery(request: HttpRequest, pk: UUID) -> Delivery:
    row = visible_or_404(Delivery, request.user, "endpoint", "endpoint__organisation", pk=pk)
    policies.may_administer(me(request), row.endpoint.organisation).require()
    return row


@guarded("webhooks.may_administer")
@require_GET
def delivery(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One message: what was sent, and every attempt with its answer."""
    row = _delivery(request, pk)
    again = policies.may_send_again(me(request), row)
    move = {"label": "Send again", "url": reverse("webhooks:send_again", args=[row.pk]), "post": True, "primary": True}
    context = {
        "delivery": row, "workflow": DELIVERY, "label": label(row.kind), "attempts": queries.attempts(row),
        "moves": [{**move, "decision": again}] if row.status in ("delivered", "failed") else [],
    }  # fmt: skip
    return render(request, "webhooks/delivery.html", context)


@guarded("webhooks.may_send_again")
@require_POST
def send_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send one message once more."""
    row = actions.send_again(delivery=_delivery(request, pk), by=me(request))
    messages.success(request, "On its way again, with the same webhook-id.")
    return redirect(row)
