"""The main story in a real browser, each step as the person it is for, by the links and buttons that stand on the pages."""

from __future__ import annotations

import pytest

from tests.browser import first_half, second_half
from tests.browser.audit import Audit
from tests.browser.conftest import Cast
from tests.browser.first_half import Story
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEPS = (first_half.draft, first_half.negotiate, first_half.sign, first_half.offer,
         second_half.take_in, second_half.route, second_half.verify, second_half.measure, second_half.tell,
         second_half.withdraw)  # fmt: skip


def test_the_main_story(cast: Cast, product: Product, audit: Audit) -> None:
    story = Story(cast, product)
    try:
        for step in STEPS:
            step(story)
    finally:
        print("\n".join(audit.problems))
    assert audit.problems == []
