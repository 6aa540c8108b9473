"""Input of the requests' addresses; the same actions as the pages decide."""

from __future__ import annotations

from rest_framework import serializers

from accounts.api.base import StrictSerializer


class NothingInput(StrictSerializer):
    """No input."""


class SectionInput(StrictSerializer):
    """One section as it was typed, and the version it was read at (0: never saved)."""

    row_version = serializers.IntegerField(min_value=0)
    data = serializers.DictField()  # type: ignore[assignment]  # DRF takes declared fields off the class


class TextInput(StrictSerializer):
    """One text: a question, an answer, a reason."""

    text = serializers.CharField(required=False, allow_blank=True, default="")


class ScheduleInput(StrictSerializer):
    """Dates to propose."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class ReleaseInput(StrictSerializer):
    """A release notice."""

    release_on = serializers.DateField()
    rationale = serializers.CharField(required=False, allow_blank=True, default="")
