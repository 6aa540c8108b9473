"""Addresses of the inbox, the notices, what is mailed, and the calendar."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("due/", views.due, name="due"),
    path("notifications/", views.notices, name="notices"),
    path("notifications/mail/", views.preferences, name="preferences"),
    path("notifications/calendar/", views.calendar, name="calendar"),
    path("calendar/<str:token>.ics", views.feed, name="feed"),
]
