"""Addresses of assignments and routing."""

from django.urls import path

from evaluations.views import assignments, fact_checks, findings, incidents, publication, reports, routing, runs

app_name = "evaluations"
urlpatterns = [
    path("assignments/", assignments.listing, name="assignments"),
    path("assignments/<str:reference>/", assignments.detail, name="assignment"),
    path("assignments/<str:reference>/decline/", assignments.decline, name="decline"),
    path("assignments/<str:reference>/attest/", assignments.attest, name="attest"),
    path("assignments/<str:reference>/prepare/", assignments.prepare, name="prepare"),
    path("assignments/<str:reference>/stop/", assignments.stop, name="stop"),
    path("assignments/<str:reference>/runs/upload/", runs.upload_log, name="upload_log"),
    path("assignments/<str:reference>/runs/<uuid:pk>/", runs.run, name="run"),
    path("assignments/<str:reference>/runs/<uuid:pk>/share/", runs.share, name="share_run"),
    path("assignments/<str:reference>/runs/<uuid:pk>/compare/", runs.add_baseline, name="add_baseline"),
    path("assignments/<str:reference>/shared-runs/<uuid:pk>/", runs.shared_run, name="shared_run"),
    path("assignments/<str:reference>/findings/new/", findings.draft, name="draft_finding"),
    path("assignments/<str:reference>/report/", reports.write_report, name="write_report"),
    path("assignments/<str:reference>/report/autosave/", reports.autosave_report, name="autosave_report"),
    path("assignments/<str:reference>/report/preview/", reports.preview_report, name="preview_report"),
    path("assignments/<str:reference>/report/preview.pdf", reports.preview_pdf, name="preview_pdf"),
    path("assignments/<str:reference>/report/fact-check/", reports.ask_fact_check, name="ask_fact_check"),
    path("assignments/<str:reference>/report/deliver/", reports.deliver_report, name="deliver_report"),
    path("assignments/<str:reference>/end-without-report/", reports.end_without_report, name="end_without_report"),
    path("assignments/<str:reference>/reports/<int:number>/", reports.report, name="report"),
    path("assignments/<str:reference>/reports/<int:number>/publication/", publication.publication, name="publication"),
    path("assignments/<str:reference>/reports/<int:number>.pdf", reports.report_pdf, name="report_pdf"),
    path("assignments/<str:reference>/fact-checks/<uuid:pk>/", fact_checks.fact_check, name="fact_check"),
    path("assignments/<str:reference>/fact-checks/<uuid:pk>/hand-back/", fact_checks.hand_back, name="hand_back"),
    path("assignments/<str:reference>/incidents/new/", incidents.report, name="report_incident"),
    path("reports/", reports.listing, name="reports"),
    path("assignments/<str:reference>/<str:verb>/", assignments.move, name="move"),
    path("findings/", findings.listing, name="findings"),
    path("findings/<str:reference>/", findings.detail, name="finding"),
    path("findings/<str:reference>/edit/", findings.edit, name="edit_finding"),
    path("findings/<str:reference>/discard/", findings.discard, name="discard_finding"),
    path("findings/<str:reference>/comment/", findings.comment, name="comment_on_finding"),
    path("findings/<str:reference>/moves/<str:verb>/", findings.move, name="move_finding"),
    path("incidents/", incidents.listing, name="incidents"),
    path("incidents/<str:reference>/", incidents.detail, name="incident"),
    path("incidents/<str:reference>/moves/<str:verb>/", incidents.move, name="move_incident"),
    path("routing/", routing.board, name="board"),
    path("routing/again/", routing.route_all_again, name="route_all_again"),
    path("routing/decisions/<uuid:pk>/reassign/", routing.reassign, name="reassign"),
    path("routing/<uuid:pk>/again/", routing.route_again, name="route_again"),
]
