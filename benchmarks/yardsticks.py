"""Views that do the least there is to do, at addresses beside the product's: what a goal is a multiple of."""

from __future__ import annotations

from typing import Any
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from accounts import paging
from accounts.models import User
from config import urls
from core.access import public, signed_in
from early_access.models import EarlyAccessRequest
from early_access.views import requests as views

PEOPLE: list[Any] = []  # ids of 25 people
SHOWN: list[Any] = []  # ids of the rows that the unfiltered page shows: those of the measured person's first page


@public
def bare(request: HttpRequest) -> HttpResponse:
    """No query."""
    return HttpResponse("ok")


@signed_in
def one_query(request: HttpRequest) -> HttpResponse:
    """One ORM query for 25 rows by key, as JSON."""
    rows = EarlyAccessRequest.objects.filter(pk__in=SHOWN[:25])
    return JsonResponse({"rows": list(rows.values("id", "created_at", "reference", "status", "track", "submitted_at"))})


@signed_in
def people(request: HttpRequest) -> HttpResponse:
    """The same over a table that no policy guards, so that it answers alike with and without a context."""
    return JsonResponse({"rows": list(User.objects.filter(pk__in=PEOPLE).values("id", "email", "name", "post"))})


@signed_in
def unfiltered(request: HttpRequest) -> HttpResponse:
    """The product's own page of requests over rows taken by key, without the question who may see them."""
    rows = EarlyAccessRequest.objects.filter(pk__in=SHOWN).values("id", "created_at", *views.COLUMNS)
    page = paging.Page(list(rows)[:25], "")
    with mock.patch.object(paging, "newest", lambda *args, **kwargs: page):
        return views.requests(request)


urlpatterns: list[Any] = [
    path("yardstick/bare/", bare),
    path("yardstick/one/", one_query),
    path("yardstick/people/", people),
    path("yardstick/unfiltered/", unfiltered),
    *urls.urlpatterns,
]


class Web:
    """WSGI requests in this process; `middleware=False` leaves the whole stack out."""

    def __init__(self, *, middleware: bool = True) -> None:
        changed: dict[str, Any] = {} if middleware else {"MIDDLEWARE": []}
        with override_settings(**changed):
            self._handler = WSGIHandler()

    def get(self, address: str, cookie: str = "") -> int:
        """The length of the answer; raises when it is not 200."""
        environ = RequestFactory(HTTP_COOKIE=cookie).get(address).environ
        statuses: list[str] = []
        answer = self._handler(environ, lambda status, headers, *rest: statuses.append(status))
        body = b"".join(answer)
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{address} answered {statuses[0]}")
        answer.close()
        return len(body)
