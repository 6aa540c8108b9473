"""What the main story leaves out: posts, components that concur, designation inquiries, trusted partners."""

from __future__ import annotations

import re
import secrets

from early_access.models import VETTING
from tests.browser.first_half import Story, path_of
from tests.browser.person import Person


def posts(administrator: Person, counsel: Person) -> None:
    """A post is created, somebody acts in it with counsel's concurrence, a delegation is given to it, and all of it ends."""
    administrator.open("/agreements/posts/")
    administrator.follow("Create a post")
    administrator.fill(title=f"Director {secrets.token_hex(3)}", source="By-laws, article 9")
    administrator.press("Create", again=False)
    post = path_of(administrator)
    administrator.follow("Record who holds it")
    administrator.fill(acting=True, begins_at="2026-11-01 00:00", source="Order 7")
    administrator.press("Record", again=False)
    administrator.reads("Acting in a post always ends")
    administrator.fill(ends_at="2027-03-01 00:00")
    administrator.press("Record", again=False)
    held = path_of(administrator)
    counsel.open(held)
    counsel.press("Concur")
    administrator.open("/agreements/authorities/new/")
    administrator.fill(number=f"P-{secrets.token_hex(3)}", title="To the director", valid_from="2026-11-01 00:00")
    administrator.fill(
        holder="Nobody by name: it is given to a post", instruments=["Framework memorandum of understanding"]
    )
    administrator.page.locator("[name=post]").select_option(index=1)
    administrator.press("Record", again=False)
    administrator.open(post)
    administrator.reads("To the director", "Acting")
    administrator.open(held)
    administrator.fill(reason="Recorded for the story.")
    administrator.press("End it", again=False)
    administrator.open("/agreements/posts/")
    administrator.open(post)
    administrator.fill(reason="Recorded for the story.")
    administrator.press("Abolish", again=False)


def components(story: Story) -> None:
    """Defense has two components concur first, one after the other: one refuses and thinks again, then the agency can."""
    drafter, defense = story.cast("aurora", "drafter"), story.cast("defense", "counsel")
    nsa, cdao = story.cast("defense-nsa", "counsel"), story.cast("defense-cdao", "counsel")
    drafter.open("/agreements/new/")
    drafter.fill(title="Cleared inside", agencies=["Department of Defense"])
    drafter.press("Make the draft")
    agreement = re.sub(r"edit/$", "", path_of(drafter))
    drafter.fill(variables__model_families="Heron")
    drafter.press("Save and send to the other parties", again=False)
    defense.open(agreement)
    defense.follow("Components of your agency")
    defense.follow("Choose components that concur first")
    defense.fill(**{"place.defense-nsa": "Is asked first", "place.defense-cdao": "Is asked second"})
    defense.page.get_by_label("One after the other, in the order above").check()
    defense.press("Save")
    drafter.open(agreement)
    drafter.press("Ask for concurrence", again=False)
    nsa.open("/inbox/")
    nsa.follow(re.compile("Cleared inside"))
    nsa.fill(**{"defense-nsa-comment": "Say who may read the logs."})
    nsa.page.locator("[name='defense-nsa-clauses'][value=confidentiality]").check()
    nsa.press("Do not concur")
    cdao.open(f"{agreement}components/")
    cdao.reads("National Security Agency comes before yours")
    defense.open(agreement)
    defense.reads("National Security Agency does not concur")
    nsa.open(f"{agreement}components/")
    nsa.press("Concur with version 1")
    cdao.open(f"{agreement}components/")
    cdao.press("Concur with version 1", again=False)
    defense.open(f"{agreement}components/")
    defense.follow("Read the text and decide")
    defense.press("Concur with version 1", again=False)
    drafter.open(agreement)
    drafter.reads("All agencies have concurred.")


def inquiries(story: Story) -> None:
    """A developer asks NSA about a checkpoint; NSA answers by pointer; another one is withdrawn, another one closed."""
    drafter, nsa = story.cast("aurora", "drafter"), story.cast("defense-nsa", "designator")
    codename, asked = f"merlin-{secrets.token_hex(3)}", []
    drafter.open("/models/new/")
    drafter.fill(codename=codename)
    drafter.press("Register")
    model = path_of(drafter)
    for label in ("rc1", "rc2", "rc3"):
        drafter.open(f"{model}checkpoints/new/")
        drafter.fill(label=label, configuration_sha256=secrets.token_hex(32), variants=["Production"])
        drafter.press("Register")
    for label in ("rc1", "rc2", "rc3"):
        drafter.open("/inbox/")
        drafter.follow("Inquiries")
        drafter.follow("Draft an inquiry")
        drafter.press("Save the draft", again=False)
        drafter.reads("Choose the checkpoint that you ask about.")
        drafter.fill(checkpoint=f"{codename}: {label}", note="Unclassified words.")
        drafter.page.get_by_label("NSA knows our cleared contact").check()
        drafter.press("Save the draft")
        asked.append(path_of(drafter))
        drafter.follow("Change the draft")
        drafter.open(asked[-1])
        drafter.press("Ask NSA")
        drafter.reads("Sent to NSA")
        if label == "rc2":
            drafter.follow("Withdraw this inquiry")
            drafter.press("Withdraw now")
            continue
        nsa.open("/inquiries/")
        nsa.follow_to(asked[-1])
        nsa.press("Acknowledge")
        if label == "rc3":
            nsa.follow("Close without a determination")
            nsa.page.get_by_label("No determination is made").check()
            nsa.press("Close it")
            continue
        nsa.press("Take it under the benchmark")
        nsa.follow("Record the answer")
        nsa.press("Record the answer", again=False)
        nsa.reads("Choose an answer from the list.")
        nsa.page.get_by_label("Answered by classified channel").check()
        nsa.fill(office="Office of the Director, NSA")
        nsa.press("Record the answer")
        nsa.reads("Answered", "Pointer")
    drafter.open(asked[0])
    drafter.reads("Answered by classified channel", "Pointer", "It approves, blocks and delays nothing.")


def partners(story: Story) -> None:
    """Commerce nominates a partner: vetted by both sides, consented to by both, terms recorded, a consent taken back. The
    developer nominates one with Treasury, which does not agree."""
    officer, router = story.cast("commerce", "intake"), story.cast("commerce", "router")
    drafter, security = story.cast("aurora", "drafter"), story.cast("aurora", "security")
    officer.open(story.request)
    officer.follow("Nominate a trusted partner")
    officer.press("Nominate", again=False)
    officer.reads("Something needs your attention")
    nominated(officer, "Harbor Grid Cooperative")
    partner = path_of(officer)
    security.open("/inbox/")
    security.follow_to(partner)
    security.press("Take up the vetting")
    router.open(partner)
    router.follow("Record what the vetting found")
    met = dict.fromkeys(VETTING, "Met")
    router.fill(**met, note="Their certificate was read.")
    router.press("Save the vetting")
    router.follow("Consent")
    router.press("Consent", again=False)
    router.reads("Tick this to consent")
    router.fill(consent=True)
    router.press("Consent")
    router.follow("Take our consent back")
    router.press("Take it back")
    for person in (officer, drafter):
        person.open(partner)
        person.follow("Consent")
        person.fill(consent=True)
        person.press("Consent")
    drafter.reads("Agreed by both sides")
    drafter.follow("Record the signed terms")
    drafter.page.locator("main [name=agreement]").select_option(index=1)
    drafter.press("Record")
    drafter.reads("Terms signed", "Access was agreed from")
    officer.open(partner)
    officer.follow("Take our consent back")
    officer.press("Take it back now")
    drafter.open(partner)
    drafter.reads("Consent taken back")
    for label in ("Quarry Research Institute", "Quarry Field Office"):
        drafter.open(story.request)
        drafter.follow("Nominate a trusted partner")
        nominated(drafter, label, agency="Department of the Treasury")
    drafter.follow("End this nomination")
    drafter.press("End it now")
    other = story.cast("treasury", "router")
    other.open("/partners/")
    other.follow(re.compile("^TPN-"), within=other.page.locator("tr", has_text="Institute"))
    other.follow("Do not agree")
    other.page.get_by_label("No need for early access").check()
    other.fill(reason="It can wait for the release.")
    other.press("Record that we do not agree")
    administrator = story.cast("treasury", "administrator")
    administrator.open("/partners/denials/")
    administrator.reads("No need for early access: 1")


def nominated(person: Person, name: str, **values: str) -> None:
    """Fill the form of a nomination and send it."""
    person.fill(name=name, country="United States", why="It runs the pumps of three ports.", **values)
    for label in ("Operator of critical infrastructure", "Defend systems that it operates"):
        person.page.get_by_label(label).check()
    person.press("Nominate")
