"""Key pairs: who holds a public key seals, and only who holds the private one opens."""

from __future__ import annotations

import shutil
import uuid
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.management import CommandError, call_command

from core import envelope, key_pairs
from core.envelope import KeyHeldElsewhere, KeyMissing, Place, SealBroken, open_sealed, seal
from core.key_pairs import KeyPairs

PLACE = Place(uuid.uuid4(), "access_key", uuid.uuid4(), 1)
SECRET = b"sk-held-elsewhere-1"


def write(folder: Path, name: str, key: object) -> None:
    raw = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]  # any public key
    (folder / f"{name}.pem").write_bytes(raw)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pairs of two agencies: `public/` with both, a private folder for each. Real keys, of the least size."""
    folder, bits = tmp_path_factory.mktemp("pairs"), key_pairs.BITS
    (folder / "public").mkdir()
    key_pairs.BITS = key_pairs.LEAST_BITS
    for name in ("treasury", "defense"):
        (folder / "public" / f"{name}.pem").write_bytes(key_pairs.make(folder / name, name))
    key_pairs.BITS = bits
    return folder


@pytest.fixture
def web(made: Path) -> KeyPairs:
    """A host that holds no private key."""
    return KeyPairs(made / "public")


@pytest.fixture
def treasury(made: Path) -> KeyPairs:
    """The host of Treasury's worker."""
    return KeyPairs(made / "public", made / "treasury")


def test_the_web_host_seals_and_only_the_agencys_host_opens(web: KeyPairs, treasury: KeyPairs, made: Path) -> None:
    sealed = seal(web, PLACE, SECRET, ["treasury", "defense"])
    assert open_sealed(treasury, PLACE, sealed.ciphertext, "treasury", *sealed.wraps["treasury"]) == SECRET
    for host in (web, KeyPairs(made / "public", made / "defense")):
        with pytest.raises(KeyHeldElsewhere, match="on the agency's own hosts only"):
            open_sealed(host, PLACE, sealed.ciphertext, "treasury", *sealed.wraps["treasury"])
    key_id, _ = sealed.wraps["treasury"]
    assert (web.opens("treasury", key_id), treasury.opens("treasury", key_id)) == (False, True)
    assert not treasury.opens("defense", sealed.wraps["defense"][0])


def test_a_foreign_host_gains_nothing_by_renaming_keys(web: KeyPairs, made: Path, tmp_path: Path) -> None:
    sealed = seal(web, PLACE, SECRET, ["treasury"])
    thief = tmp_path / "private"
    shutil.copytree(made / "defense", thief)
    (thief / "defense.pem").rename(thief / "treasury.pem")
    with pytest.raises(SealBroken):
        open_sealed(KeyPairs(made / "public", thief), PLACE, sealed.ciphertext, "treasury", *sealed.wraps["treasury"])
    key_id = key_pairs.key_id(KeyPairs(made / "public").public_key("defense"))
    with pytest.raises(SealBroken):
        KeyPairs(made / "public", thief).unwrap("treasury", key_id, sealed.wraps["treasury"][1])


def test_a_component_works_through_its_parents_pair_and_is_still_a_recipient_of_its_own(made: Path) -> None:
    host = KeyPairs(made / "public", made / "defense")
    sealed = seal(host, PLACE, SECRET, ["defense-nsa"])
    assert open_sealed(host, PLACE, sealed.ciphertext, "defense-nsa", *sealed.wraps["defense-nsa"]) == SECRET
    with pytest.raises(SealBroken):  # the label of the wrap names the component
        host.unwrap("defense-cdao", *sealed.wraps["defense-nsa"])


@pytest.mark.parametrize("change", ["cut", "flipped", "empty"])
def test_a_changed_wrap_does_not_open(treasury: KeyPairs, change: str) -> None:
    key_id, wrapped = treasury.wrap("treasury", bytes(32))
    bad = {"cut": wrapped[:-1], "flipped": bytes([wrapped[0] ^ 1]) + wrapped[1:], "empty": b""}[change]
    with pytest.raises(SealBroken):
        treasury.unwrap("treasury", key_id, bad)


def test_after_a_change_of_keys_old_wraps_open_while_the_old_key_lies_there(made: Path, tmp_path: Path) -> None:
    public, private = tmp_path / "public", tmp_path / "private"
    shutil.copytree(made / "public", public)
    shutil.copytree(made / "treasury", private)
    host = KeyPairs(public, private)
    old = host.wrap("treasury", bytes(32))
    (private / "treasury.pem").rename(private / "treasury.until-today.pem")
    shutil.copy(made / "defense" / "defense.pem", private / "treasury.pem")
    shutil.copy(made / "public" / "defense.pem", public / "treasury.pem")
    new = host.wrap("treasury", bytes(32))
    assert old[0] != new[0]
    assert host.unwrap("treasury", *old) == host.unwrap("treasury", *new) == bytes(32)
    (private / "treasury.until-today.pem").unlink()
    with pytest.raises(SealBroken, match="not in use any more"):
        host.unwrap("treasury", *old)


@pytest.mark.parametrize("unfit", ["none", "text", "small", "curve"])
def test_an_unfit_public_key_seals_nothing_and_raises_the_alarm(
    tmp_path: Path, unfit: str, caplog: pytest.LogCaptureFixture
) -> None:
    if unfit == "text":
        (tmp_path / "treasury.pem").write_text("not a key")
    elif unfit == "small":
        write(tmp_path, "treasury", rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key())
    elif unfit == "curve":
        write(tmp_path, "treasury", ec.generate_private_key(ec.SECP256R1()).public_key())
    with pytest.raises(KeyMissing, match="Tell its administrators"):
        seal(KeyPairs(tmp_path), PLACE, SECRET, ["treasury"])
    assert [r.name for r in caplog.records if r.levelname == "CRITICAL"] == ["concord.alarm"]


def test_a_private_key_that_others_can_read_is_refused(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "treasury", tmp_path / "private")
    (tmp_path / "private" / "treasury.pem").chmod(0o644)
    host = KeyPairs(made / "public", tmp_path / "private")
    with pytest.raises(KeyMissing):
        host.unwrap("treasury", *host.wrap("treasury", bytes(32)))


def test_a_name_is_no_path(web: KeyPairs) -> None:
    with pytest.raises(ValueError, match="not a recipient's name"):
        web.wrap("../treasury", bytes(32))


def test_the_command_keeps_the_private_key_and_never_writes_over_one(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_pairs, "BITS", key_pairs.LEAST_BITS)
    settings.PRIVATE_KEY_DIR, settings.PUBLIC_KEY_DIR = tmp_path / "private", tmp_path / "public"
    settings.KEY_PROVIDER = "pairs"
    settings.PUBLIC_KEY_DIR.mkdir()
    out = StringIO()
    call_command("key_pair", "treasury", stdout=out)
    (settings.PUBLIC_KEY_DIR / "treasury.pem").write_text(out.getvalue())
    assert (settings.PRIVATE_KEY_DIR / "treasury.pem").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in settings.PRIVATE_KEY_DIR.iterdir()] == ["treasury.pem"]
    sealed = seal(envelope.installed(), PLACE, SECRET, ["treasury"])
    assert open_sealed(envelope.installed(), PLACE, sealed.ciphertext, "treasury", *sealed.wraps["treasury"]) == SECRET
    with pytest.raises(CommandError, match="There is a private key of treasury already"):
        call_command("key_pair", "treasury")
    settings.PRIVATE_KEY_DIR = None
    with pytest.raises(CommandError, match="set CONCORD_PRIVATE_KEY_DIR"):
        call_command("key_pair", "treasury")
