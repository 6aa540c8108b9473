"""Who may verify a developer and who may register models, and why not."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from developers.models import Developer, FrontierModel
from developers.workflow import DEVELOPER

REGISTERING = ("drafter", "security")


def may_see_queue(user: User) -> Decision:
    """The verification queue: intake officers of the Department of Commerce."""
    if any(o.slug == "commerce" for o in seats_of(user).with_role("intake")):
        return ALLOWED
    return refuse("Verifying developers is for intake officers of the Department of Commerce.")


def may_verify(user: User, developer: Developer) -> Decision:
    """Confirm that the organisation is who it says it is."""
    return first_refusal(DEVELOPER.may(developer.status, "verify"), _intake(user, developer))


def may_refuse(user: User, developer: Developer) -> Decision:
    """Refuse to confirm that, with a reason."""
    return first_refusal(DEVELOPER.may(developer.status, "refuse"), _intake(user, developer))


def _intake(user: User, developer: Developer) -> Decision:
    if seats_of(user).holds(developer.verifier_id, "intake"):
        return ALLOWED
    return refuse(
        "Your role does not include verifying developers.", "Intake officers of the Department of Commerce can."
    )


def may_register_model(user: User, developer: Organisation) -> Decision:
    """Register a model, its checkpoints and variants."""
    if developer.is_developer and seats_of(user).holds(developer.pk, *REGISTERING):
        return ALLOWED
    return refuse("Registering models is for policy and security leads.", "Ask one of them in your organisation.")


def may_register_checkpoint(user: User, model: FrontierModel) -> Decision:
    """Add a checkpoint to one of the developer's models."""
    return may_register_model(user, model.developer)
