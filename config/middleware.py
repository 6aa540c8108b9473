"""Headers on every response, the transaction that carries the person's row-level context, and refusals in words."""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from accounts.api.problems import plain
from accounts.seats import entering
from core import rls
from core.decisions import Conflict, Refused

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'{style}; img-src 'self'{img}; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "manifest-src 'self'"
)
PLAIN = POLICY.format(nonce="", style="", img="")


class SecurityHeaders:
    """Content-Security-Policy with one nonce per page that asks for one, and the other headers of R31 and R32."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]  # written into audit rows
        response = self.get_response(request)
        response["Content-Security-Policy"] = _policy(request)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response.setdefault("X-Request-Id", request.request_id)  # type: ignore[attr-defined]  # set above
        if "Cache-Control" not in response and not request.path_info.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        return response


def _policy(request: HttpRequest) -> str:
    known: str = getattr(request, "csp_nonce", "")
    nonce = f" 'nonce-{known}'" if known else ""
    if request.path_info == "/api/docs/":  # Swagger's page needs its inline style and data: images
        return POLICY.format(nonce=nonce, style=" 'unsafe-inline'", img=" data:")
    return POLICY.format(nonce=nonce, style="", img="") if nonce else PLAIN


class WithSlash(CommonMiddleware):
    """An address without its last slash leads to the one with it, and takes method and body along: 301 would turn a
    program's POST into a GET."""

    class response_redirect_class(HttpResponsePermanentRedirect):  # Django's name for it
        status_code = 308


class BodyLimit:
    """Judges a body by its Content-Length before anything reads it; without that header Django reads none.

    The page that takes logs shows its own form again, with the sentence at the field: it gets the request as a GET
    with `body_refused`, which changes nothing. Every other address answers 413 in words.
    """

    LOGS = ("/assignments/", "/runs/upload/")
    LOGS_BY_API = ("/api/v1/assignments/", "/logs/")
    ENVELOPE = 1024 * 1024  # the other fields of a form with a file

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        for_logs, by_api = (
            request.path_info.startswith(first) and request.path_info.endswith(last)
            for first, last in (self.LOGS, self.LOGS_BY_API)
        )
        most = settings.MAX_LOG_BYTES + self.ENVELOPE if for_logs or by_api else settings.MAX_BODY_BYTES
        if not size.isdigit() or int(size) <= most:
            return self.get_response(request)
        if for_logs and request.method == "POST":
            request.method, request.body_refused = "GET", True  # type: ignore[attr-defined]  # read by that page
            response = self.get_response(request)
        else:
            response = too_large(request, most)
        return response


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413 in words, without a query and without reading the body: a page, or for the API a problem detail."""
    amount = f"{most / 1024 / 1024:.1f}".removesuffix(".0")
    sentence = f"This is larger than {amount} MiB, the most that Concord takes here."
    if request.path_info.startswith("/api/"):
        return plain(413, "too-large", f"{sentence} Send less.")
    return HttpResponse(render_to_string("413.html", {"sentence": sentence}), status=413)


class CrossSite:
    """Refuses unsafe requests that a browser marks as coming from another site (R33)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        unsafe = request.method not in ("GET", "HEAD", "OPTIONS")
        if unsafe and request.headers.get("Sec-Fetch-Site") == "cross-site":
            return HttpResponse("This form was sent from another site. Open Concord and send it there.", status=403)
        return self.get_response(request)


class ScopedTransaction:
    """One transaction around view and rendering, with the person's context; rolled back when the answer is 5xx.

    A page that nobody in particular reads begins it with its first statement, if there is one.
    Not ATOMIC_REQUESTS: that ends before deferred rendering, and rolls denials back (security.md §4.3).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz" or request.path_info.startswith("/static/"):
            return self.get_response(request)
        with self._context(request):
            response = self.get_response(request)
            if hasattr(response, "render") and callable(response.render) and not getattr(response, "is_rendered", True):
                response.render()
            if response.status_code >= 500 and connection.in_atomic_block:
                transaction.set_rollback(True)
        return response

    def _context(self, request: HttpRequest) -> AbstractContextManager[None]:
        user = request.user
        request_id: str = getattr(request, "request_id", "")
        if user.is_authenticated:
            return rls.context(user=user.pk, request=request_id, write=entering(user))
        if request.method in ("GET", "HEAD"):
            return rls.context_when_asked(request=request_id)
        return rls.context(request=request_id)


# the page of an object, where somebody asked for something below it
OBJECT = re.compile(r"(?P<url>/[a-z-]+/(?P<name>[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4})/)(?=.)")


class Refusals:
    """Turns a Refused or Conflict that a view let fly into its page; the API has its own handler.

    An address with a NUL character names nothing: PostgreSQL cannot even be asked for it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal, or None for any other exception."""
        if isinstance(exception, Refused):
            context = {"decision": exception.decision, "back": OBJECT.match(request.path_info)}
            return render(request, "403.html", context, status=403)
        if isinstance(exception, Conflict):
            return render(request, "409.html", {"conflict": exception}, status=409)
        return None


def nonce_of(request: HttpRequest) -> str:
    """The nonce of this response, made when it is first asked for."""
    known: str | None = getattr(request, "csp_nonce", None)
    if known is None:
        known = request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]  # read by SecurityHeaders
    return known


def lazy_nonce(request: HttpRequest) -> SimpleLazyObject:
    """The same, as templates read it."""
    return SimpleLazyObject(lambda: nonce_of(request))
