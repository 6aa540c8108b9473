"""The agreements API: the same actions as the pages, no rules of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, page_of
from agreements import actions, documents, moves, policies, queries
from agreements.api import serializers as shapes
from agreements.models import AgreementVersion, TestingAgreement
from core.decisions import Invalid, Problem


def shown(agreement: TestingAgreement, view: RoomAPIView) -> dict[str, Any]:
    """An agreement as the caller sees it."""
    verdicts = queries.verdicts(agreement)
    parties = agreement.party_rows
    for row in parties:
        found = verdicts.get(row.organisation_id)
        row.verdict = found.verdict if found else None  # type: ignore[attr-defined]  # for output only
    file = queries.current_file(agreement)
    values = {name: getattr(agreement, name) for name in ("reference", "title", "status", "effective_on", "expires_on")}
    values |= {
        "developer": agreement.developer_id, "current": agreement.current, "parties": parties,
        "signatories": agreement.plan, "file_sha256": file.sha256 if file else None,
        "obligations": dict(agreement.obligations.filter(version=agreement.current_id).values_list("kind", "value")),
        "next": moves.heading(agreement, view.person), "your_move": moves.is_mine(agreement, view.person),
        "notice": documents.NOTICE,
    }  # fmt: skip
    return dict(shapes.AgreementOut(values).data)


class Room(RoomAPIView):
    """Finds the agreement by its reference."""

    def agreement(self, reference: str) -> TestingAgreement:
        """The row if the caller may see it, else 404."""
        found: TestingAgreement = self.visible(
            TestingAgreement, "current", "template", "developer", reference=reference
        )
        return found


class Agreements(Room):
    """List and start."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible", "post": "agreements.may_start"}

    @extend_schema(operation_id="agreements_list", responses=page_of(shapes.AgreementRow))
    def get(self, request: Request) -> Response:
        """The newest agreements that the caller sees."""
        return self.page(TestingAgreement, columns=queries.LISTED, show=lambda row: dict(shapes.AgreementRow(row).data))

    @extend_schema(request=shapes.StartIn, responses={201: shapes.AgreementOut})
    def post(self, request: Request) -> Response:
        """Start a draft from a template."""
        sent, home = self.read(shapes.StartIn), self.organisation
        if home is None:
            raise Invalid([Problem("developer", "You sit in no organisation that could draft an agreement.")])
        agreement = actions.start_from_template(
            template=sent["template"], developer=sent.get("developer") or home, agencies=sent["agencies"],
            title=sent["title"], by=self.person, home=home,
        )  # fmt: skip
        return Response(shown(agreement, self), status=201)


class Agreement(Room):
    """One agreement."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(responses=shapes.AgreementOut)
    def get(self, request: Request, reference: str) -> Response:
        """State, parties, signatories, obligations, whose move it is."""
        return Response(shown(self.agreement(reference), self))


class Draft(Room):
    """The working draft of the caller's side."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_edit", "put": "agreements.may_edit"}

    @extend_schema(responses=shapes.VersionOut)
    def get(self, request: Request, reference: str) -> Response:
        """The draft; 404 when the caller's side has none (PUT begins one from the current version)."""
        agreement = self.agreement(reference)
        policies.may_edit(self.person, agreement).require()
        side = policies.side_of(self.person, agreement)
        draft = get_object_or_404(AgreementVersion, agreement=agreement, organisation=side, frozen_at__isnull=True)
        return Response(shapes.VersionOut(draft).data)

    @extend_schema(request=shapes.DraftIn, responses=shapes.VersionOut)
    def put(self, request: Request, reference: str) -> Response:
        """Save; 409 with both texts when somebody saved since `row_version`."""
        agreement, sent = self.agreement(reference), self.read(shapes.DraftIn)
        actions.begin_version(agreement=agreement, by=self.person)
        saved = actions.save_draft(agreement=agreement, by=self.person, **{"title": None, **sent})
        return Response(shapes.VersionOut(saved).data)


class Version(Room):
    """One frozen version."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(responses=shapes.VersionOut)
    def get(self, request: Request, reference: str, number: int) -> Response:
        """Its full text."""
        row = get_object_or_404(AgreementVersion, agreement=self.agreement(reference), number=number)
        return Response(shapes.VersionOut(row).data)


class Executed(Room):
    """The executed copy."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_download"}

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: str) -> HttpResponse:
        """The PDF, for the parties, once all have signed."""
        agreement = self.agreement(reference)
        return documents.download(actions.download(agreement=agreement, by=self.person), agreement.reference)


def step(
    verb: str, guard: str, reads: type[StrictSerializer], act: Callable[..., Any], *, stepped_up: bool = False
) -> Any:
    """A view class for one move: POST its input, get the agreement back."""

    class Step(Room):
        """One move of the life cycle."""

        access: ClassVar[dict[str, str]] = {"post": guard}

        @extend_schema(operation_id=f"agreements_{verb}", request=reads, responses=shapes.AgreementOut)
        def post(self, request: Request, reference: str) -> Response:
            """Make the move."""
            agreement, sent = self.agreement(reference), self.read(reads)
            more = {"stepped_up_at": self.stepped_up_at} if stepped_up else {}
            act(agreement=agreement, by=self.person, **sent, **more)
            return Response(shown(self.agreement(reference), self))

    Step.__name__ = Step.__qualname__ = f"{verb.title().replace('_', '')}Step"
    return Step
