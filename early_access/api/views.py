"""/api/v1/requests/: everything that the pages do. A key is opened by a person in a browser session, never by a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, StrictSerializer, page_of, plain
from accounts.seats import seats_of
from core.decisions import Invalid, Problem
from core.workflow import Workflow
from developers.queries import home_developer
from early_access import actions, changes, filling, queries
from early_access.api import serializers as shapes
from early_access.models import EarlyAccessRequest
from early_access.rules.sections import BY_NAME
from early_access.workflow import EARLY_ACCESS_REQUEST

RELATED = ("developer", "window", "intake_agency", "model", "checkpoint", "agreement")
LISTED = ("reference", "status", "track", "developer", "submitted_at")
COLUMNS = ("id", "reference", "status", "track", "row_version", "question", "answer",
           "ended_reason", "changes_since", "intended_uses", "limitations")  # fmt: skip


def shown(row: EarlyAccessRequest, view: RoomAPIView) -> dict[str, Any]:
    """A request as the caller sees it; the developer's people also see its drafted sections."""
    values: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS}
    values |= {
        "developer": row.developer_id, "model": row.model and row.model.reference,
        "checkpoint": row.checkpoint and row.checkpoint.label, "agreement": row.agreement and row.agreement.reference,
        "window": getattr(row, "window", None), "agencies": [a.slug for a in queries.consented(row)],
        "variants": [v.kind for v in row.requestvariants.all()], "domains": row.requesteddomains.all(),
        "specification": queries.specification(row), "markings": row.confidentialitymarkings.all(),
        "contacts": row.contacts.all(), "next": queries.WHOSE[row.status][0], "due_at": queries.due_at(row),
        "holds": queries.holds(row), "changed_at": changes.changed_at(row),
        "statements": row.requeststatements.all(),
    }  # fmt: skip
    if seats_of(view.person).holds(row.developer_id):
        values["sections"] = queries.drafted(row)
    return dict(shapes.RequestOut(values).data)


class Room(RoomAPIView):
    """Finds the request by its reference."""

    def one(self, reference: str) -> EarlyAccessRequest:
        """The request if the caller may see it, else 404."""
        row: EarlyAccessRequest = self.visible(EarlyAccessRequest, *RELATED, reference=reference)
        return row

    def drafted(self, reference: str, name: str = "") -> EarlyAccessRequest:
        """The same, where only the developer's people have anything to see; also 404 for no such section."""
        row = self.one(reference)
        if (name and name not in BY_NAME) or not seats_of(self.person).holds(row.developer_id):
            raise Http404
        return row

    def again(self, row: EarlyAccessRequest, status: int = 200) -> Response:
        """The request as it is now."""
        return Response(shown(self.one(row.reference), self), status=status)


class Requests(Room):
    """List and start requests."""

    paged: ClassVar[bool] = True
    states: ClassVar[Workflow | None] = EARLY_ACCESS_REQUEST
    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_create"}

    @extend_schema(operation_id="requests_list", responses=page_of(shapes.RequestRow))
    def get(self, request: Request) -> Response:
        """The newest requests that the caller sees."""
        return self.page(EarlyAccessRequest, columns=LISTED, show=plain(shapes.RequestRow))

    @extend_schema(operation_id="requests_start", request=NothingIn, responses={201: shapes.RequestOut})
    def post(self, request: Request) -> Response:
        """Start a draft. It is private to the developer until it is submitted."""
        self.read(NothingIn)
        home = (
            self.organisation if self.organisation and self.organisation.is_developer else home_developer(self.person)
        )
        if home is None:
            raise Invalid([Problem("developer", "Only a developer makes requests. Use a token of a developer.")])
        return self.again(actions.create(developer=home, by=self.person), 201)


class One(Room):
    """One request."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="requests_read", responses=shapes.RequestOut)
    def get(self, request: Request, reference: str) -> Response:
        """State, window, what is offered to whom, whose move it is; the developer also reads its drafted sections."""
        return Response(shown(self.one(reference), self))


class Tasks(Room):
    """The task list."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.may_edit"}

    @extend_schema(operation_id="requests_sections", responses=page_of(shapes.TaskOut))
    def get(self, request: Request, reference: str) -> Response:
        """The sections with their fields, their state and their version. For the developer's people."""
        row = self.drafted(reference)
        saved = queries.drafted(row)
        found = []
        for task in filling.task_list(row, saved):
            spec = task["section"]
            version = saved[spec.name].row_version if spec.name in saved else 0
            fields = [{**vars(f), "choices": [key for key, _ in f.choices]} for f in spec.fields]
            found.append(
                {"name": spec.name, "label": task["label"], "state": task["state"], "row_version": version,
                 "questions": fields, "work": task["work"]}
            )  # fmt: skip
        return self.listed(shapes.TaskOut, found)


class Sections(Room):
    """One drafted section."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.may_edit", "put": "early_access.may_edit"}

    @extend_schema(operation_id="requests_section", responses=shapes.SectionOut)
    def get(self, request: Request, reference: str, name: str) -> Response:
        """One section as it was saved; 404 when it never was. The access key is never shown again."""
        saved = queries.drafted(self.drafted(reference, name)).get(name)
        if saved is None:
            raise Http404
        return Response(shapes.SectionOut(saved).data)

    @extend_schema(
        operation_id="requests_save_section", request=shapes.SectionIn, responses={200: shapes.SectionOut},
        examples=[
            OpenApiExample(
                "The window", request_only=True,
                value={"row_version": 0, "data": {"starts_on": "2027-01-04", "ends_on": "2027-02-02"}},
            )
        ],
    )  # fmt: skip
    def put(self, request: Request, reference: str, name: str) -> Response:
        """Save a section. 409 carries both texts when somebody saved it since `row_version`."""
        row, sent = self.drafted(reference, name), self.read(shapes.SectionIn)
        try:
            saved = actions.save_section(request=row, section=name, by=self.person, **sent)
        except Invalid as invalid:
            raise Invalid([Problem(f"data.{p.field}", p.sentence) for p in invalid.problems]) from invalid
        return Response(shapes.SectionOut(saved).data)


def step(verb: str, guard: str, reads: type[StrictSerializer], act: Callable[..., Any]) -> Any:
    """A view class for one move of a request: POST its input, get the request back."""

    class Step(Room):
        """One move of the life cycle."""

        access: ClassVar[dict[str, str]] = {"post": f"early_access.{guard}"}

        @extend_schema(
            operation_id=f"requests_{verb}", request=reads, responses={200: shapes.RequestOut},
            description=act.__doc__, summary=(act.__doc__ or verb).splitlines()[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, reference: str) -> Response:
            """Take the step."""
            row, sent = self.one(reference), self.read(reads)
            act(request=row, by=self.person, **sent)
            return self.again(row)

    Step.__name__ = Step.__qualname__ = f"{verb.title().replace('_', '')}Step"
    return Step
