"""Blocked time: each side reports its own, the other reads it, other agencies and rivals do not, and no date moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from core import rls
from core.decisions import Conflict, Invalid, Refused
from early_access import actions, queries
from early_access.models import AccessWindow, BlockedTime, EarlyAccessRequest
from early_access.rules import blocked as rules
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_keys import told
from tests.early_access.test_standing import CAISI, TREASURY, under_two
from tests.world import World, client_for


def long_open(world: World, hours: int = 30) -> EarlyAccessRequest:
    """A window at CAISI and the Treasury that opened this many hours ago."""
    _, _, request = under_two(world)
    began = timezone.now() - timedelta(hours=hours)
    with acting(world.person("aurora", "drafter")):
        AccessWindow.objects.filter(request=request).update(
            opened_at=began, starts_on=began.date(), ends_on=began.date() + timedelta(days=29)
        )
    return make.seen(world, request)


def ago(hours: float) -> datetime:
    return timezone.now() - timedelta(hours=hours)


def report(world: World, request: EarlyAccessRequest, agency: str = "", **kwargs: Any) -> BlockedTime:
    """By the agency, or by the developer."""
    given = {"cause": "developer", "began_at": ago(6), "ended_at": ago(2), "why": "The endpoint did not answer."}
    with acting(world.person(*((agency, "evaluator") if agency else ("aurora", "security")))) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        return actions.report_blocked(
            request=row, agency=world.agency(agency) if agency else None, by=by, **given | kwargs
        )


def test_an_agencys_report_is_read_by_it_and_the_developer_and_moves_no_date(world: World) -> None:
    request = long_open(world)
    before = (request.window.starts_on, request.window.ends_on)
    report(world, request, CAISI)
    after = make.seen(world, request).window
    assert (after.starts_on, after.ends_on) == before
    for who, reads in (
        (("aurora", "drafter"), True), ((CAISI, "evaluator"), True), (("commerce", "router"), True),
        ((TREASURY, "evaluator"), False),
    ):  # fmt: skip
        client = client_for(world.person(*who))
        page = client.get(f"/requests/{request.reference}/").content.decode()
        rows = client.get(f"/api/v1/requests/{request.reference}/blocked-times/").json()["results"]
        assert ("The endpoint did not answer." in page, len(rows) == 1) == (reads, reads), who
        assert ("Testing was blocked for 4 hours, as reported. The dates stay" in page) is reads
        with acting(world.person(*who)):
            assert Event.objects.filter(verb="early_access.blocked_reported").exists() is reads
    rival = client_for(world.person("basalt", "security"))
    for url in (f"/requests/{request.reference}/blocked/", f"/api/v1/requests/{request.reference}/blocked-times/"):
        assert rival.get(url).status_code == rival.post(url, {}).status_code == 404
    assert told(world, "blocked_reported", "aurora", "drafter") == 1
    assert told(world, "blocked_reported", TREASURY, "evaluator") == 0
    assert told(world, "blocked_reported", CAISI, "evaluator") == 0, "its own report is no news"
    with acting(world.person("basalt", "security")):
        assert not BlockedTime.objects.exists()


def test_the_developers_report_is_read_by_every_agency_of_the_request_and_by_no_other(world: World) -> None:
    request = long_open(world)
    report(world, request, ended_at=None, why="Maintenance.")
    for who, status in (
        ((TREASURY, "evaluator"), 200),
        ((CAISI, "evaluator"), 200),
        (("homeland-cisa", "evaluator"), 404),
    ):
        answer = client_for(world.person(*who)).get(f"/requests/{request.reference}/")
        assert answer.status_code == status
        assert ("Maintenance." in answer.content.decode()) is (status == 200)
        with acting(world.person(*who)) as by:
            seen = (BlockedTime.objects.exists(), BlockedTime.objects.visible_to(by).exists())
            assert seen == (status == 200, status == 200)
    assert told(world, "blocked_reported", TREASURY, "evaluator") == 1
    assert told(world, "blocked_reported", CAISI, "evaluator") == 1
    assert told(world, "blocked_reported", "basalt", "security") == 0


def test_only_the_side_that_reported_ends_and_corrects(world: World) -> None:
    request = long_open(world)
    row = report(world, request, CAISI, ended_at=None)
    url = f"/requests/{request.reference}/blocked/{row.pk}"
    for who, status in (
        (("aurora", "security"), 403), ((TREASURY, "evaluator"), 404), (("basalt", "security"), 404),
        (("commerce", "intake"), 403),
    ):  # fmt: skip
        client = client_for(world.person(*who))
        assert {client.get(f"{url}/{verb}/").status_code for verb in ("end", "correct")} == {status}, who
        api = f"/api/v1/requests/{request.reference}/blocked-times/{row.pk}/end/"
        assert client.post(api, {}, content_type="application/json").status_code == status
    client = client_for(world.person(CAISI, "evaluator"))
    assert "The dates of the window stay" in client.get(f"{url}/end/").content.decode()
    assert client.post(f"{url}/end/").status_code == 302
    assert client.post(f"{url}/end/").status_code == 403, "a second press finds it ended"
    page = client.get(f"{url}/correct/").content.decode()
    assert 'name="row_version" value="2"' in page
    sent = {"row_version": 2, "began_at": f"{ago(5):%Y-%m-%d %H:%M}", "ended_at": f"{ago(4):%Y-%m-%d %H:%M}",
            "why": "Shorter.", "correction": ""}  # fmt: skip
    assert "Say what was wrong" in client.post(f"{url}/correct/", sent).content.decode()
    assert client.post(f"{url}/correct/", sent | {"correction": "It was one hour only."}).status_code == 302
    assert client.post(f"{url}/correct/", sent | {"correction": "Again."}).status_code == 409, "an old version"
    seen = client_for(world.person("aurora", "drafter")).get(f"/requests/{request.reference}/").content.decode()
    assert "Corrected: It was one hour only." in seen
    assert "blocked for 1 hour, as reported" in seen
    assert (
        told(world, "blocked_corrected", "aurora", "security")
        == told(world, "blocked_ended", "aurora", "security")
        == 1
    )


def test_a_struck_report_stays_readable_and_counts_no_more(world: World) -> None:
    request = long_open(world)
    row = report(world, request)
    with acting(world.person("aurora", "drafter")) as by:
        kept = {"began_at": row.began_at, "ended_at": row.ended_at, "why": row.why, "row_version": 1}
        actions.correct_blocked(blocked=row, by=by, correction="It was another endpoint.", strike=True, **kept)
        with pytest.raises(Refused, match="was struck"):
            actions.correct_blocked(blocked=row, by=by, correction="Once more.", **kept | {"row_version": 2})
        clock = queries.window_clock(make.seen(world, request), timezone.now(), queries.blocked_times(request, by))
        assert clock is not None and "blocked_percent" not in clock
    page = client_for(world.person(TREASURY, "evaluator")).get(f"/requests/{request.reference}/").content.decode()
    assert "Counts no more" in page and "It was another endpoint." in page and "Testing was blocked" not in page
    report(world, request, why="The same time again is possible.")


def test_what_a_report_may_say(world: World) -> None:
    request = long_open(world)
    for wrong, field in (
        ({"began_at": ago(31)}, "began_at"), ({"began_at": ago(-1), "ended_at": None}, "began_at"),
        ({"ended_at": ago(7)}, "ended_at"), ({"ended_at": ago(-1)}, "ended_at"), ({"why": "  "}, "why"),
        ({"why": "x" * 401}, "why"), ({"cause": "agency"}, "cause"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            report(world, request, **wrong)
        assert [p.field for p in refused.value.problems] == [field], wrong
    report(world, request)
    with pytest.raises(Invalid, match="already"):
        report(world, request, began_at=ago(3), ended_at=ago(1))
    report(world, request, CAISI, began_at=ago(3), ended_at=ago(1), cause="agency")  # another side's own words
    report(world, request, began_at=ago(1), ended_at=None)
    with pytest.raises(Conflict, match="goes on"):
        report(world, request, began_at=ago(0.5), ended_at=None)
    with acting(world.person(CAISI, "evaluator")) as by, pytest.raises(Refused, match="do not report for this agency"):
        actions.report_blocked(request=request, agency=world.agency(TREASURY), by=by, cause="developer",
                               began_at=ago(2), ended_at=None, why="Not mine.")  # fmt: skip
    with acting(world.person("aurora", "drafter")) as by:
        clock = queries.window_clock(make.seen(world, request), timezone.now(), queries.blocked_times(request, by))
        assert clock is not None
        assert clock["blocked_words"].startswith("Testing was blocked for 6 hours, as reported, and it goes on.")
        with pytest.raises(IntegrityError, match="blocked_time_one_open"), transaction.atomic():
            BlockedTime.objects.create(
                request=request, developer=world.aurora, shared_at=timezone.now(), cause="developer", began_at=ago(0.2),
                why="Past the action.", reported_by=by,
            )  # fmt: skip


def test_what_goes_on_ends_with_the_window(world: World) -> None:
    request = long_open(world)
    report(world, request, CAISI, ended_at=None)
    with acting(world.person("aurora", "drafter")) as by:
        actions.close_early(request=make.seen(world, request), by=by)
    row = make.seen(world, request)
    with acting(world.person(CAISI, "evaluator")) as by:
        found = BlockedTime.objects.get()
        assert found.ended_at == row.window.closed_at
        with pytest.raises(Invalid, match="say until when"):
            kept = {"began_at": ago(6), "why": "It lasted longer.", "row_version": found.row_version}
            actions.correct_blocked(blocked=found, by=by, ended_at=None, correction="Longer.", **kept)
    report(world, request, TREASURY, began_at=ago(5), ended_at=ago(4))  # afterwards, for the record
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=row, by=by)
    with pytest.raises(Refused, match="until the last report"):
        report(world, request, began_at=ago(3), ended_at=ago(2.5))


def test_a_withdrawal_ends_what_goes_on(world: World) -> None:
    request = long_open(world)
    report(world, request, ended_at=None)
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=make.seen(world, request), by=by)
        assert BlockedTime.objects.get().ended_at is not None


def test_no_report_before_the_window_opens(world: World) -> None:
    request = make.scheduled(world)
    with pytest.raises(Refused, match="while the window is open"):
        report(world, request)
    page = client_for(world.person("aurora", "security")).get(f"/requests/{request.reference}/").content.decode()
    assert "Report blocked time" not in page


def test_over_http_each_side_is_asked_what_there_is_to_choose(world: World) -> None:
    request = long_open(world)
    url, api = f"/requests/{request.reference}/blocked/", f"/api/v1/requests/{request.reference}/blocked-times/"
    developer, agency = client_for(world.person("aurora", "security")), client_for(world.person(CAISI, "evaluator"))
    assert 'name="cause"' not in developer.get(url).content.decode()
    assert 'name="cause"' in agency.get(url).content.decode()
    typed = {"began_at": f"{ago(4):%Y-%m-%d %H:%M}", "ended_at": "", "why": "The queue is full."}
    assert "Say what did not work" in agency.post(url, typed).content.decode()
    assert agency.post(url, typed | {"cause": "agency"}).status_code == 302
    assert agency.post(url, typed | {"cause": "agency"}).status_code == 409, "a second press adds nothing"
    sent = {"began_at": ago(3).isoformat(), "ended_at": ago(2).isoformat(), "why": "Maintenance."}
    made = developer.post(api, sent, content_type="application/json")
    assert (made.status_code, made.json()["reported_by"], made.json()["cause"]) == (201, "", "developer")
    wrong = agency.post(api, sent | {"agency": TREASURY}, content_type="application/json")
    assert (wrong.status_code, CAISI in wrong.content.decode()) == (400, True)
    fix = {"row_version": 1, "began_at": sent["began_at"], "ended_at": sent["ended_at"], "why": "Planned maintenance.",
           "correction": "It was planned."}  # fmt: skip
    again = developer.post(f"{api}{made.json()['id']}/correct/", fix, content_type="application/json")
    assert (again.status_code, again.json()["row_version"], again.json()["why"]) == (200, 2, "Planned maintenance.")
    listed = agency.get(api).json()["results"]
    assert [r["reported_by"] for r in listed] == [CAISI, ""]
    with rls.context(user=world.staff.pk):
        changed = [e.body for e in Event.objects.all() if "Planned maintenance." in str(e.body)]
        assert changed == [], "what people type enters the record as the reason of a deed only"
    run_due(kinds=("notifications.tell",))


@pytest.mark.parametrize(
    ("periods", "hours"),
    [
        ([], 0),
        ([(1, 3), (2, 5)], 4),
        ([(1, 2), (4, 6)], 3),
        ([(-5, 2), (8, 99)], 4),
        ([(1, 5), (2, 3)], 4),
        ([(20, 30)], 0),
    ],
)
def test_time_that_two_reports_cover_counts_once(periods: list[tuple[int, int]], hours: int) -> None:
    zero = timezone.now()
    at = [(zero + timedelta(hours=a), zero + timedelta(hours=b)) for a, b in periods]
    assert rules.total(at, zero, zero + timedelta(hours=10)) == timedelta(hours=hours)


def test_lengths_in_words() -> None:
    said = [rules.in_words(timedelta(minutes=m)) for m in (0, 1, 60, 61, 1440 * 2 + 300, 1441)]
    assert said == ["less than a minute", "1 minute", "1 hour", "1 hour and 1 minute", "2 days and 5 hours",
                    "1 day and 1 minute"]  # fmt: skip


def test_a_time_typed_to_the_minute_counts_from_the_window_that_opened_in_that_minute() -> None:
    opened = datetime(2026, 3, 4, 20, 52, 30, tzinfo=UTC)
    minute, later = opened.replace(second=0), opened + timedelta(hours=1)
    assert rules.period_problems(minute, None, now=later, opened_at=opened, over_at=None) == []
    (problem,) = rules.period_problems(minute - timedelta(minutes=1), None, now=later, opened_at=opened, over_at=None)
    assert "The window opened at" in problem.sentence
