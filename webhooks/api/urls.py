"""Addresses of this room under /api/v1/."""

from django.urls import path

from webhooks.api import views

urlpatterns = [
    path("webhooks/", views.Endpoints.as_view(), name="api_webhooks"),
    path("webhooks/<uuid:pk>/", views.OneEndpoint.as_view(), name="api_webhook"),
    path("webhooks/<uuid:pk>/pause/", views.Pause.as_view(), name="api_webhook_pause"),
    path("webhooks/<uuid:pk>/resume/", views.Resume.as_view(), name="api_webhook_resume"),
    path("webhooks/<uuid:pk>/test/", views.TestEvent.as_view(), name="api_webhook_test"),
    path("webhooks/<uuid:pk>/again/", views.AllAgain.as_view(), name="api_webhook_all_again"),
    path("webhooks/<uuid:pk>/remove/", views.Remove.as_view(), name="api_webhook_remove"),
    path("webhooks/<uuid:pk>/deliveries/", views.Deliveries.as_view(), name="api_webhook_deliveries"),
    path("webhooks/deliveries/<uuid:pk>/", views.OneDelivery.as_view(), name="api_webhook_delivery"),
    path("webhooks/deliveries/<uuid:pk>/again/", views.Again.as_view(), name="api_webhook_again"),
]
