"""The stage is built once for the folder, inside a transaction that is rolled back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from accounts.api.throttling import OrganisationThrottle
from tests.authorization.stage import Stage


@pytest.fixture(scope="package")
def stage(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Stage]:
    """The objects and everybody's clients. Calls of the API are not limited here."""
    original = OrganisationThrottle.allow_request
    OrganisationThrottle.allow_request = lambda *_: True  # type: ignore[method-assign]
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage()
        transaction.set_rollback(True)
    OrganisationThrottle.allow_request = original  # type: ignore[method-assign]
