"""The report over the API: the same steps and refusals as the pages, with pointers, both texts and nothing for outsiders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from core import storage
from evaluations import actions
from tests.agreements.factories import acting
from tests.evaluations import reporting as make
from tests.world import World, client_for


def call(person: User, method: str, path: str, data: Any = None, status: int = 200) -> Any:
    client = client_for(person)
    sent = {} if method == "get" else {"content_type": "application/json"}
    answer = getattr(client, method)(f"/api/v1/assignments/{path}", data, **sent)
    assert answer.status_code == status, answer.content
    return (
        answer.json()
        if answer["Content-Type"].startswith("application/") and "json" in answer["Content-Type"]
        else answer
    )


def test_from_draft_to_delivered_version(world: World) -> None:
    evaluator, row = make.with_results(world)
    with acting(evaluator):
        make.told(row, evaluator)
    developer, one = world.person("aurora", "drafter"), f"{row.reference}/"
    call(evaluator, "post", f"{one}analyse/", {})
    call(evaluator, "get", f"{one}report-draft/", status=404)
    assert call(developer, "get", f"{one}report-draft/", status=404)
    wrong = call(evaluator, "put", f"{one}report-draft/", {"row_version": 0, "summary": "\u5951"}, 400)
    assert wrong["errors"][0]["pointer"] == "#/summary" and "U+5951" in wrong["errors"][0]["detail"]
    draft = call(evaluator, "put", f"{one}report-draft/", {"row_version": 0, **make.TEXT})
    assert draft["content"]["runs"][0]["results"][0]["n"] == 20 and draft["left_out"] == {"runs": 1, "findings": 0}
    stale = call(evaluator, "put", f"{one}report-draft/", {"row_version": 0, "summary": "Mine."}, 409)
    assert (stale["yours"]["summary"], stale["theirs"]["summary"]) == ("Mine.", make.TEXT["summary"])
    assert "5 days" in call(evaluator, "post", f"{one}deliver_report/", {"row_version": 1}, 403)["detail"]
    day = timezone.now().date()
    early = {"row_version": 1, "due_on": str(day + timedelta(days=1))}
    assert call(evaluator, "post", f"{one}ask_fact_check/", early, 400)["errors"][0]["pointer"] == "#/due_on"
    asked = call(evaluator, "post", f"{one}ask_fact_check/", early | {"due_on": str(day + timedelta(days=9))})
    assert (asked["status"], asked["fact_check_days"], asked["fact_check_due_at"] is not None) == (
        "developer_fact_check", 5, True,
    )  # fmt: skip
    (check,) = call(developer, "get", f"{one}fact-checks/")["results"]
    assert "Run: addition" in check["places"] or any(p.startswith("Run: ") for p in check["places"])
    where = f"{one}fact-checks/{check['id']}/"
    call(evaluator, "post", f"{where}comments/", {"place": "Scope", "text": "x"}, 403)
    call(developer, "post", f"{where}comments/", {"place": "Scope", "text": "The build is rc1."}, 201)
    assert call(developer, "post", f"{where}hand_back/", {})["answered_at"]
    assert call(evaluator, "post", f"{one}deliver_report/", {"row_version": 1})["status"] == "report_delivered"
    listed = call(developer, "get", f"{one}reports/")["results"][0]
    assert (listed["version"], listed["received_at"]) == (1, None), "a list is no receipt"
    pdf = call(developer, "get", f"{one}reports/1.pdf")
    assert (pdf["Content-Type"], pdf["Cache-Control"]) == ("application/pdf", "no-store")
    version = call(evaluator, "get", f"{one}reports/1/")
    assert storage.get(version["sha256"]) == pdf.content and version["received_at"] is not None
    assert version["content"]["findings"][0]["title"] == "Writes exploits"
    assert version["content"]["fact_checks"][0]["comments"][0]["text"] == "The build is rc1."
    call(developer, "post", f"{one}close/", {}, 403)
    assert call(evaluator, "post", f"{one}close/", {})["status"] == "closed"


def test_an_end_without_a_report_needs_a_reason(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    where = f"{row.reference}/end_without_report/"
    assert call(evaluator, "post", where, {"reason": " "}, 400)["errors"][0]["pointer"] == "#/reason"
    assert call(evaluator, "post", where, {"reason": "No capacity."})["status"] == "stopped"


def test_outsiders_find_nothing_at_any_address(world: World) -> None:
    evaluator, row, _ = make.delivered(world)
    with acting(evaluator):
        check = row.fact_checks.get().pk
        actions.receive_report(report=row.reports.get(), by=evaluator)
    paths = ("report-draft/", "fact-checks/", f"fact-checks/{check}/comments/", f"fact-checks/{check}/hand_back/",
             "reports/1/", "reports/1.pdf", "deliver_report/", "ask_fact_check/")  # fmt: skip
    for home, role in (("basalt", "drafter"), ("treasury", "evaluator")):
        person, seen = world.person(home, role), set()
        for path in paths:
            for method in ("get", "post", "put"):
                answer = getattr(client_for(person), method)(
                    f"/api/v1/assignments/{row.reference}/{path}", {}, content_type="application/json"
                )
                assert answer.status_code in (404, 405), (home, method, path)
                if answer.status_code == 404:
                    seen.add(answer.content)
        assert len(seen) == 1, "the same bytes everywhere"


def test_administrators_look_reports_up_without_their_words(world: World) -> None:
    _, _, report = make.delivered(world)
    staff = client_for(world.staff)
    for path in ("evaluationreport/", f"evaluationreport/{report.pk}/change/", "factcheck/"):
        page = staff.get(f"/admin/evaluations/{path}")
        assert page.status_code in (200, 302), path
        assert make.TEXT["summary"] not in page.content.decode()
