"""Addresses of assignments and routing."""

from django.urls import path

from evaluations.views import assignments, findings, routing, runs

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
    path("assignments/<str:reference>/<str:verb>/", assignments.move, name="move"),
    path("findings/", findings.listing, name="findings"),
    path("findings/<str:reference>/", findings.detail, name="finding"),
    path("findings/<str:reference>/edit/", findings.edit, name="edit_finding"),
    path("findings/<str:reference>/discard/", findings.discard, name="discard_finding"),
    path("findings/<str:reference>/comment/", findings.comment, name="comment_on_finding"),
    path("findings/<str:reference>/moves/<str:verb>/", findings.move, name="move_finding"),
    path("routing/", routing.board, name="board"),
    path("routing/<uuid:pk>/again/", routing.route_again, name="route_again"),
]
