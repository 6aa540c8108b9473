"""Reference data of the room: library clauses and the framework template. Loading twice changes nothing."""

from __future__ import annotations

from django.db import transaction

from agreements.clause_texts import CLAUSES, VARIABLES
from agreements.models import AgreementTemplate, Clause, Instrument

TEMPLATE = "framework-mou"
VERSION = 1


@transaction.atomic
def load() -> AgreementTemplate:
    """Create the missing clauses and the current framework template; returns the template."""
    ids = []
    for key, heading, text, rationale in CLAUSES:
        clause, _ = Clause.objects.get_or_create(
            key=key,
            version=VERSION,
            defaults={
                "heading": heading,
                "text": text,
                "rationale": rationale,
                "required_for": [Instrument.MOU.value],
            },
        )
        ids.append(clause.pk)
    template, _ = AgreementTemplate.objects.get_or_create(
        key=TEMPLATE,
        version=VERSION,
        defaults={
            "instrument": Instrument.MOU,
            "name": "Framework MOU with early-access terms",
            "description": "A voluntary framework between one developer and one or more agencies. It sets the terms under "
            "which single models can be tested early; each test is asked for and agreed separately.",
            "clause_ids": ids,
            "variables": list(VARIABLES),
        },
    )
    return template
