"""What a hash is, and the developer's decision about what strangers may have confirmed, over the API."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, StrictSerializer
from agreements.models import TestingAgreement
from core.decisions import Invalid, Problem
from transparency import actions, policies, queries
from transparency.forms import HashForm


class VerifiedOut(serializers.Serializer):
    """What Concord says about one SHA-256, as far as the caller may know it."""

    sha256 = serializers.CharField()
    kind = serializers.ChoiceField(
        [queries.PUBLISHED, queries.YOURS, queries.UNFINISHED, queries.UNKNOWN],
        help_text="published: anybody may know it. yours: of an agreement that the caller reads. unfinished: not all have "
        "signed, it binds nobody. unknown: not issued here, or not for the caller to know.",
    )
    is_certificate = serializers.BooleanField(help_text="It is the completion certificate, not the executed copy.")
    reference = serializers.CharField(allow_blank=True)
    content = serializers.DictField(help_text="What the completion certificate says; empty where there is none.")


class Verified(RoomAPIView):
    """Verification by hash: the file stays where it is."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(operation_id="verify", responses=VerifiedOut)
    def get(self, request: Request, sha256: str) -> Response:
        """What a file with this SHA-256 is. Unpublished agreements answer to those who read them."""
        form = HashForm({"sha256": sha256})
        if not form.is_valid():
            raise Invalid([Problem("sha256", str(form.errors["sha256"][0]))])
        return Response(VerifiedOut(queries.answer(form.cleaned_data["sha256"], self.person)).data)


class PublicityOut(serializers.Serializer):
    """Whether strangers may have the executed copy confirmed."""

    reference = serializers.CharField()
    published = serializers.BooleanField()


class PublishIn(StrictSerializer):
    """The certificate that was read: what it says becomes public."""

    certificate_sha256 = serializers.CharField(max_length=64)


class _Publicity(RoomAPIView):
    """What both addresses share."""

    def agreement(self, reference: str) -> TestingAgreement:
        """The row if the caller may see it, else 404; whether they decide is said first."""
        found: TestingAgreement = self.visible(TestingAgreement, "developer", "current", reference=reference)
        policies.may_publish(self.person, found).require()
        return found


class Publish(_Publicity):
    """The decision."""

    access: ClassVar[dict[str, str]] = {"post": "transparency.may_publish"}

    @extend_schema(operation_id="agreements_publish", request=PublishIn, responses={200: PublicityOut})
    def post(self, request: Request, reference: str) -> Response:
        """Let anybody who holds the executed copy have it confirmed; 409 when the certificate is another one by now."""
        agreement = self.agreement(reference)
        sent = self.read(PublishIn)
        actions.publish(agreement=agreement, shown_sha256=sent["certificate_sha256"], by=self.person)
        return Response(PublicityOut({"reference": reference, "published": True}).data)


class Unpublish(_Publicity):
    """Its end."""

    access: ClassVar[dict[str, str]] = {"post": "transparency.may_publish"}

    @extend_schema(operation_id="agreements_unpublish", request=NothingIn, responses={200: PublicityOut})
    def post(self, request: Request, reference: str) -> Response:
        """Its hash is not confirmed to strangers any more."""
        agreement = self.agreement(reference)
        self.read(NothingIn)
        actions.take_back(agreement=agreement, by=self.person)
        return Response(PublicityOut({"reference": reference, "published": False}).data)
