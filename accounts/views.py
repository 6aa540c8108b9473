"""The organisation's people, invitations, and a person's own profile."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import actions, policies, queries, stepup
from accounts.forms import AcceptForm, InviteForm, ProfileForm, RolesForm
from accounts.models import Invitation, Membership, Organisation
from accounts.roles import ROLES
from accounts.seats import seats_of
from core import ports, rls
from core.access import guarded, public, signed_in
from core.decisions import Invalid
from core.forms import add_problems


def _home(request: HttpRequest) -> Organisation:
    home = seats_of(request.user).home
    if home is None:
        raise Http404
    return home


@signed_in
def organisation(request: HttpRequest) -> HttpResponse:
    """People and roles of the organisation I sit in."""
    home = _home(request)
    people = [
        {"membership": m, "roles": ", ".join(ROLES[r].label for r in m.roles if r in ROLES)}
        for m in queries.people_of(home)
    ]
    administer = policies.may_administer(request.user, home)  # type: ignore[arg-type]  # signed in
    invitations = [i for i in home.invitations.order_by("-created_at") if i.is_open] if administer else []
    context = {"organisation": home, "people": people, "administer": administer, "invitations": invitations}
    return render(request, "accounts/organisation.html", context)


@guarded("accounts.may_administer")
@stepup.required()
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person into my organisation."""
    home = _home(request)
    policies.may_administer(request.user, home).require()  # type: ignore[arg-type]  # signed in
    form = InviteForm(request.POST or stepup.kept(request), organisation=home)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = actions.invite(organisation=home, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]  # signed in
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            link = request.build_absolute_uri(reverse("accounts:accept", args=[token]))
            ports.tell_address(invitation.email, "accounts/invitation", {"organisation": home.name, "link": link})
            messages.success(request, f"Invitation sent to {invitation.email}. It stays open for seven days.")
            return redirect("accounts:organisation")
    return render(request, "accounts/invite.html", {"form": form, "organisation": home})


@public
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation from its link."""
    digest = actions.token_hash(token)
    with rls.holding(digest):
        found = get_object_or_404(Invitation, token_hash=digest)
    form = AcceptForm(request.POST or None)
    with rls.context(organisations=(found.organisation_id,), actor="anonymous"):
        if not found.is_open:
            return render(request, "accounts/invitation_closed.html", status=410)
        if request.method == "POST" and form.is_valid():
            actions.accept(invitation=found, **form.cleaned_data)
            messages.success(request, "Your account is ready. Sign in to go on.")
            return redirect("account_login")
        return render(request, "accounts/accept.html", {"form": form, "invitation": found})


@guarded("accounts.may_administer")
@stepup.required()
def member(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a person's roles, or end their membership."""
    home = _home(request)
    policies.may_administer(request.user, home).require()  # type: ignore[arg-type]  # signed in
    row = get_object_or_404(Membership, pk=pk, organisation=home, ended_at__isnull=True)
    form = RolesForm(request.POST or stepup.kept(request) or {"roles": row.roles}, organisation=home)
    if request.method == "POST":
        if "end" in request.POST:
            actions.end_membership(membership=row, by=request.user)  # type: ignore[arg-type]  # signed in
            return redirect("accounts:organisation")
        if form.is_valid():
            actions.change_roles(membership=row, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]  # signed in
            messages.success(request, "Roles changed.")
            return redirect("accounts:organisation")
    end = policies.may_end(request.user, row)  # type: ignore[arg-type]  # signed in
    return render(request, "accounts/member.html", {"form": form, "membership": row, "end": end})


@guarded("accounts.may_administer")
def revoke_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    home = _home(request)
    row = get_object_or_404(Invitation, pk=pk, organisation=home)
    if request.method == "POST":
        actions.revoke_invitation(invitation=row, by=request.user)  # type: ignore[arg-type]  # signed in
    return redirect("accounts:organisation")


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """Name, job title, time zone, shortcuts; links to passkeys and sessions."""
    form = ProfileForm(request.POST or None, instance=request.user)  # type: ignore[arg-type]  # signed in
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Profile saved.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})
