"""Access keys as the API shows them: which are in use, who may test which variant, and proof that revoked ones are refused.
A value is opened by a person in the browser (see exits.Connection)."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, page_of
from accounts.seats import seats_of
from core.decisions import Invalid, Problem
from early_access import actions, keys, queries
from early_access.api import shapes_keys as shapes
from early_access.api.views import Room
from early_access.models import RevocationProof


def key_row(card: keys.Card, sealed_for: list[str]) -> dict[str, Any]:
    """A card as the API says it."""
    key = card.key
    return {
        "variant": card.variant, "serves": list(card.serves), "version": key and key.version, "base_url": card.base_url,
        "model_name": card.model_name, "expires_on": key and key.expires_on, "sealed_for": sealed_for,
    }  # fmt: skip


class Keys(Room):
    """The keys in use."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="requests_keys", responses=page_of(shapes.KeyRow))
    def get(self, request: Request, reference: str) -> Response:
        """One row per key that serves a variant, also where none is sealed: all for the developer, for an agency those that it
        reaches a variant with. Never a value."""
        row = self.one(reference)
        specification, found = queries.specification(row), []
        if seats_of(self.person).holds(row.developer_id):
            for card in keys.for_developer(row, specification, None) if row.submitted_at else []:
                found.append(key_row(card, [str(agency.slug) for agency in card.sealed_for]))
        else:
            for agency in queries.consented(row):
                if seats_of(self.person).holds(agency.pk):
                    cards = keys.for_agency(row, agency, specification)
                    found += [key_row(card, [str(agency.slug)] if card.key else []) for card in cards]
        return self.listed(shapes.KeyRow, found)


class VariantConsents(Room):
    """Consent per agency and variant."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_change_consent"}

    @extend_schema(operation_id="variant_consents_list", responses=page_of(shapes.VariantConsentOut))
    def get(self, request: Request, reference: str) -> Response:
        """Who may test which variant, from the submission on: all for the developer, for an agency its own rows."""
        return self.listed(shapes.VariantConsentOut, keys.consents(self.one(reference)))

    @extend_schema(
        operation_id="variant_consents_change", request=shapes.VariantConsentIn,
        responses={200: shapes.VariantConsentOut},
    )  # fmt: skip
    def post(self, request: Request, reference: str) -> Response:
        """Take consent to a variant back from an agency, at once, or give it; then seal the key again for it to get one."""
        row, sent = self.one(reference), self.read(shapes.VariantConsentIn)
        place = next((a for a in queries.consented(row) if a.slug == sent["agency"]), None)
        if place is None:
            raise Invalid([Problem("agency", "This agency is not one of the request. Choose one of its agencies.")])
        made = actions.change_consent(
            request=row, agency=place, variant=sent["variant"], consented=sent["consented"], by=self.person
        )
        return Response(shapes.VariantConsentOut(made).data)


class Proofs(Room):
    """Revoked keys."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="revocation_proofs_list", responses=page_of(shapes.ProofOut))
    def get(self, request: Request, reference: str) -> Response:
        """Revoked keys that agencies had opened and whether the endpoint refuses them, newest first; an agency reads its own."""
        return self.listed(shapes.ProofOut, keys.proofs(self.one(reference), self.person))


class AskProof(Room):
    """Have one checked."""

    access: ClassVar[dict[str, str]] = {"post": "early_access.may_ask_proof"}

    @extend_schema(operation_id="revocation_proofs_ask", request=NothingIn, responses={200: shapes.ProofOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """The key is revoked at the endpoint: have the agency's worker see that it is refused there."""
        self.read(NothingIn)
        row = self.visible(RevocationProof, "agency", pk=pk, request=self.one(reference))
        made = actions.ask_proof(proof=row, by=self.person)
        return Response(shapes.ProofOut(made).data)
