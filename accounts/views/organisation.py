"""The organisation's people and invitations."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import actions, policies, queries, stepup
from accounts.forms import AcceptForm, InviteForm, JoinForm, RolesForm
from accounts.models import Invitation, Membership, Organisation, User
from accounts.roles import ROLES
from accounts.views.base import home_of, me
from core import ports, rls
from core.access import guarded, public, signed_in
from core.decisions import Invalid
from core.forms import add_problems

PEOPLE = 50
PLACE = "concord.people"


@signed_in
def organisation(request: HttpRequest) -> HttpResponse:
    """People and roles of the organisation I look at, by name."""
    home = home_of(request)
    roles = {role.name: role.label for role in ROLES.values() if home.kind in role.sides}
    role = request.GET.get("role", "")
    role = role if role in roles else ""
    rows = queries.people_page(home, role=role, after=_place(request.GET.get("after", ""), home), size=PEOPLE)
    administer = policies.may_administer(me(request), home)
    context = {
        "organisation": home, "administer": administer, "roles": roles.items(), "role": role,
        "people": [{"membership": m, "roles": _labels(m.roles)} for m in rows[:PEOPLE]],
        "after": _after(rows[PEOPLE - 1], home) if len(rows) > PEOPLE else "",
        "is_first": not request.GET.get("after"),
        "invitations": [{"row": i, "roles": _labels(i.roles)} for i in queries.waiting_invitations(home)] if administer else [],
    }  # fmt: skip
    return render(request, "accounts/organisation.html", context)


def _after(last: Membership, home: Organisation) -> str:
    name: str = last.by_name  # type: ignore[attr-defined]  # annotated by people_page
    return signing.dumps([name, last.pk.hex], salt=f"{PLACE}:{home.pk}")


def _labels(roles: list[str]) -> str:
    return ", ".join(ROLES[r].label for r in roles if r in ROLES)


def _place(text: str, home: Organisation) -> tuple[str, UUID] | None:
    """The last person of the page before; anything that was not made here begins at the top."""
    try:
        name, key = signing.loads(text, salt=f"{PLACE}:{home.pk}")
    except signing.BadSignature:
        return None
    return name, UUID(key)


@guarded("accounts.may_administer")
@stepup.required()
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person into my organisation."""
    home = home_of(request)
    policies.may_administer(me(request), home).require()
    form = InviteForm(request.POST or stepup.kept(request), organisation=home)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = actions.invite(organisation=home, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            _mail(request, invitation, token)
            return redirect("accounts:organisation")
    return render(request, "accounts/invite.html", {"form": form, "organisation": home})


def _mail(request: HttpRequest, invitation: Invitation, token: str) -> None:
    link = request.build_absolute_uri(reverse("accounts:accept", args=[token]))
    words = {"organisation": invitation.organisation.name, "link": link}
    ports.tell_address(invitation.email, "accounts/invitation", words)
    messages.success(request, f"Invitation sent to {invitation.email}. It stays open for seven days.")


@guarded("accounts.may_administer")
def renew_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send an invitation again, with a new link."""
    row = get_object_or_404(Invitation, pk=pk, organisation=home_of(request))
    if request.method == "POST":
        invitation, token = actions.renew_invitation(invitation=row, by=me(request))
        _mail(request, invitation, token)
    return redirect("accounts:organisation")


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
    home = home_of(request)
    policies.may_administer(request.user, home).require()  # type: ignore[arg-type]  # signed in
    row = get_object_or_404(Membership, pk=pk, organisation=home, ended_at__isnull=True)
    form = RolesForm(request.POST or stepup.kept(request) or {"roles": row.roles}, organisation=home)
    if request.method == "POST":
        if "end" in request.POST:
            actions.end_membership(membership=row, by=me(request))
            return redirect("accounts:organisation")
        if form.is_valid():
            actions.change_roles(membership=row, by=me(request), **form.cleaned_data)
            messages.success(request, "Roles changed.")
            return redirect("accounts:organisation")
    end = policies.may_end(me(request), row)
    return render(request, "accounts/member.html", {"form": form, "membership": row, "end": end})


@guarded("accounts.may_administer")
def revoke_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    home = home_of(request)
    row = get_object_or_404(Invitation, pk=pk, organisation=home)
    if request.method == "POST":
        actions.revoke_invitation(invitation=row, by=me(request))
        messages.success(request, f"The invitation to {row.email} opens nothing any more.")
    return redirect("accounts:organisation")
