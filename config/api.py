"""The API's addresses: each room's under /api/v1/, its OpenAPI text and an offline documentation page."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request

from core.access import public


@public
@require_safe
def entrance(request: HttpRequest) -> JsonResponse:
    """Where everything is, for whoever opens the root."""
    return JsonResponse({"documentation": "/api/docs/", "schema": "/api/schema/", "me": "/api/v1/me/"})


@cache
def written(media_type: str) -> bytes:
    """The OpenAPI text in one of its formats."""
    kind = next(kind for kind in SpectacularAPIView.renderer_classes if kind.media_type == media_type)
    text: bytes | str = kind().render(SchemaGenerator().get_schema(request=None, public=True), renderer_context={})
    return text if isinstance(text, bytes) else text.encode()


class Schema(SpectacularAPIView):
    """The OpenAPI text in the format that is asked for. It is the same for everybody, and takes a second to write: once
    per process, or a stranger who asks for it keeps a worker busy."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The text as it was first written."""
        media_type = request.accepted_renderer.media_type
        return HttpResponse(written(media_type), content_type=media_type)


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
    path("v1/", include("transparency.api.urls")),
    path("schema/", public(Schema.as_view()), name="schema"),
    # Asked with OPTIONS the library's page answers 500.
    path(
        "docs/",
        public(SpectacularSwaggerSplitView.as_view(url_name="schema", http_method_names=["get", "head"])),
        name="docs",
    ),
]
