"""A receiver, and an endpoint of Aurora that hears of agreements."""

from collections.abc import Iterator

import pytest

from jobs.models import Job
from jobs.testing import run_due
from tests.webhooks.receiver import Receiver
from tests.world import World, acting
from webhooks import actions
from webhooks.models import Endpoint

KINDS = ["agreements.sent", "agreements.withdrawn"]


@pytest.fixture
def receiver(settings: object) -> Iterator[Receiver]:
    server = Receiver()
    settings.EGRESS_SIMULATOR = server.url  # type: ignore[attr-defined]  # pytest-django's wrapper
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def added(world: World, receiver: Receiver) -> tuple[Endpoint, str]:
    return add(world, receiver)


def add(
    world: World, receiver: Receiver, organisation: str = "aurora", kinds: list[str] = KINDS
) -> tuple[Endpoint, str]:
    with acting(world.person(organisation, "administrator")) as by:
        return actions.add(
            organisation=world.organisations[organisation], name="Cases", address=receiver.url, kinds=kinds, by=by
        )


def deliver() -> list[Job]:
    """Write what was said and send what is due now."""
    return run_due(kinds=("notifications.tell", "webhooks.deliver", "webhooks.switch_off"))
