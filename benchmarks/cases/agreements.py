"""A1 to A5: the texts and files of agreements, beside the libraries that make them called with as little as they need."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import typst
from django.db import transaction
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper

from accounts.models import User
from agreements import consolidated
from agreements.models import (
    AgreementClause,
    AgreementParty,
    AgreementVersion,
    AmendmentOperation,
    Consolidation,
    TestingAgreement,
)
from agreements.pdf import certificates, timestamps
from agreements.pdf.redline import Piece, compare
from agreements.pdf.render import TEMPLATE, AgreementData, render_agreement, signature_boxes
from agreements.pdf.signing import OpenedKey, context, prepare, sign
from agreements.pdf.verify import verify
from agreements.standard.framework import CLAUSES
from benchmarks.measure import Result, measure
from benchmarks.people import everybody
from benchmarks.yardsticks import Web
from core import rls, typesetting

GOALS = ("A1", "A2", "A3", "A4", "A5")
AMENDMENTS = 50
PAGES = 10
FIELD = "signatory_1"


def run() -> Iterator[Result]:
    """Ten pages are rendered, signed and compared; then a hash is looked up as a stranger does."""
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.WARNING)  # a line for each signature
    at = datetime.now(UTC).replace(microsecond=0)
    data = _data(at)
    yield from _render(data, at)
    yield from _sign(data, at)
    yield from _redline()
    yield from _consolidated()
    yield from _by_hash()


def _data(at: datetime) -> AgreementData:
    """The framework's clauses over and over, until they fill ten pages."""
    data: AgreementData = {
        "reference": "AGR-BENC-H000", "version": "1", "title": "Framework for early access", "notice": "Voluntary.",
        "marking": "", "parties": ["Aurora Cognition", "Department of Commerce"], "clauses": [], "clearance": [],
        "signers": [{"field": FIELD, "name": "June Abara", "post": "Counsel", "organisation": "Aurora Cognition",
                     "meaning": "binds the developer"}],
        "text_hash": "0" * 64,
    }  # fmt: skip
    while len(PdfFileReader(io.BytesIO(render_agreement(data, frozen_at=at))).root["/Pages"]["/Kids"]) < PAGES:
        for _, heading, text, _ in CLAUSES[:5]:
            number = str(len(data["clauses"]) + 1)
            data["clauses"].append({"number": number, "heading": heading, "paragraphs": [text]})
    return data


def _render(data: AgreementData, at: datetime) -> Iterator[Result]:
    inputs = typesetting.options(TEMPLATE, data, at)
    standards: Any = [*typesetting.STANDARDS]

    def alone() -> bytes:
        made: bytes = typst.compile(str(TEMPLATE), format="pdf", pdf_standards=standards, timestamp=0, **inputs)
        return made

    seal = certificates.make_leaf(certificates.make_root(at=at), name="Seal", organisation="Concord", at=at)

    def prepared() -> bytes:
        boxes = signature_boxes(data, frozen_at=at)
        return prepare(render_agreement(data, frozen_at=at), boxes, names={FIELD: "June Abara"}, seal=seal)

    taken = measure(
        {
            "alone": alone,
            "hashed": lambda: sha256(render_agreement(data, frozen_at=at)).hexdigest(),
            "prepared": prepared,
        },
        yardsticks=("alone",),
    )
    yield taken.result("A1", f"render and hash {PAGES} pages × typst alone", "hashed", "alone", 1.5)
    yield taken.result("A1", "the same with signature fields, tags and seal × typst", "prepared", "alone", None)


class Bare(TimeStamper):  # type: ignore[misc]  # pyHanko is not typed here
    """pyHanko's own time-stamper with the authority behind a function call, so that no network is measured."""

    def __init__(self, authority: certificates.Identity) -> None:
        super().__init__()
        self._authority = authority

    async def async_request_tsa_response(self, req: Any) -> Any:
        """The authority's answer, believed as it is."""
        return timestamps.Answer.load(timestamps.respond(req.dump(), self._authority, at=datetime.now(UTC)))


def _sign(data: AgreementData, at: datetime) -> Iterator[Result]:
    """One signature at B-LTA in a prepared file, and what the action adds to it: its own check of the whole file."""
    root = certificates.make_root(at=at)
    person = certificates.make_leaf(root, name="June Abara", organisation="Aurora Cognition", at=at)
    seal = certificates.make_leaf(root, name="Seal", organisation="Concord", at=at)
    authority = certificates.make_time_stamp_authority(root, at=at)
    roots, crls = (root.certificate,), (certificates.make_crl(root, at=at),)
    stamping = timestamps.TimeStamping(
        lambda query: timestamps.respond(query, authority, at=datetime.now(UTC)), roots, crls
    )
    boxes = signature_boxes(data, frozen_at=at)
    names = {FIELD: "June Abara"}
    file = prepare(render_agreement(data, frozen_at=at), boxes, names=names, seal=seal, stamping=stamping)

    def direct() -> bytes:
        meta = PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, embed_validation_info=True,
            use_pades_lta=True, validation_context=context(stamping),
        )  # fmt: skip
        signer = PdfSigner(meta, signer=OpenedKey(person), timestamper=Bare(authority))
        made: bytes = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(file)), existing_fields_only=True).getvalue()
        return made

    def ours() -> bytes:
        return sign(
            file, field=FIELD, identity=person, name="June Abara", meaning="I sign.", stamping=stamping, last=True
        )

    def checked() -> None:
        verdict = verify(ours(), trust_roots=roots, crls=crls, planned=[FIELD], stamped=True)
        if not verdict.is_executed:
            raise RuntimeError(f"the signed file is {verdict.outcome}: {verdict.problems}")

    taken = measure({"direct": direct, "ours": ours, "checked": checked}, yardsticks=("direct",))
    yield taken.result("A2", "one signature at B-LTA × pyHanko called directly", "ours", "direct", 1.3)
    yield taken.result("A2", "the same with the check of the whole file × pyHanko", "checked", "direct", None)


def _redline() -> Iterator[Result]:
    """Two hundred clauses, one word of each changed and every tenth rewritten."""
    before, after = [], []
    for number in range(200):
        key, heading, text, _ = CLAUSES[number % len(CLAUSES)]
        words = text.split()
        words[number % len(words)] = "otherwise"
        changed = " ".join(reversed(words)) if number % 10 == 0 else " ".join(words)
        before.append(Piece(f"{key}_{number}", heading, text))
        after.append(Piece(f"{key}_{number}", heading, changed))
    taken = measure({"redline": lambda: compare(before, after)}, yardsticks=())
    seconds = sorted(taken.samples["redline"])
    yield Result(
        "A3", "redline of 200 changed clauses, CPU", seconds[len(seconds) // 2], seconds[0], seconds[-1], 0.3, unit="s"
    )


def _consolidated() -> Iterator[Result]:
    """The text after fifty signed amendments, each of a term and a clause, as a party reads it; nothing of it stays."""
    person = everybody()[0].user
    with rls.context(user=person.pk), transaction.atomic():
        agreement = TestingAgreement.objects.visible_to(person).filter(status="in_force")[0]
        agreement.current = _version(agreement, person, CLAUSES)
        agreement.amended = AMENDMENTS
        for number in range(1, AMENDMENTS + 1):
            _amended(agreement, person, number)
        if len(consolidated.read(agreement).standing) != len(CLAUSES):
            raise RuntimeError("the consolidated text lacks clauses")
        taken = measure(
            {
                "version": lambda: consolidated.of_version(AgreementVersion.objects.get(pk=agreement.current_id)),
                "text": lambda: consolidated.read(agreement),
            },
            yardsticks=("version",),
        )
        transaction.set_rollback(True)
    yield taken.result("A4", f"text after {AMENDMENTS} amendments × reading one version", "text", "version", 3)


def _version(
    agreement: TestingAgreement, person: User, clauses: Sequence[tuple[str, str, str, str]]
) -> AgreementVersion:
    """A version with these clauses, written by the developer."""
    version = AgreementVersion.objects.create(
        agreement=agreement, developer_id=agreement.developer_id, organisation_id=agreement.developer_id, edited_by=person,
        variables={"access_days": 30},
    )  # fmt: skip
    for position, (key, heading, text, _) in enumerate(clauses):
        AgreementClause.objects.create(
            version=version, clause_id=key, position=position, heading=heading, text=text,
            parameters={"access_days": 30} if "{access_days}" in text else {},
            source="bespoke",
        )  # fmt: skip
    return version


def _amended(agreement: TestingAgreement, person: User, number: int) -> None:
    """One amendment and what it changes."""
    made = TestingAgreement.objects.create(
        developer_id=agreement.developer_id, drafted_by_id=agreement.developer_id, started_by=person, amends=agreement,
        template_id=agreement.template_id, instrument=agreement.instrument, title=f"Amendment {number}", order=agreement.order,
    )  # fmt: skip
    AgreementParty.objects.create(
        target=made,
        organisation_id=agreement.developer_id,
        developer_id=agreement.developer_id,
        role="developer",
        position=0,
    )
    clause = CLAUSES[number % len(CLAUSES)]
    version = _version(made, person, [clause])
    wording = version.clauses.get()
    AmendmentOperation.objects.create(
        version=version, position=0, kind="set", name="access_days", value=30 - number % 20
    )
    AmendmentOperation.objects.create(version=version, position=1, kind="replace", clause_id=clause[0], wording=wording)
    Consolidation.objects.create(
        agreement=agreement, amendment=made, version=version, developer_id=agreement.developer_id, number=number,
        applies_from=timezone.now(), duties={}, text_hash="0" * 64,
    )  # fmt: skip


def _by_hash() -> Iterator[Result]:
    """A stranger asks what a hash is: one that nobody published, through the whole stack."""
    web = Web()
    address = f"/verify/?sha256={sha256(str(timezone.now()).encode()).hexdigest()}"
    taken = measure(
        {"one": lambda: web.get("/yardstick/proof/"), "hash": lambda: web.get(address)}, yardsticks=("one",)
    )
    yield taken.result("A5", "verification by hash × the page with one query by key", "hash", "one", 1.5)
