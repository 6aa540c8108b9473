"""What an open page asks by itself: who else is there, and whether the draft was saved meanwhile."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from agreements import actions, policies, presence
from agreements.models import ClauseDraft
from agreements.views.base import found, person
from core.access import guarded
from core.decisions import Invalid


@guarded("agreements.may_be_here")
@require_POST
def here(request: HttpRequest, reference: str) -> JsonResponse:
    """Say that I am here, and hear who else is. It does not keep a session alive (accounts/middleware.py)."""
    agreement, user = found(request, reference), person(request)
    policies.may_be_here(user, agreement).require()
    try:
        actions.be_here(agreement=agreement, by=user, clause_id=request.POST.get("clause", ""))
    except Invalid as invalid:
        return JsonResponse({"problems": [problem.sentence for problem in invalid.problems]}, status=400)
    return JsonResponse(presence.said(agreement, user, timezone.now(), _opened(request)))


@guarded("agreements.may_edit_library")
@require_POST
def here_in_library(request: HttpRequest, key: str) -> JsonResponse:
    """The same, over the draft of a library clause."""
    user = person(request)
    policies.may_edit_library(user).require()
    draft = get_object_or_404(ClauseDraft.objects.select_related("edited_by"), key=key)
    actions.be_in_library(draft=draft, by=user)
    return JsonResponse(presence.said_in_library(draft, user, timezone.now(), _opened(request)))


def _opened(request: HttpRequest) -> int | None:
    """The row version with which the page was opened, as its script says it."""
    opened = request.POST.get("row_version", "")
    return int(opened) if opened.isascii() and opened.isdigit() and len(opened) < 10 else None
