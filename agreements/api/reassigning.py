"""Another signatory, over the API: the delegations that could be used instead, and the one that is."""

from __future__ import annotations

from typing import Any, ClassVar
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
from agreements.delegations import Bearer
from agreements.models import Incumbency, Signatory, SignatureAuthority, TestingAgreement
from core.decisions import Invalid, Problem


class ReassignIn(StrictSerializer):
    """Whose delegation is used instead, and why."""

    authority = serializers.UUIDField(help_text="One of those that GET lists.")
    incumbency = serializers.UUIDField(
        default=None, allow_null=True, help_text="Of a delegation to a post: who of those in it. Null: its incumbent."
    )
    reason = serializers.CharField(max_length=500, help_text="All parties read it.")


class BearerOut(shapes.AuthorityOut):
    """A delegation, and who could sign on it now."""

    person = serializers.UUIDField(source="bearer.person.pk")
    person_name = serializers.CharField(source="bearer.person.name")
    incumbency = serializers.UUIDField(allow_null=True, help_text="How they hold its post, if it is given to one.")
    capacity = serializers.CharField(allow_blank=True, help_text="In which office they would sign.")

    def to_representation(self, instance: Bearer) -> dict[str, Any]:
        """The delegation's own keys, and the bearer's."""
        held = instance.incumbency
        return {
            **shapes.AuthorityOut(instance.authority).data, "person": str(instance.person.pk),
            "person_name": instance.person.name, "incumbency": str(held.pk) if held else None,
            "capacity": instance.capacity,
        }  # fmt: skip


class Reassigned(Room):
    """One signatory who has not signed, of the caller's organisation."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_reassign", "post": "agreements.may_reassign"}

    def _row(self, agreement: TestingAgreement, pk: UUID) -> Signatory:
        row = next((entry for entry in agreement.plan if entry.pk == pk), None)
        if row is None:
            raise Http404
        policies.may_replace(self.person, agreement, row).require()
        return row

    @extend_schema(operation_id="agreements_who_else", responses=page_of(BearerOut))
    def get(self, request: Request, reference: str, pk: UUID) -> Response:
        """The delegations on which somebody else of the organisation could sign now."""
        agreement = self.agreement(reference)
        others = queries.who_else(agreement, self._row(agreement, pk), timezone.now())
        return self.listed(BearerOut, others)

    @extend_schema(operation_id="agreements_reassign", request=ReassignIn, responses={200: shapes.AgreementOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Name the holder of another delegation. Refused once the signatory has signed."""
        agreement = self.agreement(reference)
        row, sent = self._row(agreement, pk), self.read(ReassignIn)
        rows = SignatureAuthority.objects.visible_to(self.person).filter(organisation=row.organisation_id)
        authority = rows.filter(pk=sent["authority"]).first()
        if authority is None:
            raise Invalid([Problem("authority", "Your organisation has no such delegation. Look one up in the list.")])
        held = None
        if sent["incumbency"] is not None:
            seats = Incumbency.objects.visible_to(self.person).filter(organisation=row.organisation_id)
            held = seats.filter(pk=sent["incumbency"], post=authority.post_id).first()
            if held is None:
                raise Invalid(
                    [Problem("incumbency", "They do not hold the post of this delegation. Look at the list.")]
                )
        actions.reassign(
            agreement=agreement, signatory=row, authority=authority, incumbency=held, by=self.person,
            reason=sent["reason"],
        )  # fmt: skip
        return Response(shown(self.agreement(reference), self))
