"""A longer window, over the API: the same actions as the pages."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, page_of
from early_access import actions, queries
from early_access.api import serializers as shapes
from early_access.api.steps import row_step
from early_access.api.views import Room
from early_access.models import WindowExtension


class Extensions(Room):
    """Proposals of a longer window."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_propose_extension"}

    @extend_schema(operation_id="extensions_list", responses=page_of(shapes.ExtensionOut))
    def get(self, request: Request, reference: str) -> Response:
        """Proposals to lengthen the window, oldest first, refused and withdrawn ones too."""
        return self.listed(shapes.ExtensionOut, queries.extensions(self.one(reference), self.person))

    @extend_schema(operation_id="extensions_propose", request=shapes.ExtensionIn, responses={201: shapes.ExtensionOut})
    def post(self, request: Request, reference: str) -> Response:
        """Propose a later last day. It is voluntary and stands only with the developer's consent; until the other side has
        answered the dates stay."""
        row, sent = self.one(reference), self.read(shapes.ExtensionIn)
        made = actions.propose_extension(request=row, by=self.person, **sent)
        return Response(shapes.ExtensionOut(made).data, status=201)


ConsentToExtension = row_step(
    "ConsentExtensionStep", "extensions_consent", "may_answer_extension", WindowExtension, "extension",
    NothingIn, shapes.ExtensionOut, actions.consent_to_extension,
)  # fmt: skip
RefuseExtension = row_step(
    "RefuseExtensionStep", "extensions_refuse", "may_answer_extension", WindowExtension, "extension",
    shapes.ExtensionRefusalIn, shapes.ExtensionOut, actions.refuse_extension,
)  # fmt: skip
WithdrawExtension = row_step(
    "WithdrawExtensionStep", "extensions_withdraw", "may_withdraw_extension", WindowExtension, "extension",
    NothingIn, shapes.ExtensionOut, actions.withdraw_extension,
)  # fmt: skip
