"""Addresses of this room under /api/v1/."""

from django.urls import path

from notifications.api import views

urlpatterns = [
    path("inbox/", views.Inbox.as_view(), name="api_inbox"),
    path("due/", views.Due.as_view(), name="api_due"),
    path("notices/", views.Notices.as_view(), name="api_notices"),
]
