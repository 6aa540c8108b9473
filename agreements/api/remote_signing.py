"""Signing with a key in a signing device, over the API: asked and finished by a person in a browser session, never by a token."""

from __future__ import annotations

from typing import ClassVar

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, StrictSerializer
from agreements import actions, own_keys, policies, queries
from agreements.api import serializers as shapes
from agreements.api.views import TOKENS_DO_NOT_SIGN, Room, fresh, shown
from agreements.models import TestingAgreement
from agreements.rules import turns
from core.decisions import Conflict


def device_page(reference: str) -> str:
    """The page where a person signs with their device."""
    return reverse("agreements:device", args=[reference])


class DeviceOut(serializers.Serializer):
    """What the caller would sign or is signing with their device."""

    state = serializers.ChoiceField(["not_asked", "asked", "answered", "failed"])
    failure = serializers.CharField(allow_blank=True, help_text="Why the device made no signature, in a sentence.")
    until = serializers.DateTimeField(allow_null=True, help_text="Until when nobody else signs.")
    file_sha256 = serializers.CharField(allow_null=True, help_text="Send it back as shown_sha256.")
    certificate_sha256 = serializers.CharField(allow_null=True)
    intent = serializers.CharField()
    authority = serializers.CharField()
    page = serializers.CharField()


class AskDeviceIn(StrictSerializer):
    """All that a signature made here says."""

    shown_sha256 = serializers.CharField(max_length=64)
    typed_name = serializers.CharField(max_length=150)
    agreed = serializers.BooleanField()


class DeviceSigning(Room):
    """The caller's signing device, and what it is asked."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_sign_by_device", "post": "agreements.may_sign_by_device"}

    def _answer(self, agreement: TestingAgreement, status: int = 200) -> Response:
        row = turns.mine(agreement.plan, self.person)
        if row is None:
            raise Conflict("There is nothing for you to sign in this agreement now. Read it to see whose move it is.")
        asked, file = own_keys.last_asked(row), queries.current_file(agreement)
        running = asked is not None and asked.is_running(timezone.now())
        state = "not_asked"
        if asked is not None and running:
            state = "answered" if asked.signature else "asked"
        elif asked is not None and asked.failure:
            state = "failed"
        certificate = own_keys.enrolled(self.person, row.organisation)
        said = {
            "state": state, "failure": asked.failure if asked else "",
            "until": asked.turn.lapses_at if asked and running else None, "file_sha256": file.sha256 if file else None,
            "certificate_sha256": certificate.sha256 if certificate else None,
            "intent": actions.intent(agreement, row), "authority": row.on_authority,
            "page": device_page(agreement.reference),
        }  # fmt: skip
        return Response(DeviceOut(said).data, status=status)

    @extend_schema(operation_id="agreements_device", responses=DeviceOut)
    def get(self, request: Request, reference: str) -> Response:
        """What the caller would sign, and whether their device was asked and has answered. Refused to whoever signs
        otherwise, or whose turn it is not."""
        agreement = self.agreement(reference)
        policies.may_sign_by_device(self.person, agreement).require()
        return self._answer(agreement)

    @extend_schema(operation_id="agreements_ask_device", request=AskDeviceIn, responses={202: DeviceOut})
    def post(self, request: Request, reference: str) -> Response:
        """Have the device asked. Needs a person who confirmed who they are in the last two minutes; a token answers 403.
        Sent twice, the device is asked once."""
        agreement = self.agreement(reference)
        at = self.in_person(TOKENS_DO_NOT_SIGN, device_page(reference))
        fresh(at)
        policies.may_sign_by_device(self.person, agreement).require()
        actions.ask_device(agreement=agreement, by=self.person, stepped_up_at=at, **self.read(AskDeviceIn))
        return self._answer(self.agreement(reference), 202)


class DeviceFinished(Room):
    """The device's signature in the file."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_sign_by_device"}

    @extend_schema(operation_id="agreements_finish_device", request=NothingIn, responses={200: shapes.AgreementOut})
    def post(self, request: Request, reference: str) -> Response:
        """Put the signature into the file; everything is decided again. Needs a person who confirmed who they are in the
        last two minutes; a token answers 403. 409 while the device has not answered."""
        agreement = self.agreement(reference)
        at = self.in_person(TOKENS_DO_NOT_SIGN, device_page(reference))
        fresh(at)
        self.read(NothingIn)
        actions.finish_by_device(agreement=agreement, by=self.person, stepped_up_at=at)
        return Response(shown(self.agreement(reference), self))


class DeviceStopped(Room):
    """The end of waiting."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_stop_device"}

    @extend_schema(operation_id="agreements_stop_device", request=NothingIn, responses={200: shapes.AgreementOut})
    def post(self, request: Request, reference: str) -> Response:
        """Wait no longer: others of the step can sign, and what the device still answers is not kept."""
        agreement = self.agreement(reference)
        self.read(NothingIn)
        actions.stop_device(agreement=agreement, by=self.person)
        return Response(shown(self.agreement(reference), self))
