"""The organisation's people, invitations, and a person's own profile."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import actions, policies, queries, stepup
from accounts.forms import AcceptForm, InviteForm, JoinForm, ProfileForm, RolesForm, TokenForm
from accounts.models import Invitation, Membership, Organisation, User
from accounts.roles import ROLES
from accounts.seats import seats_of
from core import ports, rls
from core.access import guarded, public, signed_in
from core.decisions import Invalid
from core.forms import add_problems


def _me(request: HttpRequest) -> User:
    """The person who is signed in; the guards have let nobody else through."""
    me: User = request.user  # type: ignore[assignment]  # see above
    return me


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
    administer = policies.may_administer(_me(request), home)
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
            invitation, token = actions.invite(organisation=home, by=_me(request), **form.cleaned_data)
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
    known = User.objects.filter(email=found.email).exists()
    typed = request.POST if request.method == "POST" else None  # joining with an account sends an empty form
    form = JoinForm(typed) if known else AcceptForm(typed)
    with rls.context(organisations=(found.organisation_id,), actor="anonymous"):
        if not found.is_open:
            return render(request, "accounts/invitation_closed.html", status=410)
        if request.method == "POST" and form.is_valid():
            actions.accept(invitation=found, **form.cleaned_data)
            messages.success(request, "You are in. Sign in to go on.")
            return redirect("account_login")
        return render(request, "accounts/accept.html", {"form": form, "invitation": found, "known": known})


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
            actions.end_membership(membership=row, by=_me(request))
            return redirect("accounts:organisation")
        if form.is_valid():
            actions.change_roles(membership=row, by=_me(request), **form.cleaned_data)
            messages.success(request, "Roles changed.")
            return redirect("accounts:organisation")
    end = policies.may_end(_me(request), row)
    return render(request, "accounts/member.html", {"form": form, "membership": row, "end": end})


@guarded("accounts.may_administer")
def revoke_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    home = _home(request)
    row = get_object_or_404(Invitation, pk=pk, organisation=home)
    if request.method == "POST":
        actions.revoke_invitation(invitation=row, by=_me(request))
    return redirect("accounts:organisation")


@signed_in
def tokens(request: HttpRequest) -> HttpResponse:
    """My API tokens; an administrator sees everybody's."""
    home, me = _home(request), _me(request)
    administer = policies.may_administer(me, home)
    rows = queries.tokens_of(home, None if administer else me)
    context = {"organisation": home, "tokens": rows, "issue": policies.may_issue_token(me, home), "all": administer}
    return render(request, "accounts/tokens.html", context)


@guarded("accounts.may_issue_token")
@stepup.required()
def issue_token(request: HttpRequest) -> HttpResponse:
    """Make a token; the answer to the form is the only place that ever shows it."""
    home, me = _home(request), _me(request)
    policies.may_issue_token(me, home).require()
    form = TokenForm(request.POST or stepup.kept(request))
    if request.method == "POST" and form.is_valid():
        token, text = actions.issue_token(organisation=home, by=me, **form.cleaned_data)
        return render(request, "accounts/token_issued.html", {"token": token, "text": text})
    return render(request, "accounts/token_new.html", {"form": form, "organisation": home})


@guarded("accounts.may_revoke_token")
def revoke_token(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a token at once. One that the page would not list is not there."""
    home, me = _home(request), _me(request)
    mine = None if policies.may_administer(me, home) else me
    row = get_object_or_404(queries.tokens_of(home, mine), pk=pk)
    if request.method == "POST":
        actions.revoke_token(token=row, by=me)
        messages.success(request, f"The token {row.hint}… opens nothing any more.")
    return redirect("accounts:tokens")


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """Name, job title, time zone, shortcuts; links to passkeys and sessions."""
    form = ProfileForm(request.POST or None, instance=_me(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Profile saved.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})
