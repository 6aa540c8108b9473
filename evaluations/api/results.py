"""What came of an assignment, for reading: runs with intervals, what the developer was shown of them, reports."""

from __future__ import annotations

from typing import ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import page_of
from accounts.seats import seats_of
from evaluations import policies, queries
from evaluations.api.assignments import Room
from evaluations.models import EvaluationAssignment, EvaluationReport, EvaluationRun, SharedRun
from evaluations.rules.comparing import TITLES


class ResultOut(serializers.Serializer):
    """One estimate. There is none without its interval, method and n."""

    metric = serializers.CharField()
    scorer = serializers.CharField(allow_blank=True)
    slice = serializers.CharField(allow_blank=True)
    estimate = serializers.FloatField()
    ci_low = serializers.FloatField()
    ci_high = serializers.FloatField()
    ci_level = serializers.FloatField()
    ci_method = serializers.CharField()
    n = serializers.IntegerField()


class RunOut(serializers.Serializer):
    """One execution of a test. The agency's alone."""

    id = serializers.UUIDField()
    status = serializers.CharField()
    origin = serializers.CharField()
    suite = serializers.CharField()
    domain = serializers.CharField()
    variant = serializers.CharField()
    harness = serializers.CharField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    n_items = serializers.IntegerField()
    n_scored = serializers.IntegerField()
    n_invalid = serializers.IntegerField()
    n_refused = serializers.IntegerField()
    n_error = serializers.IntegerField()
    results = ResultOut(many=True)


class SharedRunOut(serializers.Serializer):
    """What the developer may read of a run."""

    id = serializers.UUIDField()
    title = serializers.CharField(source="label")
    content = serializers.DictField()
    shared_at = serializers.DateTimeField(source="created_at")


class ComparisonOut(serializers.Serializer):
    """Two estimates of one suite and scorer. Shares and differences in 0..1, this test minus the other."""

    kind = serializers.ChoiceField(
        choices=list(TITLES), help_text="checkpoint: an earlier test; variant: of this test."
    )
    suite = serializers.CharField()
    scorer = serializers.CharField(allow_blank=True)
    variant = serializers.CharField()
    this_checkpoint = serializers.CharField()
    other_checkpoint = serializers.CharField()
    other_assignment = serializers.CharField()
    this_estimate = serializers.FloatField()
    other_estimate = serializers.FloatField()
    difference = serializers.FloatField()
    ci_low = serializers.FloatField()
    ci_high = serializers.FloatField()
    ci_level = serializers.FloatField()
    ci_method = serializers.CharField()
    n = serializers.IntegerField(help_text="Items of the pairs, or of the smaller sample.")
    conditions_differ = serializers.ListField(child=serializers.CharField())


class ReportOut(serializers.Serializer):
    """One version of the written report; the developer sees those that were delivered."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    summary = serializers.CharField()
    limitations = serializers.CharField()
    sha256 = serializers.CharField(allow_blank=True)
    size = serializers.IntegerField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField(allow_null=True)


class Inside(Room):
    """What is inside opens to the developer's people and to evaluators who attested."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_see_inside"}

    def inside(self, reference: str) -> EvaluationAssignment:
        """The assignment, if the caller may see inside it."""
        row = self.one(reference)
        policies.may_see_inside(self.person, row).require()
        return row


class Runs(Inside):
    """The agency's runs."""

    @extend_schema(operation_id="assignments_runs", responses=page_of(RunOut))
    def get(self, request: Request, reference: str) -> Response:
        """The agency's runs with their estimates and intervals, newest first. There is nothing here for the developer."""
        row = self.inside(reference)
        if not seats_of(self.person).holds(row.agency_id):
            raise Http404
        rows = EvaluationRun.objects.visible_to(self.person).filter(assignment=row).prefetch_related("results")
        return self.listed(RunOut, rows.order_by("-created_at", "-id"))


class SharedRuns(Inside):
    """What the developer was shown."""

    @extend_schema(operation_id="assignments_shared_runs", responses=page_of(SharedRunOut))
    def get(self, request: Request, reference: str) -> Response:
        """The developer's copies of runs that the agency shared, newest first; both sides read them."""
        rows = SharedRun.objects.visible_to(self.person).filter(assignment=self.inside(reference))
        return self.listed(SharedRunOut, rows.order_by("-created_at", "-id"))


class Comparisons(Inside):
    """This test beside others."""

    @extend_schema(operation_id="assignments_comparisons", responses=ComparisonOut(many=True))
    def get(self, request: Request, reference: str) -> Response:
        """Each estimate beside other variants and earlier tests of the model, of what the caller may read."""
        found = queries.comparisons_of(self.inside(reference), self.person)
        return Response(ComparisonOut(found, many=True).data)


class PlotsOut(serializers.Serializer):
    """The numbers of every plot of the results page. Shares in 0..1."""

    tiers = serializers.ListField(child=serializers.DictField(), help_text="By tier: estimate, interval, n.")
    ranges = serializers.ListField(child=serializers.DictField(), help_text="Steps reached by attempt.")
    success_against_tokens = serializers.ListField(
        child=serializers.DictField(), help_text="Solved within so many tokens per item; for the agency."
    )
    claims = serializers.ListField(child=serializers.DictField(), help_text="Claimed beside measured.")
    claims_alone = serializers.ListField(
        child=serializers.DictField(), help_text="Results that the developer stated, beside no estimate here."
    )
    cost_per_solved = serializers.ListField(
        child=serializers.DictField(), help_text="Tokens and dollars of a run for each solved task."
    )
    safeguards = serializers.ListField(
        child=serializers.DictField(), help_text="Attack success, refusal and hijacking by variant."
    )
    over_time = serializers.ListField(
        child=serializers.DictField(), help_text="Builds of this model in one suite, as they were measured."
    )


class Plots(Inside):
    """What is drawn."""

    @extend_schema(operation_id="assignments_plots", responses=PlotsOut)
    def get(self, request: Request, reference: str) -> Response:
        """Tiers, ranges, success against tokens, claims, cost, safeguards, builds over time: of what the caller may read."""
        return Response(PlotsOut(queries.plots_of(self.inside(reference), self.person)).data)


class Reports(Inside):
    """Reports of one assignment."""

    @extend_schema(operation_id="assignments_reports", responses=page_of(ReportOut))
    def get(self, request: Request, reference: str) -> Response:
        """The versions of the report that the caller sees, newest first."""
        rows = EvaluationReport.objects.visible_to(self.person).filter(assignment=self.inside(reference))
        return self.listed(ReportOut, rows.order_by("-version"))
