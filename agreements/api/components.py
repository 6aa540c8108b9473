"""Components that concur inside an agency, over the API: the plan, how far it is, and an answer. For that agency alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer, page_of
from accounts.models import Organisation
from agreements import actions, components, policies
from agreements.api.serializers import ConcurIn, RefuseIn
from agreements.api.views import Room
from agreements.components import Part, Standing
from agreements.models import TestingAgreement
from agreements.rules import concurring


class ComponentAnswer(serializers.Serializer):
    """One component, and its answer to the current version as far as the caller reads it."""

    component = serializers.CharField(help_text="Its slug.")
    name = serializers.CharField()
    verdict = serializers.CharField(allow_null=True, help_text="concur or refuse; null while there is none to read.")
    answered = serializers.BooleanField(
        allow_null=True, help_text="Null to another component while answers are sealed."
    )
    asked = serializers.BooleanField(help_text="Whether it can answer now.")
    answer_by = serializers.DateField(allow_null=True)
    clause_ids = serializers.ListField(child=serializers.CharField())
    comment = serializers.CharField(allow_blank=True)
    decided_by = serializers.CharField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    carried = serializers.BooleanField(help_text="Whether it stands from an earlier version: nothing of it changed.")


class ComponentPlanOut(serializers.Serializer):
    """How one agency prepares its concurrence."""

    agency = serializers.CharField()
    order = serializers.CharField(help_text="parallel or sequence")
    blind = serializers.BooleanField()
    answer_by = serializers.DateField(allow_null=True)
    answered = serializers.IntegerField()
    all_concur = serializers.BooleanField(help_text="Whether the agency can concur.")
    taken_over_from = serializers.CharField(
        allow_null=True, help_text="Of an amendment: the agreement for which the plan was set, until it is set here."
    )
    components = ComponentAnswer(many=True)


class ComponentPlanIn(StrictSerializer):
    """Which components concur first. Counsel of the agency set it, until it has concurred."""

    components = serializers.ListField(
        child=serializers.SlugField(max_length=40),
        help_text="Slugs in the order in which they are asked; none: no plan.",
    )
    order = serializers.ChoiceField([concurring.PARALLEL, concurring.SEQUENCE])
    blind = serializers.BooleanField(default=False, help_text="Sealed until all are in. Needs “parallel”.")
    answer_by = serializers.DateField(default=None, allow_null=True)


class RefuseForComponentIn(RefuseIn):
    """Why a component does not concur."""

    clause_ids = serializers.ListField(child=serializers.CharField(), help_text="At least one of the current version.")


def shown(standing: Standing, view: Room, agreement: TestingAgreement) -> dict[str, Any]:
    """A plan as the caller may see it."""
    plan, user = standing.plan, view.person
    agency = standing.agency in policies.acts_for(user, agreement)
    own = components.seats_in(user)
    return {
        "agency": standing.agency.slug, "order": plan.order, "blind": plan.blind, "answer_by": plan.answer_by,
        "answered": standing.answered, "all_concur": standing.is_clear,
        "taken_over_from": plan.taken_over_from.reference if plan.taken_over_from else None,
        "components": [
            _part(part, hidden=plan.blind and not standing.all_in and not agency and part.component.pk not in own)
            for part in standing.parts
        ],
    }  # fmt: skip


def _part(part: Part, *, hidden: bool) -> dict[str, Any]:
    row, ask = part.answer, part.ask
    return {
        "component": part.component.slug, "name": part.component.name, "verdict": row.verdict if row else None,
        "answered": None if hidden else part.is_in, "asked": ask is not None, "answer_by": ask.answer_by if ask else None,
        "clause_ids": row.clause_ids if row else [], "comment": row.comment if row else "",
        "decided_by": row.said_by if row else None, "decided_at": row.decided_at if row else None,
        "carried": bool(row and row.carried_from_id),
    }  # fmt: skip


class _Inside(Room):
    """What the addresses share."""

    def plans(self, reference: str) -> Response:
        """All plans that the caller reads, as they are now."""
        agreement = self.agreement(reference)
        policies.may_read_components(self.person, agreement).require()
        return self.listed(ComponentPlanOut, [shown(row, self, agreement) for row in components.of(agreement)])


class Components(_Inside):
    """The plan of the caller's agency and the answers."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_read_components"}

    @extend_schema(operation_id="agreements_components", responses=page_of(ComponentPlanOut))
    def get(self, request: Request, reference: str) -> Response:
        """Which components concur before the caller's agency does, and what they answered. Empty: nothing is planned."""
        return self.plans(reference)


def _organisation(slug: str) -> Organisation:
    found: Organisation = get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.AGENCY)
    return found


class ComponentPlan(_Inside):
    """Setting the plan."""

    access: ClassVar[dict[str, str]] = {"put": "agreements.may_set_component_plan"}

    @extend_schema(
        operation_id="agreements_set_component_plan", request=ComponentPlanIn, responses=page_of(ComponentPlanOut)
    )
    def put(self, request: Request, reference: str, parent: str) -> Response:
        """Say which components of the agency concur first, in which way, by which day."""
        agreement, agency = self.agreement(reference), _organisation(parent)
        policies.may_set_component_plan(self.person, agreement, agency).require()
        actions.set_component_plan(agreement=agreement, by=self.person, agency=agency, **self.read(ComponentPlanIn))
        return self.plans(reference)


class ConcurForComponent(_Inside):
    """A component's concurrence."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_answer_for_component"}

    @extend_schema(
        operation_id="agreements_concur_for_component", request=ConcurIn, responses={200: page_of(ComponentPlanOut)}
    )
    def post(self, request: Request, reference: str, component: str) -> Response:
        """Concur for the caller's component with the text whose hash was read; 409 when it is another one by now."""
        agreement, speaks = self.agreement(reference), _organisation(component)
        policies.may_answer_for_component(self.person, agreement, speaks).require()
        actions.concur_for_component(agreement=agreement, by=self.person, component=speaks, **self.read(ConcurIn))
        return self.plans(reference)


class RefuseForComponent(_Inside):
    """A component's refusal."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_answer_for_component"}

    @extend_schema(
        operation_id="agreements_refuse_for_component", request=RefuseForComponentIn,
        responses={200: page_of(ComponentPlanOut)},
    )  # fmt: skip
    def post(self, request: Request, reference: str, component: str) -> Response:
        """Say for the caller's component that it does not concur: with the clause and the reason, read in its agency only."""
        agreement, speaks = self.agreement(reference), _organisation(component)
        policies.may_answer_for_component(self.person, agreement, speaks).require()
        sent = self.read(RefuseForComponentIn)
        actions.refuse_for_component(agreement=agreement, by=self.person, component=speaks, **sent)
        return self.plans(reference)
