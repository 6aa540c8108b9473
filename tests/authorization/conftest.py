"""The stage is built once for the folder, inside a transaction that is rolled back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from accounts import limits
from tests.agreements import elsewhere
from tests.authorization.stage import Stage


@pytest.fixture(scope="package")
def stage(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Stage]:
    """The objects and everybody's clients. How often is not limited here."""
    original = limits.wait_for
    limits.wait_for = lambda *_: 0
    with elsewhere.trusted(), elsewhere.with_device(), django_db_blocker.unblock(), transaction.atomic():
        yield Stage()
        transaction.set_rollback(True)
    limits.wait_for = original
