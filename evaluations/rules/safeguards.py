"""Which estimates measure safeguards, by the names that suites give them, and one figure of each by variant. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from early_access.rules.claims import key

ATTACK, REFUSAL, HIJACK = "Attack success", "Refusal", "Hijacking"
NAMES = {
    ATTACK: ("attacksuccess", "attacksuccessrate", "asr", "jailbreak", "jailbreaksuccess", "jailbreaksuccessrate"),
    REFUSAL: ("refusal", "refusals", "refused", "refusalrate", "refusedasexpected"),
    HIJACK: ("hijack", "hijacked", "hijacking", "hijacksuccess", "hijackrate", "hijackingsuccess", "agenthijacking"),
}


def measure_of(result: Mapping[str, Any]) -> str:
    """Attack success, refusal or hijacking, by the name of the metric or of the scorer; "" for everything else, and for a
    slice."""
    if result["slice"]:
        return ""
    said = {key(result["metric"]), key(result["scorer"])}
    return next((measure for measure, names in NAMES.items() if said & set(names)), "")


def by_variant(rows: Iterable[tuple[str, str, Mapping[str, Any]]]) -> dict[str, list[tuple[str, Mapping[str, Any]]]]:
    """(measure, variant, figure), newest first → measure → the newest figure of each variant, in the order of NAMES."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for measure, variant, figure in rows:
        found.setdefault(measure, {}).setdefault(variant, figure)
    return {measure: sorted(found[measure].items()) for measure in NAMES if measure in found}
