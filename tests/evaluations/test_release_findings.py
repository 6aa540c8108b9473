"""A release notice lists open findings: each agency its own by title, all of them the number, rivals nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.decisions import Conflict
from early_access import actions as early_access
from early_access import queries
from early_access.models import EarlyAccessRequest, ListedFinding, ReleaseNotice
from evaluations import actions
from evaluations.models import EvaluationAssignment, Finding, FindingEntry
from tests.evaluations.findings import TEXT, drafted, moved
from tests.evaluations.test_assignments import RULES, assignment_of
from tests.evaluations.test_runs import under_test
from tests.world import World, acting, client_for

TREASURYS = "Invoices are signed without a check"


def planned(world: World) -> tuple[EarlyAccessRequest, ReleaseNotice, list[Finding]]:
    """CAISI shared two findings, of which one is resolved, and drafted a third; Treasury shared one."""
    evaluator, row = under_test(world)
    mine = moved(world, drafted(evaluator, row), "share")
    done = moved(world, drafted(evaluator, row, title="Closed"), "share", "dispute", "withdraw_finding")
    draft = drafted(evaluator, row, title="Only a draft")
    other = world.person("treasury", "evaluator")
    with acting(other):
        theirs = assignment_of(world, other, "treasury")
        actions.accept(assignment=theirs, by=other)
        actions.attest(assignment=theirs, typed_name=other.name, consented=True, by=other)
        actions.prepare(assignment=theirs, by=other, **RULES)
        EvaluationAssignment.objects.filter(pk=theirs.pk).update(status="running")
        finding = actions.draft_finding(assignment=theirs, by=other, **(TEXT | {"title": TREASURYS}))
        finding = actions.move_finding(finding=finding, verb="share", by=other)
    with acting(world.person("aurora", "drafter")) as by:
        request = EarlyAccessRequest.objects.get(pk=row.request_id)
        notice = early_access.plan_release(
            request=request, release_on=timezone.now().date(), rationale="Ready.", by=by
        )  # fmt: skip
    return request, notice, [mine, done, draft, finding]


def seen_by(world: World, home: str, role: str, path: str) -> str:
    answer = client_for(world.person(home, role)).get(path)
    assert answer.status_code == 200
    return str(answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0])


def test_the_page_says_to_whom_it_lists_what_and_each_reads_its_own(world: World) -> None:
    request, notice, (mine, done, draft, theirs) = planned(world)
    developer = client_for(world.person("aurora", "drafter"))
    home = f"/requests/{request.reference}/"
    issue = f"{home}release/{notice.pk}/issue/"
    page = developer.get(issue).content.decode()
    rows = {
        re.sub(r"<[^>]+>", "", name): cells
        for name, cells in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page)
    }
    assert set(rows) == {
        "Center for AI Standards and Innovation, NIST",
        "Department of Commerce",
        "Department of the Treasury",
    }
    for agency, cells in rows.items():
        own, other = (theirs, mine) if "Treasury" in agency else (mine, theirs)
        assert own.title in cells and other.title not in cells, agency
    assert done.title not in page and draft.title not in page
    seen = re.findall(r'name="seen" value="([^"]+)"', page)
    assert set(seen) == {mine.reference, theirs.reference}
    assert developer.post(issue, {"seen": seen}).status_code == 302
    assert mine.title in (all_of_it := seen_by(world, "aurora", "drafter", home)) and theirs.title in all_of_it
    for who, title, hidden in (
        (("treasury", "evaluator"), theirs, mine), (("commerce", "intake"), mine, theirs),
        (("commerce-caisi", "evaluator"), mine, theirs),
    ):  # fmt: skip
        shown = seen_by(world, *who, home)
        assert title.title in shown and "2 open findings" in shown, who
        assert hidden.title not in shown and hidden.reference not in shown, who
    assert "by title you read those of your agency" in seen_by(world, "treasury", "evaluator", home)
    assert developer.post(issue, {"seen": seen}).status_code == 403, "a second click issues nothing twice"


def test_the_rows_behind_it_are_walled_too(world: World) -> None:
    _, notice, (mine, _, _, theirs) = planned(world)
    with acting(world.person("aurora", "drafter")) as by:
        early_access.issue_release(notice=notice, by=by)
    for home, role, want in (
        ("treasury", "evaluator", {theirs.reference}), ("commerce-caisi", "evaluator", {mine.reference}),
        ("commerce", "intake", {mine.reference}), ("aurora", "counsel", {mine.reference, theirs.reference}),
        ("basalt", "drafter", set()), ("homeland", "evaluator", set()),
    ):  # fmt: skip
        with acting(world.person(home, role)) as by:
            assert set(ListedFinding.objects.values_list("reference", flat=True)) == want, home
            assert set(ListedFinding.objects.visible_to(by).values_list("reference", flat=True)) == want, home
    with acting(world.person("treasury", "evaluator")), pytest.raises(DatabaseError), transaction.atomic():
        ListedFinding.objects.create(
            notice=notice, developer=world.aurora, agency=world.agency("treasury"), reference="x", title="x", url="/"
        )


def test_what_is_open_is_marked_and_keeps_every_answer(world: World) -> None:
    _, notice, (mine, done, draft, theirs) = planned(world)
    developer = world.person("aurora", "drafter")
    with acting(developer):
        early_access.issue_release(notice=notice, by=developer)
        states = dict(Finding.objects.values_list("reference", "status"))
        assert states == {
            mine.reference: "open_at_release", theirs.reference: "open_at_release", done.reference: "resolved",
        }  # fmt: skip
        entry = FindingEntry.objects.get(finding=mine, move="leave_open")
        assert (entry.by, entry.text) == (developer, "")
    for verb in ("dispute", "uphold", "plan"):
        moved(world, mine, verb)
    with acting(world.person("commerce-caisi", "evaluator")):
        assert Finding.objects.get(pk=draft.pk).status == "draft", "a release moves no draft"
    page = seen_by(world, "commerce-caisi", "evaluator", f"/findings/{mine.reference}/")
    assert "Policy lead, Aurora Cognition</strong> issued a release notice while it was open" in page


def test_a_finding_shared_meanwhile_stops_the_page_and_not_the_release(world: World) -> None:
    request, notice, (mine, _, draft, theirs) = planned(world)
    developer = client_for(world.person("aurora", "drafter"))
    moved(world, draft, "share")
    issue = f"/requests/{request.reference}/release/{notice.pk}/issue/"
    answer = developer.post(issue, {"seen": [mine.reference, theirs.reference]})
    assert answer.status_code == 409 and "has changed since" in answer.content.decode()
    with acting(world.person("aurora", "drafter")) as by:
        notice.refresh_from_db()
        assert notice.status == "planned" and not ListedFinding.objects.exists()
        assert Finding.objects.filter(status="open_at_release").count() == 0, "nothing was marked"
        with pytest.raises(Conflict):
            early_access.issue_release(notice=notice, by=by, seen=[])
    again = re.findall(r'name="seen" value="([^"]+)"', answer.content.decode())
    assert len(again) == 3 and developer.post(issue, {"seen": again}).status_code == 302


def test_an_amended_notice_lists_what_is_open_then(world: World) -> None:
    request, notice, (mine, *_) = planned(world)
    with acting(world.person("aurora", "drafter")) as by:
        early_access.issue_release(notice=notice, by=by)
    moved(world, mine, "withdraw_finding")
    with acting(world.person("aurora", "drafter")) as by:
        row = early_access.amend_release(
            notice=notice, release_on=timezone.now().date(), rationale="Later.", by=by
        )  # fmt: skip
        assert row.open_count == 1 and row.listed.count() == 1
        assert len(queries.release_preview(request)) == 3
    amend = f"/requests/{request.reference}/release/{notice.pk}/amend/"
    page = client_for(world.person("aurora", "drafter")).get(amend).content.decode()
    assert "What each agency will read" in page and TREASURYS in page and mine.title not in page
    shown = seen_by(world, "commerce-caisi", "evaluator", f"/requests/{request.reference}/")
    assert "1 open finding when it was amended last; none of them is your agency’s" in shown


def test_the_api_says_the_same(world: World) -> None:
    request, notice, (mine, _, _, theirs) = planned(world)
    where = f"/api/v1/requests/{request.reference}/release-notices/"
    developer, treasury = (
        client_for(world.person("aurora", "drafter")),
        client_for(world.person("treasury", "evaluator")),
    )
    preview = {row["agency"]: row["open_findings"] for row in developer.get(f"{where}preview/").json()["results"]}
    assert preview["treasury"] == [{"reference": theirs.reference, "title": TREASURYS}]
    assert (
        [f["reference"] for f in preview["commerce"]]
        == [mine.reference]
        == [f["reference"] for f in preview["commerce-caisi"]]
    )
    assert treasury.get(f"{where}preview/").status_code == 403
    sent: Any = developer.post(f"{where}{notice.pk}/issue/", {}, content_type="application/json").json()
    assert (sent["open_count"], len(sent["open_findings"])) == (2, 2)
    (read,) = treasury.get(where).json()["results"]
    assert (read["open_count"], [f["title"] for f in read["open_findings"]]) == (2, [TREASURYS])
