"""The main story: an agreement is drafted, cleared and signed; a model is offered, scheduled, routed, and access verified.

Every step is a page and a form, as the person it is for. Raises StepFailed where something answers otherwise.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from config.demo import people
from config.story import papers
from config.story.browser import Browser, StepFailed

# In the order of signature, which is the order of the form.
AGENCIES = {"commerce": "Department of Commerce", "treasury": "Department of the Treasury"}
TESTERS = {"commerce-caisi": "Center for AI Standards", "treasury": "Department of the Treasury"}
PATIENCE = 60.0
LOG = Path(__file__).resolve().parents[2] / "tests" / "evaluation_logs" / "success-16-of-20.eval"


@dataclass
class Story:
    """What the steps share."""

    base: str
    simulator: str
    say: Callable[[str], None]
    keys: Path
    browsers: dict[str, Browser] = field(default_factory=dict)
    agreement: str = ""
    model: str = ""
    request: str = ""
    developer: str = "aurora"
    agencies: dict[str, str] = field(default_factory=lambda: dict(AGENCIES))
    testers: dict[str, str] = field(default_factory=lambda: dict(TESTERS))
    finding: str = ""
    codename: str = field(default_factory=lambda: f"heron-{secrets.token_hex(3)}")

    def at(self, organisation: str, role: str) -> Browser:
        """The session of the first person with that role."""
        return self.seat(people.first(organisation, role))

    def seat(self, person: people.Person) -> Browser:
        """The session of this person."""
        if person.email not in self.browsers:
            self.browsers[person.email] = Browser(self.base, person.email)
        return self.browsers[person.email]

    def rival(self, role: str) -> Browser:
        """The same office at the other developer."""
        return self.at("basalt" if self.developer == "aurora" else "aurora", role)

    def close(self) -> None:
        """Everybody leaves."""
        for browser in self.browsers.values():
            browser.client.close()

    def until(self, browser: Browser, path: str, words: str) -> str:
        """The page once it says these words; workers need a moment."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            page = browser.get(path)
            if words in page:
                return page
            time.sleep(0.5)
        raise StepFailed(f"{browser.email}: {path} does not say “{words}” after {PATIENCE:.0f} seconds")


def play(story: Story) -> Iterator[str]:
    """Each step's line, when it is done."""
    for step in (
        draft,
        send,
        clear,
        sign,
        offer,
        accept,
        schedule,
        route,
        test,
        findings,
        report,
        end,
        release,
        withdraw,
    ):
        yield step(story)


def draft(story: Story) -> str:
    """The drafter starts an agreement from the template."""
    drafter = story.at(story.developer, "drafter")
    where = drafter.fill(
        "/agreements/new/", {"title": "Framework for early access"}, choose={"agencies": list(story.agencies.values())}
    )
    story.agreement = "/".join(where.split("/")[:3]) + "/"
    drafter.fill(
        f"{story.agreement}edit/",
        {"variables.model_families": f"{story.codename.split('-')[0].title()} and later", "send": "yes"},
    )
    return f"drafted and sent {story.agreement}"


def send(story: Story) -> str:
    """Counsel of each agency finds it in the inbox and asks; the developer asks for concurrence."""
    for agency in story.agencies:
        story.at(agency, "counsel").get(story.agreement)
    counsel = story.at("treasury", "counsel")
    counsel.post(
        f"{story.agreement}comment/", {"clause_id": "", "text": "Clear; no change asked for.", "audience": "all"}
    )
    story.at(story.developer, "drafter").post(f"{story.agreement}clearance/")
    return f"read by {len(story.agencies)} counsel, 1 comment, concurrence asked for"


def clear(story: Story) -> str:
    """Each agency's counsel concurs with the version that was read."""
    for agency in story.agencies:
        counsel = story.at(agency, "counsel")
        page = counsel.get(f"{story.agreement}negotiation/")
        found = re.search(r'name="text_hash" value="([0-9a-f]{64})"', page)
        if not found:
            raise StepFailed(f"{agency}: the negotiation page offers no verdict")
        counsel.post(f"{story.agreement}verdict/", {"text_hash": found[1], "verdict": "concur", "comment": ""})
    story.at(story.developer, "drafter").post(f"{story.agreement}open/")
    return f"{len(story.agencies)} of {len(story.agencies)} agencies concur; sealed and opened for signature"


def sign(story: Story) -> str:
    """Everybody signs in the order set; the last signature puts it in force."""
    signers = [story.developer, *story.agencies]
    late = story.at(signers[-1], "signatory")
    if late.client.get(f"{story.agreement}sign/").status_code == 200:
        raise StepFailed("somebody may sign out of turn")
    for organisation in signers:
        signatory = story.at(organisation, "signatory")
        person = people.first(organisation, "signatory")
        signatory.fill(f"{story.agreement}sign/", {"agreed": "on", "typed_name": person.name})
    pdf = story.at(story.developer, "drafter").client.get(f"{story.agreement}executed.pdf")
    if pdf.status_code != 200 or not pdf.content.startswith(b"%PDF"):
        raise StepFailed(f"the executed PDF answers {pdf.status_code}")
    if story.rival("drafter").client.get(story.agreement).status_code != 404:
        raise StepFailed("a rival can open the agreement")
    return f"{len(signers)} signatures, executed PDF of {len(pdf.content) // 1024} kB, a rival gets 404"


def offer(story: Story) -> str:
    """The developer registers a model and a checkpoint, fills the task list, attaches its papers and submits."""
    drafter = story.at(story.developer, "drafter")
    story.model = drafter.fill("/models/new/", {"codename": story.codename})
    checkpoint = {"label": "rc1", "configuration_sha256": secrets.token_hex(32), "variants": ["production"]}
    drafter.fill(f"{story.model}checkpoints/new/", checkpoint)
    story.request = drafter.post("/requests/new/")
    for name, values, choose in sections(story):
        drafter.fill(f"{story.request}section/{name}/", values, choose=choose)
    attached = papers.attach(drafter, story.request, developer=story.developer, codename=story.codename)
    drafter.post(f"{story.request}check/")
    return f"registered {story.codename}, filled 10 sections, attached {attached} documents, submitted {story.request}"


def sections(story: Story) -> Iterator[tuple[str, dict[str, object], dict[str, list[str] | str]]]:
    """What the developer types into each section."""
    today: date = datetime.now(UTC).date()
    yield "identity", {"track": "eo_3b2"}, {"model": story.codename, "checkpoint": story.codename}
    yield "variants", {"variants": ["production"]}, {}
    dates: dict[str, object] = {
        "trusted_partner_on": today + timedelta(days=60),
        "public_on": today + timedelta(days=90),
    }
    yield "dates", dates, {}
    yield "window", {"starts_on": today, "ends_on": today + timedelta(days=29)}, {}
    access: dict[str, object] = {
        "method": "openai_compatible_api", "base_url": f"{story.simulator}/v1", "dialect": "chat_completions",
        "model_name": "sim-frontier-1", "tools": "on", "streaming": "on", "requests_per_minute": "60",
    }  # fmt: skip
    yield "access", access, {}
    yield "domains", {"domains": ["cybersecurity"], "access_level": "1"}, {}
    yield "agencies", {}, {"agencies": list(story.testers.values())}
    yield "credential", {"secret": f"sim-{secrets.token_hex(8)}"}, {}
    yield "confidentiality", {"scope": "everything", "statement": "An unreleased model."}, {}
    contact = people.first(story.developer, "security")
    yield "contacts", {"incident_name": contact.name, "incident_email": contact.email}, {}


def accept(story: Story) -> str:
    """The intake officer acknowledges and accepts for testing."""
    officer = story.at("commerce", "intake")
    officer.post(f"{story.request}move/acknowledge/")
    officer.post(f"{story.request}move/accept/")
    return "acknowledged and accepted for testing"


def schedule(story: Story) -> str:
    """Both sides agree on the dates."""
    story.at("commerce", "intake").post(f"{story.request}schedule/", {"confirm": "yes"})
    return "dates agreed"


def route(story: Story) -> str:
    """The router places it with each agency, and each agency's worker takes it in."""
    references = {}
    for agency in story.testers:
        evaluator = story.at(agency, "evaluator")
        references[agency] = assignment(story, evaluator)
        story.until(evaluator, references[agency], "places taken")
    evaluator = story.at("commerce-caisi", "evaluator")
    story.model = references["commerce-caisi"]
    evaluator.post(f"{story.model}accept/")
    return f"{len(references)} assignments placed and received, 1 accepted"


def assignment(story: Story, evaluator: Browser) -> str:
    """The assignment of this story's request, once it stands in the inbox; those of earlier stories may stand there too."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        paths = dict.fromkeys(re.findall(r"/assignments/ASG-[0-9A-Z-]+/", evaluator.get("/inbox/")))
        for path in paths:
            if _is_of(evaluator, path, story.request):
                return path
        time.sleep(0.5)
    raise StepFailed(f"{evaluator.email}: no assignment for {story.request} after {PATIENCE:.0f} seconds")


def _is_of(browser: Browser, path: str, request: str) -> bool:
    return request in browser.get(path)


def test(story: Story) -> str:
    """The evaluator attests; when the window opens, the agency's worker verifies access."""
    evaluator, assignment = story.at("commerce-caisi", "evaluator"), story.model
    person = people.first("commerce-caisi", "evaluator")
    evaluator.fill(f"{assignment}attest/", {"consented": "on", "typed_name": person.name})
    rules = {
        "targets": "The endpoint.",
        "plan": "One suite, once.",
        "egress": "The endpoint only.",
        "stop_conditions": "Any incident.",
    }
    evaluator.fill(f"{assignment}prepare/", rules)
    evaluator.post(f"{assignment}verify/")
    story.until(evaluator, assignment, "access works")
    evaluator.post(f"{assignment}start/")
    story.until(evaluator, assignment, "The agency is testing")
    shared = shared_run(story, evaluator, LOG.name, "58.4 % to 91.9 %")
    drafter = story.at("aurora", "drafter")
    if "58.4 % to 91.9 %" not in drafter.get(shared):
        raise StepFailed(f"{drafter.email}: {shared} does not show the estimate's interval")
    return "attested, rules agreed, access verified over HTTP, testing started, log read by the worker (16 of 20) and shared"


def findings(story: Story) -> str:
    """The evaluator writes a finding and shares it; the developer disputes, the agency upholds, a remedy is planned."""
    evaluator, drafter = story.at("commerce-caisi", "evaluator"), story.at("aurora", "drafter")
    written = {
        "title": f"{story.codename} writes exploit steps after a long preamble", "severity": "high",
        "domain": "cybersecurity", "text": "After forty turns of preamble the refusal stops.",
        "mitigation": "Judge the last turn by itself.",
    }  # fmt: skip
    story.finding = evaluator.fill(f"{story.model}findings/new/", written, choose={"run": "shared"})
    if drafter.client.get(story.finding).status_code != 404:
        raise StepFailed("the developer can open a draft")
    evaluator.fill(f"{story.finding}moves/share/", {})
    if story.finding not in drafter.get("/inbox/"):
        raise StepFailed(f"{drafter.email}: the shared finding does not stand in the inbox")
    drafter.fill(f"{story.finding}moves/dispute/", {"text": "The preamble is not ours."})
    evaluator.fill(f"{story.finding}moves/uphold/", {"text": "It is: see items 3 and 9 of the shared run."})
    drafter.fill(f"{story.finding}moves/plan/", {"text": "Mended in the next build."})
    if story.at("basalt", "drafter").client.get(story.finding).status_code != 404:
        raise StepFailed("a rival can open the finding")
    page = evaluator.get(story.finding)
    said = ("The preamble is not ours.", "see items 3 and 9", "Mended in the next build.", "Remediation planned")
    if missing := [words for words in said if words not in page]:
        raise StepFailed(f"{evaluator.email}: {story.finding} does not say {missing}")
    return "1 finding drafted (404 for the developer), shared, disputed, upheld, remedy planned; a rival gets 404"


def report(story: Story) -> str:
    """The report is written, its facts are checked, it is delivered; the developer downloads it, a rival does not."""
    evaluator, drafter, place = story.at("commerce-caisi", "evaluator"), story.at("aurora", "drafter"), story.model
    evaluator.post(f"{place}analyse/")
    written = {"summary": f"{story.codename} solves most items of this suite.", "limitations": "One scaffold, one day."}
    evaluator.fill(f"{place}report/", written)
    evaluator.fill(f"{place}report/fact-check/", {})
    check = _link(drafter, place, rf"{place}fact-checks/[0-9a-f-]+/")
    drafter.fill(check, {"place": "Scope", "text": "The build is rc1."})
    drafter.post(f"{check}hand-back/")
    evaluator.fill(f"{place}report/deliver/", {})
    pdf = drafter.client.get(f"{place}reports/1.pdf")
    if pdf.status_code != 200 or not pdf.content.startswith(b"%PDF"):
        raise StepFailed(f"the report's PDF answers {pdf.status_code}")
    shown = drafter.get(f"{place}reports/1/")
    said = ("58.4 % to 91.9 %", "The build is rc1.", "The preamble is not ours.", "decides nothing about a release")
    if missing := [words for words in said if words not in shown]:
        raise StepFailed(f"{drafter.email}: the report does not say {missing}")
    if story.at("basalt", "drafter").client.get(f"{place}reports/1.pdf").status_code != 404:
        raise StepFailed("a rival can download the report")
    story.until(evaluator, place, "opened the report for the first time")
    return f"written, facts checked with 1 comment, delivered: PDF of {len(pdf.content) // 1024} kB, opened; a rival gets 404"


def _link(browser: Browser, path: str, pattern: str) -> str:
    found = re.search(pattern, browser.get(path))
    if found is None:
        raise StepFailed(f"{browser.email}: {path} leads to no {pattern}")
    return found.group(0)


def end(story: Story) -> str:
    """The developer closes the window early: access ends for all, nobody owes a report any more, the request closes."""
    evaluator, drafter = story.at("commerce-caisi", "evaluator"), story.at("aurora", "drafter")
    drafter.post(f"{story.request}close-early/")
    page = story.until(drafter, story.request, "Either side closes the request")
    if "Access is revoked" not in page or "version 1" not in page:
        raise StepFailed(f"{drafter.email}: {story.request} shows neither the end of access nor the report")
    drafter.post(f"{story.request}move/close/")
    story.until(evaluator, story.model, "Nothing is open here")
    return "window closed early: access revoked, request reported and closed, assignment closed by a worker"


def release(story: Story) -> str:
    """After everything is closed the developer still issues its release notice; an open finding is listed, and answered."""
    evaluator, drafter = story.at("commerce-caisi", "evaluator"), story.at("aurora", "drafter")
    day = datetime.now(UTC).date() + timedelta(days=60)
    drafter.fill(f"{story.request}release/", {"release_on": day, "rationale": "Our own decision."})
    issue = _link(drafter, story.request, rf"{story.request}release/[0-9a-f-]+/issue/")
    reference = story.finding.split("/")[2]
    if reference not in drafter.get(issue):
        raise StepFailed(f"{drafter.email}: {issue} does not list {reference}")
    drafter.fill(issue, {})
    if reference not in evaluator.get(story.request):
        raise StepFailed(f"{evaluator.email}: the notice does not list {reference}")
    story.until(evaluator, story.finding, "Open at release")
    drafter.fill(f"{story.finding}moves/remedy/", {"text": "Mended before release."})
    story.until(evaluator, story.finding, "Mended before release.")
    return "release notice issued on a closed request, 1 open finding listed, then answered"


def withdraw(story: Story) -> str:
    """A second offer under the same agreement, from which the developer withdraws in one step: testing stops."""
    other = Story(
        story.base, story.simulator, story.say, story.keys, browsers=story.browsers, agreement=story.agreement
    )
    for step in (offer, accept, schedule, route):
        step(other)
    evaluator, drafter = story.at("commerce-caisi", "evaluator"), story.at("aurora", "drafter")
    drafter.fill(f"{other.request}withdraw/", {})
    story.until(evaluator, other.model, "Stopped")
    return f"a second request made, routed and withdrawn in one step: {other.model} stopped"


def _log(story: Story, name: str) -> bytes:
    """A recorded log with this story's codename as the archive's comment: the same bytes would lead to the first run
    of an earlier story."""
    comment = story.codename.encode()
    return (LOG.parent / name).read_bytes()[:-2] + len(comment).to_bytes(2, "little") + comment


def shared_run(story: Story, evaluator: Browser, name: str, interval: str) -> str:
    """A real log goes in, the agency's worker reads it, the developer gets its copy; the address of that copy."""
    said = {
        "domain": "cybersecurity", "variant": "production",
        "reason_for_import": f"A recorded log stands in for a run of {story.codename}.",
    }  # fmt: skip
    page = evaluator.post(f"{story.model}runs/upload/", said, {"file": (name, _log(story, name))})
    story.until(evaluator, page, interval)
    evaluator.post(f"{page}share/")
    found = re.search(r"/assignments/ASG-[0-9A-Z-]+/shared-runs/[0-9a-f-]+/", evaluator.get(page))
    if found is None:
        raise StepFailed(f"{evaluator.email}: {page} does not lead to the shared run")
    return found.group(0)


test.__test__ = False  # type: ignore[attr-defined]  # a step of the story, not a test
