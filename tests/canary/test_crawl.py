"""No person, page, file, mail, log line, message or record of one house holds a text of another (R5)."""

from __future__ import annotations

import shutil

import pytest
from django.core import mail
from django.db import transaction

from tests.canary import doors, planted, stamps
from tests.canary.conftest import Stage
from tests.canary.crawler import Walk, changed
from tests.canary.guesses import ODD, guesses

pytestmark = pytest.mark.django_db
Walks = dict[str, Walk]

# Canaries that nobody meets on any page, with the reason. All others are met by somebody whose they are.
NEVER_SHOWN = {
    "agreements.TestingAgreement.ended_reason": "shown once an agreement has ended; none of the stage has",
    "accounts.IdempotencyRecord.key": "kept to know a repeated call again",
    "developers.ModelCheckpoint.configuration_note": "no page prints it",
    "evaluations.EvaluationRun.external_task_id": "kept to know logs of one task",
    "evaluations.RunLog.reason_for_import": "kept beside the run: why a log that does not fit was taken",
    "evaluations.Attestation.statement": "shown before it is attested, kept as evidence",
    "evaluations.EvaluationRun.suite_version": "kept for comparisons",
}


@pytest.fixture(scope="module")
def walks(stage: Stage) -> Walks:
    """Everybody walks: what they find, then what they would have to guess. Nothing is written yet."""
    crawler, found = stage.crawler, {}
    for name, visitor in stage.visitors.items():
        found[name] = crawler.walk(visitor, stage.starts(name))
    return found


def test_nobody_reads_what_is_not_theirs(walks: Walks) -> None:
    leaks = [leak for walk in walks.values() for leak in walk.leaks]
    assert leaks == [], "\n".join(leaks[:40])


def test_no_answer_is_an_error(walks: Walks) -> None:
    assert [broken for walk in walks.values() for broken in walk.broken] == []


def test_strangers_see_what_they_saw_before_the_other_came(stage: Stage, walks: Walks) -> None:
    for name, before in stage.before.items():
        assert len(before.pages) > 10, f"{name} saw next to nothing"
        assert changed(before, walks[name]) == []


def test_everything_is_met_by_somebody_whose_it_is(stage: Stage, walks: Walks) -> None:
    # The admin shows every column, of one row of a kind: that is no page for those whose text it is.
    met = {(c.place, c.readers) for walk in walks.values() if not walk.visitor.admin for c in walk.met}
    unseen = [
        c for c in stage.aviary.all.values()
        if c.readers and "aurora" not in c.readers and (c.place, c.readers) not in met  # Aurora is furnished alike
    ]  # fmt: skip
    unmet = {c.place for c in unseen}
    hidden = sorted({f"{c.place} for {' '.join(sorted(c.readers))}" for c in unseen if c.place not in NEVER_SHOWN})
    assert not hidden, f"nobody sees these: the crawl does not get there, or name the reason in NEVER_SHOWN: {hidden}"
    assert not set(NEVER_SHOWN) - unmet, f"these are shown after all: {set(NEVER_SHOWN) - unmet}"


def test_every_text_field_holds_a_canary_or_names_its_reason(stage: Stage) -> None:
    held = stamps.holders(stage.owner)
    assert stamps.unnamed(held) == [], "furnish these in house.py or stamps.py, or say in WITHOUT why not"
    named = {place for places in stamps.WITHOUT.values() for place in places if not place.endswith(".")}
    assert named & held == set(), "these hold canaries after all"


def test_pdf_files_are_read_as_text(stage: Stage) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (apt-packages.txt)")
    there = f"/agreements/{stage.owner.objects['in_force']}/executed.pdf"
    walk = stage.crawler.walk(stage.visitors["drafter"], [there], follow=False)
    assert {c.place for c in walk.met} >= {"agreements.TestingAgreement.title", "agreements.AgreementClause.text"}


def test_head_and_options_say_nothing_more(stage: Stage) -> None:
    crawler, known = stage.crawler, [*guesses(stage.owner), *ODD]
    walk = Walk(stage.visitors["rival drafter"])
    for path in known:
        for method in ("HEAD", "OPTIONS"):
            crawler.ask(walk, method, path)
    assert len(known) > 200 and (walk.leaks, walk.broken) == ([], [])


def test_redis_logs_mail_and_jobs_hold_no_text_of_anybody(stage: Stage, walks: Walks) -> None:
    assert walks
    entries = list(doors.in_redis())
    assert any("jobs.run" in entry or "_kombu" in entry for entry in entries), "the broker heard nothing"
    assert any("throttle" in entry for entry in entries), "the cache holds nothing"
    assert doors.redis_leaks(stage) == []
    assert len(stage.mails) > 50 and doors.mail_leaks(stage, stage.mails) == []
    assert doors.job_leaks(stage) == []
    assert doors.log_leaks(stage) == []


def test_a_calendar_that_leaves_the_house_names_references_only(stage: Stage) -> None:
    walk = stage.crawler.walk(stage.visitors["anonymous"], [f"/calendar/{stage.owner.calendar}.ics"], follow=False)
    ((status, text),) = walk.pages.values()
    assert status == 200 and b"BEGIN:VEVENT" in text
    assert not stage.aviary.find(text.decode())


def test_an_event_holds_nothing_that_one_of_its_readers_may_not_read(stage: Stage) -> None:
    assert doors.record_leaks(stage) == []
    assert stage.export() == []


def test_refused_writes_say_nothing_either(stage: Stage, walks: Walks) -> None:
    assert walks, "reads come before writes"
    crawler, walk = stage.crawler, Walk(stage.visitors["rival drafter"])
    for path in guesses(stage.owner):
        kind = {"content_type": "application/json"} if path.startswith("/api/") else {}
        for method in ("POST", "PUT", "DELETE") if kind else ("POST",):
            with transaction.atomic():
                data = "{}" if kind else ""
                answer = walk.visitor.client.generic(method, path, data, **kind)
                transaction.set_rollback(True)
            crawler.judge(walk, method, path, answer)
    assert (walk.leaks, walk.broken) == ([], [])


@pytest.mark.parametrize("leak", planted.LEAKS, ids=lambda leak: leak.__name__)
def test_a_planted_leak_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch, leak: planted.Leak) -> None:
    assert leak(planted.Plant(stage, monkeypatch)), leak.__doc__


def test_where_leaks_are_planted_there_are_none_without(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    plant = planted.Plant(stage, monkeypatch)
    assert plant.walk("/agreements/", "/inbox/", "/models/", "/organisation/", plant.there, "/api/v1/me/") == []
    assert stage.export() == []
    planted.tell(plant)
    assert doors.mail_leaks(stage, mail.outbox) + doors.job_leaks(stage) + doors.redis_leaks(stage) == []
