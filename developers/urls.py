"""Addresses of developers and their models, under /models/. The public registration stands at /developers/register/."""

from django.urls import path

from developers import views

app_name = "developers"
urlpatterns = [
    path("", views.home, name="home"),
    path("verification/", views.queue, name="queue"),
    path("verification/<uuid:pk>/", views.decide, name="decide"),
    path("new/", views.new_model, name="new_model"),
    path("<slug:reference>/", views.model_page, name="model"),
    path("<slug:reference>/checkpoints/new/", views.new_checkpoint, name="new_checkpoint"),
]
