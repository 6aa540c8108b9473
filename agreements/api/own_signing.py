"""Signing on a card, over the API. A token looks and downloads nothing: each step is the act of a person in a browser session."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, StrictSerializer, page_of
from agreements import actions, documents, own_keys, policies
from agreements.actions.own_certificates import LARGEST
from agreements.api import serializers as shapes
from agreements.api.views import TOKENS_DO_NOT_SIGN, Room, fresh, shown
from agreements.models import OwnCertificate, Signatory, TestingAgreement, Tier
from agreements.pdf.accepting import MOST_ADDED
from agreements.rules import turns
from core.decisions import Conflict

ENROLLED_IN_PERSON = "A token does not enrol a certificate. Its person does it in the browser."


def card_page(reference: str) -> str:
    """The page where a person signs on a card."""
    return reverse("agreements:card", args=[reference])


class CertificateOut(serializers.Serializer):
    """A certificate with which somebody signs with a key of their own."""

    id = serializers.UUIDField()
    person = serializers.UUIDField(source="person_id")
    name = serializers.CharField(source="person.name")
    subject = serializers.CharField()
    issuer = serializers.CharField()
    key_at = serializers.ChoiceField(OwnCertificate.KeyAt.choices, help_text="Where its key lies.")
    key_use = serializers.CharField(allow_blank=True)
    sha256 = serializers.CharField(help_text="Of the certificate's DER.")
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField()
    retired_at = serializers.DateTimeField(allow_null=True)


class CertificateIn(StrictSerializer):
    """A certificate (PEM, at best with those above it, or DER) without its key."""

    certificate = serializers.FileField()
    key_at = serializers.ChoiceField(OwnCertificate.KeyAt.choices, default=OwnCertificate.KeyAt.CARD)


class TurnOut(serializers.Serializer):
    """Whether the caller holds the file, and what they would sign."""

    held = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)
    file_sha256 = serializers.CharField(allow_null=True, help_text="Send it back as shown_sha256.")
    field = serializers.CharField(help_text="The signature field to sign.")
    certificate_sha256 = serializers.CharField(allow_null=True, help_text="The certificate that must sign.")
    intent = serializers.CharField()
    authority = serializers.CharField()
    page = serializers.CharField()


class SignedFileIn(StrictSerializer):
    """The file as the PDF program saved it, and all that a signature made here says."""

    upload = serializers.FileField()
    shown_sha256 = serializers.CharField(max_length=64)
    typed_name = serializers.CharField(max_length=150)
    agreed = serializers.BooleanField()


class WayIn(StrictSerializer):
    """Where a signatory signs."""

    tier = serializers.ChoiceField(Tier.choices, help_text="held: here; own: on a card; device: in a device.")


class Certificates(RoomAPIView):
    """Certificates to sign with, of the caller's organisation."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible", "post": "agreements.may_enrol"}
    takes_files = True
    paged = True

    @extend_schema(operation_id="certificates_list", responses=page_of(CertificateOut))
    def get(self, request: Request) -> Response:
        """Those that were enrolled in the caller's organisation, newest first, in pages."""
        only = {"organisation": self.organisation.pk if self.organisation else None}
        return self.page(
            OwnCertificate, columns=(), only=only, show=lambda row: CertificateOut(row).data, related=("person",)
        )

    @extend_schema(operation_id="certificates_enrol", request=CertificateIn, responses={201: CertificateOut})
    def post(self, request: Request) -> Response:
        """Enrol the caller's own. Needs a person who confirmed who they are in a browser; a token answers 403."""
        at = self.in_person(ENROLLED_IN_PERSON, reverse("agreements:enrol"))
        home = self.organisation
        if home is None:
            raise Http404
        policies.may_enrol(self.person, home).require()
        sent = self.read(CertificateIn)
        sent["certificate"] = sent["certificate"].read(LARGEST + 1)
        row = actions.enrol_certificate(organisation=home, by=self.person, stepped_up_at=at, **sent)
        return Response(CertificateOut(row).data, status=201)


class RetiredCertificate(RoomAPIView):
    """The end of a certificate."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_retire"}

    @extend_schema(operation_id="certificates_retire", request=NothingIn, responses={200: CertificateOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Retire a certificate: nothing is signed with it any more; what was signed stands."""
        row = self.visible(OwnCertificate, "person", "organisation", pk=pk)
        self.read(NothingIn)
        return Response(CertificateOut(actions.retire_certificate(certificate=row, by=self.person)).data)


class Turn(Room):
    """The caller's turn with the file that they sign on a card."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_sign_elsewhere", "post": "agreements.may_sign_elsewhere"}

    def _answer(self, agreement: TestingAgreement) -> Response:
        row, turn = turns.mine(agreement.plan, self.person), agreement.file_turn
        if row is None:
            raise Conflict("There is nothing for you to sign in this agreement now. Read it to see whose move it is.")
        certificate = own_keys.enrolled(self.person, row.organisation)
        said = {
            "held": turn is not None, "until": turn.lapses_at if turn else None,
            "file_sha256": turn.file.sha256 if turn else None, "field": row.field_name,
            "certificate_sha256": certificate.sha256 if certificate else None,
            "intent": actions.intent(agreement, row), "authority": row.on_authority,
            "page": card_page(agreement.reference),
        }  # fmt: skip
        return Response(TurnOut(said).data)

    @extend_schema(operation_id="agreements_card_turn", responses=TurnOut)
    def get(self, request: Request, reference: str) -> Response:
        """What the caller would sign, with which certificate, and whether they hold the file. Refused to whoever signs
        here, or whose turn it is not."""
        agreement = self.agreement(reference)
        policies.may_sign_elsewhere(self.person, agreement).require()
        return self._answer(agreement)

    @extend_schema(operation_id="agreements_take_file", request=NothingIn, responses={200: TurnOut})
    def post(self, request: Request, reference: str) -> Response:
        """Take the file for 24 hours; nobody else signs meanwhile. A token answers 403 with the page."""
        agreement = self.agreement(reference)
        self.in_person(TOKENS_DO_NOT_SIGN, card_page(reference))
        self.read(NothingIn)
        actions.take_file(agreement=agreement, by=self.person)
        return self._answer(self.agreement(reference))


class TurnFile(Room):
    """The file that is to be signed."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_hold_file"}

    @extend_schema(operation_id="agreements_card_file", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: str) -> HttpResponse:
        """The PDF exactly as it was issued, for whoever holds it. A token answers 403 with the page."""
        agreement = self.agreement(reference)
        self.in_person(TOKENS_DO_NOT_SIGN, card_page(reference))
        content = actions.download_to_sign(agreement=agreement, by=self.person)
        return documents.download(content, f"{agreement.reference}-to-sign")


class TurnBack(Room):
    """The end of a turn without a signature."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_hold_file"}

    @extend_schema(operation_id="agreements_give_back", request=NothingIn, responses={200: shapes.AgreementOut})
    def post(self, request: Request, reference: str) -> Response:
        """Give the file back: others of the step can sign."""
        agreement = self.agreement(reference)
        self.read(NothingIn)
        actions.give_back(agreement=agreement, by=self.person)
        return Response(shown(self.agreement(reference), self))


class CardSigning(Room):
    """A file that was signed on a card."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_sign_elsewhere"}
    takes_files = True

    @extend_schema(operation_id="agreements_sign_on_card", request=SignedFileIn, responses={200: shapes.AgreementOut})
    def post(self, request: Request, reference: str) -> Response:
        """Bring the signed file back. It is taken only if exactly the expected signature was added, with the enrolled
        certificate. Needs a person who confirmed who they are in the last five minutes; a token answers 403."""
        agreement = self.agreement(reference)
        at = self.in_person(TOKENS_DO_NOT_SIGN, card_page(reference))
        fresh(at)
        turn = actions.held_turn(agreement, self.person)
        sent = self.read(SignedFileIn)
        sent["upload"] = sent["upload"].read(turn.file.size + MOST_ADDED + 1)
        actions.sign_elsewhere(agreement=agreement, by=self.person, stepped_up_at=at, **sent)
        return Response(shown(self.agreement(reference), self))


class Way(Room):
    """Where a signatory signs."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_choose_way"}

    def _row(self, agreement: TestingAgreement, pk: UUID) -> Signatory:
        row = next((entry for entry in agreement.plan if entry.pk == pk), None)
        if row is None:
            raise Http404
        return row

    @extend_schema(operation_id="agreements_choose_way", request=WayIn, responses={200: shapes.AgreementOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Sign here, or with one's own key; for signatories of the caller's organisation who have not
        signed."""
        agreement = self.agreement(reference)
        row = self._row(agreement, pk)
        policies.may_choose_way(self.person, agreement, row).require()
        actions.choose_way(agreement=agreement, signatory=row, by=self.person, **self.read(WayIn))
        return Response(shown(self.agreement(reference), self))
