"""Building blocks of serializers: input with unknown keys is refused, and relations see only visible rows (§4.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from accounts.models import Organisation

UNKNOWN_KEY = "There is no such field here. Leave it out."
PREPARED = (serializers.BaseSerializer, serializers.SerializerMethodField, serializers.RelatedField)
UNKNOWN_ROW = "There is no such object, or you may not see it. Choose one from the list."


class Strict:
    """Mixin for serializers: keys that no field reads are errors at their own place."""

    fields: Any

    def to_internal_value(self, data: Any) -> Any:
        """As DRF, after refusing unknown and read-only keys."""
        if isinstance(data, Mapping):
            known = {name for name, field in self.fields.items() if not field.read_only}
            unknown = [name for name in data if name not in known]
            if unknown:
                raise serializers.ValidationError({name: [UNKNOWN_KEY] for name in unknown})
        return super().to_internal_value(data)  # type: ignore[misc]  # a mixin before Serializer


class StrictSerializer(Strict, serializers.Serializer):
    """Serializer for input of actions."""


class NothingIn(StrictSerializer):
    """A step that needs no input."""


class StrictModelSerializer(Strict, serializers.ModelSerializer):
    """The same for models; relations must be VisibleRelatedField."""


@cache
def page_of(row: type[serializers.Serializer]) -> serializers.Serializer:
    """For `extend_schema(responses=…)`: a page of such rows."""
    following = serializers.URLField(allow_null=True, help_text="Address of the next page; null on the last.")
    return inline_serializer(f"{row.__name__}Page", {"results": row(many=True), "next": following})


@cache
def plain(row: type[serializers.Serializer]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Shows a dict of `newest_for` in this shape without a serializer per row: on a page that is most of the work.

    For shapes whose fields take their value as it stands; TypeError for any other.
    """
    declared: dict[str, serializers.Field] = row._declared_fields
    for name, field in declared.items():
        if isinstance(field, PREPARED) or field.source not in (None, name):
            raise TypeError(f"{row.__name__}.{name} does not stand in the row")
    names = tuple(declared)
    return lambda found: {name: found[name] for name in names}


@extend_schema_field(OpenApiTypes.UUID)
class VisibleRelatedField(serializers.RelatedField):
    """A row of `model` by id, if the caller may see it. A rival's id and an unknown id give the same text."""

    def __init__(self, model: type[models.Model] | None = None, **kwargs: Any) -> None:
        self.model = model
        if model is not None and not kwargs.get("read_only"):
            kwargs.setdefault("queryset", model._default_manager.none())
        super().__init__(**kwargs)

    def get_queryset(self) -> models.QuerySet[Any]:
        """What the caller sees. Organisations have their policy in the database alone."""
        assert self.model is not None, "VisibleRelatedField needs its model"
        manager: Any = self.model._default_manager
        if self.model is Organisation:
            return manager.all()
        return manager.visible_to(self.context["request"].user)

    def to_internal_value(self, data: Any) -> models.Model:
        """The row behind an id."""
        try:
            key = UUID(str(data))
        except ValueError:
            raise serializers.ValidationError(UNKNOWN_ROW) from None
        found = self.get_queryset().filter(pk=key).first()
        if found is None:
            raise serializers.ValidationError(UNKNOWN_ROW)
        return found

    def to_representation(self, value: Any) -> str:
        """The id."""
        return str(value.pk)

    def use_pk_only_optimization(self) -> bool:
        """The id is on the row: no query for output."""
        return True
