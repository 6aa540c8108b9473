"""The report from draft to delivered version: what stands in it, what does not, who reads it, and what a second click does."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import storage
from core.decisions import Conflict, Invalid, Refused
from evaluations import actions, queries
from evaluations.models import EvaluationAssignment, EvaluationReport, EvaluationRun, Finding, SharedRun
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.evaluations import reporting as make
from tests.evaluations.test_runs import own, read, under_test, upload
from tests.world import World, client_for

HOSTILE = '#panic("x") #read("/etc/passwd") $x^2$ *bold* @ref <label> \\ //c'


def test_a_report_is_written_once_testing_has_ended(world: World) -> None:
    evaluator, row = under_test(world)
    with pytest.raises(Refused, match="once testing has ended"):
        make.save(evaluator, row)
    with acting(evaluator):
        actions.move(assignment=row, verb="analyse", by=evaluator)
    for who in (("commerce-caisi", "evaluator", 1), ("aurora", "drafter", 0), ("commerce", "router", 0)):
        person = world.person(*who)
        with pytest.raises(Refused):
            make.save(person, row)
    draft = make.save(evaluator, row)
    assert (draft.version, draft.row_version, draft.delivered_at) == (1, 1, None)
    assert draft.scope_line.startswith(f"Only checkpoint heron-rc1, configuration {'ab' * 32}, variant Production")


def test_a_stale_save_shows_both_texts_and_loses_none(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    assert make.save(evaluator, row).row_version == 1, "the same text twice is no conflict"
    with pytest.raises(Conflict) as caught:
        make.save(evaluator, row, 0, summary="Mine.")
    assert (caught.value.theirs["summary"], caught.value.yours["summary"]) == (make.TEXT["summary"], "Mine.")
    page = client_for(evaluator).post(
        f"/assignments/{row.reference}/report/", {**make.TEXT, "summary": "Mine.", "row_version": 0}
    )
    assert page.status_code == 409
    assert "Mine." in page.content.decode() and make.TEXT["summary"] in page.content.decode()
    assert make.save(evaluator, row, 1, summary="Ours.").row_version == 2


def test_a_report_is_saved_while_it_is_typed(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    page, agency = f"/assignments/{row.reference}/report/", client_for(evaluator)
    assert f'data-autosave="{page}autosave/"' in agency.get(page).content.decode()
    first = agency.post(f"{page}autosave/", {"row_version": 0, "summary": "One line"})
    assert (first.status_code, first.json()["row_version"]) == (200, 1)
    assert agency.post(f"{page}autosave/", {"row_version": 1, **make.TEXT}).json()["row_version"] == 2
    stale = agency.post(f"{page}autosave/", {"row_version": 1, "summary": "From another tab"})
    assert stale.status_code == 409
    assert (stale.json()["theirs"]["summary"], stale.json()["yours"]["summary"]) == (
        make.TEXT["summary"], "From another tab",
    )  # fmt: skip
    wrong = agency.post(f"{page}autosave/", {"row_version": 2, "summary": "\U0001f600"})
    assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (400, "summary")
    assert agency.post(f"{page}autosave/", {"summary": "No version"}).json()["problems"][0]["field"] == "row_version"
    outsider = client_for(world.person("aurora", "drafter"))
    assert outsider.post(f"{page}autosave/", {"row_version": 2, "summary": "x"}).status_code == 404


@pytest.mark.parametrize("wrong", ["契", "😀", "\x07", "\u202e"])
def test_a_character_without_a_glyph_is_said_at_its_field(world: World, wrong: str) -> None:
    evaluator, row = make.in_analysis(world)
    with pytest.raises(Invalid, match=f"U\\+{ord(wrong):04X}") as caught:
        make.save(evaluator, row, limitations=f"One {wrong} day.")
    assert [p.field for p in caught.value.problems] == ["limitations"]
    with acting(evaluator):
        assert queries.draft(row) is None


def test_the_whole_way_through_the_pages(world: World) -> None:
    evaluator, row = make.with_results(world)
    agency, developer = client_for(evaluator), client_for(world.person("aurora", "drafter"))
    page = f"/assignments/{row.reference}/"
    assert agency.post(f"{page}analyse/").status_code == 302
    assert "Write the report" in agency.get(page).content.decode()
    assert "1 run" in agency.get(f"{page}report/").content.decode(), "it says what is not shared"
    assert agency.post(f"{page}report/", {"row_version": 0, **make.TEXT}).status_code == 302
    shown = agency.get(f"{page}report/preview/").content.decode()
    assert "80.0 %" in shown and "58.4 % to 91.9 %" in shown and 'class="c-plot"' in shown
    assert "gives the developer 5 days" in shown, "the agreement's fact check comes first"
    assert agency.get(f"{page}report/preview.pdf").content.startswith(b"%PDF")
    assert agency.get(f"{page}report/deliver/").status_code == 403
    day = agency.get(f"{page}report/fact-check/").content.decode().split('name="due_on" value="')[1][:10]
    assert agency.post(f"{page}report/fact-check/", {"due_on": day, "row_version": 1}).status_code == 302
    check = f"{page}fact-checks/{developer.get(page).content.decode().split('fact-checks/')[1][:36]}/"
    assert "58.4 % to 91.9 %" in developer.get(check).content.decode()
    assert developer.post(check, {"place": "Scope", "text": "The build is rc1."}).status_code == 302
    assert developer.post(f"{check}hand-back/").status_code == 302
    assert "The build is rc1." in agency.get(check).content.decode()
    assert agency.post(f"{page}report/deliver/", {"row_version": 1}).status_code == 302
    assert agency.post(f"{page}report/deliver/", {"row_version": 1}).status_code in (403, 404), "a second click"
    assert "Open the report" in developer.get(page).content.decode()
    found = developer.get(f"{page}reports/1/").content.decode()
    assert "The build is rc1." in found and "80.0 %" in found and "canary-unshared" not in found
    pdf = developer.get(f"{page}reports/1.pdf")
    assert (pdf["Content-Type"], pdf["Cache-Control"]) == ("application/pdf", "no-store")
    assert "Opened by the developer" in agency.get(f"{page}reports/1/").content.decode()
    for client in (agency, developer):
        assert "version 1" in client.get("/reports/").content.decode()
    run_due(kinds=("notifications.tell",))
    assert "The report was delivered" in developer.get("/notifications/").content.decode()
    assert "The fact check was handed back" in agency.get("/notifications/").content.decode()


def test_what_stands_in_the_pdf_and_what_does_not(world: World) -> None:
    evaluator, row = make.with_results(world)
    held_out = own(task="canary-suite", task_id="t9", task_version="canary-v")
    log = read(evaluator, upload(evaluator, row, held_out, restricted=True))
    with acting(evaluator):
        actions.share_run(run=log.run, by=evaluator)
        make.told(row, evaluator, title=HOSTILE, text="It wrote 契 one.")
        Finding.objects.create(
            assignment=row, agency=row.agency, domain="cybersecurity", written_by=evaluator, title="canary-draft",
            text="canary-draft", severity="low",
        )  # fmt: skip
        actions.move(assignment=row, verb="analyse", by=evaluator)
    make.save(evaluator, row, summary=f"{HOSTILE}\n\nSecond paragraph.")
    make.checked(world, evaluator, row)
    report = make.deliver(evaluator, row)
    pdf = storage.get(report.stored_as)
    pages = make.words_of(pdf)
    joined = " ".join(pages)
    for piece in (
        "80.0 %", "58.4 % to 91.9 %", "Wilson, 95 % (16 of 20)", "Compared: Five experts", "60.0 %", "Held-out suite 1",
        "+20.0 points",
        '#panic("x")', '#read("/etc/passwd")', "$x^2$", "*bold*", "Second paragraph.", "[U+5951]", "Only checkpoint heron-rc1",
        "ab" * 32, "One scaffold, one day.", "Agency", "Share with the developer. Please look.", "Handed back",
    ):  # fmt: skip
        assert piece in joined, piece
    assert len(pages) > 1 and all("it decides nothing about a release" in page for page in pages)
    everything = joined + json.dumps(report.content)
    for withheld in ("canary", evaluator.name, "A rehearsal with a mock model", "f" * 64):
        assert withheld not in everything, withheld
    for word in ("approved", "cleared", "passed", "certified", "licensed"):
        assert word not in joined.lower(), word


def test_the_file_is_whole_tagged_and_archivable(world: World, tmp_path: Path) -> None:
    _, _, report = make.delivered(world)
    pdf = storage.get(report.stored_as)
    assert report.size == len(pdf)
    assert b"pdfaid:part" in pdf and b"pdfuaid:part" in pdf and b"/StructTreeRoot" in pdf
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed (apt-packages.txt)")
    (tmp_path / "report.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["qpdf", "--check", str(tmp_path / "report.pdf")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors" in done.stdout


def test_a_delivered_version_does_not_change_but_for_its_receipt(world: World) -> None:
    evaluator, row, report = make.delivered(world)
    for changes in ({"summary": "Other."}, {"sha256": "0" * 64}, {"delivered_at": None}, {"content": {}}):
        with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
            EvaluationReport.objects.filter(pk=report.pk).update(**changes)
    with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
        EvaluationReport.objects.filter(pk=report.pk).delete()
    with acting(evaluator):
        actions.receive_report(report=report, by=evaluator)
        report.refresh_from_db()
        assert report.received_at is None, "the agency's own look is no receipt"
    first = client_for(world.person("aurora", "counsel")).get(f"/assignments/{row.reference}/reports/1.pdf")
    with acting(evaluator):
        report.refresh_from_db()
        at = report.received_at
    assert first.content == storage.get(report.stored_as) and at is not None
    client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/reports/1/")
    with acting(evaluator):
        report.refresh_from_db()
    assert report.received_at == at, "only the first opening counts"


def test_a_corrected_version_follows_and_the_first_one_stays(world: World) -> None:
    evaluator, row, first = make.delivered(world)
    row = make.fresh(evaluator, row)
    make.save(evaluator, row, summary="It solves half of the tasks.")
    with pytest.raises(Invalid, match="Say what this version corrects"):
        make.deliver(evaluator, row)
    make.save(evaluator, row, 1, summary="It solves half.", correction="A count was wrong.")
    second = make.deliver(evaluator, row)
    assert (second.version, second.reference != first.reference) == (2, True)
    assert make.fresh(evaluator, row).status == "report_delivered"
    developer = client_for(world.person("aurora", "drafter"))
    page = f"/assignments/{row.reference}/reports/"
    assert "A count was wrong." in developer.get(f"{page}2/").content.decode()
    older = developer.get(f"{page}1/").content.decode()
    assert "A corrected version stands in its place" in older and make.TEXT["summary"] in older
    assert storage.get(first.stored_as) == developer.get(f"{page}1.pdf").content
    run_due(kinds=("notifications.tell",))
    assert "A corrected report was delivered" in developer.get("/notifications/").content.decode()
    with acting(evaluator):
        actions.close(assignment=row, by=evaluator)
    make.save(evaluator, make.fresh(evaluator, row), summary="Third.", correction="More.")
    assert make.deliver(evaluator, make.fresh(evaluator, row)).version == 3, "also once it is closed"


def test_drafts_are_the_agencys_and_rivals_find_nothing(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    paths = ("report/", "report/preview/", "report/preview.pdf", "report/fact-check/", "report/deliver/", "reports/1/",
             "reports/1.pdf")  # fmt: skip
    outside = (("aurora", "drafter", 404), ("basalt", "drafter", 404), ("treasury", "evaluator", 404))
    for home, role, status in outside:
        person = world.person(home, role)
        client = client_for(person)
        for path in paths:
            assert client.get(f"/assignments/{row.reference}/{path}").status_code == status, (home, path)
        assert row.reference not in client.get("/reports/").content.decode()
        with acting(person):
            assert not EvaluationReport.objects.exists(), home
    colleague = client_for(world.person("commerce-caisi", "evaluator", 1))
    assert colleague.get(f"/assignments/{row.reference}/report/preview/").status_code == 403, "attests first"
    make.checked(world, evaluator, row)
    make.deliver(evaluator, row)
    for home, role, status in (("aurora", "drafter", 200), ("basalt", "drafter", 404), ("treasury", "evaluator", 404)):
        client = client_for(world.person(home, role))
        assert client.get(f"/assignments/{row.reference}/reports/1/").status_code == status
        assert client.get(f"/assignments/{row.reference}/reports/1.pdf").status_code == status


def test_only_what_was_read_is_sent_out(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    make.checked(world, evaluator, row)
    make.save(evaluator, row, 1, summary="Changed meanwhile.")
    with acting(evaluator), pytest.raises(Conflict, match="saved again since"):
        actions.deliver_report(assignment=row, row_version=1, by=evaluator)
    make.save(evaluator, row, 2, limitations=" ")
    with pytest.raises(Invalid, match="what the test could not show"):
        make.deliver(evaluator, row)
    assert make.fresh(evaluator, row).status == "analysis"


def test_a_superseded_run_stands_in_no_report(world: World) -> None:
    evaluator, row = under_test(world)
    earlier = read(evaluator, upload(evaluator, row, own()))
    with acting(evaluator):
        actions.share_run(run=earlier.run, by=evaluator)
        EvaluationRun.objects.filter(pk=earlier.run.pk).update(superseded_by=earlier.run)
        actions.move(assignment=row, verb="analyse", by=evaluator)
    draft = make.save(evaluator, row)
    with acting(evaluator):
        assert SharedRun.objects.filter(assignment=row).count() == 1
        assert queries.compose(draft)["runs"] == []


def test_a_damaged_file_is_said_and_never_handed_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, row, report = make.delivered(world)
    storage._path(report.sha256).write_bytes(b"%PDF-1.7 something else")
    answer = client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/reports/1.pdf")
    assert answer.status_code == 409 and "damaged" in answer.content.decode()


def test_an_agency_may_end_without_a_report(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    client = client_for(evaluator)
    page = f"/assignments/{row.reference}/end-without-report/"
    assert client.get(page).status_code == 200
    assert "Fill this in." in client.post(page, {"reason": " "}).content.decode()
    assert client.post(page, {"reason": "The harness was broken."}).status_code == 302
    assert make.fresh(evaluator, row).status == "stopped"
    developer = client_for(world.person("aurora", "drafter"))
    assert "The harness was broken." in developer.get(f"/assignments/{row.reference}/").content.decode()


def test_where_the_agreement_is_silent_the_fact_check_may_be_left_out(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    with acting(evaluator):
        EvaluationAssignment.objects.filter(pk=row.pk).update(fact_check_days=None)
    assert make.deliver(evaluator, row).version == 1
    assert make.fresh(evaluator, row).status == "report_delivered"
    developer = client_for(world.person("aurora", "drafter"))
    assert (
        "was not asked to check the facts" in developer.get(f"/assignments/{row.reference}/reports/1/").content.decode()
    )


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_make_one_version(transactional_world: World) -> None:
    world = transactional_world
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    make.checked(world, evaluator, row)
    outcomes: list[Any] = []

    def attempt() -> None:
        try:
            outcomes.append(make.deliver_seen(evaluator, row, 1).version)
        except (Refused, Conflict) as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "Refused", "Refused"]
    with acting(evaluator):
        assert EvaluationReport.objects.filter(assignment=row).count() == 1
        assert EvaluationReport.objects.get(assignment=row).delivered_at <= timezone.now()
