"""Addresses under /api/v1/models/ and /api/v1/developers/."""

from __future__ import annotations

from django.urls import path

from accounts.api.base import NothingIn
from developers import actions
from developers.api import serializers as shapes
from developers.api import views

DECISIONS = (
    ("verify", "may_verify", NothingIn, actions.verify),
    ("refuse", "may_refuse", shapes.RefusalIn, actions.refuse),
)

urlpatterns = [
    path("models/", views.Models.as_view(), name="api_models"),
    path("models/<slug:reference>/", views.Model.as_view(), name="api_model"),
    path("models/<slug:reference>/checkpoints/", views.Checkpoints.as_view(), name="api_checkpoints"),
    path("developers/", views.Developers.as_view(), name="api_developers"),
    *(
        path(f"developers/<uuid:pk>/{verb}/", views.step(verb, guard, reads, act).as_view(), name=f"api_{verb}")
        for verb, guard, reads, act in DECISIONS
    ),
]
