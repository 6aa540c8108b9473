"""The product in a real browser: the main story, each step as the person it is for, by the links and buttons that stand
on the pages; then what people do to pages: sign out in the middle of a form, sign by keyboard, work with two tabs, work
without scripts. One file, since a file shares one running product."""

from __future__ import annotations

import re
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from config.story import agreements, early_access, main
from tests.browser import first_half, further, holding, interruptions, papers, second_half, the_rest
from tests.browser.audit import Audit
from tests.browser.conftest import Cast
from tests.browser.first_half import Story, path_of
from tests.browser.negotiation import Negotiation
from tests.browser.person import Person
from tests.browser.product import Product
from tests.browser.rivals import Rivals
from tests.nightly import nightly

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEPS = (
    first_half.draft, first_half.negotiate, first_half.sign, first_half.offer, second_half.take_in, second_half.route,
    second_half.verify, holding.held, second_half.measure, second_half.tell, interruptions.incident,
    interruptions.delays, second_half.report, second_half.release, further.partners, second_half.withdraw,
    the_rest.organisation, the_rest.webhooks, the_rest.library, further.components, further.inquiries,
    the_rest.endings, papers.weights, the_rest.look_up,
)  # fmt: skip


def test_the_main_story_and_every_page(chrome: Browser, cast: Cast, product: Product, audit: Audit) -> None:
    story = Story(cast, product)
    try:
        for step in STEPS:
            step(story)
        the_rest.strangers(chrome, story, audit)
    finally:  # pytest shows it when a step failed
        print("\n".join(audit.problems))
        print("\n\n".join(f"{p.who.name} at {p.page.url}:\n{p.said()[:3000]}" for p in cast.seated()))
    assert audit.problems == []
    assert the_rest.forgotten(audit) == []


@nightly("the gate plays the same steps over HTTP")
def test_four_agencies_negotiate_an_agreement(cast: Cast, audit: Audit) -> None:
    known = len(audit.problems)
    Negotiation(cast).play()
    print("\n".join(audit.problems[known:]))
    assert audit.problems[known:] == []


@nightly("`./concord story early-access` plays the same over HTTP")
def test_two_rivals_in_a_browser(cast: Cast, product: Product, audit: Audit) -> None:
    known = len(audit.problems)
    Rivals(cast, product).play()
    print("\n".join(audit.problems[known:]))
    assert audit.problems[known:] == []


def test_the_life_of_an_agreement_over_http(product: Product) -> None:
    """`./concord story agreements`, in this process."""
    with closing(main.Story(product.address, "", print, product.state / "keys")) as story:
        lines = list(agreements.play(story))
    assert len(lines) == len(agreements.STEPS)


@nightly("it reads some 1,400 pages")
def test_two_rivals_over_http(product: Product) -> None:
    """`./concord story early-access`, in this process."""
    with closing(
        main.Story(product.address, product.places["CONCORD_SIMULATOR_URL"], print, product.state / "keys")
    ) as story:
        lines = list(early_access.play(story))
    assert len(lines) == len(early_access.STEPS)


def drafted(drafter: Person, title: str) -> str:
    """A draft with Commerce; its address."""
    drafter.open("/agreements/new/")
    drafter.fill(title=title, agencies=["Department of Commerce"])
    drafter.press("Make the draft", again=False)
    return re.sub(r"edit/$", "", path_of(drafter))


def cleared(cast: Cast, drafter: Person, title: str) -> str:
    """An agreement that waits for its first signature."""
    agreement = drafted(drafter, title)
    drafter.fill(variables__model_families="Heron and later")
    drafter.press("Save and send to the other parties", again=False)
    drafter.press("Ask for concurrence", again=False)
    counsel = cast("commerce", "counsel")
    counsel.open(f"{agreement}negotiation/")
    counsel.press("Concur with version 1", again=False)
    drafter.open(agreement)
    drafter.follow("Open for signature")
    drafter.press("Seal the file and invite", again=False)
    return agreement


def test_a_form_posted_after_sign_out_loses_nothing(cast: Cast) -> None:
    drafter = cast("aurora", "counsel", locale="en-GB")
    agreement = drafted(drafter, "Typed across a sign-out")
    # Never answered: on a slow machine the text would be saved before the sign-out, and nothing be left to bring back.
    drafter.page.route("**/autosave/", lambda route: None)
    drafter.fill(variables__model_families="Heron, typed before the session ended")
    form = drafter.page
    drafter.page = drafter.tab()
    drafter.open("/inbox/")
    drafter.press("Sign out", again=False)
    form.get_by_role("button", name="Save the draft", exact=True).click()
    expect(form.get_by_role("heading", level=1)).to_contain_text(re.compile("You were signed out|not possible"))
    expect(form.locator("main")).to_contain_text("Heron, typed before the session ended")
    drafter.sign_in()
    drafter.open(f"{agreement}edit/")
    drafter.page.get_by_role("button", name="Bring back what you typed earlier").click()
    expect(drafter.page.locator("[name='variables.model_families']")).to_have_value(
        "Heron, typed before the session ended"
    )
    drafter.press("Save the draft")
    drafter.open(f"{agreement}edit/")
    expect(drafter.page.locator("[name='variables.model_families']")).to_have_value(
        "Heron, typed before the session ended"
    )


def test_a_comment_typed_across_a_sign_out_comes_back_too(cast: Cast) -> None:
    """Not only long forms: whatever keeps what is typed offers it again."""
    drafter = cast("aurora", "drafter")
    drafter.open("/models/new/")
    drafter.fill(codename="typed-before", family="Heron")
    drafter.open("/inbox/")
    drafter.open("/models/new/")
    drafter.page.get_by_role("button", name="Bring back what you typed earlier").click()
    expect(drafter.page.locator("[name=codename]")).to_have_value("typed-before")


def test_signing_by_keyboard_alone(cast: Cast) -> None:
    drafter = cast("aurora", "drafter")
    agreement = cleared(cast, drafter, "Signed by keyboard")
    signatory = cast("aurora", "signatory")
    page = signatory.open(agreement)
    _tab_to(signatory, "Read and sign")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _tab_to(signatory, "I have read the agreement and mean to sign it.")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(signatory.who.name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if "/demo/confirm/" in page.url:  # what was typed is kept
        for name in (f"Confirm as {signatory.who.name}", "Sign"):
            _tab_to(signatory, name)
            with page.expect_navigation():
                page.keyboard.press("Enter")
    signatory.heading("You have signed")


def _tab_to(person: Person, name: str, most: int = 80) -> None:
    """Press Tab until this has the focus, and the focus can be seen."""
    for _ in range(most):
        person.page.keyboard.press("Tab")
        found = person.page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [(e.labels?.[0] || e).textContent.trim(), s.outlineStyle !== 'none' && s.outlineWidth !== '0px']; }"
        )
        if found[0] == name:
            assert found[1], f"the focus on “{name}” cannot be seen"
            return
    raise AssertionError(f"{most} presses of Tab do not reach “{name}” on {person.page.url}")


def test_two_tabs_of_one_draft_lose_neither_text(cast: Cast) -> None:
    drafter = cast("aurora", "drafter")
    agreement = drafted(drafter, "Two tabs")
    first, second = drafter.page, drafter.tab()
    second.goto(f"{agreement}edit/")
    drafter.fill(variables__model_families="From the first tab")
    drafter.press("Save the draft")
    second.locator("[name='variables.model_families']").fill("From the second tab")
    with second.expect_navigation():
        second.get_by_role("button", name="Save the draft", exact=True).click()
    main = second.locator("main")
    expect(main).to_contain_text("Somebody was faster")
    expect(main).to_contain_text("From the first tab")
    expect(main).to_contain_text("From the second tab")
    drafter.page = second
    drafter.look()
    drafter.page = first
    second.close()


def test_draft_send_and_sign_without_javascript(cast: Cast) -> None:
    """Every button pressed twice, as in the story; nobody here signs on a card, as somebody there does."""
    drafter = cast("aurora", "drafter", java_script_enabled=False)
    counsel = cast("treasury", "counsel", java_script_enabled=False)
    drafter.open("/agreements/new/")
    drafter.fill(title="An agreement without scripts", agencies=["Department of the Treasury"])
    drafter.press("Make the draft")
    agreement = re.sub(r"edit/$", "", path_of(drafter))
    drafter.fill(variables__model_families="Heron and later")
    drafter.press("Save and send to the other parties")
    drafter.reads("In negotiation")
    drafter.open(agreement)
    drafter.press("Ask for concurrence")
    counsel.open(agreement)
    counsel.follow("Read and decide")
    counsel.press("Concur with version 1")
    drafter.open(agreement)
    drafter.follow("Open for signature")
    drafter.press("Seal the file and invite")
    for organisation in ("aurora", "treasury"):
        signatory = cast(organisation, "signatory", java_script_enabled=False)
        signatory.open(agreement)
        signatory.follow("Read and sign")
        signatory.fill(agreed=True, typed_name=signatory.who.name)
        signatory.press("Sign")
        signatory.heading("You have signed")
    drafter.open(agreement)
    drafter.reads("In force")
