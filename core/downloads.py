"""Files as answers: downloads that no cache keeps and no browser guesses about."""

from __future__ import annotations

from django.http import HttpResponse


def file(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Bytes to be saved under this name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to be saved under this name (without its ending)."""
    return file(content, f"{name}.pdf", "application/pdf")
