"""One running product and one browser for all tests of this folder; each test brings its own people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.audit import Audit
from tests.browser.person import Person, known
from tests.browser.product import Product, running
from tests.pages.conftest import FLAGS, chromium


class Cast:
    """People by organisation and role; each signs in once."""

    def __init__(self, chrome: Browser, product: Product, audit: Audit) -> None:
        self.parts = (chrome, product, audit)
        self.people: dict[tuple[str, str], Person] = {}

    def __call__(self, organisation: str, role: str, **context: Any) -> Person:
        """The person; with a context of its own (without scripts, say) somebody new."""
        if context:
            return Person(*self.parts, known(organisation, role), **context)
        if (organisation, role) not in self.people:
            self.people[organisation, role] = Person(*self.parts, known(organisation, role))
        return self.people[organisation, role]

    def seated(self) -> list[Person]:
        """Everybody who came."""
        return list(self.people.values())


@pytest.fixture(scope="package")
def product() -> Iterator[Product]:
    """The whole product, up."""
    with running() as found:
        yield found


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """The machine's Chromium."""
    path = chromium()
    expect.set_options(timeout=60_000)  # other tests load the machine meanwhile
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags, timeout=120_000)
        yield started
        started.close()


@pytest.fixture(scope="package")
def audit() -> Audit:
    """What was seen, and what is wrong with it."""
    return Audit()


@pytest.fixture(scope="package")
def cast(chrome: Browser, product: Product, audit: Audit) -> Iterator[Cast]:
    """Whom the tests ask for."""
    found = Cast(chrome, product, audit)
    yield found
    for person in found.seated():
        person.context.close()
