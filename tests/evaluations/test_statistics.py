"""Intervals against the published table, and properties that hold for all of them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.statistics import clustered, difference, paired, pass_at_k, wilson


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (0, 5, 0, 0.434),
        (5, 5, 0.566, 1),
        (16, 20, 0.584, 0.919),
        (3, 10, 0.108, 0.603),
        (73, 100, 0.636, 0.807),
        (30, 30, 0.886, 1),
    ],
)
def test_the_table(x: int, n: int, low: float, high: float) -> None:
    found = wilson(x, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-4)


counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_an_interval_holds_its_estimate_and_mirrors(pair: tuple[int, int]) -> None:
    x, n = pair
    found, mirror = wilson(x, n), wilson(n - x, n)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low == pytest.approx(1 - mirror.high)
    assert found.high - found.low > wilson(4 * x, 4 * n).high - wilson(4 * x, 4 * n).low


def coverage(p: float, n: int) -> float:
    total = 0.0
    for x in range(n + 1):
        found = wilson(x, n)
        if found.low <= p <= found.high:
            total += math.comb(n, x) * p**x * (1 - p) ** (n - x)
    return total


@pytest.mark.parametrize("n", [5, 10, 20, 50])
def test_it_covers_what_it_says(n: int) -> None:
    found = [coverage(i / 200, n) for i in range(1, 200)]
    assert sum(found) / len(found) >= 0.94
    assert min(found) >= 0.83


def test_identical_repetitions_add_no_information() -> None:
    once = [(float(i < 16), 1) for i in range(20)]
    thrice = [(s * 3, 3) for s, _ in once]
    assert clustered(thrice, seed="a") == clustered(once, seed="a") == wilson(16, 20)


def test_repetitions_are_clustered_and_repeatable() -> None:
    items = [(i % 4, 3) for i in range(12)]
    first = clustered([(min(s, 3), 3) for s, _ in items], seed="run-1")
    assert first == clustered([(min(s, 3), 3) for s, _ in items], seed="run-1")
    assert first.method == "bootstrap"
    assert first.low <= first.value <= first.high
    assert clustered([(i % 3, 2) for i in range(60)][:60], seed="x").n == 60


def test_bad_input_is_refused() -> None:
    for x, n in ((1, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="wilson needs"):
            wilson(x, n)
    with pytest.raises(ValueError, match="clustered needs"):
        clustered([], seed="x")
    with pytest.raises(ValueError, match="pass_at_k needs"):
        pass_at_k(3, 1, 4)


def test_pass_at_k_is_unbiased() -> None:
    assert pass_at_k(5, 0, 3) == 0
    assert pass_at_k(5, 5, 1) == 1
    assert pass_at_k(4, 2, 2) == pytest.approx(1 - 1 / 6)


def test_a_difference_has_its_own_interval() -> None:
    gap, low, high = difference(wilson(56, 70), wilson(48, 80))
    assert (gap, low, high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-3)  # Newcombe 1998, table II


def test_items_that_all_have_the_same_mean_still_have_an_interval() -> None:
    found = clustered([(2.0, 3)] * 4, seed="run")
    assert (found.method, found.n, found.value) == ("wilson", 4, pytest.approx(2 / 3))
    assert found.low < 0.3 and found.high > 0.9
    many = clustered([(1.0, 2)] * 40, seed="run")
    assert many.high - many.low > 0.2


bits = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=80)


@given(bits)
def test_a_paired_difference_is_that_of_the_means_and_mirrors(bits: list[tuple[bool, bool]]) -> None:
    pairs = [(float(a), float(b)) for a, b in bits]
    gap, low, high = paired(pairs, seed="a")
    assert gap == pytest.approx(sum(a - b for a, b in pairs) / len(pairs))
    assert -1 <= low <= gap + 1e-9 and gap - 1e-9 <= high <= 1 and low < high
    if len(pairs) >= 30:
        mirrored = paired([(b, a) for a, b in pairs], seed="a")
        assert mirrored == pytest.approx((-gap, -high, -low))


def test_pairs_tell_more_than_independent_samples() -> None:
    before = [float(n < 40) for n in range(100)]
    after = [float(n < 50) for n in range(100)]  # the same forty, and ten more
    gap, low, high = paired(list(zip(after, before, strict=True)), seed="a")
    loose = difference(wilson(50, 100), wilson(40, 100))
    assert gap == pytest.approx(loose[0]) and low > 0 > loose[1] and high < loose[2]
