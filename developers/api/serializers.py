"""Input and output of the developers' addresses; the same actions as the pages decide."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.base import StrictSerializer
from developers.models import ModelVariant


class ModelIn(StrictSerializer):
    """Register a model."""

    codename = serializers.CharField(max_length=80)
    family = serializers.CharField(max_length=80, required=False, allow_blank=True)
    public_name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    public_name_embargoed_until = serializers.DateField(required=False, allow_null=True)


class CheckpointIn(StrictSerializer):
    """Register a checkpoint."""

    label: Any = serializers.CharField(max_length=80)
    configuration_sha256 = serializers.CharField(max_length=64)
    configuration_note = serializers.CharField(required=False, allow_blank=True)
    variants = serializers.ListField(child=serializers.ChoiceField(choices=ModelVariant.Kind.choices))


class ModelRow(serializers.Serializer):
    """One row of the list."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    codename = serializers.CharField()
    family = serializers.CharField(allow_blank=True)


class CheckpointOut(serializers.Serializer):
    """A checkpoint. Which variants exist besides those offered stays with the developer."""

    id = serializers.UUIDField()
    label: Any = serializers.CharField()
    configuration_sha256 = serializers.CharField()
    variants = serializers.SerializerMethodField()

    def get_variants(self, row: Any) -> list[str]:
        """Kinds that the caller may see."""
        return sorted(v.kind for v in row.variants.all())


class ModelOut(ModelRow):
    """A model with those of its checkpoints that the caller may see."""

    checkpoints = CheckpointOut(many=True)


class DeveloperOut(serializers.Serializer):
    """A developer organisation as Commerce verifies it."""

    id = serializers.UUIDField()
    legal_name = serializers.CharField()
    jurisdiction = serializers.CharField()
    website = serializers.CharField(allow_blank=True)
    status = serializers.CharField()
    refused_reason = serializers.CharField(allow_blank=True)


class RefusalIn(StrictSerializer):
    """A reason that the developer reads."""

    reason = serializers.CharField(max_length=5000, allow_blank=True, default="")
