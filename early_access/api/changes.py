"""What changed since it was tested, over the API: computed as for the pages, and announced by the same action."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer
from core.decisions import Conflict, Invalid, Problem
from early_access import actions, changes
from early_access.api.views import Room
from early_access.models import PinnedState
from early_access.rules.pins import facts
from early_access.rules.sections import BY_NAME

ACCESS = frozenset(field.name for field in BY_NAME["access"].fields)


class AnnouncementIn(StrictSerializer):
    """A change of what is served. What is left out stays as it is pinned."""

    sentence = serializers.CharField(max_length=400, allow_blank=True, help_text="What moved; agencies read it.")
    since = serializers.DateTimeField(default=None, allow_null=True, help_text="From when on it holds; null: now.")
    checkpoint = serializers.UUIDField(
        default=None, allow_null=True, help_text="Id of another checkpoint of the model."
    )
    variants = serializers.ListField(child=serializers.CharField(), default=None, allow_null=True)
    access = serializers.DictField(default=dict, help_text="Fields of the section “access” that moved.")
    seen = serializers.IntegerField(
        default=None, allow_null=True, min_value=1, help_text="The state you saw last; refused when another came since."
    )


class DifferenceOut(serializers.Serializer):
    """One pinned fact that is not what it was."""

    name = serializers.CharField()
    label: Any = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class StateOut(serializers.Serializer):
    """One state of what is served."""

    number = serializers.IntegerField()
    since = serializers.DateTimeField()
    checkpoint = serializers.CharField(source="checkpoint.label")
    configuration_sha256 = serializers.CharField()
    variants = serializers.ListField(child=serializers.CharField())
    specification = serializers.IntegerField(source="specification.version", help_text="Version of the specification.")
    facts = serializers.SerializerMethodField(help_text="Every pinned fact: name → value in words.")

    def get_facts(self, row: PinnedState) -> dict[str, str]:
        """By name."""
        return {fact.name: fact.value for fact in facts(row)}


class AnnouncementOut(serializers.Serializer):
    """One announced change."""

    number = serializers.IntegerField()
    since = serializers.DateTimeField()
    announced_at = serializers.DateTimeField()
    sentence = serializers.CharField()
    differences = DifferenceOut(many=True)
    begun = serializers.ListField(
        child=serializers.CharField(), help_text="Agencies that had begun before, as far as the caller reads of them."
    )


class EarlierOut(serializers.Serializer):
    """One run, and what is served otherwise now than when it began."""

    agency = serializers.CharField(source="run.agency")
    name = serializers.CharField(source="run.words")
    page = serializers.CharField(source="run.url")
    began_at = serializers.DateTimeField(source="run.began_at", allow_null=True)
    state = serializers.IntegerField(help_text="The state that held when it began.")
    changed_at = serializers.DateTimeField(source="since", allow_null=True, help_text="When it moved after that.")
    differences = DifferenceOut(many=True)
    meanwhile = serializers.BooleanField(help_text="It moved while the run went on.")
    otherwise = serializers.BooleanField(help_text="It was recorded with another configuration than was served.")


class MovedOut(serializers.Serializer):
    """The endpoint answered with another fingerprint than at the verification before."""

    agency = serializers.CharField()
    verified_at = serializers.DateTimeField()
    at = serializers.DateTimeField()
    announced = serializers.BooleanField(help_text="A change was announced for that time.")


class ReplacedOut(serializers.Serializer):
    """A current document that came, or was replaced, after testing had begun."""

    kind = serializers.CharField(source="document.kind")
    version = serializers.IntegerField(source="document.version")
    uploaded_at = serializers.DateTimeField(source="document.created_at")
    begun = serializers.ListField(
        child=serializers.CharField(), help_text="Agencies that had begun before, as far as the caller reads of them."
    )


class OtherWeightsOut(serializers.Serializer):
    """The current list of weights, registered after weights of an earlier one had been received."""

    version = serializers.IntegerField(source="manifest.version")
    registered_at = serializers.DateTimeField(source="manifest.created_at")
    root_sha256 = serializers.CharField(source="manifest.root_sha256")
    begun = serializers.ListField(
        child=serializers.CharField(),
        help_text="Agencies that had received others, as far as the caller reads of them.",
    )


class UnannouncedOut(serializers.Serializer):
    """A checkpoint that was registered since. Only the developer's people read it."""

    label: Any = serializers.CharField()
    registered_at = serializers.DateTimeField()
    configuration_sha256 = serializers.CharField()
    same_configuration = serializers.BooleanField()


class PictureOut(serializers.Serializer):
    """What is pinned, what is served now, and what moved in between."""

    changed = serializers.BooleanField()
    pinned = StateOut(help_text="As it was submitted.")
    now = StateOut()
    changes = AnnouncementOut(many=True)
    runs = EarlierOut(many=True)
    endpoints = MovedOut(many=True)
    documents = ReplacedOut(many=True)
    weights = OtherWeightsOut(allow_null=True, help_text="Null where no other weights were registered.")
    unannounced = UnannouncedOut(many=True)


class Changes(Room):
    """Changed since tested."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_announce_change"}

    def _picture(self, reference: str, status: int = 200) -> Response:
        found = changes.picture(self.one(reference), self.person)
        if found is None:
            raise Conflict("Nothing is pinned before the request is submitted. Submit it first.")
        return Response(PictureOut(found).data, status=status)

    @extend_schema(operation_id="requests_changes", responses=PictureOut)
    def get(self, request: Request, reference: str) -> Response:
        """What changed since when, and which runs were measured before; computed, as far as the caller reads of it."""
        return self._picture(reference)

    @extend_schema(operation_id="requests_announce_change", request=AnnouncementIn, responses={201: PictureOut})
    def post(self, request: Request, reference: str) -> Response:
        """Announce that something else is served than was pinned. The agencies are told at once; nobody's leave is needed."""
        row, sent = self.one(reference), self.read(AnnouncementIn)
        try:
            actions.announce_change(request=row, by=self.person, **sent)
        except Invalid as invalid:
            found = [
                Problem(f"access.{p.field}" if p.field in ACCESS else p.field, p.sentence) for p in invalid.problems
            ]
            raise Invalid(found) from invalid
        return self._picture(reference, 201)
