"""What is in force with whom: the drawing says what the table says, for developers, for agencies, and never for rivals."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts import actions as accounts
from agreements import actions as agreements
from agreements import portfolio
from agreements.axis import LONGEST, WIDTH, Axis
from agreements.models import TestingAgreement
from agreements.portfolio import Row, chart
from tests.agreements import factories as make
from tests.world import World, acting, client_for

PAGE = "/agreements/portfolio/"
TODAY = date(2026, 11, 25)


def row(
    reference: str = "AGR-1", starts: int = -10, ends: int | None = 300, status: str = "in_force", **more: object
) -> Row:
    said = {
        "partners": ("Department of Tests",),
        "title": "T",
        "instrument": "MOU",
        "by_notice": False,
        "duties": (),
    } | more
    return Row(
        reference=reference, status=status, starts_on=TODAY + timedelta(days=starts),
        ends_on=None if ends is None else TODAY + timedelta(days=ends), **said,  # type: ignore[arg-type]
    )  # fmt: skip


def drawn(*rows: Row) -> ElementTree.Element:
    return ElementTree.fromstring(chart(rows, TODAY))


def test_bars_begin_and_end_on_their_days_inside_the_drawing() -> None:
    rows = [row(), row("AGR-2", -400, 30), row("AGR-3", 5, None), row("AGR-4", 0, 0, "suspended")]
    picture = drawn(*rows)
    bars = picture.findall("g/rect")
    assert len(bars) == 4
    for bar in bars:
        x, width = float(bar.attrib["x"]), float(bar.attrib["width"])
        assert x >= 0 and width >= 3 and x + width <= WIDTH
    axis = Axis(TODAY - timedelta(days=414), TODAY + timedelta(days=379))
    assert float(bars[0].attrib["x"]) == axis.x(rows[0].starts_on)
    assert float(bars[0].attrib["x"]) + float(bars[0].attrib["width"]) == pytest.approx(
        axis.x(rows[0].ends_on or TODAY), abs=0.2
    )
    assert len(picture.findall("g/path")) == 1, "only what has no agreed end runs to the edge"
    classes = [g.attrib["class"] for g in picture.findall("g") if "c-plot__bar" in g.attrib["class"]]
    assert [("suspended" in c) for c in classes] == [False, False, False, True]
    assert picture.attrib["role"] == "img" and "table" in picture.attrib["aria-label"]


def test_names_are_text_in_the_drawing_and_long_ones_are_cut() -> None:
    picture = drawn(row(partners=("<script>alert(1)</script>" * 9,)))
    words = picture.findall("g/text")
    said = next(one.text or "" for one in words if (one.text or "").startswith("AGR-1"))
    assert "<script>" in said and len(said) == LONGEST
    several = drawn(row(partners=("One", "Two", "Three"))).findtext("g/text[.='AGR-1 with One and 2 more']")
    assert several == "AGR-1 with One and 2 more"
    assert chart([], TODAY) == ""


@pytest.mark.parametrize("days", [1, 30, 70, 71, 299, 365, 1095, 4380, 21900])
def test_there_are_never_too_many_ticks(days: int) -> None:
    ticks = Axis(TODAY, TODAY + timedelta(days=days)).ticks()
    assert len(ticks) <= 8 and len({words for _, words in ticks}) == len(ticks)


def test_a_developer_reads_by_agency_and_an_agency_by_developer(world: World) -> None:
    ours = make.in_force(world, ("treasury", "commerce"))
    theirs = make.in_force(world, ("treasury",), developer="basalt")
    make.draft(world)
    aurora = client_for(world.person("aurora", "counsel")).get(PAGE)
    text = aurora.content.decode()
    assert ours.reference in text and "Department of Commerce, Department of the Treasury" in text
    assert theirs.reference not in text and "Basalt" not in text
    assert "Longest early-access window, days: 30" in text and "Also after its end" in text
    assert text.count("<rect") == 1 and "c-plot" in text
    treasury = client_for(world.person("treasury", "counsel"))
    both = treasury.get(PAGE).content.decode()
    assert both.count("<rect") == 2 and "Aurora Cognition, Department of Commerce" in both and "Basalt Labs" in both
    only = treasury.get(PAGE, {"with": "Basalt Labs"}).content.decode()
    assert theirs.reference in only and ours.reference not in only
    assert treasury.get(PAGE, {"with": "Nobody"}).content.decode().count("<rect") == 2
    for stranger in (("defense", "counsel"), ("homeland", "counsel")):
        empty = client_for(world.person(*stranger)).get(PAGE).content.decode()
        assert "Nothing is in force yet" in empty and "c-plot" not in empty


def test_a_notice_given_ends_the_bar_and_a_suspension_is_said(world: World) -> None:
    row = make.in_force(world, ("treasury",))
    person = world.person("aurora", "counsel")
    with acting(person) as by:
        fresh = TestingAgreement.objects.get(pk=row.pk)
        agreements.terminate(agreement=fresh, reason="Enough.", by=by)
        (found,) = portfolio.read(by)
        assert found.by_notice and found.ends_on == TestingAgreement.objects.get(pk=row.pk).terminates_on
        assert found.starts_on <= timezone.now().date()
    assert "by notice" in client_for(person).get(PAGE).content.decode()


def test_the_number_of_queries_does_not_grow_and_programs_read_the_same(
    world: World, django_assert_max_num_queries
) -> None:
    for _ in range(2):
        make.in_force(world, ("treasury",))
    counsel = world.person("treasury", "counsel")
    with acting(counsel), django_assert_max_num_queries(5):
        assert len(portfolio.read(counsel)) == 2
    with acting(counsel) as by:
        token = accounts.issue_token(organisation=world.agency("treasury"), name="x", scope="read", days=30, by=by)[1]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    rows = Client().get("/api/v1/portfolio/", headers=headers).json()["results"]
    assert [one["partners"] for one in rows] == [["Aurora Cognition"]] * 2
    days = {"label": "Longest early-access window, days", "value": 30, "options": [], "unit": "days", "survives": False}
    assert days in rows[0]["duties"]
