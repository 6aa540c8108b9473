"""Upload a log, record what the agency's worker read of it, or refuse it with a sentence."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from agencies.reference import queue
from audit import actions as audit
from core import envelope, sealed_files
from core.decisions import Invalid, Problem
from early_access import changes
from early_access import queries as early_access
from early_access.models import AccessWindow
from evaluations import notices, policies, queries
from evaluations.actions.base import locked
from evaluations.formats import inspect_log, kinds
from evaluations.formats.summaries import Item, LogSummary
from evaluations.models import AccessCheck, EvaluationAssignment, EvaluationRun, Result, RunLaunch, RunLog
from evaluations.rules import runs as rules
from jobs import actions as jobs

PIECE = 1024 * 1024
Origin = EvaluationRun.Origin
FIELD = "log"
STOPPED = "The test was stopped before the log was read: nothing of it was kept. Ask the developer if it should be."


def place(log: RunLog) -> envelope.Place:
    """Where a log is sealed to."""
    return envelope.Place(log.pk, FIELD, log.agency_id, 1)


@transaction.atomic
def upload_log(
    *, assignment: EvaluationAssignment, file: BinaryIO, file_name: str, domain: str, variant: str, restricted: bool,
    reason_for_import: str, by: User,
) -> RunLog:  # fmt: skip
    """Seal a log, or another file of results, to the agency and have its worker read it.

    Bytes that are already here lead to the first upload. Nothing is unpacked here. Hashing and sealing come before the
    lock, since they take seconds for a big log.
    """
    policies.may_upload(by, assignment).require()
    _check(assignment, domain, variant)
    log = seal(
        assignment=assignment, file=file, file_name=file_name, domain=domain, variant=variant, restricted=restricted,
        reason_for_import=reason_for_import, by=by,
    )  # fmt: skip
    if not log._state.adding:
        return log
    row = locked(assignment)
    policies.may_upload(by, row).require()
    return keep(log, row)


def seal(
    *, assignment: EvaluationAssignment, file: BinaryIO, file_name: str, domain: str, variant: str, restricted: bool,
    reason_for_import: str, by: User, launch: RunLaunch | None = None,
) -> RunLog:  # fmt: skip
    """Hash a log and seal it to the agency: a row that is not saved yet, or the one that has these bytes already."""
    sha256, size = _measure(file)
    if known := _known(assignment, sha256):
        return known
    log = RunLog(
        assignment=assignment, developer_id=assignment.developer_id, agency_id=assignment.agency_id, sha256=sha256,
        size=size, file_name=inspect_log.text(PurePath(file_name).name), domain=domain, variant=variant,
        restricted=restricted, reason_for_import=reason_for_import.strip(), uploaded_by=by, launch=launch,
    )  # fmt: skip
    log.stored_as = sealed_files.store(envelope.provider(), place(log), file, [str(assignment.agency.slug)])
    return log


def keep(log: RunLog, row: EvaluationAssignment) -> RunLog:
    """Save a sealed log under its assignment's lock and have the agency's worker read it."""
    if not log._state.adding:
        return log
    try:
        with transaction.atomic():
            log.save(force_insert=True)
    except IntegrityError:  # the same bytes came a second time meanwhile
        return RunLog.objects.get(agency_id=row.agency_id, sha256=log.sha256, refused="")
    audit.record("evaluations.log_uploaded", log, by=log.uploaded_by, parties=[log.agency_id])
    jobs.enqueue(
        "evaluations.read_log", key=queries.reading_key(log), organisations=[log.agency_id],
        payload={"log": str(log.pk)}, queue=queue(row.agency),
    )  # fmt: skip
    return log


def _check(assignment: EvaluationAssignment, domain: str, variant: str) -> None:
    problems = []
    if domain not in assignment.domains:
        problems.append(Problem("domain", "Choose one of the assignment's domains."))
    if variant not in early_access.variants(assignment.request):
        problems.append(Problem("variant", "Choose the variant that was tested, one of those the developer offers."))
    if problems:
        raise Invalid(problems)


def _measure(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size, never more than a piece in memory; Invalid at the field for what cannot be a log."""
    try:
        kinds.look(file)
    except inspect_log.LogRefused as refused:
        raise Invalid([Problem("file", str(refused))]) from refused
    file.seek(0)
    hasher, size = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        size += len(piece)
        if size > settings.MAX_LOG_BYTES:
            raise Invalid([Problem("file", too_large())])
        hasher.update(piece)
    return hasher.hexdigest(), size


def too_large() -> str:
    """The sentence about a file above the limit."""
    return (
        f"The file is larger than {settings.MAX_LOG_BYTES // PIECE} MiB. Split the run and upload the parts, or keep "
        "the log and upload a smaller one."
    )


def _known(assignment: EvaluationAssignment, sha256: str) -> RunLog | None:
    return RunLog.objects.filter(agency_id=assignment.agency_id, sha256=sha256, refused="").first()


@transaction.atomic
def record_run(*, log: RunLog, found: LogSummary) -> EvaluationRun | None:
    """Store what was read; None when it is refused (another model or time without a reason, or a stopped test)."""
    row = locked(log.assignment)
    held = RunLog.objects.select_for_update(of=("self",)).get(pk=log.pk)
    if held.read_at is not None:
        return held.run
    if row.status not in policies.WITH_RUNS:
        refuse_log(log=held, sentence=STOPPED)
        return None
    needed = _reason_needed(row, found)
    if needed and not held.reason_for_import:
        refuse_log(log=held, sentence=needed)
        return None
    run = _run(row, held, found)
    held.run, held.read_at, held.kind = run, timezone.now(), found.kind
    held.save(update_fields=["run", "read_at", "kind"])
    _supersede(run)
    audit.record("evaluations.run_recorded", held, parties=[held.agency_id])
    notices.about_log("run_recorded", held)
    return run


@transaction.atomic
def refuse_log(*, log: RunLog, sentence: str) -> None:
    """The log cannot be read or kept; its uploader is told, and the same bytes may come again."""
    held = RunLog.objects.select_for_update(of=("self",)).get(pk=log.pk)
    if held.read_at is not None:
        return
    held.refused, held.read_at = sentence, timezone.now()
    held.save(update_fields=["refused", "read_at"])
    audit.record("evaluations.log_refused", held, parties=[held.agency_id])
    notices.about_log("log_refused", held)


def _reason_needed(row: EvaluationAssignment, found: LogSummary) -> str:
    specification = early_access.specification(row.request)
    window = AccessWindow.objects.filter(request=row.request).first()
    return rules.reason_needed(
        found,
        model_name=specification.model_name if specification else "",
        first=window.starts_on if window else None,
        last=window.ends_on if window else None,
    )


def newest_passed(row: EvaluationAssignment, variant: str) -> AccessCheck | None:
    """The newest verification that worked with the key that reaches this variant: its own, else the common one."""
    rows = row.access_checks.filter(passed=True).order_by("-created_at")
    return rows.filter(opening__variant=variant).first() or rows.exclude(opening__variant__gt="").first()


def _run(row: EvaluationAssignment, log: RunLog, found: LogSummary) -> EvaluationRun:
    served = changes.served_at(row.request, rules.moment_of(found.started_at))
    if served is None:
        raise ValueError("a routed request has its checkpoint pinned")
    verified = newest_passed(row, log.variant)
    judged = rules.judge(found, seed=log.sha256)
    run = EvaluationRun.objects.create(
        assignment=row, developer_id=row.developer_id, agency_id=row.agency_id, status=found.outcome,
        origin=Origin.RUN_HERE if log.launch_id else Origin.IMPORTED, checkpoint=served.checkpoint, variant=log.variant,
        configuration_sha256=served.configuration_sha256,
        endpoint_fingerprint=verified.fingerprint if verified else "", domain=log.domain, suite=found.task,
        suite_version=found.task_version, restricted=log.restricted,
        harness=f"{found.harness} {found.harness_version}".strip() or "not named", sandbox_kind=found.sandbox, epochs=found.epochs,
        limits=found.limits, external_task_id=found.task_id, started_at=rules.moment_of(found.started_at),
        ended_at=rules.moment_of(found.completed_at), n_items=judged.n_items, n_scored=judged.n_scored,
        n_invalid=judged.n_invalid, n_error=found.n_error, n_limit=found.n_limit, tokens=found.tokens,
        items=[_item(item) for item in found.items], edited_after_run=found.edited, warnings=list(judged.warnings),
        reason_for_import=log.reason_for_import, imported_by=log.uploaded_by, provenance=found.provenance,
        ranges=[asdict(one) for one in found.ranges], alerts=[asdict(one) for one in found.alerts],
    )  # fmt: skip
    Result.objects.bulk_create(
        Result(
            run=run, developer_id=run.developer_id, agency_id=run.agency_id, metric=scored.metric[:120],
            slice=scored.slice[:120], ci_level=scored.level, scorer=scored.scorer[:120],
            estimate=scored.estimate.value, ci_low=scored.estimate.low, ci_high=scored.estimate.high,
            ci_method=scored.estimate.method, n=scored.estimate.n, successes=scored.successes,
        )
        for scored in judged.scored
    )  # fmt: skip
    return run


def _item(item: Item) -> dict[str, object]:
    scores = {name: [tally.successes, tally.attempts] for name, tally in item.scores.items()}
    return {"item": item.item, "scores": scores, "attempts": item.attempts, "tokens": item.tokens}


def _supersede(run: EvaluationRun) -> None:
    """Of several logs of one task the latest stands; the others never add to it."""
    if not run.external_task_id:
        return
    same = EvaluationRun.objects.filter(
        assignment=run.assignment, external_task_id=run.external_task_id, superseded_by=None
    ).exclude(pk=run.pk)
    for other in same.select_for_update(of=("self",)):
        earlier, later = (other, run) if _ended(other) <= _ended(run) else (run, other)
        earlier.superseded_by = later
        earlier.save(update_fields=["superseded_by"])


def _ended(run: EvaluationRun) -> float:
    at = run.ended_at or run.started_at
    return at.timestamp() if at else 0.0
