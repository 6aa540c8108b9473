"""Posts in tests: one, who holds it, and a delegation that is given to it, each by the real actions."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import Membership, User
from agreements import actions
from agreements.models import Incumbency, Post, SignatureAuthority
from tests.agreements import factories as make
from tests.world import World

CYBER = "Assistant Secretary for Cyber"


def post(world: World, slug: str = "treasury", title: str = CYBER) -> Post:
    """The post, created the first time."""
    with make.acting(world.person(slug, "administrator")) as by:
        known = Post.objects.filter(organisation=world.organisations[slug], title=title).first()
        return known or actions.create_post(organisation=world.organisations[slug], title=title, by=by)


def held(
    world: World, person: User, slug: str = "treasury", *, concurred: bool = True, title: str = CYBER, **kwargs: object
) -> Incumbency:
    """Somebody's time in the post, with which counsel has concurred."""
    row, now = post(world, slug, title), timezone.now()
    values = {"begins_at": now - timedelta(days=1), "source": "Order 2026-14"} | kwargs
    if values.get("acting"):
        values = {"ends_at": now + timedelta(days=90)} | values
    with make.acting(world.person(slug, "administrator")) as by:
        made = actions.record_incumbency(post=row, person=person, by=by, **values)
    if not concurred:
        return made
    with make.acting(world.person(slug, "counsel")) as by:
        return actions.concur_incumbency(incumbency=made, by=by)


def delegated(world: World, slug: str = "treasury", title: str = CYBER, **kwargs: object) -> SignatureAuthority:
    """A delegation that is given to the post."""
    values = {
        "holder": None,
        "post": post(world, slug, title),
        "number": f"{slug}-P-1",
        "title": "Delegation to the post",
    }
    return make.authority(world, slug, **(values | kwargs))


def deputy(world: World, slug: str = "treasury", role: str = "intake") -> User:
    """Somebody else of the organisation, who may be named as a signatory."""
    person = world.person(slug, role)
    with make.acting(world.person(slug, "administrator")):
        row = Membership.objects.get(user=person, organisation=world.organisations[slug])
        row.roles = [*row.roles, "signatory"]
        row.save()
    return person


def end(world: World, row: Incumbency, slug: str = "treasury", **kwargs: object) -> Incumbency:
    """Its end is brought forward, to now."""
    with make.acting(world.person(slug, "administrator")) as by:
        return actions.end_incumbency(incumbency=row, by=by, **({"reason": "Appointed elsewhere."} | kwargs))
