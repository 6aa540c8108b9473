"""The jobs that open and close a window. An extension puts another closing job in the place of the one before."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from early_access.actions.moving import parties
from early_access.models import EarlyAccessRequest, WindowExtension
from jobs import actions as jobs


def clock_key(verb: str, request: EarlyAccessRequest) -> str:
    """The key of the job that opens or closes a request's window. Each extension that stands makes it another one."""
    moved = WindowExtension.objects.filter(request=request, status="stands").count() if verb == "close" else 0
    return f"early_access.{verb}_window:{request.pk}:{moved + 1}"


def start(verb: str, request: EarlyAccessRequest, at: datetime, by: User) -> None:
    """Let the clock open or close the window then."""
    jobs.enqueue(
        f"early_access.{verb}_window", key=clock_key(verb, request), organisations=parties(request),
        payload={"request": str(request.pk)}, not_before=at, by=by,
    )  # fmt: skip


def stop(request: EarlyAccessRequest, *verbs: str) -> None:
    """Cancel these clocks, as far as they have not struck."""
    for verb in verbs:
        jobs.cancel(key=clock_key(verb, request))
