"""The API's addresses: each room's under /api/v1/, its OpenAPI text and an offline documentation page."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from core.access import public


@public
@require_safe
def entrance(request: HttpRequest) -> JsonResponse:
    """Where everything is, for whoever opens the root."""
    return JsonResponse({"documentation": "/api/docs/", "schema": "/api/schema/", "me": "/api/v1/me/"})


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", entrance, name="api_entrance"),
    path("v1/", include("accounts.api.urls")),
    path("v1/", include("notifications.api.urls")),
    path("v1/", include("webhooks.api.urls")),
    path("v1/", include("agencies.api.urls")),
    path("v1/", include("developers.api.urls")),
    path("v1/", include("agreements.api.urls")),
    path("v1/", include("early_access.api.urls")),
    path("v1/", include("evaluations.api.urls")),
    path("schema/", public(SpectacularAPIView.as_view()), name="schema"),
    # Asked with OPTIONS the library's page answers 500.
    path(
        "docs/",
        public(SpectacularSwaggerSplitView.as_view(url_name="schema", http_method_names=["get", "head"])),
        name="docs",
    ),
]
