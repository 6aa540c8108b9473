"""Steps 1 to 4 of the main story: an agreement is drafted, negotiated and signed, a model is offered."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.browser.cards import sign_on_a_card
from tests.browser.conftest import Cast
from tests.browser.person import Person
from tests.browser.product import Product

AGENCIES = {"commerce": "Department of Commerce", "treasury": "Department of the Treasury"}
TESTERS = {
    "commerce-caisi": "Center for AI Standards and Innovation",
    "treasury": "Department of the Treasury",
}
LOG = Path(__file__).parents[1] / "evaluation_logs" / "success-16-of-20.eval"


@dataclass
class Story:
    """What the steps share."""

    cast: Cast
    product: Product
    developer: str = "aurora"
    testers: dict[str, str] = field(default_factory=lambda: dict(TESTERS))
    codename: str = field(default_factory=lambda: f"heron-{secrets.token_hex(3)}")
    agreement: str = ""
    executed: bytes = b""
    model: str = ""
    request: str = ""
    assignments: dict[str, str] = field(default_factory=dict)
    run: str = ""
    finding: str = ""


def day(offset: int) -> str:
    """A day from today, as a date field takes it."""
    return (datetime.now(UTC).date() + timedelta(days=offset)).isoformat()


def path_of(person: Person) -> str:
    """The address where this person is, without the host."""
    return "/" + person.page.url.split("/", 3)[3]


def draft(story: Story) -> None:
    """1. The drafter starts an agreement from the template and sends it."""
    drafter = story.cast("aurora", "drafter")
    drafter.follow("Agreements")
    drafter.follow("Start an agreement")
    drafter.press("Make the draft", again=False)
    drafter.reads("Something needs your attention")
    drafter.fill(title="Framework for early access to Heron models", agencies=list(AGENCIES.values()))
    drafter.press("Make the draft")
    story.agreement = re.sub(r"edit/$", "", path_of(drafter))
    drafter.reads("Section 3(c)", "Before it can go out")
    drafter.fill(variables__model_families="Heron and later")
    drafter.press("Save the draft")
    drafter.press("Save and send to the other parties")
    drafter.reads("In negotiation")


def negotiate(story: Story) -> None:
    """2. Counsel comment, return, and concur with the version that follows."""
    drafter, counsel = story.cast("aurora", "drafter"), story.cast("treasury", "counsel")
    counsel.open("/inbox/")
    counsel.follow_to(story.agreement)
    counsel.follow("Read, compare and comment")
    counsel.fill(clause_id="Term", text="Could the term be counted from the first signature?")
    counsel.press("Send this one now")
    counsel.reads("Could the term be counted")
    counsel.open(f"{story.agreement}suggestions/clause/term/")
    counsel.press("Keep the suggestion", again=False)
    counsel.reads("Something needs your attention")
    counsel.fill(text="This agreement lasts one year from the first signature.", reason="Shorter to read.")
    counsel.press("Keep the suggestion", again=False)
    counsel.press("Send to the other parties")
    counsel.open(f"{story.agreement}negotiation/")
    counsel.press("Return for changes", again=False)
    counsel.reads("Something needs your attention")
    counsel.fill(clause_id="Term", text="Say from which day.")
    counsel.press("Keep for my review", again=False)
    counsel.reads("Your review: 1 comment kept.")
    counsel.follow("Change the kept comment")
    counsel.heading("Change a comment")
    counsel.press("Keep it so", again=False)
    counsel.fill(comment="Shorter, please.")
    counsel.press("Return for changes")
    counsel.open(f"{story.agreement}negotiation/")
    thread = counsel.page.locator("#clause-term .c-comments > li").first
    counsel.press("Resolve the comment of Harold Beck", within=thread, again=False)
    counsel.reads("Resolved by Harold Beck")
    counsel.open(story.agreement)
    counsel.follow("Change the way")
    counsel.heading("How the agencies concur")
    counsel.press("Save")

    drafter.open(story.agreement)
    drafter.follow("Write a new version")
    drafter.fill(
        variables__access_days="20", clause__purpose="Both sides learn what a model can do before it is released."
    )
    drafter.press("Save the draft")
    drafter.reads("Deviates from approved text")
    drafter.press("Save and propose as the next version")
    drafter.reads("Changed", "Could the term be counted")
    for agency in AGENCIES:
        reader = story.cast(agency, "counsel")
        reader.open(story.agreement)
        reader.follow("Deviations from approved text")
        reader.press("Refuse the words of Purpose", again=False)
        reader.reads("Something needs your attention")
        reader.fill(**{"purpose-reason": "It says the same in fewer words."})
        reader.press("Accept the words of Purpose")
        reader.reads("Accepted", "only")
    drafter.open(f"{story.agreement}deviations/")
    assert "in fewer words" not in drafter.said()
    drafter.open(f"{story.agreement}clearance/by/")
    drafter.open(story.agreement)
    drafter.press("Ask for concurrence")
    for agency in AGENCIES:
        reader = story.cast(agency, "counsel")
        reader.open(story.agreement)
        reader.follow(re.compile("Read and decide|Read the text"))
        reader.press("Concur with version 2")
    drafter.open(story.agreement)
    drafter.follow("Open for signature")
    drafter.press("Seal the file and invite")
    drafter.reads("Awaiting signature")


def sign(story: Story) -> None:
    """3. Everybody signs in the order set, one of them on a card; the last signature puts it in force."""
    early = story.cast("treasury", "signatory")
    early.open(f"{story.agreement}sign/")
    early.reads("turn")
    for organisation in ("aurora", *AGENCIES):
        signatory = story.cast(organisation, "signatory")
        signatory.open("/inbox/")
        signatory.follow_to(story.agreement)
        if organisation == "aurora":
            signatory.open(f"{story.agreement}decline/")
            signatory.open(story.agreement)
            signatory.follow(re.compile("Name somebody else"))
            signatory.open(story.agreement)
        if organisation == "commerce":
            sign_on_a_card(signatory, story.agreement, story.product.state)
            continue
        signatory.follow("Read and sign")
        signatory.press("Sign", again=False)
        signatory.reads("Something needs your attention")
        signatory.fill(agreed=True, typed_name=signatory.who.name)
        signatory.press("Sign")
        signatory.heading("You have signed")
    drafter = story.cast("aurora", "drafter")
    drafter.open(story.agreement)
    drafter.reads("In force")
    with drafter.page.expect_download() as copy:
        drafter.page.get_by_role("link", name="Download the executed copy").click()
    story.executed = copy.value.path().read_bytes()
    assert story.executed.startswith(b"%PDF")
    rival = story.cast("basalt", "drafter")
    rival.open(story.agreement)
    rival.heading("Nothing is here")


def offer(story: Story) -> None:
    """4. The developer registers a model and makes a request of ten sections; the window guard refuses 31 days in words."""
    drafter, security = story.cast(story.developer, "drafter"), story.cast(story.developer, "security")
    drafter.open("/inbox/")
    drafter.follow("Models")
    drafter.follow("Register a model")
    drafter.fill(codename=story.codename, family="Heron")
    drafter.press("Register")
    story.model = path_of(drafter)
    drafter.follow("Register a checkpoint")
    drafter.fill(label="rc1", configuration_sha256=secrets.token_hex(32), variants=["Production", "Helpful"])
    drafter.press("Register")
    drafter.follow("Requests")
    drafter.follow("Start a request")
    drafter.press("Start the draft")
    story.request = path_of(drafter)

    drafter.follow(re.compile("^Take or hand over Access"))
    drafter.fill(person=security.who.name)
    drafter.press("Save")
    security.open(story.request)
    security.follow(re.compile("^Ask a colleague Risk"))
    security.press("Ask", again=False)
    security.reads("Something needs your attention")
    security.fill(text="Cyber only?")
    security.press("Ask")
    drafter.open(story.request)
    drafter.reads("Needs an answer", "asks: Cyber only?")
    drafter.follow(re.compile("^Answer Risk"))
    drafter.fill(text="Cyber only.")
    drafter.press("Send the answer")

    def section(person: Person, label: str, **values: Any) -> None:
        person.open(story.request)
        person.follow(label)
        person.fill(**values)
        person.press("Save")

    section(
        drafter,
        "Model and checkpoint",
        track="Executive Order 14409, section 3(b)(ii)",
        model=story.codename,
        checkpoint=f"{story.codename}: rc1",
    )
    section(drafter, "Variants", variants=["Production", "Helpful"])
    section(drafter, "Planned dates", trusted_partner_on=day(60), public_on=day(90))
    drafter.open(story.request)
    drafter.follow("Access window")
    drafter.fill(starts_on=day(0), ends_on=day(31))
    drafter.press("Save", again=False)
    drafter.reads("30 days")
    drafter.fill(ends_on=day(19))
    drafter.press("Save")
    section(drafter, "Risk domains", domains=["Cybersecurity"], access_level="AL1, black box")
    section(drafter, "Agencies and consent", agencies=list(story.testers.values()))
    section(
        security, "Access specification", method="API that speaks OpenAI's dialect", dialect="Chat completions",
        base_url=story.product.places["CONCORD_SIMULATOR_URL"] + "/v1", model_name="sim-frontier-1", requests_per_minute="60",
        tools=True, streaming=True,
    )  # fmt: skip
    section(security, "Credential", secret=f"sim-{secrets.token_hex(8)}")
    section(drafter, "Confidentiality", scope="Everything in this request", statement="An unreleased model.")
    section(security, "Contacts", incident_name=security.who.name, incident_email=security.who.email)
    drafter.open(story.request)
    drafter.follow("Check and submit")
    drafter.press("Submit the request")
    drafter.reads("Submitted")
    with drafter.page.expect_download() as receipt:
        drafter.page.get_by_role("link", name="Download the receipt").click()
    assert sha256(receipt.value.path().read_bytes()).hexdigest() in drafter.said()
