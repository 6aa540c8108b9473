"""The API's addresses: each room's under /api/v1/, its OpenAPI text and an offline documentation page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from core.access import public

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include("accounts.api.urls")),
    path("v1/", include("notifications.api.urls")),
    path("v1/", include("agencies.api.urls")),
    path("v1/", include("developers.api.urls")),
    path("v1/", include("agreements.api.urls")),
    path("v1/", include("early_access.api.urls")),
    path("v1/", include("evaluations.api.urls")),
    path("schema/", public(SpectacularAPIView.as_view()), name="schema"),
    path("docs/", public(SpectacularSwaggerSplitView.as_view(url_name="schema")), name="docs"),
]
