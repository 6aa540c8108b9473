"""What cards are trusted by: the demo's own authority in the demo alone, and a folder that is checked at the start."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.management import CommandError, call_command
from django.utils import timezone

from agreements import actions, keys
from agreements.pdf.certificates import CRL_DAYS, make_crl
from config import checks
from core.decisions import Invalid
from tests.agreements import elsewhere
from tests.agreements import factories as make
from tests.world import World


def test_a_card_of_the_demo_is_enrolled_there_and_nowhere_else(world: World, settings: Any, tmp_path: Path) -> None:
    person = world.person("aurora", "signatory")
    with pytest.raises(CommandError, match="Only the demo makes cards"):
        call_command("demo_card", person.email, folder=tmp_path)
    settings.DEMO = True
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("demo_card", "nobody@x.example", folder=tmp_path)
    call_command("demo_card", person.email, folder=tmp_path)
    base = tmp_path / person.email.partition("@")[0]
    key, certificate, above = pkcs12.load_key_and_certificates(Path(f"{base}.p12").read_bytes(), b"concord")
    assert key is not None and certificate is not None and len(above) == 1
    content = Path(f"{base}.pem").read_bytes()

    def enrol() -> object:
        with make.acting(person) as by:
            return actions.enrol_certificate(
                organisation=world.aurora, certificate=content, by=by, stepped_up_at=timezone.now()
            )

    settings.DEMO = False
    with pytest.raises(Invalid, match="trusts no authority"):
        enrol()
    settings.DEMO = True
    assert enrol()


def test_a_folder_that_cannot_be_used_is_said_before_anybody_signs(trust: Path, settings: Any) -> None:
    assert keys.card_trust_problems(timezone.now()) == [] and checks.cards(None) == []
    (trust / "a.pem").write_bytes(b"no")
    (trust / "b.crl").write_bytes(b"no")
    old = timezone.now() - timedelta(days=CRL_DAYS + 1)
    (trust / "c.crl").write_bytes(make_crl(elsewhere.authority(), at=old))
    found = keys.card_trust_problems(timezone.now())
    words = (
        "a.pem is not a certificate in PEM.",
        "b.crl is not a revocation list in DER.",
        "c.crl is out of date since",
    )
    assert len(found) == len(words) and all(w in f for w, f in zip(words, found, strict=True))
    assert [message.id for message in checks.cards(None)] == ["concord.E005"] * 3
    settings.CARD_TRUST_DIR = str(trust / "empty")
    assert "holds no root" in keys.card_trust_problems(timezone.now())[0]
    settings.CARD_TRUST_DIR = ""
    assert keys.card_trust_problems(timezone.now()) == []
