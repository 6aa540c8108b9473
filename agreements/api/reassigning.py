"""Another signatory, over the API: the delegations that could be used instead, and the one that is."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer, page_of
from agreements import actions, policies, queries
from agreements.api import serializers as shapes
from agreements.api.views import Room, shown
from agreements.models import Signatory, SignatureAuthority, TestingAgreement
from core.decisions import Invalid, Problem


class ReassignIn(StrictSerializer):
    """Whose delegation is used instead, and why."""

    authority = serializers.UUIDField(help_text="One of those that GET lists.")
    reason = serializers.CharField(max_length=500, help_text="All parties read it.")


class Reassigned(Room):
    """One signatory who has not signed, of the caller's organisation."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_reassign", "post": "agreements.may_reassign"}

    def _row(self, agreement: TestingAgreement, pk: UUID) -> Signatory:
        row = next((entry for entry in agreement.plan if entry.pk == pk), None)
        if row is None:
            raise Http404
        policies.may_replace(self.person, agreement, row).require()
        return row

    @extend_schema(operation_id="agreements_who_else", responses=page_of(shapes.AuthorityOut))
    def get(self, request: Request, reference: str, pk: UUID) -> Response:
        """The delegations on which somebody else of the organisation could sign now."""
        agreement = self.agreement(reference)
        others = queries.who_else(agreement, self._row(agreement, pk), timezone.now())
        return self.listed(shapes.AuthorityOut, others)

    @extend_schema(operation_id="agreements_reassign", request=ReassignIn, responses={200: shapes.AgreementOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Name the holder of another delegation. Refused once the signatory has signed."""
        agreement = self.agreement(reference)
        row, sent = self._row(agreement, pk), self.read(ReassignIn)
        rows = SignatureAuthority.objects.visible_to(self.person).filter(organisation=row.organisation_id)
        authority = rows.filter(pk=sent["authority"]).first()
        if authority is None:
            raise Invalid([Problem("authority", "Your organisation has no such delegation. Look one up in the list.")])
        actions.reassign(agreement=agreement, signatory=row, authority=authority, by=self.person, reason=sent["reason"])
        return Response(shown(self.agreement(reference), self))
