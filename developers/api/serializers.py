"""Input of the developers' addresses; the same actions as the pages decide."""

from __future__ import annotations

from rest_framework import serializers

from accounts.api.base import StrictSerializer
from developers.models import ModelVariant


class ModelInput(StrictSerializer):
    """Register a model."""

    codename = serializers.CharField(max_length=80)
    family = serializers.CharField(max_length=80, required=False, allow_blank=True)
    public_name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    public_name_embargoed_until = serializers.DateField(required=False, allow_null=True)


class CheckpointInput(StrictSerializer):
    """Register a checkpoint."""

    label = serializers.CharField(max_length=80)  # type: ignore[assignment]  # DRF takes declared fields off the class
    configuration_sha256 = serializers.CharField(max_length=64)
    configuration_note = serializers.CharField(required=False, allow_blank=True)
    variants = serializers.ListField(child=serializers.ChoiceField(choices=ModelVariant.Kind.choices))
