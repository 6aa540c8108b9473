"""From an uploaded log to estimates with intervals: real logs and hostile files through the real path, and who reads what."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zstandard
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from core import envelope, sealed_files, storage
from core.decisions import Invalid, Refused
from evaluations import actions, policies
from evaluations.models import AccessCheck, EvaluationAssignment, EvaluationRun, Result, RunLog
from evaluations.tasks import item_key
from jobs.models import Job
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.evaluations.formats.zips import Member, write
from tests.evaluations.test_assignments import RULES, attested
from tests.world import World, client_for

LOGS = Path(__file__).resolve().parents[1] / "evaluation_logs"
READ = ("evaluations.read_log",)
WHY = "A rehearsal with a mock model."


def under_test(world: World, **access: Any) -> tuple[User, EvaluationAssignment]:
    """An evaluator of CAISI who has attested, and the assignment, running. `access`: what its specification says."""
    factories.scheduled(world, access={"model_name": "model"} | access)
    run_due(kinds=("evaluations.route", "evaluations.receive", "early_access.open_window"))
    evaluator, row = attested(world)
    with acting(evaluator):
        actions.prepare(assignment=row, by=evaluator, **RULES)
        AccessCheck.objects.create(
            assignment=row, developer=row.developer, agency=row.agency, passed=True, probes=[], fingerprint="f" * 64,
            started_at=timezone.now(), milliseconds=1,
        )  # fmt: skip
        row = EvaluationAssignment.objects.select_related("request", "agency", "developer").get(pk=row.pk)
        actions.move(assignment=row, verb="start", by=evaluator)
        row.refresh_from_db()
    return evaluator, row


def own(changes: dict[str, Any] | None = None, rows: list[dict[str, Any]] | None = None, **about: Any) -> bytes:
    """A log of our own of today, with the model that the submission names."""
    now = timezone.now().isoformat(timespec="milliseconds")
    header = {
        "version": 2, "status": "success",
        "eval": {"task": "kites", "task_id": "t1", "model": "mockllm/model", **about},
        "stats": {"started_at": now, "completed_at": now},
        "results": {"scores": [{"name": "s", "scorer": "s", "metrics": {"accuracy": {"value": 1.0}}}]},
    } | (changes or {})  # fmt: skip
    rows = rows or [{"id": 1, "epoch": 1, "scores": {"s": {"value": "C"}}}]
    return write(
        Member("header.json", json.dumps(header).encode()), Member("summaries.json", json.dumps(rows).encode())
    )


def upload(evaluator: User, row: EvaluationAssignment, data: bytes, **changes: Any) -> RunLog:
    """Uploaded by action."""
    said: dict[str, Any] = {
        "domain": "cybersecurity", "variant": "production", "restricted": False, "reason_for_import": WHY,
    } | changes  # fmt: skip
    with acting(evaluator):
        return actions.upload_log(assignment=row, file=io.BytesIO(data), file_name="a.eval", by=evaluator, **said)


def read(evaluator: User, log: RunLog) -> RunLog:
    """The log after the agency's worker was here."""
    run_due(kinds=READ)
    with acting(evaluator):
        return RunLog.objects.select_related("run").get(pk=log.pk)


def real(name: str) -> bytes:
    return (LOGS / f"{name}.eval").read_bytes()


def post(client: Client, row: EvaluationAssignment, data: bytes, name: str = "run.eval", **changes: str) -> Any:
    """Uploaded by the page."""
    said = {"domain": "cybersecurity", "variant": "production", "reason_for_import": WHY} | changes
    return client.post(f"/assignments/{row.reference}/runs/upload/", {**said, "file": SimpleUploadedFile(name, data)})


def test_sixteen_of_twenty_through_the_pages(world: World) -> None:
    evaluator, row = under_test(world)
    client = client_for(evaluator)
    assert "No runs yet" in client.get(f"/assignments/{row.reference}/").content.decode()
    answer = post(client, row, real("success-16-of-20"))
    assert answer.status_code == 302
    assert "is reading the log" in client.get(answer["Location"]).content.decode()
    assert set(Job.objects.filter(kind=READ[0]).values_list("queue", flat=True)) == {"agency.commerce-caisi"}
    run_due(kinds=(*READ, "notifications.tell"))
    with acting(evaluator):
        result = Result.objects.get()
        run = EvaluationRun.objects.get()
    assert (result.estimate, result.n, result.successes, result.ci_method) == (0.8, 20, 16, "wilson")
    assert (round(result.ci_low, 3), round(result.ci_high, 3)) == (0.584, 0.919)
    assert (run.status, run.n_items, run.n_scored, run.n_error, run.tokens) == ("finished", 20, 20, 0, 360)
    assert (run.variant, run.configuration_sha256, run.endpoint_fingerprint) == ("production", "ab" * 32, "f" * 64)
    page = client.get(answer["Location"]).content.decode()
    assert "80.0 %" in page and "58.4 % to 91.9 %" in page and "16 of 20" in page and 'class="c-plot"' in page
    assert page.split("<main", 1)[1].count('class="c-plot__few"') == 1 and "&lt;path" not in page
    assert "style=" not in page.split("<main", 1)[1]
    assert "80.0 % [58.4 %, 91.9 %], n = 20" in client.get(f"/assignments/{row.reference}/").content.decode()
    assert "A log was read" in client.get("/notifications/").content.decode()


@pytest.mark.parametrize(
    ("name", "estimate", "method", "n", "n_limit", "n_invalid"),
    [
        ("tools-5-of-5", 1.0, "wilson", 5, 0, 0),
        ("three-epochs", 2 / 3, "wilson", 4, 0, 0),
        ("token-limit", None, "wilson", 5, 5, 0),
        ("nan-score", 1.0, "wilson", 3, 0, 1),
    ],
)
def test_real_logs_give_their_numbers(
    world: World, name: str, estimate: float | None, method: str, n: int, n_limit: int, n_invalid: int
) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, real(name)))
    assert log.run is not None
    assert (log.run.status, log.run.n_limit, log.run.n_invalid) == ("finished", n_limit, n_invalid)
    with acting(evaluator):
        result = Result.objects.get(run=log.run)
    assert (result.ci_method, result.n) == (method, n)
    assert estimate is None or result.estimate == pytest.approx(estimate)
    assert any("reached a limit" in w for w in log.run.warnings) is bool(n_limit)


def test_what_cannot_be_a_log_is_a_sentence_at_the_field(world: World, settings: Any) -> None:
    evaluator, row = under_test(world)
    client = client_for(evaluator)
    good = real("tools-5-of-5")
    settings.MAX_LOG_BYTES = len(good) + 10
    cases = {
        "This is a PDF": b"%PDF-1.7 hello",
        "not a file that Concord reads": b"hello",
        "cut off": good[:-3000],
        "larger than 0 MiB": good[:-30] + b"\0" * 100 + good[-30:],
    }
    for words, data in cases.items():
        answer = post(client, row, data)
        page = answer.content.decode()
        assert answer.status_code == 200 and words in page.split('id="id_file_error"')[1].split("</span>")[1], words
    with acting(evaluator):
        assert not RunLog.objects.exists()


def test_what_only_reading_shows_is_refused_by_the_worker_and_said(world: World) -> None:
    evaluator, row = under_test(world)
    client = client_for(evaluator)
    bomb = zstandard.compress(b" " * (64 * 1024 * 1024))
    cases = {
        "inspect log recover": real("unfinished"),
        "size or checksum differs": write(Member("header.json", b"x" * 1000, packed=bomb)),
        "is larger than 8 MiB": write(Member("header.json", b"", claims=1024**3)),
        "is not the JSON": write(Member("header.json", b"[" * (8 * 1024 * 1024))),
    }
    for words, data in cases.items():
        log = read(evaluator, upload(evaluator, row, data))
        assert log.run is None and words in log.refused, log.refused
        assert escape(log.refused) in client.get(f"/assignments/{row.reference}/runs/{log.pk}/").content.decode()
    run_due(kinds=("notifications.tell",))
    assert "A log could not be read" in client.get("/notifications/").content.decode()
    with acting(evaluator):
        assert not EvaluationRun.objects.exists()


def test_a_body_above_the_limit_is_answered_before_it_is_read(world: World, settings: Any) -> None:
    evaluator, row = under_test(world)
    client = client_for(evaluator)
    address, gigabyte = f"/assignments/{row.reference}/runs/upload/", str(1024**3)

    class Unread(io.BytesIO):
        def read(self, *args: Any) -> bytes:
            raise AssertionError("the body was read")

    def send(path: str) -> Any:
        return client.generic(
            "POST", path, content_type="multipart/form-data; boundary=x",
            **{"CONTENT_LENGTH": gigabyte, "wsgi.input": Unread()},  # type: ignore[arg-type]
        )  # fmt: skip

    answer = send(address)
    assert answer.status_code == 413
    assert "larger than 512 MiB" in answer.content.decode().split('id="id_file_error"')[1]
    assert send(f"/assignments/{row.reference}/prepare/").status_code == 413
    with acting(evaluator):
        assert not RunLog.objects.exists()


def test_the_same_bytes_lead_to_the_first_run(world: World) -> None:
    evaluator, row = under_test(world)
    first = read(evaluator, upload(evaluator, row, real("tools-5-of-5")))
    again = upload(evaluator, row, real("tools-5-of-5"))
    assert again.pk == first.pk
    answer = post(client_for(evaluator), row, real("tools-5-of-5"))
    assert answer["Location"].endswith(f"/runs/{first.pk}/")
    with acting(evaluator):
        assert RunLog.objects.count() == EvaluationRun.objects.count() == 1


@pytest.mark.parametrize("about", [{"model": "openai/another"}, {}])
def test_another_model_or_another_time_needs_a_reason(world: World, about: dict[str, str]) -> None:
    evaluator, row = under_test(world)
    long_ago = (timezone.now() - timedelta(days=40)).isoformat(timespec="seconds")
    changes = {} if about else {"stats": {"started_at": long_ago, "completed_at": long_ago}}
    data = own(changes, **about)
    log = read(evaluator, upload(evaluator, row, data, reason_for_import=" "))
    assert ("names “model”" if about else "outside the access window") in log.refused
    again = read(evaluator, upload(evaluator, row, data))
    assert again.pk != log.pk, "a refused log does not block a second try"
    assert again.run is not None and again.run.reason_for_import == WHY


def test_what_fits_needs_no_reason(world: World) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, own(), reason_for_import=""))
    assert log.run is not None and log.run.status == "finished"


def test_a_run_of_errors_failed_and_a_stopped_one_stopped(world: World) -> None:
    evaluator, row = under_test(world)
    errors = [{"id": i, "epoch": 1, "error": "401", "scores": {}} for i in range(5)]
    failed = read(evaluator, upload(evaluator, row, own({"results": {}}, errors))).run
    assert failed is not None and (failed.status, failed.n_error, failed.n_invalid) == ("failed", 5, 5)
    stopped = read(evaluator, upload(evaluator, row, own({"status": "cancelled"}, task_id="t2"))).run
    assert stopped is not None and stopped.status == "stopped"
    with acting(evaluator):
        assert not Result.objects.filter(run=failed).exists()


def test_scores_that_are_no_share_are_kept_out_with_a_warning(world: World) -> None:
    evaluator, row = under_test(world)
    rows = [{"id": 1, "epoch": 1, "scores": {"list": {"value": [1, 2]}, "points": {"value": 7}, "s": {"value": "C"}}}]
    run = read(evaluator, upload(evaluator, row, own({}, rows))).run
    assert run is not None
    with acting(evaluator):
        assert [r.scorer for r in Result.objects.filter(run=run)] == ["s"]
    said = " ".join(run.warnings)
    assert "“list”" in said and "“points” gives values outside 0 to 1" in said


def test_a_later_log_of_the_same_task_stands_in_its_place(world: World) -> None:
    evaluator, row = under_test(world)
    earlier = read(evaluator, upload(evaluator, row, own())).run
    later_at = (timezone.now() + timedelta(minutes=5)).isoformat(timespec="seconds")
    later = read(evaluator, upload(evaluator, row, own({"stats": {"started_at": later_at, "completed_at": later_at}})))
    assert earlier is not None and later.run is not None
    with acting(evaluator):
        earlier.refresh_from_db()
        assert earlier.superseded_by_id == later.run.pk
        assert "newer log" in policies.may_share_run(evaluator, earlier).sentence


def test_only_an_attested_evaluator_uploads_and_only_while_it_is_tested(world: World) -> None:
    evaluator, row = under_test(world)
    for person in (world.person("commerce-caisi", "evaluator", 1), world.person("aurora", "drafter")):
        with acting(person), pytest.raises(Refused):
            actions.upload_log(
                assignment=row, file=io.BytesIO(own()), file_name="a", domain="cybersecurity", variant="production",
                restricted=False, reason_for_import="", by=person,
            )  # fmt: skip
    with pytest.raises(Invalid, match="the variant that was tested"):
        upload(evaluator, row, own(), variant="helpful_only")
    late = upload(evaluator, row, own())
    with acting(world.person("aurora", "security")) as by:
        actions.stop(assignment=row, reason="Unexpected traffic.", by=by)
    assert "stopped before the log was read" in read(evaluator, late).refused
    with acting(evaluator):
        row.refresh_from_db()
    with pytest.raises(Refused, match="Runs are recorded from"):
        upload(evaluator, row, own({"status": "cancelled"}))


def test_a_sealed_log_opens_for_its_agency_in_its_place_and_whole(world: World) -> None:
    evaluator, row = under_test(world)
    data = own() + bytes(range(256)) * 9000  # more than two segments
    log = upload(evaluator, row, data + b"PK\x05\x06")
    keys, slug = envelope.provider(), "commerce-caisi"
    assert b"".join(sealed_files.read(keys, actions.place(log), log.stored_as, slug)) == data + b"PK\x05\x06"
    with storage.open_sealed(log.stored_as) as file:
        sealed = file.read()
    head = sealed.index(b"\n") + 1
    segment = sealed_files.SEALED_SEGMENT
    swapped = sealed[:head] + sealed[head + segment : head + 2 * segment] + sealed[head : head + segment]
    other = envelope.Place(log.pk, "log", world.agency("treasury").pk, 1)
    broken = [
        (actions.place(log), storage.put_sealed([sealed[: head + 2 * segment]]), slug),
        (actions.place(log), storage.put_sealed([swapped + sealed[head + 2 * segment :]]), slug),
        (actions.place(log), storage.put_sealed([sealed[:-1] + bytes([sealed[-1] ^ 1])]), slug),
        (other, log.stored_as, slug),
        (actions.place(log), log.stored_as, "treasury"),
    ]
    for place, stored_as, recipient in broken:
        with pytest.raises(envelope.SealBroken):
            list(sealed_files.read(keys, place, stored_as, recipient))
    for part in (b"header.json", b"summaries.json"):
        assert part in data and part not in sealed, "nothing of the log stands in the clear"


def test_a_damaged_blob_is_refused_with_a_sentence(world: World) -> None:
    evaluator, row = under_test(world)
    log = upload(evaluator, row, own())
    with acting(evaluator):
        RunLog.objects.filter(pk=log.pk).update(stored_as=storage.put_sealed([b"{}\n" + b"0" * 60]))
    assert "does not open any more" in read(evaluator, log).refused


def test_a_worker_that_gives_up_is_said_on_the_page(world: World) -> None:
    evaluator, row = under_test(world)
    log = upload(evaluator, row, own())
    Job.objects.filter(kind=READ[0]).update(state=Job.State.DEAD)
    page = client_for(evaluator).get(f"/assignments/{row.reference}/runs/{log.pk}/").content.decode()
    assert "could not read the log" in page and "administrator" in page


def test_items_of_two_agencies_cannot_be_linked(world: World) -> None:
    caisi, treasury = (item_key(world.agency(slug).pk) for slug in ("commerce-caisi", "treasury"))
    assert len(caisi) == 32 and caisi != treasury and caisi == item_key(world.agency("commerce-caisi").pk)


def test_a_stream_that_breaks_off_leaves_no_file(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError("the line is dead")

    with pytest.raises(OSError, match="dead"):
        storage.put_sealed(pieces())
    assert [p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()] == []
    with storage.open_sealed(storage.put_sealed(iter([b"a", b"b"]))) as file:
        assert file.read() == b"ab"
    assert [p.name for p in settings.MEDIA_ROOT.iterdir()] == ["sealed"]
