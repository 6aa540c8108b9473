"""Reads an SPDX document as far as an attachment is read: 3.0.1 in JSON-LD, 2.3 in JSON or as tags and values.

The whole model of SPDX is not checked, and the answer says so."""

from __future__ import annotations

import re
from typing import Any

from early_access.formats.strict_json import Refused, load, shown, text_of, words

CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
NEEDED = ("SPDXID", "creationInfo", "dataLicense", "documentNamespace", "name")
TAGS = ("SPDXVersion", "DataLicense", "SPDXID", "DocumentName", "DocumentNamespace", "Creator", "Created")
TAG = re.compile(r"([A-Za-z]+):\s*(.*)")
NOT_ONE = (
    "This is no SPDX document of version 2.3 (JSON, or tags and values) or 3.0.1 (JSON-LD). Export it as one of these."
)
UNCHECKED = ("The rest of the rules of SPDX: what its elements say of each other, and its licences.",
             "Whether what it says is true of the model that is tested.")  # fmt: skip
MOST = 12


def read(content: bytes) -> dict[str, Any]:
    """What the document says, as `documents.read` answers it. Raises Refused."""
    begin = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if begin == b"<":
        raise Refused("This is XML or RDF. Export the SPDX document as JSON, JSON-LD, or tags and values.")
    if begin != b"{":
        return _tags(text_of(content))
    said = load(content)
    if "@context" in said or "@graph" in said:
        return _three(said)
    return _two(said)


def _answer(form: str, said: list[tuple[str, str]], *checked: str) -> dict[str, Any]:
    rows = [[label, text] for label, text in said if text]
    return {"format": form, "said": rows, "offers": {}, "checked": [*checked], "unchecked": [*UNCHECKED]}


def _two(said: dict[str, Any]) -> dict[str, Any]:
    if said.get("spdxVersion") != "SPDX-2.3":
        if "spdxVersion" not in said:
            raise Refused(NOT_ONE)
        raise Refused(f"spdxVersion: {shown(said['spdxVersion'])} is not 'SPDX-2.3'. Export it in that version.")
    missing = [f"'{name}' is missing. Export the whole document." for name in NEEDED if not said.get(name)]
    if missing:
        raise Refused(*missing)
    packages = [one for one in _list(said, "packages") if isinstance(one, dict)]
    names = [words(one.get("name"), 200) for one in packages]
    return _answer(
        "SPDX 2.3, JSON", [("Document", words(said["name"], 200)), ("Packages", _listed(names))],
        "It is JSON in UTF-8, no name stands twice in an object, and it says SPDX-2.3.",
        f"It has what every document of that version has: {', '.join(NEEDED)}.",
    )  # fmt: skip


def _tags(text: str) -> dict[str, Any]:
    found, inside = dict[str, list[str]](), False
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "</text>" not in line
            continue
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        matched = TAG.fullmatch(line.strip())
        if matched is None:
            first = NOT_ONE if not found else f"Line {number} is no tag with a value (“Tag: value”). Mend or remove it."
            raise Refused(first)
        found.setdefault(matched[1], []).append(matched[2])
        inside = "<text>" in line and "</text>" not in line
    if "SPDXVersion" not in found:
        raise Refused(NOT_ONE)
    if inside:
        raise Refused("A <text> is never closed. Export the document again.")
    if found["SPDXVersion"][0] != "SPDX-2.3":
        raise Refused(f"SPDXVersion: {shown(found['SPDXVersion'][0])} is not 'SPDX-2.3'. Export it in that version.")
    missing = [f"The tag {name} is missing. Export the whole document." for name in TAGS if name not in found]
    if missing:
        raise Refused(*missing)
    names = [words(name, 200) for name in found.get("PackageName", [])]
    return _answer(
        "SPDX 2.3, tags and values",
        [("Document", words(found["DocumentName"][0], 200)), ("Packages", _listed(names))],
        "Every line is a tag with a value, and it says SPDX-2.3.",
        f"It has what every document of that version has: {', '.join(TAGS)}.",
    )


def _three(said: dict[str, Any]) -> dict[str, Any]:
    context = said.get("@context")
    if context != CONTEXT and not (isinstance(context, list) and CONTEXT in context):
        raise Refused(
            f"@context: {shown(context, 100)} is not that of SPDX 3.0.1, {CONTEXT}. Export it in that version."
        )
    graph = [one for one in _list(said, "@graph") if isinstance(one, dict)]
    kinds = [(one.get("type") or one.get("@type"), one) for one in graph]
    if not graph or len(graph) != len(said["@graph"]) or not all(isinstance(kind, str) for kind, _ in kinds):
        raise Refused("@graph: every element needs a type. Export the whole document.")
    made = [one for kind, one in kinds if kind == "CreationInfo"]
    made += [one["creationInfo"] for one in graph if isinstance(one.get("creationInfo"), dict)]
    versions = {str(one.get("specVersion")) for one in made}
    if versions != {"3.0.1"}:
        told = ", ".join(shown(v) for v in sorted(versions)) or "nothing"
        raise Refused(f"CreationInfo.specVersion: {told} is not '3.0.1'. Export it in that version.")
    models = [one for kind, one in kinds if kind == "ai_AIPackage"]
    named = [", version ".join(filter(None, (words(m.get("name"), 200), words(m.get("software_packageVersion"), 200))))
             for m in models]  # fmt: skip
    about = next((one for kind, one in kinds if kind == "SpdxDocument"), {})
    limits = [words(m.get("ai_limitation")) for m in models]
    found = "It names no AI package." if not models else f"It names {len(models)} AI package{'s' * (len(models) != 1)}."
    return _answer(
        "SPDX 3.0.1, JSON-LD",
        [("Document", words(about.get("name"), 200)), ("AI packages", _listed(named)), ("Limitations", _listed(limits)),
         ("Elements", f"{len(graph):,}")],
        "It is JSON in UTF-8, no name stands twice in an object, its context is that of SPDX 3.0.1, and its creation"
        " information says 3.0.1. The context was not fetched.",
        f"Every element has a type. {found}",
    )  # fmt: skip


def _list(said: dict[str, Any], name: str) -> list[Any]:
    value = said.get(name, [])
    if not isinstance(value, list):
        raise Refused(f"{name}: {shown(value)} is no list. Export the document again.")
    return value


def _listed(names: list[str]) -> str:
    kept = [name for name in names if name]
    more = f"; and {len(kept) - MOST:,} more" if len(kept) > MOST else ""
    return f"{'; '.join(kept[:MOST])}{more}"
