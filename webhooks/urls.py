"""Addresses of an organisation's webhooks."""

from django.urls import path

from webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("", views.endpoints, name="list"),
    path("new/", views.add, name="add"),
    path("<uuid:pk>/", views.endpoint, name="endpoint"),
    path("<uuid:pk>/change/", views.change, name="change"),
    path("<uuid:pk>/secret/", views.rotate, name="rotate"),
    path("<uuid:pk>/pause/", views.pause, name="pause"),
    path("<uuid:pk>/resume/", views.resume, name="resume"),
    path("<uuid:pk>/test/", views.test, name="test"),
    path("<uuid:pk>/again/", views.send_all_again, name="send_all_again"),
    path("<uuid:pk>/remove/", views.remove, name="remove"),
    path("deliveries/<uuid:pk>/", views.delivery, name="delivery"),
    path("deliveries/<uuid:pk>/again/", views.send_again, name="send_again"),
]
