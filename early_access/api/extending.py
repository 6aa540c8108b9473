"""A longer window, over the API: the same actions as the pages."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, page_of
from early_access import actions, queries
from early_access.api import serializers as shapes
from early_access.api.views import Room
from early_access.models import EarlyAccessRequest, WindowExtension


class ExtensionRoom(Room):
    """Shows a proposal as it is now."""

    def proposal(self, row: EarlyAccessRequest, pk: UUID) -> WindowExtension:
        """The proposal if the caller may see it, else 404."""
        found: WindowExtension = self.visible(WindowExtension, "agency", pk=pk, request=row)
        found.request = row
        return found


class Extensions(ExtensionRoom):
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


def _step(verb: str, guard: str, reads: Any, act: Any) -> Any:
    """A view class for one answer to a proposal."""

    class Step(ExtensionRoom):
        """One answer to a proposal."""

        access: ClassVar[dict[str, str]] = {"post": f"early_access.{guard}"}

        @extend_schema(
            operation_id=f"extensions_{verb}", request=reads, responses={200: shapes.ExtensionOut},
            description=act.__doc__, summary=act.__doc__.splitlines()[0].split(":")[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, reference: str, pk: UUID) -> Response:
            """Take the step."""
            found = self.proposal(self.one(reference), pk)
            act(extension=found, by=self.person, **self.read(reads))
            return Response(shapes.ExtensionOut(self.proposal(found.request, pk)).data)

    Step.__name__ = Step.__qualname__ = f"{verb.title()}ExtensionStep"
    return Step


ConsentToExtension = _step("consent", "may_answer_extension", NothingIn, actions.consent_to_extension)
RefuseExtension = _step("refuse", "may_answer_extension", shapes.ExtensionRefusalIn, actions.refuse_extension)
WithdrawExtension = _step("withdraw", "may_withdraw_extension", NothingIn, actions.withdraw_extension)
