"""Runs that are started here, over the API: the agency's alone."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, StrictSerializer, page_of
from accounts.seats import seats_of
from core.shortcuts import visible_or_404
from evaluations import actions, policies
from evaluations.api.results import Inside
from evaluations.models import EvaluationAssignment, RunLaunch
from evaluations.workflow import RUN


class LaunchIn(StrictSerializer):
    """What to run, and with which budget for the whole run."""

    suite = serializers.CharField(
        max_length=60, help_text="tool_calls, refusals, context_length, toy_ctf, or the runner's."
    )
    domain = serializers.CharField(max_length=40, help_text="One of the assignment's domains.")
    variant = serializers.CharField(max_length=30, help_text="One that the developer offers.")
    restricted = serializers.BooleanField(default=False, help_text="The developer is never told the suite's name.")
    parallel = serializers.IntegerField(min_value=1, max_value=64, default=2)
    budget_tokens = serializers.IntegerField(min_value=1_000, help_text="Sent and received, over all starts.")
    budget_minutes = serializers.IntegerField(min_value=1)
    price_per_million = serializers.DecimalField(
        max_digits=10, decimal_places=4, allow_null=True, default=None, help_text="Dollars for a million tokens."
    )
    budget_usd = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True, default=None)


class LaunchOut(serializers.ModelSerializer):
    """One run started here, with totals over all its starts."""

    status = serializers.ChoiceField(choices=[state.name for state in RUN.states])
    logs: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True, help_text="Ids of its logs.")
    tokens = serializers.IntegerField(read_only=True)
    cost_usd = serializers.DecimalField(max_digits=20, decimal_places=6, allow_null=True, read_only=True)

    class Meta:
        model = RunLaunch
        fields: ClassVar[tuple[str, ...]] = (
            "id", "status", "note", *LaunchIn().fields, "samples", "samples_done", "samples_failed", "tokens", "cost_usd",
            "seconds", "starts", "created_at", "started_at", "ended_at", "heard_at", "logs",
        )  # fmt: skip


class Room(Inside):
    """Finds the run of an assignment that the caller may see inside of."""

    def agency_only(self, reference: str) -> EvaluationAssignment:
        """The assignment, for its agency's people who attested."""
        row = self.inside(reference)
        if not seats_of(self.person).holds(row.agency_id):
            visible_or_404(RunLaunch, self.person, pk=None)
        return row

    def launch(self, reference: str, pk: UUID) -> RunLaunch:
        """The run."""
        row = self.agency_only(reference)
        related = ("assignment__agency", "assignment__request", "assignment__developer", "launched_by")
        return visible_or_404(RunLaunch, self.person, *related, pk=pk, assignment=row)


class Launches(Room):
    """Runs of one assignment."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_see_launch", "post": "evaluations.may_launch"}

    @extend_schema(operation_id="launches_list", responses=page_of(LaunchOut))
    def get(self, request: Request, reference: str) -> Response:
        """The runs that were started here, newest first, with how far each is. There is nothing here for the developer."""
        rows = RunLaunch.objects.visible_to(self.person).filter(assignment=self.agency_only(reference))
        return self.listed(LaunchOut, rows.prefetch_related("logs").order_by("-created_at", "-id"))

    @extend_schema(operation_id="launches_start", request=LaunchIn, responses={201: LaunchOut})
    def post(self, request: Request, reference: str) -> Response:
        """Ask the agency's runner for a run. It starts when the runner has a free place; read it to see how far it is."""
        row = self.agency_only(reference)
        policies.may_launch(self.person, row).require()  # before the input is judged
        made = actions.launch(assignment=row, by=self.person, **self.read(LaunchIn))
        return Response(LaunchOut(made).data, status=201)


class One(Room):
    """One run."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_see_launch"}

    @extend_schema(operation_id="launches_read", responses=LaunchOut)
    def get(self, request: Request, reference: str, pk: UUID) -> Response:
        """Its state, how far it is, and what it has used."""
        return Response(LaunchOut(self.launch(reference, pk)).data)


class Stop(Room):
    """Its end by a person."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_stop_launch"}

    @extend_schema(operation_id="launches_stop", request=NothingIn, responses=LaunchOut)
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Stop it within seconds: nothing is sent any more, and its log is closed and kept."""
        row = self.launch(reference, pk)
        self.read(NothingIn)
        return Response(LaunchOut(actions.stop_launch(launch=row, by=self.person)).data)


class Resume(Room):
    """Its going on."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_resume_launch"}

    @extend_schema(operation_id="launches_resume", request=NothingIn, responses=LaunchOut)
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Go on with it from where its log ends, with what is left of its budget."""
        row = self.launch(reference, pk)
        self.read(NothingIn)
        return Response(LaunchOut(actions.resume_launch(launch=row, by=self.person)).data)
