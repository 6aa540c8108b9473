"""Two rival developers at three agencies in the browser: each offers a model, one agency turns its part of the first down, a
key is replaced, an incident is told, a finding is disputed and tested again, a report is delivered, the second withdraws, and
neither learns anything of the other. Steps of the main story are played as they stand there."""

from __future__ import annotations

import re
import secrets

from tests.browser import first_half, interruptions, second_half
from tests.browser.conftest import Cast
from tests.browser.first_half import LOG, Story, path_of
from tests.browser.person import Person
from tests.browser.product import Product

AGENCIES = {
    "commerce": "Department of Commerce", "homeland": "Department of Homeland Security",
    "treasury": "Department of the Treasury",
}  # fmt: skip
TESTERS = {
    "commerce-caisi": "Center for AI Standards and Innovation",
    "homeland-cisa": "Cybersecurity and Infrastructure Security Agency",
    "treasury": "Department of the Treasury",
}  # fmt: skip
OF_BASALT = {key: name for key, name in TESTERS.items() if key != "treasury"}  # its places are few
REASON = "Our range is being rebuilt until spring."
READERS = ("drafter", "security", "counsel", "administrator")
LISTS = ("/inbox/", "/requests/", "/agreements/", "/models/", "/assignments/", "/findings/", "/findings/over-time/",
         "/incidents/", "/reports/",
         "/notifications/", "/due/", "/requests/windows/")  # fmt: skip


class Rivals:
    """One offer each."""

    def __init__(self, cast: Cast, product: Product) -> None:
        self.cast = cast
        self.aurora = Story(cast, product, testers=dict(TESTERS))
        self.basalt = Story(cast, product, "basalt", dict(OF_BASALT), f"plover-{secrets.token_hex(3)}")

    def play(self) -> None:
        """Everything, in its order."""
        for story in (self.aurora, self.basalt):
            agree(story)
            first_half.offer(story)
            second_half.take_in(story)
        self.nobody_opens_the_others()
        for story in (self.aurora, self.basalt):
            place(story)
        turn_down(self.aurora)
        second_half.begin(self.aurora)
        second_half.verify(self.aurora)
        second_half.measure(self.aurora)
        second_half.tell(self.aurora)
        interruptions.incident(self.aurora)
        retest(self.aurora)
        second_half.report(self.aurora)
        changed(self.aurora)
        second_half.withdraw(self.basalt)
        self.goes_on()
        self.nobody_opens_the_others()
        self.nobody_reads_of_the_other()

    def pairs(self) -> tuple[tuple[Story, Story], tuple[Story, Story]]:
        """Each with its rival."""
        return (self.aurora, self.basalt), (self.basalt, self.aurora)

    def nobody_opens_the_others(self) -> None:
        """What one developer has is not there for the other."""
        for story, rival in self.pairs():
            for person in (self.cast(rival.developer, role) for role in READERS):
                for path in (story.agreement, story.request, story.model, story.finding, *story.assignments.values()):
                    if path:
                        person.open(path)
                        person.heading("Nothing is here")

    def goes_on(self) -> None:
        """The first developer's test is untouched by the rival's withdrawal."""
        evaluator = self.cast("commerce-caisi", "evaluator")
        evaluator.open(self.basalt.assignments["commerce-caisi"])
        evaluator.reads("Stopped")
        evaluator.open(self.aurora.assignments["commerce-caisi"])
        assert "Stopped" not in evaluator.page.locator("main header, main .c-status").first.inner_text()
        evaluator.reads("Report delivered")

    def nobody_reads_of_the_other(self) -> None:
        """No list, search or own page of a developer's people names anything of the other's."""
        for story, rival in self.pairs():
            theirs = (story.agreement, story.request, story.finding, *story.assignments.values())
            names = [story.codename, *(path.split("/")[2] for path in theirs if path)]
            for person in (self.cast(rival.developer, role) for role in READERS):
                for path in (*LISTS, rival.request, rival.model, rival.assignments["commerce-caisi"]):
                    person.open(path)
                    told = person.page.content()
                    assert not [name for name in names if name in told], f"{person.who.name} reads of it at {path}"
                for name in names:
                    person.open(f"/search/?q={name}")
                    found = person.page.locator("main a").evaluate_all("all => all.map(a => a.href + a.textContent)")
                    assert not [link for link in found if any(n in link for n in names)], f"{person.who.name}: {name}"


def agree(story: Story) -> None:
    """An agreement with all three agencies, in force."""
    drafter = story.cast(story.developer, "drafter")
    drafter.open("/agreements/new/")
    drafter.fill(title=f"Early access of {story.developer.title()}", agencies=list(AGENCIES.values()))
    drafter.press("Make the draft", again=False)
    story.agreement = re.sub(r"edit/$", "", path_of(drafter))
    drafter.fill(variables__model_families="All to come")
    drafter.press("Save and send to the other parties", again=False)
    drafter.open(story.agreement)
    drafter.press("Ask for concurrence", again=False)
    for agency in AGENCIES:
        counsel = story.cast(agency, "counsel")
        counsel.open(story.agreement)
        counsel.follow(re.compile("Read and decide|Read the text"))
        counsel.press("Concur with version 1", again=False)
    drafter.open(story.agreement)
    drafter.follow("Open for signature")
    drafter.press("Seal the file and invite", again=False)
    for organisation in (story.developer, *AGENCIES):
        signatory = story.cast(organisation, "signatory")
        signatory.open(story.agreement)
        signatory.follow("Read and sign")
        signatory.fill(agreed=True, typed_name=signatory.who.name)
        signatory.press("Sign", again=False)
        signatory.heading("You have signed")
    drafter.open(story.agreement)
    drafter.reads("In force")


def place(story: Story) -> None:
    """Each agency that was consented to gets its assignment."""
    for agency in story.testers:
        evaluator = story.cast(agency, "evaluator")
        story.assignments[agency] = second_half.found(story, evaluator)
        evaluator.until("places taken", story.assignments[agency])


def turn_down(story: Story) -> None:
    """One agency declines: the request is routed again without it, agencies read why, the developer does not."""
    evaluator, router = story.cast("homeland-cisa", "evaluator"), story.cast("commerce", "router")
    evaluator.open(story.assignments["homeland-cisa"])
    evaluator.follow("Decline")
    evaluator.fill(reason=REASON)
    evaluator.press("Decline")
    evaluator.until("Declined", story.assignments["homeland-cisa"])
    router.until(REASON, "/routing/")
    drafter = story.cast(story.developer, "drafter")
    for path in (story.request, story.assignments["homeland-cisa"]):
        assert REASON not in drafter.open(path).content()


def retest(story: Story) -> None:
    """The developer reports the remedy; a further run is uploaded and shared, the retest is that run, the finding is resolved."""
    evaluator, drafter = story.cast("commerce-caisi", "evaluator"), story.cast(story.developer, "drafter")
    evaluator.open(f"{story.assignments['commerce-caisi']}runs/upload/")
    evaluator.fill(variant="Production safeguards", reason_for_import="The retest, recorded before.")
    comment, log = story.codename.encode(), LOG.with_name("tools-5-of-5.eval")
    body = log.read_bytes()[:-2] + len(comment).to_bytes(2, "little") + comment
    evaluator.page.set_input_files("[name=file]", {"name": log.name, "mimeType": "application/zip", "buffer": body})
    evaluator.press("Upload and seal")
    evaluator.until("56.6 % to 100.0 %", path_of(evaluator))
    evaluator.press("Share with the developer")
    drafter.open(story.finding)
    second_half.say(drafter, "Report it remedied", "The filter reads the last turn.")
    evaluator.open(story.finding)
    evaluator.follow("Record a retest")
    evaluator.press("Record a retest", again=False)
    evaluator.reads("Say what was tested again")
    evaluator.fill(text="Five of five as asked.")
    _choose(evaluator, "tools")
    evaluator.press("Record a retest")
    drafter.open(story.finding)
    drafter.reads("The retest was a run", "Five of five as asked.")
    evaluator.open(story.finding)
    second_half.say(evaluator, "Resolve")
    evaluator.reads("Nobody’s move: resolved")


def changed(story: Story) -> None:
    """After the delivery the developer serves something else, and says so: it stands beside the report for both sides."""
    security, evaluator = story.cast(story.developer, "security"), story.cast("commerce-caisi", "evaluator")
    security.open(story.request)
    security.follow("Announce a change")
    security.fill(sentence="Another build answers.", requests_per_minute="90")
    security.press("Announce the change", again=False)
    security.open(story.request)
    security.reads("Delivered before a change")
    for person in (security, evaluator):
        person.open(f"{story.assignments['commerce-caisi']}reports/1/")
        person.reads("Changed since this report was delivered", "Another build answers.")


def _choose(evaluator: Person, suite: str) -> None:
    """The run of this suite, whatever else its line says."""
    field = evaluator.page.locator("main select[name=run]")
    line = field.locator("option", has_text=suite).first.inner_text()
    field.select_option(label=line)
