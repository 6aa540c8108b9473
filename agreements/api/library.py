"""The clause library over the API: read by everybody who is signed in, edited by counsel of agencies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, page_of
from agreements import actions, policies, queries
from agreements.api.serializers import TemplateOut, WaysIn
from agreements.models import AgreementTemplate, Clause, ClauseDraft, Instrument
from agreements.rules.deviations import APPROVERS


class AlternativeShape(StrictSerializer):
    """An approved other wording."""

    key = serializers.CharField(max_length=60)
    text = serializers.CharField()
    when_to_use = serializers.CharField(allow_blank=True, default="")
    rationale = serializers.CharField(allow_blank=True, default="")
    extra_concurrence = serializers.ChoiceField(
        list(APPROVERS),
        default="",
        allow_blank=True,
        help_text="Role that has to agree, in each agency, when it is used.",
    )


class LibraryClause(serializers.Serializer):
    """A clause in one version."""

    key = serializers.CharField()
    version = serializers.IntegerField()
    heading = serializers.CharField()
    text = serializers.CharField(help_text="With its {variables}.")
    rationale = serializers.CharField()
    guidance = serializers.CharField()
    variables = serializers.ListField(child=serializers.DictField())
    required_for = serializers.ListField(child=serializers.CharField())
    decides_deviations = serializers.CharField(help_text="Role that decides, in each agency, on other words.")
    change_note = serializers.CharField()
    published_at = serializers.DateTimeField(source="created_at")
    alternatives = AlternativeShape(many=True, source="alternatives.all")


class ClauseDraftOut(serializers.Serializer):
    """The draft of a clause's next version."""

    key = serializers.CharField()
    row_version = serializers.IntegerField()
    heading = serializers.CharField()
    text = serializers.CharField()
    rationale = serializers.CharField()
    guidance = serializers.CharField()
    variables = serializers.ListField(child=serializers.DictField())
    alternatives = serializers.ListField(child=serializers.DictField())
    required_for = serializers.ListField(child=serializers.CharField())
    decides_deviations = serializers.CharField()
    change_note = serializers.CharField()
    asked_at = serializers.DateTimeField(allow_null=True)
    problems = serializers.SerializerMethodField()

    def get_problems(self, draft: ClauseDraft) -> list[str]:
        """What stands against publishing, in sentences."""
        return [p.sentence for p in actions.clause_draft_problems(draft)]


class VariableShape(StrictSerializer):
    """A variable of the cover page."""

    key = serializers.CharField(max_length=60)
    label: Any = serializers.CharField(max_length=120)
    kind = serializers.CharField(max_length=12)
    default: Any = serializers.CharField(allow_blank=True, default="", help_text="Digits for a number.")
    help: Any = serializers.CharField(allow_blank=True, default="")
    minimum = serializers.IntegerField(required=False, min_value=0)
    maximum = serializers.IntegerField(required=False, min_value=0)
    choices = serializers.ListField(child=serializers.CharField(), required=False)
    required: Any = serializers.BooleanField(required=False)


class ClauseDraftIn(StrictSerializer):
    """Save a draft: only what is sent changes."""

    row_version = serializers.IntegerField(min_value=1)
    heading = serializers.CharField(max_length=120, required=False)
    text = serializers.CharField(required=False, trim_whitespace=False)
    rationale = serializers.CharField(required=False, allow_blank=True)
    guidance = serializers.CharField(required=False, allow_blank=True)
    variables = VariableShape(many=True, required=False)
    alternatives = AlternativeShape(many=True, required=False)
    required_for = serializers.ListField(child=serializers.ChoiceField(Instrument.choices), required=False)
    decides_deviations = serializers.ChoiceField(list(APPROVERS), required=False)
    after = serializers.CharField(max_length=60, required=False, allow_blank=True)
    change_note = serializers.CharField(max_length=300, required=False)


class SeenDraft(StrictSerializer):
    """The row version that was read."""

    row_version = serializers.IntegerField(min_value=1)


class Library(RoomAPIView):
    """The library."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(operation_id="library_clauses", responses=page_of(LibraryClause))
    def get(self, request: Request) -> Response:
        """Every clause in its newest version."""
        return self.listed(LibraryClause, queries.newest_clauses().values())


class History(RoomAPIView):
    """One clause."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(operation_id="library_clause_versions", responses=page_of(LibraryClause))
    def get(self, request: Request, key: str) -> Response:
        """Every version of a clause, newest first."""
        rows = Clause.objects.filter(key=key).prefetch_related("alternatives").order_by("-version")
        if not rows:
            raise Http404
        return self.listed(LibraryClause, rows)


class TemplateWays(RoomAPIView):
    """How the agreements of a template start."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_edit_library"}

    @extend_schema(operation_id="agreement_template_set_ways", request=WaysIn, responses={200: TemplateOut})
    def post(self, request: Request, template: str) -> Response:
        """Say in which way the agencies concur with agreements that start from it. Those that run keep theirs."""
        policies.may_edit_library(self.person).require()
        row = get_object_or_404(AgreementTemplate, key=template, is_current=True)
        made = actions.set_template_ways(key=row.key, by=self.person, **self.read(WaysIn))
        return Response(TemplateOut(made).data)


class OfDraft(RoomAPIView):
    """What the calls about a draft share."""

    def found(self, key: str) -> ClauseDraft:
        """The draft, for counsel of agencies."""
        policies.may_edit_library(self.person).require()
        row: ClauseDraft = get_object_or_404(ClauseDraft, key=key)
        return row


class LibraryDraft(OfDraft):
    """The draft of a clause's next version."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_edit_library", "put": "agreements.may_edit_library"}

    @extend_schema(operation_id="library_draft", responses=ClauseDraftOut)
    def get(self, request: Request, key: str) -> Response:
        """The draft with what stands against publishing it; 404 when there is none (PUT begins one)."""
        return Response(ClauseDraftOut(self.found(key)).data)

    @extend_schema(operation_id="library_save_draft", request=ClauseDraftIn, responses=ClauseDraftOut)
    def put(self, request: Request, key: str) -> Response:
        """Begin or save the draft; 409 when somebody saved since `row_version` (1 for one that begins now)."""
        policies.may_edit_library(self.person).require()
        sent = self.read(ClauseDraftIn)
        for row in sent.get("variables", []):
            if row["kind"] == "number" and row["default"].isdecimal():
                row["default"] = int(row["default"])
        draft = actions.begin_clause_draft(key=key, by=self.person)
        return Response(ClauseDraftOut(actions.save_clause_draft(draft=draft, by=self.person, **sent)).data)


class AskSecondReader(OfDraft):
    """A second reader."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_edit_library"}

    @extend_schema(operation_id="library_ask_second_reader", request=SeenDraft, responses={200: ClauseDraftOut})
    def post(self, request: Request, key: str) -> Response:
        """Ask counsel of the agencies to read the draft."""
        row = actions.ask_second_reader(draft=self.found(key), by=self.person, **self.read(SeenDraft))
        return Response(ClauseDraftOut(row).data)


class Publish(OfDraft):
    """Publishing."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_publish_clause"}

    @extend_schema(operation_id="library_publish", request=SeenDraft, responses={200: LibraryClause})
    def post(self, request: Request, key: str) -> Response:
        """Publish the draft as the clause's next version; by another counsel than its last editor."""
        row = actions.publish_clause(draft=self.found(key), by=self.person, **self.read(SeenDraft))
        return Response(LibraryClause(row).data)


class Discard(OfDraft):
    """Giving up."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_edit_library"}

    @extend_schema(operation_id="library_discard_draft", request=SeenDraft, responses={200: ClauseDraftOut})
    def post(self, request: Request, key: str) -> Response:
        """Discard the draft, and get it a last time; the published version stays."""
        row = self.found(key)
        last = ClauseDraftOut(row).data
        actions.discard_clause_draft(draft=row, by=self.person, **self.read(SeenDraft))
        return Response(last)
