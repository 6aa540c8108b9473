"""What a read log is worth: estimates with intervals, counts, warnings, and whether importing it needs a reason. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from evaluations.formats.summaries import LogSummary, Reported
from evaluations.statistics import Z95, Estimate, clustered, wilson

TOLERANCE = 1e-6
LEVEL = 0.95


@dataclass(frozen=True)
class Scored:
    """One scorer's estimate; `successes` only where every item had one attempt that was right or wrong."""

    scorer: str
    estimate: Estimate
    successes: int | None
    metric: str = "accuracy"
    slice: str = ""
    level: float = 0.95


@dataclass(frozen=True)
class Judged:
    """What is stored of a log beside its plain fields."""

    scored: tuple[Scored, ...]
    n_items: int
    n_scored: int
    warnings: tuple[str, ...]

    @property
    def n_invalid(self) -> int:
        """Items without a single scored attempt: outside every denominator, never silently."""
        return self.n_items - self.n_scored


def moment_of(text: str) -> datetime | None:
    """The reader's date text as an instant; one without a zone is read as UTC."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def reason_needed(found: LogSummary, *, model_name: str, first: date | None, last: date | None) -> str:
    """The sentence that asks for a reason when the log is of another model or time than agreed; "" when it fits."""
    if model_name and not found.model:
        return (
            "The file does not name the model that was tested. Upload it with the reason for importing it: how it was made "
            f"and that “{model_name}” was tested."
        )
    if model_name and found.model != model_name and not found.model.endswith(f"/{model_name}"):
        return (
            f"The log is of the model “{found.model}”, the submission names “{model_name}”. "
            "Upload the log of that model, or upload this one with the reason for importing it."
        )
    instants = [at for text in (found.started_at, found.completed_at) if (at := moment_of(text))]
    outside = [at for at in instants if (first and at.date() < first) or (last and at.date() > last)]
    if outside:
        return (
            f"The log is of {outside[0].date()}, outside the access window ({first} to {last}). "
            "Upload it with the reason for importing it."
        )
    return ""


def judge(found: LogSummary, *, seed: str) -> Judged:
    """Estimates per scorer with their intervals, and every warning. A failed run has no estimate."""
    warnings = _plain_warnings(found)
    scored: list[Scored] = []
    names = sorted({name for item in found.items for name in item.scores})
    if found.outcome != "failed":
        for name in names:
            tallies = found.tallies(name)
            if any(not 0 <= successes <= attempts for successes, attempts in tallies):
                warnings.append(f"The scorer “{name}” gives values outside 0 to 1: it is kept out of estimates.")
                continue
            scored.append(Scored(name, clustered(tallies, seed=f"{seed}:{name}"), _successes(tallies)))
    warnings += _disagreements(found, scored)
    if found.outcome != "failed":
        scored += [*map(_reported, found.reported), *_ranges(found)]
    if found.items:
        n_items, n_scored = len(found.items), sum(1 for item in found.items if item.scores)
    else:
        n_items = n_scored = found.total_samples or 0
    return Judged(tuple(scored), n_items, n_scored, (*warnings, *found.remarks))


def _reported(one: Reported) -> Scored:
    """An interval that was reported stands as it was; without one it is made of n, or of the standard error."""
    if one.low is not None and one.high is not None and one.level is not None:
        estimate = Estimate(one.estimate, one.low, one.high, one.n, "as_reported")
    elif one.error is not None:
        low, high = max(0.0, one.estimate - Z95 * one.error), min(1.0, one.estimate + Z95 * one.error)
        estimate = Estimate(one.estimate, low, high, one.n, "standard_error")
    else:
        estimate = wilson(one.estimate * one.n if one.successes is None else one.successes, one.n)
    return Scored(one.scorer, estimate, one.successes, one.metric, one.slice, one.level or LEVEL)


def _ranges(found: LogSummary) -> Iterator[Scored]:
    """How many attempts at a range reached its last step: attempts are what is counted, never steps."""
    tries: dict[str, list[bool]] = defaultdict(list)
    for one in found.ranges:
        tries[one.range].append(one.steps_reached == one.steps_total)
    for name, done in tries.items():
        yield Scored(name, wilson(sum(done), len(done)), sum(done), "range completed")


def _successes(tallies: list[tuple[float, int]]) -> int | None:
    if all(attempts == 1 and successes in (0.0, 1.0) for successes, attempts in tallies):
        return int(sum(successes for successes, _ in tallies))
    return None


def _plain_warnings(found: LogSummary) -> list[str]:
    warnings = [found.reason] if found.reason else []
    if found.error:
        warnings.append(f"The harness said: {found.error}")
    if found.edited:
        warnings.append("The log was edited after the run.")
    if found.invalidated:
        warnings.append("The harness marks the run as invalidated.")
    if found.n_limit:
        warnings.append(f"{found.n_limit} of {found.attempts} attempts reached a limit; they count as scored.")
    if found.n_error:
        warnings.append(f"{found.n_error} of {found.attempts} attempts ended with an error; they are not scored.")
    named = ", ".join(f"“{name}”" for name in found.not_scalar)
    if named:
        warnings.append(f"Not a single number per attempt, so kept out of estimates: {named}.")
    return warnings


def _disagreements(found: LogSummary, scored: list[Scored]) -> list[str]:
    """Where the harness's own accuracy differs from the items' scores, both are said."""
    own = {score.name: score.metrics.get("accuracy") for score in found.scores}
    said = []
    for row in scored:
        reported = own.get(row.scorer)
        if reported is not None and abs(reported - row.estimate.value) > TOLERANCE:
            said.append(
                f"The log reports an accuracy of {reported:.3f} for “{row.scorer}”; its items give "
                f"{row.estimate.value:.3f}, which stands here."
            )
    return said
