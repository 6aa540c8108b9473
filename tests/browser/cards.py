"""One signatory of the main story has a card: enrols it, takes the file, signs it in a program of their own, brings it back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config.story import cards
from tests.agreements import elsewhere
from tests.browser.person import Person


def upload(person: Person, name: str, content: bytes, button: str) -> None:
    """Choose a file and send the form."""
    person.page.set_input_files("main [type=file]", {"name": name, "mimeType": "application/pdf", "buffer": content})
    person.press(button, again=False)


def sign_on_a_card(person: Person, agreement: str, state: Path) -> None:
    """From the page where one signs here, to “You have signed”."""
    person.open(f"{agreement}sign/")
    person.follow("enrol it")
    upload(person, "stranger.pem", elsewhere.card(person.who.name).certificate, "Enrol")
    person.reads("This certificate cannot be relied on")
    card = cards.card(state / "keys", person.who.name)
    upload(person, "card.pem", card.certificate, "Enrol")
    person.reads("Can be signed with", elsewhere.fingerprint(card))
    person.open("/agreements/certificates/")
    person.open(f"{agreement}sign/")
    person.press("Sign on a card instead", again=False)
    person.press("Take the file")
    person.reads("You hold the file until")
    with person.page.expect_download() as copy:
        person.page.get_by_role("link", name="Download the file").click()
    issued = copy.value.path().read_bytes()
    person.fill(agreed=True, typed_name=person.who.name)
    upload(person, "unsigned.pdf", issued, "Upload the signed file")
    person.reads("without your signature")
    person.press("Give the file back", again=False)
    person.open(f"{agreement}sign/")
    person.press("Take the file", again=False)
    field = person.page.locator("main li code").inner_text()
    person.fill(agreed=True, typed_name=person.who.name)
    with ThreadPoolExecutor(1) as other:  # this thread's event loop is the browser's
        signed = other.submit(elsewhere.sign, issued, field, card).result()
    upload(person, "signed.pdf", signed, "Upload the signed file")
    person.heading("You have signed")
    person.reads("PAdES B-LTA")
