"""/api/v1/assignments/: the agency's moves and the developer's stop switch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, page_of, plain
from accounts.api.schema import Timeline
from audit.queries import timeline
from core.workflow import Workflow
from evaluations import actions, policies, queries
from evaluations.actions.assignments import STATEMENT
from evaluations.api import serializers as shapes
from evaluations.models import EvaluationAssignment, RoutingDecision
from evaluations.workflow import ASSIGNMENT

LISTED = (
    "reference", "status", "agency", "developer", "domains", "access_level", "received_at", "answer_due_at",
)  # fmt: skip
COLUMNS = (
    "id", "reference", "status", "domains", "access_level", "received_at", "answer_due_at", "ended_reason",
    "access_revoked_at", "max_testers", "fact_check_days", "fact_check_due_at", "report_due_at",
)  # fmt: skip


def shown(row: EvaluationAssignment, view: RoomAPIView) -> dict[str, Any]:
    """An assignment as the caller sees it."""
    person = view.person
    move = queries.next_action(row, person)
    why = RoutingDecision.objects.visible_to(person).filter(attempt=row.attempt_id, agency=row.agency).first()
    values: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS}
    values |= {
        "request": row.request.reference, "agency": row.agency.slug, "developer": row.developer_id,
        "routing": why.sentence if why else "", "statement": STATEMENT,
        "attested": policies.has_attested(person, row),
        "rules": getattr(row, "rules", None) if policies.may_see_inside(person, row) else None,
        "next": move["heading"], "due_at": move["due_at"],
    }  # fmt: skip
    return dict(shapes.AssignmentOut(values).data)


class Room(RoomAPIView):
    """Finds the assignment by its reference."""

    def one(self, reference: str) -> EvaluationAssignment:
        """The assignment if the caller may see it, else 404."""
        related = ("agency", "developer", "request", "rules")
        row: EvaluationAssignment = self.visible(EvaluationAssignment, *related, reference=reference)
        policies.may_see(self.person, row).require()
        return row


class Assignments(Room):
    """The list."""

    paged: ClassVar[bool] = True
    states: ClassVar[Workflow | None] = ASSIGNMENT
    access: ClassVar[dict[str, str]] = {"get": "evaluations.visible"}

    @extend_schema(operation_id="assignments_list", responses=page_of(shapes.AssignmentRow))
    def get(self, request: Request) -> Response:
        """The newest assignments that the caller sees: an agency its own, a developer those of its requests. Those of a
        developer with whom the caller has a conflict of interest are left out."""
        answer = self.page(EvaluationAssignment, columns=LISTED, show=plain(shapes.AssignmentRow))
        shut = {str(pk) for pk in policies.conflicts_of(self.person)}
        answer.data["results"] = [row for row in answer.data["results"] if str(row["developer"]) not in shut]
        return answer


class One(Room):
    """One assignment."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.visible"}

    @extend_schema(operation_id="assignments_read", responses=shapes.AssignmentOut)
    def get(self, request: Request, reference: str) -> Response:
        """State, why it was routed here, whose move it is; the rules of engagement for those who may see inside."""
        return Response(shown(self.one(reference), self))


class Checks(Room):
    """Results of access verification."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_see_inside"}

    @extend_schema(operation_id="assignments_access_checks", responses=page_of(shapes.AccessCheckOut))
    def get(self, request: Request, reference: str) -> Response:
        """Every verification of access with its probes and their timings, newest first. Both sides read it; an evaluator
        after attesting."""
        row = self.one(reference)
        policies.may_see_inside(self.person, row).require()
        return self.listed(shapes.AccessCheckOut, row.access_checks.select_related("opening").order_by("-created_at"))


class TimelineOf(Room):
    """What happened."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.visible"}

    @extend_schema(operation_id="assignments_timeline", responses=page_of(Timeline))
    def get(self, request: Request, reference: str) -> Response:
        """The assignment's timeline, newest first, at most 200 entries."""
        return self.listed(Timeline, timeline(self.one(reference), self.person))


def moved(verb: str) -> Callable[..., None]:
    """The action of a move that needs no input."""
    return partial(actions.move, verb=verb)


def step(verb: str, guard: str, reads: type[StrictSerializer], act: Callable[..., Any], says: str) -> Any:
    """A view class for one move: POST its input, get the assignment back."""

    class Step(Room):
        """One move of the life cycle."""

        access: ClassVar[dict[str, str]] = {"post": f"evaluations.{guard}"}

        @extend_schema(
            operation_id=f"assignments_{verb}", request=reads, responses={200: shapes.AssignmentOut}, summary=says,
            description=f"{says}.",
        )  # fmt: skip
        def post(self, request: Request, reference: str) -> Response:
            """Make the move."""
            row, sent = self.one(reference), self.read(reads)
            act(assignment=row, by=self.person, **sent)
            return Response(shown(self.one(reference), self))

    Step.__name__ = Step.__qualname__ = f"{verb.title()}Step"
    return Step
