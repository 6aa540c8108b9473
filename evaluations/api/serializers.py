"""Input and output of assignments and routing; the same actions as the pages decide."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.base import StrictSerializer


class WhyIn(StrictSerializer):
    """A reason that the other side reads."""

    reason = serializers.CharField(max_length=5000, allow_blank=True, default="")


class AttestIn(StrictSerializer):
    """The evaluator's statement, as the assignment shows it."""

    consented = serializers.BooleanField()
    typed_name = serializers.CharField(max_length=150)


class RulesIn(StrictSerializer):
    """Rules of engagement."""

    targets = serializers.CharField(max_length=5000, allow_blank=True)
    plan = serializers.CharField(
        max_length=5000, allow_blank=True, help_text="What is run, how many attempts and tokens."
    )
    egress = serializers.CharField(max_length=5000, allow_blank=True)
    stop_conditions = serializers.CharField(max_length=5000, allow_blank=True)


class AssignmentRow(serializers.Serializer):
    """One row of the list."""

    reference = serializers.CharField()
    status = serializers.CharField()
    agency = serializers.UUIDField()
    developer = serializers.UUIDField()
    domains = serializers.ListField(child=serializers.CharField())
    access_level = serializers.IntegerField()
    received_at = serializers.DateTimeField(allow_null=True)
    answer_due_at = serializers.DateTimeField()


class RulesOut(serializers.Serializer):
    """The rules of engagement as they were agreed."""

    targets = serializers.CharField()
    plan = serializers.CharField(help_text="Empty: agreed before plans were asked for.")
    egress = serializers.CharField()
    stop_conditions = serializers.CharField()
    agreed_at = serializers.DateTimeField(source="created_at")


class AssignmentOut(serializers.Serializer):
    """An assignment as the caller may see it."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    request = serializers.CharField(help_text="Reference of the request.")
    status = serializers.CharField()
    agency = serializers.CharField(help_text="Slug of the agency.")
    developer = serializers.UUIDField()
    domains = serializers.ListField(child=serializers.CharField())
    access_level = serializers.IntegerField()
    received_at = serializers.DateTimeField(allow_null=True, help_text="Written by the agency's own worker.")
    answer_due_at = serializers.DateTimeField()
    ended_reason = serializers.CharField(allow_blank=True)
    access_revoked_at = serializers.DateTimeField(allow_null=True)
    max_testers = serializers.IntegerField(
        allow_null=True, help_text="Most people of the agency with access, by the agreement; null: silent."
    )
    fact_check_days = serializers.IntegerField(allow_null=True, help_text="What the agreement gives; null: silent.")
    fact_check_due_at = serializers.DateTimeField(allow_null=True)
    report_due_at = serializers.DateTimeField(allow_null=True)
    routing = serializers.CharField(allow_blank=True, help_text="Why the router proposed it. For the agency.")
    statement = serializers.CharField(help_text="What an evaluator attests before anything opens.")
    attested = serializers.BooleanField(help_text="Whether the caller has attested.")
    rules = RulesOut(allow_null=True, help_text="For the developer and for evaluators who attested.")
    next = serializers.CharField(help_text="Whose move it is, in a sentence.")
    due_at = serializers.DateTimeField(allow_null=True)


class ProbeOut(serializers.Serializer):
    """One thing that was tried against the endpoint."""

    name = serializers.CharField()
    outcome = serializers.CharField()
    sentence = serializers.CharField()
    milliseconds = serializers.IntegerField()


class AccessCheckOut(serializers.Serializer):
    """One verification of access by the agency's worker."""

    id = serializers.UUIDField()
    variant = serializers.CharField(allow_blank=True, help_text="Whose key was used; empty: the common key.")
    passed = serializers.BooleanField()
    started_at = serializers.DateTimeField()
    milliseconds = serializers.IntegerField()
    fingerprint = serializers.CharField(allow_blank=True)
    probes = ProbeOut(many=True)


class DecisionOut(serializers.Serializer):
    """What the router decided for one agency, in words."""

    agency = serializers.CharField(source="agency.slug")
    placed = serializers.BooleanField()
    rule_number = serializers.IntegerField(allow_null=True)
    sentence = serializers.CharField()


class BoardRow(serializers.Serializer):
    """One request and one agency on the router's board."""

    id = serializers.UUIDField()
    request = serializers.CharField(source="attempt.request.reference", help_text="Reference of the request.")
    developer = serializers.UUIDField(source="attempt.developer_id")
    agency = serializers.CharField(source="agency.slug")
    status = serializers.CharField(help_text="The assignment's state, or left_out.")
    since = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="By when the next move is expected.")
    sentence = serializers.CharField(help_text="Why, with the rule and its facts.")
    rule_number = serializers.IntegerField(allow_null=True)
    rules_version = serializers.IntegerField(source="attempt.rule_set.number")
    reason = serializers.CharField(allow_blank=True, help_text="Why a routing officer chose the agency.")
    ended_reason = serializers.CharField(allow_blank=True, help_text="Why it declined, or why it was taken back.")


class ChoiceOut(serializers.Serializer):
    """An agency that a request can be given to now, or why it cannot."""

    agency = serializers.CharField(source="agency.slug")
    able = serializers.BooleanField()
    sentence = serializers.CharField()


class GiveToIn(StrictSerializer):
    """Who gets the request, and why."""

    agency = serializers.SlugField(allow_null=True, help_text="Slug of the agency; null: whoever the rules find.")
    reason = serializers.CharField(
        max_length=2000, allow_blank=True, default="", help_text="The agencies read it; the developer does not."
    )


class AskedOut(serializers.Serializer):
    """How many requests the router runs over again."""

    requests = serializers.IntegerField()


class AttemptOut(serializers.Serializer):
    """One pass of the router over a request."""

    id = serializers.UUIDField()
    request = serializers.CharField(help_text="Reference of the request.")
    number = serializers.IntegerField()
    cause = serializers.CharField()
    rules_version = serializers.IntegerField()
    placed = serializers.IntegerField(help_text="How many agencies hold the request after it.")
    at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(allow_null=True)
    decisions = DecisionOut(many=True)


class RuleOut(serializers.Serializer):
    """Requests in this domain, up to this level, may go to this agency; or, where it excludes, do not until a day."""

    number = serializers.IntegerField()
    domain = serializers.CharField()
    agency = serializers.CharField(source="agency.slug")
    highest_access_level = serializers.IntegerField()
    excludes = serializers.BooleanField(
        help_text="The rule with the lowest number about an agency and a domain decides."
    )
    developer = serializers.UUIDField(source="developer_id", allow_null=True, help_text="Null: everybody's requests.")
    until = serializers.DateField(allow_null=True)


class RuleSetOut(serializers.Serializer):
    """One version of the routing rules."""

    version = serializers.IntegerField(source="number", allow_null=True, help_text="Null: a draft.")
    status = serializers.CharField()
    router = serializers.CharField(
        source="router.slug", default=None, allow_null=True, help_text="Whose requests it routes; null: everybody's."
    )
    note = serializers.CharField(allow_blank=True)
    row_version = serializers.IntegerField(help_text="Send it back with a change of the draft.")
    published_at = serializers.DateTimeField(allow_null=True)
    rules: Any = RuleOut(many=True, source="rules.all")


class RuleIn(StrictSerializer):
    """Requests in this domain, up to this level, may go to this agency."""

    domain = serializers.CharField(max_length=40)
    agency = serializers.CharField(max_length=80, help_text="Slug of the agency.")
    highest_access_level = serializers.IntegerField(default=0, help_text="Of a rule that brings requests: 1 to 3.")
    excludes = serializers.BooleanField(default=False, help_text="Keep the agency out, until a day.")
    developer = serializers.UUIDField(
        allow_null=True, default=None, help_text="Of an exclusion; null: everybody's requests."
    )
    until = serializers.DateField(allow_null=True, default=None, help_text="Of an exclusion.")


class DraftRulesIn(StrictSerializer):
    """All rules of the draft, in their order."""

    note = serializers.CharField(max_length=300, allow_blank=True)
    row_version = serializers.IntegerField(min_value=0)
    rules = RuleIn(many=True)


class RowVersionIn(StrictSerializer):
    """The draft as it was read."""

    row_version = serializers.IntegerField(min_value=0)


class RoutedDifferenceOut(serializers.Serializer):
    """One request that the draft treats differently."""

    request = serializers.CharField(source="request.reference")
    gained = serializers.ListField(child=serializers.CharField())
    lost = serializers.ListField(child=serializers.CharField())
    moved = serializers.ListField(child=serializers.CharField(), help_text="The same agency, other domains.")
    nobody = serializers.BooleanField(help_text="No agency could take it any more.")


class CountOut(serializers.Serializer):
    """How many of the requests one agency would be asked to test."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not DRF's own label
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class DryRunOut(serializers.Serializer):
    """The draft beside the version in force, over the same requests with every place free."""

    against = serializers.IntegerField(source="against.number", default=None, allow_null=True)
    requests = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    nobody_before = serializers.IntegerField()
    nobody_after = serializers.IntegerField()
    agencies = CountOut(many=True)
    differences = RoutedDifferenceOut(many=True)


class PlacesOut(serializers.Serializer):
    """One domain that an agency tests, and how many of its places are taken."""

    agency = serializers.CharField()
    domain = serializers.CharField()
    capacity = serializers.IntegerField()
    taken = serializers.IntegerField()
