"""Pages that exist in demo mode only: sign in as anybody, confirm a step-up, read the mailbox."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import stepup
from accounts.middleware import DEMO_FLAG
from accounts.models import User
from accounts.roles import ROLES
from config.demo import people
from core.access import public, signed_in
from notifications.models import Mail

NEWEST = 100


def only_in_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 outside demo mode."""

    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guard


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/inbox/"
    known = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if known else "/inbox/"


def _row(person: people.Person) -> dict[str, str]:
    roles = [ROLES[r] for r in person.roles]
    return {
        "name": person.name,
        "post": person.post,
        "email": person.email,
        "roles": ", ".join(r.label for r in roles) or "Administrator",
        "does": "; ".join(r.does for r in roles) or "looks up and audits in the Django admin",
    }


def _groups() -> list[dict[str, Any]]:
    names = people.DEVELOPERS | {a.slug: a.name for a in people.reference.AGENCIES} | people.OVERSIGHT
    groups = [(name, [_row(p) for p in people.PEOPLE if p.organisation == key]) for key, name in names.items()]
    groups.append(("Installation", [_row(people.STAFF)]))
    return [{"name": name, "people": rows} for name, rows in groups if rows]


@public
@only_in_demo
def sign_in(request: HttpRequest) -> HttpResponse:
    """Everybody of the demo, one click each."""
    if request.method == "POST":
        known = {p.email for p in (*people.PEOPLE, people.STAFF)}
        person = User.objects.filter(email=request.POST.get("email", "")).first()
        if person is None or person.email not in known:
            raise Http404
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        request.session[DEMO_FLAG] = True
        return redirect(_next(request))
    return render(request, "demo/sign_in.html", {"groups": _groups(), "next": _next(request)})


@signed_in
@only_in_demo
def confirm(request: HttpRequest) -> HttpResponse:
    """The demo's stand-in for a passkey at step-up."""
    if request.method == "POST":
        stepup.confirm(request, "demo")
        return redirect(_next(request))
    return render(request, "demo/confirm.html", {"next": _next(request)})


@public
@only_in_demo
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mail, newest first."""
    return render(request, "demo/mailbox.html", {"mails": Mail.objects.order_by("-created_at")[:NEWEST]})
