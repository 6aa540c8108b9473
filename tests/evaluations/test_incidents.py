"""An incident is one side's own until the other is notified, within the agreement's hours; nobody else ever reads of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.seats import seats_of
from audit.models import Event
from core.decisions import Invalid, Refused
from early_access.models import AccessCredential
from evaluations import actions, policies
from evaluations.actions.incidents import FIELD, SAY_INCIDENT
from evaluations.models import EvaluationAssignment, EvaluationIncident, IncidentNote
from evaluations.queries.calendar import calendar
from evaluations.workflow import INCIDENT
from jobs.testing import run_due
from notifications.models import Mail
from tests.evaluations.test_runs import under_test
from tests.world import World, acting, client_for

SECRET = "The key stood in a notebook that a contractor could read."


def told(**changes: Any) -> dict[str, Any]:
    now = timezone.now()
    return {
        "kind": "credential", "severity": "high", "discovered_at": now - timedelta(hours=1), "what_happened": SECRET,
        "what_was_done": "The notebook was closed.",
    } | changes  # fmt: skip


def report(by: User, row: EvaluationAssignment, **changes: Any) -> EvaluationIncident:
    with acting(by):
        return actions.report_incident(assignment=row, by=by, **told(**changes))


def step(by: User, incident: EvaluationIncident, verb: str, text: str = "", **more: Any) -> EvaluationIncident:
    with acting(by):
        return actions.move_incident(incident=seen(by, incident), verb=verb, text=text, by=by, **more)


def seen(by: User, incident: EvaluationIncident) -> EvaluationIncident:
    related = ("assignment__request", "assignment__agency", "assignment__developer", "reporter")
    with acting(by):
        return EvaluationIncident.objects.visible_to(by).select_related(*related).get(pk=incident.pk)


def status(person: User, path: str) -> int:
    return int(client_for(person).get(path).status_code)


def test_every_verb_has_its_field_and_its_sentence() -> None:
    assert set(FIELD) == INCIDENT.move_names
    assert set(SAY_INCIDENT) == {m.name for m in INCIDENT.moves if m.needs_reason}


def test_the_agency_walks_an_incident_and_the_developer_reads_it_once_notified(world: World) -> None:
    evaluator, row = under_test(world)
    security, rival = world.person("aurora", "security"), world.person("basalt", "security")
    mine, theirs = client_for(evaluator), client_for(security)
    home = f"/assignments/{row.reference}/"
    assert "No incident was reported." in theirs.get(home).content.decode()
    sent = {key: value for key, value in told().items() if key != "discovered_at"}
    page = mine.post(f"{home}incidents/new/", sent)
    assert "in UTC" in page.content.decode()
    late = timezone.now() + timedelta(days=2)
    page = mine.post(f"{home}incidents/new/", sent | {"discovered_at": f"{late:%Y-%m-%d %H:%M}"}).content.decode()
    assert "this one lies ahead" in page
    at = timezone.now() - timedelta(hours=1)
    answer = mine.post(f"{home}incidents/new/", sent | {"discovered_at": f"{at:%Y-%m-%d %H:%M}"})
    where = answer["Location"]
    assert answer.status_code == 302 and "reads nothing of it yet" in mine.get(where).content.decode()
    assert theirs.get(where).status_code == 404 and where not in theirs.get(home).content.decode()
    assert where in mine.get("/inbox/").content.decode() and where in mine.get("/incidents/").content.decode()
    assert "Say how it was contained" in mine.post(f"{where}moves/contain/", {"text": " "}).content.decode()
    done = mine.post(f"{where}moves/contain/", {"text": "Nobody opens it.", "measures": ["pause"]})
    assert done.status_code == 302 and "Pause testing" in mine.get(where).content.decode()
    with acting(evaluator):
        assert EvaluationAssignment.objects.get(pk=row.pk).status == "paused"
    assert theirs.get(where).status_code == 404, "contained is not told"
    assert mine.post(f"{where}moves/notify/", {"text": "Please seal another key."}).status_code == 302
    run_due(kinds=("notifications.tell",))
    page = theirs.get(where).content.decode()
    assert SECRET in page and "Please seal another key." in page and "after its time" not in page
    assert "An incident in a test" in theirs.get("/notifications/").content.decode()
    assert where in theirs.get("/inbox/").content.decode() and where in theirs.get("/incidents/").content.decode()
    assert status(rival, where) == 404 and status(world.person("treasury", "evaluator"), where) == 404
    assert "Incident" not in client_for(rival).get("/inbox/").content.decode().split("<main", 1)[1]
    assert theirs.post(f"{where}moves/investigate/", {"text": "Ours."}).status_code == 403
    for verb, text in (("investigate", "One person read it."), ("close", "Keys stay out of notebooks.")):
        assert mine.post(f"{where}moves/{verb}/", {"text": text}).status_code == 302
        assert text in theirs.get(where).content.decode()
    run_due(kinds=("notifications.tell",))
    with acting(security):
        assert not Mail.objects.filter(body__contains="notebook").exists()
        found = Event.objects.filter(verb__startswith="evaluations.incident_")
        assert {"evaluations.incident_notify", "evaluations.incident_close"} <= set(
            found.values_list("verb", flat=True)
        )


def test_the_developer_revokes_its_key_with_the_containment(world: World) -> None:
    evaluator, row = under_test(world)
    security = world.person("aurora", "security")
    incident = report(security, row)
    assert incident.told_id is None and incident.reporter_id == row.developer_id
    assert status(evaluator, incident.get_absolute_url()) == 404
    with pytest.raises(Invalid, match="not both"):
        step(security, incident, "contain", "Done.", measures=["pause", "stop"])
    with pytest.raises(Refused):
        step(security, incident, "contain", "Done.", measures=["revoke_key", "pause"])
    with acting(security):
        assert AccessCredential.objects.filter(revoked_at=None).exists(), "nothing was done by halves"
    after = step(security, incident, "contain", "The key is dead.", measures=["revoke_key", "stop"])
    assert (after.status, after.measures) == ("contained", ["revoke_key", "stop"])
    with acting(security):
        assert not AccessCredential.objects.filter(revoked_at=None).exists()
        assert EvaluationAssignment.objects.get(pk=row.pk).status == "stopped"
    step(security, incident, "notify")
    assert status(evaluator, incident.get_absolute_url()) == 200, "a stopped test keeps its incidents"


def test_it_can_be_told_before_it_is_contained_and_is_not_investigated_before(world: World) -> None:
    evaluator, row = under_test(world)
    incident = report(evaluator, row)
    assert report(evaluator, row, discovered_at=incident.discovered_at).pk == incident.pk, "sent twice is one"
    step(evaluator, incident, "notify")
    with pytest.raises(Refused, match="not contained yet"):
        step(evaluator, incident, "investigate", "Looked.")
    assert step(evaluator, incident, "contain_after", "Closed.").status == "notified"
    with pytest.raises(Refused, match="is recorded"):
        step(evaluator, incident, "contain_after", "Closed again.")
    assert step(evaluator, incident, "investigate", "Looked.").status == "investigated"


def test_the_clock_runs_from_the_discovery_and_a_late_notice_says_so(world: World) -> None:
    evaluator, row = under_test(world)
    incident = report(evaluator, row, discovered_at=timezone.now() - timedelta(hours=25))
    assert incident.notice_hours == 24 and incident.notice_due_at < timezone.now()
    client = client_for(evaluator)
    assert "Overdue" in client.get(incident.get_absolute_url()).content.decode()
    assert "Overdue" in client.get("/incidents/").content.decode()
    step(evaluator, incident, "notify")
    assert (
        "after its time"
        in client_for(world.person("aurora", "drafter")).get(incident.get_absolute_url()).content.decode()
    )


def test_who_may_not(world: World) -> None:
    evaluator, row = under_test(world)
    for home, role in (("aurora", "signatory"), ("commerce", "router"), ("basalt", "security")):
        person = world.person(home, role)
        with acting(person):
            assert not policies.may_report_incident(person, row), (home, role)
    incident = report(evaluator, row)
    with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
        EvaluationIncident.objects.filter(pk=incident.pk).update(what_happened="Nothing.")
    with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
        EvaluationIncident.objects.filter(pk=incident.pk).update(told=row.developer)


def test_the_api_reports_and_moves(world: World) -> None:
    evaluator, row = under_test(world)
    client, at = client_for(evaluator), timezone.now().isoformat()
    sent = told(discovered_at=at)
    made = client.post(f"/api/v1/assignments/{row.reference}/incidents/", sent, content_type="application/json")
    assert made.status_code == 201, made.content
    where = f"/api/v1/incidents/{made.json()['reference']}/"
    assert [m["name"] for m in made.json()["moves"]] == ["contain", "notify"]
    body = {"text": "Done.", "measures": ["pause"]}
    done = client.post(f"{where}moves/contain/", body, content_type="application/json")
    assert done.status_code == 200 and done.json()["measures"] == ["pause"], done.content
    theirs = client_for(world.person("aurora", "drafter"))
    assert theirs.get(where).status_code == 404 and theirs.get("/api/v1/incidents/").json()["results"] == []
    assert client.post(f"{where}moves/notify/", {}, content_type="application/json").json()["status"] == "notified"
    assert theirs.get(where).json()["what_happened"] == SECRET and theirs.get(where).json()["moves"] == []
    assert len(theirs.get(f"/api/v1/assignments/{row.reference}/incidents/").json()["results"]) == 1


def test_notes_go_with_the_incident_and_stay_as_written(world: World) -> None:
    evaluator, row = under_test(world)
    security, rival = world.person("aurora", "security"), world.person("basalt", "security")
    incident = report(evaluator, row)
    where, mine, theirs = incident.get_absolute_url(), client_for(evaluator), client_for(security)
    notes = f"{where}notes/"
    empty = mine.post(notes, {"text": " "})
    assert empty.status_code == 400 and "Say what became known" in empty.content.decode()
    for text in ("The contractor left in May.", "The contractor left in May.", "His notebook was found."):
        assert mine.post(notes, {"text": text}).status_code == 302
    with acting(evaluator):
        assert IncidentNote.objects.count() == 2, "sent twice is one"
    assert theirs.post(notes, {"text": "Ours."}).status_code == 404
    with acting(security):
        assert not IncidentNote.objects.exists(), "untold is nobody else's"
    step(evaluator, incident, "notify")
    assert "His notebook was found." in theirs.get(where).content.decode()
    assert theirs.post(notes, {"text": "We replaced the key at noon."}).status_code == 302
    page = mine.get(where).content.decode()
    assert page.index("His notebook") < page.index("We replaced the key at noon.")
    run_due(kinds=("notifications.tell",))
    assert "A note was added to an incident" in mine.get("/notifications/").content.decode()
    told = mine.get(f"/api/v1/incidents/{incident.reference}/").json()["notes"]
    assert [(n["side"], n["text"][:10]) for n in told[1:]] == [
        ("agency", "His notebo"),
        ("developer", "We replace"),
    ]
    assert status(rival, where) == 404 and client_for(rival).post(notes, {"text": "x"}).status_code == 404
    drafts = world.person("aurora", "signatory")
    assert client_for(drafts).post(notes, {"text": "x"}).status_code == 403
    with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
        IncidentNote.objects.filter(incident=incident.pk).update(text="Nothing.")
    sent = client_for(evaluator).post(
        f"/api/v1/incidents/{incident.reference}/notes/", {"text": "By program."}, content_type="application/json"
    )
    assert sent.status_code == 200 and sent.json()["notes"][-1]["text"] == "By program."


def test_it_is_found_and_due_where_its_side_looks(world: World) -> None:
    evaluator, row = under_test(world)
    security = world.person("aurora", "security")
    incident = report(evaluator, row)
    where = incident.get_absolute_url()
    request = f"/requests/{seen(evaluator, incident).assignment.request.reference}/"
    for person, sees in ((evaluator, True), (security, False)):
        client = client_for(person)
        assert (where in client.get(request).content.decode()) is sees
        assert (where in client.get(f"/search/?q={incident.reference[:7]}").content.decode()) is sees
        with acting(person):
            entries = [entry for entry in calendar(person, seats_of(person)) if entry.url == where]
        assert [entry.begins for entry in entries] == ([incident.notice_due_at] if sees else [])
    assert where not in client_for(evaluator).get("/search/?q=notebook").content.decode(), "words are not searched"
    step(evaluator, incident, "notify")
    assert where in client_for(security).get(request).content.decode()
    assert where not in client_for(world.person("treasury", "evaluator")).get(request).content.decode()
    with acting(evaluator):
        assert not [entry for entry in calendar(evaluator, seats_of(evaluator)) if entry.url == where], (
            "told is not due"
        )
