"""The completeness of a report over the API: every criterion, and the words for one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer
from evaluations import actions, queries
from evaluations.api.reports import OfDraft
from evaluations.models import ReportingDetail
from evaluations.rules.stream import CRITERIA, LABELS


class DetailIn(StrictSerializer):
    """The words for one criterion; empty words take them back."""

    row_version = serializers.IntegerField(min_value=0, help_text="Of the words that were read; 0: there were none.")
    covers = serializers.ChoiceField(choices=ReportingDetail.Covers.choices)
    text = serializers.CharField(max_length=20_000, allow_blank=True)


class CriterionOut(serializers.Serializer):
    """One criterion as it stands."""

    key = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=list(LABELS.items()))
    found = serializers.CharField(allow_blank=True, help_text="What the record gives by itself.")
    covers = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)


class CompletenessOut(serializers.Serializer):
    """It measures the report, never the model, and blocks nothing."""

    standard = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField())
    criteria = CriterionOut(many=True)


class Completeness(OfDraft):
    """The meter."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_read_draft"}

    @extend_schema(operation_id="reports_completeness", responses=CompletenessOut)
    def get(self, request: Request, reference: str) -> Response:
        """Every criterion of the reporting standard with its state, for evaluators of the agency who have attested."""
        found = queries.meter(self.agencys(reference))
        rows = [_criterion(shown["item"]) for _, group in found["groups"] for shown in group]
        return Response(CompletenessOut({**found, "criteria": rows}).data)


class Detail(OfDraft):
    """The words for one criterion."""

    access: ClassVar[dict[str, str]] = {"put": "evaluations.may_write_report"}

    @extend_schema(operation_id="reports_save_detail", request=DetailIn, responses={200: CompletenessOut})
    def put(self, request: Request, reference: str, criterion: str) -> Response:
        """Save what the report says for one criterion. A stale `row_version` answers 409 with both texts."""
        row = self.agencys(reference)
        if criterion not in CRITERIA:
            raise Http404
        actions.save_detail(assignment=row, criterion=criterion, by=self.person, **self.read(DetailIn))
        found = queries.meter(row)
        rows = [_criterion(shown["item"]) for _, group in found["groups"] for shown in group]
        return Response(CompletenessOut({**found, "criteria": rows}).data)


def _criterion(item: Any) -> dict[str, Any]:
    return {
        "key": item.criterion.key, "number": item.criterion.number, "title": item.criterion.title, "state": item.state,
        "found": item.found, "covers": item.detail.covers if item.detail else "", "text": item.detail.text if item.detail else "",
    }  # fmt: skip
