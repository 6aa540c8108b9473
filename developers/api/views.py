"""/api/v1/models/: the developer's models and checkpoints."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView
from core.decisions import Invalid, Problem
from developers import actions, queries
from developers.api.serializers import CheckpointInput, ModelInput
from developers.models import FrontierModel, ModelCheckpoint


def show_checkpoint(row: ModelCheckpoint) -> dict[str, Any]:
    """A checkpoint as the API writes it."""
    return {"id": str(row.pk), "label": row.label, "configuration_sha256": row.configuration_sha256}


def show_model(row: FrontierModel) -> dict[str, Any]:
    """A model as the API writes it."""
    return {"id": str(row.pk), "reference": row.reference, "codename": row.codename, "family": row.family}


class Models(RoomAPIView):
    """List what I may see; register a model of my developer organisation."""

    access: ClassVar[dict[str, str]] = {"get": "developers.visible", "post": "developers.may_register_model"}

    @extend_schema(operation_id="models_list", responses={200: dict})
    def get(self, request: Request) -> Response:
        """Newest first."""
        return self.page(FrontierModel, columns=("reference", "codename", "family"))

    @extend_schema(operation_id="models_register", request=ModelInput, responses={201: dict})
    def post(self, request: Request) -> Response:
        """Register a model."""
        developer = self.organisation
        if developer is None or not developer.is_developer:
            developer = queries.home_developer(self.person)
        if developer is None:
            raise Invalid([Problem("codename", "Only a developer registers models. Use a token of a developer.")])
        row = actions.register_model(developer=developer, by=self.person, **self.read(ModelInput))
        return Response(show_model(row), status=201)


class Model(RoomAPIView):
    """One model with its checkpoints."""

    access: ClassVar[dict[str, str]] = {"get": "developers.visible"}

    @extend_schema(operation_id="models_read", responses={200: dict})
    def get(self, request: Request, reference: str) -> Response:
        """The model and those of its checkpoints that I may see."""
        row = self.visible(FrontierModel, reference=reference)
        checkpoints = [show_checkpoint(c) for c in queries.checkpoints_of(row, self.person)]
        return Response({**show_model(row), "checkpoints": checkpoints})


class Checkpoints(RoomAPIView):
    """Checkpoints of one model."""

    access: ClassVar[dict[str, str]] = {"post": "developers.may_register_checkpoint"}

    @extend_schema(operation_id="checkpoints_register", request=CheckpointInput, responses={201: dict})
    def post(self, request: Request, reference: str) -> Response:
        """Register a checkpoint."""
        row = self.visible(FrontierModel, "developer", reference=reference)
        made = actions.register_checkpoint(model=row, by=self.person, **self.read(CheckpointInput))
        return Response(show_checkpoint(made), status=201)
