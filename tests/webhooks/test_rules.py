"""Standard Webhooks against the vector of its own libraries, and the schedule."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from notifications.kinds import KINDS
from tests.webhooks.receiver import genuine
from webhooks.rules import kinds, retrying, signing

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_the_vector_of_the_reference_libraries() -> None:
    found = signing.signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_marked_long_enough_and_new_each_time() -> None:
    one, other = signing.new_secret(), signing.new_secret()
    assert one != other and one.startswith("whsec_")
    assert 24 <= len(base64.b64decode(one.removeprefix("whsec_"), validate=True)) <= 64


@pytest.mark.parametrize("body", [b"", b"{}", '{"a":"é\u202e"}'.encode(), b"a.b.c" * 1000])
def test_what_is_signed_is_id_time_and_body(body: bytes) -> None:
    new, old = signing.new_secret(), signing.new_secret()
    sent = signing.headers([new, old], "msg_1", 1_700_000_000, body)
    assert genuine(new, sent, body) == [True, False]
    assert genuine(old, sent, body) == [False, True]
    for changed in ({"webhook-id": "msg_2"}, {"webhook-timestamp": "1700000001"}):
        assert genuine(new, {**sent, **changed}, body) == [False, False]
    assert genuine(new, sent, body + b" ") == [False, False]


def test_the_schedule_takes_three_days_and_then_ends() -> None:
    at, tries = NOW, 0
    while (following := retrying.next_at(tries + 1, at, luck=0)) is not None:
        at, tries = following, tries + 1
    assert (tries, at - NOW) == (9, timedelta(hours=75, minutes=35, seconds=5))
    assert at - NOW > retrying.SWITCH_OFF_AFTER
    assert retrying.next_at(2, NOW, luck=1) == NOW + timedelta(seconds=330)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", 120), ("0", 0), ("-5", 0), ("soon", 0), ("", 0), ("²", 0), ("9" * 400, 10**8),
        ("Wed, 25 Nov 2026 12:01:00 GMT", 60), ("Wed, 25 Nov 2026 11:00:00 GMT", 0), ("Wed, 25 Nov 2026 12:01:00", 0),
    ],
)  # fmt: skip
def test_what_a_receiver_asks_us_to_wait(said: str, wait: int) -> None:
    assert retrying.retry_after({"retry-after": said}, NOW) == timedelta(seconds=wait)


def test_a_wish_to_wait_is_heeded_up_to_a_day() -> None:
    assert retrying.next_at(1, NOW, luck=0, asked=timedelta(minutes=9)) == NOW + timedelta(minutes=9)
    assert retrying.next_at(1, NOW, luck=0, asked=timedelta(days=9)) == NOW + timedelta(days=1)
    assert retrying.next_at(9, NOW, luck=0, asked=timedelta(seconds=1)) == NOW + timedelta(days=1)


def test_only_2xx_is_success() -> None:
    assert [c for c in (None, 100, 199, 200, 204, 299, 300, 304, 400, 410, 500) if retrying.is_success(c)] == [
        200,
        204,
        299,
    ]


def test_an_endpoint_is_left_alone_for_longer_the_longer_it_fails() -> None:
    quiet = [retrying.quiet_until(NOW - timedelta(seconds=s), NOW) - NOW for s in (0, 100, 86400)]
    assert quiet == [timedelta(seconds=4), timedelta(seconds=10), timedelta(minutes=10)]


def test_what_goes_to_single_people_or_is_about_webhooks_cannot_be_chosen() -> None:
    offered = {kind.name for kind in kinds.offered()}
    assert offered <= KINDS.keys()
    assert {"agreements.sent", "early_access.window_opened", "evaluations.report_delivered"} <= offered
    assert not {n for n in offered if n.startswith(("webhooks.", "jobs."))}
    assert (
        not {
            "agreements.your_turn",
            "agreements.authority_revoked",
            "agreements.authority_concurred",
            "evaluations.run_recorded",
            "evaluations.log_refused",
        }
        & offered
    )
