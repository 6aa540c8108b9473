"""Beside the life cycle of a request: timeline, openings, release notices, what agencies return."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer, page_of
from accounts.api.schema import Timeline
from audit.queries import timeline
from early_access import actions, policies, queries
from early_access.api import serializers as shapes
from early_access.api.views import Room
from early_access.models import EarlyAccessRequest, ReleaseNotice, ReturnItem


class TimelineOf(Room):
    """What happened."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="requests_timeline", responses=page_of(Timeline))
    def get(self, request: Request, reference: str) -> Response:
        """The request's timeline, newest first, at most 200 entries."""
        return self.listed(Timeline, timeline(self.one(reference), self.person))


class Openings(Room):
    """Who opened the key."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="requests_openings", responses=page_of(shapes.OpeningOut))
    def get(self, request: Request, reference: str) -> Response:
        """Every opening of the access key that the caller's organisation may see, newest first."""
        rows = self.one(reference).openings.select_related("agency", "opened_by").order_by("-created_at")
        return self.listed(shapes.OpeningOut, rows)


class NoticeRoom(Room):
    """Shows a release notice with what it lists for the caller's side."""

    def notice(self, row: EarlyAccessRequest, pk: UUID, status: int = 200) -> Response:
        """The notice as it is now."""
        found = queries.release_notices(row, self.person).get(pk=pk)
        return Response(shapes.ReleaseNoticeOut(found).data, status=status)


class ReleaseNotices(NoticeRoom):
    """Release notices: the developer's own decisions."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_plan_release"}

    @extend_schema(operation_id="release_notices_list", responses=page_of(shapes.ReleaseNoticeOut))
    def get(self, request: Request, reference: str) -> Response:
        """The request's release notices, newest first; a planned one is the developer's alone."""
        return self.listed(shapes.ReleaseNoticeOut, queries.release_notices(self.one(reference), self.person))

    @extend_schema(
        operation_id="release_notices_plan", request=shapes.ReleaseIn, responses={201: shapes.ReleaseNoticeOut}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Plan a release notice. Agencies read it once it is issued; nobody's leave is needed."""
        row, sent = self.one(reference), self.read(shapes.ReleaseIn)
        made = actions.plan_release(request=row, by=self.person, **sent)
        return self.notice(row, made.pk, 201)


class ReleasePreview(Room):
    """What a notice would list."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.may_plan_release"}

    @extend_schema(operation_id="release_notices_preview", responses=page_of(shapes.ReleasePreviewOut))
    def get(self, request: Request, reference: str) -> Response:
        """What each agency would read of a notice issued now: the open findings that it shared itself, by title. Besides,
        every agency reads how many there are over all. For the developer's people; an issued notice lists what is open then."""
        row = self.one(reference)
        policies.may_plan_release(self.person, row).require()
        return self.listed(shapes.ReleasePreviewOut, queries.release_preview(row))


def release_step(verb: str, reads: type[StrictSerializer], act: Any) -> Any:
    """A view class for one move of a release notice."""

    class Step(NoticeRoom):
        """One move of a release notice."""

        access: ClassVar[dict[str, str]] = {"post": "early_access.may_move_release"}

        @extend_schema(
            operation_id=f"release_notices_{verb}", request=reads, responses={200: shapes.ReleaseNoticeOut},
            description=act.__doc__, summary=(act.__doc__ or verb).splitlines()[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, reference: str, pk: UUID) -> Response:
            """Take the step."""
            row = self.one(reference)
            notice = self.visible(ReleaseNotice, pk=pk, request=row)
            act(notice=notice, by=self.person, **self.read(reads))
            return self.notice(row, pk)

    Step.__name__ = Step.__qualname__ = f"{verb.title()}ReleaseStep"
    return Step


class ReturnItems(Room):
    """What is asked back."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="return_items_list", responses=page_of(shapes.ReturnItemOut))
    def get(self, request: Request, reference: str) -> Response:
        """What agencies were asked to return or destroy after a withdrawal, as far as the caller may see it."""
        rows = ReturnItem.objects.visible_to(self.person).filter(request=self.one(reference)).select_related("agency")
        return self.listed(shapes.ReturnItemOut, rows.order_by("created_at", "id"))


class ReturnAnswer(Room):
    """An agency's answer."""

    access: ClassVar[dict[str, str]] = {"post": "early_access.may_answer_return"}

    @extend_schema(
        operation_id="return_items_answer", request=shapes.ReturnAnswerIn, responses={200: shapes.ReturnItemOut}
    )
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Say what was returned or destroyed, and how."""
        item = self.visible(ReturnItem, "agency", pk=pk, request=self.one(reference))
        row = actions.answer_return(item=item, by=self.person, **self.read(shapes.ReturnAnswerIn))
        return Response(shapes.ReturnItemOut(row).data)
