"""Incidents over the API: reported and moved through the same actions as the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, page_of
from core.workflow import Workflow
from evaluations import actions, policies, queries
from evaluations.api.findings import MoveOut
from evaluations.api.results import Inside
from evaluations.models import INCIDENT_KINDS, INCIDENT_SCALE, EvaluationIncident
from evaluations.workflow import INCIDENT

RELATED = ("assignment__agency", "assignment__developer", "assignment__request", "reporter", "told")
KINDS = " ".join(f"{name}: {sentence}" for name, sentence in INCIDENT_KINDS.items())
SCALE = " ".join(f"{name}: {sentence}" for name, sentence in INCIDENT_SCALE.items())


class IncidentIn(StrictSerializer):
    """What somebody reports."""

    kind = serializers.ChoiceField(choices=EvaluationIncident.Kind.choices, help_text=KINDS)
    severity = serializers.ChoiceField(choices=EvaluationIncident.Severity.choices, help_text=SCALE)
    discovered_at = serializers.DateTimeField(help_text="The clock of the notice starts here.")
    what_happened = serializers.CharField(max_length=20_000, allow_blank=True)
    what_was_done = serializers.CharField(max_length=20_000, allow_blank=True, default="")


class IncidentSayIn(StrictSerializer):
    """The words of a step."""

    text = serializers.CharField(max_length=20_000, allow_blank=True, default="")


class ContainIn(IncidentSayIn):
    """How it was contained, and what Concord does at once: each by the rule of its own button."""

    measures = serializers.ListField(
        child=serializers.ChoiceField(choices=EvaluationIncident.Measure.choices), default=list, max_length=3
    )


class NoteIn(StrictSerializer):
    """What became known or was done meanwhile."""

    text = serializers.CharField(max_length=20_000, allow_blank=True)


class NoteOut(serializers.Serializer):
    """One note; it stays as it was written."""

    side = serializers.ChoiceField(choices=("agency", "developer"), help_text="Who wrote it.")
    at = serializers.DateTimeField()
    text = serializers.CharField()


class IncidentRow(serializers.Serializer):
    """One row of the list."""

    reference = serializers.CharField()
    status = serializers.CharField()
    kind = serializers.CharField()
    severity = serializers.CharField()
    reporter = serializers.UUIDField(help_text="The organisation that reported it.")
    notice_due_at = serializers.DateTimeField()
    notified_at = serializers.DateTimeField(allow_null=True)


class IncidentOut(serializers.Serializer):
    """One incident; until the other side is notified it is the reporting side's alone."""

    reference = serializers.CharField()
    assignment = serializers.CharField(source="assignment.reference", help_text="Reference of the assignment.")
    reporter = serializers.CharField(
        source="reporter.slug",
        allow_null=True,
        help_text="Slug of the agency that reported it; null: the developer did.",
    )
    status = serializers.CharField()
    kind = serializers.CharField(help_text=KINDS)
    severity = serializers.CharField(help_text=SCALE)
    discovered_at = serializers.DateTimeField()
    notice_hours = serializers.IntegerField(help_text="Hours from the discovery to the notice, by the agreement.")
    notice_due_at = serializers.DateTimeField()
    what_happened = serializers.CharField()
    what_was_done = serializers.CharField(allow_blank=True)
    containment = serializers.CharField(allow_blank=True)
    measures = serializers.ListField(child=serializers.CharField())
    contained_at = serializers.DateTimeField(allow_null=True)
    notice = serializers.CharField(allow_blank=True)
    notified_at = serializers.DateTimeField(allow_null=True)
    investigation = serializers.CharField(allow_blank=True)
    lessons = serializers.CharField(allow_blank=True)
    notes = NoteOut(many=True, source="told_notes")
    next = serializers.CharField(help_text="What comes next, in a sentence.")
    moves = MoveOut(many=True)


class Room(RoomAPIView):
    """Finds the incident by its reference."""

    def incident(self, reference: str) -> EvaluationIncident:
        """The incident if the caller may see it and read inside its assignment, else 404 or 403."""
        row: EvaluationIncident = self.visible(EvaluationIncident, *RELATED, reference=reference)
        policies.may_read_incident(self.person, row).require()
        return row

    def again(self, reference: str) -> Response:
        """The incident as it is now."""
        return Response(shown(self.incident(reference), self))


def shown(row: EvaluationIncident, view: RoomAPIView) -> dict[str, Any]:
    """One incident as the caller sees it."""
    row.next = queries.INCIDENT_SENTENCES[row.status][0]  # type: ignore[attr-defined]  # for the serializer
    row.moves = [  # type: ignore[attr-defined]  # for the serializer
        {"name": move.name, "label": move.label, "needs_text": move.needs_reason, "allowed": bool(decision),
         "why_not": decision.sentence}
        for move, decision in queries.incident_moves(row, view.person)
    ]  # fmt: skip
    row.told_notes = queries.incident_notes(row, view.person)  # type: ignore[attr-defined]  # for the serializer
    return dict(IncidentOut(row).data)


class OfAssignment(Inside):
    """Incidents of one assignment."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_see_inside", "post": "evaluations.may_report_incident"}

    @extend_schema(operation_id="assignments_incidents", responses=page_of(IncidentOut))
    def get(self, request: Request, reference: str) -> Response:
        """The incidents that the caller sees, newest first."""
        rows = EvaluationIncident.objects.visible_to(self.person).filter(assignment=self.inside(reference))
        found = rows.select_related(*RELATED).order_by("-created_at", "-id")[: queries.BOUND]
        return Response({"results": [shown(row, self) for row in found], "next": None})

    @extend_schema(operation_id="incidents_report", request=IncidentIn, responses={201: IncidentOut})
    def post(self, request: Request, reference: str) -> Response:
        """Report an incident for one's own side. The other side reads it once it is notified."""
        row = self.inside(reference)
        policies.may_report_incident(self.person, row).require()  # before the input is judged
        made = actions.report_incident(assignment=row, by=self.person, **self.read(IncidentIn))
        made.assignment = row
        return Response(shown(made, self), status=201)


class Incidents(RoomAPIView):
    """The list."""

    paged: ClassVar[bool] = True
    states: ClassVar[Workflow | None] = INCIDENT
    access: ClassVar[dict[str, str]] = {"get": "evaluations.visible"}

    @extend_schema(operation_id="incidents_list", responses=page_of(IncidentRow))
    def get(self, request: Request) -> Response:
        """The newest incidents that the caller sees: those of its own side, and those it was notified of."""
        answer = self.page(EvaluationIncident, columns=queries.INCIDENTS_LISTED)
        answer.data["results"] = IncidentRow(answer.data["results"], many=True).data
        return answer


class One(Room):
    """One incident."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_read_incident"}

    @extend_schema(operation_id="incidents_read", responses=IncidentOut)
    def get(self, request: Request, reference: str) -> Response:
        """What happened, its clock, what was done and learnt, and the caller's steps."""
        return self.again(reference)


class Notes(Room):
    """Notes of one incident."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_note_incident"}

    @extend_schema(operation_id="incidents_note", request=NoteIn, responses={200: IncidentOut})
    def post(self, request: Request, reference: str) -> Response:
        """Add a note: what became known or was done meanwhile. It moves nothing; the other side reads it once it was notified."""
        row = self.incident(reference)
        policies.may_note_incident(self.person, row).require()
        actions.note_incident(incident=row, by=self.person, **self.read(NoteIn))
        return self.again(reference)


def step(verb: str) -> Any:
    """A view class for one step of the table."""
    move = INCIDENT.move(verb)
    reads = ContainIn if verb.startswith("contain") else IncidentSayIn

    class Step(Room):
        """One step of the life cycle."""

        access: ClassVar[dict[str, str]] = {"post": "evaluations.may_move_incident"}

        @extend_schema(
            operation_id=f"incidents_{verb}", request=reads, responses={200: IncidentOut}, summary=move.label,
            description=f"{move.label}. The text is {'needed' if move.needs_reason else 'optional'}.",
        )  # fmt: skip
        def post(self, request: Request, reference: str) -> Response:
            """Take the step."""
            row, sent = self.incident(reference), self.read(reads)
            actions.move_incident(incident=row, verb=verb, by=self.person, **sent)
            return self.again(reference)

    Step.__name__ = Step.__qualname__ = f"{verb.title().replace('_', '')}IncidentStep"
    return Step
