"""Keys that sign: the embedded root, seal and time-stamp authority in the key folder, and one sealed key per person made
on demand. What signatures are checked against, and where their time-stamps come from, is read here too."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from cryptography import x509
from django.conf import settings

from accounts.models import Organisation, User
from agreements.models import SigningKey
from agreements.pdf.certificates import (
    LEAF_DAYS,
    Identity,
    make_crl,
    make_leaf,
    make_root,
    make_time_stamp_authority,
)
from agreements.pdf.timestamps import QUERY, REPLY, TimeStampFailed, TimeStamping
from core import envelope
from core.egress import EgressClient, EgressFailed, EgressRefused, allowance_of

RECIPIENT, AUTHORITY = "signing", "signing-tsa"
CRL_AGE = timedelta(days=1)
TSA_SECONDS = 5.0


class Trust(NamedTuple):
    """Roots (PEM) of seals and persons, revocation lists (DER), and roots of time-stamps."""

    roots: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    stamp_roots: tuple[bytes, ...]


def _path(name: str) -> Path:
    return Path(settings.KEY_DIR) / f"{name}.json"


def _known(name: str) -> Identity | None:
    try:
        stored = json.loads(_path(name).read_text())
    except FileNotFoundError:
        return None
    return Identity(**{k: v.encode() for k, v in stored.items()})


def _keep(name: str, fresh: Identity) -> Identity:
    """Write the identity unless another process was first; what lies there afterwards is the identity."""
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{name}-{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({k: v.decode() for k, v in vars(fresh).items()}, file)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return _known(name) or fresh


def root(at: datetime) -> Identity:
    """The embedded certificate authority, made on first use."""
    return _known("signing-root") or _keep("signing-root", make_root(at=at))


def seal(at: datetime) -> Identity:
    """The identity behind Concord's certifying seal."""
    found = _known("signing-seal")
    if found is not None:
        return found
    return _keep("signing-seal", make_leaf(root(at), name="Concord seal", organisation="Concord", at=at))


def time_stamp_authority(at: datetime) -> Identity:
    """The identity of the embedded time-stamp authority, which serves on loopback (agreements.pdf.timestamps)."""
    found = _known(AUTHORITY)
    return found or _keep(AUTHORITY, make_time_stamp_authority(root(at), at=at))


def revocation_list(at: datetime) -> bytes:
    """The embedded root's revocation list (DER), made anew when it is older than a day."""
    path = Path(settings.KEY_DIR) / "signing-root.crl"
    with contextlib.suppress(FileNotFoundError):
        known = path.read_bytes()
        if timedelta(0) <= at - x509.load_der_x509_crl(known).last_update_utc < CRL_AGE:
            return known
    fresh = make_crl(root(at), at=at)
    draft = path.with_name(f".crl-{secrets.token_hex(8)}")
    draft.write_bytes(fresh)
    draft.replace(path)
    return fresh


def trust(at: datetime) -> Trust:
    """What signatures are judged by: seals and persons lead to the embedded root and to no other; time-stamps also to the roots
    of a configured time-stamp authority."""
    own = root(at).certificate
    stamps, crls = [own], [revocation_list(at)]
    if settings.TSA_TRUST_DIR:
        folder = Path(settings.TSA_TRUST_DIR)
        stamps += [path.read_bytes() for path in sorted(folder.glob("*.pem"))]
        crls += [path.read_bytes() for path in sorted(folder.glob("*.crl"))]
    return Trust((own,), tuple(crls), tuple(stamps))


def card_trust(at: datetime) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """(roots as PEM, revocation lists as DER) of certificates of one's own, such as PIV cards. The installation keeps them
    current; the demo has an authority of its own besides."""
    roots: list[bytes] = []
    crls: list[bytes] = []
    if settings.CARD_TRUST_DIR:
        folder = Path(settings.CARD_TRUST_DIR)
        roots += [path.read_bytes() for path in sorted(folder.glob("*.pem"))]
        crls += [path.read_bytes() for path in sorted(folder.glob("*.crl"))]
    if settings.DEMO:
        root_of_cards = demo_card_authority(at)
        roots.append(root_of_cards.certificate)
        crls.append(make_crl(root_of_cards, at=at))
    return tuple(roots), tuple(crls)


def card_trust_problems(at: datetime) -> list[str]:
    """What in the folder of card authorities cannot be used, a sentence each: something that is no certificate or list, a list
    that is out of date."""
    if not settings.CARD_TRUST_DIR:
        return []
    folder, found = Path(settings.CARD_TRUST_DIR), []
    if not any(folder.glob("*.pem")):
        found.append(f"{folder} holds no root (*.pem): nobody can sign on a card.")
    for path in sorted(folder.glob("*.pem")):
        try:
            x509.load_pem_x509_certificate(path.read_bytes())
        except ValueError:
            found.append(f"{path} is not a certificate in PEM.")
    for path in sorted(folder.glob("*.crl")):
        try:
            until = x509.load_der_x509_crl(path.read_bytes()).next_update_utc
        except ValueError:
            found.append(f"{path} is not a revocation list in DER.")
        else:
            if until is not None and until < at:
                found.append(f"{path} is out of date since {until:%d %b %Y}: its cards cannot be signed with.")
    return found


def demo_card_authority(at: datetime) -> Identity:
    """Of the demo: what its people's cards lead to. No installation with DEMO off believes it."""
    return _known("demo-cards") or _keep("demo-cards", make_root(at=at, called="Demo root of cards"))


def time_stamping(at: datetime) -> TimeStamping | None:
    """The time-stamp authority that signatures ask; None where none is configured, and files say so."""
    if not settings.TSA_URL:
        return None
    known = trust(at)
    return TimeStamping(_ask, known.stamp_roots, known.crls, policies=tuple(settings.TSA_POLICIES))


def _ask(query: bytes) -> bytes:
    """Asked twice, since an answer may be lost; a refusal inside an answer is final and the caller's to read."""
    try:
        return _asked(query)
    except TimeStampFailed:
        return _asked(query)


def _asked(query: bytes) -> bytes:
    client = EgressClient(allowance_of(settings.TSA_URL), seconds=TSA_SECONDS, largest=64 * 1024)
    headers = {"Content-Type": QUERY, "Accept": REPLY}
    try:
        answer = client.send("POST", settings.TSA_URL, headers=headers, content=query)
    except (EgressFailed, EgressRefused) as error:
        raise TimeStampFailed("The time-stamp authority does not answer.") from error
    if answer.status != 200 or answer.headers.get("content-type", "").split(";")[0] != REPLY:
        raise TimeStampFailed(f"The time-stamp authority answers {answer.status} without a time-stamp.")
    return answer.raw


def _place(key: UUID, organisation: UUID) -> envelope.Place:
    return envelope.Place(secret=key, field="signing_key", organisation=organisation, version=1)


def identity_of(person: User, organisation: Organisation, *, at: datetime) -> Identity:
    """The person's signing identity for this organisation. The key is opened only for the caller's signature."""
    row = SigningKey.objects.filter(user=person, organisation=organisation, retired_at__isnull=True).first()
    if row is not None and row.valid_until <= at:
        row.retired_at = at
        row.save(update_fields=["retired_at"])
        row = None
    if row is None:
        return _make(person, organisation, at)
    key = envelope.open_sealed(
        envelope.provider(), _place(row.pk, organisation.pk), row.ciphertext, RECIPIENT, row.key_id, row.wrapped
    )
    return Identity(key, row.certificate.encode(), root(at).certificate)


def opened_again(secret: bytes) -> bytes:
    """What comes out of a seal like that of a person's key: a trial before anybody is asked to sign."""
    place = _place(uuid4(), uuid4())
    sealed = envelope.seal(envelope.provider(), place, secret, [RECIPIENT])
    return envelope.open_sealed(envelope.provider(), place, sealed.ciphertext, RECIPIENT, *sealed.wraps[RECIPIENT])


def _make(person: User, organisation: Organisation, at: datetime) -> Identity:
    leaf = make_leaf(root(at), name=person.name, organisation=organisation.name, at=at)
    row = SigningKey(user=person, organisation=organisation, certificate=leaf.certificate.decode())
    sealed = envelope.seal(envelope.provider(), _place(row.pk, organisation.pk), leaf.key, [RECIPIENT])
    row.ciphertext = sealed.ciphertext
    row.key_id, row.wrapped = sealed.wraps[RECIPIENT]
    row.valid_until = at + timedelta(days=LEAF_DAYS)
    row.save()
    return leaf
