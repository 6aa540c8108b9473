"""Designation inquiries: a developer asks, only NSA's designation authorities read and reply, and nothing tells a threshold."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership
from accounts.seats import seats_of
from audit.models import Event
from core import rls
from core.decisions import Conflict, Invalid, Refused
from developers import actions as developers
from developers.models import FrontierModel, ModelCheckpoint
from early_access import actions, forms_inquiries, inquiries, policies
from early_access.models import Designation, DesignationInquiry
from early_access.workflow import DESIGNATION_INQUIRY, INQUIRY_OPEN
from jobs.models import Job
from jobs.testing import run_due
from notifications.models import Mail, Notice
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_keys import told
from tests.world import World, client_for

DRAFTER, SECURITY, RIVAL = ("aurora", "drafter"), ("aurora", "security"), ("basalt", "drafter")
NSA = ("defense-nsa", "designator")
# People of NSA and of its parent who have no business with it.
COLLEAGUES = (("defense-nsa", "evaluator"), ("defense-nsa", "validator"), ("defense", "router"))
OUTCOMES = list(Designation.Outcome.values)
NOTE = "Trained on code since spring."


def another(world: World, label: str, developer: str = "aurora") -> ModelCheckpoint:
    """One more checkpoint of the developer's model."""
    first = make.checkpoint(world, developer)
    with acting(world.person(developer, "drafter")) as by:
        model = FrontierModel.objects.get(pk=first.model_id)
        return developers.register_checkpoint(
            model=model, label=label, configuration_sha256="cd" * 32, variants=["production"], by=by
        )


def asked(world: World, checkpoint: ModelCheckpoint | None = None, developer: str = "aurora") -> DesignationInquiry:
    row = checkpoint or make.checkpoint(world, developer)
    with acting(world.person(developer, "drafter")) as by:
        return actions.ask(
            developer=world.organisations[developer], checkpoint=row.pk, classified_reply="known", note=NOTE, by=by
        )


def do(world: World, inquiry: DesignationInquiry, verb: str, who: tuple[str, str], **kwargs: Any) -> DesignationInquiry:
    with acting(world.person(*who)) as by:
        row = DesignationInquiry.objects.get(pk=inquiry.pk)
        done: DesignationInquiry = getattr(actions, verb)(inquiry=row, by=by, **kwargs)
        return done


def answer_with(outcome: str) -> dict[str, Any]:
    return {"outcome": outcome, "office": "director", "answered_on": timezone.now().date()}


def at(world: World, state: str, checkpoint: ModelCheckpoint | None = None, **kwargs: Any) -> DesignationInquiry:
    """An inquiry that has come so far, by the real actions."""
    row = asked(world, checkpoint)
    steps = (
        ("submit_inquiry", DRAFTER, {}), ("acknowledge_inquiry", NSA, {}), ("begin_benchmark", NSA, {}),
        ("determine", NSA, answer_with("not_designated") | kwargs),
    )  # fmt: skip
    for name, (verb, who, more) in zip(
        ("submitted", "acknowledged", "under_benchmark", "determined"), steps, strict=True
    ):
        if row.status == state:
            return row
        row = do(world, row, verb, who, **more)
        assert row.status == name
    return row


def test_a_developer_asks_and_nsa_answers_by_pointer(world: World) -> None:
    inquiry = at(world, "under_benchmark")
    assert (told(world, "inquiry_submitted", *NSA), told(world, "inquiry_acknowledged", *SECURITY)) == (1, 1)
    assert [told(world, "inquiry_submitted", *who) for who in COLLEAGUES] == [0, 0, 0]
    do(world, inquiry, "determine", NSA, **answer_with("answered_by_classified_channel"))
    assert (told(world, "inquiry_ended", *DRAFTER), told(world, "inquiry_ended", *RIVAL)) == (1, 0)
    with acting(world.person(*DRAFTER)):
        answer = Designation.objects.get(inquiry=inquiry)
    page = client_for(world.person(*DRAFTER)).get(f"/inquiries/{inquiry.reference}/").content.decode()
    assert "Answered by classified channel" in page and answer.pointer in page and NOTE in page
    assert "It approves, blocks and delays nothing." in " ".join(page.split())
    assert re.fullmatch(r"PTR-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.pointer)


@pytest.mark.parametrize("who", COLLEAGUES)
def test_nobody_at_nsa_but_its_designation_authority_reads_an_inquiry(world: World, who: tuple[str, str]) -> None:
    inquiry = at(world, "determined")
    with acting(world.person(*who)) as by:
        assert not DesignationInquiry.objects.exists() and not Designation.objects.exists(), "the second wall"
        assert DesignationInquiry.objects.newest_for(by, columns=()) == []
        assert DesignationInquiry.objects.count_for(by) == 0
    with rls.context(organisations=(world.agency("defense-nsa").pk,)):  # as a worker of NSA
        assert not DesignationInquiry.objects.exists()
    client = client_for(world.person(*who))
    for path in ("", "answer/", "close/", "withdraw/", "change/"):
        assert client.get(f"/inquiries/{inquiry.reference}/{path}").status_code == 404
    for path in ("/inquiries/", "/inbox/", f"/search/?q={inquiry.reference}", "/search/?q=Heron", "/models/"):
        text = client.get(path, follow=True).content.decode()
        assert "heron-rc1" not in text and "/inquiries/INQ" not in text, path


def test_the_first_wall_holds_without_the_second(world: World) -> None:
    """What `visible_to` and the lists give a colleague, where the database shows everything."""
    at(world, "submitted")
    person = world.person("defense", "router")
    with rls.context(user=world.staff.pk):
        assert DesignationInquiry.objects.count() == 1
        assert seats_of(person).holds(world.agency("defense-nsa").pk), "a seat at the component, through its parent"
        assert not DesignationInquiry.objects.visible_to(person).exists()
        assert DesignationInquiry.objects.newest_for(person, columns=()) == []
        designator = world.person(*NSA)
        assert DesignationInquiry.objects.visible_to(designator).count() == 1
        assert len(DesignationInquiry.objects.newest_for(designator, columns=("status",))) == 1
        assert DesignationInquiry.objects.count_for(designator, only={"status": "submitted"}) == 1
        assert DesignationInquiry.objects.count_for(designator, only={"status": "draft"}) == 0


def test_the_role_at_the_parent_opens_nothing(world: World) -> None:
    inquiry = at(world, "under_benchmark")
    person = world.person("defense", "router")
    with rls.context(user=person.pk, actor="system:test"):
        Membership.objects.filter(user=person).update(roles=["router", "designator"])
    client = client_for(person)
    assert client.get(f"/inquiries/{inquiry.reference}/").status_code == 404
    assert inquiry.reference not in client.get("/inquiries/").content.decode()
    with rls.context(user=world.staff.pk):
        row = DesignationInquiry.objects.get(pk=inquiry.pk)
        assert "Only NSA replies" in policies.may_determine(world.person("defense", "router"), row).reason


def test_a_draft_is_the_developers_alone(world: World) -> None:
    inquiry = asked(world)
    assert inquiry.agency_id is None
    assert client_for(world.person(*NSA)).get(f"/inquiries/{inquiry.reference}/").status_code == 404
    rival = client_for(world.person(*RIVAL))
    for path in ("", "change/", "withdraw/", "answer/"):
        assert rival.get(f"/inquiries/{inquiry.reference}/{path}").status_code == 404
    assert rival.post(f"/inquiries/{inquiry.reference}/move/submit/").status_code == 404
    do(world, inquiry, "withdraw_inquiry", SECURITY)
    assert told(world, "inquiry_withdrawn", *NSA) == 0, "NSA never had it"
    assert client_for(world.person(*NSA)).get(f"/inquiries/{inquiry.reference}/").status_code == 404


def test_a_draft_changes_and_a_stale_form_loses_nothing(world: World) -> None:
    inquiry, later = asked(world), another(world, "heron-rc2")
    sent = {"checkpoint": later.pk, "classified_reply": "nobody", "note": "Other words."}
    changed = do(world, inquiry, "change_inquiry", SECURITY, row_version=1, **sent)
    assert (changed.checkpoint_label, changed.configuration_sha256, changed.row_version) == ("heron-rc2", "cd" * 32, 2)
    assert do(world, inquiry, "change_inquiry", SECURITY, row_version=1, **sent).row_version == 2, "the same twice"
    with pytest.raises(Conflict, match="Somebody changed this draft"):
        do(world, inquiry, "change_inquiry", DRAFTER, row_version=1, **(sent | {"note": "Mine."}))
    page = client_for(world.person(*DRAFTER)).post(
        f"/inquiries/{inquiry.reference}/change/",
        {"row_version": 1, "checkpoint": str(later.pk), "classified_reply": "known", "note": "Typed meanwhile."},
    )
    assert page.status_code == 409 and "Typed meanwhile." in page.content.decode()
    do(world, inquiry, "submit_inquiry", DRAFTER)
    with pytest.raises(Refused, match="stays as it is"):
        do(world, inquiry, "change_inquiry", DRAFTER, row_version=3, **sent)


def test_what_may_be_asked(world: World) -> None:
    own, theirs = make.checkpoint(world), make.checkpoint(world, "basalt")
    with acting(world.person(*DRAFTER)) as by:
        for wrong, field in (
            ({"checkpoint": theirs.pk}, "checkpoint"), ({"classified_reply": "perhaps"}, "classified_reply"),
            ({"note": "x" * 1001}, "note"),
        ):  # fmt: skip
            with pytest.raises(Invalid) as refused:
                actions.ask(
                    developer=world.aurora, by=by, **{"checkpoint": own.pk, "classified_reply": "known"} | wrong
                )
            assert [p.field for p in refused.value.problems] == [field]
    with acting(world.person("aurora", "signatory")) as by, pytest.raises(Refused, match="policy lead, counsel"):
        actions.ask(developer=world.aurora, checkpoint=own.pk, classified_reply="known", by=by)
    with acting(world.person(*NSA)) as by, pytest.raises(Refused):
        actions.ask(developer=world.agency("defense-nsa"), checkpoint=own.pk, classified_reply="known", by=by)


def test_one_question_about_a_model_at_a_time_and_one_answer_about_a_checkpoint(world: World) -> None:
    checkpoint = make.checkpoint(world)
    first = at(world, "submitted", checkpoint)
    second = asked(world, another(world, "heron-rc2"))
    with pytest.raises(Invalid, match=f"{first.reference} about the same model waits"):
        do(world, second, "submit_inquiry", DRAFTER)
    client = client_for(world.person(*DRAFTER))
    page = client.post(f"/inquiries/{second.reference}/move/submit/", follow=True).content.decode()
    assert "waits for NSA. Withdraw it first" in page
    with acting(world.person(*DRAFTER)), pytest.raises(DatabaseError), transaction.atomic():
        DesignationInquiry.objects.filter(pk=second.pk).update(
            status="submitted", agency=world.agency("defense-nsa"), submitted_at=timezone.now()
        )
    for verb in ("acknowledge_inquiry", "begin_benchmark"):
        do(world, first, verb, NSA)
    do(world, first, "determine", NSA, **answer_with("designated"))
    with pytest.raises(Invalid, match=f"has answered about this checkpoint in {first.reference}"):
        do(world, asked(world, checkpoint), "submit_inquiry", DRAFTER)
    again = do(world, second, "submit_inquiry", DRAFTER)
    assert again.previous == first, "the re-determination is linked to the one before"
    for who in (DRAFTER, NSA):
        client = client_for(world.person(*who))
        assert first.reference in client.get(f"/inquiries/{second.reference}/").content.decode()
        assert second.reference in client.get(f"/inquiries/{first.reference}/").content.decode()


@pytest.mark.parametrize("state", INQUIRY_OPEN)
def test_a_developer_withdraws_at_once_from_every_open_state(world: World, state: str) -> None:
    inquiry = at(world, state)
    client = client_for(world.person(*SECURITY))
    url = f"/inquiries/{inquiry.reference}/withdraw/"
    assert "nobody’s leave, and no reason" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 403, "a second press changes nothing"
    with acting(world.person(*DRAFTER)):
        assert DesignationInquiry.objects.get(pk=inquiry.pk).status == "withdrawn"
    assert told(world, "inquiry_withdrawn", *NSA) == (0 if state == "draft" else 1)
    if state != "draft":
        with pytest.raises(Refused):
            do(world, inquiry, "determine", NSA, **answer_with("designated"))


def test_after_a_reply_there_is_nothing_to_withdraw(world: World) -> None:
    inquiry = at(world, "determined")
    with pytest.raises(Refused, match="“Answered”"):
        do(world, inquiry, "withdraw_inquiry", DRAFTER)
    assert (
        f"{inquiry.reference}/withdraw/"
        not in client_for(world.person(*DRAFTER)).get(f"/inquiries/{inquiry.reference}/").content.decode()
    )


STEPS = {"acknowledge_inquiry": {}, "begin_benchmark": {}, "determine": answer_with("designated"),
         "close_undetermined": {"because": "no_determination"}}  # fmt: skip
FROM = {"acknowledge_inquiry": "submitted", "begin_benchmark": "acknowledged", "determine": "under_benchmark",
        "close_undetermined": "acknowledged"}  # fmt: skip


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


def _trace(world: World, outcome: str) -> dict[str, Any]:
    """Everything but the inquiry's own page that a reply leaves behind, with names of rows taken out."""
    row = at(world, "under_benchmark")
    with acting(world.person(*NSA)) as by:
        inquiry = DesignationInquiry.objects.get(pk=row.pk)
        with CaptureQueriesContext(connection) as counted:
            actions.determine(inquiry=inquiry, by=by, **answer_with(outcome))
    run_due(kinds=("notifications.tell", "notifications.mail"))
    found: dict[str, Any] = {"statements": len(counted)}
    with acting(world.person(*DRAFTER)) as by:
        found["notices"] = [(n.kind, n.subject) for n in Notice.objects.filter(user=by).order_by("created_at")]
    found["mail"] = sorted((m.subject, m.body) for m in Mail.objects.all())
    with rls.context(user=world.staff.pk):
        found["jobs"] = sorted(str((j.kind, j.payload)) for j in Job.objects.filter(kind="notifications.tell"))
        found["events"] = sorted(
            (e.verb, e.reason) for e in Event.objects.filter(object_id=str(row.pk), verb__startswith="early")
        )
        record = " ".join(f"{e.verb} {e.reason} {e.body}" for e in Event.objects.all())
        assert outcome not in record, "the record that both organisations read does not hold the answer"
    for who in (DRAFTER, NSA):
        client = client_for(world.person(*who))
        for path in ("/inquiries/", "/inbox/", "/search/?q=heron", "/api/v1/inquiries/",
                     f"/api/v1/inquiries/{row.reference}/timeline/"):  # fmt: skip
            with CaptureQueriesContext(connection) as counted:
                said = client.get(path).content.decode()
            found[f"{who} {path}"] = (len(counted), said)
        with CaptureQueriesContext(connection) as counted:
            client.get(f"/inquiries/{row.reference}/")
        found[f"{who} page"] = len(counted)
    words = [outcome, str(Designation.Outcome(outcome).label)]
    text = str(found)
    assert not any(word in text for word in words if outcome != "designated"), "a word of the answer"
    return {_scrubbed(key, row): _scrubbed(value, row) for key, value in found.items()}


def _scrubbed(value: Any, row: DesignationInquiry) -> str:
    text = str(value).replace(row.reference, "REF").replace(str(row.pk), "ID")
    return re.sub(
        r'MDL-[0-9A-Z-]{9}|nonce="[^"]*"|value="[A-Za-z0-9]{64}"|<time.*?</time>|\d{4}-\d\d-\d\dT[0-9:.]+(Z|\+00:00)|'
        r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d \d\d:\d\d", "", text, flags=re.DOTALL,
    )  # fmt: skip


def test_nothing_but_its_own_page_tells_which_answer_it_was(world: World) -> None:
    """Notices, mail, jobs, the record, lists, inbox, search, timeline: the same words and as many statements for each."""
    traces = {}
    for outcome in OUTCOMES:
        with transaction.atomic():
            traces[outcome] = _trace(world, outcome)
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
