"""What a newcomer finds in a fresh demo: agreements and a request under way, so that inboxes have something to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from config.story import main
from config.story.browser import StepFailed
from config.story.main import Story


def play(story: Story) -> Iterator[str]:
    """Basalt's text waits for two counsel, and another one for a component of Defense. Aurora's is in force: one request is with
    its agencies, another waits to be acknowledged; a trusted partner is nominated. Nothing where somebody has begun already."""
    second = replace(story, developer="basalt", codename="plover-2", browsers={})
    story = replace(story, codename="heron-4")
    for one in (second, story):
        if "/agreements/AGR-" in one.at(one.developer, "drafter").get("/agreements/"):
            yield f"{one.developer} has agreements already: left alone"
            return
    for step in (main.draft, main.send):
        yield step(second)
    yield clear_inside(replace(second, codename="obsidian-2", agencies={"defense": "Department of Defense"}))
    for step in (main.draft, main.send, main.clear, main.sign, main.offer, main.accept, main.schedule, main.route):
        yield step(story)
    yield nominate(story)
    yield main.offer(replace(story, codename="egret-1"))


def clear_inside(story: Story) -> str:
    """Defense has NSA and then CDAO concur first: NSA has, CDAO is asked."""
    main.draft(story)
    counsel, nsa = story.at("defense", "counsel"), story.at("defense-nsa", "counsel")
    counsel.fill(
        f"{story.agreement}components/defense/plan/",
        {"place.defense-nsa": "1", "place.defense-cdao": "2", "order": "sequence"},
    )
    story.at(story.developer, "drafter").post(f"{story.agreement}clearance/")
    found = re.search(r'name="[^"]*text_hash" value="([0-9a-f]{64})"', nsa.get(f"{story.agreement}components/"))
    if not found:
        raise StepFailed("NSA's counsel is not asked to concur")
    said = {"text_hash": found[1], "comment": "Nothing here reaches our own systems.", "verdict": "concur"}
    nsa.post(
        f"{story.agreement}components/defense-nsa/answer/", {f"defense-nsa-{k}": v for k, v in said.items()} | said
    )
    return f"1 of 2 components of Defense concurs with {story.agreement}, the other is asked"


def nominate(story: Story) -> str:
    """Commerce nominates a trusted partner for the request; the developer takes up the vetting."""
    officer, security = story.at("commerce", "intake"), story.at(story.developer, "security")
    said = {"name": "Harbor Grid Cooperative", "kind": "operator", "country": "United States", "purpose": "defend",
            "why": "It runs the pumps of three ports, and would find what to patch before the release."}  # fmt: skip
    partner = officer.fill(f"{story.request}partners/nominate/", said)
    security.post(f"{partner}move/begin_vetting/")
    return f"1 trusted partner nominated, its vetting taken up: {partner}"
