"""What the demo finds in place beside its people: verified developers, written delegations of those who sign, and a question
to NSA about a model."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from agreements import actions as agreements
from agreements.models import SignatureAuthority
from config.demo import people
from core import rls
from developers import actions as developers
from early_access import actions as early_access
from early_access.models import DesignationInquiry

YEARS = timedelta(days=730)


def load(organisations: dict[str, Organisation]) -> None:
    """Through the same actions as everybody; what is there already stays."""
    for key in people.DEVELOPERS:
        _verify(organisations[key])
    for person in people.PEOPLE:
        if "signatory" in person.roles:
            _delegate(person, organisations[person.organisation])
    _inquire(organisations["aurora"])


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


def _inquire(developer: Organisation) -> None:
    """Aurora has asked NSA about one checkpoint of a model, which was answered by classified channel, and about the next."""
    drafter, designator = _first("aurora", "drafter"), _first("defense-nsa", "designator")
    with rls.context(user=drafter.pk):
        if DesignationInquiry.objects.filter(developer=developer).exists():
            return
        model = developers.register_model(developer=developer, codename="merlin-1", family="Merlin", by=drafter)
    for label in ("merlin-1-rc1", "merlin-1-rc2"):
        with rls.context(user=drafter.pk):
            digest = hashlib.sha256(label.encode()).hexdigest()
            built = developers.register_checkpoint(
                model=model, label=label, configuration_sha256=digest, variants=["production"], by=drafter
            )
            asked = early_access.ask(developer=developer, checkpoint=built.pk, classified_reply="known", by=drafter)
            early_access.submit_inquiry(inquiry=asked, by=drafter)
        with rls.context(user=designator.pk):
            early_access.acknowledge_inquiry(inquiry=asked, by=designator)
            if label.endswith("1"):
                early_access.begin_benchmark(inquiry=asked, by=designator)
                early_access.determine(
                    inquiry=asked, outcome="answered_by_classified_channel", office="director",
                    answered_on=timezone.now().date(), by=designator,
                )  # fmt: skip
