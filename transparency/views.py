"""Public pages. They read nothing private and need no account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.access import public


@public
def notice(request: HttpRequest) -> HttpResponse:
    """Section 3(c) of Executive Order 14409, and what it means here."""
    return render(request, "transparency/notice.html")
