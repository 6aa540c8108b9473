"""The developer replaces its key without a moment in which there is none, or takes it back, while the window is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.models import Event
from core import rls
from core.decisions import Invalid, Refused
from early_access import actions, policies, queries
from early_access.models import AccessCredential, AccessSpecification, CredentialWrap, EarlyAccessRequest
from jobs.models import Job
from jobs.testing import run_due
from notifications.models import Notice
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_standing import CAISI, TREASURY, opens, suspend, terminate, under_two
from tests.world import World, client_for

NEW = "sk-second-0123456789"


def value(world: World, request: EarlyAccessRequest, agency: str) -> str:
    """What the agency's own worker opens."""
    with acting(world.person(agency, "evaluator")):
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        found = queries.live_credential(row)
        return actions.open_for_worker(found, world.agency(agency)) if found else ""


def told(world: World, kind: str, organisation: str, role: str) -> int:
    """How many notices of a kind this person has."""
    run_due(kinds=("notifications.tell",))
    with acting(world.person(organisation, role)) as by:
        return Notice.objects.filter(kind=f"early_access.{kind}", user=by).count()


def replace(world: World, request: EarlyAccessRequest, role: str = "security", **kwargs: Any) -> AccessCredential:
    with acting(world.person("aurora", role)) as by:
        return actions.replace_key(
            request=make.seen(world, request), by=by, **{"secret": NEW, "expires_on": None} | kwargs
        )


def test_a_new_key_takes_the_place_of_the_old_one_in_one_commit(world: World) -> None:
    _, _, request = under_two(world)
    assert value(world, request, CAISI) == make.SECRET
    made = replace(world, request)
    assert made.version == 2
    assert value(world, request, CAISI) == value(world, request, TREASURY) == NEW
    with rls.context(user=world.staff.pk):
        old = AccessCredential.objects.get(request=request, version=1)
        assert (old.revoked_because, CredentialWrap.objects.filter(target=old).count()) == ("replaced", 0)
        checks = Job.objects.filter(kind="evaluations.verify_access", key__endswith=":key-2")
        assert [job.queue for job in checks] == ["agency.commerce-caisi"], "who is under way verifies again"
        assert not any(NEW in str(e.body) + e.reason for e in Event.objects.all())
    assert told(world, "key_replaced", CAISI, "evaluator") == told(world, "key_replaced", "aurora", "drafter") == 1
    assert told(world, "key_replaced", "basalt", "security") == 0
    page = client_for(world.person("aurora", "drafter")).get(f"/requests/{request.reference}/").content.decode()
    assert "Version 2, sealed" in page
    assert NEW not in page


def test_a_key_that_leaked_is_taken_back_and_the_request_goes_on(world: World) -> None:
    _, _, request = under_two(world)
    client = client_for(world.person("aurora", "security"))
    url = f"/requests/{request.reference}/key/revoke/"
    assert "opens for nobody" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert opens(world, request, CAISI) == "There is no key."
    assert client.post(url).status_code == 403, "a second press finds no key"
    with acting(world.person("aurora", "drafter")):
        assert make.seen(world, request).status == "window_open"
    assert "No key is sealed" in client.get(f"/requests/{request.reference}/").content.decode()
    replace(world, request)
    assert value(world, request, CAISI) == NEW


def test_an_agency_whose_access_has_ended_gets_no_new_key(world: World) -> None:
    commerce, _, request = under_two(world)
    terminate(world, commerce, "aurora")
    replace(world, request)
    assert value(world, request, TREASURY) == NEW
    assert opens(world, request, CAISI) != ""
    with rls.context(user=world.staff.pk):
        agencies = CredentialWrap.objects.filter(target__request=request).values_list("organisation__slug", flat=True)
        assert list(agencies) == [TREASURY]


def test_a_rest_lasts_over_a_new_key(world: World) -> None:
    commerce, _, request = under_two(world)
    suspend(world, commerce, "commerce")
    replace(world, request)
    assert "access rests" in opens(world, request, CAISI)


def test_the_developer_is_told_before_a_key_ends_unless_it_was_replaced(world: World) -> None:
    _, _, request = under_two(world)
    today = timezone.now().date()
    replace(world, request, expires_on=today + timedelta(days=10))
    later = timezone.now() + timedelta(days=4)
    assert len(run_due(at=later, kinds=("early_access.key_ends",))) == 1
    assert told(world, "key_ends", "aurora", "security") == 1
    assert told(world, "key_ends", CAISI, "evaluator") == 0
    replace(world, request, secret="sk-third-0123456789")
    run_due(at=timezone.now() + timedelta(days=10), kinds=("early_access.key_ends",))
    assert told(world, "key_ends", "aurora", "security") == 1
    with pytest.raises(Invalid, match="ended already"):
        replace(world, request, expires_on=today)
    with pytest.raises(Invalid, match="Type the access key"):
        replace(world, request, secret="   ")
    assert value(world, request, CAISI) == "sk-third-0123456789", "a refused one changes nothing"


def test_a_model_that_is_reached_without_a_key_is_offered_none(world: World) -> None:
    _, _, request = under_two(world)
    with acting(world.person("aurora", "security")) as by:
        later = AccessSpecification.objects.get(request=request)
        later.pk, later._state.adding, later.version, later.method = uuid4(), True, 2, "weights_by_agency_channel"
        later.save(force_insert=True)
        decision = policies.may_replace_key(by, make.seen(world, request))
    assert "without a key" in decision.sentence
    page = client_for(world.person("aurora", "security")).get(f"/requests/{request.reference}/").content.decode()
    assert "Access key" not in page


def test_who_and_when(world: World) -> None:
    _, _, request = under_two(world)
    url = f"/requests/{request.reference}/key/"
    for person, status in (
        (world.person("basalt", "security"), 404), (world.person(CAISI, "evaluator"), 403),
        (world.person("aurora", "signatory"), 403),
    ):  # fmt: skip
        client = client_for(person)
        assert {client.get(f"{url}{verb}/").status_code for verb in ("replace", "revoke")} == {status}
    client = client_for(world.person("aurora", "security"))
    answer = client.post(f"{url}replace/", {"secret": NEW, "expires_on": "2020-01-01", "replaces": 1})
    assert "ended already" in answer.content.decode()
    assert NEW not in answer.content.decode()
    assert client.post(f"{url}replace/", {"secret": NEW, "replaces": 1}).status_code == 302
    twice = client.post(f"{url}replace/", {"secret": NEW, "replaces": 1})
    assert (twice.status_code, "version 2, was sealed since" in twice.content.decode()) == (409, True)
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=make.seen(world, request), by=by, reason="")
    for act in (actions.revoke_key, actions.replace_key):
        more = {"secret": NEW, "expires_on": None} if act is actions.replace_key else {}
        with acting(world.person("aurora", "security")) as by, pytest.raises(Refused, match="Access is over"):
            act(request=make.seen(world, request), by=by, **more)
