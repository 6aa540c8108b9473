"""What the demo finds in place beside its people: verified developers, written delegations of those who sign, and a question
to NSA about a model."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from agreements import actions as agreements
from agreements.models import (
    Incumbency,
    Post,
    SignatureAuthority,
)
from config.demo import people
from core import rls
from developers import actions as developers
from early_access import actions as early_access
from early_access.models import DesignationInquiry

YEARS = timedelta(days=730)
ACTING = timedelta(days=180)
# Who signs in a post that a delegation is given to, acting in it; everybody else holds a delegation by name.
SEATED = {("commerce", "Edmund Cole"): "Under Secretary"}


def load(organisations: dict[str, Organisation]) -> None:
    """Through the same actions as everybody; what is there already stays."""
    for key in people.DEVELOPERS:
        _verify(organisations[key])
    for person in people.PEOPLE:
        if "signatory" in person.roles:
            organisation = organisations[person.organisation]
            title = SEATED.get((person.organisation, person.name))
            _delegate(person, organisation, _seat(person, organisation, title) if title else None)
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


def _seat(person: people.Person, organisation: Organisation, title: str) -> Post:
    """The post, with this person acting in it now."""
    administrator, counsel = _first(person.organisation, "administrator"), _first(person.organisation, "counsel")
    now = timezone.now()
    with rls.context(user=administrator.pk):
        post = Post.objects.filter(organisation=organisation, title=title, ended_at__isnull=True).first()
        post = post or agreements.create_post(
            organisation=organisation, title=title, by=administrator, source="A statute, in a real deployment"
        )
        held = Incumbency.objects.filter(post=post, begins_at__lte=now, ends_at__gt=now).first()
        held = held or agreements.record_incumbency(
            post=post, person=_user(person), acting=True, begins_at=now, ends_at=now + ACTING, by=administrator,
            source="Order to act while the post is vacant",
        )  # fmt: skip
    if held.concurred_at is None:
        with rls.context(user=counsel.pk):
            agreements.concur_incumbency(incumbency=held, by=counsel)
    return post


def _delegate(person: people.Person, organisation: Organisation, post: Post | None) -> None:
    administrator = _first(person.organisation, "administrator")
    holder = None if post else _user(person)
    with rls.context(user=administrator.pk):
        row = SignatureAuthority.objects.filter(organisation=organisation, holder=holder, post=post).first()
        serial = SignatureAuthority.objects.filter(organisation=organisation).count() + 1
        now = timezone.now()
        row = row or agreements.record_authority(
            organisation=organisation, holder=holder, post=post, number=f"{person.organisation.upper()}-2026-{serial:02}",
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
