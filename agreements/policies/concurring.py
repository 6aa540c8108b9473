"""Who asks for concurrence, gives it, refuses it or returns the text, and why not."""

from __future__ import annotations

from accounts.models import Organisation, User
from agreements.models import Concurrence, TestingAgreement
from agreements.policies.base import DRAFTING, WHO_DRAFTS, agencies_of, alive, at_agency, move
from agreements.policies.components import components_first
from agreements.rules import concurring
from agreements.workflow import AGREEMENT
from core.decisions import ALLOWED, Decision, first_refusal, refuse


def may_return_with_comments(user: User, agreement: TestingAgreement) -> Decision:
    """Ask for changes."""
    sealed = ALLOWED
    if agreement.status == "in_clearance" and agreement.concurrence_blind and at_agency(user, agreement):
        sealed = refuse(
            "Answers are sealed until all are in, and a return would be read at once.",
            "Concur, or refuse with the clause and the reason: it opens with the others.",
        )
    return first_refusal(move(user, agreement, "return_with_comments", DRAFTING, WHO_DRAFTS), sealed)


def may_open_clearance(user: User, agreement: TestingAgreement) -> Decision:
    """Ask every agency for its concurrence with the current version."""
    return move(user, agreement, "open_clearance", DRAFTING, WHO_DRAFTS)


def may_concur(user: User, agreement: TestingAgreement) -> Decision:
    """Give an agency's concurrence with the current version, once the components that its plan names have given theirs."""
    verdict = may_refuse_concurrence(user, agreement)
    return verdict and components_first(agreement, agencies_of(user, agreement))


def may_refuse_concurrence(user: User, agreement: TestingAgreement) -> Decision:
    """Refuse it: the same person, in the same state. It waits for no component."""
    table = first_refusal(AGREEMENT.may(agreement.status, "concur"), alive(agreement))
    if not table:
        return table
    if not (mine := agencies_of(user, agreement)):
        return refuse("Only counsel of an agency gives its concurrence.", "Counsel of each agency that is a party can.")
    return _turn(agreement, mine)


def _turn(agreement: TestingAgreement, mine: list[Organisation]) -> Decision:
    """Where the agencies concur one after the other: it is one of theirs, or one of theirs has answered."""
    if agreement.concurrence_order != concurring.SEQUENCE:
        return ALLOWED
    rows = Concurrence.objects.filter(version=agreement.current_id, verdict=Concurrence.Verdict.CONCUR)
    done = set(rows.values_list("agency", flat=True))
    first = next((a for a in agreement.agencies if a.pk not in done), None)
    if first is None or first in mine or any(a.pk in done for a in mine):
        return ALLOWED
    return refuse(
        f"The agencies concur one after the other, in signing order, and {first.name} is asked now.",
        "Your counsel is told when it is your agency's turn.",
    )


def may_set_ways(user: User, agreement: TestingAgreement) -> Decision:
    """Say in which way the agencies concur: an agency, before they are asked."""
    if agreement.status not in ("draft", "in_negotiation"):
        words = f"The way of concurring cannot be changed while the state is “{AGREEMENT.label(agreement.status)}”."
        return refuse(words, "It can while the agreement is negotiated.")
    if at_agency(user, agreement):
        return ALLOWED
    return refuse("The agencies say in which way they concur.", "A policy lead or counsel of an agency can.")
