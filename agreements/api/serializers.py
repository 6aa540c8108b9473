"""Input and output of the agreements API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.base import StrictSerializer, VisibleRelatedField
from accounts.models import Organisation
from agreements.models import AgreementTemplate, ClauseComment


class AgreementRow(serializers.Serializer):
    """One row of the list."""

    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.CharField()
    developer = serializers.UUIDField()
    effective_on = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)


class ClauseOut(serializers.Serializer):
    """One clause as people read it."""

    clause_id = serializers.CharField()
    heading = serializers.CharField()
    text = serializers.CharField(source="filled")
    wording = serializers.CharField(source="text", help_text="With its {parameters}.")
    origin = serializers.CharField(source="source", help_text="library, alternative or bespoke")
    text_hash = serializers.CharField()


class VersionOut(serializers.Serializer):
    """One version."""

    number = serializers.IntegerField(allow_null=True)
    row_version = serializers.IntegerField()
    variables = serializers.DictField()
    text_hash = serializers.CharField()
    frozen_at = serializers.DateTimeField(allow_null=True)
    clauses = ClauseOut(many=True, source="clauses.all")


class PartyOut(serializers.Serializer):
    """One party with its verdict on the current version, if it gave one."""

    organisation = serializers.UUIDField(source="organisation_id")
    name = serializers.CharField(source="organisation.name")
    role = serializers.CharField()
    verdict = serializers.CharField(allow_null=True)


class SignatoryOut(serializers.Serializer):
    """One signatory."""

    step = serializers.IntegerField()
    name = serializers.CharField(source="person.name")
    organisation = serializers.CharField(source="organisation.name")
    meaning = serializers.CharField()
    signed_at = serializers.DateTimeField(source="signature.at", allow_null=True, default=None)


class AgreementOut(AgreementRow):
    """An agreement as the caller may see it."""

    version = serializers.IntegerField(source="current.number", allow_null=True, default=None)
    text_hash = serializers.CharField(source="current.text_hash", allow_null=True, default=None)
    file_sha256 = serializers.CharField(allow_null=True)
    parties = PartyOut(many=True)
    signatories = SignatoryOut(many=True)
    obligations = serializers.DictField()
    next = serializers.CharField(help_text="Whose move it is, in a sentence.")
    your_move = serializers.BooleanField()
    notice = serializers.CharField(help_text="Section 3(c).")


class StartIn(StrictSerializer):
    """Start from a template."""

    template = serializers.SlugRelatedField("key", queryset=AgreementTemplate.objects.filter(is_current=True))
    title = serializers.CharField(max_length=200)
    agencies = serializers.SlugRelatedField(
        "slug", many=True, queryset=Organisation.objects.filter(kind="agency"), help_text="In signing order."
    )
    developer: Any = VisibleRelatedField(Organisation, required=False, help_text="Agencies that draft name it.")


class DraftIn(StrictSerializer):
    """Save a draft: only what is sent changes."""

    row_version = serializers.IntegerField(min_value=1)
    title = serializers.CharField(max_length=200, required=False)
    variables = serializers.DictField(default=dict)
    clauses = serializers.DictField(child=serializers.CharField(allow_blank=True, trim_whitespace=False), default=dict)


class NothingIn(StrictSerializer):
    """A step that needs no input."""


class CommentIn(StrictSerializer):
    """A comment."""

    text = serializers.CharField(max_length=5000)
    clause_id = serializers.CharField(default="", allow_blank=True)
    audience = serializers.ChoiceField(ClauseComment.Audience.choices, default="all")


class ReturnIn(StrictSerializer):
    """Return with comments."""

    comment = serializers.CharField(max_length=5000)
    clause_ids = serializers.ListField(child=serializers.CharField(), default=list)


class ConcurIn(StrictSerializer):
    """Concur with the text whose hash was read."""

    text_hash = serializers.CharField(max_length=64)
    comment = serializers.CharField(max_length=5000, default="", allow_blank=True)


class RefuseIn(StrictSerializer):
    """Refuse concurrence."""

    text_hash = serializers.CharField(max_length=64)
    comment = serializers.CharField(max_length=5000)
    clause_ids = serializers.ListField(child=serializers.CharField())


class SignIn(StrictSerializer):
    """Sign the file whose hash was read; needs a browser session that was stepped up."""

    shown_sha256 = serializers.CharField(max_length=64)
    typed_name = serializers.CharField(max_length=150)
    agreed = serializers.BooleanField()


class ReasonIn(StrictSerializer):
    """A reason that all parties read."""

    reason = serializers.CharField(max_length=5000)


class MaybeReasonIn(StrictSerializer):
    """A reason, if one is given."""

    reason = serializers.CharField(max_length=5000, default="", allow_blank=True)
