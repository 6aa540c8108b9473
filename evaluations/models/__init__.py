"""Rows of the room: routing with its reasons, assignments with what gates them, runs and results, what is told."""

from evaluations.models.assignments import AccessCheck, Attestation, EvaluationAssignment, RulesOfEngagement
from evaluations.models.conflicts import ConflictOfInterest
from evaluations.models.findings import SEVERITY_SCALE, Finding, FindingEntry
from evaluations.models.incidents import INCIDENT_KINDS, INCIDENT_SCALE, EvaluationIncident, IncidentNote
from evaluations.models.launches import RunLaunch
from evaluations.models.places import PlaceOverload, PlaceTurn, RoutingExclusion
from evaluations.models.publication import PublicationReview
from evaluations.models.reports import EvaluationReport, FactCheck, FactCheckComment, ReportingDetail
from evaluations.models.routing import RoutingAttempt, RoutingDecision, RoutingRule, RoutingRuleSet
from evaluations.models.runs import Baseline, EvaluationRun, LogView, Result, RunLog, RunNotes, SharedRun

__all__ = [
    "INCIDENT_KINDS",
    "INCIDENT_SCALE",
    "SEVERITY_SCALE",
    "AccessCheck",
    "Attestation",
    "Baseline",
    "ConflictOfInterest",
    "EvaluationAssignment",
    "EvaluationIncident",
    "EvaluationReport",
    "EvaluationRun",
    "FactCheck",
    "FactCheckComment",
    "Finding",
    "FindingEntry",
    "IncidentNote",
    "LogView",
    "PlaceOverload",
    "PlaceTurn",
    "PublicationReview",
    "ReportingDetail",
    "Result",
    "RoutingAttempt",
    "RoutingDecision",
    "RoutingExclusion",
    "RoutingRule",
    "RoutingRuleSet",
    "RulesOfEngagement",
    "RunLaunch",
    "RunLog",
    "RunNotes",
    "SharedRun",
]
