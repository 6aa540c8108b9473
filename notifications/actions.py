"""Says things to people: a notice in the product, and mail through a durable job."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from accounts.models import Membership, User
from audit.actions import record
from core.decisions import Invalid, Problem
from jobs import actions as jobs
from jobs.models import Job
from notifications import outlets
from notifications.kinds import KINDS
from notifications.models import CalendarFeed, Mail, MailPreference, Notice
from notifications.queries import How, choices, wishes


@transaction.atomic
def tell(
    kind: str,
    *,
    about: models.Model,
    to: Sequence[tuple[UUID, Sequence[str]]] = (),
    people: Iterable[User] = (),
    url: str,
    context: Mapping[str, Any],
    by: User | None = None,
) -> None:
    """Have a notice written to the holders of roles in organisations, and to named people, but not to `by`.

    Who they are is looked up by the job, which may see those organisations; the caller need not. `context` holds
    references only, never names, since mail leaves the house.
    """
    if kind not in KINDS:
        raise KeyError(f"nobody registered the notice {kind}")
    payload = {
        "kind": kind,
        "to": [[str(org), list(roles)] for org, roles in to],
        "people": [str(p.pk) for p in people],
        "url": url,
        "context": dict(context),
        "by": str(by.pk) if by else None,
    }
    stamp = timezone.now().isoformat()
    jobs.enqueue(
        "notifications.tell",
        key=f"tell:{kind}:{about.pk}:{stamp}",
        organisations=[org for org, _ in to],
        payload=payload,
    )


def write_notices(job: Job) -> None:
    """The effect of `notifications.tell`: one notice and one mail per person."""
    said = job.payload
    kind = KINDS[said["kind"]]
    words = {**said["context"], "url": said["url"], "link": f"{settings.BASE_URL}{said['url']}"}
    subject, body = _render(kind.template, words)
    people = _recipients(said)
    said_so, can = wishes(people, kind.name), choices(kind)
    for person in people:
        how = said_so.get(person.pk, can[0])
        if how == How.OFF and kind.optional:
            continue
        Notice.objects.create(user=person, kind=kind.name, subject=subject, url=said["url"])
        if how == How.MAIL and kind.mailed:
            _mail(person.email, subject, body)
    for outlet in outlets.OUTLETS:
        outlet(job)


def tell_address(address: str, template: str, context: Mapping[str, Any]) -> None:
    """Mail to somebody without an account (an invitation)."""
    _mail(address, *_render(f"mail/{template}", context))


def _recipients(said: Mapping[str, Any]) -> list[User]:
    found = {str(u.pk): u for u in User.objects.filter(pk__in=said["people"], is_active=True)}
    for organisation, roles in said["to"]:
        rows = Membership.objects.filter(
            organisation_id=organisation, ended_at__isnull=True, user__is_active=True, roles__overlap=roles
        ).select_related("user")
        found |= {str(r.user_id): r.user for r in rows}
    found.pop(said["by"] or "", None)
    return list(found.values())


def _render(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    words = Context(dict(context), autoescape=False)  # plain text: an apostrophe stays one
    subject = " ".join(_text(f"{template}.subject.txt", words).split())
    return subject, _text(f"{template}.body.txt", words)


def _text(template: str, words: Context) -> str:
    found: Any = get_template(template)
    return str(found.template.render(words))


def _mail(address: str, subject: str, body: str) -> None:
    mail = Mail.objects.create(address=address, subject=subject, body=body)
    jobs.enqueue("notifications.mail", key=f"mail:{mail.pk}", payload={"mail": str(mail.pk)}, queue="mail")


def send(job: Job) -> None:
    """Outside call of `notifications.mail`. The Message-ID is the row's id, so a second send is recognisable."""
    mail = Mail.objects.get(pk=job.payload["mail"])
    if mail.sent_at:
        return
    message = EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.address])
    message.extra_headers["Message-ID"] = mail.message_id
    message.send()


def mark_sent(job: Job, _: None) -> None:
    """Effect of `notifications.mail`."""
    Mail.objects.filter(pk=job.payload["mail"], sent_at__isnull=True).update(sent_at=timezone.now())


def mark_read(*, user: User, only: UUID | None = None) -> None:
    """One of a person's notices, or all of them."""
    unread = Notice.objects.filter(user=user, read_at__isnull=True)
    (unread.filter(pk=only) if only else unread).update(read_at=timezone.now())


@transaction.atomic
def set_preferences(*, user: User, how: Mapping[str, str]) -> None:
    """How the person wants each kind named in `how`; a way that the kind does not have is refused."""
    wrong = [name for name, wish in how.items() if name not in KINDS or wish not in choices(KINDS[name])]
    if wrong:
        raise Invalid([Problem(name, "Choose one of the ways that are offered.") for name in wrong])
    for name, wish in how.items():
        MailPreference.objects.update_or_create(user=user, kind=name, defaults={"how": wish})


def feed_hash(token: str) -> str:
    """What is stored of a calendar address."""
    return hashlib.sha256(f"calendar:{token}".encode()).hexdigest()


@transaction.atomic
def issue_calendar(*, user: User) -> str:
    """Give the person's calendar feed a new address; the one before opens nothing any more. It is never shown again."""
    token = secrets.token_urlsafe(32)
    feed, _ = CalendarFeed.objects.update_or_create(
        user=user, defaults={"token_hash": feed_hash(token), "issued_at": timezone.now()}
    )
    record("notifications.calendar_issued", feed, by=user)
    return token


@transaction.atomic
def end_calendar(*, user: User) -> None:
    """Take the calendar feed away; its address opens nothing any more."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).filter(user=user).first()
    if feed is None:
        return
    record("notifications.calendar_ended", feed, by=user)
    feed.delete()


def tell_staff_of_death(job: Job) -> None:
    """For `jobs.reports`: staff read of work that used up its attempts."""
    tell(
        "jobs.mail_died" if job.kind == "notifications.mail" else "jobs.died",
        about=job,
        people=User.objects.filter(is_staff=True, is_active=True),
        url=f"/admin/jobs/job/{job.pk}/change/",
        context={"work": job.kind, "attempts": job.attempts},
    )
