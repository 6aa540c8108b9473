"""What every address of the API shares: access by policy name, organisation-bound sign-in, idempotency, keyset pages.

A view names its guard per action, `access = {"list": "agreements.visible", "create": "agreements.may_start"}` (sets)
or per method, `access = {"get": …}` (plain views); an action without one does not answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts import paging, stepup
from accounts.api import idempotency
from accounts.api.fields import NothingIn, StrictModelSerializer, StrictSerializer, VisibleRelatedField, page_of, plain
from accounts.api.problems import BrowserOnly
from accounts.models import ApiToken, Organisation, User
from accounts.seats import seats_of
from core.decisions import Invalid, Problem, refuse
from core.shortcuts import visible_or_404
from core.workflow import Workflow

__all__ = [
    "NothingIn",
    "RoomAPIView",
    "RoomViewSet",
    "StrictModelSerializer",
    "StrictSerializer",
    "VisibleRelatedField",
    "page_of",
    "plain",
]

SAFE = ("GET", "HEAD", "OPTIONS")


class _Room(APIView):
    """The shared behaviour; see the module."""

    access: ClassVar[dict[str, str]] = {}
    keeps_answers: ClassVar[bool] = True  # False where the answer must not be stored, not even for a repetition
    paged: ClassVar[bool] = False  # for the OpenAPI text: GET answers keyset pages
    states: ClassVar[Workflow | None] = None  # where set, `?status=` narrows the pages to one state
    takes_files: ClassVar[bool] = False  # for the OpenAPI text: the body is a form with files
    _record: idempotency.IdempotencyRecord | None = None

    @property
    def guard(self) -> str:
        """The policy of the action that is being called."""
        called = getattr(self, "action", None) or (self.request.method or "").lower()
        try:
            return self.access["get" if called == "head" else called]
        except KeyError:
            raise ImproperlyConfigured(f"{type(self).__name__}.access names no policy for {called!r}") from None

    @property
    def person(self) -> User:
        """Who is calling."""
        user: User = self.request.user  # type: ignore[assignment]  # IsAuthenticated has let nobody else through
        return user

    @property
    def organisation(self) -> Organisation | None:
        """For which organisation: that of the token, else the person's own."""
        token = self.request.auth
        return token.organisation if isinstance(token, ApiToken) else seats_of(self.person).home

    @property
    def stepped_up_at(self) -> datetime | None:
        """When a person in a browser last confirmed who they are; never for a token."""
        return None if isinstance(self.request.auth, ApiToken) else stepup.stepped_up_at(self.request._request)

    def in_person(self, sentence: str, page: str) -> datetime | None:
        """The step-up of a person in a browser. A token is refused, and told the page where its person can go."""
        if isinstance(self.request.auth, ApiToken):
            raise BrowserOnly(sentence, page)
        return self.stepped_up_at

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After DRF's own checks: a guard is named, a reading token only reads, a repeated call is not done twice."""
        super().initial(request, *args, **kwargs)
        if request.method == "OPTIONS":
            return
        if getattr(self, "action", "") is None or self._unhandled(request):
            return  # DRF answers 405
        _ = self.guard
        if request.method in SAFE:
            return
        if isinstance(request.auth, ApiToken) and request.auth.scope != ApiToken.Scope.WRITE:
            refuse("This token may only read.", "Issue one that may write at /organisation/tokens/.").require()
        home = self.organisation
        if home is not None and self.keeps_answers:
            self._record = idempotency.begin(request, self.person, home)

    def _unhandled(self, request: Request) -> bool:
        return not hasattr(self, (request.method or "").lower())

    def handle_exception(self, exc: Exception) -> Response:
        """A repetition is answered from the record; all else goes to accounts.api.problems."""
        if isinstance(exc, idempotency.Replayed):
            return idempotency.answer(exc.record)
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Keep the answer for repetitions."""
        finished = super().finalize_response(request, response, *args, **kwargs)
        if self._record is not None and isinstance(finished, Response):
            idempotency.finish(self._record, finished)
        return finished

    def visible(self, model: type[models.Model], *related: str, **lookup: Any) -> Any:
        """The row if the caller may see it, else 404. An id that is no UUID is an id that never was."""
        try:
            return visible_or_404(model, self.person, *related, **lookup)
        except ValueError:
            raise Http404 from None

    def page(
        self, model: type[models.Model], *, columns: Sequence[str], only: dict[str, Any] | None = None,
        show: Callable[[Any], dict[str, Any]] = dict, ways: tuple[str, ...] = (), related: tuple[str, ...] | None = None,
    ) -> Response:  # fmt: skip
        """A keyset page: `{"results": […], "next": address or null}`; `?cursor=`, `?size=` (at most 100) and, where the
        view names `states`, `?status=`. `ways` as in `newest_for`. With `related` each row is shown as an object that has
        these at hand, else as a dict."""
        query = self.request.query_params
        try:
            size = int(query.get("size", paging.SIZE))
        except ValueError:
            raise Invalid([Problem("size", "Give a whole number from 1 to 100.")]) from None
        state = query.get("status", "")
        if self.states is not None and state:
            if state not in self.states.by_name:
                raise Invalid([Problem("status", f"Choose one of {', '.join(self.states.by_name)}.")])
            only = {**(only or {}), "status": state}
        cursor = query.get("cursor", "")
        found = paging.newest(model, self.person, columns=columns, cursor=cursor, size=size, only=only, ways=ways)
        following = None
        if found.next:
            following = replace_query_param(self.request.build_absolute_uri(), "cursor", found.next)
        rows: Sequence[Any] = found.rows if related is None else paging.loaded(model, found.rows, *related)
        return Response({"results": [show(row) for row in rows], "next": following})

    def listed(self, serializer: type[serializers.Serializer], rows: Iterable[Any]) -> Response:
        """A list that belongs to one object and is bounded by it: all of it, in the shape of a page."""
        return Response({"results": serializer(list(rows), many=True).data, "next": None})

    def read(self, serializer: type[StrictSerializer] | type[StrictModelSerializer], **kwargs: Any) -> dict[str, Any]:
        """The checked input of this call."""
        bound = serializer(data=self.request.data, context={"request": self.request, "view": self}, **kwargs)
        bound.is_valid(raise_exception=True)
        found: dict[str, Any] = bound.validated_data
        return found

    @classmethod
    def as_view(cls, *args: Any, **kwargs: Any) -> Any:
        """The view function, marked with its guards for the walk over all addresses."""
        view: Any = super().as_view(*args, **kwargs)
        view.access = ",".join(sorted(set(cls.access.values())))
        return view


class RoomAPIView(_Room):
    """One address with methods `get`, `post`, …"""


class RoomViewSet(_Room, GenericViewSet):
    """A set of actions over one model. `lookup_field` stays "pk"."""

    lookup_value_converter = "uuid"
