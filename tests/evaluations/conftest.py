"""Fixtures of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.models import User
from evaluations.supervisor import Supervisor
from tests.evaluations.fake_runner import FakeRunner
from tests.evaluations.launching import supervisor
from tests.world import World


@pytest.fixture(autouse=True)
def _forget() -> None:
    FakeRunner.forget()


@pytest.fixture
def watcher(world: World, tmp_path: Path) -> Iterator[Supervisor]:
    made = supervisor(world, tmp_path / "runs")
    yield made
    made.close()


@pytest.fixture
def keeper(world: World) -> User:
    """Who answers for Treasury's places."""
    return world.person("treasury", "router")
