"""What the pages share: the agreement by its reference, and the person."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import narrowing
from accounts.models import Organisation, User
from agreements.models import TestingAgreement
from core.decisions import Invalid
from core.shortcuts import visible_or_404


def person(request: HttpRequest) -> User:
    """Who is signed in (the login middleware saw to it)."""
    return cast(User, request.user)


def home(request: HttpRequest) -> Organisation:
    """The organisation for which this person is here; 404 without one."""
    organisation = narrowing.home(request)
    if organisation is None:
        raise Http404
    return organisation


def found(request: HttpRequest, reference: str) -> TestingAgreement:
    """The agreement if this person may see it; the same 404 otherwise."""
    related = ("current", "developer", "template")
    return visible_or_404(TestingAgreement, request.user, *related, reference=reference)


def back(agreement: TestingAgreement) -> HttpResponse:
    """To the agreement's page."""
    return redirect("agreements:detail", agreement.reference)


def say_problems(request: HttpRequest, invalid: Invalid) -> None:
    """Problems of a one-button step, as messages on the next page."""
    for problem in invalid.problems:
        messages.error(request, problem.sentence)
