"""Documents as developers have them: small, whole, and easily spoiled."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pikepdf

USES, LIMITS = "Help people write code.", "Weak in languages that were rare in its training data."
CARD = b"""---
license: other
---
# Heron

## Limits
Weak in *rare* languages. See [the paper](https://aurora.example/heron).
"""


def bill(version: str = "1.6", *, name: str = "Heron", build: str = "heron-rc1", **card: Any) -> dict[str, Any]:
    """An ML-BOM of Aurora's model; `card` replaces parts of its model card."""
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json", "bomFormat": "CycloneDX",
        "specVersion": version, "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 1,
        "metadata": {"component": {"type": "application", "name": "heron-service"}},
        "components": [
            {"type": "library", "name": "tokens", "version": "2.1", "licenses": [{"license": {"id": "MIT"}}]},
            {
                "bom-ref": "heron", "type": "machine-learning-model", "publisher": "Aurora", "name": name,
                "version": build, "licenses": [{"license": {"name": "Aurora research licence"}}],
                "modelCard": {
                    "modelParameters": {
                        "approach": {"type": "self-supervised"}, "task": "text generation",
                        "datasets": [{"type": "dataset", "name": "Aurora web corpus"}],
                    },
                    "considerations": {
                        "useCases": [USES], "technicalLimitations": [LIMITS],
                        "ethicalConsiderations": [{"name": "Misuse", "mitigationStrategy": "Refusals"}],
                    },
                } | card,
            },
        ],
    }  # fmt: skip


def packed(said: Any) -> bytes:
    return json.dumps(said, indent=1).encode()


def spdx_3(**changes: Any) -> dict[str, Any]:
    """SPDX 3.0.1 with an AI package."""
    return {
        "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
        "@graph": [
            {"type": "CreationInfo", "@id": "_:c", "specVersion": "3.0.1", "created": "2027-01-04T09:00:00Z"},
            {"type": "SpdxDocument", "spdxId": "urn:d", "creationInfo": "_:c", "name": "Heron", "profileConformance": ["ai"]},
            {"type": "ai_AIPackage", "spdxId": "urn:m", "creationInfo": "_:c", "name": "Heron",
             "software_packageVersion": "heron-rc1", "ai_limitation": LIMITS},
        ],
    } | changes  # fmt: skip


def spdx_2(**changes: Any) -> dict[str, Any]:
    """SPDX 2.3 in JSON."""
    return {
        "spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "dataLicense": "CC0-1.0", "name": "heron",
        "documentNamespace": "https://aurora.example/spdx/heron", "packages": [{"name": "tokens"}],
        "creationInfo": {"created": "2027-01-04T09:00:00Z", "creators": ["Organization: Aurora"]},
    } | changes  # fmt: skip


TAGS = b"""# Made by Aurora
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: heron
DocumentNamespace: https://aurora.example/spdx/heron
Creator: Organization: Aurora
Created: 2027-01-04T09:00:00Z
DocumentComment: <text>Two
lines</text>
PackageName: tokens
"""


def pdf(change: Callable[[pikepdf.Pdf], Any] | None = None, **save: Any) -> bytes:
    """A PDF of one empty page, and what `change` puts into it."""
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    if change:
        change(made)
    made.save(out, **save)
    return out.getvalue()
