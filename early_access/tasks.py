"""The clocks of this room: jobs with a `not_before`, which survive restarts because they are rows."""

from __future__ import annotations

from typing import Any

from early_access import actions
from early_access.models import AccessCredential, EarlyAccessRequest, HeldAnswer, ReturnItem, RevocationProof
from jobs.models import Job


def open_window(job: Job, _: Any = None) -> None:
    """Effect of `early_access.open_window`."""
    actions.open_window(request=EarlyAccessRequest.objects.get(pk=job.payload["request"]))


def close_window(job: Job, _: Any = None) -> None:
    """Effect of `early_access.close_window`."""
    actions.close_window(request=EarlyAccessRequest.objects.get(pk=job.payload["request"]), key=job.key)


def remind_of_return(job: Job, _: Any = None) -> None:
    """Effect of `early_access.remind_of_return`."""
    actions.remind_of_return(item=ReturnItem.objects.get(pk=job.payload["item"]))


def key_ends(job: Job, _: Any = None) -> None:
    """Effect of `early_access.key_ends`."""
    actions.key_ends(credential=AccessCredential.objects.select_related("request").get(pk=job.payload["credential"]))


def erase_proof(job: Job, _: Any = None) -> None:
    """Effect of `early_access.erase_proof`."""
    actions.erase_proof(proof=RevocationProof.objects.get(pk=job.payload["proof"]))


def answer_opening(job: Job, _: Any = None) -> None:
    """Effect of `early_access.answer_opening`, in the agency's own worker."""
    actions.answer_opening(answer=HeldAnswer.objects.get(pk=job.payload["answer"]))


def forget_answer(job: Job, _: Any = None) -> None:
    """Effect of `early_access.forget_answer`."""
    actions.forget_answer(answer=HeldAnswer.objects.get(pk=job.payload["answer"]))


def close_at_rest(job: Job, _: Any = None) -> None:
    """Effect of `early_access.close_at_rest`."""
    actions.close_at_rest(request=EarlyAccessRequest.objects.get(pk=job.payload["request"]))
