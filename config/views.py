"""The front door, the health answer and the error pages. Rooms own everything else."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts.api.problems import NOT_FOUND, plain
from accounts.signed_out import typed
from config.middleware import too_large
from core.access import public
from core.gallery import sample


@public
def home(request: HttpRequest) -> HttpResponse:
    """Signed in: the inbox. Else: what this is, and section 3(c)."""
    if request.user.is_authenticated:
        return redirect("/inbox/")
    return render(request, "transparency/home.html")


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once; routed in development and in the demo only."""
    return render(request, "components.html", sample())


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database; names the run it belongs to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
    return JsonResponse({"status": "ok", "run": settings.RUN, "role": role})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that outlived its session: say so, and keep what was typed on the page it came from."""
    here = request.headers.get("Sec-Fetch-Site") == "same-origin"  # nobody else's text is shown as one's own
    return render(request, "403.html", {"csrf": True, "typed": typed(request) if here else []}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 without a query: the transaction may be broken. A form with too much text is told how much is taken."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if request.path_info.startswith("/api/"):
        return plain(
            400, "invalid", "This call could not be read. Send a body as the schema at /api/docs/ describes it."
        )
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same bytes for a row that never was and for one that the person may not see."""
    if request.path_info.startswith("/api/"):
        return plain(404, "not-found", NOT_FOUND)
    return render(request, "404.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 raised by Django or a library."""
    return render(request, "403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: no context processors, no query."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("500.html"), status=500)
