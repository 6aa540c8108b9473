"""One running product and one browser for all tests of this folder; each test brings its own people."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.audit import Audit
from tests.browser.person import Person, known
from tests.browser.product import Product, running
from tests.pages.conftest import FLAGS, chromium

Cast = Callable[..., Person]


@pytest.fixture(scope="package")
def product() -> Iterator[Product]:
    """The whole product, up."""
    with running() as found:
        yield found


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """The machine's Chromium."""
    path = chromium()
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags)
        yield started
        started.close()


@pytest.fixture(scope="package")
def audit() -> Audit:
    """What was seen, and what is wrong with it."""
    return Audit()


@pytest.fixture(scope="package")
def cast(chrome: Browser, product: Product, audit: Audit) -> Iterator[Cast]:
    """A person by organisation and role, signed in once."""
    seated: dict[tuple[str, str], Person] = {}

    def at(organisation: str, role: str, **context: Any) -> Person:
        if context:
            return Person(chrome, product, audit, known(organisation, role), **context)
        if (organisation, role) not in seated:
            seated[organisation, role] = Person(chrome, product, audit, known(organisation, role))
        return seated[organisation, role]

    yield at
    for person in seated.values():
        person.context.close()
