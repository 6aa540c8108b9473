"""Addresses of the public pages."""

from django.urls import path

from transparency import views

app_name = "transparency"
urlpatterns = [
    path("section-3c/", views.notice, name="notice"),
    path("verify/", views.verify, name="verify"),
    path("verify/concord-root.pem", views.root, name="root"),
    path("agreements/<str:reference>/check-copy/", views.check_copy, name="check_copy"),
    path("agreements/<str:reference>/publish/", views.publish, name="publish"),
]
