"""Addresses of this room under /api/v1/."""

from django.urls import path

from transparency.api import views

urlpatterns = [
    path("verify/<slug:sha256>/", views.Verified.as_view(), name="api_verify"),
    path("agreements/<str:reference>/publish/", views.Publish.as_view(), name="api_publish"),
    path("agreements/<str:reference>/unpublish/", views.Unpublish.as_view(), name="api_unpublish"),
]
