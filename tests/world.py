"""The world most tests live in: the agencies of the reference data and two rival developers with their people."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import Organisation, User
from config.demo import people
from core import rls
from tests.remembered import Past


class World:
    """Demo organisations and people by key and role; the same literals as the demo.

    `past`: what was made in it so far, when it is one that is put back from its rows.
    """

    def __init__(self, organisations: dict[str, Organisation] | None = None, past: Past | None = None) -> None:
        self.organisations = people.load() if organisations is None else organisations
        self.past = past

    @property
    def aurora(self) -> Organisation:
        """The developer most stories are about."""
        return self.organisations["aurora"]

    @property
    def basalt(self) -> Organisation:
        """Its rival."""
        return self.organisations["basalt"]

    def agency(self, slug: str) -> Organisation:
        """An agency or component."""
        return self.organisations[slug]

    def person(self, organisation: str, role: str, index: int = 0) -> User:
        """The index-th person with that role in that organisation."""
        found = [p for p in people.PEOPLE if p.organisation == organisation and role in p.roles]
        return User.objects.get(email=found[index].email)

    @property
    def staff(self) -> User:
        """The administrator of the installation."""
        return User.objects.get(email=people.STAFF.email)


@contextmanager
def acting(person: User) -> Iterator[User]:
    """Run a block as that person: a transaction with their row-level context."""
    with rls.context(user=person.pk):
        yield person


def client_for(person: User, *, stepped_up: bool = True, factor: bool = True, ahead: int = 0) -> Client:
    """A signed-in client, by default by a passkey and just now (a fresh step-up), else an hour ago.

    `ahead`: seconds by which the step-up is dated into the future, for a stage that is used for minutes.
    """
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    if factor:
        Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.WEBAUTHN, defaults={"data": {}})
    how = {"method": "mfa", "type": "webauthn"} if factor else {"method": "password"}
    session, now = client.session, time.time()
    at = now + (ahead if stepped_up else -3600)
    session["account_authentication_methods"] = [{**how, "at": at, "reauthenticated": True}]
    session["began"], session["seen"] = now, now + ahead  # as the first page would note
    session.save()
    UserSession.objects.create(user=person, session_key=session.session_key, ip="127.0.0.1", user_agent="suite")
    return client
