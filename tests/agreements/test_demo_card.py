"""The demo's cards: made on request, believed by the demo alone, and good to sign with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.management import CommandError, call_command
from django.utils import timezone

from agreements import actions
from core.decisions import Invalid
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
