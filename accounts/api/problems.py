"""Every error of the API as a problem detail (RFC 9457): refusals, conflicts and bad input in the pages' own words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from core.decisions import Conflict, Invalid, Refused

MEDIA_TYPE = "application/problem+json"
NOT_FOUND = "There is nothing at this address, or you may not see it."
TITLES = {
    400: "The input needs correction",
    401: "Sign in first",
    403: "Not possible for you now",
    404: "Not found",
    405: "This address does not take that method",
    406: "This format is not offered",
    409: "Somebody was faster",
    413: "Too large",
    415: "This kind of content is not read here",
    422: "The key was used for another call",
    429: "Too many calls",
}


class KeyReused(Exception):
    """An `Idempotency-Key` that came before with another call."""


class BrowserOnly(Exception):
    """A step that a token may never take: it needs a person who has just confirmed who they are. Names the page."""

    def __init__(self, sentence: str, page: str) -> None:
        super().__init__(sentence)
        self.sentence, self.page = sentence, page


def problem(code: int, kind: str, detail: str, **more: Any) -> dict[str, Any]:
    """The members of a problem detail."""
    return {"type": f"urn:concord:problem:{kind}", "title": TITLES[code], "status": code, "detail": detail, **more}


def respond(code: int, kind: str, detail: str, **more: Any) -> Response:
    """A problem detail as DRF's response."""
    return Response(problem(code, kind, detail, **more), status=code, content_type=MEDIA_TYPE)


def plain(code: int, kind: str, detail: str) -> HttpResponse:
    """The same outside DRF, for middleware."""
    content = JSONRenderer().render(problem(code, kind, detail))
    return HttpResponse(content, status=code, content_type=MEDIA_TYPE)


def handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER. None (a 500) for whatever is not an answer to the caller."""
    if isinstance(exc, Refused):
        decision = exc.decision
        return respond(403, "refused", decision.sentence, reason=decision.reason, who_can=decision.who_can)
    if isinstance(exc, BrowserOnly):
        return respond(403, "browser-only", exc.sentence, page=exc.page)
    if isinstance(exc, Conflict):
        texts = {} if exc.yours is None and exc.theirs is None else {"yours": exc.yours, "theirs": exc.theirs}
        return respond(409, "conflict", exc.sentence, **texts)
    if isinstance(exc, Invalid):
        return _invalid([(p.field.replace(".", "/"), p.sentence) for p in exc.problems])
    if isinstance(exc, KeyReused):
        return respond(
            422, "idempotency", "This Idempotency-Key came before with another call. Use a new key for a new call."
        )
    return _of_framework(exc)


def _of_framework(exc: Exception) -> Response | None:
    if isinstance(exc, Http404 | exceptions.NotFound):
        return respond(404, "not-found", NOT_FOUND)
    if isinstance(exc, PermissionDenied):
        return respond(403, "refused", "Your account does not have this right.")
    if not isinstance(exc, exceptions.APIException):
        return None
    return _of_api(exc)


def _of_api(exc: exceptions.APIException) -> Response | None:
    if isinstance(exc, exceptions.ValidationError):
        return _invalid(list(_flat(exc.detail)))
    code = exc.status_code
    if code not in TITLES:
        return None
    kind = {401: "unauthenticated", 403: "refused", 429: "throttled"}.get(code, "request")
    answer = respond(code, kind, _words(exc))
    if isinstance(exc, exceptions.Throttled):
        seconds = max(1, math.ceil(getattr(exc, "wait", None) or 1))
        answer = respond(code, kind, f"Wait {seconds} seconds, then call again.")
        answer["Retry-After"] = str(seconds)
    scheme = getattr(exc, "auth_header", None)
    if code == status.HTTP_401_UNAUTHORIZED and scheme:
        answer["WWW-Authenticate"] = scheme
    return answer


def _words(exc: exceptions.APIException) -> str:
    """What to do next, where the framework's own words only say what went wrong."""
    if isinstance(exc, exceptions.NotAuthenticated):
        return "Send `Authorization: Bearer concord_…`. Issue a token at /organisation/tokens/."
    if isinstance(exc, exceptions.UnsupportedMediaType):
        return f"{exc.detail} Send JSON with `Content-Type: application/json`."
    if isinstance(exc, exceptions.MethodNotAllowed):
        return f"{exc.detail} The `Allow` header names the methods that are."
    return str(exc.detail)


def _invalid(found: list[tuple[str, str]]) -> Response:
    errors = [{"pointer": f"#/{path}" if path else "#", "detail": sentence} for path, sentence in found]
    return respond(400, "invalid", " ".join(sentence for _, sentence in found), errors=errors)


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(JSON pointer without #/, sentence) for DRF's nested error lists."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _flat(inner, path if name == "non_field_errors" else f"{path}/{name}".lstrip("/"))
    elif isinstance(detail, list | tuple):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _flat(inner, f"{path}/{index}".lstrip("/") if nested else path)
    else:
        yield path, str(detail)
