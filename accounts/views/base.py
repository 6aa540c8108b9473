"""What these pages share: who is signed in, and which organisation their pages are about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from accounts import narrowing
from accounts.models import Organisation, User


def me(request: HttpRequest) -> User:
    """The person who is signed in; the guards have let nobody else through."""
    found: User = request.user  # type: ignore[assignment]  # see above
    return found


def home_of(request: HttpRequest) -> Organisation:
    """The organisation that the person chose to look at, else their first; 404 for somebody without a seat."""
    home = narrowing.home(request)
    if home is None:
        raise Http404
    return home
