"""What comes between while a model is tested: an incident, blocked time, a change of what is served, a longer window."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from tests.browser import second_half
from tests.browser.first_half import Story, day, path_of


def incident(story: Story) -> None:
    """9. An incident is reported, contained, told to the developer, investigated and closed."""
    evaluator, security = story.cast("commerce-caisi", "evaluator"), story.cast(story.developer, "security")
    evaluator.open("/incidents/")
    evaluator.open(story.assignments["commerce-caisi"])
    evaluator.follow("Report an incident")
    evaluator.press("Report the incident", again=False)
    evaluator.reads("Something needs your attention")
    evaluator.page.locator("main [name=kind]").nth(1).check()
    evaluator.page.locator("main [name=severity]").nth(2).check()
    evaluator.fill(discovered_at=f"{datetime.now(UTC):%Y-%m-%d %H:%M}", what_happened="A prompt went to a wrong list.")
    evaluator.press("Report the incident")
    where = path_of(evaluator)
    second_half.say(evaluator, "Contain it", "The mail was deleted by all who got it.")
    evaluator.follow("Notify the other side")
    evaluator.press("Notify the other side")
    security.open("/inbox/")
    security.follow_to(where)
    security.reads("A prompt went to a wrong list.")
    security.fill(text="Nobody of ours had the list.")
    security.press("Add the note")
    evaluator.open(where)
    evaluator.press("Add the note", again=False)
    evaluator.reads("Say what became known", "Nobody of ours had the list.")
    evaluator.open(where)
    second_half.say(evaluator, "Record the investigation", "Two people read it.")
    second_half.say(evaluator, "Close with lessons", "The list is gone.")
    evaluator.reads("Nobody’s move: closed")
    evaluator.open("/incidents/")


def delays(story: Story) -> None:
    """9. Blocked time is reported, corrected and ended; what is served changes; a longer window is refused,
    consented to, and taken back."""
    security, drafter = story.cast(story.developer, "security"), story.cast(story.developer, "drafter")
    evaluator = story.cast("commerce-caisi", "evaluator")
    security.open(story.request)
    security.follow("Report blocked time")
    security.press("Report", again=False)
    security.reads("Something needs your attention")
    security.fill(began_at=f"{datetime.now(UTC):%Y-%m-%d %H:%M}", why="The endpoint did not answer.")
    security.press("Report")
    evaluator.open(story.request)
    evaluator.reads("The endpoint did not answer.", "The dates stay")
    security.open(story.request)
    security.follow(re.compile("^Correct the blocked"))
    security.fill(correction="It answered, but too slowly.")
    security.press("Save the correction")
    security.open(story.request)
    security.follow(re.compile("^End the blocked"))
    security.press("End it now")
    security.open(story.request)
    security.follow("Announce a change")
    security.press("Announce the change", again=False)
    security.reads("Something needs your attention")
    security.fill(sentence="More requests per minute.", requests_per_minute="90")
    security.press("Announce the change")
    evaluator.open(story.request)
    evaluator.reads("Changed since tested", "More requests per minute.", "measured on another configuration")
    for answer in ("Refuse", "Consent to the later day"):
        evaluator.open(story.request)
        evaluator.follow("Propose a longer window")
        evaluator.press("Propose", again=False)
        evaluator.reads("Something needs your attention")
        evaluator.fill(ends_on=day(24), why="Hours were lost.")
        evaluator.press("Propose")
        drafter.open("/inbox/")
        drafter.follow_to(story.request)
        drafter.follow(answer)
        if answer == "Refuse":
            drafter.press("Refuse")
        else:
            drafter.fill(consent=True)
            drafter.press("Consent")
    drafter.open(story.request)
    drafter.reads("The developer consented")
    drafter.follow("Propose a longer window")
    drafter.fill(ends_on=day(26), why="For a second suite.")
    drafter.press("Propose")
    drafter.follow("Take the proposal back")
    drafter.press("Take it back")
