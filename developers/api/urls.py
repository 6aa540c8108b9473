"""Addresses under /api/v1/models/."""

from django.urls import path

from developers.api import views

urlpatterns = [
    path("models/", views.Models.as_view(), name="api_models"),
    path("models/<slug:reference>/", views.Model.as_view(), name="api_model"),
    path("models/<slug:reference>/checkpoints/", views.Checkpoints.as_view(), name="api_checkpoints"),
]
