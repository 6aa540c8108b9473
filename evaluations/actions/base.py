"""What every verb of this room shares: the lock, and the move with its audit row."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core import typesetting
from core.decisions import Conflict, Invalid, Problem
from early_access.models import EarlyAccessRequest
from evaluations.models import EvaluationAssignment, EvaluationRun
from evaluations.workflow import ASSIGNMENT
from jobs import actions as jobs

REPORT_DAYS = 30
LONGEST = 20_000


def locked(assignment: EvaluationAssignment) -> EvaluationAssignment:
    """The row as it is now, held until the transaction ends."""
    rows = EvaluationAssignment.objects.select_for_update(of=("self",)).select_related("request", "agency", "developer")
    try:
        return rows.get(pk=assignment.pk)
    except ObjectDoesNotExist as error:
        raise Conflict("This assignment does not exist any more.") from error


def held_run(run: EvaluationRun) -> EvaluationRun:
    """A run as it is now with its assignment, held until the transaction ends; its assignment is locked before."""
    rows = EvaluationRun.objects.select_for_update(of=("self",)).select_related("assignment", "checkpoint", "log")
    found = rows.filter(pk=run.pk).first()
    if found is None:
        raise Conflict("This run does not exist any more.")
    return found


def held(request: EarlyAccessRequest, *states: str, agency: Organisation | None = None) -> list[EvaluationAssignment]:
    """A request's assignments in these states (one agency's, or all), held until the transaction ends."""
    rows = EvaluationAssignment.objects.select_for_update(of=("self",)).select_related("agency", "developer")
    mine = {"agency": agency} if agency else {}
    return list(rows.filter(request=request, status__in=states, **mine).order_by("id"))


def made(row: EvaluationAssignment, verb: str, *, by: User | None, reason: str = "", consequence: bool = False) -> None:
    """Write one move of the table on a locked row and record it for both sides (`consequence` as in audit)."""
    ASSIGNMENT.may(row.status, verb).require()
    frees = row.occupies_a_place
    row.status = ASSIGNMENT.move(verb).target
    row.save()
    if frees and not row.occupies_a_place:
        look_at_places(row.agency_id, f"{row.pk}:{verb}")
    said(row, verb, by=by, reason=reason, consequence=consequence)


def look_at_places(agency: UUID, occasion: str) -> None:
    """A place may be free: a job sees whose turn it is, and whether what was too much still is. It sees the agency's rows,
    which whoever frees the place may not."""
    jobs.enqueue(
        "evaluations.look_at_places", key=f"evaluations.look_at_places:{agency}:{occasion}", organisations=[agency],
        payload={"agency": str(agency)},
    )  # fmt: skip


def said(
    row: EvaluationAssignment, verb: str, *, by: User | None, reason: str = "", only_agency: bool = False,
    consequence: bool = False,
) -> None:  # fmt: skip
    """Record a verb that moves nothing, for both sides unless it is the agency's alone."""
    parties = [row.agency_id] if only_agency else [row.developer_id, row.agency_id]
    audit.record(f"evaluations.{verb}", row, by=by, parties=parties, reason=reason, consequence=consequence)


def begin_analysis(row: EvaluationAssignment, *, by: User | None, reason: str = "", consequence: bool = False) -> None:
    """Testing has ended; from now a report is expected, and a clock says so when it does not come."""
    row.report_due_at = timezone.now() + timedelta(days=REPORT_DAYS)
    made(row, "analyse", by=by, reason=reason, consequence=consequence)
    jobs.enqueue(
        "evaluations.report_overdue", key=f"evaluations.report_overdue:{row.pk}:1",
        organisations=[row.developer_id, row.agency_id], payload={"assignment": str(row.pk)},
        not_before=row.report_due_at,
    )  # fmt: skip


def needed(text: str, field: str, sentence: str) -> str:
    """The stripped text; Invalid when there is none."""
    if not text.strip():
        raise Invalid([Problem(field, sentence)])
    return text.strip()


def printable(typed: dict[str, str]) -> list[Problem]:
    """What cannot stand in the PDF, said at its field while it is still being typed."""
    found = []
    for name, text in typed.items():
        if len(text) > LONGEST:
            found.append(Problem(name, f"At most {LONGEST:,} characters fit here. Shorten the text."))
        elif wrong := typesetting.unprintable(text):
            shown = ", ".join(f"{c if c.isprintable() else ''} (U+{ord(c):04X})".strip() for c in wrong[:5])
            found.append(Problem(name, f"The PDF cannot print this: {shown}. Write it in other characters."))
    return found
