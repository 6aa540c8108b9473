"""Findings over the API: written and answered through the same actions as the pages, each move at an address of its own."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, VisibleRelatedField, page_of
from accounts.api.schema import Timeline
from accounts.seats import seats_of
from audit.queries import timeline
from core.workflow import Workflow
from evaluations import actions, policies, queries
from evaluations.api.results import Inside
from evaluations.models import SEVERITY_SCALE, EvaluationRun, Finding, SharedRun
from evaluations.workflow import FINDING

SCALE = " ".join(f"{name}: {sentence}" for name, sentence in SEVERITY_SCALE.items())
RELATED = ("assignment__agency", "assignment__request", "assignment__developer")
COLUMNS = (
    "reference", "status", "title", "severity", "domain", "text", "mitigation", "row_version", "shared_at", "moved_at",
    "answer_due_at",
)  # fmt: skip


class FindingIn(StrictSerializer):
    """What an evaluator writes. Length and content are checked by the action, field by field."""

    title = serializers.CharField(max_length=200, allow_blank=True)
    severity = serializers.ChoiceField(choices=Finding.Severity.choices, help_text=SCALE)
    domain = serializers.CharField(max_length=40, help_text="One of the assignment's domains.")
    text = serializers.CharField(max_length=20_000, allow_blank=True)
    mitigation = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    run = VisibleRelatedField(
        EvaluationRun, allow_null=True, default=None, help_text="The run that it rests on, or null. It must be shared to be named."
    )  # fmt: skip


class FindingEditIn(FindingIn):
    """The same for a draft that was opened before."""

    row_version = serializers.IntegerField(
        min_value=1, help_text="As it was read. A stale one answers 409 with both texts."
    )


class SayIn(StrictSerializer):
    """What is said to the other side with a move."""

    text = serializers.CharField(max_length=20_000, allow_blank=True, default="")


class RetestIn(SayIn):
    """The same with the run that the retest was."""

    run = VisibleRelatedField(
        EvaluationRun, allow_null=True, default=None, help_text="The run that the retest was, or null. It must be shared to be named."
    )  # fmt: skip


class FindingCommentIn(StrictSerializer):
    """A comment, and where a flaw in the world's software is handled, if the finding concerns one."""

    text = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    software_report = serializers.CharField(
        max_length=60, allow_blank=True, default="", help_text="The reference of that report alone, such as a CVE or a case number."
    )  # fmt: skip


class DiscardIn(StrictSerializer):
    """The reference, typed."""

    typed = serializers.CharField(max_length=20, help_text="The finding's reference: nothing brings a draft back.")


class DiscardedOut(serializers.Serializer):
    """What was discarded."""

    reference = serializers.CharField()


class EntryOut(serializers.Serializer):
    """One thing said about a finding by either side."""

    at = serializers.DateTimeField()
    by = serializers.CharField(source="actor", help_text="Colleagues by name, people of the other side by role.")
    move = serializers.CharField(allow_blank=True, help_text="Empty for a comment.")
    text = serializers.CharField(allow_blank=True)
    software_report = serializers.CharField(
        allow_blank=True, help_text="Where a flaw in the world's software is handled."
    )
    run = serializers.SerializerMethodField(help_text="Of a retest: the name of its run as the caller may read it.")

    def get_run(self, said: dict[str, Any]) -> str:
        """Empty for none, or for one that is not shared."""
        return str(said["run"]["label"]) if said.get("run") else ""


class MoveOut(serializers.Serializer):
    """One move of the caller's side out of this state."""

    name = serializers.CharField()
    label: Any = serializers.CharField()
    needs_text = serializers.BooleanField()
    allowed = serializers.BooleanField()
    why_not = serializers.CharField(allow_blank=True, help_text="Why not, and who can.")


class FindingRow(serializers.Serializer):
    """One row of the list."""

    reference = serializers.CharField()
    status = serializers.CharField()
    title = serializers.CharField(allow_blank=True, help_text="Empty for people of the agency who have not attested.")
    severity = serializers.CharField()
    agency = serializers.UUIDField()
    answer_due_at = serializers.DateTimeField(allow_null=True)


class FindingOut(serializers.Serializer):
    """One finding; a draft is the agency's alone. Once shared, its words do not change."""

    reference = serializers.CharField()
    assignment = serializers.CharField(help_text="Reference of the assignment.")
    agency = serializers.CharField(help_text="Slug of the agency.")
    status = serializers.CharField()
    title = serializers.CharField()
    severity = serializers.ChoiceField(choices=Finding.Severity.choices, help_text=SCALE)
    domain = serializers.CharField()
    text = serializers.CharField()
    mitigation = serializers.CharField(allow_blank=True)
    run = serializers.UUIDField(
        allow_null=True, help_text="The agency's own run that it rests on; null for the developer."
    )
    shared_run = serializers.UUIDField(allow_null=True, help_text="The developer's copy of that run, if it was shared.")
    row_version = serializers.IntegerField()
    shared_at = serializers.DateTimeField(allow_null=True)
    moved_at = serializers.DateTimeField(allow_null=True)
    answer_due_at = serializers.DateTimeField(
        allow_null=True, help_text="By when the side whose move it is is asked to answer."
    )
    next = serializers.CharField(help_text="Whose move it is, in a sentence.")
    moves = MoveOut(many=True)
    entries = EntryOut(many=True)


def shown(rows: list[Finding], view: RoomAPIView) -> list[dict[str, Any]]:
    """Findings of one assignment as the caller sees them."""
    person, threads = view.person, queries.threads(rows, view.person)
    runs = [row.run_id for row in rows if row.run_id]
    copies = dict(SharedRun.objects.visible_to(person).filter(run__in=runs).values_list("run_id", "pk"))
    found = []
    for row in rows:
        at_agency = seats_of(person).holds(row.agency_id)
        values: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS}
        values |= {
            "assignment": row.assignment.reference, "agency": row.assignment.agency.slug,
            "run": row.run_id if at_agency else None, "shared_run": copies.get(row.run_id) if row.run_id else None,
            "next": queries.FINDING_SENTENCES[row.status][0], "entries": threads[row.pk],
            "moves": [
                {"name": move.name, "label": move.label, "needs_text": move.needs_reason, "allowed": bool(decision),
                 "why_not": decision.sentence}
                for move, decision in queries.moves_of(row, person)
            ],
        }  # fmt: skip
        found.append(dict(FindingOut(values).data))
    return found


class Room(RoomAPIView):
    """Finds the finding by its reference."""

    def finding(self, reference: str) -> Finding:
        """The finding if the caller may see it and read inside its assignment, else 404 or 403."""
        row: Finding = self.visible(Finding, *RELATED, reference=reference)
        policies.may_read_finding(self.person, row).require()
        return row

    def again(self, reference: str, status: int = 200) -> Response:
        """The finding as it is now."""
        return Response(shown([self.finding(reference)], self)[0], status=status)


class OfAssignment(Inside):
    """Findings of one assignment."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_see_inside", "post": "evaluations.may_draft_finding"}

    @extend_schema(operation_id="assignments_findings", responses=page_of(FindingOut))
    def get(self, request: Request, reference: str) -> Response:
        """The findings that the caller sees, newest first, with what each side said about them."""
        row = self.inside(reference)
        rows = Finding.objects.visible_to(self.person).filter(assignment=row).select_related(*RELATED)
        found = list(rows.order_by("-created_at", "-id")[: queries.BOUND])
        return Response({"results": shown(found, self), "next": None})

    @extend_schema(
        operation_id="findings_draft", request=FindingIn, responses={201: FindingOut},
        examples=[
            OpenApiExample(
                "A draft", request_only=True,
                value={"title": "Refusal gives way", "severity": "high", "domain": "cybersecurity", "run": None,
                       "text": "With forty turns of preamble the refusal stops.", "mitigation": ""},
            )
        ],
    )  # fmt: skip
    def post(self, request: Request, reference: str) -> Response:
        """Write down a finding as a draft: the developer reads nothing of it until it is shared. For evaluators who attested."""
        row = self.inside(reference)
        policies.may_draft_finding(self.person, row).require()  # before the input is judged
        sent = self.read(FindingIn)
        made = actions.draft_finding(assignment=row, by=self.person, **sent)
        made.assignment = row
        return Response(shown([made], self)[0], status=201)


class Findings(RoomAPIView):
    """The list."""

    paged: ClassVar[bool] = True
    states: ClassVar[Workflow | None] = FINDING
    access: ClassVar[dict[str, str]] = {"get": "evaluations.visible"}

    @extend_schema(operation_id="findings_list", responses=page_of(FindingRow))
    def get(self, request: Request) -> Response:
        """The newest findings that the caller sees: an agency its own with drafts, a developer those shared with it."""
        answer = self.page(Finding, columns=queries.LISTED)
        rows = queries.readable(answer.data["results"], self.person)
        answer.data["results"] = FindingRow(rows, many=True).data
        return answer


class One(Room):
    """One finding."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_read_finding", "put": "evaluations.may_edit_finding"}

    @extend_schema(operation_id="findings_read", responses=FindingOut)
    def get(self, request: Request, reference: str) -> Response:
        """Its words, what it rests on, whose move it is with the caller's moves, and what both sides said."""
        return self.again(reference)

    @extend_schema(operation_id="findings_edit", request=FindingEditIn, responses={200: FindingOut})
    def put(self, request: Request, reference: str) -> Response:
        """Change a draft. 409 carries both texts when somebody saved it since `row_version`."""
        row = self.finding(reference)
        policies.may_edit_finding(self.person, row).require()
        sent = self.read(FindingEditIn)
        actions.edit_finding(finding=row, by=self.person, **sent)
        return self.again(reference)


class Comments(Room):
    """The thread."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_comment_on_finding"}

    @extend_schema(operation_id="findings_comment", request=FindingCommentIn, responses={201: FindingOut})
    def post(self, request: Request, reference: str) -> Response:
        """Say something to the other side without a move; also after the test has ended."""
        actions.comment_on_finding(finding=self.finding(reference), by=self.person, **self.read(FindingCommentIn))
        return self.again(reference, 201)


class Discard(Room):
    """The end of a draft."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_discard_finding"}

    @extend_schema(operation_id="findings_discard", request=DiscardIn, responses={200: DiscardedOut})
    def post(self, request: Request, reference: str) -> Response:
        """Destroy a draft. The developer, who never read it, is told nothing."""
        row = self.finding(reference)
        policies.may_discard_finding(self.person, row).require()
        sent = self.read(DiscardIn)
        actions.discard_finding(finding=row, by=self.person, **sent)
        return Response({"reference": row.reference})


class TimelineOf(Room):
    """What happened."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_read_finding"}

    @extend_schema(operation_id="findings_timeline", responses=page_of(Timeline))
    def get(self, request: Request, reference: str) -> Response:
        """The finding's timeline, newest first, at most 200 entries. What was said stands in its entries."""
        return self.listed(Timeline, timeline(self.finding(reference), self.person))


def step(verb: str) -> Any:
    """A view class for one move of the table: POST what is said, get the finding back."""
    move = FINDING.move(verb)
    reads = RetestIn if verb == "retest" else SayIn

    class Step(Room):
        """One move of the life cycle."""

        access: ClassVar[dict[str, str]] = {"post": "evaluations.may_move_finding"}

        @extend_schema(
            operation_id=f"findings_{verb}", request=reads, responses={200: FindingOut}, summary=move.label,
            description=f"{move.label}. A move of the {move.party}; the text is {'needed' if move.needs_reason else 'optional'}.",
        )  # fmt: skip
        def post(self, request: Request, reference: str) -> Response:
            """Make the move."""
            row, sent = self.finding(reference), self.read(reads)
            actions.move_finding(finding=row, verb=verb, by=self.person, **sent)
            return self.again(reference)

    Step.__name__ = Step.__qualname__ = f"{verb.title().replace('_', '')}FindingStep"
    return Step
