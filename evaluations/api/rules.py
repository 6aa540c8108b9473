"""/api/v1/routing/rules/: the versions for every agency; the draft, its dry run and its publication for routing officers."""

from __future__ import annotations

from typing import ClassVar

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, page_of
from accounts.models import Organisation
from accounts.seats import seats_of
from evaluations import actions, policies, queries
from evaluations.api import routing
from evaluations.api import serializers as shapes
from evaluations.models import RoutingRuleSet

MOST = 200  # versions listed
IN_PERSON = "A token does not publish rules. A second routing officer does, who has just confirmed who they are."


def shown(row: RoutingRuleSet) -> Response:
    """A version with its rules."""
    full = RoutingRuleSet.objects.select_related("router").prefetch_related("rules__agency").get(pk=row.pk)
    return Response(shapes.RuleSetOut(full).data)


class Room(routing.Room):
    """Knows for whom the caller writes rules."""

    def router(self) -> Organisation:
        """The caller's agency; 404 when they route for none."""
        for agency in self.routers():
            if policies.may_draft_rules(self.person, agency):
                return agency
        raise Http404


class Rules(Room):
    """The rules in force."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_route"}

    @extend_schema(operation_id="routing_rules", responses=shapes.RuleSetOut)
    def get(self, request: Request) -> Response:
        """The routing rules in force for the caller's agency: the highest version that it or everybody has published."""
        row = queries.in_force(self.router())
        if row is None:
            raise Http404
        return shown(row)


class Versions(routing.Room):
    """Published versions."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_read_rules"}

    @extend_schema(operation_id="routing_rules_versions", responses=page_of(shapes.RuleSetOut))
    def get(self, request: Request) -> Response:
        """Every published version with its rules, newest first, at most two hundred. For every agency."""
        if not seats_of(self.person).is_agency:
            raise Http404
        rows = queries.readable_rules(self.person).filter(status="published").order_by("-number")
        return self.listed(shapes.RuleSetOut, rows.prefetch_related("rules__agency")[:MOST])


class OfDraft(Room):
    """Finds the draft of the caller's agency."""

    def one(self) -> RoutingRuleSet:
        """The draft of the caller's agency, else 404."""
        row = queries.draft_of(self.router())
        if row is None:
            raise Http404
        return row


class Draft(OfDraft):
    """The next version."""

    access: ClassVar[dict[str, str]] = {
        "get": "evaluations.may_edit_rules", "post": "evaluations.may_draft_rules", "put": "evaluations.may_edit_rules",
    }  # fmt: skip

    @extend_schema(operation_id="routing_rules_draft", responses=shapes.RuleSetOut)
    def get(self, request: Request) -> Response:
        """The draft of the next version."""
        return shown(self.one())

    @extend_schema(operation_id="routing_rules_begin", request=NothingIn, responses={201: shapes.RuleSetOut})
    def post(self, request: Request) -> Response:
        """Begin the next version with the rules in force; an agency has one draft at a time."""
        router = self.router()
        self.read(NothingIn)
        answer = shown(actions.draft_rules(router=router, by=self.person))
        answer.status_code = 201
        return answer

    @extend_schema(operation_id="routing_rules_save", request=shapes.DraftRulesIn, responses=shapes.RuleSetOut)
    def put(self, request: Request) -> Response:
        """Replace the draft's rules by these, numbered in their order."""
        row, sent = self.one(), self.read(shapes.DraftRulesIn)
        rules = [actions.NewRule(**{**rule, "developer": str(rule["developer"] or "")}) for rule in sent["rules"]]
        saved = actions.save_rules(
            rule_set=row, note=sent["note"], rules=rules, row_version=sent["row_version"], by=self.person
        )
        return shown(saved)


class DryRun(OfDraft):
    """What the draft would have done."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_edit_rules"}

    @extend_schema(operation_id="routing_rules_dry_run", responses=shapes.DryRunOut)
    def get(self, request: Request) -> Response:
        """What the draft would have done to the newest two hundred requests that the caller's agency routed."""
        row = self.one()
        policies.may_edit_rules(self.person, row).require()
        return Response(shapes.DryRunOut(queries.dry_run(row, self.person)).data)


class Discard(OfDraft):
    """Give it up."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_edit_rules"}

    @extend_schema(operation_id="routing_rules_discard", request=shapes.RowVersionIn, responses=shapes.RuleSetOut)
    def post(self, request: Request) -> Response:
        """Discard the draft and answer it for the last time; the version in force stays."""
        row, sent = self.one(), self.read(shapes.RowVersionIn)
        last = shapes.RuleSetOut(row).data
        actions.discard_rules(rule_set=row, row_version=sent["row_version"], by=self.person)
        return Response({**last, "status": "discarded"})


class Publish(OfDraft):
    """By a second person."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_publish_rules"}

    @extend_schema(operation_id="routing_rules_publish", request=shapes.RowVersionIn, responses=shapes.RuleSetOut)
    def post(self, request: Request) -> Response:
        """Publish the draft: a routing officer who did not change it last, in a browser, after confirming who they are."""
        row, sent = self.one(), self.read(shapes.RowVersionIn)
        at = self.in_person(IN_PERSON, reverse("evaluations:publish_rules", args=[row.pk]))
        saved = actions.publish_rules(rule_set=row, row_version=sent["row_version"], stepped_up_at=at, by=self.person)
        return shown(saved)
