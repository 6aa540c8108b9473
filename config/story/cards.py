"""A signatory with a card: enrols it, takes the file, signs it in a program of their own, brings it back. The card leads to the
demo's root of cards, whose key lies in the key folder of the running demo."""

from __future__ import annotations

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import keys as asn1keys
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.pdf.certificates import Identity, make_leaf, make_root, open_key
from agreements.pdf.signing import certificate
from config.demo import people
from config.story.browser import Browser, StepFailed

CERTIFICATES = "/agreements/certificates/"


def card(keys: Path, name: str) -> Identity:
    """A card that the running demo believes."""
    known = json.loads((keys / "demo-cards.json").read_text())
    root = Identity(**{part: text.encode() for part, text in known.items()})
    return make_leaf(root, name=name, organisation="Cards", at=datetime.now(UTC))


def signed(pdf: bytes, field: str, identity: Identity) -> bytes:
    """What the program saves once the card has signed: pyHanko on its own, which knows nothing of Concord. In a thread, since
    it needs an event loop of its own."""
    key = open_key(identity).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register(certificate(identity.issuer))
    signer = SimpleSigner(certificate(identity.certificate), asn1keys.PrivateKeyInfo.load(key), store)
    said = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    made = PdfSigner(said, signer=signer)
    with ThreadPoolExecutor(1) as other:
        out = other.submit(made.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True).result()
    result: bytes = out.getvalue()
    return result


def sign(person: people.Person, browser: Browser, agreement: str, keys: Path) -> None:
    """From enrolment to “You have signed”. A stranger's card and a file without a signature are refused on the way; the
    certificate is retired in the end, so that the next story finds nobody on a card."""
    stranger = make_leaf(
        make_root(at=datetime.now(UTC), called="Somebody's root"),
        name=person.name,
        organisation="x",
        at=datetime.now(UTC),
    )
    _refused(browser, f"{CERTIFICATES}new/", {"certificate": ("card.pem", stranger.certificate)}, "cannot be relied on")
    mine = card(keys, person.name)
    enrolled = browser.post(f"{CERTIFICATES}new/", {"key_at": "card"}, {"certificate": ("card.pem", mine.certificate)})
    found = re.search(r"signatories/([0-9a-f-]{36})/way/", browser.get(f"{agreement}sign/"))
    if not found:
        raise StepFailed(f"{browser.email}: the page where one signs does not offer the card")
    browser.post(f"{agreement}signatories/{found[1]}/way/", {"tier": "own"})
    page = f"{agreement}sign/card/"
    browser.get(page)
    browser.post(f"{page}take/")
    issued = browser.client.get(f"{page}file.pdf")
    field = re.search(r"sign the place named <code>(\w+)</code>", browser.get(page))
    if issued.status_code != 200 or not field:
        raise StepFailed(f"{browser.email}: the file to sign answers {issued.status_code}")
    said = {"agreed": "on", "typed_name": person.name, "shown_sha256": browser.value(page, "shown_sha256")}
    unsigned = {"upload": ("unsigned.pdf", issued.content)}
    _refused(browser, page, unsigned, "without your signature", said)
    browser.post(page, said, {"upload": ("signed.pdf", signed(issued.content, field[1], mine))})
    if "PAdES B-LTA" not in browser.get(f"{agreement}signed/"):
        raise StepFailed(f"{browser.email}: what the card signed is not kept as PAdES B-LTA")
    browser.post(f"{enrolled}retire/")


def _refused(
    browser: Browser, path: str, files: dict[str, tuple[str, bytes]], words: str, data: dict[str, str] | None = None
) -> None:
    """Send a file that must not be taken; the page says why."""
    browser.get(path)
    sent = {"csrfmiddlewaretoken": browser.client.cookies.get("csrftoken", ""), **(data or {"key_at": "card"})}
    answer = browser.client.post(path, data=sent, files=files, headers={"Referer": f"{browser.base}{path}"})
    if answer.is_redirect or words not in answer.text:
        raise StepFailed(f"{browser.email}: {path} takes a file that it must refuse ({words})")
