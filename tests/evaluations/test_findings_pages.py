"""The pages of findings: both sides walk a life in the browser; hostile text, stale saves, lists, inbox, notices, counts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.workflow import Workflow
from evaluations import actions
from evaluations.models import Finding, SharedRun
from evaluations.workflow import FINDING
from jobs.testing import run_due
from notifications.models import Mail
from tests.evaluations.findings import TEXT, WAYS, drafted, in_state, moved, now
from tests.evaluations.test_runs import own, read, under_test, upload
from tests.world import World, acting, client_for

HOSTILE = (
    '<script>alert("x")</script><img src=x onerror=alert(1)> {{ 7|add:7 }} =HYPERLINK("http://x") javascript:alert(1)'
)
TYPED = {key: value for key, value in TEXT.items() if key != "run"} | {"run": ""}


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return str(answer.content.decode())


def body(client: Client, path: str) -> str:
    return page(client, path).split("<main", 1)[1].split("</main>", 1)[0]


def post(client: Client, path: str, data: dict[str, Any] | None = None, status: int = 302) -> Any:
    answer = client.post(path, data or {})
    assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[:3000])
    return answer


@pytest.fixture
def sides(world: World) -> tuple[Client, Client]:
    """Browsers of the evaluator and of the developer's policy lead."""
    return client_for(world.person("commerce-caisi", "evaluator")), client_for(world.person("aurora", "drafter"))


def test_both_sides_walk_a_life_in_the_browser(world: World, sides: tuple[Client, Client]) -> None:
    agency, developer = sides
    _, row = under_test(world)
    home = f"/assignments/{row.reference}/"
    assert "No findings yet" in body(agency, home) and "Write a finding" in body(agency, home)
    assert "No findings are shared yet" in body(developer, home)
    form = body(agency, f"{home}findings/new/")
    assert form.count('type="radio"') == 5 and "a main safeguard that an able person passes" in form
    where = post(agency, f"{home}findings/new/", TYPED)["Location"]
    draft = body(agency, where)
    assert "The agency’s move: edit or share" in draft and TEXT["title"] in draft
    assert "Center for AI Standards" in draft and "Aurora Cognition" not in draft, "visible to the agency only"
    assert TEXT["title"] not in body(developer, home) and TEXT["title"] not in body(developer, "/findings/")
    assert "cannot be changed or taken back" in body(agency, f"{where}moves/share/")
    post(agency, f"{where}moves/share/", {"text": ""})
    assert "Answer by" in body(developer, home) and TEXT["title"] in body(developer, home)
    assert "in 9 days" in body(developer, where) and "The developer’s move: acknowledge or dispute" in body(
        developer, where
    )
    assert "Say what is not so" in post(developer, f"{where}moves/dispute/", {"text": " "}, 200).content.decode()
    post(developer, f"{where}moves/dispute/", {"text": "The preamble was not ours."})
    assert "The preamble was not ours." in body(agency, where)
    post(agency, f"{where}moves/uphold/", {"text": "It is in the run."})
    post(developer, f"{where}comment/", {"text": "We look again."})
    assert "We look again." in body(agency, where)
    bad = {"text": "It is a flaw of a library.", "software_report": "see our mail"}
    assert "Give the reference alone" in post(developer, f"{where}comment/", bad, 400).content.decode()
    post(developer, f"{where}comment/", bad | {"software_report": "CVE-2026-1234"})
    assert body(agency, where).count("CVE-2026-1234") == 2, "in the thread, and above it"
    assert "Write" not in body(developer, where), "no button of the other side"
    post(developer, f"{where}moves/plan/", {"text": "Retrain by May."})
    post(developer, f"{where}moves/remedy/", {"text": ""})
    post(agency, f"{where}moves/retest/", {"text": "Same suite: 2 of 20."})
    post(agency, f"{where}moves/resolve/")
    end = body(developer, where)
    assert "Nobody’s move: resolved" in end
    order = [
        end.index(word) for word in ("The preamble was not ours.", "It is in the run.", "Retrain by May.", "2 of 20")
    ]
    assert order == sorted(order), "the thread reads from first to last"


def test_a_draft_is_the_same_404_as_nothing_for_everybody_else(world: World, sides: tuple[Client, Client]) -> None:
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row)
    noise = (rb'nonce="[^"]*"', rb'name="csrfmiddlewaretoken" value="[^"]*"')

    def plain(client: Client, path: str, method: str) -> bytes:
        answer = getattr(client, method)(path)
        assert answer.status_code == 404, path
        found = bytes(answer.content).replace(finding.reference.encode(), b"R").replace(b"FND-2222-22", b"R")
        for pattern in noise:
            found = re.sub(pattern, b"", found)
        return found

    for home, role in (("aurora", "drafter"), ("basalt", "drafter"), ("treasury", "evaluator")):
        client = client_for(world.person(home, role))
        both = ("edit/", "discard/", "moves/share/", "moves/acknowledge/")
        asked = [("get", ""), ("post", "comment/"), *((m, rest) for m in ("get", "post") for rest in both)]
        for method, rest in asked:
            one = plain(client, f"/findings/{finding.reference}/{rest}", method)
            assert one == plain(client, f"/findings/FND-2222-22/{rest}", method), (home, rest, method)


def test_a_colleague_reads_no_word_before_attesting(world: World) -> None:
    in_state(world, "shared")
    for home, role, index in (("commerce-caisi", "evaluator", 1), ("commerce", "intake", 0)):
        client = client_for(world.person(home, role, index))
        listed = body(client, "/findings/")
        assert "opens after your attestation" in listed and TEXT["title"] not in listed
        (address,) = set(re.findall(r"/findings/FND-[0-9A-Z-]+/", listed))
        assert "opens after your attestation" in page(client, address, 403)
        assert TEXT["title"] not in page(client, "/inbox/")


def test_hostile_text_stays_text_everywhere(world: World, sides: tuple[Client, Client]) -> None:
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row, title=HOSTILE, text=HOSTILE, mitigation=HOSTILE)
    moved(world, finding, "share")
    with acting(world.person("aurora", "drafter")) as by:
        actions.move_finding(finding=finding, verb="dispute", text=HOSTILE, by=by)
        actions.comment_on_finding(finding=finding, text=HOSTILE, by=by)
    run_due(kinds=("notifications.tell",))
    for client in sides:
        for path in (f"/findings/{finding.reference}/", "/findings/", "/inbox/", f"/assignments/{row.reference}/"):
            found = body(client, path)
            assert "&lt;script&gt;" in found and "{{ 7|add:7 }}" in found, path
            assert "<script>alert" not in found and "<img" not in found and 'href="javascript' not in found, path
    assert not Mail.objects.filter(body__contains="alert").exists()
    assert not Mail.objects.filter(subject__contains="alert").exists()


def test_a_stale_save_answers_409_with_both_texts_and_then_saves(world: World, sides: tuple[Client, Client]) -> None:
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row)
    where, client = f"/findings/{finding.reference}/", sides[0]
    opened = re.search(r'name="row_version" value="(\d+)"', body(client, f"{where}edit/"))
    assert opened is not None
    with acting(evaluator):
        actions.edit_finding(finding=finding, row_version=1, by=evaluator, **(TEXT | {"text": "Thirty turns."}))
    mine = TYPED | {"text": "Fifty turns.", "row_version": opened[1]}
    stale = post(client, f"{where}edit/", mine, 409).content.decode()
    assert "Thirty turns." in stale and "Fifty turns." in stale and "What was found" in stale
    assert "<dd>Cybersecurity</dd>" in stale and "<dd>None in particular</dd>" in stale, "in words, not in keys"
    current = re.search(r'name="row_version" value="(\d+)"', stale)
    assert current is not None and current[1] == "2"
    post(client, f"{where}edit/", mine | {"row_version": current[1]})
    assert now(finding, evaluator).text == "Fifty turns."


def test_wrong_input_is_said_at_its_field_and_keeps_what_was_typed(world: World, sides: tuple[Client, Client]) -> None:
    _, row = under_test(world)
    path = f"/assignments/{row.reference}/findings/new/"
    answer = post(sides[0], path, TYPED | {"severity": "", "text": "x" * 20_001, "title": "Kept title"}, 200)
    found = answer.content.decode()
    assert "Choose a severity from the scale." in found
    assert "Kept title" in found and 'aria-invalid="true"' in found
    assert Finding.objects.count() == 0


def test_what_it_rests_on_is_the_shared_copy_for_the_developer(world: World, sides: tuple[Client, Client]) -> None:
    agency, developer = sides
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, own(task="canary-suite"), restricted=True))
    finding = drafted(evaluator, row, run=log.run)
    where = f"/findings/{finding.reference}/"
    assert "is not shared" in body(agency, f"{where}moves/share/") and "canary-suite" in body(agency, where)
    moved(world, finding, "share")
    hidden = body(developer, where)
    assert "No run in particular" in hidden and "canary" not in hidden and f"/runs/{log.pk}" not in hidden
    with acting(evaluator):
        assert log.run is not None
        shared = actions.share_run(run=log.run, by=evaluator)
    shown = body(developer, where)
    assert "Held-out suite 1" in shown and f"/shared-runs/{shared.pk}/" in shown and "canary" not in shown
    with acting(evaluator):
        assert SharedRun.objects.count() == 1


def test_moves_that_are_not_in_the_table_or_not_ours_are_refused(world: World, sides: tuple[Client, Client]) -> None:
    agency, developer = sides
    finding = in_state(world, "shared")
    where = f"/findings/{finding.reference}/"
    for verb in ("leave_open", "approve", "share-it"):
        assert agency.post(f"{where}moves/{verb}/", {"text": "x"}).status_code == 404
    assert "This is the developer" in post(agency, f"{where}moves/acknowledge/", {}, 403).content.decode()
    assert "cannot be done while the state is" in post(agency, f"{where}moves/uphold/", {}, 403).content.decode()
    post(developer, f"{where}moves/acknowledge/")
    post(developer, f"{where}moves/acknowledge/", {}, 403)
    assert "its words stay as they were shared" in page(agency, f"{where}edit/", 403)
    signatory = client_for(world.person("aurora", "signatory"))
    assert "Your role does not include this step" in body(signatory, where)
    assert "A policy or security lead" in body(signatory, where), "the panel says who can"


def test_drafts_of_a_stopped_test_say_what_becomes_of_them(world: World, sides: tuple[Client, Client]) -> None:
    agency, _ = sides
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row)
    assert finding.title in body(agency, "/inbox/")
    with acting(world.person("aurora", "security")) as by:
        actions.stop(assignment=row, reason="Enough.", by=by)
    assert finding.title not in body(agency, "/inbox/"), "nobody can move it any more"
    where = f"/findings/{finding.reference}/"
    assert "can be neither changed nor shared" in body(agency, f"/assignments/{row.reference}/")
    assert "can be neither changed nor shared" in body(agency, where)
    assert "was stopped" in page(agency, f"{where}moves/share/", 403)
    assert "Nothing brings them back" in body(agency, f"{where}discard/")
    wrong = post(agency, f"{where}discard/", {"typed": "no"}, 200).content.decode()
    assert f"Type {finding.reference}" in wrong
    post(agency, f"{where}discard/", {"typed": finding.reference})
    assert page(agency, where, 404)


@pytest.mark.parametrize("status", sorted(WAYS))
def test_every_state_has_its_page_and_its_place_in_both_inboxes(world: World, status: str) -> None:
    finding = in_state(world, status)
    sides = {"agency": world.person("commerce-caisi", "evaluator"), "developer": world.person("aurora", "security")}
    owner = FINDING.state(status).owner
    for side, person in sides.items():
        client = client_for(person)
        if (side, status) == ("developer", "draft"):
            assert finding.reference not in body(client, "/inbox/")
            continue
        assert FINDING.label(status) in body(client, f"/findings/{finding.reference}/")
        inbox = re.split(r"<h2[^>]*>", body(client, "/inbox/"))
        (group,) = [part for part in inbox if finding.reference in part]
        want = "Your move" if owner == side else "Waiting" if owner else "Recently closed"
        assert group.strip().startswith(want), (side, status, group[:80])
    assert isinstance(FINDING, Workflow)


def test_the_other_side_is_told_without_a_word_of_it(world: World) -> None:
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row)
    told = {
        "share": ("aurora", "counsel", "An agency shared a finding"),
        "dispute": ("commerce-caisi", "evaluator", "A finding was answered"),
    }
    for verb, (home, role, words) in told.items():
        moved(world, finding, verb)
        run_due(kinds=("notifications.tell",))
        assert words in page(client_for(world.person(home, role)), "/notifications/")
    with acting(evaluator):
        actions.comment_on_finding(finding=finding, text="We look.", by=evaluator)
    run_due(kinds=("notifications.tell",))
    mails = Mail.objects.filter(subject__contains=finding.reference)
    assert mails.filter(subject__contains="A comment on a finding").exists()
    for mail in mails:
        assert TEXT["title"] not in mail.body and "Because of" not in mail.body and "We look." not in mail.body
    assert "finding" not in page(client_for(world.person("basalt", "drafter")), "/notifications/").split("<main")[1]


def test_the_list_pages_and_filters(world: World, sides: tuple[Client, Client]) -> None:
    agency, developer = sides
    evaluator, row = under_test(world)
    for number in range(28):
        finding = drafted(evaluator, row, title=f"Number {number}")
        if number % 2:
            moved(world, finding, "share")
    first = body(developer, "/findings/")
    assert first.count("data-row") == 14 and "Number 27" in first and "Draft" not in first
    listed = body(agency, "/findings/")
    assert listed.count("data-row") == 25 and "Older" in listed
    older = re.search(r'href="(\?after=[^"]+)"', listed)
    assert older is not None and body(agency, f"/findings/{older[1]}").count("data-row") == 3
    assert body(agency, "/findings/?status=draft").count("data-row") == 14
    assert "No finding is in this state" in body(developer, "/findings/?status=resolved")
    assert body(agency, "/findings/?status=nonsense&after=nonsense").count("data-row") == 25
    assert "when an agency that tests a model of yours" in body(
        client_for(world.person("basalt", "drafter")), "/findings/"
    )
    assert 'href="/findings/"' in page(developer, "/inbox/") and 'href="/findings/"' in page(agency, "/inbox/")
    assert 'href="/findings/"' not in page(client_for(world.person("commerce", "counsel")), "/inbox/")


def test_pages_ask_as_often_for_many_findings_as_for_few(world: World, sides: tuple[Client, Client]) -> None:
    evaluator, row = under_test(world)
    finding = moved(world, drafted(evaluator, row), "share")
    moved(world, drafted(evaluator, row, title="Second"), "share")
    paths = (f"/findings/{finding.reference}/", "/findings/", "/inbox/", f"/assignments/{row.reference}/")

    def counted() -> list[int]:
        found = []
        for client in sides:
            for path in paths:
                page(client, path)
                with CaptureQueriesContext(connection) as queries:
                    page(client, path)
                found.append(len(queries))
        return found

    few = counted()
    for number in range(12):
        moved(world, drafted(evaluator, row, title=f"Number {number}"), "share")
    with acting(evaluator):
        for number in range(6):
            actions.comment_on_finding(finding=finding, text=f"Comment {number}", by=evaluator)
    assert counted() == few
    assert max(few) < 50, dict(zip(paths * 2, few, strict=True))
    assert timezone.now() < now(finding, evaluator).answer_due_at


def test_the_admin_looks_findings_up_without_their_words(world: World) -> None:
    finding = in_state(world, "shared")
    client = client_for(world.staff)
    where = f"/admin/evaluations/finding/{finding.pk}/change/"
    listed = page(client, "/admin/evaluations/finding/")
    assert finding.reference in listed and where in listed
    shown = page(client, where)
    assert finding.reference in shown
    assert not any(words in listed + shown for words in (TEXT["title"], TEXT["text"], TEXT["mitigation"]))
    assert client.post(where, {"status": "resolved"}).status_code == 403
