"""The world most tests live in: the agencies of the reference data and two rival developers with their people."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from config.demo import people
from core import rls


class Stage:
    """What the tests of a file find ready: the world, and agreements in force by their agencies and developer."""

    def __init__(self, *, stands: bool = True) -> None:
        self.organisations: dict[str, Organisation] = {}
        self.in_force: dict[tuple[tuple[str, ...], str], UUID] = {}
        self.at: datetime = timezone.now()
        self.stands = stands

    def begin(self) -> None:
        """Make the world."""
        self.organisations = people.load()


class World:
    """Demo organisations and people by key and role; the same literals as the demo. With a `stage` they are there already."""

    def __init__(self, stage: Stage | None = None) -> None:
        self.ready: dict[tuple[tuple[str, ...], str], UUID] = {}
        if stage is None:
            self.organisations = people.load()
            return
        self.organisations = deepcopy(stage.organisations)
        if abs(timezone.now() - stage.at) < timedelta(hours=1):  # a test under another clock makes its own
            self.ready = dict(stage.in_force)

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
