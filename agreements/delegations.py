"""Reads around delegations to sign: on which somebody can sign now, who holds the posts that some are given to, what hangs on
what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.listing import MOST_CHOICES
from accounts.models import Organisation, User
from accounts.queries import holders
from accounts.seats import seats_of
from agreements.models import Incumbency, Post, Signatory, SignatureAuthority, TestingAgreement
from agreements.models.posts import resting_on
from agreements.rules import authority as rules
from core.decisions import Decision


@dataclass(frozen=True)
class Bearer:
    """Somebody who could sign on a delegation, and how they hold the post that it is given to, if it is given to one."""

    authority: SignatureAuthority
    person: User
    incumbency: Incumbency | None = None

    @property
    def key(self) -> str:
        """Names it in a form: two people can hold one post, the incumbent and whoever acts."""
        return f"{self.authority.pk}" + (f".{self.incumbency.pk}" if self.incumbency else "")

    @property
    def capacity(self) -> str:
        """In which office they would sign."""
        return self.incumbency.capacity if self.incumbency is not None else self.person.post

    @property
    def on_authority(self) -> str:
        """On whose authority, in words."""
        return resting_on(self.authority.basis, self.incumbency)

    def is_named_in(self, row: Signatory) -> bool:
        """Whether it is what a signatory was named with."""
        mine = self.incumbency.pk if self.incumbency else None
        return (self.authority.pk, mine) == (row.authority_id, row.incumbency_id)


def bearers(
    organisation: Organisation, at: datetime, *, instrument: str, clauses: Collection[str], amends: bool,
    without: Iterable[UUID] = (),
) -> Iterator[Bearer]:  # fmt: skip
    """Who could sign for an organisation, the earliest delegation first, of a post its incumbent before whoever acts: its
    signatories but those `without`."""
    live = {person.pk for person in holders(organisation, "signatory")} - set(without)
    mine = SignatureAuthority.objects.filter(Q(holder__in=live) | Q(post__isnull=False), organisation=organisation)
    rows = list(mine.select_related("holder", "post").order_by("created_at"))
    seated = _seated([row.post_id for row in rows if row.post_id], at)
    for row in rows:
        chain = chain_of(row)
        for bearer in _of(row, seated):
            if bearer.person.pk in live and rules.covers(
                chain, person=bearer.person, instrument=instrument, at=at, clauses=clauses, amends=amends,
                incumbency=bearer.incumbency,
            ):  # fmt: skip
                yield bearer


def _of(row: SignatureAuthority, seated: dict[UUID, list[Incumbency]]) -> list[Bearer]:
    if row.post_id is not None:
        return [Bearer(row, incumbency.person, incumbency) for incumbency in seated.get(row.post_id, [])]
    return [Bearer(row, row.holder)] if row.holder is not None else []


def _seated(posts: Collection[UUID], at: datetime) -> dict[UUID, list[Incumbency]]:
    """Who holds each post at an instant, the incumbent before whoever acts."""
    found: dict[UUID, list[Incumbency]] = defaultdict(list)
    if posts:
        for incumbency in seated_at(Incumbency.objects.filter(post__in=posts), at):
            found[incumbency.post_id].append(incumbency)
    return found


def seated_at(rows: QuerySet[Incumbency], at: datetime) -> QuerySet[Incumbency]:
    """Those whose time it is, the incumbent before whoever acts."""
    now = rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), begins_at__lte=at)
    return now.select_related("person", "post").order_by("acting", "begins_at")


def still_covers(agreement: TestingAgreement, row: Signatory, at: datetime, clauses: Collection[str]) -> Decision:
    """Whether what a signatory was named with would let them sign now."""
    return rules.covers(
        chain_of(row.authority), person=row.person, instrument=agreement.instrument, at=at, clauses=clauses,
        amends=agreement.amends_id is not None, incumbency=row.incumbency,
    )  # fmt: skip


def chain_of(row: SignatureAuthority) -> list[SignatureAuthority]:
    """The delegation and those that it hangs on, its own first, the root last."""
    chain = [row]
    while (parent := chain[-1].parent) is not None:
        chain.append(parent)
    return chain


def holders_known_to(user: User) -> list[tuple[str, str]]:
    """Who holds a delegation by name in this person's organisations: choices of a filter."""
    rows = SignatureAuthority.objects.filter(organisation__in=seats_of(user).ids, holder__isnull=False)
    return [
        (str(pk), name)
        for pk, name in rows.order_by("holder__name").values_list("holder", "holder__name").distinct()[:MOST_CHOICES]
    ]


def posts_known_to(user: User) -> list[tuple[str, str]]:
    """Posts that a delegation is given to in this person's organisations: choices of a filter."""
    rows = SignatureAuthority.objects.filter(organisation__in=seats_of(user).ids, post__isnull=False)
    return [
        (str(pk), title)
        for pk, title in rows.order_by("post__title").values_list("post", "post__title").distinct()[:MOST_CHOICES]
    ]


def people_of(row: SignatureAuthority, at: datetime) -> list[User]:
    """Who holds a delegation at an instant: its holder, or those in its post."""
    if row.holder is not None:
        return [row.holder]
    return [one.person for one in seated_at(Incumbency.objects.filter(post=row.post_id), at)]


def live_posts(organisation: Organisation) -> QuerySet[Post]:
    """Posts that were not abolished, by title."""
    return Post.objects.filter(organisation=organisation, ended_at__isnull=True).order_by("title")


def incumbents(posts: Collection[UUID], at: datetime) -> dict[UUID, list[Incumbency]]:
    """For a page of posts: who holds each now, counsel's concurrence or not."""
    return dict(_seated(posts, at))


def waiting_on(**rests: object) -> QuerySet[TestingAgreement]:
    """Agreements in which somebody who has not signed yet was named with this delegation, incumbent or post."""
    rows = Signatory.objects.filter(
        voided_at__isnull=True, signature__isnull=True, agreement__status="awaiting_signature", **rests
    )
    return TestingAgreement.objects.filter(pk__in=rows.values("agreement")).order_by("created_at")
