"""Addresses of this room under /api/v1/."""

from django.urls import path

from accounts.api import schema, views

__all__ = ["schema", "urlpatterns"]  # schema registers itself with the OpenAPI generator

urlpatterns = [
    path("me/", views.Me.as_view(), name="api_me"),
    path("organisation/people/", views.People.as_view(), name="api_people"),
    path("search/", views.Search.as_view(), name="api_search"),
    path("tokens/", views.Tokens.as_view(), name="api_tokens"),
    path("tokens/<uuid:pk>/revoke/", views.RevokedToken.as_view(), name="api_token_revoke"),
]
