"""Which of the developer's claims stands beside which estimate: the same build, variant, suite and metric. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from early_access.rules.claims import OwnResult, key

WHOLE = ""  # a claim is about the whole suite, never a slice of it


@dataclass(frozen=True)
class Claim(OwnResult):
    """What the developer stated, of which build and variant, as plain data."""

    checkpoint: str
    variant: str
    method: str
    source: str


@dataclass(frozen=True)
class Tested:
    """What is needed of a run to find its claims. `suite` is empty where it is held out: then no claim is told beside it, or
    the developer would learn which suite it is."""

    checkpoint: str
    variant: str
    suite: str
    suite_version: str


def matching(claims: Iterable[Claim], run: Tested, result: Mapping[str, Any]) -> list[Claim]:
    """The claims of this estimate: `result` has metric, scorer and slice."""
    if not run.suite or result["slice"] != WHOLE:
        return []
    measured = {key(result["metric"]), key(result["scorer"])} - {""}
    return [
        one
        for one in claims
        if one.checkpoint == run.checkpoint
        and one.variant == run.variant
        and same_suite(one.suite, run.suite)
        and key(one.metric) in measured
    ]


def same_suite(claimed: str, measured: str) -> bool:
    """Whether two names are of one suite. A harness writes "inspect_evals/gpqa_diamond" for "GPQA Diamond": the part before
    the stroke counts only where both have one."""
    if key(claimed) == key(measured):
        return True
    short = [name.rpartition("/")[2] for name in (claimed, measured)]
    return ("/" in claimed) != ("/" in measured) and key(short[0]) == key(short[1])


def conditions(claim: Claim, run: Tested) -> str:
    """What is known of the conditions, as a baseline says it."""
    if claim.suite_version and run.suite_version and key(claim.suite_version) != key(run.suite_version):
        return (
            f"no, version {claim.suite_version} was claimed and {run.suite_version} measured. Claimed: {claim.method}"
        )
    return f"not known. Claimed: {claim.method}"


def alone(claims: Sequence[Claim], beside: Iterable[Claim]) -> list[Claim]:
    """Claims that stand beside no estimate."""
    told = set(beside)
    return [one for one in claims if one not in told]
