"""Addresses of this room under /api/v1/."""

from __future__ import annotations

from django.urls import path

from accounts.api.base import NothingIn
from evaluations import actions
from evaluations.api import (
    assignments,
    conflicts,
    details,
    findings,
    incidents,
    launches,
    logs,
    places,
    publication,
    reports,
    results,
    routing,
    rules,
    run_notes,
)
from evaluations.api import serializers as shapes
from evaluations.workflow import FINDING, INCIDENT

MOVES = (
    ("accept", "may_accept", NothingIn, actions.accept, "Take the assignment on"),
    ("decline", "may_decline", shapes.WhyIn, actions.decline, "Turn it down with a reason; it is routed again"),
    ("attest", "may_attest", shapes.AttestIn, actions.attest, "Make the evaluator's statement, before seeing anything"),
    ("prepare", "may_prepare", shapes.RulesIn, actions.prepare, "Write the rules of engagement"),
    ("verify", "may_verify", NothingIn, actions.ask_verification, "Have the agency's worker verify access again"),
    ("start", "may_move", NothingIn, assignments.moved("start"), "Start testing"),
    ("pause", "may_move", shapes.WhyIn, actions.pause, "Pause testing with a reason"),
    ("resume", "may_move", NothingIn, assignments.moved("resume"), "Resume testing"),
    ("analyse", "may_move", NothingIn, assignments.moved("analyse"), "End testing and begin analysis"),
    (
        "ask_fact_check",
        "may_ask_fact_check",
        reports.FactCheckIn,
        actions.ask_fact_check,
        "Send the draft of the report to the developer, who checks its facts",
    ),
    (
        "deliver_report",
        "may_deliver_report",
        reports.SendIn,
        actions.deliver_report,
        "Deliver the draft as the next version of the report",
    ),
    (
        "end_without_report",
        "may_end_without_report",
        shapes.WhyIn,
        actions.end_without_report,
        "End the assignment without a report, with a reason",
    ),
    ("close", "may_close", NothingIn, actions.close, "Close an assignment whose report is delivered"),
    ("stop", "may_stop", shapes.WhyIn, actions.stop, "Stop testing: the developer's switch"),
)
ONE = "assignments/<str:reference>/"
A_VERSION = f"{ONE}reports/<int:number>/"
A_FINDING = "findings/<str:reference>/"

urlpatterns = [
    path("assignments/", assignments.Assignments.as_view(), name="api_assignments"),
    path(ONE, assignments.One.as_view(), name="api_assignment"),
    path(f"{ONE}access-checks/", assignments.Checks.as_view(), name="api_assignment_access_checks"),
    path(f"{ONE}runs/", results.Runs.as_view(), name="api_assignment_runs"),
    path(f"{ONE}logs/", logs.Logs.as_view(), name="api_assignment_logs"),
    path(f"{ONE}logs/<uuid:pk>/openings/", logs.Openings.as_view(), name="api_log_openings"),
    path(f"{ONE}logs/<uuid:pk>/samples/", logs.Samples.as_view(), name="api_log_samples"),
    path(f"{ONE}logs/<uuid:pk>/samples/<int:number>/", logs.Sample.as_view(), name="api_log_sample"),
    path(f"{ONE}run-notes/<uuid:pk>/", run_notes.Notes.as_view(), name="api_run_notes"),
    path(f"{ONE}launches/", launches.Launches.as_view(), name="api_launches"),
    path(f"{ONE}launches/<uuid:pk>/", launches.One.as_view(), name="api_launch"),
    path(f"{ONE}launches/<uuid:pk>/stop/", launches.Stop.as_view(), name="api_launch_stop"),
    path(f"{ONE}launches/<uuid:pk>/resume/", launches.Resume.as_view(), name="api_launch_resume"),
    path(f"{ONE}shared-runs/", results.SharedRuns.as_view(), name="api_assignment_shared_runs"),
    path(f"{ONE}comparisons/", results.Comparisons.as_view(), name="api_assignment_comparisons"),
    path(f"{ONE}plots/", results.Plots.as_view(), name="api_assignment_plots"),
    path(f"{ONE}findings/", findings.OfAssignment.as_view(), name="api_assignment_findings"),
    path(f"{ONE}reports/", results.Reports.as_view(), name="api_assignment_reports"),
    path(f"{ONE}reports/<int:number>/", reports.Version.as_view(), name="api_assignment_report"),
    path(f"{ONE}reports/<int:number>.pdf", reports.Pdf.as_view(), name="api_assignment_report_pdf"),
    path(f"{A_VERSION}publication/", publication.Publications.as_view(), name="api_publications"),
    path(f"{A_VERSION}publication/<uuid:pk>/answer/", publication.Answer.as_view(), name="api_publication_answer"),
    path(f"{A_VERSION}publication/<uuid:pk>/publish/", publication.Publish.as_view(), name="api_publication_publish"),
    path(f"{ONE}report-draft/", reports.Draft.as_view(), name="api_assignment_report_draft"),
    path(f"{ONE}report-draft/completeness/", details.Completeness.as_view(), name="api_completeness"),
    path(f"{ONE}report-draft/completeness/<slug:criterion>/", details.Detail.as_view(), name="api_detail"),
    path(f"{ONE}fact-checks/", reports.FactChecks.as_view(), name="api_assignment_fact_checks"),
    path(f"{ONE}fact-checks/<uuid:pk>/comments/", reports.Comments.as_view(), name="api_fact_check_comments"),
    path(f"{ONE}fact-checks/<uuid:pk>/hand_back/", reports.HandBack.as_view(), name="api_fact_check_hand_back"),
    path(f"{ONE}timeline/", assignments.TimelineOf.as_view(), name="api_assignment_timeline"),
    *(
        path(
            f"{ONE}{verb}/",
            assignments.step(verb, guard, reads, act, says).as_view(),
            name=f"api_assignment_{verb}",
        )
        for verb, guard, reads, act, says in MOVES
    ),
    path("findings/", findings.Findings.as_view(), name="api_findings"),
    path(A_FINDING, findings.One.as_view(), name="api_finding"),
    path(f"{A_FINDING}comments/", findings.Comments.as_view(), name="api_finding_comments"),
    path(f"{A_FINDING}discard/", findings.Discard.as_view(), name="api_finding_discard"),
    path(f"{A_FINDING}timeline/", findings.TimelineOf.as_view(), name="api_finding_timeline"),
    *(
        path(f"{A_FINDING}moves/{move.name}/", findings.step(move.name).as_view(), name=f"api_finding_{move.name}")
        for move in FINDING.moves
        if move.party != "system"
    ),
    path("incidents/", incidents.Incidents.as_view(), name="api_incidents"),
    path(f"{ONE}incidents/", incidents.OfAssignment.as_view(), name="api_assignment_incidents"),
    path("incidents/<str:reference>/", incidents.One.as_view(), name="api_incident"),
    path("incidents/<str:reference>/notes/", incidents.Notes.as_view(), name="api_incident_notes"),
    *(
        path(
            f"incidents/<str:reference>/moves/{move.name}/",
            incidents.step(move.name).as_view(),
            name=f"api_incident_{move.name}",
        )
        for move in INCIDENT.moves
    ),
    path("routing/board/", routing.Board.as_view(), name="api_routing_board"),
    path("routing/decisions/<uuid:pk>/choices/", routing.Choices.as_view(), name="api_routing_choices"),
    path("routing/decisions/<uuid:pk>/reassign/", routing.Reassign.as_view(), name="api_routing_reassign"),
    path("routing/attempts/", routing.Attempts.as_view(), name="api_routing_attempts"),
    path("routing/attempts/<uuid:pk>/again/", routing.Again.as_view(), name="api_routing_again"),
    path("routing/unroutable/", routing.Unroutable.as_view(), name="api_routing_unroutable"),
    path("routing/rules/", rules.Rules.as_view(), name="api_routing_rules"),
    path("routing/rules/versions/", rules.Versions.as_view(), name="api_routing_rules_versions"),
    path("routing/rules/draft/", rules.Draft.as_view(), name="api_routing_rules_draft"),
    path("routing/rules/draft/dry-run/", rules.DryRun.as_view(), name="api_routing_rules_dry_run"),
    path("routing/rules/draft/discard/", rules.Discard.as_view(), name="api_routing_rules_discard"),
    path("routing/rules/draft/publish/", rules.Publish.as_view(), name="api_routing_rules_publish"),
    path("routing/capacity/", places.Calendar.as_view(), name="api_capacity"),
    path("routing/capacity/usual/", places.Usual.as_view(), name="api_usual_places"),
    path("routing/capacity/periods/<uuid:pk>/", places.Period.as_view(), name="api_capacity_period"),
    path("routing/capacity/periods/<uuid:pk>/remove/", places.RemovePeriod.as_view(), name="api_remove_period"),
    path("routing/overloads/", places.Overloads.as_view(), name="api_overloads"),
    path("routing/overloads/<uuid:pk>/relieve/", places.Relieve.as_view(), name="api_relieve"),
    path("routing/exclusions/", places.Exclusions.as_view(), name="api_exclusions"),
    path("routing/exclusions/<uuid:pk>/lift/", places.Lift.as_view(), name="api_lift_exclusion"),
    path("conflicts/", conflicts.Conflicts.as_view(), name="api_conflicts"),
    path("conflicts/<uuid:pk>/end/", conflicts.End.as_view(), name="api_end_conflict"),
    path("routing/places/", routing.Places.as_view(), name="api_routing_places"),
]
