"""Addresses of this room under /api/v1/."""

from django.urls import path

from agencies.api import views

urlpatterns = [path("agencies/", views.Agencies.as_view(), name="api_agencies")]
