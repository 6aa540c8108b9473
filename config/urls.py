"""Every address, by room."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import api, views
from config.demo import views as demo
from developers import views as developers

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("api/", include(api.urlpatterns)),  # before the rooms without a prefix, which would all be asked first
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
    path("organisation/webhooks/", include("webhooks.urls")),
    path("developers/register/", developers.register, name="register_developer"),
    path("models/", include("developers.urls")),
    path("agreements/", include("agreements.urls")),
    path("", include("early_access.urls")),
    path("", include("evaluations.urls")),
    path("", include("transparency.urls")),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("demo/confirm/", demo.confirm, name="demo_confirm"),
    path("demo/mailbox/", demo.mailbox, name="demo_mailbox"),
    path("admin/", admin.site.urls),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("components/", views.gallery, name="gallery"))

handler400 = views.bad_request
handler403 = views.refused
handler404 = views.not_found
handler500 = views.broken
