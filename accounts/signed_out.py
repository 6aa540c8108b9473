"""A form sent after the session ended: the page that answers gives back what was typed, without storing it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from accounts.stepup import NEVER_KEPT

MACHINERY = ("row_version", "next")


class SignInRequired(LoginRequiredMiddleware):
    """Django's, but a form is answered by a page with its text instead of a redirect that drops it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]  # a page instead
        """Lead to the sign-in page; with something typed, show that first."""
        given = typed(request)
        if not given:
            return super().handle_no_permission(request, view_func)
        sign_in = f"{resolve_url(self.get_login_url(view_func))}?{urlencode({'next': request.path})}"
        return render(request, "signed_out.html", {"typed": given, "sign_in": sign_in}, status=401)


def typed(request: HttpRequest) -> list[dict[str, str]]:
    """Label and value of what a person can have typed or chosen; a secret and a file only by name."""
    rows = []
    for name, values in request.POST.lists() if request.method == "POST" else ():
        filled = [value for value in values if value.strip()]
        if name == "csrfmiddlewaretoken" or name in MACHINERY or not filled:
            continue
        secret = any(word in name for word in NEVER_KEPT)
        rows.append({"label": label(name), "value": "Not repeated here" if secret else "\n".join(filled)})
    for name, files in request.FILES.lists():
        rows.append({"label": label(name), "value": "\n".join(f"The file {file.name}" for file in files)})
    return rows


def label(name: str) -> str:
    """ "sections.planned_public_date" → "Planned public date"."""
    return name.rsplit(".", 1)[-1].replace("_", " ").capitalize()
