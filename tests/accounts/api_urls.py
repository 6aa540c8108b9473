"""Addresses for the tests of the API's base: this room's, and one that counts its effects."""

from typing import ClassVar

from django.urls import include, path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, VisibleRelatedField
from accounts.models import Membership, Organisation
from agreements.models import TestingAgreement
from config.urls import handler404
from config.urls import urlpatterns as pages
from core.decisions import Conflict, Invalid, Problem, refuse

__all__ = ["handler404", "urlpatterns"]


class Input(StrictSerializer):
    log = serializers.FileField(required=False)
    name = serializers.CharField(max_length=20)
    agency = VisibleRelatedField(Organisation, required=False)


class Effects(RoomAPIView):
    """Each post is one effect that can be counted: a letter more in the person's job title."""

    access: ClassVar[dict[str, str]] = {"get": "accounts.visible", "post": "accounts.visible"}

    def get(self, request: Request) -> Response:
        raise {
            "conflict": Conflict("Reload.", theirs="a", yours="b"),
            "invalid": Invalid([Problem("a.b", "Shorter.")]),
        }[request.query_params["how"]]

    def post(self, request: Request) -> Response:
        found = self.read(Input)
        if found["name"] == "refuse":
            refuse("Not now.", "Ask counsel.").require()
        seat = Membership.objects.select_for_update(of=("self",)).get(user=self.person)
        seat.roles = [*seat.roles, "counsel"]
        seat.save()
        return Response({"roles": len(seat.roles), "name": found["name"]}, status=201)


class Listing(RoomAPIView):
    """A keyset list of agreements."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    def get(self, request: Request) -> Response:
        return self.page(TestingAgreement, columns=["reference"])


class Unguarded(RoomAPIView):
    """Forgot to name its guard."""

    def get(self, request: Request) -> Response:
        return Response({})


urlpatterns = [
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/effects/", Effects.as_view()),
    path("api/v1/listing/", Listing.as_view()),
    path("api/v1/unguarded/", Unguarded.as_view()),
    *pages,
]
