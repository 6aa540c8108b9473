"""A job that used up its attempts is told to the people who run the installation, by a job of its own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from jobs import actions
from jobs.models import Job

# The report itself and what carries it: reporting their death would only make more of them.
SILENT = ("jobs.report", "notifications.tell")

Hook = Callable[[Job], None]
HOOKS: list[Hook] = []


def on_death(hook: Hook) -> None:
    """Have `hook(job)` called, inside the report's finishing transaction, for each job that died; once."""
    if hook not in HOOKS:
        HOOKS.append(hook)


def report_death(job_id: UUID, kind: str) -> None:
    """Enqueue the report of a death, in the transaction that writes the death."""
    if kind not in SILENT:
        actions.enqueue("jobs.report", key=f"jobs.report:{job_id}", payload={"job": str(job_id)})


def finish_report(job: Job) -> None:
    """Effect of `jobs.report`: whoever registered is told."""
    died = Job.objects.get(pk=job.payload["job"])
    for hook in HOOKS:
        hook(died)
