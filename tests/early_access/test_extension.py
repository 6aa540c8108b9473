"""A longer window: proposed by either side, answered by the other, never without the developer; clocks and keys follow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agreements.models import TestingAgreement
from core.decisions import Invalid, Refused
from early_access import actions
from early_access.actions import clocks
from early_access.models import AccessWindow, EarlyAccessRequest, WindowExtension
from early_access.rules import dates
from jobs.models import Job
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_keys import replace, told
from tests.early_access.test_standing import CAISI, TREASURY, under_two
from tests.world import World, client_for

DEVELOPER, INTAKE, TESTER = ("aurora", "security"), ("commerce", "intake"), (CAISI, "evaluator")


def opened(world: World) -> EarlyAccessRequest:
    return under_two(world)[2]


def last(request: EarlyAccessRequest, days: int = 10) -> date:
    return request.window.ends_on + timedelta(days=days)


def propose(world: World, request: EarlyAccessRequest, who: tuple[str, str] = TESTER, **kwargs: Any) -> WindowExtension:
    with acting(world.person(*who)) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        return actions.propose_extension(
            request=row, by=by, **{"ends_on": last(request), "why": "Days were lost."} | kwargs
        )


def answer(world: World, made: WindowExtension, who: tuple[str, str] = DEVELOPER, verb: str = "consent_to") -> None:
    with acting(world.person(*who)) as by:
        getattr(actions, f"{verb}_extension")(extension=WindowExtension.objects.get(pk=made.pk), by=by)


def closing(request: EarlyAccessRequest) -> dict[str, Any]:
    """The closing clocks of the request: number → (state, when)."""
    rows = Job.objects.filter(kind="early_access.close_window", payload__request=str(request.pk))
    return {job.key.rsplit(":", 1)[1]: (job.state, job.not_before.date()) for job in rows}


def test_an_agency_proposes_the_developer_consents_and_the_clocks_follow(world: World) -> None:
    request = opened(world)
    day = request.window.ends_on
    made = propose(world, request)
    assert make.seen(world, request).window.ends_on == day, "nothing moves before the answer"
    assert told(world, "extension_proposed", *DEVELOPER) == 1
    assert told(world, "extension_proposed", *INTAKE) == told(world, "extension_proposed", "basalt", "security") == 0
    assert "a longer window is proposed" in client_for(world.person(*DEVELOPER)).get("/inbox/").content.decode()
    answer(world, made)
    window = make.seen(world, request).window
    assert (window.ends_on, window.longer_by_consent, window.days) == (last(request), True, 40)
    with acting(world.person(*DEVELOPER)):
        assert closing(request) == {
            "1": ("cancelled", day + timedelta(days=1)), "2": ("queued", last(request) + timedelta(days=1))
        }  # fmt: skip
        Job.objects.filter(key=f"early_access.close_window:{request.pk}:1").update(state="queued")  # struck already
    run_due(at=timezone.now() + timedelta(days=31), kinds=("early_access.close_window",))
    assert make.seen(world, request).status == "window_open", "the clock that was replaced closes nothing"
    run_due(at=timezone.now() + timedelta(days=41), kinds=("early_access.close_window",))
    assert make.seen(world, request).status == "window_closed"
    assert told(world, "extended", *TESTER) == told(world, "extended", TREASURY, "evaluator") == 1
    page = client_for(world.person(TREASURY, "evaluator")).get(f"/requests/{request.reference}/").content.decode()
    assert "this is outside section 3(b)(ii)" in page and "The whole window would last 40 days" in page


def test_extensions_count(world: World) -> None:
    request = opened(world)
    for number in (1, 2):
        answer(world, propose(world, request, ends_on=last(request, 5 * number)))
    with acting(world.person(*DEVELOPER)) as by:
        assert {key: state for key, (state, _) in closing(request).items()} == {
            "1": "cancelled", "2": "cancelled", "3": "queued"
        }  # fmt: skip
        actions.close_early(request=make.seen(world, request), by=by)
        assert closing(request)["3"][0] == "cancelled", "closing early stops the clock that an extension has set"
    with acting(world.person(*DEVELOPER)) as by:
        actions.withdraw(request=make.seen(world, request), by=by)


def test_a_withdrawal_stops_the_extended_clock_and_ends_what_was_proposed(world: World) -> None:
    request = opened(world)
    answer(world, propose(world, request))
    made = propose(world, request, ends_on=last(request, 20))
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=make.seen(world, request), by=by)
        assert {state for state, _ in closing(request).values()} == {"cancelled"}
        assert WindowExtension.objects.get(pk=made.pk).status == "lapsed"
    with pytest.raises(Refused):
        answer(world, made)


def test_what_the_developer_proposes_the_intake_officers_answer(world: World) -> None:
    request = opened(world)
    made = propose(world, request, DEVELOPER)
    assert made.consented_at is not None
    assert told(world, "extension_proposed", *INTAKE) == 1
    for who in (DEVELOPER, TESTER):
        with pytest.raises(Refused):
            answer(world, made, who)
    with pytest.raises(Refused, match="waits for its answer"):
        propose(world, request)
    answer(world, made, DEVELOPER, "withdraw")
    assert make.seen(world, request).window.ends_on == request.window.ends_on
    answer(world, again := propose(world, request, DEVELOPER), INTAKE)
    with pytest.raises(Refused):
        answer(world, again, INTAKE)
    assert make.seen(world, request).window.ends_on == last(request)


def test_a_refusal_needs_no_reason_and_moves_nothing(world: World) -> None:
    request = opened(world)
    made = propose(world, request)
    for who in (INTAKE, (TREASURY, "evaluator"), ("aurora", "counsel"), TESTER):
        with pytest.raises(Refused):
            answer(world, made, who)
    with pytest.raises(Refused):
        answer(world, made, (TREASURY, "evaluator"), "withdraw")
    answer(world, made, verb="refuse")
    assert make.seen(world, request).window.ends_on == request.window.ends_on
    assert told(world, "extension_refused", *TESTER) == 1
    with acting(world.person(*TESTER)):
        assert WindowExtension.objects.get().status == "refused", "it stays readable"
    with acting(world.person("basalt", "security")) as by:
        assert not WindowExtension.objects.exists()
        assert not WindowExtension.objects.visible_to(by).exists()
    with acting(world.person(*DEVELOPER)):
        assert list(closing(request)) == ["1"]


def test_what_may_be_proposed(world: World) -> None:
    commerce, _, request = under_two(world)
    for wrong, field in (
        ({"ends_on": request.window.ends_on}, "ends_on"), ({"why": " "}, "why"), ({"why": "x" * 401}, "why"),
        ({"ends_on": request.trusted_partner_on + timedelta(days=1)}, "ends_on"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            propose(world, request, **wrong)
        assert [p.field for p in refused.value.problems] == [field]
    made = propose(world, request)
    with acting(world.person("aurora", "drafter")):
        TestingAgreement.objects.filter(pk=commerce.pk).update(expires_on=last(request, 5))
    with pytest.raises(Invalid, match="ends on"):
        answer(world, made)
    with (
        acting(world.person(*DEVELOPER)) as by,
        pytest.raises(IntegrityError, match="stands_by_consent"),
        transaction.atomic(),
    ):
        WindowExtension.objects.filter(pk=made.pk).update(status="stands")
        assert by


def test_a_shorter_window_may_grow_within_the_thirty_days(world: World) -> None:
    day = make.today()
    request = make.scheduled(world, window={"ends_on": str(day + timedelta(days=9))})
    answer(world, propose(world, request, INTAKE, ends_on=day + timedelta(days=29)))
    window = make.seen(world, request).window
    assert (window.days, window.longer_by_consent) == (30, False)
    assert "stays within section 3(b)(ii)" in dates.extension_words(window.starts_on, window.ends_on)
    assert "outside section 3(b)(ii)" in dates.extension_words(window.starts_on, window.ends_on + timedelta(days=1))
    with acting(world.person(*DEVELOPER)):
        assert clocks.clock_key("open", request).endswith(":1")
        assert clocks.clock_key("close", request).endswith(":2")


def test_a_key_that_ends_before_the_new_last_day_is_asked_for(world: World) -> None:
    request = opened(world)
    replace(world, request, expires_on=request.window.ends_on)
    url = f"/requests/{request.reference}/"
    client = client_for(world.person(*DEVELOPER))
    assert "replace the key in time" not in client.get(url).content.decode()
    answer(world, propose(world, request, DEVELOPER), INTAKE)
    assert "replace the key in time" in client.get(url).content.decode()
    assert told(world, "key_too_short", *DEVELOPER) == 1
    assert told(world, "key_too_short", *INTAKE) == 0


def test_over_http(world: World) -> None:
    request = opened(world)
    url, api = f"/requests/{request.reference}/extension/", f"/api/v1/requests/{request.reference}/extensions/"
    developer, tester, rival = (client_for(world.person(*who)) for who in (DEVELOPER, TESTER, ("basalt", "security")))
    assert rival.get(url).status_code == rival.get(api).status_code == 404
    assert "It may refuse without a reason" in " ".join(tester.get(url).content.decode().split())
    typed = {"ends_on": str(last(request)), "why": "Days were lost."}
    assert "Propose a later day" in tester.post(url, typed | {"ends_on": str(make.today())}).content.decode()
    assert tester.post(url, typed).status_code == 302
    assert tester.post(url, typed).status_code == 403, "a second press adds nothing"
    (row,) = tester.get(api).json()["results"]
    assert (row["proposed_by"], row["days"], row["status"], row["consented_at"]) == (CAISI, 40, "proposed", None)
    step = f"{url}{row['id']}"
    for verb in ("consent", "refuse"):
        assert tester.get(f"{step}/{verb}/").status_code == 403
        assert rival.post(f"{step}/{verb}/").status_code == 404
    page = " ".join(developer.get(f"{step}/consent/").content.decode().split())
    assert "that lies outside section 3(b)(ii), which knows at most 30 days. It is voluntary." in page
    assert "Tick this to consent" in developer.post(f"{step}/consent/", {}).content.decode()
    refused = developer.post(f"{api}{row['id']}/refuse/", {"answer": "No time."}, content_type="application/json")
    assert (refused.status_code, refused.json()["answer"]) == (200, "No time.")
    assert developer.post(f"{step}/consent/", {"consent": "on"}).status_code in (403, 409)
    sent = tester.post(api, typed, content_type="application/json")
    assert sent.status_code == 201
    again = f"{url}{sent.json()['id']}"
    assert tester.post(f"{again}/withdraw/").status_code == 302
    third = tester.post(api, typed, content_type="application/json").json()
    assert developer.post(f"{url}{third['id']}/consent/", {"consent": "on"}).status_code == 302
    with acting(world.person(*DEVELOPER)):
        assert AccessWindow.objects.get(request=request).ends_on == last(request)
    shown = developer.get(f"/api/v1/requests/{request.reference}/").json()["window"]
    assert (shown["longer_by_consent"], shown["ends_on"]) == (True, str(last(request)))


def test_no_proposal_before_the_dates_are_agreed(world: World) -> None:
    request = make.accepted(world)
    with pytest.raises(Refused, match="once its dates are agreed"):
        propose(world, request, INTAKE)
