"""A person's own profile and sessions."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.forms import ProfileForm
from accounts.roles import ROLES
from accounts.seats import seats_of
from accounts.views.base import me
from core.access import signed_in


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """Name, job title, time zone, shortcuts; where I sit; the ways to passkeys, sessions, notices and calendar."""
    form = ProfileForm(request.POST or None, instance=me(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Profile saved.")
        return redirect("accounts:profile")
    seats = [
        {"organisation": s.organisation, "roles": ", ".join(sorted(ROLES[r].label for r in s.roles if r in ROLES))}
        for s in seats_of(request.user).all
        if s.direct
    ]
    return render(request, "accounts/profile.html", {"form": form, "mine": seats})


@signed_in
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Sign me out in one other browser. A session of somebody else is not there."""
    row = get_object_or_404(UserSession, pk=number, user=me(request))
    if not row.is_current():
        row.end()
        messages.success(request, "That browser is signed out.")
    return redirect("usersessions_list")
