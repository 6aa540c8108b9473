"""Review before publication over the API: the texts of both sides, their answers, what was published."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, StrictSerializer, page_of
from evaluations import actions, queries
from evaluations.api.reports import OfVersion
from evaluations.models import PublicationReview


class TextIn(StrictSerializer):
    """The text as it will stand."""

    text = serializers.CharField(max_length=20_000, allow_blank=True, default="")


class VerdictIn(StrictSerializer):
    """Whether something has to be left out; then what, and why."""

    verdict = serializers.ChoiceField(PublicationReview.Verdict.choices)
    remark = serializers.CharField(max_length=20_000, allow_blank=True, default="")


class PublicationOut(serializers.Serializer):
    """A text that one side wants to publish."""

    id = serializers.UUIDField()
    asked_for = serializers.CharField(source="asked_for.name", help_text="The side that wants to publish it.")
    text = serializers.CharField()
    due_at = serializers.DateTimeField(help_text="Until when the other side may review it.")
    verdict = serializers.CharField(allow_blank=True)
    remark = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)


class Publications(OfVersion):
    """All texts about one delivered version."""

    access: ClassVar[dict[str, str]] = {
        "get": "evaluations.may_read_report", "post": "evaluations.may_ask_publication",
    }  # fmt: skip

    @extend_schema(operation_id="publications_list", responses=page_of(PublicationOut))
    def get(self, request: Request, reference: str, number: int) -> Response:
        """What either side wanted to publish, newest first."""
        found = queries.publications(self.version(reference, number), self.person)
        return self.listed(PublicationOut, [entry["row"] for entry in found])

    @extend_schema(operation_id="publications_ask", request=TextIn, responses={201: PublicationOut})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Show the other side a text before it is published. It has the days that the agreement gives."""
        report = self.version(reference, number)
        made = actions.ask_publication(report=report, by=self.person, **self.read(TextIn))
        return Response(PublicationOut(made).data, status=201)


def step(verb: str, guard: str, reads: type[StrictSerializer], act: Any) -> Any:
    """A view class for one move of a text."""

    class Step(OfVersion):
        """One move."""

        access: ClassVar[dict[str, str]] = {"post": guard}

        @extend_schema(
            operation_id=f"publications_{verb}", request=reads, responses={200: PublicationOut}, description=act.__doc__,
            summary=(act.__doc__ or verb).splitlines()[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, reference: str, number: int, pk: UUID) -> Response:
            """Make the move."""
            report = self.version(reference, number)
            review = self.visible(PublicationReview, "agency", "developer", "asked_for", pk=pk, report=report)
            review.assignment = report.assignment
            return Response(PublicationOut(act(review=review, by=self.person, **self.read(reads))).data)

    Step.__name__ = Step.__qualname__ = f"{verb.title()}PublicationStep"
    return Step


Answer = step("answer", "evaluations.may_answer_publication", VerdictIn, actions.answer_publication)
Publish = step("publish", "evaluations.may_publish", NothingIn, actions.publish)
