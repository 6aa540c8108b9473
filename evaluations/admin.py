"""Look-up of assignments and routing for administrators."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from evaluations.models import EvaluationAssignment, Finding, RoutingAttempt, RoutingRule


@admin.register(EvaluationAssignment)
class EvaluationAssignmentAdmin(ReadOnlyAdmin):
    """Every assignment."""

    list_display = ("reference", "agency", "developer", "status", "received_at", "created_at")
    list_filter = ("status",)
    search_fields = ("reference", "agency__name", "developer__name")


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    """Every finding, without its words: those are its two sides' to read."""

    list_display = ("reference", "agency", "shared_with", "status", "severity", "shared_at", "answer_due_at")
    list_filter = ("status", "severity")
    search_fields = ("reference", "agency__name", "shared_with__name")
    exclude = ("title", "text", "mitigation", "run")


@admin.register(RoutingAttempt)
class RoutingAttemptAdmin(ReadOnlyAdmin):
    """Every pass of the router."""

    list_display = ("request", "number", "placed", "cause", "created_at", "resolved_at")


@admin.register(RoutingRule)
class RoutingRuleAdmin(ReadOnlyAdmin):
    """The rules, by version."""

    list_display = ("rule_set", "number", "domain", "agency", "highest_access_level")
    list_filter = ("rule_set", "domain")
