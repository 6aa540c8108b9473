"""Registration, verification by Commerce, models and checkpoints, and what rivals see of them: nothing."""

from __future__ import annotations

import pytest

from core import rls
from core.decisions import Invalid, Refused
from developers import actions
from developers.models import Developer, FrontierModel, ModelCheckpoint
from jobs.testing import run_due
from notifications.models import Mail
from tests.agreements.factories import acting
from tests.world import World, client_for

TYPED = {
    "legal_name": "Cedar Inference", "jurisdiction": "Ohio", "website": "", "email": "first@cedar.example",
}  # fmt: skip


def test_developer_registers_itself_and_commerce_verifies(world: World, client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/developers/register/").status_code == 200
    assert b"first@cedar.example" in client.post("/developers/register/", TYPED).content
    mail = Mail.objects.get(address="first@cedar.example")
    link = next(word for word in mail.body.split() if "://" in word)
    path = "/" + link.split("/", 3)[3]
    typed = {"name": "Ana Brook", "post": "Founder", "password": "a-long-enough-passphrase"}
    assert client.post(path, typed).status_code == 302
    officer = client_for(world.person("commerce", "intake"))
    assert "Cedar Inference" in officer.get("/models/verification/").content.decode()
    with acting(world.person("commerce", "intake")):
        row = Developer.objects.get(legal_name="Cedar Inference")
    assert officer.post(f"/models/verification/{row.pk}/", {"verify": "1"}).status_code == 302
    with acting(world.person("commerce", "intake")):
        row.refresh_from_db()
        assert row.status == "verified"
    run_due()


def test_only_commerce_intake_verifies(world: World) -> None:
    row, _ = actions.register(**TYPED)
    with acting(world.person("treasury", "intake")) as by:
        assert not Developer.objects.filter(pk=row.pk).exists()
    with rls.context(organisations=(row.organisation_id, row.verifier_id)), pytest.raises(Refused):
        actions.verify(developer=row, by=by)


def test_refusal_needs_a_reason(world: World) -> None:
    row, _ = actions.register(**TYPED)
    with acting(world.person("commerce", "intake")) as by:
        with pytest.raises(Invalid):
            actions.refuse(developer=row, reason="", by=by)
        assert actions.refuse(developer=row, reason="No such company.", by=by).status == "refused"


def test_models_are_private_to_their_developer(world: World) -> None:
    with acting(world.person("aurora", "drafter")) as by:
        model = actions.register_model(developer=world.aurora, codename="Heron", by=by)
        actions.register_checkpoint(
            model=model, label="rc1", configuration_sha256="0f" * 32, variants=["production"], by=by
        )
    for who in (("basalt", "drafter"), ("commerce", "intake")):
        with acting(world.person(*who)):
            assert not FrontierModel.objects.exists() and not ModelCheckpoint.objects.exists()
        assert client_for(world.person(*who)).get(f"/models/{model.reference}/").status_code == 404
    page = client_for(world.person("aurora", "security")).get(f"/models/{model.reference}/")
    assert b"rc1" in page.content


def test_bad_checkpoint_is_refused_in_sentences(world: World) -> None:
    with acting(world.person("aurora", "drafter")) as by:
        model = actions.register_model(developer=world.aurora, codename="Heron", by=by)
        with pytest.raises(Invalid) as caught:
            actions.register_checkpoint(model=model, label="", configuration_sha256="xyz", variants=[], by=by)
    assert {p.field for p in caught.value.problems} == {"label", "configuration_sha256", "variants"}
