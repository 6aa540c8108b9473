"""What a newcomer finds in a fresh demo: agreements and a request under way, so that inboxes have something to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from config.story import main
from config.story.main import Story


def play(story: Story) -> Iterator[str]:
    """Basalt's text waits for two counsel. Aurora's is in force: one request is with its agencies, another waits to be
    acknowledged; a trusted partner is nominated. Nothing where somebody has begun already."""
    second = replace(story, developer="basalt", codename="plover-2", browsers={})
    story = replace(story, codename="heron-4")
    for one in (second, story):
        if "/agreements/AGR-" in one.at(one.developer, "drafter").get("/agreements/"):
            yield f"{one.developer} has agreements already: left alone"
            return
    for step in (main.draft, main.send):
        yield step(second)
    for step in (main.draft, main.send, main.clear, main.sign, main.offer, main.accept, main.schedule, main.route):
        yield step(story)
    yield nominate(story)
    yield main.offer(replace(story, codename="egret-1"))


def nominate(story: Story) -> str:
    """Commerce nominates a trusted partner for the request; the developer takes up the vetting."""
    officer, security = story.at("commerce", "intake"), story.at(story.developer, "security")
    said = {"name": "Harbor Grid Cooperative", "kind": "operator", "country": "United States", "purpose": "defend",
            "why": "It runs the pumps of three ports, and would find what to patch before the release."}  # fmt: skip
    partner = officer.fill(f"{story.request}partners/nominate/", said)
    security.post(f"{partner}move/begin_vetting/")
    return f"1 trusted partner nominated, its vetting taken up: {partner}"
