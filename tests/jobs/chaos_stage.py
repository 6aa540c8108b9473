"""Prepares the chaos test by the real actions: people, an agreement in force, requests accepted for testing."""

from __future__ import annotations

from datetime import timedelta

from tests.jobs import chaos_app  # noqa: F401  # first: it sets Django up

from accounts.models import User  # isort: skip
from agencies.models import TestingCapability
from core import rls
from developers.models import ModelCheckpoint
from early_access import actions
from early_access.models import EarlyAccessRequest
from notifications.kinds import KINDS
from notifications.models import MailPreference
from tests.agreements.factories import acting, in_force
from tests.early_access.factories import checkpoint, sections, today
from tests.world import World

# (agencies, domain): one agency, two of different workers, two components of the same worker
CHOICES = (
    (("commerce-caisi", "treasury"), "cybersecurity"),
    (("treasury",), "critical_infrastructure"),
    (("commerce-caisi", "commerce-bis"), "chemical_biological"),
)
PLENTY = 10_000
WEEK = timedelta(days=7)  # windows that open later: what opening does is not looked at here


def accepted(world: World, row: ModelCheckpoint, agencies: tuple[str, ...], domain: str) -> EarlyAccessRequest:
    """A request that was filled, submitted, acknowledged and accepted for testing."""
    changes = {
        "agencies": {"agencies": list(agencies)}, "domains": {"domains": [domain]},
        "window": {"starts_on": str(today() + WEEK), "ends_on": str(today() + 4 * WEEK)},
    }  # fmt: skip
    with acting(world.person("aurora", "drafter")) as by:
        request = actions.create(developer=world.aurora, by=by)
        for name, data in sections(row, **changes).items():
            actions.save_section(request=request, section=name, data=data, row_version=0, by=by)
        request = actions.submit(request=request, by=by)
    assert request.intake_agency is not None
    with acting(world.person(str(request.intake_agency.slug), "intake")) as by:
        actions.acknowledge(request=request, by=by)
        return actions.accept(request=request, by=by)


def main() -> None:
    """One request for each choice of agencies; the test copies them."""
    world = World()
    TestingCapability.objects.update(parallel_capacity=PLENTY)
    for person in User.objects.all():  # mail has tests of its own
        with rls.context(user=person.pk):
            MailPreference.objects.bulk_create(MailPreference(user=person, kind=k, how="page") for k in KINDS)
    in_force(world, ("treasury", "commerce"))
    row = checkpoint(world)
    for choice in CHOICES:
        accepted(world, row, *choice)


if __name__ == "__main__":
    main()
