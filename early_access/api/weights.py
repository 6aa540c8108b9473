"""The weights route over the API: signer, signed manifest, receipts. The weights themselves never pass through here."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer, page_of
from core.decisions import Invalid, Problem
from early_access import actions, downloads, queries, weights
from early_access.api.views import Room
from early_access.formats.manifest import LARGEST
from early_access.models import DestructionCertificate, WeightsManifest, WeightsSigner


class SignerIn(StrictSerializer):
    """A public key or certificate."""

    pem = serializers.CharField(max_length=16_384, help_text="PEM, from BEGIN to END. Never a private key.")


class SignerOut(serializers.Serializer):
    """Whose signature counts."""

    kind = serializers.CharField(help_text="“key” or “certificate”.")
    fingerprint = serializers.CharField(help_text="SHA-256 of the DER. Compare it by a second channel.")
    pem = serializers.CharField()
    registered_at = serializers.DateTimeField(source="created_at")


class ManifestIn(StrictSerializer):
    """A signed manifest and where the weights are."""

    location = serializers.CharField(max_length=500, help_text="A pointer that opens nothing by itself.")
    custodian = serializers.CharField(max_length=200, allow_blank=True, default="")
    total_bytes = serializers.IntegerField(min_value=0, max_value=2**62, allow_null=True, default=None)
    bundle = serializers.FileField(help_text="The signature file of model signing 1.0.")


class ManifestOut(serializers.Serializer):
    """A manifest whose signature held when it was uploaded."""

    version = serializers.IntegerField()
    location = serializers.CharField()
    custodian = serializers.CharField(allow_blank=True)
    total_bytes = serializers.IntegerField(allow_null=True)
    file_count = serializers.IntegerField()
    root_sha256 = serializers.CharField()
    sha256 = serializers.CharField(help_text="Of the signed file.")
    signer = serializers.CharField(source="signer.fingerprint")
    pickled = serializers.ListField(child=serializers.CharField(), help_text="Files that may run code when loaded.")
    registered_at = serializers.DateTimeField(source="created_at")


class WeightsReceiptIn(StrictSerializer):
    """What an agency received."""

    agency = serializers.SlugField()
    version = serializers.IntegerField(min_value=1, help_text="Of the manifest that it was compared with.")
    root_sha256 = serializers.CharField(
        max_length=64, allow_blank=True, default="", help_text="Computed from the listing where it is left out."
    )
    listing = serializers.CharField(
        max_length=2_000_000, allow_blank=True, default="", help_text="Lines of sha256sum: each difference is named."
    )
    signer_confirmed = serializers.BooleanField(default=False)
    statement = serializers.CharField(max_length=400, allow_blank=True, default="")


class WeightsReceiptOut(serializers.Serializer):
    """What an agency received, compared with the manifest."""

    agency = serializers.CharField(source="agency.slug")
    version = serializers.IntegerField(source="manifest.version")
    root_sha256 = serializers.CharField()
    matches = serializers.BooleanField()
    differences = serializers.ListField(child=serializers.DictField(), help_text="[{name, what}]")
    signer_confirmed = serializers.BooleanField()
    statement = serializers.CharField(allow_blank=True)
    confirmed_at = serializers.DateTimeField(source="created_at")


class Signers(Room):
    """Whose signature counts."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_register_weights"}

    @extend_schema(operation_id="weights_signers_list", responses=page_of(SignerOut))
    def get(self, request: Request, reference: str) -> Response:
        """The signers of a request, oldest first; the last one counts."""
        return self.listed(SignerOut, WeightsSigner.objects.filter(request=self.one(reference)))

    @extend_schema(operation_id="weights_signers_register", request=SignerIn, responses={201: SignerOut})
    def post(self, request: Request, reference: str) -> Response:
        """Register the public key or certificate that manifests have to be signed with."""
        row = self.one(reference)
        made = actions.register_signer(request=row, by=self.person, **self.read(SignerIn))
        return Response(SignerOut(made).data, status=201)


class Manifests(Room):
    """Signed manifests."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_register_weights"}

    @extend_schema(operation_id="weights_manifests_list", responses=page_of(ManifestOut))
    def get(self, request: Request, reference: str) -> Response:
        """The manifests of a request, oldest first; agencies compare with the last one."""
        rows = WeightsManifest.objects.filter(request=self.one(reference)).select_related("signer")
        return self.listed(ManifestOut, rows)

    @extend_schema(
        operation_id="weights_manifests_register",
        request={"multipart/form-data": ManifestIn},
        responses={201: ManifestOut},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Upload a signed manifest: it is verified against the registered signer at once, without the weights."""
        row, sent = self.one(reference), self.read(ManifestIn)
        bundle = sent.pop("bundle").read(LARGEST + 1)
        made = actions.register_manifest(request=row, bundle=bundle, by=self.person, **sent)
        return Response(ManifestOut(made).data, status=201)


class Receipts(Room):
    """What agencies received."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_confirm_weights"}

    @extend_schema(operation_id="weights_receipts_list", responses=page_of(WeightsReceiptOut))
    def get(self, request: Request, reference: str) -> Response:
        """Receipts, newest first: all for the developer, for an agency its own."""
        return self.listed(WeightsReceiptOut, weights.receipts(self.one(reference), self.person))

    @extend_schema(
        operation_id="weights_receipts_confirm", request=WeightsReceiptIn, responses={201: WeightsReceiptOut}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Say what arrived; it is compared with the manifest, and what differs is named to both sides."""
        row, sent = self.one(reference), self.read(WeightsReceiptIn)
        slug = sent.pop("agency")
        place = next((a for a in queries.consented(row) if a.slug == slug), None)
        if place is None:
            raise Invalid([Problem("agency", "This agency is not one of the request. Choose one of its agencies.")])
        made = actions.confirm_weights(request=row, agency=place, by=self.person, **sent)
        return Response(WeightsReceiptOut(made).data, status=201)


class OfManifest(Room):
    """A file of one manifest."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    def manifest(self, reference: str, version: int) -> WeightsManifest:
        """The manifest of that version, if the caller reads the request."""
        found: WeightsManifest = self.visible(WeightsManifest, "request", request=self.one(reference), version=version)
        return found


class Bundle(OfManifest):
    """The signed bundle."""

    @extend_schema(
        operation_id="weights_manifests_bundle", responses={(200, "application/json"): OpenApiTypes.BINARY}
    )  # fmt: skip
    def get(self, request: Request, reference: str, version: int) -> HttpResponse:
        """The signed bundle, byte for byte as it came."""
        return downloads.bundle(self.manifest(reference, version))


class Sums(OfManifest):
    """The list of its files."""

    @extend_schema(operation_id="weights_manifests_sums", responses={(200, "text/plain"): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: str, version: int) -> HttpResponse:
        """The same files as `sha256sum -c` takes them."""
        return downloads.sums(self.manifest(reference, version))


class Certificate(Room):
    """A certificate of destruction."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(
        operation_id="return_items_certificate", responses={(200, "application/json"): OpenApiTypes.BINARY}
    )  # fmt: skip
    def get(self, request: Request, reference: str, pk: UUID) -> HttpResponse:
        """The certificate of one agency's answer, for that agency and the developer. Its SHA-256 is in the timeline."""
        found = self.visible(DestructionCertificate, item=pk, item__request=self.one(reference))
        return downloads.certificate(found, reference)
