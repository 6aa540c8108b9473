"""What the demo finds in place beside its people: verified developers, and written delegations of those who sign."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from agreements import actions as agreements
from agreements.models import SignatureAuthority
from config.demo import people
from core import rls
from developers import actions as developers

YEARS = timedelta(days=730)


def load(organisations: dict[str, Organisation]) -> None:
    """Through the same actions as everybody; what is there already stays."""
    for key in people.DEVELOPERS:
        _verify(organisations[key])
    for person in people.PEOPLE:
        if "signatory" in person.roles:
            _delegate(person, organisations[person.organisation])


def _user(person: people.Person) -> User:
    return User.objects.get(email=person.email)


def _first(organisation: str, role: str) -> User:
    return _user(people.first(organisation, role))


def _verify(organisation: Organisation) -> None:
    officer = _first("commerce", "intake")
    with rls.context(user=officer.pk, organisations=(organisation.pk,)):
        profile = developers.ensure_profile(organisation=organisation)
        if profile.status == "registered":
            developers.verify(developer=profile, by=officer)


def _delegate(person: people.Person, organisation: Organisation) -> None:
    administrator = _first(person.organisation, "administrator")
    holder = _user(person)
    with rls.context(user=administrator.pk):
        row = SignatureAuthority.objects.filter(organisation=organisation, holder=holder).first()
        serial = SignatureAuthority.objects.filter(organisation=organisation).count() + 1
        now = timezone.now()
        row = row or agreements.record_authority(
            organisation=organisation, holder=holder, number=f"{person.organisation.upper()}-2026-{serial:02}",
            title="Delegation of authority to sign testing agreements", instruments=["mou", "crada", "nda"],
            valid_from=now, valid_until=now + YEARS, by=administrator, may_redelegate=True,
            granted_by="As the demo's paper says", source="A resolution or an order, in a real deployment",
        )  # fmt: skip
    if row.concurred_at is not None:
        return
    counsel = _first(person.organisation, "counsel")
    with rls.context(user=counsel.pk):
        agreements.concur_authority(authority=row, by=counsel)
