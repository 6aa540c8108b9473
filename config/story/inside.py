"""Defense has two of its components concur before it does: in turn, one of them only when it has thought again. Nobody outside
the agency reads a word of it, and an amendment asks the same components again.
"""

from __future__ import annotations

import re

from config.story.browser import StepFailed
from config.story.main import Story

AGENCY = "defense"
COMPONENTS = ("defense-nsa", "defense-cdao")  # in the order in which they are asked
REASON = "Our own reviewers need longer than that."


def prepare(story: Story) -> str:
    """The plan; an answer out of turn and one of the agency, both refused; a refusal inside, which moves nothing outside."""
    agency, (first, second) = story.at(AGENCY, "counsel"), COMPONENTS
    if story.at(first, "counsel").client.get(story.agreement).status_code != 404:
        raise StepFailed("a component reads an agreement before it is asked about it")
    agency.fill(
        f"{story.agreement}components/{AGENCY}/plan/",
        {f"place.{first}": "1", f"place.{second}": "2", "order": "sequence"},
    )
    said = _said(story, first, story.agreement, "concur", "")
    _refused(story, second, said, "National Security Agency comes before yours")
    cannot_concur(story, story.agreement, "National Security Agency has not answered yet")
    answer(story, first, story.agreement, "refuse", REASON)
    if REASON not in agency.get(f"{story.agreement}components/"):
        raise StepFailed("the agency does not read why its component does not concur")
    cannot_concur(story, story.agreement, "National Security Agency does not concur")
    _outside(story)
    for component in COMPONENTS:
        answer(story, component, story.agreement)
    if 'value="concur"' not in agency.get(f"{story.agreement}negotiation/"):
        raise StepFailed("its components concur, and the agency still cannot")
    return f"{len(COMPONENTS)} components of Defense concur in turn, 1 after a refusal; 3 attempts too early refused"


def again(story: Story, amendment: str) -> None:
    """The same components are asked about an amendment; the agency set nothing anew."""
    read = story.at(AGENCY, "counsel").get(f"{amendment}components/")
    if f"Taken over from {story.agreement.split('/')[2]}" not in read:
        raise StepFailed("an amendment does not take the plan of components over")
    cannot_concur(story, amendment, "has not answered yet")
    for component in COMPONENTS:
        answer(story, component, amendment)


def answer(story: Story, component: str, path: str, verdict: str = "concur", comment: str = "") -> None:
    """The component's counsel reads and answers inside the agency."""
    sent = _said(story, component, path, verdict, comment)
    story.at(component, "counsel").post(f"{path}components/{component}/answer/", sent)


def cannot_concur(story: Story, path: str, words: str) -> None:
    """The agency's concurrence is refused in these words, and is not offered on the page."""
    agency = story.at(AGENCY, "counsel")
    page = agency.get(f"{path}negotiation/")
    found = re.search(r'name="text_hash" value="([0-9a-f]{64})"', page)
    if not found or 'value="concur"' in page:
        raise StepFailed("an agency whose components are out may refuse, and is not offered to concur")
    agency.refused(f"{path}verdict/", {"text_hash": found[1], "verdict": "concur", "comment": ""}, words)


def _said(story: Story, component: str, path: str, verdict: str, comment: str) -> dict[str, str]:
    page = story.at(component, "counsel").get(f"{path}components/")
    found = re.search(rf'name="{component}-text_hash" value="([0-9a-f]{{64}})"', page)
    if not found:
        raise StepFailed(f"{component} is not asked to concur")
    said = {"text_hash": found[1], "comment": comment, **({"clauses": "publication"} if verdict == "refuse" else {})}
    return {f"{component}-{name}": value for name, value in said.items()} | {"verdict": verdict}


def _refused(story: Story, component: str, sent: dict[str, str], words: str) -> None:
    """An answer of another component than the one whose form it was."""
    own = {re.sub("^defense-[a-z]+-", f"{component}-", name): value for name, value in sent.items()}
    story.at(component, "counsel").refused(f"{story.agreement}components/{component}/answer/", own, words)


def _outside(story: Story) -> None:
    """To the developer and another agency the agreement stands where it stood, and nothing is said of components."""
    for who in (story.developer, "treasury"):
        counsel = story.at(who, "counsel")
        pages = [counsel.get(f"{story.agreement}{place}") for place in ("", "negotiation/", "redline/?from=2&to=3")]
        if any(REASON in page or "National Security Agency" in page for page in pages):
            raise StepFailed(f"{who} reads what a component of another agency said")
        if "In clearance" not in pages[0]:
            raise StepFailed("a refusal inside an agency has moved the agreement")
    if story.at(story.developer, "counsel").client.get(f"{story.agreement}components/").status_code != 403:
        raise StepFailed("the developer may open the page of an agency's components")
