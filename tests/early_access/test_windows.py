"""All windows of whoever is looking: the drawing says what the table says, and nothing of anybody else's."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.axis import WIDTH, Axis
from early_access import actions, windows
from early_access.models import AccessWindow, EarlyAccessRequest
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_blocked import ago, long_open, report
from tests.early_access.test_extension import answer, propose
from tests.early_access.test_standing import CAISI, TREASURY
from tests.world import World, client_for

TODAY = date(2026, 11, 25)
PAGE, API = "/requests/windows/", "/api/v1/windows/"
DEVELOPER, INTAKE, RIVAL = ("aurora", "security"), ("commerce", "intake"), ("basalt", "security")


def row(
    reference: str = "REQ-1", status: str = "window_open", starts: int = -5, ends: int = 20, **more: Any
) -> windows.Row:
    said = {"whose": "Aurora", "was_until": None, "closed_at": None, "longer_by_consent": False, "blocked": (),
            "blocked_time": timedelta(0)}  # fmt: skip
    first, last = TODAY + timedelta(days=starts), TODAY + timedelta(days=ends)
    return windows.Row(reference=reference, status=status, starts_on=first, ends_on=last, **said | more)


def bars(*rows: windows.Row) -> list[tuple[str, float, float]]:
    """(kind, from, to) of each piece that is drawn."""
    picture = ElementTree.fromstring(windows.chart(rows, TODAY))
    found = []
    for piece in picture.findall("g/rect"):
        x, width = float(piece.attrib["x"]), float(piece.attrib["width"])
        assert x >= 0 and width >= 2 and x + width <= WIDTH
        found.append((piece.attrib["class"].split("--")[1], x, x + width))
    return found


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, 25, hour, tzinfo=UTC) + timedelta(days=day)


def test_bars_hold_the_days_what_was_added_blocked_and_not_used() -> None:
    axis = Axis(TODAY - timedelta(days=8), TODAY + timedelta(days=24))
    longer = row(was_until=TODAY + timedelta(days=10), blocked=((at(-2, 6), at(-1, 18)),))
    (agreed, added, blocked) = bars(longer)
    assert agreed == ("agreed", axis.at(at(-5)), pytest.approx(axis.at(at(21)), abs=0.2)), "the last day is in it"
    assert added[:2] == ("longer", axis.at(at(11)))
    assert blocked == ("blocked", axis.at(at(-2, 6)), pytest.approx(axis.at(at(-1, 18)), abs=0.2))
    over, used = bars(row(status="window_closed", closed_at=at(3, 12)))
    assert (over[0], used[0], used[2]) == ("over", "used", pytest.approx(axis.at(at(3, 12)), abs=0.2))
    assert [kind for kind, *_ in bars(row(status="window_closed", closed_at=at(21)))] == ["over"], "closed on its day"
    assert [kind for kind, *_ in bars(row(status="submitted"))] == ["proposed"]
    assert windows.chart([], TODAY) == ""
    picture = windows.chart([row(whose="<script>" * 20)], TODAY)
    assert "<script>" not in picture and 'id="c-hatch"' in picture


def test_each_side_reads_its_windows_and_what_it_may_of_them(world: World) -> None:
    request = long_open(world)
    report(world, request, CAISI, began_at=ago(6), ended_at=ago(2))
    answer(world, propose(world, request, DEVELOPER), INTAKE)
    for who, whose, blocked in (
        (DEVELOPER, "Heron", "4 hours"), ((CAISI, "evaluator"), "Aurora Cognition", "4 hours"),
        ((TREASURY, "evaluator"), "Aurora Cognition", ""),
    ):  # fmt: skip
        with acting(world.person(*who)) as by:
            (found,) = windows.read(by)
        assert (found.reference, found.whose, found.blocked_words) == (request.reference, whose, blocked)
        assert (found.kind, found.was_until, found.longer_by_consent) == ("agreed", request.window.ends_on, True)
    rival = client_for(world.person(*RIVAL))
    assert "No window yet" in rival.get(PAGE).content.decode() and rival.get(API).json()["results"] == []
    page = " ".join(client_for(world.person(CAISI, "evaluator")).get(PAGE).content.decode().split())
    for words in (
        request.reference,
        "Aurora Cognition",
        "4 hours",
        "lengthened by consent",
        "outside section 3(b)(ii)",
    ):
        assert words in page
    (told,) = client_for(world.person(*DEVELOPER)).get(API).json()["results"]
    assert (told["whose"], told["days"], told["blocked_seconds"]) == ("Heron", found.days, 4 * 3600)


def test_what_is_over_stands_last_and_goes_after_90_days(world: World) -> None:
    old, new = make.opened(world), make.submitted(world)
    with acting(world.person("aurora", "drafter")) as by:
        actions.close_early(request=EarlyAccessRequest.objects.get(pk=old.pk), by=by)
        actions.withdraw(request=make.submitted(world), by=by)
        found = windows.read(by)
    assert [(one.reference, one.kind) for one in found] == [(new.reference, "proposed"), (old.reference, "over")]
    assert found[1].closed_early
    long_ago = timezone.now() - timedelta(days=200)
    with acting(world.person("aurora", "drafter")) as by:
        AccessWindow.objects.filter(request=old).update(
            starts_on=long_ago.date(), ends_on=long_ago.date() + timedelta(days=9), closed_at=long_ago
        )
        assert [one.reference for one in windows.read(by)] == [new.reference]


def test_more_windows_cost_no_more_queries(world: World) -> None:
    counts = []
    for _ in range(2):
        make.submitted(world)
        with acting(world.person(*INTAKE)) as by, CaptureQueriesContext(connection) as counted:
            windows.read(by)
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 10, counts
