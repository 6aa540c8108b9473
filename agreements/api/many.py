"""/api/v1/agreements/amend/: one change to many agreements, as the page makes it."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer
from agreements import actions, policies, portfolio
from agreements.actions.many import Outcome
from agreements.rules.many import CLAUSE, KINDS, MOST, RENEW, TERM, Change
from core.decisions import Invalid, Problem


class ManyIn(StrictSerializer):
    """Which agreements, and the one change."""

    agreements = serializers.ListField(
        child=serializers.CharField(max_length=30), help_text=f"References, at most {MOST}."
    )
    kind = serializers.ChoiceField(list(KINDS.items()))
    key = serializers.CharField(max_length=60, default="", allow_blank=True, help_text="The term, or the clause.")
    value = serializers.CharField(max_length=200, default="", allow_blank=True, help_text="The term's new value.")
    title = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Of the amendments; a renewal has one of its own."
    )
    make = serializers.BooleanField(
        default=False, help_text="Make the drafts; otherwise only say what each would become."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A term needs its value, a clause its name, and both a title."""
        wrong = {}
        if attrs["kind"] in (TERM, CLAUSE) and not attrs["key"]:
            wrong["key"] = "Name the term or the clause."
        if attrs["kind"] == TERM and not attrs["value"].strip():
            wrong["value"] = "Write the term's new value."
        if attrs["kind"] in (TERM, CLAUSE) and len(attrs["title"].strip()) < 3:
            wrong["title"] = "Write a title of at least 3 characters."
        if wrong:
            raise serializers.ValidationError(wrong)
        return attrs


class ChangedOut(serializers.Serializer):
    """One change, in words."""

    heading = serializers.CharField()
    kind = serializers.CharField()
    filled = serializers.CharField(allow_blank=True)


class OutcomeOut(serializers.Serializer):
    """What became of one agreement."""

    agreement = serializers.CharField(source="agreement.reference")
    draft = serializers.CharField(source="draft.reference", allow_null=True, default=None)
    changes = ChangedOut(many=True)
    refused = serializers.CharField(allow_blank=True, help_text="Why there is no draft, in a sentence.")


class ManyOut(serializers.Serializer):
    """What became of each, in the order in which they were named."""

    made = serializers.BooleanField()
    outcomes = OutcomeOut(many=True)


class AmendMany(RoomAPIView):
    """Renew or amend many agreements with one change."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_start"}

    @extend_schema(operation_id="agreements_amend_many", request=ManyIn, responses={200: ManyOut})
    def post(self, request: Request) -> Response:
        """Say what each would become, or with `make` make a draft of an amendment for each; one that is refused keeps none of
        the others from theirs, and sent twice no second draft is made. Only the caller's side sees the drafts."""
        policies.may_start(self.person).require()
        sent = self.read(ManyIn)
        offered = {row.reference: row for row in portfolio.replaceable(self.person)}
        unknown = [reference for reference in sent["agreements"] if reference not in offered]
        if unknown:
            words = f"Not among the agreements in force for which you draft: {', '.join(unknown[:5])}."
            raise Invalid([Problem("agreements", words)])
        chosen = [offered[reference] for reference in dict.fromkeys(sent["agreements"])]
        key = "" if sent["kind"] == RENEW else sent["key"]
        change = Change(sent["kind"], key, sent["value"].strip(), sent["title"].strip())
        act = actions.amend_many if sent["make"] else actions.preview_many
        outcomes: list[Outcome] = act(agreements=chosen, change=change, by=self.person)
        return Response(ManyOut({"made": sent["make"], "outcomes": outcomes}).data)
