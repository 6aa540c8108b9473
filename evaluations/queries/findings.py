"""What the pages of findings show: the section on an assignment's page, one finding with its thread, whose move it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agencies.domains import RiskDomain
from audit import queries as record
from audit import verbs
from early_access.hooks import OpenFinding
from early_access.models import EarlyAccessRequest
from evaluations import policies
from evaluations.models import (
    SEVERITY_SCALE,
    EvaluationAssignment,
    EvaluationRun,
    Finding,
    FindingEntry,
    RunLog,
    SharedRun,
)
from evaluations.workflow import FINDING, FINDING_DAYS, OPEN_FINDINGS

BOUND = 200
LISTED = ("reference", "status", "title", "severity", "assignment", "agency", "answer_due_at")
AT_ONCE = ("acknowledge", "resolve")  # nothing has to be said with these: a button makes the move


def findings(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """The section “Findings” of an assignment: all of them for the agency, the shared ones for the developer."""
    rows = list(Finding.objects.visible_to(user).filter(assignment=assignment).order_by("-created_at", "-id")[:BOUND])
    may_draft = policies.may_draft_finding(user, assignment)
    return {
        "rows": rows,
        "workflow": FINDING,
        "at_agency": bool(seats_of(user).holds(assignment.agency_id)),
        "may_draft": may_draft,
        "resting": assignment.status == "stopped" and any(row.status == "draft" for row in rows),
        "new_url": reverse("evaluations:draft_finding", args=[assignment.reference]),
    }


def choices_of_run(assignment: EvaluationAssignment) -> dict[str, str]:
    """The ended runs that a finding may rest on, newest first."""
    rows = EvaluationRun.objects.filter(assignment=assignment, status__in=("finished", "failed", "stopped"))
    shared = set(SharedRun.objects.filter(assignment=assignment).values_list("run_id", flat=True))
    return {
        str(row.pk): f"{row.suite or 'Unnamed suite'}, {row.status}{', shared' if row.pk in shared else ', not shared'}"
        for row in rows.order_by("-created_at")[:BOUND]
    }


def finding_page(finding: Finding, user: User) -> dict[str, Any]:
    """Everything below the panel: the scale's sentence, what it rests on, and the thread."""
    at_agency = bool(seats_of(user).holds(finding.agency_id))
    shared = SharedRun.objects.visible_to(user).filter(run=finding.run_id).first() if finding.run_id else None
    log = (
        RunLog.objects.visible_to(user).filter(run=finding.run_id).select_related("run").first() if at_agency else None
    )
    said = thread(finding, user)
    return {
        "at_agency": at_agency,
        "reported_as": list(dict.fromkeys(one["software_report"] for one in said if one["software_report"])),
        "readers": f"{finding.assignment.agency.name}; {finding.assignment.developer.name}",
        "scale": SEVERITY_SCALE[finding.severity],
        "domain": RiskDomain(finding.domain).label,
        "shared_run": shared,
        "log": log if finding.run_id else None,
        "thread": said,
        "may_comment": policies.may_comment_on_finding(user, finding),
    }


def thread(finding: Finding, user: User) -> list[dict[str, Any]]:
    """What both sides said, oldest first, with the move it came with."""
    return threads([finding], user)[finding.pk]


def threads(findings: list[Finding], user: User) -> dict[UUID, list[dict[str, Any]]]:
    """The threads of several findings by their ids: one query for what was said, two for who said it."""
    rows = FindingEntry.objects.visible_to(user).filter(finding__in=findings).order_by("created_at", "id")
    entries = list(rows[: BOUND * len(findings)])
    names = record.names_as_seen({e.by_id for e in entries if e.by_id}, user)
    runs = _runs_named({e.run_id for e in entries if e.run_id}, user)
    found: dict[UUID, list[dict[str, Any]]] = {finding.pk: [] for finding in findings}
    for e in entries:
        found[e.finding_id].append(
            {
                "actor": names.get(e.by_id, "Concord") if e.by_id else "Concord", "move": e.move, "text": e.text,
                "said": verbs.sentence(f"evaluations.finding_{e.move or 'commented'}"), "at": e.created_at,
                "run": runs.get(e.run_id) if e.run_id else None, "software_report": e.software_report,
            }
        )  # fmt: skip
    return found


def _runs_named(keys: set[UUID], user: User) -> dict[UUID, dict[str, str]]:
    """Label and address of runs as this reader may read of them: the agency its own, the developer the shared copy. A run
    that is not shared is not named to the developer."""
    if not keys:
        return {}
    own = RunLog.objects.visible_to(user).filter(run__in=keys).select_related("run", "assignment")
    found = {
        log.run_id: {"label": log.run.suite or log.file_name, "url": _at("run", log.assignment.reference, log.pk)}
        for log in own
        if log.run is not None
    }
    copies = SharedRun.objects.visible_to(user).filter(run__in=keys - found.keys()).select_related("assignment")
    return found | {
        copy.run_id: {"label": copy.label, "url": _at("shared_run", copy.assignment.reference, copy.pk)}
        for copy in copies
    }


def _at(name: str, reference: str, key: UUID) -> str:
    return reverse(f"evaluations:{name}", args=[reference, key])


def finding_action(finding: Finding, user: User) -> dict[str, Any]:
    """The panel: whose move it is, why, by when, and the buttons of this person's side."""
    heading, why = FINDING_SENTENCES[finding.status]
    return {"heading": heading, "why": why, "due_at": finding.answer_due_at, "actions": _buttons(finding, user)}


def moves_of(finding: Finding, user: User) -> list[tuple[Any, Any]]:
    """(move, decision) for every move of this person's side out of this state."""
    seats = seats_of(user)
    sides = [
        side
        for side, organisation in (("agency", finding.agency_id), ("developer", finding.shared_with_id))
        if seats.holds(organisation)
    ]
    return [(m, policies.may_move_finding(user, finding, m.name)) for m in FINDING.moves_from(finding.status, sides)]


def days_after(verb: str) -> int | None:
    """How many days the other side is given for an answer to this move."""
    return FINDING_DAYS.get(FINDING.move(verb).target)


def _buttons(finding: Finding, user: User) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for move, decision in moves_of(finding, user):
        found.append(
            {
                "label": move.label, "url": reverse("evaluations:move_finding", args=[finding.reference, move.name]),
                "post": move.name in AT_ONCE, "decision": decision, "danger": move.danger,
                "primary": bool(decision) and not move.danger and not any(b["primary"] for b in found),
            }
        )  # fmt: skip
    if finding.status == "draft":
        for name, label, decision in (
            ("edit_finding", "Edit", policies.may_edit_finding(user, finding)),
            ("discard_finding", "Discard the draft", policies.may_discard_finding(user, finding)),
        ):
            if decision:
                url = reverse(f"evaluations:{name}", args=[finding.reference])
                danger = name == "discard_finding"
                found.append({"label": label, "url": url, "post": False, "decision": decision, "danger": danger})
    return found


def readable(rows: Iterable[dict[str, Any]], user: User) -> list[dict[str, Any]]:
    """Rows of a list with their agency's name; the title stays closed to agency people who have not attested."""
    listed = list(rows)
    developers = {s.organisation.pk for s in seats_of(user).all if s.organisation.is_developer}
    attested = attested_by(user, {row["assignment"] for row in listed})
    theirs = EvaluationAssignment.objects.filter(pk__in={row["assignment"] for row in listed}, developer__in=developers)
    open_to = attested | set(theirs.values_list("pk", flat=True))
    names = {o.pk: o.name for o in Organisation.objects.filter(pk__in={row["agency"] for row in listed})}
    return [
        {
            **row, "agency_name": names.get(row["agency"], ""),
            "title": row["title"] if row["assignment"] in open_to else "",
            "severity_label": Finding.Severity(row["severity"]).label,
        }
        for row in listed
    ]  # fmt: skip


def attested_by(user: User, assignments: set[UUID]) -> set[UUID]:
    """Those of the assignments that this person attested for."""
    rows = policies.assignments_attested_by(user).filter(assignment__in=assignments)
    return set(rows.values_list("assignment_id", flat=True))


def open_findings(request: EarlyAccessRequest) -> list[OpenFinding]:
    """The open findings of a request, for its developer's release notice."""
    rows = Finding.objects.filter(
        shared_with=request.developer_id, assignment__request=request, status__in=OPEN_FINDINGS
    )
    return [
        OpenFinding(row.reference, row.title, row.agency_id, row.get_absolute_url())
        for row in rows.order_by("created_at", "id")
    ]


FINDING_SENTENCES = {
    "draft": ("The agency’s move: edit or share", "Nobody but the agency reads a draft."),
    "shared": ("The developer’s move: acknowledge or dispute", "The agency shared it and waits for a first answer."),
    "acknowledged": ("The developer’s move: plan a remedy, accept the risk or dispute",
                     "What is done about it is the developer’s own decision."),
    "disputed": ("The agency’s move: uphold or withdraw the finding", "The developer says that it is not so."),
    "remediation_planned": ("The developer’s move: report it remedied", "The plan stands in the thread below."),
    "remediated": ("The agency’s move: record a retest", "The developer reports that it is remedied."),
    "retested": ("The agency’s move: resolve it, or say that it is still there", "The retest stands in the thread below."),
    "resolved": ("Nobody’s move: resolved", "It stays readable for both sides."),
    "open_at_release": ("Nobody is asked for anything: it was open when the release notice was issued",
                        "Releasing is the developer’s own decision. The developer can still plan or report a remedy, accept the"
                        " risk or dispute it, and the agency can withdraw it."),
    "accepted_risk": ("Nobody’s move: the developer accepted the risk", "Its reason stands in the thread below."),
}  # fmt: skip
