"""A developer and four agencies: three rounds, a refusal, a deviation, sealed concurrence, a signature that is declined, another
signatory, an amendment, a renewal, the end by notice."""

from __future__ import annotations

import re

from config.story.agreements import AGENCIES, INSTEAD
from tests.browser.conftest import Cast
from tests.browser.first_half import path_of
from tests.browser.person import Person


class Negotiation:
    """One agreement, and who acts on it. Every step begins at the agreement's page, as from an inbox."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.agreement = cast, ""

    def at(self, organisation: str, role: str) -> Person:
        """This person, at the agreement."""
        person = self.cast(organisation, role)
        person.open(self.agreement)
        return person

    def begin(self) -> None:
        """Drafted from the template for four agencies, and sent."""
        drafter = self.cast("aurora", "drafter")
        drafter.open("/agreements/new/")
        drafter.fill(title="Framework with four agencies", agencies=list(AGENCIES.values()))
        drafter.press("Make the draft", again=False)
        self.agreement = re.sub(r"edit/$", "", path_of(drafter))
        # two months, so that the end is near and the page offers a renewal
        drafter.fill(variables__model_families="Heron and later", variables__term_months="2")
        drafter.press("Save and send to the other parties", again=False)

    def first_round(self) -> None:
        """Defense suggests other words for a clause; the developer takes them into version 2."""
        defense = self.at("defense", "counsel")
        defense.open(f"{self.agreement}suggestions/clause/incident_notice/")
        words = "A party that learns of an incident tells the other within {incident_notice_hours} hours."
        defense.fill(text=words, reason="Plainer.")
        defense.press("Keep the suggestion", again=False)
        defense.press("Send to the other parties", again=False)
        drafter = self.at("aurora", "drafter")
        drafter.open(f"{self.agreement}suggestions/")
        drafter.press("Take it into our draft : Incident notice", again=False)
        drafter.open(f"{self.agreement}edit/")
        drafter.press("Save and propose as the next version", again=False)
        drafter.reads("Version 2, compared with version 1")

    def second_round(self) -> None:
        """Asked for concurrence, Commerce concurs and Treasury refuses a clause; the developer answers with version 3."""
        self.at("aurora", "drafter").press("Ask for concurrence", again=False)
        self.concur("commerce", 2)
        treasury = self.at("treasury", "counsel")
        treasury.follow(re.compile("Read and decide|Read the text"))
        treasury.fill(comment="No limit stands there.", clauses=["Publication"])
        treasury.press("Do not concur", again=False)
        drafter = self.at("aurora", "drafter")
        drafter.reads("No limit stands there.")
        drafter.open(f"{self.agreement}edit/")
        field = drafter.page.locator("[name='clause.publication']")
        field.fill(f"{field.input_value()} A review takes thirty days at most.")
        drafter.press("Save and propose as the next version", again=False)
        drafter.reads("Version 3", "A review takes thirty days at most.")

    def third_round(self) -> None:
        """Commerce has the answers sealed until all are in; all four concur with version 3."""
        commerce = self.at("commerce", "counsel")
        commerce.follow("Change the way")
        commerce.fill(blind=True)
        commerce.press("Save", again=False)
        self.at("aurora", "drafter").press("Ask for concurrence", again=False)
        *first, last = AGENCIES
        for agency in first:
            self.concur(agency, 3)
        self.at("aurora", "drafter").reads("3 of 4 agencies have answered")
        for reader in (self.at("aurora", "drafter"), self.at(last, "counsel")):
            assert "Concurs" not in reader.page.locator("main table").first.inner_text()
        self.concur(last, 3)
        self.at("aurora", "drafter").reads("Concurs")

    def deviate(self) -> None:
        """Both clauses are in words that nobody approved beforehand: each agency's counsel accepts them."""
        for agency in AGENCIES:
            counsel = self.at(agency, "counsel")
            counsel.follow("Deviations from approved text")
            for key, heading in (("publication", "Publication"), ("incident_notice", "Incident notice")):
                counsel.fill(**{f"{key}-reason": "It fits our practice."})
                counsel.press(f"Accept the words of {heading}", again=False)
        drafter = self.at("aurora", "drafter")
        self.open_for_signature(drafter)
        drafter.reads("Awaiting signature")

    def decline(self) -> None:
        """The developer signs, Commerce declines; the reason is read, no concurrence is lost."""
        self.sign("aurora")
        commerce = self.at("commerce", "signatory")
        commerce.follow("Decline to sign")
        commerce.fill(reason="The annex is not agreed inside.")
        commerce.press("Decline to sign", again=False)
        drafter = self.at("aurora", "drafter")
        drafter.reads("In negotiation", "The annex is not agreed inside.")
        drafter.press("Ask for concurrence", again=False)
        drafter.open(self.agreement)
        self.open_for_signature(drafter)

    def open_for_signature(self, drafter: Person) -> None:
        """Every check is read, then the file is sealed."""
        drafter.follow("Open for signature")
        drafter.reads("Every check passed.")
        drafter.press("Seal the file and invite", again=False)

    def execute(self) -> None:
        """All parties sign, for Homeland somebody else than first asked; it is in force."""
        for organisation in ("aurora", "commerce", "defense"):
            self.sign(organisation)
        counsel = self.at("homeland", "counsel")
        counsel.follow(re.compile("^Name somebody else"))
        counsel.page.get_by_label(re.compile(INSTEAD.name)).check()
        counsel.fill(reason="On leave until the end of the month.")
        counsel.press("Name this signatory", again=False)
        instead = Person(*self.cast.parts, INSTEAD)
        self.signs(instead)
        instead.context.close()
        self.sign("treasury")
        self.at("aurora", "drafter").reads("In force")

    def amend(self) -> None:
        """An amendment shortens the window, and a renewal makes the term longer; each is agreed and signed by all."""
        drafter = self.at("aurora", "drafter")
        drafter.follow("Amend")
        drafter.fill(title="Shorter windows")
        drafter.press("Begin the draft", again=False)
        drafter.fill(variables__access_days="20")
        first = self.agreement
        self.agree(drafter)
        self.agreement = first
        drafter.open(first)
        drafter.reads("Nothing is renewed by itself.")
        drafter.press("Draft a renewal", again=False)
        drafter.reads("2 becomes 4.")
        self.agree(drafter)
        self.agreement = first
        treasury = self.at("treasury", "counsel")
        treasury.follow("Consolidated text on any day")
        treasury.reads("at most 20 days", "lasts 4 months")

    def agree(self, drafter: Person) -> None:
        """The draft where the drafter is goes out, is concurred with by all agencies, and signed by all parties."""
        self.agreement = re.sub(r"edit/$", "", path_of(drafter))
        drafter.press("Save and send to the other parties", again=False)
        self.at("aurora", "drafter").press("Ask for concurrence", again=False)
        for agency in AGENCIES:
            self.concur(agency, 1)
        self.open_for_signature(self.at("aurora", "drafter"))
        for organisation in ("aurora", *AGENCIES):
            self.sign(organisation)

    def end(self) -> None:
        """Treasury suspends it and resumes; the developer gives notice."""
        treasury = self.at("treasury", "counsel")
        treasury.follow("Suspend")
        treasury.fill(reason="Our facility is being moved.")
        treasury.press("Suspend now", again=False)
        self.at("treasury", "counsel").press("Resume", again=False)
        counsel = self.at("aurora", "counsel")
        counsel.follow("Give notice of termination")
        counsel.fill(reason="We go on without it.")
        counsel.press("Give notice now", again=False)
        self.at("defense", "counsel").reads("We go on without it.")

    def concur(self, agency: str, version: int) -> None:
        """The agency's counsel reads and concurs."""
        counsel = self.at(agency, "counsel")
        counsel.follow(re.compile("Read and decide|Read the text"))
        counsel.press(f"Concur with version {version}", again=False)

    def sign(self, organisation: str) -> None:
        """The organisation's signatory reads and signs."""
        self.signs(self.cast(organisation, "signatory"))

    def signs(self, signatory: Person) -> None:
        """This person reads and signs."""
        signatory.open(self.agreement)
        signatory.follow("Read and sign")
        signatory.fill(agreed=True, typed_name=signatory.who.name)
        signatory.press("Sign", again=False)
        signatory.heading("You have signed")

    def play(self) -> None:
        """From the first draft to the notice."""
        for step in (
            self.begin,
            self.first_round,
            self.second_round,
            self.third_round,
            self.deviate,
            self.decline,
            self.execute,
            self.amend,
            self.end,
        ):
            step()
