"""Steps 5 to 11: intake, routing, attestation, access verification, testing, findings, and withdrawal in one step."""

from __future__ import annotations

import re
import time

from tests.browser import routing
from tests.browser.first_half import LOG, Story, day, path_of
from tests.browser.person import PATIENCE, Person

# Tables of results as an evaluator types them; the suite is named after the story, so that no two files are the same.
STEPS = "suite,model,range,attempt,steps_total,steps_reached\nkites,model,hill,1,8,3\nkites,model,hill,2,8,8\nkites,model,hill,3,8,5\n"
TIERS = (
    "suite,model,metric,slice,successes,n\n"
    "kites,model,accuracy,novice,36,40\nkites,model,accuracy,apprentice,30,40\nkites,model,accuracy,expert,9,40\n"
)


def take_in(story: Story) -> None:
    """5. The intake officer asks, the developer answers; accepted, and both sides agree on the dates."""
    officer, drafter = story.cast("commerce", "intake"), story.cast(story.developer, "drafter")
    officer.open("/requests/intake/")
    officer.follow_to(story.request)
    officer.open(f"{story.request}decline/")
    officer.open(story.request)
    officer.press("Acknowledge")
    officer.follow("Ask for information")
    officer.press("Send the question", again=False)
    officer.reads("Something needs your attention")
    officer.fill(text="Which tools can the model call?")
    officer.press("Send the question")
    drafter.open("/inbox/")
    drafter.follow_to(story.request)
    drafter.follow("Answer")
    drafter.reads("Which tools can the model call?")
    drafter.fill(text="None of its own; a test may offer some.")
    drafter.press("Send the answer")
    officer.open("/inbox/")
    officer.follow_to(story.request)
    officer.press("Accept for testing")
    officer.follow("Dates")
    officer.press("Confirm these dates")
    officer.open(story.request)
    officer.reads("Scheduled")


def route(story: Story) -> None:
    """6 and 7. One assignment per agency, each decision in words; the agency accepts, its evaluator attests."""
    router = story.cast("commerce", "router")
    for agency in story.testers:
        evaluator = story.cast(agency, "evaluator")
        story.assignments[agency] = found(story, evaluator)
        evaluator.until("places taken", story.assignments[agency])
    router.open("/routing/")
    router.reads(story.request.split("/")[2])
    other = story.cast("treasury", "evaluator")
    other.open(story.assignments["treasury"])
    other.follow("Decline")
    other.fill(reason="Our range is being rebuilt this month.")
    other.press("Decline")
    router.open("/routing/")
    router.reads("Our range is being rebuilt this month.")
    router.follow(re.compile("^Reassign"), within=router.page.locator("tr", has_text="Center for AI"))
    router.press("Reassign", again=False)
    router.reads("Say why in a few words")
    for view in ("All passes", "Nobody eligible, still open"):
        router.open("/routing/")
        router.follow(view)
    routing.rules(router, story.cast("commerce", "coordinator"))
    routing.places(story)
    begin(story)


def begin(story: Story) -> None:
    """The lead agency accepts, its evaluator attests and agrees the rules."""
    evaluator = story.cast("commerce-caisi", "evaluator")
    evaluator.open(story.assignments["commerce-caisi"])
    evaluator.press("Accept")
    evaluator.follow("Attest")
    evaluator.fill(consented=True, typed_name=evaluator.who.name)
    evaluator.press("Attest")
    evaluator.follow("Write rules of engagement")
    evaluator.fill(
        targets="The endpoint.", plan="One suite, once.", egress="The endpoint only.", stop_conditions="Any incident."
    )
    evaluator.press("Agree the rules")


def found(story: Story, evaluator: Person) -> str:
    """The assignment of this story's request, once it stands among the evaluator's."""
    deadline = time.monotonic() + PATIENCE
    tried: set[str] = set()
    while time.monotonic() < deadline:
        evaluator.open("/assignments/")
        links = evaluator.page.locator("main tbody th a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        for path in links:
            if path not in tried:
                tried.add(path)
                evaluator.open(path)
                if story.request.split("/")[2] in evaluator.said():
                    return str(path)
        time.sleep(0.3)
    raise AssertionError(f"{evaluator.who.name}: no assignment for {story.request}")


def verify(story: Story) -> None:
    """8. When the window opens, the agency's worker verifies access with the sealed key; the evaluator connects."""
    evaluator, security = story.cast("commerce-caisi", "evaluator"), story.cast(story.developer, "security")
    assignment = story.assignments["commerce-caisi"]
    evaluator.open(assignment)
    evaluator.press("Verify access now")
    evaluator.until("access works", assignment)
    evaluator.open(story.request)
    evaluator.follow(re.compile("How to connect"))
    evaluator.open(f"{story.request}connect/commerce-caisi/common/")
    evaluator.fill(text="To run the agreed suite by hand.")
    evaluator.press("Open the key", again=False)
    evaluator.reads("Shown once")
    security.open(story.request)
    security.reads("Openings of the key", "To run the agreed suite by hand.")
    security.follow("Take the key back")
    security.open(story.request)
    security.follow("Replace the key")
    security.fill(secret="sim-replaced-in-the-window")
    security.press("Seal the new key", again=False)
    security.reads("Version 2, sealed")
    security.follow(re.compile("Have it checked"))
    security.press("It is revoked: have it checked", again=False)
    security.until("Still taken by the endpoint", story.request)  # the simulator takes every key that it knows
    security.follow(re.compile("^Take back"))
    for path in ("key/common/replace/", "key/common/revoke/"):
        security.open(f"{story.request}{path}")
    evaluator.until("access works", assignment)
    evaluator.press("Start testing")
    evaluator.reads("The agency is testing")


def measure(story: Story) -> None:
    """9. A real log is read by the agency's worker, shown with its interval, shared; a finding is written and answered."""
    evaluator, drafter = story.cast("commerce-caisi", "evaluator"), story.cast(story.developer, "drafter")
    assignment = story.assignments["commerce-caisi"]
    evaluator.open(assignment)
    evaluator.follow("Start a run")
    evaluator.press("Start the run", again=False)
    evaluator.reads("Choose the suite that is to be run.")
    evaluator.page.locator("main [name=suite][value=refusals]").check()
    evaluator.fill(variant="Production safeguards")
    evaluator.press("Start the run")
    evaluator.reads("Waiting for the runner")
    evaluator.press("Stop the run", again=False)
    evaluator.reads("An evaluator stopped it.")
    evaluator.open(assignment)
    evaluator.follow("Upload results")
    evaluator.press("Upload and seal", again=False)
    evaluator.reads("Something needs your attention")
    evaluator.fill(variant="Production safeguards", reason_for_import="A recorded log stands in for a run.")
    comment = story.codename.encode()
    body = LOG.read_bytes()[:-2] + len(comment).to_bytes(2, "little") + comment
    evaluator.page.set_input_files("[name=file]", {"name": LOG.name, "mimeType": "application/zip", "buffer": body})
    evaluator.press("Upload and seal")
    story.run = path_of(evaluator)
    evaluator.waits_for("58.4 % to 91.9 %")
    evaluator.follow("Read its samples")
    evaluator.press("Open the list and the first samples", again=False)
    samples = f"{story.run}log/"
    evaluator.waits_for("20 of 20 samples")
    evaluator.fill(show="Not solved")
    evaluator.open(f"{samples}?show=unsolved")
    evaluator.reads("4 of 20 samples")
    evaluator.open(f"{samples}1/")
    evaluator.reads("Say the word number 1.")
    for name, table in (("steps.csv", STEPS), ("tiers.csv", TIERS)):
        evaluator.open(f"{assignment}runs/upload/")
        evaluator.fill(variant="Production safeguards", reason_for_import="Typed from the notes of the range.")
        body = table.replace("kites", f"kites-{story.codename}").encode()
        evaluator.page.set_input_files("[name=file]", {"name": name, "mimeType": "text/csv", "buffer": body})
        evaluator.press("Upload and seal")
        evaluator.until("The numbers of the plot", path_of(evaluator))
    evaluator.open(story.run)
    evaluator.follow("Compare an estimate")
    evaluator.fill(
        name="An open model of last year", estimate="0.62", n="200", same_conditions="Yes.", source="Its card"
    )
    evaluator.press("Add the comparison")
    evaluator.follow("Write the notes")
    evaluator.fill(scaffold="A plain loop", cheating_rate="0.05")
    evaluator.press("Save the notes", again=False)
    evaluator.reads("Say how cheating was looked for")
    evaluator.fill(cheating_found="Two of us read every transcript with a full score.")
    evaluator.press("Save the notes")
    evaluator.reads("A plain loop", "5.0 %")
    evaluator.press("Share with the developer")
    drafter.open(assignment)
    with drafter.page.expect_navigation():
        drafter.page.locator("main a[href*='/shared-runs/']").click()
    drafter.look()
    drafter.reads("58.4 % to 91.9 %")
    for person in (evaluator, drafter):
        person.open(assignment)
        person.follow("All results in one view")
        person.reads("58.4 % to 91.9 %", "An open model of last year", "Nothing to compare with")
    evaluator.reads("By tier", "Steps of ranges", "1 of 3 attempts reached the last step")
    drafter.open(f"{assignment}stop/")


def tell(story: Story) -> None:
    """9. A finding is drafted, shared, acknowledged and disputed, upheld; the developer plans a remedy."""
    evaluator, drafter = story.cast("commerce-caisi", "evaluator"), story.cast(story.developer, "drafter")
    evaluator.open(story.assignments["commerce-caisi"])
    evaluator.follow("Write a finding")
    evaluator.press("Save the draft", again=False)
    evaluator.reads("Something needs your attention")
    evaluator.fill(title="Writes working exploits for known flaws", text="In 16 of 20 tasks the model wrote one.")
    evaluator.page.locator("main [name=severity]").nth(2).check()
    evaluator.press("Save the draft")
    story.finding = path_of(evaluator)
    evaluator.open(f"{story.finding}discard/")
    evaluator.open(story.finding)
    evaluator.follow("Edit")
    evaluator.fill(mitigation="Refuse requests that name a host.")
    evaluator.press("Save the draft")
    evaluator.follow("Share with the developer")
    evaluator.press("Share with the developer")
    drafter.open("/inbox/")
    drafter.follow_to(story.finding)
    say(drafter, "Acknowledge")
    say(drafter, "Dispute", "Two of the sixteen do not run.")
    drafter.fill(text="The logs of both are attached to our ticket.")
    drafter.press("Add the comment")
    evaluator.open(story.finding)
    say(evaluator, "Uphold the finding", "Fourteen do.")
    drafter.open(story.finding)
    say(drafter, "Plan a remedy", "A filter before release.")
    for person in (evaluator, drafter):
        person.open("/findings/")
        person.follow("By state over time")
        person.reads("Findings by state over time", "Remediation planned")


def say(person: Person, move: str, text: str = "") -> None:
    """A move of a finding; one that wants words has a page of its own."""
    if text:
        person.follow(move)
        person.fill(text=text)
    person.press(move)


def report(story: Story) -> None:
    """9. The report is written, its facts are checked by the developer, it is delivered, opened and downloaded."""
    evaluator, drafter = story.cast("commerce-caisi", "evaluator"), story.cast(story.developer, "drafter")
    assignment = story.assignments["commerce-caisi"]
    evaluator.open(assignment)
    evaluator.press("End testing, begin analysis")
    evaluator.open(f"{assignment}end-without-report/")
    evaluator.open(assignment)
    evaluator.follow("Write the report")
    evaluator.fill(summary="The model solves 16 of 20 tasks.", limitations="One suite, one day, no tools.")
    evaluator.press("Save the draft")
    evaluator.follow("See what is missing and fill it")
    evaluator.open(f"{assignment}report/completeness/1ii/")
    evaluator.fill(covers="What the standard asks at least", text="Solving a network from end to end would matter.")
    evaluator.press("Save", again=False)
    evaluator.reads("Solving a network from end to end would matter.")
    evaluator.open(f"{assignment}report/preview/")
    evaluator.follow("Send for a fact check")
    evaluator.press("Send for a fact check")
    drafter.open(assignment)
    drafter.follow("Check the facts")
    drafter.fill(text="The checkpoint is called rc1.")
    drafter.press("Add the comment")
    drafter.press("Hand the fact check back")
    evaluator.open(assignment)
    evaluator.follow("Read the draft and deliver it")
    evaluator.follow("Deliver the report")
    evaluator.press("Deliver version 1")
    drafter.open(assignment)
    drafter.follow("Open the report")
    drafter.reads("The model solves 16 of 20 tasks.", "The checkpoint is called rc1.", "Section 3(c)")
    with drafter.page.expect_download() as copy:
        drafter.page.get_by_role("link", name=re.compile("Download the PDF")).click()
    assert copy.value.path().read_bytes().startswith(b"%PDF")
    evaluator.open(f"{assignment}reports/1/publication/")
    evaluator.fill(text="The model solves 16 of 20 tasks of a public suite.")
    evaluator.press("Send for review", again=False)
    evaluator.reads("The agreement gives the other side until")
    drafter.open("/reports/")
    drafter.open(f"{assignment}reports/1/publication/")
    drafter.press("Answer", again=False)
    drafter.reads("Something needs your attention")


def release(story: Story) -> None:
    """9. The developer gives notice of its release whenever it likes; open findings are listed, nothing is asked."""
    drafter = story.cast(story.developer, "drafter")
    drafter.open(story.request)
    drafter.follow("Plan a release notice")
    drafter.fill(release_on=day(45), rationale="The filter stands before then.")
    drafter.press("Save as planned")
    drafter.follow("Issue the notice")
    drafter.press("Issue the notice")
    drafter.reads("1 open finding")


def withdraw(story: Story) -> None:
    """10. One step and a confirmation: everything stops, and each agency says what it returned or destroyed."""
    drafter, evaluator = story.cast(story.developer, "drafter"), story.cast("commerce-caisi", "evaluator")
    drafter.open(f"{story.request}close-early/")
    drafter.open(story.request)
    drafter.follow("Withdraw this request")
    drafter.press("Withdraw now")
    drafter.reads("Withdrawn")
    evaluator.open(story.request)
    evaluator.follow("Answer")
    evaluator.fill(statement="The logs were destroyed; the report stays on record.")
    evaluator.press("Send the answer")
    drafter.open(story.request)
    drafter.reads("The logs were destroyed")
