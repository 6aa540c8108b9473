"""Whether an agreement can be amended or renewed as it stands, and whether an amendment of it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.workflow import AGREEMENT, BINDING
from core.decisions import ALLOWED, Decision, refuse

if TYPE_CHECKING:
    from agreements.models import TestingAgreement


def amends(agreement: TestingAgreement) -> Decision:
    """One that binds, and is no amendment itself."""
    if agreement.amends_id is not None:
        return refuse("An amendment is not amended itself.", "Open the agreement that it amends, and amend that.")
    if agreement.status in BINDING:
        return ALLOWED
    return refuse(
        f"Only an agreement in force is amended; the state of this one is “{AGREEMENT.label(agreement.status)}”.",
        "While it is negotiated, propose a new version instead.",
    )


def renews(agreement: TestingAgreement) -> Decision:
    """One that ends, and not by notice."""
    if agreement.expires_on is None:
        return refuse("This agreement has no end that could be moved.")
    if agreement.notice_given_at is not None:
        return refuse(f"Notice was given; the agreement ends on {agreement.terminates_on}.", "Start a new agreement.")
    return ALLOWED


def goes_on(status: str | None) -> Decision:
    """An amendment, by the state of the agreement that it amends."""
    if status in BINDING:
        return ALLOWED
    return refuse("The agreement that this would amend is not in force any more.", "A new agreement can be started.")
