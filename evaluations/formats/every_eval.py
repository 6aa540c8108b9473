"""Every Eval Ever 0.2 and 0.3: one JSON per evaluation, with scores as somebody reported them.

Read from the published schema (github.com/evaleval/every_eval_ever, MIT). Only shares become estimates, and only with n:
a score without it stays a remark.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from evaluations.formats.documents import Document, summary
from evaluations.formats.inspect_log import LogRefused, count, moment, number, text

KIND = "every_eval_ever"
LABEL = "Every Eval Ever"
VERSIONS = ("0.2", "0.3")
NEEDED = {
    "evaluation_id": str, "source_metadata": dict, "model_info": dict, "evaluation_results": list,
}  # fmt: skip
MOST = 500
PERCENT = ("percent", "percentage", "%")


def mine(document: Document) -> bool:
    """An object that names its schema's version and has results."""
    return document.is_json and "schema_version" in document.content and "evaluation_results" in document.content


def read(document: Document, *, key: bytes, clear_ids: bool = False) -> dict[str, Any]:
    """The allow-listed fields; addresses, prompts, commands and additional details never."""
    content = document.content
    version = text(content.get("schema_version"), 20)
    if ".".join(version.split(".")[:2]) not in VERSIONS:
        raise LogRefused(
            "The file is of a version of Every Eval Ever other than 0.2 or 0.3. Convert it with its tools."
        )
    for name, kind in NEEDED.items():
        if not isinstance(content.get(name), kind):
            raise LogRefused(
                f"“{name}” is missing or of another kind than Every Eval Ever says. Validate the file first."
            )
    results = [_object(one) for one in content["evaluation_results"]]
    if not 1 <= len(results) <= MOST:
        raise LogRefused(f"The file has {len(results)} results; 1 to {MOST} are read.")
    _unique(results)
    source, library = content["source_metadata"], _object(content.get("eval_library"))
    # A record taken from documentation may bring one example along: only a run's own file has a row per item.
    whole = len(results) == 1 and source.get("source_type") == "evaluation_run"
    rows = count(_object(content.get("detailed_evaluation_results")).get("total_rows")) if whole else None
    reported, remarks = _reported(results, rows)
    at = _moment(content.get("evaluation_timestamp"))
    return summary(
        KIND, task=_suite(content["evaluation_id"], results), model=_model(content["model_info"]),
        harness=_known(library.get("name"), 40), harness_version=_known(library.get("version"), 40), started_at=at,
        completed_at=at, created=_moment(content.get("retrieved_timestamp")), reported=reported, remarks=remarks,
        total_samples=max((one["n"] for one in reported), default=rows or 0),
        provenance={
            "format": f"Every Eval Ever {version}", "evaluation_id": text(content["evaluation_id"]),
            "source": text(source.get("source_organization_name")),
            "relationship": text(source.get("evaluator_relationship"), 40).replace("_", " "),
            "source_kind": text(source.get("source_type"), 40).replace("_", " "),
        },
    )  # fmt: skip


def _unique(results: list[dict[str, Any]]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for position, one in enumerate(results, start=1):
        config = _object(one.get("metric_config"))
        own = one.get("evaluation_result_id")
        key = ("id", str(own)) if own else ("name", str(one.get("evaluation_name")), str(config.get("metric_id")))
        if key in seen:
            raise LogRefused(f"Results {seen[key]} and {position} have the same id: keep one of them.")
        seen[key] = position


def _reported(results: list[dict[str, Any]], rows: int | None) -> tuple[list[dict[str, Any]], list[str]]:
    found, remarks = [], []
    for position, one in enumerate(results, start=1):
        entry = _entry(one, position, rows)
        if isinstance(entry, str):
            remarks.append(entry)
        else:
            found.append(entry)
    return found, remarks[:50]


def _entry(one: dict[str, Any], position: int, rows: int | None) -> dict[str, Any] | str:
    """One estimate, or the sentence that says why it is none."""
    name, config, details = (
        text(one.get("evaluation_name"), 100),
        _object(one.get("metric_config")),
        _object(one.get("score_details")),
    )
    score = number(details.get("score"))
    if not name or score is None:
        raise LogRefused(
            f"Result {position} has no name, or its score is not a number. Mend it and upload the file again."
        )
    scale = _scale(config)
    if scale is None:
        return f"“{name}” is not a share of 0 to 1 or of percent, so it is kept out of estimates: {score:g}."
    uncertainty = _object(details.get("uncertainty"))
    n = count(uncertainty.get("num_samples")) or rows
    if not n:
        return f"“{name}” says {score / scale:.3f} and not of how many items: an estimate needs n, so it is none."
    share = score / scale
    if not 0 <= share <= 1:
        raise LogRefused(
            f"Result {position} lies outside the range that it names for itself. Mend it and upload it again."
        )
    return {
        "metric": _metric(config), "scorer": name, "slice": "", "estimate": share, "n": n, "successes": None,
        **_interval(uncertainty, share, scale, position),
    }  # fmt: skip


def _interval(uncertainty: dict[str, Any], share: float, scale: float, position: int) -> dict[str, float | None]:
    interval = _object(uncertainty.get("confidence_interval"))
    low, high, level = (number(interval.get(name)) for name in ("lower", "upper", "confidence_level"))
    error = number(_object(uncertainty.get("standard_error")).get("value"))
    if low is not None and high is not None and level is not None and 0 < level < 1:
        if not low / scale <= share <= high / scale:
            raise LogRefused(f"The interval of result {position} does not hold its score. Mend it and upload it again.")
        return {"low": max(0.0, low / scale), "high": min(1.0, high / scale), "level": level, "error": None}
    return {"low": None, "high": None, "level": None, "error": error / scale if error and error > 0 else None}


def _scale(config: dict[str, Any]) -> float | None:
    """1 for shares, 100 for percent, None for what is neither."""
    low, high, unit = (
        number(config.get("min_score")),
        number(config.get("max_score")),
        str(config.get("metric_unit")).lower(),
    )
    if unit in PERCENT or (low, high) == (0, 100):
        return 100.0
    return 1.0 if unit == "proportion" or (low, high) == (0, 1) or config.get("score_type") == "binary" else None


def _metric(config: dict[str, Any]) -> str:
    name = (
        text(config.get("metric_id"), 80) or text(config.get("metric_name"), 80) or text(config.get("metric_kind"), 80)
    )
    return f"{name or 'score'}{' (lower is better)' if config.get('lower_is_better') is True else ''}"


def _suite(identity: str, results: list[dict[str, Any]]) -> str:
    names = {text(one.get("evaluation_name"), 200) for one in results}
    return names.pop() if len(names) == 1 else text(identity.split("/", maxsplit=1)[0])


def _model(info: dict[str, Any]) -> str:
    return text(info.get("id")) or text(info.get("name"))


def _known(value: Any, longest: int) -> str:
    found = text(value, longest)
    return "" if found == "unknown" else found


def _moment(value: Any) -> str:
    """Seconds since 1970 as text, or an ISO instant."""
    if moment(value):
        return moment(value)
    try:
        return datetime.fromtimestamp(float(str(value)), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
