"""Keys that sign: the embedded root and seal in the key folder, and one sealed key per person made on demand."""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from accounts.models import Organisation, User
from agreements.models import SigningKey
from agreements.pdf.certificates import LEAF_DAYS, Identity, make_leaf, make_root
from core import envelope

RECIPIENT = "signing"


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


def _make(person: User, organisation: Organisation, at: datetime) -> Identity:
    leaf = make_leaf(root(at), name=person.name, organisation=organisation.name, at=at)
    row = SigningKey(user=person, organisation=organisation, certificate=leaf.certificate.decode())
    sealed = envelope.seal(envelope.provider(), _place(row.pk, organisation.pk), leaf.key, [RECIPIENT])
    row.ciphertext = sealed.ciphertext
    row.key_id, row.wrapped = sealed.wraps[RECIPIENT]
    row.valid_until = at + timedelta(days=LEAF_DAYS)
    row.save()
    return leaf
