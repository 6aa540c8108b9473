"""The main story in a real browser, each step as the person it is for, by the links and buttons that stand on the pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import first_half, second_half, the_rest
from tests.browser.audit import Audit
from tests.browser.conftest import Cast
from tests.browser.first_half import Story
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEPS = (
    first_half.draft, first_half.negotiate, first_half.sign, first_half.offer, second_half.take_in, second_half.route,
    second_half.verify, second_half.measure, second_half.tell, second_half.report, second_half.release,
    second_half.withdraw, the_rest.organisation, the_rest.endings, the_rest.look_up,
)  # fmt: skip


def test_the_main_story_and_every_page(chrome: Browser, cast: Cast, product: Product, audit: Audit) -> None:
    story = Story(cast, product)
    try:
        for step in STEPS:
            step(story)
        the_rest.strangers(chrome, story, audit)
    finally:  # pytest shows it when a step failed
        print("\n".join(audit.problems))
        print("\n\n".join(f"{p.who.name} at {p.page.url}:\n{p.said()[:3000]}" for p in cast.seated()))
    assert audit.problems == []
    assert the_rest.forgotten(audit) == []
