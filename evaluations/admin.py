"""Look-up of assignments and routing for administrators."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from evaluations.models import (
    EvaluationAssignment,
    EvaluationIncident,
    EvaluationReport,
    FactCheck,
    Finding,
    RoutingAttempt,
    RoutingRule,
    RunLaunch,
)
from evaluations.models.incidents import WORDS


@admin.register(EvaluationAssignment)
class EvaluationAssignmentAdmin(ReadOnlyAdmin):
    """Every assignment."""

    list_display = ("reference", "agency", "developer", "status", "received_at", "created_at")
    list_filter = ("status",)
    search_fields = ("reference__exact",)
    search_help_text = "The whole reference"
    ordering = ("-created_at", "-id")


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    """Every finding, without its words: those are its two sides' to read."""

    list_display = ("reference", "agency", "shared_with", "status", "severity", "shared_at", "answer_due_at")
    list_filter = ("status", "severity")
    search_fields = ("reference", "agency__name", "shared_with__name")
    exclude = ("title", "text", "mitigation", "run")


@admin.register(EvaluationIncident)
class EvaluationIncidentAdmin(ReadOnlyAdmin):
    """Every incident, without its words."""

    list_display = ("reference", "reporter", "told", "status", "kind", "severity", "notice_due_at", "notified_at")
    list_filter = ("status", "kind", "severity")
    search_fields = ("reference", "reporter__name", "told__name")
    exclude = WORDS


@admin.register(EvaluationReport)
class EvaluationReportAdmin(ReadOnlyAdmin):
    """Every report and draft, without its words."""

    list_display = ("reference", "agency", "delivered_to", "version", "delivered_at", "received_at")
    search_fields = ("reference", "agency__name", "delivered_to__name")
    exclude = ("scope_line", "summary", "limitations", "correction", "content")


@admin.register(FactCheck)
class FactCheckAdmin(ReadOnlyAdmin):
    """Every fact check, without the copy that was sent."""

    list_display = ("assignment", "number", "agency", "developer", "due_at", "answered_at", "lapsed_at")
    search_fields = ("assignment__reference", "agency__name", "developer__name")
    exclude = ("content",)


@admin.register(RunLaunch)
class RunLaunchAdmin(ReadOnlyAdmin):
    """Every run started here, without which suite it is."""

    list_display = ("agency", "status", "starts", "samples_done", "samples", "heard_at", "created_at")
    list_filter = ("status",)
    exclude = ("suite", "note")


@admin.register(RoutingAttempt)
class RoutingAttemptAdmin(ReadOnlyAdmin):
    """Every pass of the router."""

    list_display = ("request", "number", "placed", "cause", "created_at", "resolved_at")


@admin.register(RoutingRule)
class RoutingRuleAdmin(ReadOnlyAdmin):
    """The rules, by version."""

    list_display = ("rule_set", "number", "domain", "agency", "highest_access_level")
    list_filter = ("rule_set", "domain")
