"""Each URL names what guards it: `guarded("agreements.may_sign")`, or `public`. A test walks the resolver for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "PUBLIC"
SIGNED_IN = "SIGNED_IN"


def guarded(policy: str) -> Callable[[View], View]:
    """Mark a view with the policy that decides over it (dotted "room.may_verb"), or with "room.visible" when being
    able to see the row is the whole rule."""

    def mark(view: View) -> View:
        view.access = policy  # type: ignore[attr-defined]  # functions take attributes; mypy does not model them
        return view

    return mark


def public(view: View) -> View:
    """Mark a view that anybody may open, signed in or not."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # as above
    return login_not_required(view)


def signed_in(view: View) -> View:
    """Mark a view that concerns only the person who is signed in (own profile, own inbox)."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]  # as above
    return view
