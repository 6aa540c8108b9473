"""One shared run as an Every Eval Ever 0.3.0 record: the developer's copy of a run goes in, nothing else is known here.

Shape: github.com/evaleval/every_eval_ever (MIT), `schemas/eval.schema.json` of 4 August 2026. All values of
`additional_details` are text there. Single answers and comparisons with other models never leave.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

VERSION = "0.3.0"
LOWER = " (lower is better)"  # as the reader writes it into a metric's name
LIMITS = ("time_limit", "message_limit", "token_limit")
MARKS = (
    "As the agency measured it; nobody else checked it. It measures and decides nothing about a release. Confidential "
    "between the developer and the agency unless both agree otherwise."
)


@dataclass(frozen=True)
class Named:
    """Who tested what, as both sides name it. `label`: the run as the developer reads it."""

    label: str
    agency: str
    developer: str
    model: str
    assignment: str


def record(content: Mapping[str, Any], named: Named, *, at: datetime) -> dict[str, Any]:
    """The record of one run. `content`: what `disclosure.content` gives, shares of 0 to 1; `at`: when it is exported."""
    stamp = str(int(at.timestamp()))
    began = content.get("started_at") or ""
    return {
        "schema_version": VERSION,
        "evaluation_id": "/".join((_slug(named.label), f"{_slug(named.developer)}_{_slug(named.model)}", stamp)),
        **({"evaluation_timestamp": _seconds(began)} if began else {}),
        "retrieved_timestamp": stamp,
        "source_metadata": {
            "source_name": f"Concord, assignment {named.assignment}", "source_type": "evaluation_run",
            "source_organization_name": named.agency, "evaluator_relationship": "third_party",
            "additional_details": {"marks": MARKS},
        },
        "eval_library": _library(str(content.get("harness") or "")),
        "model_info": {
            "name": named.model, "id": f"{_slug(named.developer)}/{_slug(named.model)}", "developer": named.developer,
            "additional_details": {
                "deployment_type": "externally_managed", "model_availability": "closed_weights",
                "checkpoint": str(content["checkpoint"]), "variant": str(content["variant"]),
                "configuration_sha256": str(content["configuration_sha256"]),
            },
        },
        "evaluation_results": [
            _result(one, number, content, named) for number, one in enumerate(content["results"], start=1)
        ],
    }  # fmt: skip


def _result(one: Mapping[str, Any], number: int, content: Mapping[str, Any], named: Named) -> dict[str, Any]:
    metric = str(one["metric"])
    lower = metric.endswith(LOWER)
    name = " · ".join(filter(None, (str(one.get("scorer") or ""), str(one.get("slice") or "")))) or named.label
    told = {
        "attempts_per_item": content.get("epochs"),
        "successes": one.get("successes"),
        "risk_domain": content.get("domain"),
    }
    counts = {field: content.get(field) for field in ("n_items", "n_scored", "n_invalid", "n_error", "n_limit")}
    return {
        "evaluation_result_id": f"result-{number}", "evaluation_name": name,
        "source_data": {"dataset_name": named.label, "source_type": "other"},
        "metric_config": {
            "metric_id": metric.removesuffix(LOWER), "metric_name": metric.removesuffix(LOWER), "metric_unit": "proportion",
            "lower_is_better": lower, "score_type": "continuous", "min_score": 0.0, "max_score": 1.0,
        },
        "score_details": {
            "score": one["estimate"],
            "details": {field: str(value) for field, value in (told | counts).items() if value is not None},
            "uncertainty": {
                "confidence_interval": {
                    "lower": one["ci_low"], "upper": one["ci_high"], "confidence_level": one["ci_level"],
                    "method": str(one["ci_method"]),
                },
                "num_samples": one["n"],
            },
        },
        **_generation(content),
    }  # fmt: skip


def _generation(content: Mapping[str, Any]) -> dict[str, Any]:
    """Limits in the schema's own fields, where the run has them."""
    found = content.get("limits") or {}
    limits = {name: int(found[name]) for name in LIMITS if found.get(name)}
    sandbox = content.get("sandbox_kind")
    args = ({"eval_limits": limits} if limits else {}) | ({"sandbox": {"type": str(sandbox)}} if sandbox else {})
    return {"generation_config": {"generation_args": args}} if args else {}


def _library(harness: str) -> dict[str, str]:
    """Name and version out of “inspect_ai 0.3.285”; a held-out suite tells neither."""
    name, _, version = harness.rpartition(" ")
    if name and any(c.isdigit() for c in version):
        return {"name": name, "version": version}
    return {"name": harness or "unknown", "version": "unknown"}


def _seconds(instant: str) -> str:
    return str(int(datetime.fromisoformat(instant).timestamp()))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "unnamed"
