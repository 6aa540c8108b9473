"""/api/v1/routing/: the board, the rules, each attempt with its decisions in words, and what nobody can take. For routing
officers."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, page_of
from accounts.models import Organisation
from accounts.seats import seats_of
from evaluations import actions, policies, queries
from evaluations.api import serializers as shapes
from evaluations.models import RoutingAttempt, RoutingDecision

MOST = 1000  # requests that one call asks for
DECISIONS = Prefetch("decisions", RoutingDecision.objects.select_related("agency"))  # one query, found any or none


class Room(RoomAPIView):
    """There is nothing here for anybody but routing officers."""

    def routers(self) -> list[Organisation]:
        """The organisations for which the caller routes; 404 when there is none."""
        found = list(seats_of(self.person).with_role("router"))
        if not found:
            raise Http404
        return found


def shown(attempt: RoutingAttempt) -> dict[str, Any]:
    """An attempt with its decisions."""
    values = {name: getattr(attempt, name) for name in ("id", "number", "cause", "placed", "resolved_at")}
    values |= {
        "request": attempt.request.reference, "rules_version": attempt.rule_set.number, "at": attempt.created_at,
        "decisions": attempt.decisions.all(),
    }  # fmt: skip
    return dict(shapes.AttemptOut(values).data)


class Board(Room):
    """Requests and agencies."""

    paged: ClassVar[bool] = True
    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_route"}

    @extend_schema(operation_id="routing_board", responses=page_of(shapes.BoardRow))
    def get(self, request: Request) -> Response:
        """Every request and agency that the caller's routing decides about, newest decision first: state, why, since when
        and the clock."""
        self.routers()
        answer = self.page(RoutingDecision, columns=("agency",), only={"superseded_at": None}, ways=("router",))
        rows = queries.on_the_board([row["id"] for row in answer.data["results"]], self.person)
        answer.data["results"] = shapes.BoardRow(rows, many=True).data
        return answer


class Choices(Room):
    """Where a request can go."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_reassign"}

    @extend_schema(operation_id="routing_choices", responses=page_of(shapes.ChoiceOut))
    def get(self, request: Request, pk: UUID) -> Response:
        """The agencies that this row's request can be given to now, and why not to the others."""
        self.routers()
        row = self.visible(RoutingDecision, "agency", "router", "attempt__request", pk=pk)
        policies.may_reassign(self.person, row).require()
        return self.listed(shapes.ChoiceOut, queries.choices(row))


class Reassign(Room):
    """From one agency to another."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_reassign"}

    @extend_schema(operation_id="routing_reassign", request=shapes.GiveToIn, responses=shapes.BoardRow)
    def post(self, request: Request, pk: UUID) -> Response:
        """Take the request back from this row's agency before it tests, and give it to another, with a reason. The answer
        is the row as it is now; the other agency has a row of its own."""
        self.routers()
        row = self.visible(RoutingDecision, "agency", "router", "attempt__request", pk=pk)
        sent = self.read(shapes.GiveToIn)
        agency = queries.agency_of(sent["agency"])
        actions.reassign(decision=row, agency=agency, reason=sent["reason"], by=self.person)
        (now,) = queries.on_the_board([row.pk], self.person)
        return Response(shapes.BoardRow(now).data)


class Attempts(Room):
    """Every pass."""

    paged: ClassVar[bool] = True
    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_route"}

    @extend_schema(operation_id="routing_attempts", responses=page_of(shapes.AttemptOut))
    def get(self, request: Request) -> Response:
        """Every attempt to route a request, newest first, with the decision for each agency and its reasons."""
        self.routers()
        answer = self.page(RoutingAttempt, columns=("number",))
        keys = [row["id"] for row in answer.data["results"]]
        rows = RoutingAttempt.objects.visible_to(self.person).filter(pk__in=keys)
        found = {a.pk: a for a in rows.select_related("request", "rule_set").prefetch_related(DECISIONS)}
        answer.data["results"] = [shown(found[key]) for key in keys]
        return answer


class Unroutable(Room):
    """The router's inbox."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_route", "post": "evaluations.may_route_again"}

    @extend_schema(operation_id="routing_unroutable", responses=page_of(shapes.AttemptOut))
    def get(self, request: Request) -> Response:
        """Requests that no agency can take now, with why for each agency; oldest first, at most a hundred."""
        self.routers()
        rows = queries.unroutable(self.person).prefetch_related(DECISIONS)
        return Response({"results": [shown(row) for row in rows[:100]], "next": None})

    @extend_schema(operation_id="routing_all_again", request=NothingIn, responses={202: shapes.AskedOut})
    def post(self, request: Request) -> Response:
        """Run the router once more over all of them; the new attempts follow by jobs."""
        self.routers()
        self.read(NothingIn)
        asked = actions.route_all_again(attempts=list(queries.unroutable(self.person)[:MOST]), by=self.person)
        return Response({"requests": asked}, status=202)


class Again(Room):
    """Another pass."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_route_again"}

    @extend_schema(operation_id="routing_again", request=NothingIn, responses={202: shapes.AttemptOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Run the router once more over a request. The answer is the attempt as it was; the new one follows by a job."""
        self.routers()
        self.read(NothingIn)
        attempt = self.visible(RoutingAttempt, "request", "router", "rule_set", pk=pk)
        actions.route_again(attempt=attempt, by=self.person)
        return Response(shown(attempt), status=202)


class Places(Room):
    """Capacity."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_route"}

    @extend_schema(operation_id="routing_places", responses=page_of(shapes.PlacesOut))
    def get(self, request: Request) -> Response:
        """The places of the caller's own agencies in each domain today, and how many are taken."""
        found = [
            {"agency": agency.slug, "domain": row["capability"].domain, "taken": row["now"].taken,
             "capacity": row["now"].places}
            for agency in self.routers() for row in queries.capacity(agency)
        ]  # fmt: skip
        return self.listed(shapes.PlacesOut, found)
