"""The main job without JavaScript: a draft is written, sent, cleared and signed, every button pressed twice."""

import re

import pytest

from tests.browser.conftest import Cast
from tests.browser.first_half import path_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_draft_send_and_sign(cast: Cast) -> None:
    drafter = cast("aurora", "drafter", java_script_enabled=False)
    counsel = cast("commerce", "counsel", java_script_enabled=False)
    drafter.open("/agreements/new/")
    drafter.fill(title="An agreement without scripts", agencies=["Department of Commerce"])
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
    drafter.press("Open for signature")
    for organisation in ("aurora", "commerce"):
        signatory = cast(organisation, "signatory", java_script_enabled=False)
        signatory.open(agreement)
        signatory.follow("Read and sign")
        signatory.fill(agreed=True, typed_name=signatory.who.name)
        signatory.press("Sign")
        signatory.heading("You have signed")
    drafter.open(agreement)
    drafter.reads("In force")
