"""Step 6 once more, as routing officers: rules, places, exclusions."""

from __future__ import annotations

import re

from tests.browser.first_half import Story, day, path_of
from tests.browser.person import Person


def rules(router: Person, second: Person) -> None:
    """A routing officer drafts the next rules, tries and mends them; a second one publishes them."""
    router.follow("Rules")
    router.press("Draft the next version", again=False)
    router.fill(**{"rules-14-domain": "Conventional military"})
    router.press("Save and see the dry run", again=False)
    router.reads("Choose an agency for this rule.")
    router.fill(
        **{"rules-14-agency": "Department of Homeland Security", "rules-14-highest_access_level": "AL1, black box"}
    )
    router.fill(note="Homeland tests a domain more.")
    router.press("Save and see the dry run", again=False)
    router.reads("stay as they are", "somebody else publishes it")
    draft = re.sub("dry-run/$", "", path_of(router))
    second.open(f"{draft}publish/")
    second.reads("New: Conventional military to Department of Homeland Security, up to AL1")
    second.press("Publish the rules")
    router.open(draft)
    router.reads("Published")


def places(story: Story) -> None:
    """Treasury's routing officer keeps its calendar; Commerce's excludes an agency; a conflict is declared and ended."""
    keeper, router = story.cast("treasury", "router"), story.cast("commerce", "router")
    counsel = story.cast("commerce", "counsel")
    keeper.open("/assignments/")
    keeper.follow("Places of your agency")
    keeper.follow("Set places for some days")
    keeper.press("Save", again=False)
    keeper.reads("Something needs your attention")
    keeper.fill(domain="Critical infrastructure", starts_on=day(200), ends_on=day(202), places="1", note="Fewer people")
    keeper.press("Save", again=False)
    keeper.open(f"/routing/capacity/?month={day(200)[:7]}")
    keeper.reads("Fewer people")
    keeper.follow(re.compile("^Change Critical"))
    keeper.press("Remove this entry", again=False)
    keeper.follow("Change the usual places")
    router.open("/routing/exclusions/")
    router.follow("Exclude an agency")
    router.fill(
        router="Department of Commerce",
        agency="Bureau of Industry and Security",
        developer="Basalt Labs",
        until=day(30),
        reason="A clash of dates.",
    )
    router.press("Exclude it", again=False)
    router.reads("A clash of dates.")
    router.press("Let it in again Bureau of Industry and Security", again=False)
    counsel.open("/conflicts/new/")
    counsel.fill(agency="Department of Commerce", developer="Basalt Labs", person="Beth Larkin, Department of Commerce")
    counsel.fill(reason="An interest of the story.")
    counsel.press("Record it", again=False)
    counsel.follow(re.compile("^End it"))
    counsel.fill(reason="It was sold.")
    counsel.press("End it", again=False)
    counsel.follow("Recuse the agency")
