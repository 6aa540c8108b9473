"""Early access in full: two rival developers offer models to three agencies, one agency turns its part down and the request
is routed again, a key is replaced, a finding is disputed, remedied and tested again, an incident is told, a report is delivered,
one developer withdraws, and neither learns of the other.

Every step is a page and a form, as the person it is for. Raises StepFailed where something answers otherwise.
"""

from __future__ import annotations

import re
import secrets
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from config.story import main
from config.story.browser import StepFailed
from config.story.main import Story

# In the order of signature, which is the order of the form.
AGENCIES = {
    "commerce": "Department of Commerce", "homeland": "Department of Homeland Security",
    "treasury": "Department of the Treasury",
}  # fmt: skip
TESTERS = {
    "commerce-caisi": "Center for AI Standards", "homeland-cisa": "Cybersecurity and Infrastructure",
    "treasury": "Department of the Treasury",
}  # fmt: skip
ROLES = ("drafter", "counsel", "signatory", "security", "administrator")
RETEST_LOG, RETEST_SUITE = "tools-5-of-5.eval", "tools"
SHARED = r"/shared-runs/[0-9a-f-]+/"
REASON = "Our range is being rebuilt this month."
PAGES = 150


@dataclass
class Rivals:
    """One offer each."""

    aurora: Story
    basalt: Story

    def both(self) -> tuple[Story, Story]:
        """In the order in which they act."""
        return self.aurora, self.basalt


def play(story: Story) -> Iterator[str]:
    """Each step's line, when it is done."""
    one = replace(story, agencies=AGENCIES, testers=TESTERS)
    two = {agency: name for agency, name in TESTERS.items() if agency != "treasury"}  # its places are few
    rivals = Rivals(one, replace(one, developer="basalt", testers=two, codename=f"plover-{secrets.token_hex(3)}"))
    for step in STEPS:
        yield step(rivals)


def agree(rivals: Rivals) -> str:
    """Each developer has an agreement with all three agencies."""
    for story in rivals.both():
        for step in (main.draft, main.send, main.clear, main.sign):
            step(story)
    return f"2 agreements with {len(AGENCIES)} agencies each in force"


def offer(rivals: Rivals) -> str:
    """Both offer a model; neither can open the other's request."""
    for story in rivals.both():
        main.offer(story)
    for story in rivals.both():
        if story.rival("drafter").client.get(story.request).status_code != 404:
            raise StepFailed(f"a rival can open {story.request}")
    return "2 models offered; each request is a 404 for the other developer"


def route(rivals: Rivals) -> str:
    """Both requests are taken in, scheduled, and placed with every agency that was consented to."""
    for story in rivals.both():
        main.accept(story)
        main.schedule(story)
        main.route(story)
    placed = sum(len(story.testers) for story in rivals.both())
    return f"{placed} assignments placed by the routing rules and received by the agencies' workers"


def turn_down(rivals: Rivals) -> str:
    """One agency turns its part of the first request down; it is routed again without that agency, and the board says why."""
    story = rivals.aurora
    evaluator = story.at("homeland-cisa", "evaluator")
    place = main.assignment(story, evaluator)
    evaluator.fill(f"{place}decline/", {"reason": REASON})
    story.until(evaluator, place, "Declined")
    board = story.until(story.at("commerce", "router"), "/routing/", story.request.split("/")[2])
    if "declined" not in board.lower():
        raise StepFailed("the board does not say why the request is routed again")
    if REASON in story.at(story.developer, "drafter").get(story.request):
        raise StepFailed("the developer reads an agency's reason")
    return "1 assignment turned down, routed again without that agency, reason kept among agencies"


def test(rivals: Rivals) -> str:
    """Access is verified over HTTP, a run is read by the agency's worker and shared."""
    return main.test(rivals.aurora)


def rotate(rivals: Rivals) -> str:
    """The developer replaces its key in the open window: the agency's worker verifies access with the new one."""
    story = rivals.aurora
    security = story.at(story.developer, "security")
    before = _openings(security.get(story.request))
    security.fill(f"{story.request}key/replace/", {"secret": f"sim-{secrets.token_hex(8)}"})
    deadline = time.monotonic() + main.PATIENCE
    while (after := _openings(page := security.get(story.request))) <= before:
        if time.monotonic() > deadline:
            raise StepFailed("nobody verifies access with the new key")
        time.sleep(0.5)
    if "Version 2, sealed" not in page:
        raise StepFailed(f"{security.email}: {story.request} does not say which key is sealed")
    story.until(story.at("commerce-caisi", "evaluator"), story.model, "access works")
    return f"key replaced in the open window, opened {after - before} time by the agency's worker, access works"


def _openings(page: str) -> int:
    return page.count("its worker")


def findings(rivals: Rivals) -> str:
    """A finding is shared, disputed, upheld, and a remedy planned."""
    return main.findings(rivals.aurora)


def retest(rivals: Rivals) -> str:
    """The developer says that the finding is remedied; a further run is shared, the retest names it, the finding is resolved."""
    story = rivals.aurora
    evaluator, drafter = story.at("commerce-caisi", "evaluator"), story.at(story.developer, "drafter")
    before = len(re.findall(SHARED, drafter.get(story.model)))
    shared = main.shared_run(story, evaluator, RETEST_LOG, "56.6 % to 100.0 %")
    if len(re.findall(SHARED, drafter.get(story.model))) <= before:
        raise StepFailed(f"{drafter.email}: {story.model} does not list the further run")
    drafter.fill(f"{story.finding}moves/remedy/", {"text": "The last turn is judged by itself now."})
    retested = f"{story.finding}moves/retest/"
    evaluator.fill(retested, {"text": "Five of five as asked."}, choose={"run": RETEST_SUITE})
    page = drafter.get(story.finding)
    if missing := [words for words in ("Five of five as asked.", "The retest was a run", shared) if words not in page]:
        raise StepFailed(f"{drafter.email}: {story.finding} does not say {missing}")
    evaluator.post(f"{story.finding}moves/resolve/")
    story.until(drafter, story.finding, "Nobody’s move: resolved")
    return "1 further run shared, the finding remedied, tested again by that run, resolved"


def incident(rivals: Rivals) -> str:
    """An incident is reported and contained for one side, then told: the developer reads it, its rival never does."""
    story = rivals.aurora
    evaluator, security = story.at("commerce-caisi", "evaluator"), story.at(story.developer, "security")
    what = "A prompt of the test went to a wrong list."
    written = {"kind": "leak", "severity": "medium", "what_happened": what,
               "discovered_at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}"}  # fmt: skip
    where = evaluator.fill(f"{story.model}incidents/new/", written)
    evaluator.fill(f"{where}moves/contain/", {"text": "Deleted by all who got it."})
    if security.client.get(where).status_code != 404:
        raise StepFailed("the developer reads an incident before it was notified")
    evaluator.fill(f"{where}moves/notify/", {})
    if what not in security.get(where) or where not in security.get("/inbox/"):
        raise StepFailed(f"{security.email}: {where} is not told, or does not stand in the inbox")
    evaluator.fill(f"{where}moves/investigate/", {"text": "Two people read it."})
    evaluator.fill(f"{where}moves/close/", {"text": "The list is gone."})
    story.until(security, where, "The list is gone.")
    if story.at(rivals.basalt.developer, "security").client.get(where).status_code != 404:
        raise StepFailed("a rival can open the incident")
    return "1 incident reported, contained, notified, investigated, closed; 404 for the developer before, for a rival always"


def report(rivals: Rivals) -> str:
    """The report is checked and delivered."""
    return main.report(rivals.aurora)


def withdraw(rivals: Rivals) -> str:
    """The second developer withdraws in one step: its assignments stop, the first developer's go on."""
    story, other = rivals.basalt, rivals.aurora
    drafter, evaluator = story.at(story.developer, "drafter"), story.at("commerce-caisi", "evaluator")
    drafter.fill(f"{story.request}withdraw/", {})
    story.until(evaluator, story.model, "Stopped")
    story.until(drafter, story.request, "Withdrawn")
    if "Stopped" in evaluator.get(other.model).split("Timeline")[0]:
        raise StepFailed(f"{other.model} stopped with the rival's withdrawal")
    return f"withdrawn in one step: {story.model} stopped, the rival's {other.model} goes on"


def learn_nothing(rivals: Rivals) -> str:
    """Every page that the people of each developer can reach by links says nothing of the other."""
    read = 0
    for story, other in (rivals.both(), rivals.both()[::-1]):
        names = (other.codename, *(part for path in (other.agreement, other.request, other.model)
                                   for part in path.split("/") if "-" in part))  # fmt: skip
        for role in ROLES:
            read += _crawl(story, role, names)
    return f"{read} pages read as {2 * len(ROLES)} people of both developers: nothing of the other's"


def _crawl(story: Story, role: str, names: tuple[str, ...]) -> int:
    """Follow links from the inbox; how many pages were read."""
    browser = story.at(story.developer, role)
    waiting, known, read = deque(["/inbox/", "/requests/", "/agreements/", "/models/"]), set[str](), 0
    while waiting and read < PAGES:
        path = waiting.popleft()
        answer = browser.client.get(path, follow_redirects=True)
        read += 1
        if found := [name for name in names if name in answer.text]:
            raise StepFailed(f"{browser.email}: {path} says {found}")
        for href in re.findall(r'href="(/[^"#]*)"', answer.text):
            if href not in known and not re.match(r"/(static|accounts/logout|demo)/", href):
                known.add(href)
                waiting.append(href)
    return read


STEPS = (agree, offer, route, turn_down, test, rotate, findings, retest, incident, report, withdraw, learn_nothing)
test.__test__ = False  # type: ignore[attr-defined]  # a step of the story, not a test
