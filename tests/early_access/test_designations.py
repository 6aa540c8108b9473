"""Designation inquiries: NSA replies in order, and nothing tells a threshold or which answer it was; pages and programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.decisions import Invalid, Refused
from early_access import forms_inquiries, inquiries
from early_access.models import Designation, DesignationInquiry
from early_access.workflow import DESIGNATION_INQUIRY
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.inquired import (
    COLLEAGUES,
    DRAFTER,
    FROM,
    NOTE,
    NSA,
    OUTCOMES,
    RIVAL,
    SECURITY,
    STEPS,
    another,
    answer_with,
    asked,
    at,
    do,
    trace,
)
from tests.early_access.test_keys import told
from tests.world import World, client_for


@pytest.mark.parametrize("verb", STEPS)
def test_only_nsa_replies_once_and_in_order(world: World, verb: str) -> None:
    inquiry = at(world, FROM[verb])
    for who in (DRAFTER, SECURITY):
        with pytest.raises(Refused, match="Only NSA replies"):
            do(world, inquiry, verb, who, **STEPS[verb])
    for who in (RIVAL, *COLLEAGUES):
        with pytest.raises(DesignationInquiry.DoesNotExist):
            do(world, inquiry, verb, who, **STEPS[verb])
    do(world, inquiry, verb, NSA, **STEPS[verb])
    with pytest.raises(Refused):
        do(world, inquiry, verb, NSA, **STEPS[verb])
    with pytest.raises(Refused):
        do(world, inquiry, "submit_inquiry", DRAFTER)


def test_the_answer_is_chosen_and_dated(world: World) -> None:
    inquiry, today = at(world, "under_benchmark"), timezone.now().date()
    for wrong, field in (
        ({"outcome": "0.87"}, "outcome"), ({"office": "Room 12, above 10^26"}, "office"),
        ({"answered_on": today + timedelta(days=1)}, "answered_on"),
        ({"answered_on": today - timedelta(days=1)}, "answered_on"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            do(world, inquiry, "determine", NSA, **answer_with("designated") | wrong)
        assert [p.field for p in refused.value.problems] == [field]
    with pytest.raises(Invalid, match="reason from the list"):
        do(world, inquiry, "close_undetermined", NSA, because="It scored too low.")
    do(world, inquiry, "close_undetermined", NSA, because="not_examined")
    page = client_for(world.person(*DRAFTER)).get(f"/inquiries/{inquiry.reference}/").content.decode()
    assert "The checkpoint could not be examined" in page
    assert told(world, "inquiry_ended", *DRAFTER) == 1


def test_no_column_and_no_field_of_nsas_side_takes_a_figure_or_a_word() -> None:
    """Every column of the answer is chosen, a day, or drawn at random; every field of NSA's forms is chosen or a day."""
    typed = [
        f.name for f in Designation._meta.concrete_fields
        if not f.is_relation and not f.choices and not isinstance(f, models.DateField)
        and f.name not in ("id", "pointer")
    ]  # fmt: skip
    assert typed == []
    for form in (forms_inquiries.AnswerForm, forms_inquiries.ClosingForm):
        for name, field in form.base_fields.items():
            assert hasattr(field, "choices") or name == "answered_on", f"{form.__name__}.{name} can be typed into"


def test_there_is_one_way_to_every_answer() -> None:
    assert [(m.name, m.sources) for m in DESIGNATION_INQUIRY.moves if m.target == "determined"] == [
        ("determine", ("under_benchmark",))
    ]
    assert [m.name for m in DESIGNATION_INQUIRY.moves if m.target == "under_benchmark"] == ["begin_benchmark"]
    assert set(inquiries.MEANS) == set(OUTCOMES) and set(inquiries.WHOSE) == set(DESIGNATION_INQUIRY.by_name)


def test_nothing_but_its_own_page_tells_which_answer_it_was(world: World) -> None:
    """Notices, mail, jobs, the record, lists, inbox, search, timeline: the same words and as many statements for each."""
    traces = {}
    for outcome in OUTCOMES:
        with transaction.atomic():
            traces[outcome] = trace(world, outcome)
            transaction.set_rollback(True)
    first = traces[OUTCOMES[0]]
    for outcome in OUTCOMES[1:]:
        different = [key for key in first if traces[outcome][key] != first[key]]
        assert different == [], f"{outcome}: {[(traces[outcome][k][:600], first[k][:600]) for k in different[:1]]}"


def test_an_answer_never_changes(world: World) -> None:
    inquiry = at(world, "determined")
    with acting(world.person(*NSA)):
        for change in ({"outcome": "designated"}, {"office": "ai_security"}):
            with pytest.raises(DatabaseError, match="do not change"), transaction.atomic():
                Designation.objects.filter(inquiry=inquiry).update(**change)
        with pytest.raises(DatabaseError, match="cannot go"), transaction.atomic():
            DesignationInquiry.objects.filter(pk=inquiry.pk).update(status="under_benchmark")
    with acting(world.person(*DRAFTER)) as by, pytest.raises(DatabaseError), transaction.atomic():
        other = asked(world, another(world, "heron-rc2"))
        Designation.objects.create(
            inquiry=other, developer=world.aurora, agency=world.agency("defense-nsa"), outcome="designated",
            office="director", answered_on=timezone.now().date(), recorded_by=by,
        )  # fmt: skip


def test_over_http(world: World) -> None:
    checkpoint = make.checkpoint(world)
    developer, nsa = client_for(world.person(*DRAFTER)), client_for(world.person(*NSA))
    assert nsa.get("/inquiries/new/").status_code == 404
    assert "Draft the first one" in developer.get("/inquiries/").content.decode()
    typed = {"checkpoint": str(checkpoint.pk), "classified_reply": "known", "note": NOTE}
    page = developer.post("/inquiries/new/", typed | {"checkpoint": ""})
    assert "Choose the checkpoint that you ask about" in page.content.decode() and NOTE in page.content.decode()
    url = developer.post("/inquiries/new/", typed)["Location"]
    assert "What NSA will read" in developer.get(url).content.decode()
    assert "You send it, or you do not" in developer.get("/inbox/").content.decode()
    assert developer.post(f"{url}move/submit/").status_code == 302
    assert developer.post(f"{url}move/submit/").status_code == 403
    assert developer.get(f"{url}move/submit/").status_code == 302
    assert developer.post(f"{url}move/approve/").status_code == 404
    assert url in nsa.get("/inbox/").content.decode() and url in nsa.get("/inquiries/").content.decode()
    for verb in ("acknowledge", "begin_benchmark"):
        assert nsa.post(f"{url}move/{verb}/").status_code == 302
    assert developer.get(f"{url}answer/").status_code == 403
    form = nsa.get(f"{url}answer/").content.decode()
    assert "no score, threshold or criterion can be entered here" in form
    bad = nsa.post(f"{url}answer/", {"outcome": "designated", "office": "director", "answered_on": "2020-01-01"})
    assert "from the day it was asked to today" in bad.content.decode()
    sent = {key: str(value) for key, value in answer_with("not_designated").items()}
    assert nsa.post(f"{url}answer/", sent).status_code == 302
    assert nsa.post(f"{url}answer/", sent).status_code == 403
    said = " ".join(developer.get(url).content.decode().split())
    assert "Not designated as a covered frontier model." in said and "Office of the Director, NSA" in said
    assert "approved" not in said.lower()
    request = make.submitted(world)
    assert url in developer.get(f"/requests/{request.reference}/").content.decode()
    assert (
        url
        not in client_for(world.person("commerce", "intake")).get(f"/requests/{request.reference}/").content.decode()
    )


def test_over_the_api(world: World) -> None:
    checkpoint, kind = make.checkpoint(world), {"content_type": "application/json"}
    developer, nsa, rival = (client_for(world.person(*who)) for who in (DRAFTER, NSA, RIVAL))
    body = {"checkpoint": str(checkpoint.pk), "classified_reply": "arrange"}
    made = developer.post("/api/v1/inquiries/", body, **kind)
    assert (made.status_code, made.json()["status"], made.json()["designation"]) == (201, "draft", None)
    assert nsa.post("/api/v1/inquiries/", body, **kind).status_code == 400
    path = f"/api/v1/inquiries/{made.json()['reference']}/"
    changed = developer.put(path, body | {"note": "More.", "row_version": 1}, **kind)
    assert (changed.status_code, changed.json()["note"]) == (200, "More.")
    assert developer.put(path, body | {"note": "Else.", "row_version": 1}, **kind).status_code == 409
    assert developer.post(f"{path}moves/submit/", {}, **kind).json()["status"] == "submitted"
    assert rival.get(path).status_code == rival.post(f"{path}moves/withdraw/", {}, **kind).status_code == 404
    assert rival.get("/api/v1/inquiries/").json()["results"] == []
    for verb in ("acknowledge", "begin_benchmark"):
        assert nsa.post(f"{path}moves/{verb}/", {}, **kind).status_code == 200
    answer = {"outcome": "designated", "office": "cybersecurity", "answered_on": str(timezone.now().date())}
    assert nsa.post(f"{path}moves/determine/", answer | {"score": 0.9}, **kind).status_code == 400
    assert nsa.post(f"{path}moves/determine/", answer | {"outcome": "approved"}, **kind).status_code == 400
    assert developer.post(f"{path}moves/determine/", answer, **kind).status_code == 403
    said = nsa.post(f"{path}moves/determine/", answer, **kind).json()
    assert (said["status"], said["designation"]["outcome"], said["model"]) == ("determined", "designated", None)
    shown = developer.get(path).json()
    assert shown["designation"] == said["designation"] and shown["model"] == checkpoint.model.reference
    (row,) = developer.get("/api/v1/inquiries/?status=determined").json()["results"]
    assert set(row) == {"reference", "status", "developer", "codename", "submitted_at"}
    assert developer.post(f"{path}moves/withdraw/", {}, **kind).status_code == 403


@pytest.mark.parametrize("who", [DRAFTER, NSA])
def test_query_counts(world: World, who: tuple[str, str]) -> None:
    inquiry = at(world, "determined")
    client = client_for(world.person(*who))
    counts = []
    for number in range(3):
        client.get("/inquiries/")
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/inquiries/").status_code == 200
        counts.append(len(counted))
        made = asked(world, another(world, f"heron-x{number}"))
        if number == 0:
            do(world, made, "submit_inquiry", DRAFTER)
    assert counts[0] == counts[1] == counts[2] <= 20, counts
    with CaptureQueriesContext(connection) as counted:
        assert client.get(f"/inquiries/{inquiry.reference}/").status_code == 200
    assert len(counted) <= 30, len(counted)
