"""Openings of an agency that keeps its own key: asked for here, opened by the agency's worker, sealed again to a key that lives
in the asker's page. The process that serves pages never holds the value (docs/decisions/0063)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agencies.reference import queue
from audit import actions as audit
from core import envelope, page_keys
from core.decisions import Conflict, Decision, Invalid, Problem, first_refusal
from early_access import hooks, policies
from early_access.actions import credentials
from early_access.actions.moving import locked
from early_access.models import AccessCredential, CredentialOpening, HeldAnswer
from jobs import actions as jobs

LASTS = timedelta(minutes=5)
NO_PAGE_KEY = (
    "Your browser did not send a key of its own for the answer. Turn JavaScript on for this site, open the page anew, then "
    "ask again. Nothing was opened."
)
REVOKED = (
    "The access key was revoked, replaced or taken back since you asked. Open the page anew to see which one is in use."
)
LATE = "The worker of your agency took this up too late, so it did not open the key. Ask again."
NOT_HELD = (
    "The worker of your agency does not hold the private key that this access key was sealed to. Whoever runs its host can put "
    "the older private key beside the new one; or ask the developer to seal the access key again."
)
TAKEN = "This answer was handed out already; it is shown once and kept nowhere. Ask again, with a reason."
GONE = "This answer is gone: what is not fetched within minutes is erased. Ask again, with a reason."


@transaction.atomic
def ask_opening(
    *,
    credential: AccessCredential,
    by: User,
    agency: Organisation,
    reason: str,
    public_key: str,
    stepped_up_at: datetime | None,
) -> HeldAnswer:
    """Record an opening and ask the agency's worker for the value, sealed to `public_key` (core.page_keys). The same decisions as
    for `open_credential`; the worker takes them all again."""
    request = locked(credential.request)
    policies.may_open_credential(by, request, agency, stepped_up_at).require()
    if not reason.strip():
        raise Invalid([Problem("reason", credentials.WHY_NEEDED)])
    if not public_key:
        raise Invalid([Problem("public_key", NO_PAGE_KEY)])
    if not page_keys.is_public(public_key):
        words = "This is not a key for an answer: send the uncompressed point of a key on P-256, 65 bytes as base64url."
        raise Invalid([Problem("public_key", words)])
    hooks.opening_decision(by, request, agency).require()
    credentials.sealed_for(credential, agency)
    opening = credentials.record_opening(credential, request, agency, by, reason.strip())
    answer = HeldAnswer.objects.create(
        opening=opening, request=request, credential=credential, agency=agency, by=by, public_key=public_key,
        expires_at=opening.created_at + LASTS,
    )  # fmt: skip
    payload, see = {"answer": str(answer.pk)}, [agency.pk]
    jobs.enqueue(
        "early_access.answer_opening", key=f"early_access.answer_opening:{answer.pk}", organisations=see, payload=payload,
        queue=queue(agency), by=by,
    )  # fmt: skip
    jobs.enqueue(
        "early_access.forget_answer", key=f"early_access.forget_answer:{answer.pk}", organisations=see, payload=payload,
        not_before=answer.expires_at,
    )  # fmt: skip
    return answer


@transaction.atomic
def answer_opening(*, answer: HeldAnswer) -> HeldAnswer:
    """In the agency's own worker: decide everything again, open, seal to the page's key. Once; a refusal is kept as a sentence
    for whoever asked. The value is in this process for the length of this call."""
    row = _locked(answer)
    if row.answered_at is not None or row.taken_at is not None:
        return row
    row.answered_at = timezone.now()
    decision = _decided(row)
    if row.expires_at <= row.answered_at:
        row.refused = LATE
    elif not decision:
        row.refused = decision.sentence[:400]
    else:
        _open(row)
    row.save(update_fields=["answered_at", "sealed", "refused"])
    opening = CredentialOpening.objects.get(pk=row.opening_id)
    readers = [opening.developer_id, opening.agency_id]
    verb = "early_access.opening_refused" if row.refused else "early_access.opening_answered"
    audit.record(verb, row.request, by=None, parties=readers, reason=row.refused or opening.label)
    return row


def _decided(row: HeldAnswer) -> Decision:
    """Everything that the page was decided by, but for the step-up, whose time the page's own minutes bound."""
    return first_refusal(
        policies.may_open_for(row.by, row.request, row.agency),
        hooks.opening_decision(row.by, row.request, row.agency),
    )


def _open(row: HeldAnswer) -> None:
    credential = AccessCredential.objects.filter(pk=row.credential_id).first()
    if credential is None:
        row.refused = REVOKED
        return
    try:
        value = credentials.value_of(credential, row.agency)
    except (envelope.KeyHeldElsewhere, envelope.KeyMissing):
        row.refused = NOT_HELD
    except Conflict as refusal:
        row.refused = refusal.sentence[:400]
    else:
        row.sealed = page_keys.seal(row.public_key, row.purpose, value.encode())


@transaction.atomic
def take_answer(*, answer: HeldAnswer, by: User) -> HeldAnswer:
    """The sealed answer, once, to whoever asked: `sealed` of what is returned, which is erased with the same commit. Without
    `sealed` the worker has not answered yet. Conflict or Refused, in a sentence, when there is nothing to hand out."""
    row = _locked(answer)
    policies.may_take_answer(by, row).require()
    if row.state == HeldAnswer.State.WAITING:
        return row
    if row.state != HeldAnswer.State.ANSWERED:
        words = {HeldAnswer.State.REFUSED: row.refused, HeldAnswer.State.TAKEN: TAKEN}
        raise Conflict(words.get(HeldAnswer.State(row.state), GONE))
    decision = _decided(row)
    live = AccessCredential.objects.filter(pk=row.credential_id, revoked_at__isnull=True).exists()
    sealed, row.sealed = row.sealed, None
    if decision and live:
        row.taken_at = timezone.now()
    else:
        row.refused = REVOKED if decision else decision.sentence[:400]
    row.save(update_fields=["sealed", "taken_at", "refused"])
    row.sealed = sealed if row.taken_at else None  # of this instance only: the row holds nothing any more
    return row


@transaction.atomic
def forget_answer(*, answer: HeldAnswer) -> bool:
    """The clock: erase what nobody fetched in time; whether there was anything."""
    row = _locked(answer)
    if row.sealed is None:
        return False
    row.sealed = None
    row.save(update_fields=["sealed"])
    return True


def _locked(answer: HeldAnswer) -> HeldAnswer:
    rows = HeldAnswer.objects.select_for_update(of=("self",)).select_related("request", "agency", "by")
    found: HeldAnswer = rows.get(pk=answer.pk)
    return found
