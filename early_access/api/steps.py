"""One step over the API: of a row under a request (a report of blocked time, a proposal of a longer window), or of what has
a reference of its own (an inquiry, a nomination)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer
from early_access.api.views import Room
from early_access.models import BlockedTime, EarlyAccessRequest, WindowExtension


def row_step(
    name: str, operation: str, guard: str, model: type[BlockedTime] | type[WindowExtension], argument: str,
    reads: type[StrictSerializer], says: type[serializers.Serializer], act: Callable[..., Any],
) -> Any:  # fmt: skip
    """A view class for one step: it finds the row, hands it to the action under `argument`, and shows it as it is then."""

    class Step(Room):
        """One step of a row under a request."""

        access: ClassVar[dict[str, str]] = {"post": f"early_access.{guard}"}

        def _row(self, request: EarlyAccessRequest, pk: UUID) -> Any:
            found = self.visible(model, "agency", pk=pk, request=request)
            found.request = request
            return found

        @extend_schema(
            operation_id=operation, request=reads, responses={200: says}, description=act.__doc__,
            summary=(act.__doc__ or name).splitlines()[0].split(":")[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, reference: str, pk: UUID) -> Response:
            """Take the step."""
            row = self._row(self.one(reference), pk)
            act(**{argument: row}, by=self.person, **self.read(reads))
            return Response(says(self._row(row.request, pk)).data)

    Step.__name__ = Step.__qualname__ = name
    return Step


def step(
    room: type[Any], name: str, operation: str, guard: str, argument: str, reads: type[StrictSerializer],
    says: type[serializers.Serializer], act: Callable[..., Any],
) -> Any:  # fmt: skip
    """A view class for one step in a room whose `one(reference)` finds the row and whose `again(row)` shows it."""

    class Step(room):  # type: ignore[misc]  # the room is given
        """One step of what has a reference of its own."""

        access: ClassVar[dict[str, str]] = {"post": f"early_access.{guard}"}

        @extend_schema(
            operation_id=operation, request=reads, responses={200: says}, description=act.__doc__,
            summary=(act.__doc__ or name).splitlines()[0].split(":")[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, reference: str) -> Response:
            """Take the step."""
            row = self.one(reference)
            act(**{argument: row}, by=self.person, **self.read(reads))
            shown: Response = self.again(row)
            return shown

    Step.__name__ = Step.__qualname__ = name
    return Step
