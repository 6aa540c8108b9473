"""What is drawn of a run: from the agency's row, or from the developer's copy and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from early_access import queries as early_access
from early_access.models import EarlyAccessRequest
from evaluations.models import EvaluationRun, Result, SharedRun
from evaluations.queries.plots import Drawn, cost
from evaluations.queries.runs import _variant, shown


def price_of(request: EarlyAccessRequest) -> Decimal | None:
    """Dollars for a million tokens, as the developer names them."""
    specification = early_access.specification(request)
    return specification.price if specification else None


def of_run(run: EvaluationRun, results: Sequence[Result], name: str, price: Decimal | None) -> Drawn:
    """Of the agency's own row, with what was used by item."""
    notes = getattr(run, "notes", None)
    launched = run.log.launch if hasattr(run, "log") else None
    if price is None and launched is not None:
        price = launched.price_per_million
    dollars, basis = cost(run.tokens, notes and notes.cost_usd, price)
    return Drawn(
        name, [shown(r) for r in results], run.ranges, run.items, tuple(dict.fromkeys(r.scorer for r in results)),
        suite=run.suite or "Unnamed suite", variant=_variant(run.variant), tokens=run.tokens, dollars=dollars, basis=basis,
        refused=_refused(notes and notes.n_refused, run.epochs, run.n_items),
    )  # fmt: skip


def of_copy(shared: SharedRun, price: Decimal | None, *, named: bool = True) -> Drawn:
    """Of the copy: nothing by item is in it, and a held-out suite stands under its label. Copies of before hold less."""
    told = shared.content
    variant, notes = _variant(told["variant"]), told.get("notes", {})
    tokens = told.get("tokens", 0)
    dollars, basis = cost(tokens, notes.get("cost_usd"), price)
    return Drawn(
        f"{shared.label}, {variant}" if named else shared.label, [shown(r) for r in told["results"]], told.get("ranges", []),
        suite=shared.label, variant=variant, tokens=tokens, dollars=dollars, basis=basis,
        refused=_refused(notes.get("n_refused"), told.get("epochs"), told["n_items"]),
    )  # fmt: skip


def _refused(refused: int | None, epochs: int | None, items: int) -> tuple[int, int] | None:
    """Refused attempts of all, where each item had one attempt: else they are no independent sample."""
    return (refused, items) if refused is not None and epochs == 1 and items > 0 and refused <= items else None
