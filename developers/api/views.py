"""/api/v1/models/ and /api/v1/developers/: models, checkpoints, and the verification of a developer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, page_of, plain
from core.decisions import Invalid, Problem
from developers import actions, queries
from developers.api import serializers as shapes
from developers.models import Developer, FrontierModel


class Models(RoomAPIView):
    """List what I may see; register a model of my developer organisation."""

    paged: ClassVar[bool] = True
    access: ClassVar[dict[str, str]] = {"get": "developers.visible", "post": "developers.may_register_model"}

    @extend_schema(operation_id="models_list", responses=page_of(shapes.ModelRow))
    def get(self, request: Request) -> Response:
        """The newest models that the caller sees."""
        columns = ("reference", "codename", "family")
        return self.page(FrontierModel, columns=columns, show=plain(shapes.ModelRow))

    @extend_schema(operation_id="models_register", request=shapes.ModelIn, responses={201: shapes.ModelRow})
    def post(self, request: Request) -> Response:
        """Register a model under its codename."""
        developer = self.organisation
        if developer is None or not developer.is_developer:
            developer = queries.home_developer(self.person)
        if developer is None:
            raise Invalid([Problem("codename", "Only a developer registers models. Use a token of a developer.")])
        row = actions.register_model(developer=developer, by=self.person, **self.read(shapes.ModelIn))
        return Response(shapes.ModelRow(row).data, status=201)


class Model(RoomAPIView):
    """One model with its checkpoints."""

    access: ClassVar[dict[str, str]] = {"get": "developers.visible"}

    @extend_schema(operation_id="models_read", responses=shapes.ModelOut)
    def get(self, request: Request, reference: str) -> Response:
        """A model and those of its checkpoints that the caller may see."""
        row = self.visible(FrontierModel, reference=reference)
        found = queries.checkpoints_of(row, self.person)
        return Response(
            {**shapes.ModelRow(row).data, "checkpoints": shapes.CheckpointOut(found, many=True).data}
        )  # fmt: skip


class Checkpoints(RoomAPIView):
    """Checkpoints of one model."""

    access: ClassVar[dict[str, str]] = {"post": "developers.may_register_checkpoint"}

    @extend_schema(
        operation_id="checkpoints_register", request=shapes.CheckpointIn, responses={201: shapes.CheckpointOut},
        examples=[
            OpenApiExample(
                "A release candidate", request_only=True,
                value={"label": "rc1", "configuration_sha256": "ab" * 32, "variants": ["production", "helpful_only"]},
            )
        ],
    )  # fmt: skip
    def post(self, request: Request, reference: str) -> Response:
        """Register a checkpoint and the variants in which it can be served."""
        row = self.visible(FrontierModel, "developer", reference=reference)
        made = actions.register_checkpoint(model=row, by=self.person, **self.read(shapes.CheckpointIn))
        return Response(shapes.CheckpointOut(made).data, status=201)


class Developers(RoomAPIView):
    """Developer organisations that the caller may see."""

    paged: ClassVar[bool] = True
    access: ClassVar[dict[str, str]] = {"get": "developers.visible"}

    @extend_schema(operation_id="developers_list", responses=page_of(shapes.DeveloperOut))
    def get(self, request: Request) -> Response:
        """One's own organisation; for the Department of Commerce all, newest first."""
        columns = ("legal_name", "jurisdiction", "website", "status", "refused_reason")
        return self.page(Developer, columns=columns, show=plain(shapes.DeveloperOut))


def step(verb: str, guard: str, reads: type[StrictSerializer], act: Callable[..., Any]) -> Any:
    """A view class for one decision on a developer."""

    class Step(RoomAPIView):
        """One decision."""

        access: ClassVar[dict[str, str]] = {"post": f"developers.{guard}"}

        @extend_schema(
            operation_id=f"developers_{verb}", request=reads, responses={200: shapes.DeveloperOut},
            description=act.__doc__, summary=(act.__doc__ or verb).splitlines()[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, pk: UUID) -> Response:
            """Decide."""
            row = self.visible(Developer, pk=pk)
            made = act(developer=row, by=self.person, **self.read(reads))
            return Response(shapes.DeveloperOut(made).data)

    Step.__name__ = Step.__qualname__ = f"{verb.title()}Step"
    return Step
