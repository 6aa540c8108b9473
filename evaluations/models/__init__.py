"""Rows of the room: routing with its reasons, and assignments with what gates them."""

from evaluations.models.assignments import AccessCheck, Attestation, EvaluationAssignment, RulesOfEngagement
from evaluations.models.routing import RoutingAttempt, RoutingDecision, RoutingRule, RoutingRuleSet

__all__ = [
    "AccessCheck",
    "Attestation",
    "EvaluationAssignment",
    "RoutingAttempt",
    "RoutingDecision",
    "RoutingRule",
    "RoutingRuleSet",
    "RulesOfEngagement",
]
