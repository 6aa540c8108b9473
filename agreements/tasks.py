"""Effects of the room's clocks. Each finds its row again and acts only if there is still something to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.utils import timezone

from agreements import actions, devices
from agreements.models import ConcurrenceAsk, ConcurrencePlan, RemoteSigning, SigningTurn, TestingAgreement
from core import rls
from jobs.models import Job


def _agreement(job: Job) -> TestingAgreement:
    return TestingAgreement.objects.get(pk=job.payload["agreement"])


def come_into_force(job: Job) -> None:
    """The effective date."""
    actions.come_into_force(agreement=_agreement(job))


def remind_of_concurrence(job: Job) -> None:
    """Three days before the day by which concurrence is asked for, and the day after."""
    actions.remind_of_concurrence(agreement=_agreement(job), day=date.fromisoformat(job.payload["day"]))


def remind_of_components(job: Job) -> None:
    """Three days before the day that an agency set for its components, and the day after."""
    plan = ConcurrencePlan.objects.select_related("agreement").get(pk=job.payload["plan"])
    actions.remind_of_components(plan=plan, day=date.fromisoformat(job.payload["day"]))


def remind_of_end(job: Job) -> None:
    """Some days before the end of the term."""
    day, at = (date.fromisoformat(job.payload[name]) for name in ("day", "at"))
    actions.remind_of_end(agreement=_agreement(job), day=day, at=at)


def lapse_amendments(job: Job) -> None:
    """After the end of an agreement: what was to amend it."""
    actions.lapse_amendments(agreement=_agreement(job))


def lapse_concurrence(job: Job) -> None:
    """The day after the last one for an answer, where silence counts."""
    _of_ask(actions.lapse_concurrence, job)


def remind_of_lapse(job: Job) -> None:
    """Before that day."""
    _of_ask(actions.remind_of_lapse, job)


def _of_ask(act: Callable[..., bool], job: Job) -> None:
    act(ask=ConcurrenceAsk.objects.get(pk=job.payload["ask"]), day=date.fromisoformat(job.payload["day"]))


def remind_to_sign(job: Job) -> None:
    """Every three days while somebody's turn lasts, at most ten times."""
    said = job.payload
    actions.remind_to_sign(agreement=_agreement(job), signatory=UUID(said["signatory"]), number=said["number"])


def lapse_turn(job: Job) -> None:
    """24 hours after a file was taken to be signed elsewhere, 15 minutes after a device was asked."""
    turn = SigningTurn.objects.filter(pk=job.payload["turn"]).select_related("agreement").first()
    if turn is not None:
        actions.lapse_turn(turn=turn)


def ask_device(job: Job) -> tuple[bytes, str]:
    """Ask the signing device, with no transaction open: (the signature, why there is none)."""
    with rls.context(organisations=tuple(job.organisations), actor=f"job:{job.kind}"):
        remote = _remote(job)
        if not remote.is_running(timezone.now()):
            return b"", "Nobody waited for the signing device any more."
        key, digest = remote.certificate.key_name, hashlib.sha256(bytes(remote.attributes)).digest()
    device = devices.configured()
    if device is None:
        return b"", "This installation has no signing device any more."
    try:
        return device.sign(key, digest), ""
    except devices.DeviceFailed as failed:
        return b"", str(failed)


def take_answer(job: Job, answer: tuple[bytes, str]) -> None:
    """What the device answered is compared and kept, or why it did not answer."""
    signature, failure = answer
    actions.take_answer(remote=_remote(job), signature=signature, failure=failure)


def _remote(job: Job) -> RemoteSigning:
    rows = RemoteSigning.objects.select_related("turn__agreement", "certificate")
    return rows.get(pk=job.payload["remote"])


def expire(job: Job) -> None:
    """The end of the term."""
    actions.expire(agreement=_agreement(job))


def leave(job: Job) -> None:
    """The end of an agency's notice period."""
    actions.leave(agreement=_agreement(job))


def end_notice(job: Job) -> None:
    """The end of a notice period."""
    actions.end_notice(agreement=_agreement(job))
