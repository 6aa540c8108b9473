"""The main story over the API alone: a token per person of each organisation, and a browser session where a person must be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from accounts import actions as accounts
from agreements import reference
from developers import actions as developers
from early_access import actions as early_access
from evaluations import actions as evaluations
from evaluations.models import RoutingAttempt
from jobs.testing import run_due
from simulator.server import MODEL, Simulator
from tests.agreements import factories as agreements
from tests.api_endings import end, report, withdraw
from tests.early_access.factories import scheduled, sections, today
from tests.test_access_map import patterns
from tests.world import World, acting, client_for

V1 = "/api/v1/"
AGENCIES = ("commerce", "treasury")
SECRET = "sim-canary-5d1c9b"


class Caller:
    """One person's token, or with `session` their browser."""

    def __init__(self, world: World, organisation: str, role: str, *, session: bool = False) -> None:
        person = world.person(organisation, role)
        self.name, self.headers = person.name, {}
        if session:
            self.client = client_for(person)
            return
        with acting(person):
            home = world.organisations[organisation]
            text = accounts.issue_token(organisation=home, name="story", scope="write", days=7, by=person)[1]
        self.client, self.headers = Client(), {"authorization": f"Bearer {text}"}

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        sent = {"content_type": "application/json"} if method != "get" else {}
        return getattr(self.client, method)(V1 + path, data, headers={**self.headers, **headers}, **sent)

    def get(self, path: str) -> Any:
        answer = self.call("get", path)
        assert answer.status_code == 200, f"{path}: {answer.content.decode()}"
        return answer.json()

    def do(self, path: str, data: Any = None, *, method: str = "post") -> Any:
        answer = self.call(method, path, data or {})
        assert answer.status_code in (200, 201, 202), f"{path}: {answer.content.decode()}"
        return answer.json()

    def refused(self, path: str, data: Any = None, *, status: int, method: str = "post") -> Any:
        answer = self.call(method, path, data or {})
        assert answer.status_code == status, f"{path}: {answer.content.decode()}"
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"]
        return answer.json()


class Story:
    """Callers by organisation and role, and the references the story makes."""

    def __init__(self, world: World) -> None:
        self.world, self.callers = world, {}
        self.agreement = self.request = self.model = self.assignment = self.finding = ""

    def at(self, organisation: str, role: str, *, session: bool = False) -> Caller:
        key = (organisation, role, session)
        if key not in self.callers:
            self.callers[key] = Caller(self.world, organisation, role, session=session)
        return self.callers[key]


@pytest.fixture
def simulator(settings) -> Iterator[Simulator]:
    server = Simulator()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EGRESS_SIMULATOR = server.url
    yield server
    server.shutdown()
    server.server_close()


def negotiate(story: Story) -> None:
    """1 and 2: draft, send, comment, return, a new version, concurrence."""
    drafter, counsel = story.at("aurora", "drafter"), story.at("treasury", "counsel")
    template = drafter.get("agreement-templates/")["results"][0]
    assert {a["slug"] for a in drafter.get("agencies/")["results"]} >= set(AGENCIES)
    started = drafter.do("agreements/", {"template": template["key"], "title": "Framework", "agencies": AGENCIES})
    assert "preclearance" in started["notice"]
    story.agreement = f"agreements/{started['reference']}/"
    where = story.agreement
    assert drafter.get(f"{where}draft/")["problems"]
    drafter.do(f"{where}draft/", {"row_version": 1, "variables": agreements.FAMILIES}, method="put")
    assert counsel.call("get", where).status_code == 404
    drafter.do(f"{where}send/")
    counsel.do(f"{where}comments/", {"clause_id": "purpose", "text": "Name the purpose.", "audience": "all"})
    counsel.do(f"{where}comments/", {"clause_id": "purpose", "text": "Ask our chief.", "audience": "own"})
    assert drafter.get(f"{where}comments/")["results"] == [], "kept until they are sent"
    counsel.do(f"{where}return_with_comments/", {"comment": "See the comment.", "clause_ids": ["purpose"]})
    assert [c["text"] for c in drafter.get(f"{where}comments/")["results"]] == ["Name the purpose."]
    drafter.do(
        f"{where}draft/", {"row_version": 1, "clauses": {"purpose": "The purpose is testing."}}, method="put"
    )  # fmt: skip
    drafter.do(f"{where}propose_version/")
    changed = [c["clause_id"] for c in counsel.get(f"{where}versions/2/changes/")["results"] if c["changed"]]
    assert changed == ["purpose"]
    drafter.do(f"{where}open_clearance/")
    for agency in AGENCIES:
        caller = story.at(agency, "counsel")
        caller.do(f"{where}concur/", {"text_hash": caller.get(where)["text_hash"]})
    refused = drafter.refused(f"{where}open_for_signature/", status=400)
    assert {row["pointer"] for row in refused["errors"]} >= {"#/deviations/purpose"}
    for agency in AGENCIES:
        caller = story.at(agency, "counsel")
        (row,) = caller.get(f"{where}deviations/")["results"]
        decision = {"text_hash": row["text_hash"], "verdict": "accept", "reason": "Plain enough."}
        caller.do(f"{where}deviations/purpose/decide/", decision)


def sign(story: Story) -> None:
    """3: no token signs, everybody signs in a browser session, in order."""
    where = story.agreement
    for organisation in ("aurora", *AGENCIES):
        agreements.authority(story.world, organisation)
    assert story.at("aurora", "administrator").refused("authorities/", status=403)["page"] == "/agreements/authorities/"
    story.at("aurora", "drafter").do(f"{where}open_for_signature/")
    late = story.at("treasury", "signatory").get(f"{where}sign/")
    assert (late["may_sign"], bool(late["why_not"])) == (False, True)
    for organisation in ("aurora", *AGENCIES):
        token, person = story.at(organisation, "signatory"), story.at(organisation, "signatory", session=True)
        meant = {"shown_sha256": token.get(f"{where}sign/")["file_sha256"], "typed_name": person.name, "agreed": True}
        refusal = token.refused(f"{where}sign/", meant, status=403)
        assert (refusal["type"], refusal["page"]) == ("urn:concord:problem:browser-only", f"/{where}sign/")
        person.do(f"{where}sign/", meant)
    assert story.at("aurora", "drafter").get(where)["status"] == "in_force"
    assert story.at("treasury", "counsel").call("get", f"{where}executed.pdf").content.startswith(b"%PDF")


def offer(story: Story, base_url: str) -> None:
    """4: model, checkpoint, the sections, and what the window guard says in words."""
    drafter = story.at("aurora", "drafter")
    model = drafter.do("models/", {"codename": "Osprey"})["reference"]
    story.model = f"models/{model}/"
    drafter.do(
        f"{story.model}checkpoints/",
        {"label": "rc1", "configuration_sha256": "ab" * 32, "variants": ["production", "helpful_only"]},
    )  # fmt: skip
    known = drafter.get(story.model)
    story.request = f"requests/{drafter.do('requests/')['reference']}/"
    filled = sections(_Ids(known["id"], known["checkpoints"][0]["id"]))  # type: ignore[arg-type]  # ids are all it reads
    filled["documents"] = {"limitations": "Weak in rare languages."}
    filled["access"] |= {"base_url": base_url, "model_name": MODEL}
    filled["credential"] = {"secret": SECRET}
    for name, data in filled.items():
        drafter.do(f"{story.request}sections/{name}/", {"row_version": 0, "data": data}, method="put")
    long = {"row_version": 1, "data": {**filled["window"], "ends_on": str(today().replace(year=today().year + 1))}}
    wrong = drafter.refused(f"{story.request}sections/window/", long, status=400, method="put")
    assert wrong["errors"][0]["pointer"] == "#/data/ends_on"
    stale = {"row_version": 0, "data": {"statement": "Mine.", "scope": "identity"}}
    both = drafter.refused(f"{story.request}sections/confidentiality/", stale, status=409, method="put")
    assert (both["yours"]["statement"], both["theirs"]["scope"]) == ("Mine.", "everything")
    assert {t["state"] for t in drafter.get(f"{story.request}sections/")["results"]} == {"Ready"}
    drafter.do(f"{story.request}moves/submit/")


class _Ids:
    def __init__(self, model: str, checkpoint: str) -> None:
        self.model_id, self.pk = model, checkpoint


def schedule(story: Story) -> None:
    """5: acknowledge, ask, answer, accept; the dates are agreed."""
    drafter, officer, where = story.at("aurora", "drafter"), story.at("commerce", "intake"), story.request
    assert any(where in f"{row['url'][1:]}" for row in officer.get("inbox/")["yours"])
    officer.do(f"{where}moves/acknowledge/")
    assert officer.refused(f"{where}moves/ask_for_information/", status=400)["errors"][0]["pointer"] == "#/question"
    officer.do(f"{where}moves/ask_for_information/", {"question": "Which build?"})
    assert drafter.get(where)["question"] == "Which build?"
    drafter.do(f"{where}moves/answer/", {"text": "The first candidate."})
    officer.do(f"{where}moves/accept/")
    drafter.refused(f"{where}moves/acknowledge/", status=403)
    assert officer.do(f"{where}moves/confirm_schedule/")["status"] == "scheduled"


def route(story: Story) -> None:
    """6 and 7: routed with reasons; one agency declines, the other accepts, attests and agrees the rules."""
    run_due(kinds=("evaluations.route", "evaluations.receive"))
    router, evaluator = story.at("commerce", "router"), story.at("commerce-caisi", "evaluator")
    attempt = router.get("routing/attempts/")["results"][0]
    assert {d["agency"] for d in attempt["decisions"]} == {"commerce-caisi", "treasury"}
    assert all("places taken" in d["sentence"] for d in attempt["decisions"])
    assert router.get("routing/rules/")["rules"] and router.get("routing/places/")["results"]
    assert story.at("aurora", "drafter").call("get", "routing/attempts/").status_code == 404
    other = story.at("treasury", "evaluator")
    (theirs,) = other.get("assignments/")["results"]
    other.refused(f"assignments/{theirs['reference']}/decline/", {"reason": " "}, status=400)
    other.do(f"assignments/{theirs['reference']}/decline/", {"reason": "No capacity this month."})
    run_due(kinds=("evaluations.route",))
    (mine,) = evaluator.get("assignments/")["results"]
    story.assignment = f"assignments/{mine['reference']}/"
    assert other.call("get", story.assignment).status_code == 404
    evaluator.do(f"{story.assignment}accept/")
    evaluator.refused(f"{story.assignment}access-checks/", status=403, method="get")
    evaluator.do(f"{story.assignment}attest/", {"consented": True, "typed_name": evaluator.name})
    rules = {
        "targets": "The endpoint.",
        "plan": "One suite, once.",
        "egress": "The endpoint only.",
        "stop_conditions": "Any incident.",
    }
    assert evaluator.do(f"{story.assignment}prepare/", rules)["rules"]["egress"] == "The endpoint only."


def verify(story: Story) -> None:
    """8 and 11: the clock opens the window, access is verified; a person opens the key, no token does."""
    run_due(kinds=("early_access.open_window", "evaluations.verify_access"))
    evaluator = story.at("commerce-caisi", "evaluator")
    (check,) = evaluator.get(f"{story.assignment}access-checks/")["results"]
    assert check["passed"], check["probes"]
    assert all(p["sentence"] and p["milliseconds"] >= 0 for p in check["probes"])
    assert story.at("aurora", "drafter").get(f"{story.assignment}access-checks/")["results"][0]["passed"]
    where = f"{story.request}connection/commerce-caisi/"
    told = evaluator.get(where)
    assert (told["sealed"], told["specification"]["model_name"]) == (True, MODEL)
    assert (
        evaluator.refused(where, {"reason": "To test."}, status=403)["page"]
        == f"/{story.request}connect/commerce-caisi/"
    )
    person = story.at("commerce-caisi", "evaluator", session=True)
    opened = person.call("post", where, {"reason": "To test."}, **{"idempotency-key": "open"})
    assert (opened.json(), opened["Cache-Control"]) == ({"value": SECRET}, "no-store")
    evaluator.do(f"{story.assignment}start/")
    assert evaluator.do(f"{story.assignment}pause/", {"reason": "Lunch."})["status"] == "paused"
    assert evaluator.do(f"{story.assignment}resume/")["status"] == "running"


def find(story: Story) -> None:
    """9: a finding is drafted for the agency's own eyes, shared, disputed, upheld, acknowledged and planned for."""
    evaluator, drafter = story.at("commerce-caisi", "evaluator"), story.at("aurora", "drafter")
    draft = {"title": "Refusal gives way", "severity": "high", "domain": "cybersecurity", "text": "After forty turns."}
    made = evaluator.do(f"{story.assignment}findings/", draft)
    story.finding = f"findings/{made['reference']}/"
    where = story.finding
    assert drafter.call("get", where).status_code == 404 and drafter.get("findings/")["results"] == []
    evaluator.do(where, {**draft, "severity": "medium", "row_version": 1}, method="put")
    both = evaluator.refused(where, {**draft, "text": "Mine.", "row_version": 1}, status=409, method="put")
    assert (both["yours"]["text"], both["theirs"]["severity"]) == ("Mine.", "medium")
    evaluator.do(f"{where}moves/share/")
    assert any(where in row["url"] for row in drafter.get("inbox/")["yours"])
    assert drafter.refused(f"{where}moves/dispute/", status=400)["errors"][0]["pointer"] == "#/text"
    drafter.do(f"{where}moves/dispute/", {"text": "Not in the build we gave."})
    evaluator.do(f"{where}moves/uphold/", {"text": "It is: see the shared run."})
    drafter.do(f"{where}comments/", {"text": "Thank you."})
    planned = drafter.do(f"{where}moves/plan/", {"text": "In the next build."})
    assert [e["move"] for e in planned["entries"]] == ["share", "dispute", "uphold", "", "plan"]


def release(story: Story) -> None:
    """9: a release notice asks nobody, also once everything is closed; it lists what is open."""
    drafter, where = story.at("aurora", "drafter"), story.request
    day = {"release_on": str(today()), "rationale": "Ready."}
    notice = drafter.do(f"{where}release-notices/", day)
    officer = story.at("commerce", "intake")
    assert officer.get(f"{where}release-notices/")["results"] == []
    lists = {row["agency"]: row["open_findings"] for row in drafter.get(f"{where}release-notices/preview/")["results"]}
    assert [len(lists[agency]) for agency in ("commerce-caisi", "commerce", "treasury")] == [1, 1, 0]
    assert drafter.do(f"{where}release-notices/{notice['id']}/issue/")["open_count"] == 1
    assert officer.get(f"{where}release-notices/")["results"][0]["status"] == "issued"
    assert drafter.get(story.finding)["status"] == "open_at_release"
    assert drafter.do(f"{story.finding}moves/remedy/", {"text": "Mended."})["status"] == "remediated"
    assert SECRET not in str(drafter.get(where)) + str(story.at("commerce-caisi", "evaluator").get(where))


def test_the_story_over_the_api_alone(world: World, simulator: Simulator) -> None:
    reference.load()
    story = Story(world)
    negotiate(story)
    sign(story)
    offer(story, f"{simulator.url}/v1")
    schedule(story)
    route(story)
    verify(story)
    find(story)
    report(story)
    end(story)
    release(story)
    withdraw(story)
    everything_is_404_for_a_rival(story)


def everything_is_404_for_a_rival(story: Story) -> None:
    """Every address of one object, with the story's own ids, by every method: 404, and the same bytes each time."""
    rival, seen = story.at("basalt", "drafter"), set()
    roots = {r.split("/")[0]: r for r in (story.agreement, story.request, story.model, story.assignment, story.finding)}
    for route_, _ in patterns(get_resolver()):
        root = roots.get(route_.removeprefix("api/v1/").split("/")[0])
        if not route_.startswith("api/v1/") or "<" not in route_ or root is None:
            continue
        path = root + _filled(route_.split(">/", 1)[1])
        codes = set()
        for method in ("get", "post", "put"):
            answer = rival.call(method, path, {} if method != "get" else None)
            codes.add(answer.status_code)
            seen |= {answer.content} if answer.status_code == 404 else set()
        assert codes <= {404, 405} and 404 in codes, f"{path}: {codes}"
    assert len(seen) == 1
    for listing in ("agreements/", "requests/", "models/", "assignments/", "findings/"):
        assert rival.get(listing)["results"] == []


def _filled(rest: str) -> str:
    for part, value in (
        ("<int:number>", "1"), ("<slug:name>", "window"), ("<slug:agency>", "commerce-caisi"),
        ("<uuid:pk>", "00000000-0000-0000-0000-000000000000"),
    ):  # fmt: skip
        rest = rest.replace(part, value)
    return rest


def test_a_move_with_a_key_is_made_once(world: World) -> None:
    agreement = agreements.draft(world)
    drafter, key = Caller(world, "aurora", "drafter"), {"idempotency-key": "send-1"}
    path = f"agreements/{agreement.reference}/"
    first = drafter.call("post", f"{path}send/", {}, **key)
    again = drafter.call("post", f"{path}send/", {}, **key)
    assert (first.status_code, again.json()) == (200, first.json())
    assert again["Idempotency-Replayed"] == "true"
    other = drafter.call("post", f"{path}withdraw/", {}, **key)
    assert (other.status_code, other["Content-Type"]) == (422, "application/problem+json")


def test_an_address_that_is_not_there_is_a_problem_detail(world: World) -> None:
    drafter = Caller(world, "aurora", "drafter")
    drafter.refused("requests/REQ-NONE/moves/approve/", status=404)
    drafter.refused("nothing/", status=404, method="get")


def test_lists_ask_as_often_for_many_rows_as_for_one(world: World) -> None:
    request = scheduled(world)
    run_due(kinds=("evaluations.route",))
    agreements.draft(world)
    drafter, router = world.person("aurora", "drafter"), world.person("commerce", "router")
    with acting(drafter):
        developers.register_model(developer=world.aurora, codename="Ibis", by=drafter)
        early_access.create(developer=world.aurora, by=drafter)
    with acting(router):
        evaluations.route_again(attempt=RoutingAttempt.objects.get(request=request), by=router)
    run_due(kinds=("evaluations.route",))
    callers = {"routing/attempts/": Caller(world, "commerce", "router")}
    for listing in ("agreements/", "requests/", "models/", "assignments/", *callers):
        caller = callers.get(listing) or callers.setdefault("aurora", Caller(world, "aurora", "drafter"))
        caller.get(listing)
        counts = {}
        for size in (1, 100):
            with CaptureQueriesContext(connection) as counted:
                found = len(caller.get(f"{listing}?size={size}")["results"])
            assert found == size if size == 1 else found > 1, listing
            counts[size] = len(counted)
        assert counts[1] == counts[100], f"{listing}: {counts}"
