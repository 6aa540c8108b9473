"""Addresses under /api/v1/requests/."""

from django.urls import path

from early_access.api import views

urlpatterns = [
    path("requests/", views.Requests.as_view(), name="api_requests"),
    path("requests/<slug:reference>/", views.One.as_view(), name="api_request"),
    path("requests/<slug:reference>/sections/<slug:name>/", views.Sections.as_view(), name="api_request_section"),
    path("requests/<slug:reference>/moves/<slug:verb>/", views.Moves.as_view(), name="api_request_move"),
    path(
        "requests/<slug:reference>/release-notices/<uuid:pk>/<slug:verb>/",
        views.ReleaseMoves.as_view(),
        name="api_release_notice_move",
    ),
]
