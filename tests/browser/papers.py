"""A request by weights with its documents: a bill of materials and cards, whose signature counts, the signed manifest, what
arrived, and the certificate of its destruction. What other steps walk through is posted here without its page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.browser.first_half import LOG, Story, day, path_of
from tests.browser.person import Person
from tests.early_access import papers

MANIFESTS = Path(__file__).parents[1] / "early_access" / "manifests"
ROOT = "d4296ab5eccc89509a7e149db96b48718acfa0b57e4020f0e08f9b1780df60bf"
# What is wider than a phone, and than a screen: a line of code, and a table.
CODE, ROW = b"0123456789" * 30, b"|" + b" A measured domain |" * 12
WIDE = b"\n```\n%b\n```\n\n%b\n%b\n%b\n\n" % (CODE, ROW, b"|" + b"---|" * 12, ROW)


def weights(story: Story) -> None:
    """A model that goes by the agency's own channel, from its papers to the end of the weights."""
    drafter, security = story.cast("aurora", "drafter"), story.cast("aurora", "security")
    evaluator = story.cast("commerce-caisi", "evaluator")
    request = draft(story, drafter)
    attach(story, drafter, request)
    register(security, request)
    post(drafter, f"{request}check/")
    take_in(story.cast("commerce", "intake"), request)
    evaluator.until("Confirm what arrived", request)
    evaluator.follow("ML-BOM, version 1")
    evaluator.reads("What was not checked", papers.LIMITS)
    evaluator.open(request)
    evaluator.follow(re.compile("^Confirm what arrived"))
    evaluator.press("Send the receipt", again=False)
    evaluator.reads("Something needs your attention")
    evaluator.fill(listing=(MANIFESTS / "SHA256SUMS").read_text(), signer_confirmed=True)
    evaluator.press("Send the receipt")
    evaluator.reads("As signed")
    post(drafter, f"{request}withdraw/")
    evaluator.open(request)
    evaluator.follow("Answer")
    evaluator.fill(
        outcome="Destroyed", statement="Discs 4 and 5.", destroyed_on=day(0),
        method="The storage devices were destroyed",
    )  # fmt: skip
    evaluator.press("Send the answer")
    security.open(request)
    security.reads("Certificates of destruction")
    drafter.open(f"{request}documents/")
    drafter.reads("No more documents are taken")


def draft(story: Story, drafter: Person) -> str:
    """Everything but model, documents and weights."""
    drafter.open("/requests/new/")
    drafter.press("Start the draft", again=False)
    request = path_of(drafter)
    sections: dict[str, dict[str, Any]] = {
        "variants": {"variants": "production"}, "dates": {"trusted_partner_on": day(60)},
        "window": {"starts_on": day(0), "ends_on": day(19)}, "access": {"method": "weights_by_agency_channel"},
        "domains": {"domains": "cybersecurity", "access_level": "1"}, "agencies": {"agencies": ["commerce-caisi"]},
        "confidentiality": {"scope": "nothing"},
        "contacts": {"incident_name": "Rafael Ito", "incident_email": "incident@aurora.example"},
    }  # fmt: skip
    for name, values in sections.items():
        post(drafter, f"{request}section/{name}/", row_version=0, **values)
    return request


def attach(story: Story, drafter: Person, request: str) -> None:
    """A bill that is wrong, then right, and a card; what the bill offers is put into two sections and saved there."""
    drafter.open(request)
    drafter.follow("Documents")
    drafter.follow("Upload documents")
    drafter.follow("Upload the ML-BOM")
    bill = papers.bill(name=story.codename, build="rc1")
    wrong = papers.bill(name=story.codename, modelParameters={"approach": {"type": "magic"}})
    for said in (wrong, bill):
        file(drafter, "heron.json", json.dumps(said).encode())
        drafter.press("Check and upload")
        drafter.reads("'magic' is not one of" if said is wrong else "What was not checked")
    drafter.open(f"{request}documents/")
    drafter.follow("Upload the model card")
    file(drafter, "card.md", papers.CARD + WIDE + b"<script>alert(1)</script> ![](https://elsewhere.example/x.png)\n")
    drafter.press("Check and upload")
    drafter.reads("[picture left out]", "<script>alert(1)</script>")
    for name in ("identity", "documents"):
        drafter.open(f"{request}section/{name}/")
        drafter.follow("Put this into the form")
        if name == "identity":
            drafter.fill(track="Executive Order 14409, section 3(b)(ii)")
        drafter.press("Save", again=False)
    claim(drafter, request)  # of a build of the model that is named now


def claim(drafter: Person, request: str) -> None:
    """Two results of its own, the second with a sentence for what is missing; the first is taken back."""
    page = f"{request}own-results/"
    drafter.open(page)
    for suite in ("Kites", "Pocket locks"):
        drafter.follow("State a result")
        drafter.fill(
            suite=suite, estimate="0.42", n="200", method="Our own harness, one attempt.", source="Card, table 3"
        )
        if suite == "Pocket locks":
            drafter.fill(ci_low="0.3")
            drafter.press("State it", again=False)
            drafter.reads("Give both ends of the interval")
            drafter.fill(ci_high="0.5")
        drafter.press("State it", again=False)
        drafter.reads(suite, "42.0 %")
    drafter.follow(re.compile("^Take back Kites"))
    drafter.fill(why="Some items were in the training data.")
    drafter.press("Take it back", again=False)
    drafter.reads("Some items were in the training data.")
    drafter.follow("Read results from a file")
    drafter.press("Read the file", again=False)
    drafter.reads("Choose the file that you want read.")
    drafter.page.set_input_files("[name=file]", LOG)
    drafter.press("Read the file", again=False)
    drafter.reads("Nothing is stated yet", "accuracy 80.0 % (58.4 to 91.9), n = 20")
    drafter.fill(source="")
    drafter.press("State the chosen results", again=False)
    drafter.reads("Say where the figure stands")
    drafter.fill(source="Our run of November")
    drafter.press("State the chosen results", again=False)
    drafter.reads("Stated: 1 result.", "Our run of November")


def register(security: Person, request: str) -> None:
    """Whose signature counts, and the signed list of files."""
    security.open(request)
    security.follow("Register the signer")
    security.fill(pem=(MANIFESTS / "signer.pub.pem").read_text())
    security.press("Register it")
    security.follow("Upload the signed manifest")
    security.press("Check the signature and register it", again=False)
    security.reads("Something needs your attention")
    security.fill(location="Vault 3 of the Aurora enclave, shelf rc1", custodian="Rafael Ito")
    file(security, "heron.sig.json", (MANIFESTS / "key.sig.json").read_bytes(), "bundle")
    security.press("Check the signature and register it")
    security.reads(ROOT)


def take_in(officer: Person, request: str) -> None:
    """Acknowledged, accepted, on the developer's dates."""
    for path in ("move/acknowledge/", "move/accept/", "schedule/"):
        post(officer, f"{request}{path}")


def file(person: Person, name: str, content: bytes, field: str = "file") -> None:
    """Choose a file."""
    person.page.set_input_files(
        f"[name={field}]", {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def post(person: Person, path: str, **values: Any) -> None:
    """Send a form without its page; it has to lead somewhere else."""
    token = next(c["value"] for c in person.context.cookies() if c["name"].endswith("csrf") or c["name"] == "csrftoken")
    answer = person.context.request.post(
        path, data=urlencode({"csrfmiddlewaretoken": token, **values}, doseq=True),
        headers={"Referer": f"{person.product.address}{path}", "Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert answer.ok and not answer.url.endswith(path), f"{path}: {answer.status} {answer.text()[:4000]}"
