"""Lists of the API are dicts as they come from the database, and their limit is two counters."""

from __future__ import annotations

import json
import logging
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rest_framework import serializers
from rest_framework.utils.encoders import JSONEncoder

from accounts import limits
from accounts.api.base import plain
from accounts.api.throttling import OrganisationThrottle
from agreements.api.serializers import AgreementRow
from developers.api.serializers import DeveloperOut, ModelRow
from early_access.api.serializers import RequestOut, RequestRow
from evaluations.api.serializers import AssignmentRow
from tests.world import World

KEY = UUID("6f2c1f0e-5d0b-4c37-9d6e-0a1b5b1a77c4")
AT = datetime(2026, 11, 24, 9, 30, 15, 123456, tzinfo=UTC)
VALUES: dict[type[serializers.Field], Any] = {
    serializers.CharField: "text", serializers.UUIDField: KEY, serializers.DateTimeField: AT,
    serializers.DateField: date(2027, 1, 4), serializers.IntegerField: 2, serializers.ListField: ["cybersecurity"],
}  # fmt: skip


@pytest.mark.parametrize("shape", [AgreementRow, DeveloperOut, ModelRow, RequestRow, AssignmentRow])
@pytest.mark.parametrize("empty", [False, True])
def test_a_row_shown_plainly_reads_as_its_serializer_writes_it(
    shape: type[serializers.Serializer], empty: bool
) -> None:
    row = {name: None if empty and field.allow_null else VALUES[type(field)] for name, field in shape().fields.items()}
    shown = json.loads(json.dumps(plain(shape)({**row, "created_at": AT}), cls=JSONEncoder))
    assert shown == json.loads(json.dumps(shape(row).data, cls=JSONEncoder))


def test_a_shape_that_prepares_its_values_is_refused() -> None:
    with pytest.raises(TypeError, match=r"RequestOut\."):
        plain(RequestOut)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    now = SimpleNamespace(seconds=1_800_000_000.0)
    monkeypatch.setattr(OrganisationThrottle, "timer", staticmethod(lambda: now.seconds))
    monkeypatch.setattr(OrganisationThrottle, "THROTTLE_RATES", {"organisation": "4/min"})
    return now


def calls(person: Any, many: int) -> list[bool]:
    request: Any = SimpleNamespace(auth=None, user=person)
    return [OrganisationThrottle().allow_request(request, None) for _ in range(many)]  # type: ignore[arg-type]  # unused


def test_the_last_minute_counts_as_far_as_it_reaches(world: World, clock: SimpleNamespace) -> None:
    person = world.person("aurora", "drafter")
    assert calls(person, 6) == [True] * 4 + [False] * 2
    clock.seconds += 60 + 30  # half of the four still lie within sixty seconds
    assert calls(person, 4) == [True, True, False, False]
    clock.seconds += 120
    assert calls(person, 1) == [True]


def test_waiting_until_the_next_minute_is_said(world: World, clock: SimpleNamespace) -> None:
    clock.seconds += 45
    person, throttle = world.person("basalt", "drafter"), OrganisationThrottle()
    assert calls(person, 4) == [True] * 4
    assert not throttle.allow_request(SimpleNamespace(auth=None, user=person), None)  # type: ignore[arg-type]  # as above
    assert throttle.wait() == 15


def test_without_a_cache_calls_pass_and_it_is_said(
    world: World, clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Redis(unix_socket_path="/nowhere/cache.sock", retry=Retry(NoBackoff(), 0))  # as the product's own client
    monkeypatch.setattr(limits, "counters", lambda: gone)
    with caplog.at_level(logging.WARNING):
        assert calls(world.person("aurora", "counsel"), 6) == [True] * 6
    assert "not limited now" in caplog.text
