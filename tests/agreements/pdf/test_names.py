"""Names of every script: printed under a signature, read out of the file, and typed on any keyboard."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import unicodedata
from datetime import UTC, datetime

import pikepdf
import pytest

from agreements.pdf import signing
from agreements.pdf.certificates import Identity, make_leaf, make_root
from agreements.pdf.render import render_agreement, signature_boxes
from agreements.pdf.verify import EXECUTED, verify
from agreements.rules import names
from tests.agreements.pdf.test_pdf import AT, DATA, text_of

NAMES = (
    "محمد عبد الله الفارسي", "אברהם בן־דוד", "Nguyễn Thị Ánh Tuyết", "Γεώργιος Παπαδόπουλος", "Zdzisław Żółć",
    "Иван Щербаков", "Seán O’Néill",
)  # fmt: skip
LONG = "Maximiliana Wilhelmina " * 6
MEANING = (
    "I sign agreement AGR-7KQ4-M2XD for Department of Commerce; my signature binds the Agency. "
    "It says nothing about the release of any model."
)
EMBEDDING = str.maketrans("", "", "\u202a\u202b\u202c\u200e\u200f")  # how pdftotext marks a turn of direction


@pytest.fixture(scope="module")
def root() -> Identity:
    return make_root(at=datetime.now(UTC))


@pytest.fixture(scope="module")
def executed(root: Identity) -> bytes:
    """One file with a signature of each name, a long one too."""
    now = datetime.now(UTC)
    everybody = [*NAMES, LONG.strip()]
    signers = [{**DATA["signers"][0], "field": f"s{n}", "name": name} for n, name in enumerate(everybody)]
    data = {**DATA, "signers": signers}
    boxes, labels = signature_boxes(data, frozen_at=AT), {f"s{n}": name for n, name in enumerate(everybody)}
    seal = make_leaf(root, name="Seal", organisation="Concord", at=now)
    pdf = signing.prepare(render_agreement(data, frozen_at=AT), boxes, names=labels, seal=seal)
    for field, name in labels.items():
        person = make_leaf(root, name=name, organisation="Aurora", at=now)
        pdf = signing.sign(pdf, field=field, identity=person, name=name, meaning=MEANING)
    return pdf


def test_every_name_can_be_read_out_of_the_signed_file(root: Identity, executed: bytes) -> None:
    planned = [f"s{n}" for n in range(len(NAMES) + 1)]
    assert verify(executed, trust_roots=[root.certificate], planned=planned).outcome == EXECUTED
    joined = " ".join(" ".join(text_of(executed)).translate(EMBEDDING).split())
    for name in (*NAMES, LONG.strip()):
        assert joined.count(name) == 2, name  # beside the box, and in the signature
    assert joined.count(MEANING) == len(planned)
    assert joined.count("UTC, as this system states it") == len(planned)
    assert "?" not in joined


def test_every_glyph_of_an_appearance_is_embedded_with_its_letter(executed: bytes) -> None:
    with pikepdf.open(io.BytesIO(executed)) as document:
        signed = [f for f in document.Root.AcroForm.Fields if f.T != signing.SEAL]
        assert len(signed) == len(NAMES) + 1
        for field in signed:
            page = field.AP.N.Resources.XObject["/Page"]
            fonts = list(page.Resources.Font.values())
            assert fonts, field.T
            for font in fonts:
                described = font.DescendantFonts[0].FontDescriptor
                assert "/ToUnicode" in font and ("/FontFile2" in described or "/FontFile3" in described), field.T
            assert b"MCID" not in page.read_bytes()  # tags of another file would point nowhere in this one


def test_a_long_line_over_a_signature_is_set_smaller_and_not_under_it() -> None:
    meaning = "binds the Agency, under " + ", under ".join(f"DOO-{n} " + "Delegation to sign " * 8 for n in range(4))
    data = {**DATA, "signers": [{**DATA["signers"][0], "meaning": meaning}]}
    pdf, (box,) = render_agreement(data, frozen_at=AT), signature_boxes(data, frozen_at=AT)
    assert " ".join(meaning.split()) in " ".join(" ".join(text_of(pdf)).split())
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        left, bottom, right, top = box.corners
        x, y, w, h = (str(n) for n in (left, 792 - top, right - left, top - bottom))
        inside = ["pdftotext", "-f", str(box.page + 1), "-l", str(box.page + 1), "-x", x, "-y", y, "-W", w, "-H", h]
        done = subprocess.run([*inside, file.name, "-"], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


def test_independent_tools_find_no_font_missing(executed: bytes, tmp_path) -> None:
    if shutil.which("pdffonts") is None or shutil.which("qpdf") is None:
        pytest.skip("pdffonts or qpdf is not installed (apt-packages.txt)")
    (tmp_path / "a.pdf").write_bytes(executed)
    table = subprocess.run(["pdffonts", "a.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in table.splitlines()[2:]]
    assert rows
    assert {tuple(row[-5:-2]) for row in rows} == {("yes", "yes", "yes")}, table
    assert subprocess.run(["qpdf", "--check", "a.pdf"], cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_a_name_without_glyphs_stops_the_signature_in_words(root: Identity, executed: bytes) -> None:
    now = datetime.now(UTC)
    seal = make_leaf(root, name="Seal", organisation="Concord", at=now)
    pdf = render_agreement(DATA, frozen_at=AT)
    sealed = signing.prepare(pdf, signature_boxes(DATA, frozen_at=AT), names={"s1": "a", "s2": "b"}, seal=seal)
    with pytest.raises(signing.SigningFailed, match="cannot be printed"):
        signing.sign(sealed, field="s1", identity=seal, name="王小明", meaning=MEANING)


@pytest.mark.parametrize("name", NAMES)
def test_accents_typed_apart_are_the_same_name(name: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert names.same(unicodedata.normalize(form, name), name)
        assert names.same(unicodedata.normalize(form, name.upper()), name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Nguyễn  Thị\u00a0Ánh Tuyết ", "Nguyễn Thị Ánh Tuyết"),
        ("Seán O'Néill", "Seán O’Néill"),
        ("אברהם בן-דוד", "אברהם בן־דוד"),
        ("\u200fמשה\u200e", "משה"),
        ("ΓΕΏΡΓΙΟΣ", "Γεώργιος"),
        ("STRASSER", "Straßer"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("İpek", "i\u0307pek"),
    ],
)
def test_what_a_keyboard_makes_of_a_name_is_taken(typed: str, name: str) -> None:
    assert names.same(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("", "Zdzisław Żółć"), ("Zdzislaw Zolc", "Zdzisław Żółć"), ("Nguyen Thi Anh Tuyet", "Nguyễn Thị Ánh Tuyết"),
        ("\u200b", "Maren Vale"), ("MarenVale", "Maren Vale"), ("محمد", "محمود"), ("Мaren Vale", "Maren Vale"),
    ],
)  # fmt: skip
def test_another_name_is_not_taken(typed: str, name: str) -> None:
    assert not names.same(typed, name)
