"""Reads a bill of materials of a model: CycloneDX 1.5, 1.6 or 1.7 in JSON, against the official schemas that lie in `schemas`.

Nothing is fetched: a reference to any other schema does not resolve. What is kept is the file as it came."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, validators
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry, Resource

from early_access.formats.strict_json import DEEP, Refused, load, shown, words

SCHEMAS = Path(__file__).parent / "schemas"
VERSIONS = ("1.5", "1.6", "1.7")
BESIDE = ("spdx", "jsf-0.82", "cryptography-defs")
MODEL = "machine-learning-model"
MOST_ERRORS, MOST_SHOWN, MOST_MODELS, LONGEST_OFFER = 5, 12, 5, 4000


def read(content: bytes) -> dict[str, Any]:
    """What the bill says, as `documents.read` answers it. Raises Refused with one sentence per error, which begins with the
    place (`components[0].modelCard…`)."""
    if content.lstrip()[:1] == b"<":
        raise Refused("This is XML. Export the bill of materials as JSON.")
    said = load(content)
    if said.get("bomFormat") != "CycloneDX":
        raise Refused(
            f"bomFormat: {shown(said.get('bomFormat'))} is not 'CycloneDX'. Upload a CycloneDX bill, in JSON."
        )
    version = said.get("specVersion")
    if version not in VERSIONS:
        raise Refused(f"specVersion: {shown(version)} is none of 1.5, 1.6 and 1.7. Export it in one of these versions.")
    try:
        if problems := errors(said, version):
            raise Refused(*problems)
    except RecursionError as error:
        raise Refused(DEEP) from error
    models = [one for one in _components(said) if one.get("type") == MODEL]
    if not models:
        words_ = f"components: none is of the type “{MODEL}”. Add the model itself to its bill of materials."
        raise Refused(words_)
    cards = sum(1 for one in models if one.get("modelCard"))
    return {
        "format": f"CycloneDX {version}, JSON", "said": _said(models), "offers": _offers(models),
        "checked": [
            f"It follows the official schema of CycloneDX {version}, and no name stands twice in an object.",
            f"It holds {len(models)} component{'s' * (len(models) != 1)} of the type {MODEL}, {cards} with a model card.",
        ],
        "unchecked": [
            "Whether what it says is true of the model that is tested.",
            "What its addresses lead to: none was opened.",
            *(["The signature inside it."] if "signature" in said else []),
        ],
    }  # fmt: skip


def errors(said: dict[str, Any], version: str) -> list[str]:
    """What is wrong by the schema, at most five sentences."""
    found = [_deepest(error) for error in islice(_validator(version).iter_errors(said), MOST_ERRORS)]
    return list(dict.fromkeys(map(_sentence, found)))


def _unique(validator: Any, wanted: Any, items: Any, schema: Any) -> Iterator[ValidationError]:
    """As in the library, which compares each item with each: a few thousand components would take half a minute."""
    if wanted and isinstance(items, list) and len({json.dumps(one, sort_keys=True) for one in items}) != len(items):
        yield ValidationError("The same entry stands twice in this list. Keep one.")


Validator: Any = validators.extend(Draft7Validator, {"uniqueItems": _unique})


def _validator(version: str) -> Any:
    kept = {name: json.loads((SCHEMAS / f"{name}.schema.json").read_bytes()) for name in (*BESIDE, f"bom-{version}")}
    known: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in kept.values()
    )
    return Validator(kept[f"bom-{version}"], registry=known)


def _deepest(error: ValidationError) -> ValidationError:
    """Where several shapes are allowed, what is wrong in the one that fits best."""
    return best_match([error]) or error


def _sentence(error: ValidationError) -> str:
    if error.validator == "enum":
        text = f"{shown(error.instance)} is not one of {', '.join(map(repr, error.validator_value))}"
    elif error.validator == "const":
        text = f"{shown(error.instance)} is not {error.validator_value!r}"
    elif error.validator == "type":
        text = f"{shown(error.instance)} is not of the type {error.validator_value!r}"
    elif error.validator == "required":
        text = error.message.replace("is a required property", "is missing")
    elif error.validator == "pattern":
        text = f"{shown(error.instance)} is not written as the schema asks ({error.validator_value})"
    elif error.validator in ("anyOf", "oneOf"):
        text = f"{shown(error.instance)} has none of the shapes that the schema allows here"
    else:
        text = words(error.message, 300)
    return f"{place(error.absolute_path)}: {text[:297]}{'…' * (len(text) > 297)}"


def place(path: Any) -> str:
    """The place of an error as people write it: components[0].modelCard.modelParameters."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.isidentifier():
            text += f".{part[:60]}"
        else:
            text += f"[{shown(part)}]"
    return text.removeprefix(".") or "The document"


def _components(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every component: what the bill is about first, then the others, with what is nested in them."""
    waiting = [said.get("metadata", {}).get("component"), *said.get("components", [])]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            yield one
            waiting += one.get("components", [])


def _texts(value: Any) -> list[str]:
    """Texts of a list; of objects their name and what is done about it."""
    found = []
    for one in value if isinstance(value, list) else []:
        if isinstance(one, dict):
            done = words(one.get("mitigationStrategy"))
            name = words(one.get("name") or one.get("groupAtRisk"))
            found.append(f"{name}: {done}" if name and done else name or done)
        else:
            found.append(words(one))
    return [text for text in found if text]


def _named(model: dict[str, Any]) -> str:
    name = " ".join(filter(None, (words(model.get("group"), 200), words(model.get("name"), 200))))
    version = words(model.get("version"), 200)
    return f"{name}, version {version}" if version else name


def _licences(model: dict[str, Any]) -> list[str]:
    found = []
    for one in model.get("licenses", []):
        licence = one.get("license", {})
        found.append(words(one.get("expression") or licence.get("id") or licence.get("name"), 200))
    return [text for text in found if text]


def _of(*values: Any) -> list[str]:
    return [text for text in map(words, values) if text]


def _said(models: list[dict[str, Any]]) -> list[list[str]]:
    """Label and text, as the page shows them."""
    rows = []
    for model in models[:MOST_MODELS]:
        card = model.get("modelCard") or {}
        built, weighed = card.get("modelParameters") or {}, card.get("considerations") or {}
        metrics = (card.get("quantitativeAnalysis") or {}).get("performanceMetrics", [])
        supplier = (model.get("supplier") or {}).get("name") or (model.get("manufacturer") or {}).get("name")
        facts = (
            ("Model", [_named(model)]), ("Supplier", _of(supplier or model.get("publisher"))),
            ("Description", _of(model.get("description"))), ("Licences", _licences(model)),
            ("Approach", _of((built.get("approach") or {}).get("type"))), ("Task", _of(built.get("task"))),
            ("Architecture", _of(built.get("architectureFamily"), built.get("modelArchitecture"))),
            ("Data sets", _of(*(d.get("name") or d.get("ref") for d in built.get("datasets", [])))),
            ("Measures", [" ".join(_of(m.get("type"), m.get("value"), m.get("slice"))) for m in metrics]),
            ("Users", _texts(weighed.get("users"))), ("Uses", _texts(weighed.get("useCases"))),
            ("Limitations", _texts(weighed.get("technicalLimitations"))),
            ("Trade-offs", _texts(weighed.get("performanceTradeoffs"))),
            ("Ethical considerations", _texts(weighed.get("ethicalConsiderations"))),
            ("Fairness", _texts(weighed.get("fairnessAssessments"))),
        )  # fmt: skip
        rows += [[label, words("; ".join(texts[:MOST_SHOWN]), 2000)] for label, texts in facts if any(texts)]
    return rows


def _offers(models: list[dict[str, Any]]) -> dict[str, str]:
    """What a person may take over into the request: from the first model that has a card, else from the first."""
    model = next((one for one in models if one.get("modelCard")), models[0])
    weighed = (model.get("modelCard") or {}).get("considerations") or {}
    limits = [*_texts(weighed.get("technicalLimitations")), *_texts(weighed.get("performanceTradeoffs"))]
    found = {
        "model": words(model.get("name"), 200), "checkpoint": words(model.get("version"), 200),
        "intended_uses": "\n".join(_texts(weighed.get("useCases")))[:LONGEST_OFFER],
        "limitations": "\n".join(limits)[:LONGEST_OFFER],
    }  # fmt: skip
    return {name: text for name, text in found.items() if text}
