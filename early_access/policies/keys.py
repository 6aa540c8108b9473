"""Who gives, takes back and opens access: keys, their proofs, weights."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from early_access.models import (
    AccessHold,
    AccessSpecification,
    EarlyAccessRequest,
    HeldAnswer,
    RevocationProof,
)
from early_access.policies.base import WHO_KEYS, of_developer

STEP_UP = timedelta(minutes=5)


WITH_KEY = ("submitted", "acknowledged", "accepted", "scheduled", "window_open")


def may_replace_key(user: User, request: EarlyAccessRequest) -> Decision:
    """Seal another access key: from the submission to the end of the window."""
    return first_refusal(
        _with_key(request), of_developer(user, request.developer_id, ("drafter", "security"), WHO_KEYS)
    )


def may_revoke_key(user: User, request: EarlyAccessRequest, variant: str | None = None) -> Decision:
    """Take a key back at once (of one variant, or all), while there is one."""
    rows = request.credentials.filter(revoked_at__isnull=True)
    live = ALLOWED
    if not (rows if variant is None else rows.filter(variant=variant)).exists():
        live = refuse("There is no key that could be taken back.")
    role = of_developer(user, request.developer_id, ("drafter", "security"), WHO_KEYS)
    return first_refusal(role, _with_key(request), live)


def may_change_consent(user: User, request: EarlyAccessRequest) -> Decision:
    """Take consent to a variant back from an agency, or give it: as long as keys are sealed."""
    role = of_developer(user, request.developer_id, ("drafter", "security"), WHO_KEYS)
    if request.status in ("draft", "needs_information"):
        where = "Open that section of the request."
        return first_refusal(role, refuse("Consent is given in the section “Agencies and consent” now.", where))
    return first_refusal(role, _with_key(request))


def may_ask_proof(user: User, proof: RevocationProof) -> Decision:
    """Have the agency's worker ask the endpoint whether a revoked key is refused: the developer alone says when."""
    role = of_developer(user, proof.developer_id, ("drafter", "security"), WHO_KEYS)
    if proof.outcome == RevocationProof.Outcome.REFUSED:
        return first_refusal(role, refuse("The endpoint has refused this key already."))
    if not proof.is_kept:
        return first_refusal(role, refuse("Nothing is left of this key, so it cannot be checked any more."))
    return role


def _with_key(request: EarlyAccessRequest) -> Decision:
    if request.status in ("draft", "needs_information"):
        return refuse("The key is typed in the section “Credential” now.", "Open that section of the request.")
    if request.status not in WITH_KEY:
        return refuse("Access is over: every key was revoked with it.")
    how = AccessSpecification.objects.filter(request=request).order_by("-version").first()
    if how is not None and not how.has_endpoint:
        return refuse("This model is reached without a key, as its access specification says.")
    return ALLOWED


BEFORE_CLOSE = ("draft", "needs_information", *WITH_KEY)


def may_register_weights(user: User, request: EarlyAccessRequest) -> Decision:
    """Register whose signature counts, and the signed list of the weights: the developer, until the window closes."""
    role = of_developer(user, request.developer_id, ("drafter", "security"), WHO_KEYS)
    if request.status not in BEFORE_CLOSE:
        return first_refusal(role, refuse("Access is over: nothing is registered any more."))
    return role


def may_confirm_weights(user: User, request: EarlyAccessRequest, agency: Organisation) -> Decision:
    """Say what one's agency received, while it has access."""
    if request.status != "window_open":
        return refuse("What arrived is confirmed while the window is open.", "The page shows its dates.")
    if seats_of(user).holds(agency.pk, "evaluator", "router"):
        return not_held(request, agency.pk)
    return refuse("Only evaluators and routers of an agency that tests the model confirm what it received.")


def may_use_access(request: EarlyAccessRequest, agency: Organisation) -> Decision:
    """Whether an agency may use its access now: the window is open, and its agreement lets it."""
    if request.status != "window_open":
        return refuse("The access key can be opened only while the window is open.", "The page shows its dates.")
    return not_held(request, agency.pk)


def not_held(request: EarlyAccessRequest, agency_id: UUID) -> Decision:
    """Whether the agreement with an agency lets its access go on; what follows from it is a row that both sides read."""
    hold = AccessHold.objects.filter(request=request, agency=agency_id, lifted_at__isnull=True).first()
    return refuse(hold.sentence, "The parties of the agreement see its state on its page.") if hold else ALLOWED


def may_open_for(user: User, request: EarlyAccessRequest, agency: Organisation) -> Decision:
    """Open the sealed key for an agency: its evaluators, while the window is open and its agreement lets it."""
    if not (usable := may_use_access(request, agency)):
        return usable
    if not seats_of(user).holds(agency.pk, "evaluator"):
        return refuse("Only evaluators of an agency that tests this model open its key.")
    return ALLOWED


def may_open_credential(
    user: User, request: EarlyAccessRequest, agency: Organisation, stepped_up_at: datetime | None
) -> Decision:
    """The same in a page, or by a program that acts for one: after confirming who they are."""
    if not (opens := may_open_for(user, request, agency)):
        return opens
    if stepped_up_at is None or timezone.now() - stepped_up_at > STEP_UP:
        return refuse("Confirm who you are first: the last time is more than five minutes ago.")
    return ALLOWED


def may_take_answer(user: User, answer: HeldAnswer) -> Decision:
    """Fetch what the agency's worker sealed for one page: whoever asked, and nobody else of the agency."""
    if answer.by_id == user.pk:
        return ALLOWED
    return refuse(
        "This was sealed for the person who asked for it, and is handed to nobody else. Open the key yourself."
    )
