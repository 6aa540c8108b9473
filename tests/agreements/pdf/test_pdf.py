"""The leaf package: rendering is literal and repeatable, signatures append, tampering is found, redlines lose nothing."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.pdf import redline, signing
from agreements.pdf.certificates import Identity, make_leaf, make_root
from agreements.pdf.render import RenderRefused, render_agreement, signature_boxes
from agreements.pdf.verify import EXECUTED, NOT_EXECUTED, NOT_GENUINE, verify

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOSTILE = '#panic("x") #read("/etc/passwd") $x^2$ *bold* @ref <label> \\ //c'
DATA = {
    "reference": "AGR-7KQ4-M2XD",
    "version": "1",
    "title": "Memorandum of understanding",
    "notice": "Nothing in this document is a licence.",
    "marking": "",
    "parties": ["Aurora Cognition", "Department of Commerce"],
    "clauses": [
        {"number": "1", "heading": "Purpose", "paragraphs": [HOSTILE, "Åéø Ωμ Яд"]},
        {"number": "2", "heading": "Term", "paragraphs": ["One year. " * 400]},
    ],
    "signers": [
        {"field": "s1", "name": "Maren Vale", "post": "Chief Executive", "organisation": "Aurora", "meaning": "Binds the Developer"},
        {"field": "s2", "name": "Edmund Cole", "post": "Under Secretary", "organisation": "Commerce", "meaning": "Binds the Agency"},
    ],
    "clearance": ["Department of Commerce: concurs"],
    "text_hash": "ab" * 32,
}  # fmt: skip


@pytest.fixture(scope="module")
def root() -> Identity:
    return make_root(at=datetime.now(UTC))


@pytest.fixture(scope="module")
def sealed(root: Identity) -> bytes:
    pdf = render_agreement(DATA, frozen_at=AT)
    seal = make_leaf(root, name="Seal", organisation="Concord", at=datetime.now(UTC))
    return signing.prepare(pdf, signature_boxes(DATA, frozen_at=AT), names={"s1": "Maren", "s2": "Edmund"}, seal=seal)


@pytest.fixture(scope="module")
def half(root: Identity, sealed: bytes) -> bytes:
    person = make_leaf(root, name="Maren Vale", organisation="Aurora", at=datetime.now(UTC))
    return signing.sign(sealed, field="s1", identity=person, name="Maren Vale", meaning="Binds the Developer")


@pytest.fixture(scope="module")
def executed(root: Identity, half: bytes) -> bytes:
    person = make_leaf(root, name="Edmund Cole", organisation="Commerce", at=datetime.now(UTC))
    return signing.sign(half, field="s2", identity=person, name="Edmund Cole", meaning="Binds the Agency")


def text_of(pdf: bytes) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (apt-packages.txt)")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def judge(pdf: bytes, root: Identity) -> str:
    return verify(pdf, trust_roots=[root.certificate], planned=["s1", "s2"]).outcome


def test_text_is_laid_out_and_never_run() -> None:
    pages = text_of(render_agreement(DATA, frozen_at=AT))
    joined = " ".join(" ".join(pages).split())
    for piece in ('#panic("x")', '#read("/etc/passwd")', "$x^2$", "*bold*", "@ref", "Åéø Ωμ Яд"):
        assert piece in joined
    assert "section 3(c)" in pages[0]
    assert all("Executed only when verification shows every signature" in page for page in pages)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert render_agreement(DATA, frozen_at=AT) == render_agreement(DATA, frozen_at=AT)


def test_a_character_without_a_glyph_is_refused_in_words() -> None:
    with pytest.raises(RenderRefused, match="cannot be printed"):
        render_agreement({**DATA, "title": "契約"}, frozen_at=AT)


def test_each_stage_is_judged(root: Identity, sealed: bytes, half: bytes, executed: bytes) -> None:
    assert [judge(p, root) for p in (sealed, half, executed)] == [NOT_EXECUTED, NOT_EXECUTED, EXECUTED]
    assert half.startswith(sealed)
    assert executed.startswith(half)


def _rewritten(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out)
    return out.getvalue()


def _with_page(pdf: bytes) -> bytes:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Page"),
            generic.pdf_name("/MediaBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 612, 792)]),
        }
    )
    writer.insert_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _flipped(pdf: bytes) -> bytes:
    at = pdf.index(b"stream") + 40
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


@pytest.mark.parametrize("tamper", [_flipped, _rewritten, _with_page, lambda p: p[:2000], lambda p: b"%PDF-1.7 no"])
def test_a_tampered_file_is_not_genuine(root: Identity, executed: bytes, tamper) -> None:
    assert judge(tamper(executed), root) == NOT_GENUINE


def test_a_cut_last_signature_is_genuine_but_not_executed(root: Identity, half: bytes, executed: bytes) -> None:
    assert judge(executed[: len(half)], root) == NOT_EXECUTED


def another_root(root: Identity) -> Identity:
    """A root with another key: the suite's few keys take turns."""
    made = make_root(at=datetime.now(UTC))
    return another_root(root) if made.key == root.key else made


def test_a_signature_of_another_deployment_is_not_trusted(root: Identity, half: bytes) -> None:
    assert judge(half, another_root(root)) == NOT_GENUINE


def test_an_outsider_cannot_add_themselves(root: Identity, executed: bytes) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner

    person = make_leaf(root, name="Eve", organisation="Elsewhere", at=datetime.now(UTC))
    signer = PdfSigner(PdfSignatureMetadata(field_name="s3"), signer=signing.OpenedKey(person))
    extra = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(executed))).getvalue()
    assert judge(extra, root) == NOT_GENUINE


def test_signing_twice_in_one_field_is_refused(root: Identity, half: bytes) -> None:
    person = make_leaf(root, name="Maren Vale", organisation="Aurora", at=datetime.now(UTC))
    with pytest.raises(signing.SigningFailed, match="made no signature"):
        signing.sign(half, field="s1", identity=person, name="Maren Vale", meaning="Binds the Developer")


def test_independent_tools_read_the_file(executed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(executed)
    if shutil.which("qpdf") is None or shutil.which("pdfsig") is None:
        pytest.skip("qpdf or pdfsig is not installed (apt-packages.txt)")
    assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0
    seen = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert seen.count("Signature is Valid") == 3
    tagged = subprocess.run(["pdfinfo", "-struct", str(path)], capture_output=True, text=True, check=False).stdout
    assert tagged.count("Form") >= 2


def test_mutool_reads_the_same_bytes_and_is_no_judge_of_changes(
    root: Identity, executed: bytes, tmp_path: Path
) -> None:
    """It finds every digest right in the whole file, and also after a page was added, which our own verdict refuses."""
    if shutil.which("mutool") is None:
        pytest.skip("mutool is not installed (apt-packages.txt: mupdf-tools)")
    path, said = tmp_path / "a.pdf", {}
    for name, pdf in (("whole", executed), ("paged", _with_page(executed)), ("flipped", _flipped(executed))):
        path.write_bytes(pdf)
        said[name] = subprocess.run(
            ["mutool", "sign", "-v", str(path)], capture_output=True, text=True, check=False
        ).stdout
    assert (said["whole"].count("have been edits"), said["whole"].count("unchanged since signing")) == (2, 1)
    assert (said["paged"].count("signature is valid"), said["paged"].count("Digest error")) == (3, 0)
    assert said["flipped"].count("Digest error") == 3
    assert [judge(p, root) for p in (_with_page(executed), _flipped(executed))] == [NOT_GENUINE, NOT_GENUINE]


@given(st.text(), st.text())
def test_a_redline_rebuilds_both_sides(before: str, after: str) -> None:
    before, after = (t.encode("utf-8", "ignore").decode() for t in (before, after))
    runs = redline.words(before, after)
    assert "".join(t for op, t in runs if op <= 0) == before
    assert "".join(t for op, t in runs if op >= 0) == after


def test_words_are_not_cut() -> None:
    assert redline.words("rely upon it", "rely on it") == [(0, "rely "), (-1, "upon"), (1, "on"), (0, " it")]
