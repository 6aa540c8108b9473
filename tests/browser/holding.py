"""An agency keeps its own key for a while: its administrator says so, its worker opens the access key, and the evaluator's page
alone reads it."""

from __future__ import annotations

from playwright.sync_api import expect

from core import key_pairs
from tests.browser.first_half import Story
from tests.browser.person import Person

SEALED = "sim-replaced-in-the-window"  # by second_half.verify
WHY = "To run the agreed suite by hand, from our own host."


def public_key(story: Story, agency: str) -> str:
    """The pair that the agency makes where its worker runs; the public key of the one there is."""
    folder = story.product.state / "agency-keys" / agency
    try:
        return key_pairs.make(folder, agency).decode()
    except FileExistsError:  # somebody works on these tests with a product that is up
        return key_pairs.public_of(folder / f"{agency}.pem")


def held(story: Story) -> None:
    """Commerce takes its key home; CAISI's evaluator opens the developer's key in the page; Commerce leaves it here again."""
    administrator, evaluator = story.cast("commerce", "administrator"), story.cast("commerce-caisi", "evaluator")
    administrator.open("/organisation/")
    administrator.follow("Who keeps the key")
    administrator.follow("Change who keeps the key of Department of Commerce")
    administrator.page.locator("main [name=kind][value=agency_held]").check()
    administrator.press("Save", again=False)
    administrator.reads("Paste the public key")
    administrator.page.locator("main [name=kind][value=agency_held]").check()
    administrator.fill(public_key=public_key(story, "commerce"))
    administrator.press("Save", again=False)
    administrator.reads("Kept by your own worker from now on", "Agency-held: its own worker")
    evaluator.open(f"{story.request}connect/commerce-caisi/common/")
    evaluator.reads("keeps its own key")
    press(evaluator)
    said = evaluator.page.locator("[data-opening-state]")
    expect(said).to_contain_text("Write why you open the key")
    evaluator.fill(text=WHY)
    press(evaluator)
    value = evaluator.page.locator("[data-opening-value] pre")
    expect(value).to_have_text(SEALED, timeout=60_000)
    expect(said).to_have_text("Opened. The opening is recorded.")
    evaluator.look()
    evaluator.page.reload()
    expect(value).to_be_hidden()
    expect(value).to_have_text("")
    security = story.cast("aurora", "security")
    security.open(story.request)
    security.reads(WHY)
    administrator.open("/organisation/custody/commerce/")
    administrator.page.locator("main [name=kind][value=hosted]").check()
    administrator.press("Save", again=False)
    administrator.reads("Hosted from now on")


def press(evaluator: Person) -> None:
    """The page's own script answers this button; nothing is navigated to."""
    evaluator.page.get_by_role("button", name="Open the key", exact=True).click()
