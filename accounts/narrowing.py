"""The organisation that somebody with several chose to look at for now: kept in the session, shown in the header."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from accounts.models import Organisation, User
from accounts.seats import narrowed, seats_of

KEY = "within"


def choices(request: HttpRequest) -> list[Organisation]:
    """What can be chosen between: the person's organisations, if there are several."""
    held = [seat.organisation for seat in seats_of(getattr(request, "user", None)).all]
    return held if len(held) > 1 else []


def chosen(request: HttpRequest) -> Organisation | None:
    """The choice of this session, while the person still has a seat there."""
    session = getattr(request, "session", None)
    wanted = session.get(KEY, "") if session is not None else ""
    return next((o for o in choices(request) if str(o.pk) == wanted), None) if wanted else None


def choose(request: HttpRequest, organisation: str) -> None:
    """Look at one of one's organisations from now on; anything else means all of them."""
    if organisation in {str(o.pk) for o in choices(request)}:
        request.session[KEY] = str(UUID(organisation))
    else:
        request.session.pop(KEY, None)


def looking_as(request: HttpRequest) -> User:
    """Who is signed in, narrowed to what they chose. For lists and the inbox, not for single objects."""
    user: User = request.user  # type: ignore[assignment]  # LoginRequiredMiddleware has let nobody else through
    one = chosen(request)
    return narrowed(user, one.pk) if one else user


def home(request: HttpRequest) -> Organisation | None:
    """The organisation whose own pages (people, tokens, delegations) are shown: the chosen one, else the first seat."""
    return chosen(request) or seats_of(request.user).home
