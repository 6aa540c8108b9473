"""Input and output of the addresses of access keys."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.base import StrictSerializer
from developers.models import ModelVariant
from early_access.api.serializers import SpecificationOut


class KeyIn(StrictSerializer):
    """Another access key. It is sealed before anything is stored, and no answer ever shows it."""

    secret = serializers.CharField(max_length=4000, trim_whitespace=True, write_only=True)
    expires_on = serializers.DateField(default=None, allow_null=True, help_text="The key's last day, if it has one.")
    replaces = serializers.IntegerField(
        default=None,
        allow_null=True,
        min_value=0,
        help_text="The version of this variant's key that you saw last; refused when another came since.",
    )
    variant = serializers.ChoiceField(
        ModelVariant.Kind.choices, default="", allow_blank=True,
        help_text="Empty: the common key, for every variant without a key of its own.",
    )  # fmt: skip
    base_url = serializers.CharField(
        max_length=300, allow_blank=True, default="", help_text="Only if it differs from the specification."
    )
    model_name = serializers.CharField(
        max_length=120, allow_blank=True, default="", help_text="Only if it differs from the specification."
    )


class KeyRevokeIn(StrictSerializer):
    """Which key is taken back."""

    variant = serializers.ChoiceField(
        ModelVariant.Kind.choices, default=None, allow_null=True, allow_blank=True,
        help_text="Null: all keys; empty: the common key.",
    )  # fmt: skip


class VariantConsentIn(StrictSerializer):
    """Consent to one variant for one agency, as it should be."""

    agency = serializers.SlugField()
    variant = serializers.ChoiceField(ModelVariant.Kind.choices)
    consented = serializers.BooleanField()


class VariantConsentOut(serializers.Serializer):
    """Whether one agency may test one variant."""

    id = serializers.UUIDField()
    agency = serializers.CharField(source="agency.slug")
    variant = serializers.CharField(source="kind")
    consented = serializers.BooleanField()
    changed_at = serializers.DateTimeField(allow_null=True, help_text="Null: as submitted.")


class KeyRow(serializers.Serializer):
    """One access key in use. Its value is in no answer but the one to a person who opens it."""

    variant = serializers.CharField(allow_blank=True, help_text="Empty: the common key.")
    serves = serializers.ListField(child=serializers.CharField(), help_text="The variants it reaches.")
    version = serializers.IntegerField(allow_null=True, help_text="Null: none is sealed.")
    base_url = serializers.CharField(allow_blank=True)
    model_name = serializers.CharField(allow_blank=True)
    expires_on = serializers.DateField(allow_null=True)
    sealed_for = serializers.ListField(
        child=serializers.CharField(), help_text="Slugs of agencies; an agency reads itself."
    )


class ProofOut(serializers.Serializer):
    """A revoked key that an agency had opened, and whether its endpoint refuses it."""

    id = serializers.UUIDField()
    agency = serializers.CharField(source="agency.slug")
    variant = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()
    revoked_at = serializers.DateTimeField(source="created_at")
    revoked_because = serializers.CharField()
    kept_until = serializers.DateTimeField(help_text="When the last of it is erased, checked or not.")
    asked_at = serializers.DateTimeField(allow_null=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(help_text="“refused”, “still_taken”, “unreachable” or “not_checked”.")
    sentence = serializers.CharField(allow_blank=True)


class OpenIn(StrictSerializer):
    """Why the key is opened: the developer reads it."""

    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")
    variant = serializers.ChoiceField(
        ModelVariant.Kind.choices, default="", allow_blank=True, help_text="Empty: the common key."
    )
    public_key = serializers.CharField(
        max_length=88, allow_blank=True, default="",
        help_text="Of an agency that keeps its own key: the caller's key on P-256, made for this one opening; its uncompressed "
        "point as base64url. Its worker seals the answer to it. Not read for other agencies.",
    )  # fmt: skip


class ConnectionOut(serializers.Serializer):
    """How an agency connects. The key itself is opened by a person in the browser."""

    agency = serializers.CharField()
    specification = SpecificationOut(allow_null=True)
    sealed = serializers.BooleanField(help_text="Whether a live key is sealed for this agency.")
    keys: Any = KeyRow(many=True)
    page = serializers.CharField(help_text="Where an evaluator opens the key.")


class AnswerOut(serializers.Serializer):
    """An opening that the agency's own worker answers, sealed to the caller's key. Concord cannot read it."""

    id = serializers.UUIDField()
    state = serializers.CharField(help_text="“waiting”, or “taken”: this answer is the only one that holds it.")
    sentence = serializers.CharField(help_text="Where it stands, as people read it.")
    sealed = serializers.CharField(
        allow_blank=True,
        help_text="base64: public key of the worker (65 bytes), nonce (12), AES-256-GCM. Its key is HKDF-SHA256 of the shared secret "
        "with both public keys as salt (the worker's first) and “concord page key v1|” and the purpose as info.",
    )
    purpose = serializers.CharField(help_text="What the seal is bound to: its associated data.")
    expires_at = serializers.DateTimeField(help_text="From then on there is no answer.")


class KeyOut(serializers.Serializer):
    """The opened key: this answer is the only one that holds it, and it is kept nowhere."""

    value = serializers.CharField()
