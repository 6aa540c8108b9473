"""Autosave: the same save as the form's button, answered as JSON for the script of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django import forms
from django.http import JsonResponse

from core.decisions import Conflict, Invalid, Problem, Refused


class Saved(NamedTuple):
    """What the script has to know: the version that the next save names, and when this one was."""

    row_version: int
    saved_at: datetime | None


def answered(save: Callable[[], Saved]) -> JsonResponse:
    """200 with the next row version; 400 with `problems` (field and sentence each); 403 with a sentence; 409 with both texts."""
    try:
        return JsonResponse(save()._asdict())
    except Invalid as invalid:
        problems = [{"field": p.field, "sentence": p.sentence} for p in invalid.problems]
        return JsonResponse({"problems": problems}, status=400)
    except Refused as refused:
        return JsonResponse({"sentence": refused.decision.sentence}, status=403)
    except Conflict as conflict:
        said = {"sentence": conflict.sentence, "theirs": conflict.theirs, "yours": conflict.yours}
        return JsonResponse(said, status=409)


def checked(form: forms.BaseForm) -> None:
    """Raise Invalid with what the form itself finds wrong."""
    if not form.is_valid():
        raise Invalid(
            [
                Problem("" if name == "__all__" else name, str(said))
                for name, listed in form.errors.items()
                for said in listed
            ]
        )
