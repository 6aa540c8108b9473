"""/api/v1/inquiries/: designation inquiries, over the same actions as the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, StrictSerializer, page_of, plain
from accounts.api.schema import Timeline
from audit.queries import timeline
from core.decisions import Invalid, Problem
from core.workflow import Workflow
from developers.queries import home_developer
from early_access import actions, inquiries
from early_access.api.steps import step
from early_access.models import Designation, DesignationInquiry
from early_access.workflow import DESIGNATION_INQUIRY

RELATED = ("developer", "agency", "previous")
COLUMNS = ("reference", "status", "developer", "codename", "submitted_at")


class InquiryRow(serializers.Serializer):
    """One inquiry in a list. No list tells an answer."""

    reference = serializers.CharField()
    status = serializers.CharField()
    developer = serializers.UUIDField()
    codename = serializers.CharField()
    submitted_at = serializers.DateTimeField(allow_null=True)


class InquiryIn(StrictSerializer):
    """What is asked."""

    checkpoint = serializers.UUIDField()
    classified_reply = serializers.ChoiceField(choices=DesignationInquiry.Reply.choices)
    note = serializers.CharField(max_length=1000, allow_blank=True, default="")


class InquiryChangeIn(InquiryIn):
    """The same, for a draft, with the version it was read at."""

    row_version = serializers.IntegerField(min_value=0)


class DesignationIn(StrictSerializer):
    """NSA's answer: chosen, never typed."""

    outcome = serializers.ChoiceField(choices=Designation.Outcome.choices)
    office = serializers.ChoiceField(choices=Designation.Office.choices)
    answered_on = serializers.DateField()


class InquiryClosingIn(StrictSerializer):
    """Why there is no determination."""

    because = serializers.ChoiceField(choices=DesignationInquiry.Because.choices)


class DesignationOut(serializers.Serializer):
    """NSA's answer: a coarse outcome and a pointer."""

    outcome = serializers.CharField(help_text="“designated”, “not_designated” or “answered_by_classified_channel”.")
    office = serializers.CharField(help_text="Who holds what stands behind it.")
    pointer = serializers.CharField(help_text="A random number, which a classified message quotes.")
    answered_on = serializers.DateField()


class InquiryOut(InquiryRow):
    """One inquiry. It neither lets nor keeps anybody from doing anything else."""

    model = serializers.SerializerMethodField(help_text="Reference of the model; null for NSA, which reads the copies.")
    checkpoint_label = serializers.CharField()
    configuration_sha256 = serializers.CharField()
    classified_reply = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    row_version = serializers.IntegerField()
    previous = serializers.SerializerMethodField(help_text="The inquiry about an earlier checkpoint, if there is one.")
    next = serializers.SerializerMethodField(help_text="Whose move it is, in a sentence.")
    closed_because = serializers.CharField(allow_blank=True)
    designation = serializers.SerializerMethodField()

    def get_model(self, row: DesignationInquiry) -> str | None:
        """The reference, where the caller sees the model."""
        found = inquiries.model_of(row)
        return found.reference if found else None

    def get_previous(self, row: DesignationInquiry) -> str | None:
        """Its reference."""
        return row.previous.reference if row.previous else None

    def get_next(self, row: DesignationInquiry) -> str:
        """The heading of its page."""
        return inquiries.WHOSE[row.status][0]

    @extend_schema(responses=DesignationOut)
    def get_designation(self, row: DesignationInquiry) -> dict[str, Any] | None:
        """The answer, once there is one."""
        found = Designation.objects.filter(inquiry=row).first()
        return dict(DesignationOut(found).data) if found else None


class Room(RoomAPIView):
    """Finds the inquiry by its reference."""

    def one(self, reference: str) -> DesignationInquiry:
        """The inquiry if the caller may see it, else 404."""
        row: DesignationInquiry = self.visible(DesignationInquiry, *RELATED, reference=reference)
        return row

    def again(self, row: DesignationInquiry, status: int = 200) -> Response:
        """The inquiry as it is now."""
        return Response(InquiryOut(self.one(row.reference)).data, status=status)


class Inquiries(Room):
    """List and ask."""

    paged: ClassVar[bool] = True
    states: ClassVar[Workflow | None] = DESIGNATION_INQUIRY
    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_ask"}

    @extend_schema(operation_id="inquiries_list", responses=page_of(InquiryRow))
    def get(self, request: Request) -> Response:
        """Inquiries of the caller's developer, or those that NSA was asked, newest first."""
        return self.page(DesignationInquiry, columns=COLUMNS, show=plain(InquiryRow))

    @extend_schema(operation_id="inquiries_ask", request=InquiryIn, responses={201: InquiryOut})
    def post(self, request: Request) -> Response:
        """Draft an inquiry: is this checkpoint a covered frontier model? Voluntary; NSA reads it once it is submitted."""
        sent = self.read(InquiryIn)
        home = (
            self.organisation if self.organisation and self.organisation.is_developer else home_developer(self.person)
        )
        if home is None:
            raise Invalid([Problem("developer", "Only a developer asks. Use a token of a developer.")])
        return self.again(actions.ask(developer=home, by=self.person, **sent), 201)


class One(Room):
    """One inquiry."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "put": "early_access.may_change_inquiry"}

    @extend_schema(operation_id="inquiries_read", responses=InquiryOut)
    def get(self, request: Request, reference: str) -> Response:
        """What was asked, where it stands, and what NSA said."""
        return self.again(self.one(reference))

    @extend_schema(operation_id="inquiries_change", request=InquiryChangeIn, responses={200: InquiryOut})
    def put(self, request: Request, reference: str) -> Response:
        """Change a draft. 409 when somebody changed it since `row_version`."""
        row = self.one(reference)
        return self.again(actions.change_inquiry(inquiry=row, by=self.person, **self.read(InquiryChangeIn)))


class TimelineOf(Room):
    """What happened."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="inquiries_timeline", responses=page_of(Timeline))
    def get(self, request: Request, reference: str) -> Response:
        """The inquiry's timeline, newest first, at most 200 entries. It tells no answer."""
        return self.listed(Timeline, timeline(self.one(reference), self.person))


STEPS = {
    verb: step(
        Room,
        f"{verb.title().replace('_', '')}InquiryStep",
        f"inquiries_{verb}",
        guard,
        "inquiry",
        reads,
        InquiryOut,
        act,
    )
    for verb, guard, reads, act in (
        ("submit", "may_submit_inquiry", NothingIn, actions.submit_inquiry),
        ("acknowledge", "may_acknowledge_inquiry", NothingIn, actions.acknowledge_inquiry),
        ("begin_benchmark", "may_begin_benchmark", NothingIn, actions.begin_benchmark),
        ("determine", "may_determine", DesignationIn, actions.determine),
        ("close_undetermined", "may_close_undetermined", InquiryClosingIn, actions.close_undetermined),
        ("withdraw", "may_withdraw_inquiry", NothingIn, actions.withdraw_inquiry),
    )
}
