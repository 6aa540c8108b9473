"""Who may do what with an organisation's webhooks: its administrators, and nobody else."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from webhooks.models import Delivery, Endpoint
from webhooks.rules.kinds import TEST
from webhooks.workflow import DELIVERY, ENDPOINT

MOST = 10
WHO = "Ask one of the administrators listed on the organisation's page."


def may_administer(user: User, organisation: Organisation) -> Decision:
    """See and change the webhooks of an organisation."""
    if seats_of(user).holds(organisation.pk, "administrator"):
        return ALLOWED
    return refuse(f"Only an administrator of {organisation.name} can see and change its webhooks.", WHO)


def may_add(user: User, organisation: Organisation) -> Decision:
    """Register one more."""
    first = may_administer(user, organisation)
    if not first or Endpoint.objects.filter(organisation=organisation).count() < MOST:
        return first
    return refuse(f"{organisation.name} has {MOST} webhooks already. Remove one that is not used any more.")


def may_move(user: User, endpoint: Endpoint, verb: str) -> Decision:
    """Pause or resume."""
    return first_refusal(may_administer(user, endpoint.organisation), ENDPOINT.may(endpoint.status, verb))


def may_test(user: User, endpoint: Endpoint) -> Decision:
    """Send a test event: one at a time, to an endpoint that is active."""
    first = may_administer(user, endpoint.organisation)
    if not first:
        return first
    if endpoint.status != "active":
        return refuse("Nothing is sent to this webhook now. Resume it first.")
    if Delivery.objects.filter(endpoint=endpoint, kind=TEST, status="waiting").exists():
        return refuse("A test event is on its way already. Wait for its answer in the log.")
    return ALLOWED


def may_send_again(user: User, delivery: Delivery) -> Decision:
    """Send one message once more, with the same webhook-id."""
    first = may_administer(user, delivery.endpoint.organisation)
    if not first or delivery.endpoint.status == "active":
        return first_refusal(first, DELIVERY.may(delivery.status, "send_again"))
    return refuse("Nothing is sent to this webhook now. Resume it first.")


def may_send_all_again(user: User, endpoint: Endpoint) -> Decision:
    """Send everything that was given up once more."""
    first = may_administer(user, endpoint.organisation)
    if not first:
        return first
    if endpoint.status != "active":
        return refuse("Nothing is sent to this webhook now. Resume it first.")
    if not Delivery.objects.filter(endpoint=endpoint, status="failed").exists():
        return refuse("No message was given up, so there is nothing to send again.")
    return ALLOWED
