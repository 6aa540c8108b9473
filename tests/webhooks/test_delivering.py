"""From what is said to an organisation to a signed message at a real HTTP server, and every way in which that fails."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from agreements import actions as agreements
from audit.models import Event
from core import rls
from core.decisions import Refused
from jobs.models import Job
from jobs.running import run
from jobs.testing import run_due
from notifications.models import Notice
from tests.agreements import factories as agreement_in
from tests.jobs.test_rights import as_role
from tests.webhooks.conftest import add, deliver
from tests.webhooks.receiver import Receiver, genuine
from tests.world import World, acting
from webhooks import actions, sending, tasks
from webhooks.api.event import Event as Described
from webhooks.models import Attempt, Delivery, Endpoint, Health, Secret

Added = tuple[Endpoint, str]


def happens(world: World, developer: str = "aurora") -> str:
    """An agreement is sent to Treasury."""
    row = agreement_in.draft(world, ("treasury",), developer=developer)
    with acting(world.person(developer, "counsel")) as by:
        agreements.send(agreement=row, by=by)
    return str(row.reference)


def ours(world: World, **lookup: object) -> list[Delivery]:
    with rls.context(organisations=(world.aurora.pk,)):
        return list(Delivery.objects.filter(**lookup).order_by("created_at"))


def tried(world: World, row: Delivery) -> list[Attempt]:
    with rls.context(organisations=(world.aurora.pk,)):
        return list(Attempt.objects.filter(delivery=row).order_by("number"))


def probe(world: World, endpoint: Endpoint) -> Delivery:
    with acting(world.person("aurora", "administrator")) as by:
        return actions.test(endpoint=endpoint, by=by)


def state_of(world: World, endpoint: Endpoint) -> Endpoint:
    with rls.context(organisations=(world.aurora.pk,)):
        return Endpoint.objects.select_related("health").get(pk=endpoint.pk)


def test_what_is_said_to_an_organisation_reaches_its_program_signed(world: World, receiver: Receiver) -> None:
    _, secret = add(world, receiver, "treasury")
    reference = happens(world)
    run_due(kinds=("notifications.tell",))
    (job,) = Job.objects.filter(kind="webhooks.deliver")
    assert reference not in json.dumps(job.payload)
    with as_role("concord_mail"):
        assert run(job.pk), Job.objects.get(pk=job.pk).error
    ((headers, body),) = receiver.got
    assert genuine(secret, headers, body) == [True]
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 30
    assert (headers["content-type"], headers["user-agent"]) == ("application/json", "Concord-Webhooks/1")
    said = json.loads(body)
    assert set(said) == {"type", "timestamp", "data"} and set(said["data"]) == {"reference", "link"}
    assert Described(data=said).is_valid(), "what the OpenAPI text describes"
    assert (said["type"], said["data"]["reference"]) == ("agreements.sent", reference)
    assert said["data"]["link"].endswith(f"/agreements/{reference}/")
    with rls.context(organisations=(world.agency("treasury").pk,)):
        row = Delivery.objects.get()
        assert (row.status, row.tries, row.webhook_id) == ("delivered", 1, headers["webhook-id"])
        assert Attempt.objects.get().code == 204
    assert deliver() == [] and len(receiver.got) == 1


def test_kinds_that_were_not_chosen_and_people_are_not_told(world: World, receiver: Receiver) -> None:
    add(world, receiver, "treasury", ["agreements.executed"])
    happens(world)
    deliver()
    assert receiver.got == []


def test_rivals_hear_nothing_of_each_other(world: World, receiver: Receiver) -> None:
    """Canary: each developer has an endpoint for everything, and each gets its own references only."""
    everything = ["agreements.executed", "agreements.in_force", "agreements.sent", "agreements.withdrawn"]
    secrets = {name: add(world, receiver, name, everything)[1] for name in ("aurora", "basalt")}
    references = {name: agreement_in.in_force(world, ("treasury",), developer=name).reference for name in secrets}
    deliver()
    owners = set()
    for headers, body in receiver.got:
        (owner,) = [n for n, secret in secrets.items() if genuine(secret, headers, body) == [True]]
        owners.add(owner)
        rival = "basalt" if owner == "aurora" else "aurora"
        text = f"{headers} {body.decode()}".lower()
        assert references[owner].lower() in text
        for word in (references[rival], rival, str(world.organisations[rival].pk), "treasury"):
            assert word.lower() not in text
    assert owners == secrets.keys()
    with rls.context(organisations=(world.aurora.pk,)):
        assert set(Delivery.objects.values_list("organisation_id", flat=True)) == {world.aurora.pk}
        assert Secret.objects.count() == 1


@pytest.mark.parametrize(
    ("how", "code", "problem"),
    [
        (lambda h: h.say(500, b"<script>alert(1)</script>\x00\x1b[31m"), 500, "answered 500"),
        (lambda h: h.say(404), 404, "answered 404"),
        (lambda h: h.say(302, b"", {"Location": "http://169.254.169.254/"}), None, "redirect"),
        (lambda h: h.hangs_up(), None, "connection to the endpoint failed"),
        (lambda h: h.silent(), None, "did not answer within"),
    ],
)
def test_a_failure_is_noted_and_tried_again_with_the_same_id(
    world: World, receiver: Receiver, added: Added, monkeypatch: pytest.MonkeyPatch, how, code: int | None, problem: str
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 1.0)
    receiver.answer = how
    row = probe(world, added[0])
    deliver()
    (row,) = ours(world, pk=row.pk)
    (first,) = tried(world, row)
    assert (row.status, row.tries, first.code) == ("waiting", 1, code)
    assert problem in first.problem
    assert "\x00" not in first.answer and "\x1b" not in first.answer
    assert row.next_at is not None and timedelta(seconds=3) < row.next_at - timezone.now() < timedelta(seconds=6)
    assert state_of(world, added[0]).health.failing_since is not None
    receiver.says(200, b"ok")
    with rls.context(organisations=(world.aurora.pk,)):
        Health.objects.update(quiet_until=timezone.now())
    run_due(at=timezone.now() + timedelta(seconds=6), kinds=("webhooks.deliver",))
    (row,) = ours(world, pk=row.pk)
    assert (row.status, [t.number for t in tried(world, row)]) == ("delivered", [1, 2])
    assert receiver.ids == [row.webhook_id] * 2
    assert receiver.got[0][1] == receiver.got[1][1]
    assert state_of(world, added[0]).health.failing_since is None


@pytest.mark.parametrize("how", ["huge", "drips"])
def test_of_an_answer_only_the_beginning_is_read(
    world: World, receiver: Receiver, added: Added, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.5)
    receiver.answer = lambda handler: getattr(handler, how)()
    row, began = probe(world, added[0]), time.monotonic()
    deliver()
    assert time.monotonic() - began < 5
    (row,) = ours(world, pk=row.pk)
    (only,) = tried(world, row)
    assert (row.status, only.code) == ("delivered", 200)
    assert 0 < len(only.answer) <= sending.HEAD and set(only.answer) == {"x"}


def test_a_worker_that_dies_after_sending_sends_again_with_the_same_id(
    world: World, receiver: Receiver, added: Added, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = probe(world, added[0])
    (job,) = Job.objects.filter(kind="webhooks.deliver")
    with monkeypatch.context() as killed:
        killed.setattr(tasks, "record", lambda *args: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            run(job.pk)
    assert tried(world, row) == [] and len(receiver.got) == 1
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1), state="running")
    assert run(job.pk)
    assert receiver.ids == [row.webhook_id] * 2
    assert len(tried(world, row)) == 1 and ours(world)[0].status == "delivered"


def test_an_address_that_leads_inside_is_refused_when_it_is_given_and_when_it_is_called(
    world: World, receiver: Receiver, added: Added, settings
) -> None:
    settings.EGRESS_SIMULATOR = ""  # as in production: nothing is reached over plain http or on loopback
    row = probe(world, added[0])
    with rls.context(organisations=(world.aurora.pk,)):
        Endpoint.objects.update(address="https://localhost:8443/hooks")
    deliver()
    assert receiver.got == [] and ours(world, pk=row.pk)[0].status == "waiting"
    assert tried(world, row)[0].problem


def test_after_the_last_try_it_is_given_up_and_after_three_days_switched_off(
    world: World, receiver: Receiver, added: Added
) -> None:
    receiver.says(503, b"", Retry_After="30")
    row = probe(world, added[0])
    for days in range(12):
        with rls.context(organisations=(world.aurora.pk,)):
            Health.objects.filter(failing_since__isnull=False).update(
                quiet_until=None, failing_since=timezone.now() - timedelta(days=days / 4)
            )
        run_due(at=timezone.now() + timedelta(days=2), kinds=("webhooks.deliver",))
    (row,) = ours(world, pk=row.pk)
    assert (row.status, row.tries, len(receiver.got)) == ("failed", 10, 10)
    assert state_of(world, added[0]).status == "active"  # failing for less than three days
    with rls.context(organisations=(world.aurora.pk,)):
        Health.objects.update(quiet_until=None, failing_since=timezone.now() - timedelta(days=3))
    second = probe(world, added[0])
    deliver()
    found = state_of(world, added[0])
    assert (found.status, found.switched_off_because) == ("switched_off", "failing")
    assert ours(world, pk=second.pk)[0].status == "held"
    _told_and_recorded(world, added[0])


def _told_and_recorded(world: World, endpoint: Endpoint) -> None:
    run_due(kinds=("notifications.tell",))
    administrator = world.person("aurora", "administrator")
    with acting(administrator):
        notices = Notice.objects.filter(user=administrator, kind="webhooks.switched_off")
        assert [n.url for n in notices] == [endpoint.get_absolute_url()]
        event = Event.objects.get(verb="webhooks.switched_off", object_id=str(endpoint.pk))
        assert event.actor == "system"


def test_gone_switches_off_at_once_and_what_failed_can_be_sent_again(
    world: World, receiver: Receiver, added: Added
) -> None:
    receiver.says(410, b"no more")
    probe(world, added[0])
    deliver()
    found = state_of(world, added[0])
    assert (found.status, found.switched_off_because) == ("switched_off", "gone")
    assert [row.status for row in ours(world)] == ["failed"]
    _told_and_recorded(world, added[0])
    receiver.got.clear()
    receiver.says(204)
    with acting(world.person("aurora", "administrator")) as by:
        assert actions.resume(endpoint=found, by=by) == 0
        actions.send_again(delivery=ours(world)[0], by=by)
    deliver()
    assert receiver.ids == [ours(world)[0].webhook_id] and ours(world)[0].status == "delivered"


def test_paused_holds_back_and_resuming_sends_in_order(world: World, receiver: Receiver) -> None:
    endpoint, _ = add(world, receiver, "treasury", ["agreements.sent"])
    administrator = world.person("treasury", "administrator")
    with acting(administrator) as by:
        actions.pause(endpoint=endpoint, by=by)
    references = [happens(world) for _ in range(2)]
    deliver()
    assert receiver.got == []
    with acting(administrator) as by:
        assert set(Delivery.objects.values_list("status", flat=True)) == {"held"}
        assert actions.resume(endpoint=endpoint, by=by) == 2
    deliver()
    assert [json.loads(body)["data"]["reference"] for _, body in receiver.got] == references
    assert len(set(receiver.ids)) == 2


def test_what_waits_is_held_when_paused_and_the_old_job_sends_nothing(
    world: World, receiver: Receiver, added: Added
) -> None:
    row = probe(world, added[0])
    with acting(world.person("aurora", "administrator")) as by:
        actions.pause(endpoint=added[0], by=by)
        deliver()
        assert receiver.got == []
        actions.resume(endpoint=added[0], by=by)
    deliver()
    assert receiver.ids == [row.webhook_id]


def test_one_that_fails_does_not_hold_up_the_queue(world: World, receiver: Receiver) -> None:
    """After a failure the others of the endpoint are put off without being tried, and go out when it is well again."""
    add(world, receiver, "treasury", ["agreements.sent"])
    receiver.says(500)
    references = [happens(world) for _ in range(3)]
    deliver()
    assert len(receiver.got) == 1
    with rls.context(organisations=(world.agency("treasury").pk,)):
        assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 0, 1]
        Health.objects.update(quiet_until=None)
    receiver.says(204)
    run_due(at=timezone.now() + timedelta(minutes=1), kinds=("webhooks.deliver",))
    assert {json.loads(body)["data"]["reference"] for _, body in receiver.got[1:]} == set(references)


def test_two_secrets_sign_while_one_takes_over(world: World, receiver: Receiver, added: Added) -> None:
    endpoint, first = added
    administrator = world.person("aurora", "administrator")

    def signed_by(*secrets: str) -> list[list[bool]]:
        receiver.got.clear()
        probe(world, endpoint)
        deliver()
        ((headers, body),) = receiver.got
        return [genuine(secret, headers, body) for secret in secrets]

    with acting(administrator) as by:
        second = actions.rotate(endpoint=endpoint, at_once=False, by=by)
    assert signed_by(first, second) == [[False, True], [True, False]]
    with acting(administrator):
        Secret.objects.filter(ends_at__isnull=False).update(ends_at=timezone.now())
    assert signed_by(first, second) == [[False], [True]]
    with acting(administrator) as by:
        third = actions.rotate(endpoint=endpoint, at_once=False, by=by)
        fourth = actions.rotate(endpoint=endpoint, at_once=False, by=by)
        assert Secret.objects.count() == 2
    assert signed_by(second, third, fourth) == [[False, False], [False, True], [True, False]]
    with acting(administrator) as by:
        fifth = actions.rotate(endpoint=endpoint, at_once=True, by=by)
        assert Secret.objects.count() == 1
    assert signed_by(fourth, fifth) == [[False], [True]]


def test_no_secret_is_stored_in_the_clear_or_written_to_the_record(world: World, added: Added) -> None:
    with acting(world.person("aurora", "administrator")):
        (row,) = Secret.objects.all()
        assert added[1].encode() not in bytes(row.ciphertext) and added[1][6:].encode() not in bytes(row.wrapped)
        said = " ".join(Event.objects.values_list("body", flat=True))
    assert added[1] not in said and added[0].address not in said
    assert "webhooks_secret" in said


def test_what_is_older_than_thirty_days_is_forgotten(world: World, receiver: Receiver) -> None:
    add(world, receiver, "treasury", ["agreements.sent"])
    happens(world)
    deliver()
    with rls.context(organisations=(world.agency("treasury").pk,)):
        old = Delivery.objects.get()
        Delivery.objects.update(created_at=timezone.now() - timedelta(days=31))
    happens(world)
    deliver()
    with rls.context(organisations=(world.agency("treasury").pk,)):
        assert old.pk not in Delivery.objects.values_list("pk", flat=True)
        assert Delivery.objects.count() == 1


def test_after_an_outage_everything_that_was_given_up_goes_out_in_order(world: World, receiver: Receiver) -> None:
    endpoint, _ = add(world, receiver, "treasury", ["agreements.sent"])
    references = [happens(world) for _ in range(3)]
    receiver.says(500)
    deliver()
    administrator = world.person("treasury", "administrator")
    with acting(administrator) as by:
        with pytest.raises(Refused, match="nothing to send again"):
            actions.send_all_again(endpoint=endpoint, by=by)
        Delivery.objects.update(status="failed")
        Health.objects.update(quiet_until=None)
        receiver.got.clear()
        receiver.says(204)
        assert actions.send_all_again(endpoint=endpoint, by=by) == 3
    deliver()
    assert [json.loads(body)["data"]["reference"] for _, body in receiver.got] == references
    with acting(world.person("aurora", "administrator")) as rival, pytest.raises(Endpoint.DoesNotExist):
        actions.send_all_again(endpoint=endpoint, by=rival)
