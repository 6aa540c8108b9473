"""Price and budget in the access specification: dollars as people write them, kept as one spelling."""

from __future__ import annotations

import pytest

from early_access.completeness import access_problems
from early_access.rules.sections import BY_NAME, read


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2.50", "2.50"), ("2.5", "2.50"), ("002", "2"), ("0.0375", "0.0375"), ("15.00", "15"), (3, "3")],
)
def test_dollars_are_kept_as_one_spelling(typed: object, kept: str) -> None:
    assert read(BY_NAME["access"], {"price_per_million": typed}) == ({"price_per_million": kept}, [])


@pytest.mark.parametrize("typed", ["0", "0.00", "-1", "1e3", "2,50", "$2", "1.23456", "1234567890", "٣", "NaN", True])
def test_what_is_no_amount_is_said_at_its_field(typed: object) -> None:
    data, (problem,) = read(BY_NAME["access"], {"budget_usd": typed})
    assert data == {} and problem.field == "budget_usd"
    assert "write dollars such as 2.50" in problem.sentence


def test_a_budget_needs_a_price_to_be_counted_with() -> None:
    (problem,) = access_problems({"budget_usd": "100"})
    assert problem.field == "price_per_million"
    assert access_problems({"budget_usd": "100", "price_per_million": "2.50"}) == []
