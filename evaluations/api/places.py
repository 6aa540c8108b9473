"""/api/v1/routing/capacity/, overloads/ and exclusions/: an agency's places day by day, what is too much, who is kept out."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, StrictSerializer, page_of
from accounts.models import Organisation
from accounts.seats import seats_of
from agencies import actions as agencies
from agencies import policies as keeping
from agencies.domains import RiskDomain
from agencies.models import CapacityPeriod
from core.decisions import Invalid, Problem
from early_access.models import EarlyAccessRequest
from evaluations import actions, queries
from evaluations.api import routing
from evaluations.models import PlaceOverload, RoutingExclusion


class StretchOut(serializers.Serializer):
    """Days in a row on which the same number of places exists and is taken."""

    domain = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    places = serializers.IntegerField()
    taken = serializers.IntegerField()


class PeriodOut(serializers.Serializer):
    """Days with other places than usual."""

    id = serializers.UUIDField()
    domain = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    places = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
    row_version = serializers.IntegerField(help_text="Send it back with a change.")


class CalendarOut(serializers.Serializer):
    """One month of one agency."""

    agency = serializers.CharField()
    month = serializers.CharField(help_text="2026-12")
    days = StretchOut(many=True)
    periods = PeriodOut(many=True)


class PeriodIn(StrictSerializer):
    """Places of an agency on some days, first and last included."""

    agency = serializers.SlugField()
    domain = serializers.ChoiceField(choices=RiskDomain.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    places = serializers.IntegerField(min_value=0, max_value=500)
    note = serializers.CharField(max_length=200, allow_blank=True, default="")
    row_version = serializers.IntegerField(
        min_value=0, default=0, help_text="Of the period as it was read; 0: a new one."
    )


class UsualIn(StrictSerializer):
    """Places on all other days."""

    agency = serializers.SlugField()
    domain = serializers.ChoiceField(choices=RiskDomain.choices)
    places = serializers.IntegerField(min_value=1, max_value=500)


class RemoveIn(StrictSerializer):
    """The period as it was read."""

    row_version = serializers.IntegerField(min_value=0)


class OverloadOut(serializers.Serializer):
    """More requests at an agency than places, on the worst days."""

    id = serializers.UUIDField()
    agency = serializers.CharField(source="agency.slug")
    router = serializers.CharField(source="router.slug")
    domain = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    places = serializers.IntegerField()
    taken = serializers.IntegerField()
    since = serializers.DateTimeField(source="created_at")
    movable = serializers.ListField(child=serializers.UUIDField(), help_text="Decisions that can be routed again.")


class RelieveIn(StrictSerializer):
    """Which of them are routed again, and why."""

    decisions = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=50)
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="", help_text="The agencies read it.")


class ExclusionOut(serializers.Serializer):
    """An agency that is kept out until a day."""

    id = serializers.UUIDField()
    router = serializers.CharField(source="router.slug")
    agency = serializers.CharField(source="agency.slug")
    developer = serializers.UUIDField(source="developer_id")
    request = serializers.CharField(
        source="request.reference", default=None, allow_null=True, help_text="Null: all requests of the developer."
    )
    until = serializers.DateField()
    reason = serializers.CharField()
    made_at = serializers.DateTimeField(source="created_at")
    lifted_at = serializers.DateTimeField(allow_null=True)


class ExclusionIn(StrictSerializer):
    """Whom to keep out of what, until when, and why."""

    agency = serializers.SlugField()
    developer = serializers.UUIDField()
    request = serializers.CharField(max_length=20, allow_null=True, default=None, help_text="Reference; null: all.")
    until = serializers.DateField()
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


def own_agency(view: RoomAPIView, slug: str) -> Organisation:
    """The caller's own agency of that slug; Invalid when it is none of theirs, which says nothing about others."""
    for seat in seats_of(view.person).all:
        if seat.organisation.slug == slug and seat.organisation.is_agency:
            return seat.organisation
    raise Invalid([Problem("agency", "This is none of your agencies: take the slug of your own.")])


class Calendar(RoomAPIView):
    """Places day by day."""

    access: ClassVar[dict[str, str]] = {"get": "agencies.may_read_capacity", "post": "agencies.may_keep_capacity"}

    @extend_schema(
        operation_id="capacity_month", responses=CalendarOut,
        parameters=[OpenApiParameter("agency", str), OpenApiParameter("month", str, description="2026-12")],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """One month of one of the caller's own agencies: how many places there are and how many are taken."""
        mine = queries.calendars(self.person)
        if not mine:
            raise Http404
        agency = next((one for one in mine if one.slug == request.query_params.get("agency")), mine[0])
        found = queries.calendar_of(agency, queries.month_asked(request.query_params.get("month", "")))
        days = [
            {"domain": row.capability.domain, **{n: getattr(one, n) for n in ("first", "last", "places", "taken")}}
            for row in found["rows"] for one in row.stretches
        ]  # fmt: skip
        periods = [period for row in found["rows"] for period in row.periods]
        month = f"{found['first']:%Y-%m}"
        return Response(CalendarOut({"agency": agency.slug, "month": month, "days": days, "periods": periods}).data)

    @extend_schema(operation_id="capacity_set", request=PeriodIn, responses={201: PeriodOut})
    def post(self, request: Request) -> Response:
        """Say how many places an own agency has on some days. Nothing that is assigned is moved."""
        if not seats_of(self.person).is_agency:
            raise Http404
        sent = self.read(PeriodIn)
        sent.pop("row_version")
        made = agencies.save_period(by=self.person, **{**sent, "agency": own_agency(self, sent["agency"])})
        return Response(PeriodOut(made).data, status=201)


class Period(RoomAPIView):
    """One period."""

    access: ClassVar[dict[str, str]] = {"put": "agencies.may_keep_capacity"}

    @extend_schema(operation_id="capacity_change", request=PeriodIn, responses=PeriodOut)
    def put(self, request: Request, pk: UUID) -> Response:
        """Change what a period says."""
        row = self.visible(CapacityPeriod, "agency", pk=pk)
        keeping.may_keep_capacity(self.person, row.agency).require()
        sent = self.read(PeriodIn)
        if sent.pop("agency") != row.agency.slug:
            raise Invalid([Problem("agency", "A period stays with its agency.")])
        return Response(PeriodOut(agencies.save_period(agency=row.agency, period=row, by=self.person, **sent)).data)


class RemovePeriod(RoomAPIView):
    """The usual places again."""

    access: ClassVar[dict[str, str]] = {"post": "agencies.may_keep_capacity"}

    @extend_schema(operation_id="capacity_remove", request=RemoveIn, responses=PeriodOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Remove a period and answer it for the last time: the usual places count on its days again."""
        row = self.visible(CapacityPeriod, "agency", pk=pk)
        sent, last = self.read(RemoveIn), PeriodOut(row).data
        agencies.remove_period(period=row, row_version=sent["row_version"], by=self.person)
        return Response(last)


class Usual(RoomAPIView):
    """Usual places."""

    access: ClassVar[dict[str, str]] = {"put": "agencies.may_keep_capacity"}

    @extend_schema(operation_id="capacity_usual", request=UsualIn, responses=UsualIn)
    def put(self, request: Request) -> Response:
        """Say how many places an own agency has in a domain on days without a period."""
        if not seats_of(self.person).is_agency:
            raise Http404
        sent = self.read(UsualIn)
        agencies.set_usual_places(by=self.person, **{**sent, "agency": own_agency(self, sent["agency"])})
        return Response(sent)


def overload_out(row: PlaceOverload) -> dict[str, Any]:
    """An item with what can be routed again."""
    names = ("id", "agency", "router", "domain", "first_on", "last_on", "places", "taken", "created_at")
    values = {name: getattr(row, name) for name in names}
    return dict(OverloadOut({**values, "movable": [d.pk for d in queries.movable(row)]}).data)


class Overloads(routing.Room):
    """More requests than places."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_route"}

    @extend_schema(operation_id="routing_overloads", responses=page_of(OverloadOut))
    def get(self, request: Request) -> Response:
        """Agencies with fewer places than the caller's routing gave them requests, the nearest days first, at most fifty."""
        self.routers()
        return Response({"results": [overload_out(row) for row in queries.overloaded(self.person)[:50]], "next": None})


class Relieve(routing.Room):
    """Route again."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_relieve"}

    @extend_schema(operation_id="routing_overload_relieve", request=RelieveIn, responses={202: OverloadOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Take these requests back from the agency, with a reason, for whoever the rules find; jobs follow."""
        self.routers()
        row = self.visible(PlaceOverload, "agency", "router", pk=pk)
        sent = self.read(RelieveIn)
        actions.relieve(overload=row, by=self.person, **sent)
        return Response(overload_out(row), status=202)


class Exclusions(routing.Room):
    """Who is kept out."""

    paged: ClassVar[bool] = True
    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_exclude", "post": "evaluations.may_exclude"}

    @extend_schema(operation_id="routing_exclusions", responses=page_of(ExclusionOut))
    def get(self, request: Request) -> Response:
        """Agencies that the caller's routing officers keep out, newest first; lifted ones too."""
        mine = {router.pk for router in self.routers()}
        answer = self.page(RoutingExclusion, columns=())
        rows = queries.exclusions_of([row["id"] for row in answer.data["results"]], self.person)
        answer.data["results"] = ExclusionOut([row for row in rows if row.router_id in mine], many=True).data
        return answer

    @extend_schema(operation_id="routing_exclude", request=ExclusionIn, responses={201: ExclusionOut})
    def post(self, request: Request) -> Response:
        """Keep an agency out of one request, or of all requests of a developer, whose window begins until a day."""
        router = self.routers()[0]
        sent = self.read(ExclusionIn)
        agency = queries.agency_of(sent["agency"])
        assert agency is not None  # a slug was sent
        one = sent["request"]
        row = EarlyAccessRequest.objects.visible_to(self.person).filter(reference=one).first() if one else None
        if one and row is None:
            raise Invalid([Problem("request", "There is no such request among those you read. Copy its reference.")])
        made = actions.exclude_agency(
            router=router, agency=agency, developer=queries.developer_of(sent["developer"]), until=sent["until"],
            reason=sent["reason"], request=row, by=self.person,
        )  # fmt: skip
        (shown,) = queries.exclusions_of([made.pk], self.person)
        return Response(ExclusionOut(shown).data, status=201)


class Lift(routing.Room):
    """Let it in again."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_lift"}

    @extend_schema(operation_id="routing_exclusion_lift", request=NothingIn, responses=ExclusionOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Let an excluded agency in again, before its day."""
        self.routers()
        self.read(NothingIn)
        actions.lift_exclusion(exclusion=self.visible(RoutingExclusion, "router", pk=pk), by=self.person)
        (shown,) = queries.exclusions_of([pk], self.person)
        return Response(ExclusionOut(shown).data)
