"""The people whose lists are measured: ordinary, large, many organisations, only old rows, nothing at all."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.cookies import SimpleCookie

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.seats import seats_of
from core import rls

EMAILS = {
    "one_organisation": "person7@developers.example",
    "large_agency": "wanda.pruitt@commerce.example",
    "twenty_organisations": "person1@developers.example",
    "oldest_thirty": "person2@developers.example",
    "sees_nothing": "person3@developers.example",
}


@dataclass(frozen=True)
class Person:
    """Somebody who reads: the name of the case, the user with seats already known, and how many seats."""

    name: str
    user: User
    seats: int


def everybody() -> list[Person]:
    """All people of the table, each as an open request would hold them (seats read once)."""
    found = []
    for name, email in EMAILS.items():
        user = User.objects.get(email=email)
        with rls.context(user=user.pk):
            found.append(Person(name, user, len(seats_of(user).ids)))
    return found


def cookie(user: User) -> str:
    """The Cookie header of a session signed in with a passkey."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.WEBAUTHN, defaults={"data": {}})
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn", "at": time.time()}]
    session.save()
    UserSession.objects.get_or_create(  # as allauth notes each sign-in
        session_key=session.session_key, defaults={"user": user, "ip": "127.0.0.1", "user_agent": ""}
    )
    jar: SimpleCookie = SimpleCookie()
    jar[settings.SESSION_COOKIE_NAME] = session.session_key
    return jar.output(header="", attrs=[]).strip()
