"""Pages: registration, verification, the developer's models and checkpoints."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import listing
from accounts.models import User
from accounts.seats import seats_of
from core import ports
from core.access import guarded, public
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from developers import actions, policies, queries
from developers.forms import CheckpointForm, DecisionForm, ModelForm, RegisterForm
from developers.models import Developer, FrontierModel
from developers.workflow import DEVELOPER

LIST = listing.List(FrontierModel, ("reference", "codename", "family", "developer"), (listing.BY_DEVELOPER,))


def _me(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]  # LoginRequiredMiddleware has let nobody else through
    return user


@public
def register(request: HttpRequest) -> HttpResponse:
    """A developer organisation registers itself; the answer is the same whether the mailbox is known or not."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        profile, token = actions.register(**form.cleaned_data)
        link = request.build_absolute_uri(reverse("accounts:accept", args=[token]))
        words = {"organisation": profile.legal_name, "link": link}
        ports.tell_address(form.cleaned_data["email"], "accounts/invitation", words)
        return render(request, "developers/registered.html", {"email": form.cleaned_data["email"]})
    return render(request, "developers/register.html", {"form": form})


@guarded("developers.may_see_queue")
def queue(request: HttpRequest) -> HttpResponse:
    """Developers that wait for verification."""
    policies.may_see_queue(_me(request)).require()
    return render(request, "developers/queue.html", {"rows": queries.queue(_me(request))})


@guarded("developers.may_verify")
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Verify a developer, or refuse with a reason."""
    row: Developer = visible_or_404(Developer, request.user, "organisation", pk=pk)
    policies.may_verify(_me(request), row).require()
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if "refuse" in request.POST:
                actions.refuse(developer=row, reason=form.cleaned_data["reason"], by=_me(request))
            else:
                actions.verify(developer=row, by=_me(request))
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, f"{row.legal_name}: decided.")
            return redirect("developers:queue")
    return render(request, "developers/decide.html", {"row": row, "form": form, "workflow": DEVELOPER})


@guarded("developers.visible")
def home(request: HttpRequest) -> HttpResponse:
    """The developer's models, newest first; agencies see those that a request showed them."""
    me, developer = _me(request), queries.home_developer(_me(request))
    page = LIST.read(request)
    context = {
        "rows": page.rows if developer else page.named("developer"), "listing": page, "developer": developer, "workflow": DEVELOPER,
        "profile": queries.profile_of(developer) if developer else None,
        "may_register": policies.may_register_model(me, developer) if developer else None,
    }  # fmt: skip
    return render(request, "developers/home.html", context)


@guarded("developers.may_register_model")
def new_model(request: HttpRequest) -> HttpResponse:
    """Register a model."""
    developer = queries.home_developer(_me(request))
    if developer is None:
        raise Http404
    policies.may_register_model(_me(request), developer).require()
    form = ModelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.register_model(developer=developer, by=_me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return redirect("developers:model", row.reference)
    return render(request, "developers/form.html", {"form": form, "title": "Register a model", "button": "Register"})


@guarded("developers.visible")
def model_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One model with its checkpoints."""
    row: FrontierModel = visible_or_404(FrontierModel, request.user, "developer", reference=reference)
    me = _me(request)
    context = {
        "row": row, "checkpoints": queries.checkpoints_of(row, me), "mine": seats_of(me).holds(row.developer_id),
        "may_register": policies.may_register_checkpoint(me, row),
    }  # fmt: skip
    return render(request, "developers/model.html", context)


@guarded("developers.may_register_checkpoint")
def new_checkpoint(request: HttpRequest, reference: str) -> HttpResponse:
    """Register a checkpoint of a model."""
    row: FrontierModel = visible_or_404(FrontierModel, request.user, "developer", reference=reference)
    policies.may_register_checkpoint(_me(request), row).require()
    form = CheckpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.register_checkpoint(model=row, by=_me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return redirect("developers:model", row.reference)
    title = f"Register a checkpoint of {row.codename}"
    return render(request, "developers/form.html", {"form": form, "title": title, "button": "Register"})
