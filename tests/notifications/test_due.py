"""What is due: each room's dates on one page and over the API, for the parties and nobody else; and in calendars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import User
from accounts.seats import Seats
from agreements import actions as agreements
from agreements.models import TestingAgreement
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations import actions as evaluations
from evaluations.models import EvaluationReport
from notifications import calendar, duties, views
from notifications.duties import Duty, Row
from tests.agreements import factories as agreement_in
from tests.early_access import factories as request_in
from tests.evaluations import reporting
from tests.world import World, acting, client_for

PAGE = "/due/"


def due_for(world: World, organisation: str, role: str) -> list[Row]:
    person = world.person(organisation, role)
    with acting(person):
        return duties.board(person)


def kinds(rows: Iterable[Row]) -> set[tuple[str, str]]:
    return {(row.duty.kind, row.who) for row in rows}


def ics(world: World, organisation: str, role: str) -> str:
    person = world.person(organisation, role)
    with acting(person):
        return calendar.as_ics(calendar.entries_for(person), timezone.now())


def test_the_dates_of_a_test_from_the_fact_check_to_the_review_before_publication(world: World) -> None:
    evaluator, row = reporting.in_analysis(world)
    reporting.save(evaluator, row)
    check = reporting.asked(evaluator, row)
    mine = due_for(world, "aurora", "drafter")
    assert {
        ("Fact check", "Aurora Cognition"),
        ("Access window", "All parties"),
        ("End of agreement", "All parties"),
    } <= kinds(mine)
    (found,) = [r for r in mine if r.duty.kind == "Fact check"]
    assert (found.ours, found.is_late, found.duty.due, found.duty.reference) == (
        True,
        False,
        check.due_at,
        row.reference,
    )
    theirs = [r for r in due_for(world, row.agency.slug, "evaluator") if r.duty.kind == "Fact check"]
    assert [(r.ours, r.who) for r in theirs] == [(False, "Aurora Cognition")]
    assert f"{row.reference}: fact check" in ics(world, "aurora", "drafter")
    assert "fact check" not in ics(world, row.agency.slug, "evaluator")
    assert due_for(world, "basalt", "drafter") == []
    assert all(row.reference not in (r.duty.reference, r.who) for r in due_for(world, "homeland-cisa", "evaluator"))


def test_a_text_to_publish_is_due_for_the_side_that_reviews_it(world: World) -> None:
    evaluator, _, report = reporting.delivered(world)
    kinds = {r.duty.kind for r in due_for(world, "aurora", "drafter")}
    assert "Publication review" not in kinds, "nobody wants to publish anything"
    with acting(evaluator) as by:
        row = EvaluationReport.objects.select_related("assignment").get(pk=report.pk)
        review = evaluations.ask_publication(report=row, text="It solves 16 of 20 tasks.", by=by)
    for who, ours in ((("aurora", "drafter"), True), (("commerce-caisi", "evaluator"), False)):
        (found,) = [r for r in due_for(world, *who) if r.duty.kind == "Publication review"]
        assert (found.duty.due, found.ours) == (review.due_at, ours)
    assert "publication review" in ics(world, "aurora", "drafter")


def test_withdrawal_asks_agencies_to_return_and_a_planned_release_asks_for_notice(world: World) -> None:
    request = request_in.opened(world)
    on = request_in.today() + timedelta(days=90)
    with acting(world.person("aurora", "drafter")) as by:
        fresh = EarlyAccessRequest.objects.get(pk=request.pk)
        early_access.plan_release(request=fresh, release_on=on, rationale="Planned.", by=by)
    (planned,) = [r for r in due_for(world, "aurora", "drafter") if r.duty.kind == "Release notice"]
    assert planned.ours and isinstance(planned.duty.due, date) and planned.duty.due <= on
    assert "Release notice" not in {r.duty.kind for r in due_for(world, "commerce", "intake")}, "it is not told yet"
    with acting(world.person("aurora", "drafter")) as by:
        early_access.withdraw(request=EarlyAccessRequest.objects.get(pk=request.pk), by=by)
    treasury = [r for r in due_for(world, "treasury", "intake") if r.duty.kind == "Return or destroy"]
    assert [(r.who, r.ours) for r in treasury] == [("Department of the Treasury", True)]
    all_of_them = [r for r in due_for(world, "aurora", "drafter") if r.duty.kind == "Return or destroy"]
    assert len(all_of_them) > 1 and not any(r.ours for r in all_of_them)


def test_concurrence_is_named_for_ones_own_agency_and_not_for_others(world: World) -> None:
    row = agreement_in.negotiated(world, ("treasury", "commerce"))
    day = request_in.today() + timedelta(days=9)
    with acting(world.person("aurora", "counsel")) as by:
        agreements.open_clearance(agreement=TestingAgreement.objects.get(pk=row.pk), by=by, answer_by=day)
    assert kinds(due_for(world, "treasury", "counsel")) == {("Concurrence", "Department of the Treasury")}
    assert kinds(due_for(world, "aurora", "counsel")) == {("Concurrence", "All parties")}
    agreement_in.concur(world, row, "treasury")
    assert due_for(world, "treasury", "counsel") == []
    assert [r.duty.due for r in due_for(world, "commerce", "counsel")] == [day]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """Three duties of Aurora and an agency, one of them late."""
    now = timezone.now()

    def some(user: User, seats: Seats) -> Iterable[Duty]:
        aurora, treasury = world.aurora.pk, world.agency("treasury").pk
        yield Duty("Report", "Deliver the report", "ASG-1", "/a/", now + timedelta(days=3), aurora, treasury)
        yield Duty("Fact check", "Check", "ASG-2", "/b/", now - timedelta(hours=1), aurora, aurora)
        yield Duty("End of agreement", "It ends", "AGR-1", "/c/", now.astimezone(UTC).date(), aurora)

    monkeypatch.setattr(duties, "SOURCES", [some])


def test_the_page_is_narrowed_and_says_when_nothing_matches(world: World, given: None) -> None:
    client = client_for(world.person("aurora", "drafter"))
    page = client.get(PAGE)
    text = page.content.decode()
    assert text.index("ASG-2") < text.index("AGR-1") < text.index("ASG-1")
    assert text.count("Late") == 1, "a day is not over before it ends"
    ours = client.get(PAGE, {"whose": "ours"}).content.decode()
    assert "ASG-2" in ours and "AGR-1" in ours and "ASG-1" not in ours
    others = client.get(PAGE, {"whose": "others", "kind": "Report"}).content.decode()
    assert "ASG-1" in others and "AGR-1" not in others
    nothing = client.get(PAGE, {"whose": "ours", "kind": "Report"}).content.decode()
    assert "Nothing that you chose is due" in nothing
    assert "ASG-1" in client.get(PAGE, {"whose": "zzz", "kind": "<script>"}).content.decode()
    assert client.post(PAGE).status_code == 405


def test_a_long_board_comes_in_pages_that_keep_what_was_chosen(
    world: World, given: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "A_PAGE", 1)
    client = client_for(world.person("aurora", "drafter"))
    seen, address = [], "?whose=ours"
    while address:
        page = client.get(PAGE + address)
        seen += [row.duty.reference for row in page.context["rows"]]
        address = page.context["later"]
    assert seen == ["ASG-2", "AGR-1"]
    text = page.content.decode()
    assert "2–2 of 2, of 3 in all" in text and "← Sooner" in text and "Later →" not in text
    assert "whose=ours&amp;page=1" in text
    for odd in ("0", "99", "x", "-1"):
        assert len(client.get(PAGE, {"page": odd}).context["rows"]) == 1


def test_an_empty_board_says_what_will_stand_there(world: World) -> None:
    text = client_for(world.person("basalt", "drafter")).get(PAGE).content.decode()
    assert "Nothing is due" in text and "c-filters" not in text
    auditor = client_for(world.person("oversight", "auditor")).get(PAGE)
    assert auditor.status_code == 200 and list(auditor.context["rows"]) == []


def test_programs_read_the_same(world: World, given: None) -> None:
    with acting(world.person("aurora", "drafter")) as by:
        token = accounts.issue_token(organisation=world.aurora, name="x", scope="read", days=30, by=by)[1]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    found = Client().get("/api/v1/due/", headers=headers).json()["results"]
    assert [(one["reference"], one["ours"], one["is_late"]) for one in found] == [
        ("ASG-2", True, True), ("AGR-1", False, False), ("ASG-1", False, False),
    ]  # fmt: skip
    assert datetime.fromisoformat(found[1]["due_at"]).time().hour == 23
    mine = Client().get("/api/v1/due/?whose=ours", headers=headers).json()["results"]
    assert [one["reference"] for one in mine] == ["ASG-2", "AGR-1"]
    assert Client().get("/api/v1/due/?whose=x", headers=headers).status_code == 400


def test_the_feed_knows_when_nothing_changed(world: World) -> None:
    request = request_in.scheduled(world)
    page = client_for(world.person("aurora", "drafter")).post("/notifications/calendar/")
    path = str(page.context["address"]).removeprefix("http://testserver")
    first = Client().get(path)
    assert first.status_code == 200 and first["ETag"]
    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    with acting(world.person("aurora", "drafter")) as by:
        early_access.withdraw(request=EarlyAccessRequest.objects.get(pk=request.pk), by=by)
    changed = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]
