"""What jobs of this room do: an id in, one action out. Verification calls the outside before it writes."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from datetime import datetime
from typing import Any, BinaryIO, TypeVar
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Organisation
from core import envelope, rls, sealed_files
from core.egress import EgressClient, allowance_of
from core.storage import FileDamaged
from early_access import keys
from early_access import policies as early_access_policies
from early_access import queries as early_access
from early_access.actions.credentials import opening_for_worker
from early_access.actions.proving import opening_for_proof
from early_access.actions.proving import record_proof as record_revocation
from early_access.models import EarlyAccessRequest, RevocationProof
from evaluations import access_checks, actions
from evaluations.actions import supervised
from evaluations.formats import child
from evaluations.formats.inspect_log import LogRefused
from evaluations.formats.summaries import LogSummary
from evaluations.models import EvaluationAssignment, FactCheck, LogView, RunLog
from jobs import actions as jobs
from jobs.models import Job

logger = logging.getLogger("concord.alarm")
Found = TypeVar("Found")
BROKEN = "The sealed log does not open any more: it was changed or cut off in the store. Upload it again."


def route(job: Job) -> None:
    """Route the job's requests (one, or up to a hundred), seeing what their developers, intake agencies and the agencies
    consented to see: whoever enqueued the job may not know them all, the developers' context does.

    A batch that failed is not tried as one again: each request gets a job of its own, so that one cannot hold up others.
    """
    keys = job.payload.get("requests") or [job.payload["request"]]
    cause = job.payload.get("cause", "The dates were agreed")
    newest = bool(job.payload.get("newest_rules"))
    if len(keys) > 1 and job.attempts > 1:
        jobs.enqueue_all(
            jobs.Order(
                job.kind,
                f"{job.key}:{key}",
                tuple(job.organisations),
                {"request": key, "cause": cause, "newest_rules": newest},
            )
            for key in keys
        )
        return
    requests = EarlyAccessRequest.objects.filter(pk__in=keys)
    see = {agency.pk for listed in early_access.consented_of(r.pk for r in requests).values() for agency in listed}
    see |= {pk for request in requests for pk in (request.developer_id, request.intake_agency_id) if pk}
    with rls.context(organisations=tuple(see), actor=f"job:{job.kind}"):
        actions.route_all(requests=[UUID(key) for key in keys], cause=cause, newest_rules=newest)


def look_at_places(job: Job) -> None:
    """A place of an agency may be free."""
    actions.look_at_places(agency=Organisation.objects.get(pk=job.payload["agency"]))


def receive(job: Job) -> None:
    """The agency's worker takes an assignment in."""
    actions.receive(assignment=EvaluationAssignment.objects.get(pk=job.payload["assignment"]))


def verify_access(job: Job) -> tuple[access_checks.Verification, UUID, datetime] | None:
    """Open the sealed key in the agency's worker, for this call only, and probe the endpoint over HTTP."""
    with rls.context(organisations=tuple(job.organisations), actor=f"job:{job.kind}"):
        row = EvaluationAssignment.objects.select_related("request", "agency").get(pk=job.payload["assignment"])
        specification = early_access.specification(row.request)
        credential = early_access.live_credential(row.request, job.payload.get("variant", ""))
        if (
            not early_access_policies.may_use_access(row.request, row.agency)
            or specification is None
            or credential is None
        ):
            return None
        key, opening = opening_for_worker(credential, row.agency, reason="Access verification by the agency's worker.")
        base_url, model_name = keys.address(credential, specification)
    endpoint = access_checks.Endpoint(base_url, model_name, specification.tools, specification.streaming)
    client = EgressClient(allowance_of(settings.EGRESS_SIMULATOR), seconds=10)
    began = timezone.now()
    return access_checks.verify(endpoint, key, client), opening.pk, began


def record_verification(job: Job, outcome: Any) -> None:
    """Store what was found; nothing when the window had closed meanwhile."""
    if outcome is None:
        return
    found, opening, began = outcome
    row = EvaluationAssignment.objects.get(pk=job.payload["assignment"])
    actions.record_verification(assignment=row, found=found, opening=opening, began=began)


def prove_revocation(job: Job) -> access_checks.Probe | None:
    """Open what is kept of a revoked key in the agency's worker, for this call only, and ask the endpoint once."""
    with rls.context(organisations=tuple(job.organisations), actor=f"job:{job.kind}"):
        proof = RevocationProof.objects.get(pk=job.payload["proof"])
        key = opening_for_proof(proof)
    if key is None:
        return None
    client = EgressClient(allowance_of(settings.EGRESS_SIMULATOR), seconds=10)
    return access_checks.refused(access_checks.Endpoint(proof.base_url, proof.model_name), key, client)


SEEN = {access_checks.OK: "refused", access_checks.FAILED: "still_taken"}


def record_proof(job: Job, seen: access_checks.Probe | None) -> None:
    """Store what the worker saw; nothing when nothing was left of the key meanwhile."""
    if seen is not None:
        proof = RevocationProof.objects.get(pk=job.payload["proof"])
        record_revocation(proof=proof, outcome=SEEN.get(seen.outcome, "unreachable"), sentence=seen.sentence[:400])


def item_key(agency: UUID) -> bytes:
    """The key of the item hashes of one agency: its runs can be compared item by item, two agencies' cannot."""
    return bytes(salted_hmac("evaluations.items", str(agency), algorithm="sha256").digest())


def read_log(job: Job) -> LogSummary | str | None:
    """Open the sealed log in the agency's worker and have the child read it: its summary, or the sentence that
    refuses it. None when it was read before."""
    with rls.context(organisations=tuple(job.organisations), actor=f"job:{job.kind}"):
        log = RunLog.objects.select_related("agency").get(pk=job.payload["log"])
    if log.read_at is not None:
        return None
    return _inside(log, lambda file: child.summarise(file, key=item_key(log.agency_id)))


def _inside(log: RunLog, read: Callable[[BinaryIO], Found]) -> Found | str:
    """What is read of the opened log, which is gone afterwards; or the sentence that says why it cannot be."""
    place, slug = actions.place(log), str(log.agency.slug)
    with tempfile.TemporaryFile() as opened:
        try:
            for piece in sealed_files.read(envelope.provider(), place, log.stored_as, slug):
                opened.write(piece)
        except (envelope.SealBroken, FileDamaged):
            logger.critical("a sealed log does not open in its place: %s", log.pk)
            return BROKEN
        try:
            return read(opened)
        except LogRefused as refused:
            return str(refused)


def open_log(job: Job) -> bytes | str | None:
    """Read one block of a sealed log's samples in the agency's worker. None when nobody waits for it any more."""
    with rls.context(organisations=tuple(job.organisations), actor=f"job:{job.kind}"):
        view = LogView.objects.select_related("log__agency").filter(pk=job.payload["view"], answered_at=None).first()
    if view is None or view.expires_at <= timezone.now():
        return None
    return _inside(view.log, lambda file: child.samples(file, block=view.block))


def record_view(job: Job, found: Any) -> None:
    """Hand over what was read, sealed to whoever asked."""
    view = LogView.objects.filter(pk=job.payload["view"]).first()
    if view is None or found is None:
        return
    if isinstance(found, str):
        actions.record_view(view=view, refused=found)
    else:
        actions.record_view(view=view, text=found)


def record_log(job: Job, found: Any) -> None:
    """Store what was read, or why it was refused."""
    if found is None:
        return
    log = RunLog.objects.select_related("assignment", "uploaded_by").get(pk=job.payload["log"])
    if isinstance(found, str):
        actions.refuse_log(log=log, sentence=found)
    else:
        actions.record_run(log=log, found=found)


def not_here(job: Job) -> None:
    """A run's job ends with its run (actions/supervised.py); a worker that gets hold of it refuses."""
    raise RuntimeError("runs are supervised by `manage.py supervise_runs`, never by a Celery worker")


def watch_run(job: Job) -> None:
    """Whether the supervisor of a run is still heard of."""
    found = job.payload
    supervised.lose_silent(launch=UUID(found["launch"]), start=found["start"], turn=found["turn"])


def end_fact_check(job: Job) -> None:
    """The fact check is due."""
    actions.lapse_fact_check(fact_check=FactCheck.objects.get(pk=job.payload["fact_check"]))


def remind_of_answer(job: Job) -> None:
    """An answer to a proposal is due soon."""
    actions.remind_of_answer(assignment=EvaluationAssignment.objects.get(pk=job.payload["assignment"]))


def lapse(job: Job) -> None:
    """An answer to a proposal was due."""
    actions.lapse(assignment=EvaluationAssignment.objects.get(pk=job.payload["assignment"]))


def report_overdue(job: Job) -> None:
    """A report was expected by now."""
    actions.report_overdue(assignment=EvaluationAssignment.objects.get(pk=job.payload["assignment"]))


def reconcile(job: Job) -> None:
    """Bring a request in line with its assignments."""
    actions.reconcile(request=EarlyAccessRequest.objects.get(pk=job.payload["request"]))
