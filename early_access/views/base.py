"""What these pages share: the person, and the request by its reference."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from accounts.models import User
from core.shortcuts import visible_or_404
from early_access.models import EarlyAccessRequest

RELATED = ("developer", "model", "checkpoint", "window", "intake_agency", "agreement")


def person(request: HttpRequest) -> User:
    """Who is signed in (the login middleware saw to it)."""
    return cast(User, request.user)


def request_of(request: HttpRequest, reference: str) -> EarlyAccessRequest:
    """The early-access request if this person may see it; the same 404 otherwise."""
    row: EarlyAccessRequest = visible_or_404(EarlyAccessRequest, request.user, *RELATED, reference=reference)
    return row
