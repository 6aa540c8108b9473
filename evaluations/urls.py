"""Addresses of assignments and routing."""

from django.urls import path

from evaluations import views

app_name = "evaluations"
urlpatterns = [
    path("assignments/", views.assignments, name="assignments"),
    path("assignments/<str:reference>/", views.assignment, name="assignment"),
    path("assignments/<str:reference>/decline/", views.decline, name="decline"),
    path("assignments/<str:reference>/attest/", views.attest, name="attest"),
    path("assignments/<str:reference>/prepare/", views.prepare, name="prepare"),
    path("assignments/<str:reference>/stop/", views.stop, name="stop"),
    path("assignments/<str:reference>/<str:verb>/", views.move, name="move"),
    path("routing/", views.board, name="board"),
    path("routing/<uuid:pk>/again/", views.route_again, name="route_again"),
]
