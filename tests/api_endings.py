"""The last steps of the main story over the API: the report, the end of window and request, and a withdrawal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from jobs.testing import run_due
from tests.early_access.factories import SECRET, scheduled, today


def report(story: Any) -> None:
    """9: the report is written, its facts are checked, it is delivered as a frozen version that its developer opens."""
    evaluator, drafter, where = story.at("commerce-caisi", "evaluator"), story.at("aurora", "drafter"), story.assignment
    assert evaluator.do(f"{where}analyse/")["report_due_at"]
    text = {"row_version": 0, "summary": "It solves some.", "limitations": "One day."}
    drafter.refused(f"{where}report-draft/", text, status=404, method="put")
    draft = evaluator.do(f"{where}report-draft/", text, method="put")
    assert draft["content"]["findings"][0]["entries"][1]["side"] == "Developer"
    assert (
        "days to check the facts"
        in evaluator.refused(f"{where}deliver_report/", {"row_version": 1}, status=403)["detail"]
    )
    due = {"row_version": 1, "due_on": str(today() + timedelta(days=5))}
    assert evaluator.do(f"{where}ask_fact_check/", due)["status"] == "developer_fact_check"
    (check,) = drafter.get(f"{where}fact-checks/")["results"]
    drafter.do(f"{where}fact-checks/{check['id']}/comments/", {"place": "Scope", "text": "The build is rc1."})
    drafter.do(f"{where}fact-checks/{check['id']}/hand_back/")
    assert evaluator.do(f"{where}deliver_report/", {"row_version": 1})["status"] == "report_delivered"
    assert drafter.call("get", f"{where}reports/1.pdf").content.startswith(b"%PDF")
    version = evaluator.get(f"{where}reports/1/")
    assert version["received_at"] and version["content"]["fact_checks"][0]["comments"][0]["text"] == "The build is rc1."


def end(story: Any) -> None:
    """9 and 11: the developer closes the window early; nobody owes a report, the request is reported and closed."""
    evaluator, drafter, where = story.at("commerce-caisi", "evaluator"), story.at("aurora", "drafter"), story.request
    assert drafter.do(f"{where}moves/close_early/")["status"] == "reported"
    assert evaluator.get(story.assignment)["access_revoked_at"]
    assert evaluator.get(f"{where}connection/commerce-caisi/")["sealed"] is False
    assert story.at("commerce", "intake").do(f"{where}moves/close/")["status"] == "closed"
    run_due(kinds=("evaluations.reconcile",))
    assert evaluator.get(story.assignment)["status"] == "closed"


def withdraw(story: Any) -> None:
    """10: from a second request, in one call: the test stops and material is asked back."""
    drafter, evaluator = story.at("aurora", "drafter"), story.at("commerce-caisi", "evaluator")
    second = scheduled(story.world)
    where = f"requests/{second.reference}/"
    run_due(kinds=("evaluations.route", "evaluations.receive", "early_access.open_window"))
    mine = next(a for a in evaluator.get("assignments/")["results"] if a["status"] == "proposed")
    assert evaluator.do(f"assignments/{mine['reference']}/accept/")["request"] == second.reference
    assert drafter.do(f"{where}moves/withdraw/")["status"] == "withdrawn"
    assert evaluator.get(f"assignments/{mine['reference']}/")["status"] == "stopped"
    assert evaluator.get(f"{where}connection/commerce-caisi/")["sealed"] is False
    (item,) = evaluator.get(f"{where}return-items/")["results"]
    answer = {"outcome": "destroyed", "statement": "All notes were shredded."}
    assert evaluator.do(f"{where}return-items/{item['id']}/answer/", answer)["outcome"] == "destroyed"
    sentences = [entry["sentence"] for entry in drafter.get(f"{where}timeline/")["results"]]
    assert len(sentences) > 8
    assert SECRET not in str(drafter.get(where)) + str(evaluator.get(where))
