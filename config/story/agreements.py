"""The whole life of an agreement: three rounds between a developer and four agencies, concurrence, inside one of them by its
components first, a signature that is declined, the executed file and its proof, an amendment, a renewal, suspension, and the end by notice.

Every step is a page and a form, as the person it is for. Raises StepFailed where something answers otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from config.demo import people
from config.story import cards, inside
from config.story.browser import StepFailed
from config.story.main import Story

# In the order of signature, which is the order of the form.
AGENCIES = {
    "commerce": "Department of Commerce", "defense": "Department of Defense",
    "homeland": "Department of Homeland Security", "treasury": "Department of the Treasury",
}  # fmt: skip
INSTEAD = next(p for p in people.PEOPLE if p.name == "Petronella Ashe")
OTHER_WORDS = "A party that learns of an incident tells the other at once, and within {incident_notice_hours} hours at the latest."
HERE = {"chosen": "1"}  # nobody on a card, whoever has one


def play(story: Story) -> Iterator[str]:
    """Each step's line, when it is done."""
    for step in STEPS:
        yield step(story)


def begin(story: Story) -> str:
    """The drafter starts from the template with four agencies, and sends."""
    drafter = story.at(story.developer, "drafter")
    where = drafter.fill(
        "/agreements/new/", {"title": "Framework with four agencies"}, choose={"agencies": list(AGENCIES.values())}
    )
    story.agreement = "/".join(where.split("/")[:3]) + "/"
    drafter.fill(
        f"{story.agreement}edit/", {"variables.model_families": story.codename.split("-")[0].title(), "send": "yes"}
    )
    _says(story, "defense", "counsel", story.agreement, "In negotiation")
    return f"drafted for {len(AGENCIES)} agencies, sent as version 1: {story.agreement}"


def first_round(story: Story) -> str:
    """Treasury returns it with a comment; Defense suggests other words; the developer takes them into version 2."""
    treasury, defense = story.at("treasury", "counsel"), story.at("defense", "counsel")
    treasury.post(
        f"{story.agreement}comment/",
        {"clause_id": "publication", "text": "Say how long a review may take.", "audience": "all"},
    )
    treasury.post(
        f"{story.agreement}verdict/",
        {
            "text_hash": _hash(story, "treasury"),
            "verdict": "return",
            "comment": "See our comment.",
            "clauses": "publication",
        },
    )
    defense.fill(
        f"{story.agreement}suggestions/clause/incident_notice/",
        {"text": OTHER_WORDS, "reason": "An incident cannot wait."},
    )
    defense.post(f"{story.agreement}suggestions/send/")
    drafter = story.at(story.developer, "drafter")
    page = drafter.get(f"{story.agreement}suggestions/")
    found = re.search(r"suggestions/([0-9a-f-]{36})/accept/", page)
    if not found:
        raise StepFailed("the suggestion of Defense offers no acceptance")
    drafter.post(f"{story.agreement}suggestions/{found[1]}/accept/")
    drafter.post(f"{story.agreement}propose/")
    _says(story, "defense", "counsel", f"{story.agreement}negotiation/", "Version 2")
    return "1 comment, 1 return, 1 suggestion taken into version 2"


def second_round(story: Story) -> str:
    """Concurrence is asked for: two agencies concur, Treasury refuses one clause; the developer changes it in version 3."""
    drafter = story.at(story.developer, "drafter")
    drafter.post(f"{story.agreement}clearance/")
    for agency in ("commerce", "homeland"):
        _concur(story, agency)
    story.at("treasury", "counsel").post(
        f"{story.agreement}verdict/",
        {"text_hash": _hash(story, "treasury"), "verdict": "refuse", "comment": "No limit stands there.",
         "clauses": "publication"},
    )  # fmt: skip
    _says(story, story.developer, "counsel", story.agreement, "No limit stands there.")
    edited = drafter.value(f"{story.agreement}edit/", "clause.publication")
    drafter.fill(
        f"{story.agreement}edit/", {"clause.publication": f"{edited} A review takes 30 days at most.", "propose": "yes"}
    )
    _says(story, "treasury", "counsel", f"{story.agreement}negotiation/", "A review takes 30 days at most.")
    return "2 concurrences, 1 refusal of 1 clause, answered by version 3"


def third_round(story: Story) -> str:
    """What changed is read as page, PDF and Word file; who concurred with the rest is asked about one clause only."""
    drafter = story.at(story.developer, "drafter")
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = drafter.client.get(f"{story.agreement}redline.{kind}?from=2&to=3")
        if answer.status_code != 200 or not answer.content.startswith(begins):
            raise StepFailed(f"the redline as {kind} answers {answer.status_code}")
    _says(story, story.developer, "drafter", f"{story.agreement}redline/?from=2&to=3", "1 of ")
    story.at("commerce", "counsel").post(f"{story.agreement}concurrence/", {"order": "parallel", "blind": "on"})
    drafter.post(f"{story.agreement}clearance/")
    _says(story, "commerce", "counsel", f"{story.agreement}negotiation/", "Publication")
    return "1 clause differs: redline as page, PDF and Word file; answers are sealed until all are in"


def concur(story: Story) -> str:
    """All four concur with version 3, each without knowing what the others said. Two clauses deviate from approved text,
    so nothing is opened yet."""
    drafter = story.at(story.developer, "drafter")
    for number, agency in enumerate(AGENCIES):
        if number:
            _says(
                story,
                story.developer,
                "drafter",
                story.agreement,
                f"{number} of {len(AGENCIES)} agencies have answered",
            )
        _concur(story, agency)
    if f"{len(AGENCIES)} of" in drafter.get(story.agreement):
        raise StepFailed("the answers are in, and not open")
    checks = drafter.get(f"{story.agreement}open/")
    waits = "deviates from the approved text, and Department of Defense has not decided"
    if waits not in checks or "Seal the file and invite" in checks:
        raise StepFailed("it does not say that deviations wait for a decision")
    return f"{len(AGENCIES)} of {len(AGENCIES)} agencies concur; not opened, deviations are undecided"


def deviate(story: Story) -> str:
    """Counsel of each agency accepts both, with a reason that the agency keeps to itself; the file is sealed."""
    path, reason, accepted = f"{story.agreement}deviations/", "It fits our practice.", 0
    for agency in AGENCIES:
        counsel = story.at(agency, "counsel")
        for key, text_hash in re.findall(r'name="([a-z0-9_-]+)-text_hash" value="([0-9a-f]{64})"', counsel.get(path)):
            words = {f"{key}-text_hash": text_hash, f"{key}-reason": reason, f"{key}-audience": "own"}
            counsel.post(f"{path}{key}/", {**words, "verdict": "accept"})
            accepted += 1
        _says(story, agency, "counsel", path, reason)
    if reason in story.at(story.developer, "drafter").get(path):
        raise StepFailed("the developer reads an agency's own reason")
    story.at(story.developer, "drafter").post(f"{story.agreement}open/", HERE)
    _says(story, story.developer, "signatory", story.agreement, "Awaiting signature")
    return f"{accepted} decisions on deviations, sealed"


def decline(story: Story) -> str:
    """The developer signs, Commerce declines with a reason: nothing is executed, and it is asked for again."""
    _sign(story, story.developer)
    story.at("commerce", "signatory").fill(f"{story.agreement}decline/", {"reason": "The annex is not agreed inside."})
    _says(story, story.developer, "drafter", story.agreement, "The annex is not agreed inside.")
    if story.at(story.developer, "drafter").client.get(f"{story.agreement}executed.pdf").status_code == 200:
        raise StepFailed("a file that was declined can be had as executed")
    drafter = story.at(story.developer, "drafter")
    drafter.post(f"{story.agreement}clearance/")
    asked = [a for a in AGENCIES if 'value="concur"' in story.at(a, "counsel").get(f"{story.agreement}negotiation/")]
    if asked:
        raise StepFailed(f"asked again about a text that did not change: {', '.join(asked)}")
    drafter.post(f"{story.agreement}open/", HERE)
    return "1 signature, 1 decline with its reason; no concurrence was lost, sealed again"


def sign(story: Story) -> str:
    """All parties sign in the order set: for Commerce whoever acts in the post that its delegation is given to, for Defense
    somebody with a card, for Homeland somebody else than first asked; the last signature executes it."""
    _says(story, story.developer, "drafter", story.agreement, "given to the post of Under Secretary")
    for organisation in (story.developer, "commerce"):
        _sign(story, organisation)
    holder = people.first("defense", "signatory")
    cards.sign(holder, story.seat(holder), story.agreement, story.keys)
    _reassign(story)
    _sign(story, "homeland", INSTEAD)
    _sign(story, "treasury")
    _says(story, story.developer, "drafter", story.agreement, "In force")
    return f"{len(AGENCIES) + 1} signatures: 1 acting in a post, 1 on a card, 1 by another signatory than first asked; in force"


def _reassign(story: Story) -> None:
    """Homeland's counsel names another signatory within authority; the one who was asked cannot sign any more."""
    counsel, first = story.at("homeland", "counsel"), story.at("homeland", "signatory")
    page = counsel.get(story.agreement)
    found = re.search(r"signatories/([0-9a-f-]{36})/", page)
    if not found:
        raise StepFailed("the agreement's page offers its counsel nobody to replace")
    reason = "On leave until the end of the month."
    counsel.fill(f"{story.agreement}signatories/{found[1]}/", {"reason": reason}, choose={"authority": INSTEAD.name})
    _says(story, story.developer, "drafter", story.agreement, INSTEAD.name)
    if first.client.get(f"{story.agreement}sign/").status_code == 200:
        raise StepFailed("a signatory who was replaced may still sign")


def prove(story: Story) -> str:
    """The executed copy is confirmed to a party by its hash, and to a stranger once the developer says so."""
    drafter = story.at(story.developer, "drafter")
    files = [drafter.client.get(f"{story.agreement}{name}.pdf") for name in ("executed", "certificate")]
    if any(f.status_code != 200 or not f.content.startswith(b"%PDF") for f in files):
        raise StepFailed("the executed copy or its certificate cannot be had")
    address = f"/verify/?sha256={sha256(files[0].content).hexdigest()}"
    if "byte for byte" not in drafter.get(address):
        raise StepFailed("a party's own executed copy is not confirmed")
    rival = story.at("basalt", "drafter")
    if "does not confirm" not in rival.get(address) or rival.client.get(story.agreement).status_code != 404:
        raise StepFailed("a rival learns of the agreement")
    if "byte for byte" in drafter.get(f"/verify/?sha256={sha256(files[0].content + b' ').hexdigest()}"):
        raise StepFailed("a changed copy is confirmed")
    return f"executed copy of {len(files[0].content) // 1024} kB confirmed to its parties, to nobody else"


def amend(story: Story) -> str:
    """An amendment shortens the window: signed by all parties, and read in the text as it stands."""
    drafter = story.at(story.developer, "drafter")
    edit = drafter.fill(f"{story.agreement}amend/", {"title": "Shorter windows"})
    drafter.fill(edit, {"variables.access_days": "20", "send": "yes"})
    _agree(story, edit.removesuffix("edit/"))
    _says(story, "treasury", "counsel", f"{story.agreement}text/", "at most 20 days")
    return f"{len(inside.COMPONENTS)} components asked again, amended with {len(AGENCIES) + 1} signatures: windows of 20 days"


def renew(story: Story) -> str:
    """A renewal is an amendment of the term that is begun with one click."""
    drafter = story.at(story.developer, "drafter")
    edit = drafter.post(f"{story.agreement}renew/")
    if "24 becomes 48." not in drafter.get(edit):
        raise StepFailed("the draft of a renewal does not make the term longer")
    drafter.fill(edit, {"send": "yes"})
    _agree(story, edit.removesuffix("edit/"))
    _says(story, "treasury", "counsel", f"{story.agreement}text/", "48 months")
    return f"renewed with {len(AGENCIES) + 1} signatures: a term of 48 months"


def _agree(story: Story, path: str) -> None:
    """Concurrence of every agency with a text, and the signatures of all."""
    drafter = story.at(story.developer, "drafter")
    drafter.post(f"{path}clearance/")
    inside.again(story, path)
    for agency in AGENCIES:
        _concur(story, agency, path)
    drafter.post(f"{path}open/", HERE)
    for organisation in (story.developer, *AGENCIES):
        _sign(story, organisation, path=path)


def rest(story: Story) -> str:
    """Counsel suspends it for a reason, and resumes."""
    counsel = story.at("treasury", "counsel")
    counsel.fill(f"{story.agreement}suspend/", {"reason": "Our facility is being moved."})
    _says(story, story.developer, "counsel", story.agreement, "Suspended")
    counsel.post(f"{story.agreement}resume/")
    _says(story, story.developer, "counsel", story.agreement, "In force")
    return "suspended and resumed"


def leave(story: Story) -> str:
    """One agency gives notice that it leaves while the others go on, and stays after all; the text is carried as files."""
    counsel = story.at("homeland", "counsel")
    counsel.fill(f"{story.agreement}leave/", {"reason": "Our mandate may end."})
    _says(story, story.developer, "counsel", story.agreement, "Department of Homeland Security leaves it on")
    counsel.post(f"{story.agreement}stay/")
    if "leaves it on" in story.at(story.developer, "counsel").get(story.agreement):
        raise StepFailed("a notice that was taken back still stands")
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = counsel.client.get(f"{story.agreement}text.{kind}")
        if answer.status_code != 200 or not answer.content.startswith(begins):
            raise StepFailed(f"the consolidated text as {kind} answers {answer.status_code}")
    return "1 notice to leave given and taken back; the consolidated text as PDF and Word file"


def many(story: Story) -> str:
    """One change to many agreements is shown for each before a draft is made."""
    reference = story.agreement.split("/")[2]
    drafter = story.at(story.developer, "drafter")
    sent = {"agreements": [reference], "kind": "term", "term": "access_days", "value": "15", "title": "Shorter still"}
    shown = drafter.shown("/agreements/amend/", sent | {"show": "1"})
    if "20 becomes 15." not in shown:
        raise StepFailed("the page of many amendments does not say what would change")
    made = re.search(r"/agreements/(AGR-[0-9A-Z-]+)/edit/", drafter.shown("/agreements/amend/", sent | {"make": "1"}))
    if not made:
        raise StepFailed("no draft was made")
    drafter.fill(f"/agreements/{made[1]}/withdraw/", {})
    return f"1 change shown for 1 agreement, drafted as {made[1]}, withdrawn"


def end(story: Story) -> str:
    """The developer gives notice; the page says until when it binds."""
    story.at(story.developer, "counsel").fill(f"{story.agreement}terminate/", {"reason": "We go on without it."})
    _says(story, "defense", "counsel", story.agreement, "We go on without it.")
    return "notice of termination given"


def _says(story: Story, organisation: str, role: str, path: str, words: str) -> None:
    browser = story.at(organisation, role)
    if words not in browser.get(path):
        raise StepFailed(f"{browser.email}: {path} does not say “{words}”")


def _hash(story: Story, agency: str, path: str = "") -> str:
    """The hash of the text that the agency's counsel reads."""
    page = story.at(agency, "counsel").get(f"{path or story.agreement}negotiation/")
    found = re.search(r'name="text_hash" value="([0-9a-f]{64})"', page)
    if not found:
        raise StepFailed(f"{agency}: the negotiation page offers no verdict")
    return found[1]


def _concur(story: Story, agency: str, path: str = "") -> None:
    sent = {"text_hash": _hash(story, agency, path), "verdict": "concur", "comment": ""}
    story.at(agency, "counsel").post(f"{path or story.agreement}verdict/", sent)


def _sign(story: Story, organisation: str, person: people.Person | None = None, path: str = "") -> None:
    signatory = person or people.first(organisation, "signatory")
    story.seat(signatory).fill(f"{path or story.agreement}sign/", {"agreed": "on", "typed_name": signatory.name})


STEPS = (
    begin,
    first_round,
    second_round,
    third_round,
    inside.prepare,
    concur,
    deviate,
    decline,
    sign,
    prove,
    amend,
    renew,
    rest,
    leave,
    many,
    end,
)
