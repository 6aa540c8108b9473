"""How assignments and requests end: the window's end, the last report, the close, a withdrawal. Nothing stays open."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from core.decisions import Refused
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest, ReleaseNotice
from evaluations import actions
from evaluations.models import AccessCheck, EvaluationAssignment
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.early_access.factories import seen, today
from tests.evaluations import reporting as make
from tests.evaluations.test_assignments import RULES, attested, routed
from tests.evaluations.test_runs import under_test
from tests.world import World, client_for


def states(world: World, request: EarlyAccessRequest) -> dict[str, str]:
    with acting(world.person("aurora", "drafter")) as by:
        rows = EvaluationAssignment.objects.visible_to(by).filter(request=request)
        return dict(rows.values_list("agency__slug", "status"))


def status(world: World, request: EarlyAccessRequest) -> str:
    return str(seen(world, request).status)


def last_reason(world: World, request: EarlyAccessRequest) -> str:
    client = client_for(world.person("aurora", "drafter"))
    found = client.get(f"/api/v1/requests/{request.reference}/timeline/").json()["results"]
    return str(next(e["reason"] for e in found if "no further report is owed" in e["sentence"]))


def under_way(world: World) -> tuple[User, EvaluationAssignment]:
    """CAISI tests."""
    evaluator, row = under_test(world)
    return evaluator, make.fresh(evaluator, row)


def second_under_test(world: World, request: EarlyAccessRequest) -> tuple[User, EvaluationAssignment]:
    """Treasury tests too."""
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator):
        rows = EvaluationAssignment.objects.visible_to(evaluator).select_related("request", "agency", "developer")
        row = rows.get(request=request, agency=world.agency("treasury"))
        actions.accept(assignment=row, by=evaluator)
        actions.attest(assignment=row, typed_name=evaluator.name, consented=True, by=evaluator)
        actions.prepare(assignment=row, by=evaluator, **RULES)
        AccessCheck.objects.create(
            assignment=row, developer=row.developer, agency=row.agency, passed=True, probes=[], fingerprint="e" * 64,
            started_at=timezone.now(), milliseconds=1,
        )  # fmt: skip
        actions.move(assignment=rows.get(pk=row.pk), verb="start", by=evaluator)
        return evaluator, rows.get(pk=row.pk)


def report(world: World, evaluator: User, row: EvaluationAssignment) -> None:
    """From analysis to delivered."""
    make.save(evaluator, row)
    make.checked(world, evaluator, row)
    make.deliver(evaluator, make.fresh(evaluator, row))


def test_at_the_windows_end_a_running_test_goes_to_analysis_and_one_not_begun_ends(world: World) -> None:
    evaluator, row = under_way(world)
    request = row.request
    run_due(at=timezone.now() + timedelta(days=31), kinds=("early_access.close_window",))
    assert states(world, request) == {"commerce-caisi": "analysis", "treasury": "stopped"}
    assert status(world, request) == "window_closed", "a report is owed"
    row = make.fresh(evaluator, row)
    assert row.access_revoked_at is not None and row.report_due_at is not None
    client = client_for(evaluator)
    page = client.get(f"/assignments/{row.reference}/").content.decode()
    assert "Access ended" in page and "opens for nobody any more" in page and "write the report" in page
    ours = client_for(world.person("aurora", "drafter")).get(f"/requests/{request.reference}/").content.decode()
    assert "Access is revoked" in ours and "Expected" in ours
    run_due(kinds=("notifications.tell",))
    theirs = client_for(world.person("treasury", "evaluator")).get("/notifications/").content.decode()
    assert "The test was stopped" in theirs


def test_the_last_report_under_a_closed_window_makes_the_request_reported(world: World) -> None:
    evaluator, row = under_way(world)
    other, second = second_under_test(world, row.request)
    make.close_window(world, row.request)
    report(world, evaluator, row)
    run_due(kinds=make.RECONCILE)
    assert status(world, row.request) == "window_closed", "Treasury still owes one"
    report(world, other, second)
    run_due(kinds=make.RECONCILE)
    assert status(world, row.request) == "reported"
    assert last_reason(world, row.request) == "Every agency that tested has delivered its report."
    officer = client_for(world.person("commerce", "intake"))
    assert "Close the request" in officer.get(f"/requests/{row.request.reference}/").content.decode()
    assert officer.post(f"/requests/{row.request.reference}/move/close/").status_code == 302
    run_due(kinds=make.RECONCILE)
    assert status(world, row.request) == "closed"
    assert states(world, row.request) == {"commerce-caisi": "closed", "treasury": "closed"}
    run_due(kinds=("notifications.tell",))
    assert "was closed" in client_for(world.person("aurora", "drafter")).get("/notifications/").content.decode()


def test_reports_delivered_in_the_open_window_count_at_its_end(world: World) -> None:
    evaluator, row = under_way(world)
    make.decline_the_other(world)
    with acting(evaluator):
        actions.move(assignment=row, verb="analyse", by=evaluator)
    report(world, evaluator, row)
    run_due(kinds=make.RECONCILE)
    assert status(world, row.request) == "window_open"
    make.close_window(world, row.request)
    assert status(world, row.request) == "reported"
    assert last_reason(world, row.request).startswith("No further report will come")


def test_when_nobody_tests_the_request_does_not_wait_for_reports(world: World) -> None:
    evaluator, row = under_way(world)
    make.close_window(world, row.request)
    with acting(world.person("aurora", "security")) as by:
        actions.stop(assignment=make.fresh(evaluator, row), reason="Enough.", by=by)
    run_due(kinds=make.RECONCILE)
    assert status(world, row.request) == "reported"
    assert last_reason(world, row.request) == "No report will come: every assignment was stopped or declined."
    with acting(world.person("aurora", "drafter")) as by:
        early_access.close(request=seen(world, row.request), by=by)
    run_due(kinds=make.RECONCILE)
    assert states(world, row.request) == {"commerce-caisi": "stopped", "treasury": "stopped"}


def test_an_agency_that_ends_without_a_report_owes_none(world: World) -> None:
    evaluator, row = under_way(world)
    make.close_window(world, row.request)
    with acting(evaluator):
        actions.end_without_report(assignment=make.fresh(evaluator, row), reason="No capacity.", by=evaluator)
    run_due(kinds=make.RECONCILE)
    assert status(world, row.request) == "reported"


def test_nobody_eligible_at_all_ends_with_the_window(world: World) -> None:
    request = factories.opened(world)
    make.close_window(world, request)
    assert status(world, request) == "reported"


def test_a_report_that_does_not_come_is_said(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    clock = ("evaluations.report_overdue",)
    assert run_due(kinds=clock) == []
    run_due(at=timezone.now() + timedelta(days=31), kinds=(*clock, "notifications.tell"))
    for home, role in (("commerce-caisi", "evaluator"), ("aurora", "drafter")):
        client = client_for(world.person(home, role))
        assert "The report is overdue" in client.get("/notifications/").content.decode()
    report(world, evaluator, row)
    with acting(evaluator):
        assert not actions.report_overdue(assignment=row), "delivered: a second clock says nothing"


def test_withdrawal_stops_what_is_open_and_closes_what_is_delivered(world: World) -> None:
    evaluator, row = under_way(world)
    second_under_test(world, row.request)
    with acting(evaluator):
        actions.move(assignment=row, verb="analyse", by=evaluator)
    report(world, evaluator, row)
    with acting(world.person("aurora", "drafter")) as by:
        early_access.withdraw(request=seen(world, row.request), by=by)
    assert states(world, row.request) == {"commerce-caisi": "closed", "treasury": "stopped"}
    with pytest.raises(Refused):
        make.save(evaluator, make.fresh(evaluator, row), summary="Another.", correction="x")
    found = client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/reports/1.pdf")
    assert found.status_code == 200, "what was delivered stays readable"


def test_a_withdrawal_ends_a_fact_check(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    check = make.asked(evaluator, row)
    with acting(world.person("aurora", "drafter")) as by:
        early_access.withdraw(request=seen(world, row.request), by=by)
        check.refresh_from_db()
    assert check.lapsed_at is not None and make.fresh(evaluator, row).status == "stopped"


def test_an_agency_closes_its_assignment_and_the_developer_is_told(world: World) -> None:
    evaluator, row, _ = make.delivered(world)
    page = f"/assignments/{row.reference}/"
    assert client_for(world.person("aurora", "drafter")).post(f"{page}close/").status_code == 403
    client = client_for(evaluator)
    assert "Close the assignment" in client.get(page).content.decode()
    assert client.post(f"{page}close/").status_code == 302
    assert client.post(f"{page}close/").status_code == 403, "a second click"
    run_due(kinds=("notifications.tell",))
    told = client_for(world.person("aurora", "drafter")).get("/notifications/").content.decode()
    assert "The assignment was closed" in told


def test_the_request_shows_the_developer_every_agency_and_an_agency_its_own(world: World) -> None:
    evaluator, row = under_way(world)
    second_under_test(world, row.request)
    with acting(evaluator):
        actions.move(assignment=row, verb="analyse", by=evaluator)
    report(world, evaluator, row)
    page = f"/requests/{row.request.reference}/"
    ours = client_for(world.person("aurora", "drafter")).get(page).content.decode()
    section = ours.split("Tests and reports", 1)[1].split("</section>", 1)[0]
    assert "version 1" in section and "Department of the Treasury" in section and "Running" in section
    theirs = client_for(world.person("treasury", "evaluator")).get(page).content.decode()
    section = theirs.split("Tests and reports", 1)[1].split("</section>", 1)[0]
    assert row.reference not in section and "version 1" not in section and "Department of the Treasury" in section


@pytest.mark.parametrize("state", ["submitted", "window_open", "window_closed", "reported", "closed", "withdrawn"])
def test_a_release_notice_is_issued_in_every_state(world: World, state: str) -> None:
    request = _request_in(world, state)
    assert status(world, request) == state
    client, page = client_for(world.person("aurora", "drafter")), f"/requests/{request.reference}/"
    assert "Plan a release notice" in client.get(page).content.decode()
    sent = {"release_on": str(today() + timedelta(days=3)), "rationale": "Ready."}
    assert client.post(f"{page}release/", sent).status_code == 302
    with acting(world.person("aurora", "drafter")):
        notice = ReleaseNotice.objects.get(request=request)
    assert client.post(f"{page}release/{notice.pk}/issue/").status_code == 302
    shown = client.get(page).content.decode()
    assert "Issued" in shown and "Ready." in shown
    assert "Ready." in client_for(world.person("commerce", "intake")).get(page).content.decode()


def _request_in(world: World, state: str) -> EarlyAccessRequest:
    if state == "submitted":
        return factories.submitted(world)
    if state == "window_open":
        return factories.opened(world)
    evaluator, row = under_way(world)
    if state == "withdrawn":
        with acting(world.person("aurora", "drafter")) as by:
            early_access.withdraw(request=seen(world, row.request), by=by)
        return row.request
    make.close_window(world, row.request)
    if state != "window_closed":
        report(world, evaluator, make.fresh(evaluator, row))
        run_due(kinds=make.RECONCILE)
    if state == "closed":
        with acting(world.person("aurora", "drafter")) as by:
            early_access.close(request=seen(world, row.request), by=by)
        run_due(kinds=make.RECONCILE)
    return row.request


def test_a_developer_that_was_asked_before_the_window_ends_still_answers_after_it(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    make.asked(evaluator, row)
    make.close_window(world, row.request)
    row = make.fresh(evaluator, row)
    assert (row.status, row.access_revoked_at is not None) == ("developer_fact_check", True)
    assert status(world, row.request) == "window_closed"


@pytest.mark.django_db(transaction=True)
def test_the_windows_end_and_a_delivery_at_once_leave_nothing_owed(transactional_world: World) -> None:
    world = transactional_world
    evaluator, row = make.in_analysis(world)
    make.decline_the_other(world)
    make.save(evaluator, row)
    make.checked(world, evaluator, row)
    failed: list[Any] = []

    def run(step: Any, *arguments: Any) -> None:
        try:
            step(*arguments)
        except Exception as error:  # whatever it is belongs to the test, not to the thread
            failed.append(error)
        finally:
            connection.close()

    steps = [(make.close_window, world, row.request), (make.deliver_seen, evaluator, row, 1)]
    threads = [threading.Thread(target=run, args=step) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    run_due(kinds=make.RECONCILE)
    assert status(world, row.request) == "reported"
    assert states(world, row.request)["commerce-caisi"] == "report_delivered"


def test_tests_that_never_began_owe_no_report(world: World) -> None:
    request = routed(world)
    attested(world)
    run_due(kinds=("early_access.open_window",))
    make.close_window(world, request)
    assert states(world, request) == {"commerce-caisi": "stopped", "treasury": "stopped"}
    assert status(world, request) == "reported"
