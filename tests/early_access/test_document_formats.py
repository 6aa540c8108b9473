"""Documents of strangers: what is right is read, and what is wrong, hostile or another thing is refused in a sentence."""

from __future__ import annotations

import json
import socket
from typing import Any

import pikepdf
import pytest

from early_access.formats import documents, mlbom, spdx, strict_json, texts
from early_access.formats.strict_json import Refused
from tests.early_access import papers

D, N = pikepdf.Dictionary, pikepdf.Name


def refused(kind: str, content: bytes, ending: str = "json") -> str:
    with pytest.raises(Refused) as found:
        documents.read(kind, ending, content)
    return str(found.value)


@pytest.mark.parametrize("version", mlbom.VERSIONS)
def test_a_bill_of_each_version_is_read_without_the_network(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(socket, "getaddrinfo", None)
    found = mlbom.read(papers.packed(papers.bill(version)))
    assert found["format"] == f"CycloneDX {version}, JSON"
    assert dict(found["said"])["Model"] == "Heron, version heron-rc1"
    assert found["offers"] == {
        "model": "Heron", "checkpoint": "heron-rc1", "intended_uses": papers.USES, "limitations": papers.LIMITS,
    }  # fmt: skip
    assert "1 component of the type machine-learning-model, 1 with a model card" in found["checked"][1]


@pytest.mark.parametrize("version", mlbom.VERSIONS)
def test_what_the_schema_refuses_is_named_by_its_place(version: str) -> None:
    said = papers.bill(version, modelParameters={"approach": {"type": "magic"}})
    assert mlbom.errors(said, version) == [
        "components[1].modelCard.modelParameters.approach.type: 'magic' is not one of 'supervised', 'unsupervised',"
        " 'reinforcement-learning', 'semi-supervised', 'self-supervised'"
    ]
    del said["components"][0]["name"]
    said["components"][0]["version"] = 7
    assert set(mlbom.errors(said, version)) >= {
        "components[0]: 'name' is missing", "components[0].version: 7 is not of the type 'string'",
    }  # fmt: skip
    twice = papers.bill(version)
    twice["components"] *= 2
    assert mlbom.errors(twice, version) == ["components: The same entry stands twice in this list. Keep one."]


def test_a_bill_needs_its_model_and_a_version_that_is_known() -> None:
    said = papers.bill()
    said["components"].pop()
    assert "none is of the type “machine-learning-model”" in refused("ml_bom", papers.packed(said))
    said["metadata"]["component"] = {"type": "machine-learning-model", "name": "Heron"}
    assert mlbom.read(papers.packed(said))["offers"] == {"model": "Heron"}
    assert "specVersion: '1.4' is none" in refused("ml_bom", papers.packed(papers.bill() | {"specVersion": "1.4"}))
    assert "bomFormat: None" in refused("ml_bom", b"{}")
    assert "This is XML" in refused("ml_bom", b"<bom/>")


HOSTILE = {
    "deep": (b"[" * 100_000, "nested more than 64"), "deep objects": (b'{"a":' * 100 + b"1" + b"}" * 100, "nested"),
    "no JSON": (b"bomFormat: CycloneDX", "line 1, column 1"), "no UTF-8": (b'{"a": "\xff"}', "Byte 8 is not UTF-8"),
    "a name twice": (b'{"specVersion": "1.6", "specVersion": "1.7"}', "'specVersion' stands twice"),
    "no number": (b'{"a": NaN}', "NaN is no number"), "a huge number": (b'{"a": ' + b"9" * 5000 + b"}", "too long"),
    "a list": (b"[]", "no JSON object"), "nothing": (b"", "empty"), "zip": (b"PK\x03\x04", "column 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_json_is_refused_in_a_sentence(name: str) -> None:
    content, words = HOSTILE[name]
    assert words in refused("ml_bom", content)


def test_a_bill_of_many_components_takes_no_square_of_time_and_hostile_words_stay_words() -> None:
    said = papers.bill()
    said["components"] += [{"type": "library", "name": f"part-{n}", "bom-ref": f"p{n}"} for n in range(4000)]
    said["components"][1]["name"] = "He\u202eron\x00\ud800<script>"
    found = mlbom.read(papers.packed(said))
    assert found["offers"]["model"] == "He ron <script>"
    json.dumps(found, ensure_ascii=False).encode()


def test_the_child_reads_and_refuses() -> None:
    found = documents.read_confined("ml_bom", "json", papers.packed(papers.bill("1.7")))
    assert found["format"] == "CycloneDX 1.7, JSON"
    bad = papers.bill("1.5", modelParameters={"approach": {"type": "magic"}}, considerations={"users": "all"})
    with pytest.raises(Refused) as refusal:
        documents.read_confined("ml_bom", "json", papers.packed(bad))
    assert len(refusal.value.sentences) == 2


def test_spdx_is_taken_as_an_attachment_and_says_what_was_not_checked() -> None:
    three = spdx.read(papers.packed(papers.spdx_3()))
    assert three["format"] == "SPDX 3.0.1, JSON-LD"
    assert dict(three["said"])["AI packages"] == "Heron, version heron-rc1"
    assert "names 1 AI package." in three["checked"][1] and "rest of the rules of SPDX" in three["unchecked"][0]
    assert spdx.read(papers.packed(papers.spdx_2()))["format"] == "SPDX 2.3, JSON"
    tags = spdx.read(papers.TAGS)
    assert (tags["format"], dict(tags["said"])["Packages"]) == ("SPDX 2.3, tags and values", "tokens")


WRONG_SPDX = {
    "another version": (papers.packed(papers.spdx_2(spdxVersion="SPDX-2.2")), "'SPDX-2.2' is not 'SPDX-2.3'"),
    "a gap": (papers.packed(papers.spdx_2(creationInfo=None)), "'creationInfo' is missing"),
    "another context": (papers.packed(papers.spdx_3(**{"@context": "https://x.example/c"})), "not that of SPDX 3.0.1"),
    "no types": (papers.packed(papers.spdx_3(**{"@graph": [{"name": "x"}]})), "every element needs a type"),
    "no list": (papers.packed(papers.spdx_3(**{"@graph": 7})), "is no list"),
    "3.0.0": (papers.packed(papers.spdx_3()).replace(b'"3.0.1"', b'"3.0.0"'), "'3.0.0' is not '3.0.1'"),
    "XML": (b"<rdf:RDF/>", "XML or RDF"), "prose": (b"Dear agency,\n", "no SPDX document"), "other JSON": (b"{}", "no SPDX"),
    "a tag missing": (papers.TAGS.replace(b"Creator", b"Author"), "tag Creator is missing"),
    "an odd line": (papers.TAGS + b"and so on\n", "Line 12 is no tag"), "open": (papers.TAGS + b"X: <text>a\n", "never closed"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_SPDX)
def test_what_is_no_spdx_is_refused_in_a_sentence(name: str) -> None:
    content, words = WRONG_SPDX[name]
    assert words in refused("spdx", content)


def test_a_card_is_pdf_markdown_or_text_and_never_a_page() -> None:
    assert documents.ending_of("model_card", "Heron.MD") == "md"
    for name, words in (("card.html", "a page that may run"), ("card.docx", "does not end"), ("card", "does not end")):
        with pytest.raises(Refused, match=words):
            documents.ending_of("model_card", name)
    for content in (b"<!doctype html><p>x", b"\xef\xbb\xbf  <HTML>", b"<!-- x --><script>", b"<?xml version='1.0'?>"):
        assert "This is HTML" in refused("model_card", content, "md")
    assert "U+202E" in refused("model_card", "a\nb \u202e c".encode(), "txt")
    assert "U+0000" in refused("model_card", b"a\0", "txt") and "empty" in refused("model_card", b" \n", "txt")
    assert "1 MiB" in refused("model_card", b"a" * (texts.LARGEST + 1), "txt")
    assert "ending .pdf" in refused("model_card", papers.pdf(), "md")
    found = documents.read("model_card", "md", papers.CARD)
    assert "<h3>Heron</h3>" in found["html"] and dict(found["said"])["Headings"] == "2"


def _link(action: Any) -> Any:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots = pikepdf.Array([D(Type=N.Annot, Subtype=N.Link, Rect=[0, 0, 1, 1], A=action)])

    return change


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ")


def _opens(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = D(S=N.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = D(XFA=pikepdf.String("x"))


PDFS = {
    "script": (papers.pdf(_opens), "scripts"), "launch": (papers.pdf(_link(D(S=N.Launch, F="x"))), "start programs"),
    "packed script": (papers.pdf(_opens, object_stream_mode=pikepdf.ObjectStreamMode.generate), "scripts"),
    "sends": (papers.pdf(_link(D(S=N.SubmitForm, F="https://x.example"))), "sends what is typed"),
    "attached": (papers.pdf(_attach), "attached files"), "XFA": (papers.pdf(_form), "XFA"),
    "password": (papers.pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "needs a password"),
    "encrypted": (papers.pdf(encryption=pikepdf.Encryption(owner="a", user="")), "is encrypted"),
    "cut off": (papers.pdf()[:300], "damaged"), "no PDF": (b"hello", "no PDF"),
}  # fmt: skip


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_that_acts_by_itself_is_refused(name: str) -> None:
    content, words = PDFS[name]
    assert words in refused("system_card", content, "pdf")


def test_a_pdf_that_only_shows_is_taken() -> None:
    found = documents.read("system_card", "pdf", papers.pdf(_link(D(S=N.URI, URI=pikepdf.String("https://x.example")))))
    assert dict(found["said"])["Pages"] == "1"


def test_depth_is_counted() -> None:
    assert not strict_json.deeper_than({"a": [{}]}, 3) and strict_json.deeper_than({"a": [{}]}, 2)
