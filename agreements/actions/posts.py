"""Create and abolish posts, record who holds them, concur with that as counsel, bring its end forward."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.policies import may_administer
from agreements import delegations, files, notices, policies
from agreements.actions.authorities import LONGEST_REASON, paper_problems
from agreements.models import Incumbency, Post
from agreements.rules import names
from agreements.rules import posts as rules
from audit import actions as audit
from core import typesetting
from core.decisions import Conflict, Invalid, Problem, refuse

LONGEST_TITLE, LONGEST_SOURCE = 150, 200


@transaction.atomic
def create_post(*, organisation: Organisation, title: str, by: User, source: str = "") -> Post:
    """A post to which delegations can be given; only an administrator of the organisation. It is never renamed."""
    may_administer(by, organisation).require()
    words, rests_on = " ".join(title.split()), source.strip()
    problems = []
    if not 3 <= len(words) <= LONGEST_TITLE:
        problems.append(
            Problem("title", f"The title has between 3 and {LONGEST_TITLE} characters. Write it as on the paper.")
        )
    elif wrong := typesetting.unprintable(words):
        problems.append(
            Problem(
                "title", f"These characters cannot be printed under a signature: {' '.join(wrong)}. Write it otherwise."
            )
        )
    elif delegations.live_posts(organisation).filter(title__iexact=words).exists():
        problems.append(Problem("title", f"There is a post “{words}” already. Look it up in the list."))
    if len(rests_on) > LONGEST_SOURCE:
        problems.append(Problem("source", f"Say it in at most {LONGEST_SOURCE} characters."))
    if problems:
        raise Invalid(problems)
    row = Post.objects.create(organisation=organisation, title=words, source=rests_on, recorded_by=by)
    audit.record("agreements.post_created", row, by=by, parties=[organisation.pk])
    return row


@transaction.atomic
def end_post(*, post: Post, by: User, reason: str) -> Post:
    """Abolish a post: nobody signs in it from now on; signatures already made stand."""
    row = _locked(post)
    may_administer(by, row.organisation).require()
    if row.ended_at is not None:
        raise Conflict("This post was abolished already. Nothing more is needed.")
    row.ended_at, row.ended_by, row.ended_reason = timezone.now(), by, _why(reason)
    row.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    audit.record("agreements.post_ended", row, by=by, parties=[row.organisation_id], reason=row.ended_reason)
    notices.tell_of_lost(delegations.waiting_on(incumbency__post=row), row.organisation_id, by=by)
    return row


@transaction.atomic
def record_incumbency(
    *, post: Post, person: User, begins_at: datetime, source: str, by: User, acting: bool = False,
    ends_at: datetime | None = None, document: bytes = b"",
) -> Incumbency:  # fmt: skip
    """Record who holds a post, for good or acting; only an administrator of the organisation, and never themselves. Counsel
    concurs before anybody signs in it. `document` is the appointing paper, a PDF."""
    row = _locked(post)
    may_administer(by, row.organisation).require()
    if person.pk == by.pk:
        refuse("Nobody records that they hold a post.", "Ask another administrator of the organisation.").require()
    if row.ended_at is not None:
        raise Conflict("This post was abolished. Create another one if it exists again.")
    problems = paper_problems(source, document) + rules.term_problems(acting, begins_at, ends_at)
    if not Membership.objects.filter(organisation=row.organisation, user=person, ended_at__isnull=True).exists():
        problems.append(Problem("person", "This person is not a member. Choose from the list."))
    elif wrong := names.unprintable(person.name):
        problems.append(Problem("person", wrong))
    if not problems:
        known = row.incumbencies.select_related("person").order_by("begins_at")
        problems = rules.overlap_problems(known, acting, begins_at, ends_at)
    if problems:
        raise Invalid(problems)
    held = Incumbency.objects.create(
        post=row, organisation=row.organisation, person=person, acting=acting, begins_at=begins_at, ends_at=ends_at,
        source=source.strip(), document_sha256=files.put(document) if document else "", recorded_by=by,
    )  # fmt: skip
    audit.record("agreements.incumbency_recorded", held, by=by, parties=[row.organisation_id])
    notices.tell_of_incumbency("agreements.incumbency_waits", held, by=by, roles=("counsel",))
    return held


@transaction.atomic
def concur_incumbency(*, incumbency: Incumbency, by: User) -> Incumbency:
    """Counsel has read the appointing paper and finds that it says what is recorded: from now on the person signs in the post."""
    row = _held(incumbency)
    policies.may_concur_with_incumbency(by, row).require()
    row.concurred_at, row.concurred_by = timezone.now(), by
    row.save(update_fields=["concurred_at", "concurred_by"])
    audit.record("agreements.incumbency_concurred", row, by=by, parties=[row.organisation_id])
    notices.tell_of_incumbency("agreements.incumbency_concurred", row, by=by, people=[row.person])
    return row


@transaction.atomic
def end_incumbency(*, incumbency: Incumbency, by: User, reason: str, ends_at: datetime | None = None) -> Incumbency:
    """Bring the end forward, to now unless another instant is given; what was signed before stands. An end is never put off:
    a longer time is another paper, recorded anew."""
    row, now = _held(incumbency), timezone.now()
    may_administer(by, row.organisation).require()
    if row.ends_at is not None and row.ends_at <= now:
        raise Conflict("This time in the post is over already. Nothing more is needed.")
    at = max(ends_at or now, row.begins_at)
    problems = []
    if at < now:
        problems.append(
            Problem(
                "ends_at",
                "This lies in the past, and what was signed since would lose its ground. Leave it empty to end it now.",
            )
        )
    if row.ends_at is not None and at > row.ends_at:
        problems.append(
            Problem(
                "ends_at",
                f"It ends on {row.ends_at:%d %b %Y, %H:%M} UTC already. Record the longer time from its own paper.",
            )
        )
    if problems:
        raise Invalid(problems)
    row.ends_at, row.ended_by, row.ended_reason = at, by, _why(reason)
    row.save(update_fields=["ends_at", "ended_by", "ended_reason"])
    audit.record("agreements.incumbency_ended", row, by=by, parties=[row.organisation_id], reason=row.ended_reason)
    notices.tell_of_incumbency("agreements.incumbency_ended", row, by=by, people=[row.person])
    if at <= now or row.begins_at == at:
        notices.tell_of_lost(delegations.waiting_on(incumbency=row), row.organisation_id, by=by)
    return row


@transaction.atomic
def download_incumbency(*, incumbency: Incumbency, by: User) -> bytes:
    """The appointing paper, to the organisation's own people; that it was handed out is on record."""
    policies.may_read_post(by, incumbency).require()
    if not incumbency.document_sha256:
        raise Conflict("No file was recorded with this appointment.")
    audit.record("agreements.incumbency_downloaded", incumbency, by=by, parties=[incumbency.organisation_id])
    return files.read(incumbency.document_sha256)


def _locked(post: Post) -> Post:
    return Post.objects.select_related("organisation").select_for_update(of=("self",)).get(pk=post.pk)


def _held(incumbency: Incumbency) -> Incumbency:
    rows = Incumbency.objects.select_related("organisation", "person", "post")
    return rows.select_for_update(of=("self",)).get(pk=incumbency.pk)


def _why(reason: str) -> str:
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise Invalid([Problem("reason", f"Say why, in at most {LONGEST_REASON} characters: it stays on record.")])
    return words
