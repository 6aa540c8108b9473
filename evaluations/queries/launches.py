"""What the pages of runs that are started here show, and what their supervisor asks about all of its runs at once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from accounts.seats import seats_of
from agencies.domains import RiskDomain
from early_access import queries as early_access
from early_access.models import AccessCredential, AccessHold
from evaluations import policies, runners
from evaluations.models import EvaluationAssignment, RunLaunch, RunLog
from evaluations.policies.launches import ENDED, KEY_GONE, NOT_RUNNING
from evaluations.rules.launches import Budget, Offered, left_of

LAUNCHES_SHOWN = 50
WINDOW_SHUT = "The access window is not open any more."
WAYS = {
    "queued": ("Waiting for the runner", "Your agency’s runner takes it up as soon as it has a free place."),
    "starting": ("Starting", "The runner opens the sealed key and starts the test in a process of its own."),
    "running": ("Running", "It reaches the endpoint of the request and nothing else. The developer can stop the test at any time."),
    "stopping": ("Being stopped", "Nothing is sent any more; the log is being closed."),
    "finished": ("Finished", "The log is sealed to your agency; your agency’s worker reads it."),
    "stopped": ("Stopped before its end", "It can be gone on with while testing runs and something of the budget is left."),
    "failed": ("Failed", "It can be gone on with once what is said here is mended."),
    "lost": ("Lost", "It can be gone on with; what its host still has is not done again."),
}  # fmt: skip


def run_key(row: RunLaunch) -> str:
    """The key of the job of a run, each time a person asks for it."""
    return f"evaluations.run:{row.pk}:{row.asked}"


def budget(row: RunLaunch) -> Budget:
    """The limits of the whole run."""
    return Budget(row.budget_tokens, row.budget_minutes * 60, row.price_per_million, row.budget_usd)


def offered(assignment: EvaluationAssignment) -> Offered:
    """What can be chosen for a run of this assignment."""
    specification = early_access.specification(assignment.request)
    return Offered(
        suites=runners.suites(), variants=early_access.variants(assignment.request), domains=assignment.domains,
        tools=bool(specification and specification.tools),
        concurrency=(specification.concurrency or 0) if specification else 0,
        price=specification.price if specification else None,
        left=left_of(specification.budget if specification else None, _spent(assignment)),
    )  # fmt: skip


def _spent(assignment: EvaluationAssignment) -> Iterable[tuple[bool, Decimal, Decimal]]:
    """(under way, most, spent) of the runs that an agency started under the same request; a resumed one counts as under way."""
    nothing = Decimal()
    for row in RunLaunch.objects.filter(assignment__request=assignment.request_id, agency=assignment.agency_id):
        yield row.is_live, row.budget_usd or nothing, row.cost_usd or nothing


def launches(assignment: EvaluationAssignment, user: User) -> dict[str, Any] | None:
    """The list “Started here” of an assignment, for the agency; None where there is nothing to say."""
    if not seats_of(user).holds(assignment.agency_id):
        return None
    rows = list(
        RunLaunch.objects.visible_to(user).filter(assignment=assignment).order_by("-created_at", "-id")[:LAUNCHES_SHOWN]
    )
    if not rows and not runners.is_on():
        return None
    return {
        "rows": [{"launch": row, "title": title(row), "url": reverse("evaluations:launched", args=[assignment.reference, row.pk])}
                 for row in rows],
        "may_launch": policies.may_launch(user, assignment),
        "url": reverse("evaluations:launch", args=[assignment.reference]),
    }  # fmt: skip


def title(row: RunLaunch) -> str:
    """The suite as people read it."""
    suite = runners.suites().get(row.suite)
    return suite.title if suite else row.suite


def launch_page(row: RunLaunch, user: User) -> dict[str, Any]:
    """Everything that the page and its fragment show."""
    heading, why = WAYS[row.status]
    logs = RunLog.objects.visible_to(user).filter(launch=row).select_related("run")
    return {
        "title": title(row), "heading": heading, "why": why, "domain": RiskDomain(row.domain).label,
        "variant": early_access.variants(row.assignment.request).get(row.variant, row.variant),
        "share": round(100 * row.samples_done / row.samples) if row.samples else 0,
        "minutes": row.seconds // 60, "tokens": f"{row.tokens:,}", "most_tokens": f"{row.budget_tokens:,}",
        "logs": list(logs.order_by("-created_at")[:LAUNCHES_SHOWN]),
        "may_stop": policies.may_stop_launch(user, row), "may_resume": policies.may_resume_launch(user, row),
    }  # fmt: skip


def standing(launches: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """State of each run and why it may not go on ("" while it may), in one statement for all that a supervisor has."""
    key = AccessCredential.objects.filter(pk=OuterRef("credential_id"), revoked_at__isnull=True)
    held = AccessHold.objects.filter(
        request=OuterRef("assignment__request_id"), agency=OuterRef("agency_id"), lifted_at__isnull=True
    )
    rows = RunLaunch.objects.filter(pk__in=list(launches)).values_list(
        "pk", "status", "assignment__status", "assignment__request__status", Exists(key), Exists(held)
    )
    return {pk: (status, _why(*rest)) for pk, status, *rest in rows}


def _why(assignment: str, request: str, has_key: bool, is_held: bool) -> str:
    if assignment != "running":
        return NOT_RUNNING.get(assignment, ENDED)
    if request != "window_open":
        return WINDOW_SHUT
    if is_held:
        return "Access rests or has ended under the agreement."
    return "" if has_key else KEY_GONE
