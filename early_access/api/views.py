"""/api/v1/requests/: everything that the pages do, except opening a credential, which needs a person's step-up."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer
from accounts.seats import seats_of
from core.decisions import Invalid, Problem
from developers.queries import home_developer
from early_access import actions, queries
from early_access.api.serializers import NothingInput, ReleaseInput, ScheduleInput, SectionInput, TextInput
from early_access.models import EarlyAccessRequest, ReleaseNotice
from early_access.workflow import RELEASE_NOTICE

RELATED = ("developer", "window", "intake_agency")


def show(row: EarlyAccessRequest) -> dict[str, Any]:
    """A request as the API writes it."""
    window = getattr(row, "window", None)
    return {
        "id": str(row.pk), "reference": row.reference, "status": row.status, "track": row.track,
        "row_version": row.row_version,
        "window": window and {"starts_on": window.starts_on, "ends_on": window.ends_on, "opened_at": window.opened_at,
                              "closed_at": window.closed_at},
    }  # fmt: skip


class _One(RoomAPIView):
    def one(self, reference: str) -> EarlyAccessRequest:
        """The request, or 404."""
        row: EarlyAccessRequest = self.visible(EarlyAccessRequest, *RELATED, reference=reference)
        return row

    def again(self, row: EarlyAccessRequest, status: int = 200) -> Response:
        """The request as it is now."""
        return Response(show(self.one(row.reference)), status=status)


class Requests(_One):
    """List and start requests."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_create"}

    @extend_schema(operation_id="requests_list", responses={200: dict})
    def get(self, request: Request) -> Response:
        """Newest first."""
        return self.page(EarlyAccessRequest, columns=("reference", "status", "track", "submitted_at"))

    @extend_schema(operation_id="requests_start", request=NothingInput, responses={201: dict})
    def post(self, request: Request) -> Response:
        """Start a draft."""
        self.read(NothingInput)
        home = (
            self.organisation if self.organisation and self.organisation.is_developer else home_developer(self.person)
        )
        if home is None:
            raise Invalid([Problem("developer", "Only a developer makes requests. Use a token of a developer.")])
        return self.again(actions.create(developer=home, by=self.person), 201)


class One(_One):
    """One request; the developer also reads its drafted sections."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="requests_read", responses={200: dict})
    def get(self, request: Request, reference: str) -> Response:
        """The request."""
        row = self.one(reference)
        answer = show(row)
        if seats_of(self.person).holds(row.developer_id):
            saved = queries.drafted(row)
            answer["sections"] = {n: {"row_version": s.row_version, "data": s.data} for n, s in saved.items()}
        return Response(answer)


class Sections(_One):
    """One drafted section."""

    access: ClassVar[dict[str, str]] = {"put": "early_access.may_edit"}

    @extend_schema(operation_id="requests_save_section", request=SectionInput, responses={200: dict})
    def put(self, request: Request, reference: str, name: str) -> Response:
        """Save a section; 409 carries both texts when somebody saved it since."""
        row, sent = self.one(reference), self.read(SectionInput)
        if not seats_of(self.person).holds(row.developer_id):
            raise Http404
        saved = actions.save_section(request=row, section=name, by=self.person, **sent)
        return Response({"row_version": saved.row_version, "data": saved.data})


MOVES: dict[str, tuple[Any, type[StrictSerializer], str]] = {
    "submit": (actions.submit, NothingInput, ""),
    "acknowledge": (actions.acknowledge, NothingInput, ""),
    "accept": (actions.accept, NothingInput, ""),
    "ask_for_information": (actions.ask_for_information, TextInput, "question"),
    "answer": (actions.answer, TextInput, "text"),
    "decline": (actions.decline, TextInput, "reason"),
    "propose_schedule": (actions.propose_schedule, ScheduleInput, ""),
    "confirm_schedule": (actions.confirm_schedule, NothingInput, ""),
    "close_early": (actions.close_early, NothingInput, ""),
    "close": (actions.close, NothingInput, ""),
    "withdraw": (actions.withdraw, TextInput, "reason"),
    "plan_release": (actions.plan_release, ReleaseInput, ""),
}


class Moves(_One):
    """One step of the life cycle, by its name."""

    access: ClassVar[dict[str, str]] = {
        "post": "early_access.may_submit,may_acknowledge,may_accept,may_ask_for_information,may_answer,may_decline,"
        "may_schedule,may_close_early,may_close,may_withdraw,may_plan_release"
    }

    @extend_schema(operation_id="requests_move", request=TextInput, responses={200: dict})
    def post(self, request: Request, reference: str, verb: str) -> Response:
        """Take the step; 403 says why not and who can."""
        row = self.one(reference)
        if verb not in MOVES:
            raise Http404
        act, reader, field = MOVES[verb]
        sent = self.read(reader)
        act(request=row, by=self.person, **({field: sent["text"]} if field else sent))
        return self.again(row)


class ReleaseMoves(_One):
    """Issue, amend or cancel a release notice."""

    access: ClassVar[dict[str, str]] = {"post": "early_access.may_move_release"}

    @extend_schema(operation_id="release_notices_move", request=ReleaseInput, responses={200: dict})
    def post(self, request: Request, reference: str, pk: str, verb: str) -> Response:
        """Take the step."""
        notice = self.visible(ReleaseNotice, pk=pk, request=self.one(reference))
        if verb not in RELEASE_NOTICE.move_names:
            raise Http404
        if verb == "amend":
            row = actions.amend_release(notice=notice, by=self.person, **self.read(ReleaseInput))
        else:
            self.read(NothingInput)
            row = (actions.issue_release if verb == "issue" else actions.cancel_release)(notice=notice, by=self.person)
        return Response({"id": str(row.pk), "status": row.status, "open_findings": row.open_findings})
