"""The only writers of endpoints: register, change, pause, resume, replace the secret, test, send again, remove."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core.decisions import Invalid, Problem
from core.egress import EgressRefused, allowance_of, check_url
from webhooks import deliveries, keys, notices, policies
from webhooks.models import Delivery, Endpoint, Health, Secret
from webhooks.rules.kinds import TEST, offered
from webhooks.rules.signing import new_secret
from webhooks.workflow import ENDPOINT

OVERLAP = timedelta(hours=24)
MOST_AGAIN = 500


def _checked(name: str, address: str, kinds: Iterable[str]) -> dict[str, object]:
    """What may be stored; Invalid with a sentence per field. The name service is asked where the address leads."""
    chosen, known = sorted(set(kinds)), {kind.name for kind in offered()}
    problems = [] if name.strip() else [Problem("name", "Say in a few words what it is for.")]
    if not chosen or not known.issuperset(chosen):
        problems.append(Problem("kinds", "Choose at least one of the kinds in the list."))
    try:
        target = check_url(address, allowance_of(settings.EGRESS_SIMULATOR))
    except EgressRefused as refused:
        problems.append(Problem("address", str(refused)))
    if problems:
        raise Invalid(problems)
    return {"name": name.strip(), "address": target.url, "kinds": chosen}


def _locked(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=endpoint.pk)


def _record(verb: str, endpoint: Endpoint, by: User | None, **detail: object) -> None:
    audit.record(
        f"webhooks.{verb}", endpoint, by=by, parties=[endpoint.organisation_id], detail=detail, consequence=by is None
    )


def add(*, organisation: Organisation, name: str, address: str, kinds: Iterable[str], by: User) -> tuple[Endpoint, str]:
    """Register an endpoint; returns it with its secret, which is never shown again."""
    policies.may_administer(by, organisation).require()
    checked = _checked(name, address, kinds)  # asks the name service: before the transaction holds a lock
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        policies.may_add(by, organisation).require()
        endpoint = Endpoint.objects.create(organisation=organisation, **checked)
        Health.objects.create(endpoint=endpoint, organisation=organisation)
        text = new_secret()
        keys.seal(endpoint, 1, text)
        _record("added", endpoint, by, kinds=endpoint.kinds)
        notices.tell("added", endpoint, by)
    return endpoint, text


def change(*, endpoint: Endpoint, name: str, address: str, kinds: Iterable[str], by: User) -> Endpoint:
    """Another name, address or choice of kinds. What waits goes to the new address."""
    policies.may_administer(by, endpoint.organisation).require()
    checked = _checked(name, address, kinds)
    with transaction.atomic():
        row = _locked(endpoint)
        policies.may_administer(by, row.organisation).require()
        moved = row.address != checked["address"]
        for field, value in checked.items():
            setattr(row, field, value)
        row.save()
        _record("changed", row, by, kinds=row.kinds, address_changed=moved)
        if moved:
            Health.objects.filter(endpoint=row).update(failing_since=None, quiet_until=None)
            notices.tell("added", row, by)
    return row


@transaction.atomic
def pause(*, endpoint: Endpoint, by: User) -> Endpoint:
    """Send nothing until it is resumed; what happens meanwhile is held back."""
    row = _locked(endpoint)
    policies.may_move(by, row, "pause").require()
    row.status = ENDPOINT.move("pause").target
    row.save()
    deliveries.hold(row)
    _record("paused", row, by)
    return row


@transaction.atomic
def resume(*, endpoint: Endpoint, by: User) -> int:
    """Send again, what was held back first; how many messages that were."""
    row = _locked(endpoint)
    policies.may_move(by, row, "resume").require()
    row.status, row.switched_off_because = ENDPOINT.move("resume").target, ""
    row.save()
    Health.objects.filter(endpoint=row).update(failing_since=None, quiet_until=None)
    held = deliveries.let_go(row)
    _record("resumed", row, by, held=held)
    return held


@transaction.atomic
def switch_off(*, endpoint: UUID, because: str) -> None:
    """Concord's own doing: the receiver said it is gone, or failed for days. Once; the administrators are told."""
    row = Endpoint.objects.select_for_update(of=("self",)).filter(pk=endpoint).first()
    if row is None or row.status != "active":
        return
    row.status, row.switched_off_because = ENDPOINT.move("switch_off").target, because
    row.save()
    deliveries.hold(row)
    _record("switched_off", row, None, because=because)
    notices.tell("switched_off", row)


@transaction.atomic
def rotate(*, endpoint: Endpoint, at_once: bool, by: User) -> str:
    """A new secret, shown once. The one before signs too for a day, unless it has to end at once."""
    row = _locked(endpoint)
    policies.may_administer(by, row.organisation).require()
    now = timezone.now()
    Secret.objects.filter(endpoint=row, ends_at__lte=now).delete()
    alive = Secret.objects.filter(endpoint=row).order_by("-version")
    latest = alive.values_list("version", flat=True).first() or 0
    if at_once:
        alive.delete()
    else:  # two at most: what was ending already ends now
        alive.filter(version__lt=latest).delete()
        alive.update(ends_at=now + OVERLAP)
    text = new_secret()
    keys.seal(row, latest + 1, text)
    _record("rotated", row, by, at_once=at_once)
    notices.tell("added", row, by)
    return text


@transaction.atomic
def test(*, endpoint: Endpoint, by: User) -> Delivery:
    """Send an event that says nothing but that it is a test."""
    row = _locked(endpoint)
    policies.may_test(by, row).require()
    made = deliveries.compose(row, uuid4(), TEST, reference="", url=row.get_absolute_url(), at=timezone.now())
    made.save()
    deliveries.order([made])
    _record("tested", row, by)
    return made


@transaction.atomic
def send_again(*, delivery: Delivery, by: User) -> Delivery:
    """One message once more, with the same webhook-id: a receiver that had it can tell."""
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    row.endpoint = _locked(row.endpoint)
    policies.may_send_again(by, row).require()
    deliveries.send_anew(row, "send_again")
    _record("sent_again", row.endpoint, by, message=row.webhook_id)
    return row


@transaction.atomic
def send_all_again(*, endpoint: Endpoint, by: User) -> int:
    """Everything that was given up, oldest first, after an outage of the receiver; how many, at most MOST_AGAIN at once."""
    row = _locked(endpoint)
    policies.may_send_all_again(by, row).require()
    given_up = Delivery.objects.select_for_update(of=("self",)).filter(endpoint=row, status="failed")
    found = list(given_up.order_by("created_at", "id")[:MOST_AGAIN])
    for one in found:
        deliveries.send_anew(one, "send_again")
    _record("sent_again", row, by, messages=len(found))
    return len(found)


@transaction.atomic
def remove(*, endpoint: Endpoint, by: User) -> None:
    """Take it away with its secrets and its log; a message under way arrives or not, and nothing follows it."""
    row = _locked(endpoint)
    policies.may_administer(by, row.organisation).require()
    _record("removed", row, by)
    row.delete()
