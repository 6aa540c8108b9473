"""Addresses of the public pages."""

from django.urls import path

from transparency import views

app_name = "transparency"
urlpatterns = [path("section-3c/", views.notice, name="notice")]
