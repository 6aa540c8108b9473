"""API tokens: list, issue, revoke."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts import actions, policies, queries, stepup
from accounts.forms import TokenForm
from accounts.views.base import home_of, me
from core.access import guarded, signed_in


@signed_in
def tokens(request: HttpRequest) -> HttpResponse:
    """My API tokens; an administrator sees everybody's."""
    home, person = home_of(request), me(request)
    administer = policies.may_administer(person, home)
    rows = queries.tokens_of(home, None if administer else person)
    context = {"organisation": home, "tokens": rows, "issue": policies.may_issue_token(person, home), "all": administer}
    return render(request, "accounts/tokens.html", context)


@guarded("accounts.may_issue_token")
@stepup.required()
def issue_token(request: HttpRequest) -> HttpResponse:
    """Make a token; the answer to the form is the only place that ever shows it."""
    home, person = home_of(request), me(request)
    policies.may_issue_token(person, home).require()
    form = TokenForm(request.POST or stepup.kept(request))
    if request.method == "POST" and form.is_valid():
        token, text = actions.issue_token(organisation=home, by=person, **form.cleaned_data)
        return render(request, "accounts/token_issued.html", {"token": token, "text": text})
    return render(request, "accounts/token_new.html", {"form": form, "organisation": home})


@guarded("accounts.may_revoke_token")
def revoke_token(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a token at once. One that the page would not list is not there."""
    home, person = home_of(request), me(request)
    mine = None if policies.may_administer(person, home) else person
    row = get_object_or_404(queries.tokens_of(home, mine), pk=pk)
    if request.method == "POST":
        actions.revoke_token(token=row, by=person)
        messages.success(request, f"The token {row.hint}… opens nothing any more.")
    return redirect("accounts:tokens")
