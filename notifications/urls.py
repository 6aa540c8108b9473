"""Addresses of the inbox, the notices and what is mailed."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("notifications/", views.notices, name="notices"),
    path("notifications/mail/", views.preferences, name="preferences"),
]
