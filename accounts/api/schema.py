"""What the OpenAPI text says about every operation: how programs sign in, keys, pages, summaries and errors."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter
from rest_framework import serializers

from accounts.api.idempotency import HEADER, LONGEST
from accounts.api.problems import MEDIA_TYPE, TITLES


class TokenScheme(OpenApiAuthenticationExtension):
    """Bearer tokens beginning with concord_."""

    target_class = "accounts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "concord_…"}


class FieldError(serializers.Serializer):
    """One thing wrong with the input."""

    pointer = serializers.CharField(help_text="JSON pointer into the body that was sent, as in #/window/ends_on.")
    detail = serializers.CharField(help_text="A sentence that says what to do next.")


class ProblemDetail(serializers.Serializer):
    """A refusal, a conflict or bad input (RFC 9457)."""

    type = serializers.CharField(help_text="urn:concord:problem:…")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="A sentence that says what to do next.")
    errors: Any = FieldError(many=True, required=False, help_text="With 400: each field with its sentence.")
    reason = serializers.CharField(required=False, help_text="With 403: why not.")
    who_can = serializers.CharField(required=False, help_text="With 403: who could instead.")
    page = serializers.CharField(required=False, help_text="Where a person does in the browser what no token may do.")
    yours = serializers.JSONField(required=False, help_text="With 409: the text that was sent.")
    theirs = serializers.JSONField(required=False, help_text="With 409: the text that stands.")


CURSOR = OpenApiParameter("cursor", str, description="Where the page before ended; copied from its `next`.")
SIZE = OpenApiParameter("size", int, description="Rows on a page, from 1 to 100; 25 when left out.")
STATUS = "Only those in this state; all of them when left out."
KEY = OpenApiParameter(
    HEADER, str, OpenApiParameter.HEADER,
    description=f"A text of your own, at most {LONGEST} characters. For 24 hours the same call with the same key answers "
    "the same and is not done twice; another call with it answers 422.",
)  # fmt: skip


class RoomSchema(AutoSchema):
    """Adds to each operation what all rooms share."""

    @property
    def _writes(self) -> bool:
        return self.method not in ("GET", "HEAD", "OPTIONS")

    def get_summary(self) -> str:
        """The first sentence of the method's docstring."""
        first, _, _ = self._sentences().partition(". ")
        return " ".join(first.split()).rstrip(".")

    def _sentences(self) -> str:
        return str(super().get_description() or "")

    def get_override_parameters(self) -> list[Any]:
        """Keys for calls that change something; cursor and size for pages."""
        if self._writes:
            return [KEY] if getattr(self.view, "keeps_answers", True) else []
        if not getattr(self.view, "paged", False):
            return []
        states = getattr(self.view, "states", None)
        by_state = [OpenApiParameter("status", str, enum=list(states.by_name), description=STATUS)] if states else []
        return [CURSOR, SIZE, *by_state]

    def map_parsers(self) -> list[str]:
        """JSON; files where the view takes them."""
        return ["multipart/form-data"] if getattr(self.view, "takes_files", False) else ["application/json"]

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code in self._errors():
            if str(code) not in bodies:
                answer = self._get_response_for_code(ProblemDetail, str(code), [MEDIA_TYPE], direction)
                bodies[str(code)] = {**answer, "description": TITLES[code]}
        for status, answer in bodies.items():
            answer["description"] = answer.get("description") or ("Made" if status == "201" else "As asked")
        return bodies

    def _errors(self) -> list[int]:
        if not getattr(self.view, "access", ""):
            return []
        found = [401, 403, 404, 429] if self.path.count("{") else [401, 403, 429]
        if self._writes:
            found += [400, 409, 422]
        elif getattr(self.view, "paged", False):
            found += [400]
        return sorted(found)


class Timeline(serializers.Serializer):
    """One entry of an object's timeline, as far as the caller's organisations are parties to it."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    actor = serializers.CharField(help_text="Colleagues by name, people of other organisations by role.")
    sentence = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
