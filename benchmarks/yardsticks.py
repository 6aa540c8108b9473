"""Views that do the least there is to do, at addresses beside the product's: what a goal is a multiple of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.test import RequestFactory, override_settings
from django.urls import path

from accounts import paging
from accounts.models import User
from accounts.visibility import VisibleQuerySet
from config import urls
from core.access import public, signed_in
from early_access.models import EarlyAccessRequest
from early_access.views import requests as views
from transparency.forms import HashForm
from transparency.models import PublishedProof

NOBODY = UUID(int=0)
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


@public
def proof(request: HttpRequest) -> HttpResponse:
    """The page that checks hashes with one query by key in place of an answer."""
    PublishedProof.objects.filter(pk=NOBODY).first()
    return render(request, "transparency/verify.html", {"form": HashForm()})


@signed_in
def unfiltered(request: HttpRequest) -> HttpResponse:
    """The product's own page of requests over rows taken by key, and counted by key, without asking who may see them."""
    with _instead(paging, "newest", _by_key), _instead(VisibleQuerySet, "count_for", _counted_by_key):
        return views.requests(request)


def _by_key(*_: Any, **__: Any) -> paging.Page:
    rows = list(EarlyAccessRequest.objects.filter(pk__in=SHOWN).values("id", "created_at", *views.COLUMNS))
    return paging.Page(rows[:25], "older" if len(rows) > 25 else "")


def _counted_by_key(*_: Any, **__: Any) -> int:
    return EarlyAccessRequest.objects.filter(pk__in=SHOWN).count()


@contextmanager
def _instead(owner: Any, name: str, function: Callable[..., Any]) -> Iterator[None]:
    """Like mock.patch, which costs so much that it would flatter the product."""
    kept = getattr(owner, name)
    setattr(owner, name, function)
    try:
        yield
    finally:
        setattr(owner, name, kept)


urlpatterns: list[Any] = [
    path("yardstick/bare/", bare),
    path("yardstick/one/", one_query),
    path("yardstick/people/", people),
    path("yardstick/proof/", proof),
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
