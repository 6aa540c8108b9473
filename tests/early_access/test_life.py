"""The life of a request: every step through its action, under the application's database role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.queries import timeline
from core import envelope
from core.decisions import Conflict, Invalid, Refused
from early_access import actions, hooks, queries
from early_access.actions import credentials
from early_access.models import (
    AccessCredential,
    AccessWindow,
    CredentialOpening,
    CredentialWrap,
    EarlyAccessRequest,
    RequestSection,
    ReturnItem,
)
from early_access.rules import dates
from early_access.workflow import EARLY_ACCESS_REQUEST
from jobs.models import Job
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.world import World, client_for


@pytest.fixture(autouse=True)
def _this_room_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rooms above fill these lists; here their part is left out."""
    for name in (
        "on_withdraw",
        "on_window_opened",
        "on_window_closed",
        "on_closed",
        "may_open_credential",
        "open_findings",
        "reports_of",
    ):
        monkeypatch.setattr(hooks, name, [])


def test_story_from_draft_to_closed(world: World) -> None:
    request = make.scheduled(world)
    assert Job.objects.filter(kind="evaluations.route", payload={"request": str(request.pk)}).count() == 1
    run_due(kinds=("early_access.open_window",))
    assert make.seen(world, request).status == "window_open"
    run_due(at=timezone.now() + timedelta(days=31), kinds=("early_access.close_window",))
    row = make.seen(world, request)
    assert row.status == "window_closed" and row.window.closed_at
    with acting(world.person("commerce", "intake")) as by:
        actions.mark_reported(request=request)
        assert actions.close(request=request, by=by).status == "closed"


def test_window_does_not_open_before_its_day(world: World) -> None:
    start = make.today() + timedelta(days=3)
    request = make.scheduled(world, window={"starts_on": str(start), "ends_on": str(start)})
    with acting(world.person("aurora", "drafter")):
        assert not actions.open_window(request=request)
    run_due(kinds=("early_access.open_window",))
    assert make.seen(world, request).status == "scheduled"


def test_reports_count_only_once_the_window_is_closed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room above says at the window's end, in the same commit, that no report is owed."""
    request = make.opened(world)
    monkeypatch.setattr(hooks, "on_window_closed", [lambda row, by, why: actions.mark_reported(request=row)])
    with acting(world.person("aurora", "drafter")) as by:
        assert actions.mark_reported(request=request).status == "window_open"
        assert actions.close_early(request=request, by=by).status == "reported"
        said = {entry["sentence"]: entry["actor"] for entry in timeline(request, by)}
    assert said["recorded that no further report is owed"] == "Concord", "nobody decided it"
    assert said["closed the window early"].startswith(by.name)
    row = make.seen(world, request)
    assert row.status == "reported" and row.reported_at is not None


def test_a_reported_request_closes_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Any] = []
    monkeypatch.setattr(hooks, "on_closed", [lambda request, by, reason: closed.append(request.pk)])
    request = make.opened(world)
    with acting(world.person("aurora", "drafter")) as by:
        actions.close_early(request=request, by=by)
        reported = actions.mark_reported(request=request, reason="All are in.")
        assert queries.due_at(make.seen(world, request)) == dates.rests_until(reported.reported_at)
        assert not actions.close_at_rest(request=request), "its time has not come"
    clock = ("early_access.close_at_rest",)
    assert run_due(kinds=clock) == []
    with acting(world.person("aurora", "drafter")):
        past = timezone.now() - timedelta(days=31)
        EarlyAccessRequest.objects.filter(pk=request.pk).update(reported_at=past)
    run_due(at=timezone.now() + timedelta(days=31), kinds=clock)
    assert make.seen(world, request).status == "closed"
    assert closed == [request.pk]


def test_either_side_closes_and_the_clock_rests(world: World) -> None:
    request = make.opened(world)
    with acting(world.person("aurora", "drafter")) as by:
        with pytest.raises(Refused, match="Window open"):
            actions.close(request=request, by=by)
        actions.close_early(request=request, by=by)
        actions.mark_reported(request=request)
        assert actions.close(request=request, by=by).status == "closed"
        with pytest.raises(Refused, match="Closed"):
            actions.close(request=request, by=by)
    assert not Job.objects.filter(kind="early_access.close_at_rest", state="queued").exists()
    run_due(kinds=("notifications.tell",))
    officer = client_for(world.person("commerce", "intake")).get("/notifications/").content.decode()
    assert f"Request {request.reference} was closed" in officer
    assert f"Request {request.reference}: no further report is owed" in officer


@pytest.mark.parametrize(("days", "wrong"), [(1, False), (30, False), (31, True), (32, True)])
def test_window_of_at_most_thirty_days(world: World, days: int, wrong: bool) -> None:
    window = {"starts_on": str(make.today()), "ends_on": str(make.today() + timedelta(days=days - 1))}
    with acting(world.person("aurora", "drafter")) as by:
        request = actions.create(developer=world.aurora, by=by)
        values = {"request": request, "section": "window", "data": window, "row_version": 0, "by": by}
        if not wrong:
            assert actions.save_section(**values).row_version == 1
            return
        with pytest.raises(Invalid) as caught:
            actions.save_section(**values)
    assert [p.field for p in caught.value.problems] == ["ends_on"]
    assert f"would last {days} days" in str(caught.value)


def test_trusted_partner_date_in_the_past(world: World) -> None:
    past = {"trusted_partner_on": str(make.today() - timedelta(days=1))}
    with acting(world.person("aurora", "drafter")) as by:
        request = actions.create(developer=world.aurora, by=by)
        with pytest.raises(Invalid, match="is past"):
            actions.save_section(request=request, section="dates", data=past, row_version=0, by=by)


def test_longer_window_needs_consent(world: World) -> None:
    window = {"ends_on": str(make.today() + timedelta(days=40)), "longer_by_consent": True}
    assert make.submitted(world, window=window).status == "submitted"


def test_database_refuses_a_window_of_31_days(world: World) -> None:
    request = make.submitted(world)
    with acting(world.person("aurora", "drafter")), pytest.raises(IntegrityError), transaction.atomic():
        AccessWindow.objects.filter(request=request).update(ends_on=make.today() + timedelta(days=30))


def test_window_ends_by_the_trusted_partner_date(world: World) -> None:
    request = make.draft(world)
    with acting(world.person("aurora", "drafter")) as by:
        sooner = {"trusted_partner_on": str(make.today() + timedelta(days=10))}
        actions.save_section(request=request, section="dates", data=sooner, row_version=1, by=by)
        with pytest.raises(Invalid, match="after the planned trusted-partner") as caught:
            actions.submit(request=request, by=by)
    assert [p.field for p in caught.value.problems] == ["window.ends_on"]


def test_all_problems_come_at_once_with_anchors(world: World) -> None:
    with acting(world.person("aurora", "drafter")) as by:
        request = actions.create(developer=world.aurora, by=by)
        with pytest.raises(Invalid) as caught:
            actions.submit(request=request, by=by)
    fields = {p.field for p in caught.value.problems}
    assert {"identity.model", "window.starts_on", "agencies.agencies", "contacts.incident_name"} <= fields


@pytest.mark.parametrize(
    "url",
    ["http://models.aurora.example/v1", "https://10.0.0.5/v1", "https://[::ffff:10.0.0.5]/v1", "https://127.0.0.1/v1"],
)
def test_bad_endpoints_are_refused_in_words(world: World, url: str) -> None:
    with acting(world.person("aurora", "security")) as by:
        request = actions.create(developer=world.aurora, by=by)
        with pytest.raises(Invalid) as caught:
            actions.save_section(
                request=request, section="access", data={"method": "other_api", "base_url": url}, row_version=0, by=by
            )
    assert [p.field for p in caught.value.problems] == ["base_url"]


def test_stale_save_shows_both_texts_and_loses_none(world: World) -> None:
    with acting(world.person("aurora", "drafter")) as by:
        request = actions.create(developer=world.aurora, by=by)
        first = {"scope": "everything", "statement": "one"}
        actions.save_section(request=request, section="confidentiality", data=first, row_version=0, by=by)
        second = first | {"statement": "two"}
        with pytest.raises(Conflict) as caught:
            actions.save_section(request=request, section="confidentiality", data=second, row_version=0, by=by)
        assert (caught.value.theirs, caught.value.yours) == (first, second)
        again = actions.save_section(request=request, section="confidentiality", data=first, row_version=0, by=by)
        assert again.row_version == 1  # the same text twice is no conflict
        assert RequestSection.objects.get(request=request).data == first


def test_submitting_twice_sends_once(world: World) -> None:
    request = make.submitted(world)
    with acting(world.person("aurora", "drafter")) as by, pytest.raises(Conflict, match="already submitted"):
        actions.submit(request=request, by=by)


def test_information_is_asked_and_answered(world: World) -> None:
    request = make.submitted(world)
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        asked = actions.ask_for_information(request=request, question="Which tools?", by=by)
        assert [action["label"] for action in queries.next_action(asked, by)["actions"]] == ["Decline"]
    for home, role, possible in (("aurora", "security", True), ("treasury", "evaluator", False)):
        with acting(world.person(home, role)) as by:
            (action,) = queries.next_action(make.seen(world, request), by)["actions"]
            assert (action["label"], bool(action["decision"])) == ("Answer", possible), (
                "what is waited for, and who can"
            )
    with acting(world.person("aurora", "security")) as by:
        section = RequestSection.objects.get(request=request, name="access")
        changed = section.data | {"tools": False}
        actions.save_section(request=request, section="access", data=changed, row_version=1, by=by)
        row = actions.answer(request=request, text="None after all.", by=by)
        assert row.status == "acknowledged"
        assert sorted(row.accessspecifications.values_list("version", "tools")) == [(1, True), (2, False)]


def test_decline_needs_a_reason(world: World) -> None:
    request = make.submitted(world)
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        with pytest.raises(Invalid):
            actions.decline(request=request, reason=" ", by=by)
        assert actions.decline(request=request, reason="No capacity this month.", by=by).status == "declined"


def test_other_agencys_intake_does_not_decide(world: World) -> None:
    request = make.submitted(world)
    with acting(world.person("treasury", "intake")) as by, pytest.raises(Refused):
        actions.acknowledge(request=request, by=by)


def test_a_side_cannot_confirm_its_own_dates(world: World) -> None:
    request = make.accepted(world)
    with acting(world.person("aurora", "drafter")) as by, pytest.raises(Conflict):
        actions.confirm_schedule(request=request, by=by)


def test_rivals_and_drafts_are_invisible(world: World) -> None:
    request = make.draft(world)
    for who in (("basalt", "drafter"), ("commerce", "intake"), ("treasury", "evaluator")):
        with acting(world.person(*who)) as by:
            assert not EarlyAccessRequest.objects.visible_to(by).exists()
            assert not EarlyAccessRequest.objects.exists()  # the database says the same
            assert not CredentialWrap.objects.exists() and not AccessCredential.objects.exists()
    with acting(world.person("aurora", "drafter")) as by:
        actions.submit(request=request, by=by)
    for who, sees in ((("basalt", "drafter"), 0), (("homeland", "intake"), 0), (("commerce", "intake"), 1)):
        with acting(world.person(*who)) as by:
            assert len(EarlyAccessRequest.objects.newest_for(by, columns=["reference"])) == sees
            assert EarlyAccessRequest.objects.count() == sees
            assert not RequestSection.objects.exists()


STATES = ("draft", "submitted", "accepted", "scheduled", "window_open")


@pytest.mark.parametrize("state", STATES)
def test_withdraw_closes_everything_in_one_commit(world: World, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[Any] = []
    monkeypatch.setattr(hooks, "on_withdraw", [lambda request, by, reason: stopped.append(request.pk)])
    build = {"window_open": make.opened}.get(state) or getattr(make, state)
    request = build(world)
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=request, by=by)
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        assert row.status == "withdrawn" and row.withdrawal.from_status == state
        assert not AccessCredential.objects.filter(revoked_at__isnull=True).exists()
        assert not CredentialWrap.objects.exists()
        assert ReturnItem.objects.count() == (0 if state == "draft" else 2)
    assert stopped == [request.pk]
    waiting = Job.objects.filter(kind__startswith="early_access.", state="queued")
    kinds = set(waiting.values_list("kind", flat=True))
    assert kinds <= {"early_access.remind_of_return"}, "that alone is still due"


def test_withdraw_is_in_the_table_for_every_state() -> None:
    sources = set(EARLY_ACCESS_REQUEST.move("withdraw").sources)
    assert sources == set(EARLY_ACCESS_REQUEST.by_name) - {"withdrawn"}


def test_failed_hook_undoes_the_withdrawal(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("nothing stopped")

    monkeypatch.setattr(hooks, "on_withdraw", [broken])
    request = make.submitted(world)
    with acting(world.person("aurora", "drafter")) as by:
        with pytest.raises(RuntimeError):
            actions.withdraw(request=request, by=by)
        assert EarlyAccessRequest.objects.get(pk=request.pk).status == "submitted"
        assert CredentialWrap.objects.count() == 2


def _open(world: World, request: EarlyAccessRequest, agency: str = "commerce-caisi", **values: Any) -> str:
    with acting(world.person(agency, "evaluator")) as by:
        arguments = {"reason": "First calls", "stepped_up_at": timezone.now()} | values
        credential = AccessCredential.objects.get(request=request)
        return actions.open_credential(credential=credential, by=by, agency=world.agency(agency), **arguments)


def test_credential_opens_for_consented_agency_and_is_recorded(world: World) -> None:
    request = make.opened(world)
    assert _open(world, request) == make.SECRET
    with acting(world.person("aurora", "security")):
        opening = CredentialOpening.objects.get()
        assert opening.opened_by == world.person("commerce-caisi", "evaluator") and opening.reason == "First calls"


def test_credential_needs_step_up_reason_and_open_window(world: World) -> None:
    request = make.opened(world)
    with pytest.raises(Refused, match="Confirm who you are"):
        _open(world, request, stepped_up_at=timezone.now() - timedelta(minutes=6))
    with pytest.raises(Invalid):
        _open(world, request, reason=" ")
    with acting(world.person("aurora", "drafter")):
        assert not CredentialOpening.objects.exists()


def test_ciphertext_moved_to_another_row_does_not_open(world: World) -> None:
    request = make.opened(world)
    with acting(world.person("aurora", "drafter")):
        own = AccessCredential.objects.get(request=request)
        AccessCredential.objects.filter(pk=own.pk).update(version=own.version + 1)
    with pytest.raises(Conflict, match="does not open in this place"):
        _open(world, request)


def test_agency_added_after_sealing_needs_the_key_again(world: World) -> None:
    request = make.draft(world, agencies={"agencies": ["treasury"]})
    with acting(world.person("aurora", "drafter")) as by:
        both = {"agencies": list(make.AGENCIES)}
        actions.save_section(request=request, section="agencies", data=both, row_version=1, by=by)
        with pytest.raises(Invalid, match="Type the key again"):
            actions.submit(request=request, by=by)


def test_secret_never_lies_in_rows_or_records(world: World) -> None:
    from audit.models import Event

    request = make.opened(world)
    _open(world, request)
    with acting(world.person("oversight", "auditor")):
        bodies = " ".join(Event.objects.values_list("body", flat=True))
        data = " ".join(str(d) for d in RequestSection.objects.values_list("data", flat=True))
    assert make.SECRET not in bodies + data
    assert not Job.objects.filter(payload__icontains=make.SECRET).exists()


def test_agency_is_asked_back_in_its_inbox_and_answers_once(world: World) -> None:
    from notifications.inbox import inbox_for

    request = make.submitted(world)
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=request, by=by)
    with acting(world.person("treasury", "evaluator")) as by:
        mine = [i for i in inbox_for(by)["yours"] if "return or destroy" in i.title]
        assert len(mine) == 1
        item = ReturnItem.objects.get(agency=world.agency("treasury"))
        actions.answer_return(item=item, outcome="nothing_held", statement="We had not begun.", by=by)
        assert not [i for i in inbox_for(by)["yours"] if "return or destroy" in i.title]
        with pytest.raises(Refused):
            actions.answer_return(item=item, outcome="destroyed", statement="Again.", by=by)


def test_ciphertext_of_another_version_does_not_open(world: World) -> None:
    request = make.draft(world)
    with acting(world.person("aurora", "security")) as by:
        first = AccessCredential.objects.get(request=request)
        typed = {"secret": "sk-aurora-rotated"}
        actions.save_section(request=request, section="credential", data=typed, row_version=1, by=by)
        second = AccessCredential.objects.get(request=request, version=2)
        AccessCredential.objects.filter(pk=second.pk).update(ciphertext=bytes(first.ciphertext))
        wrap = CredentialWrap.objects.get(target=second, organisation=world.agency("treasury"))
        second.refresh_from_db()
        place = credentials._place(second)
        with pytest.raises(envelope.SealBroken):
            envelope.open_sealed(
                envelope.provider(), place, second.ciphertext, "treasury", wrap.key_id, wrap.wrapped_key
            )
        assert first.revoked_at is None and AccessCredential.objects.get(pk=first.pk).revoked_because == "replaced"
