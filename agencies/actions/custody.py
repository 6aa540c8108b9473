"""The only writer of who keeps an agency's key."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agencies import hooks, policies, queries
from agencies.models import KeyCustody
from audit import actions as audit
from core import key_pairs
from core.decisions import Conflict, Invalid, Problem

CHANGED = "Somebody changed this since you opened it. Open it again, look at it, then go on."
LONGEST = 8_000
NEVER_PRIVATE = "This is the private key. Nothing was stored. It stays on your own host: paste the public one."


@dataclass(frozen=True)
class CustodyChange:
    """What became of it: the row, how many copies were sealed again, how many stayed as they were."""

    row: KeyCustody
    sealed_again: int
    left: int


@transaction.atomic
def set_custody(
    *, agency: Organisation, kind: str, public_key: str = "", row_version: int | None = None, by: User | None
) -> CustodyChange:
    """Say who keeps the key of an agency and of its components without a word of their own. What is sealed to them already is
    sealed again at once, where this host can open it; the rest stays with the key that it was sealed to.

    `by` None: whoever runs the installation's commands. `row_version` is that of the row as it was seen (0: none).
    """
    if by is not None:
        policies.may_set_custody(by, agency).require()
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    row = KeyCustody.objects.select_for_update(of=("self",)).filter(agency=agency).first()
    if row_version is not None and row_version != (row.row_version if row else 0):
        raise Conflict(CHANGED)
    pem, key_id = _read(kind, public_key)
    if row is None:
        row = KeyCustody(agency=agency)
    else:
        row.row_version += 1
    row.kind, row.public_key, row.key_id = kind, pem, key_id
    row.set_at, row.set_by = timezone.now(), by
    row.save()
    detail = {"kind": kind, "key": key_id}
    audit.record("agencies.custody_set", row, by=by, parties=[agency.pk], detail=detail)
    done = [act(queries.sealed_alike(agency)) for act in hooks.on_custody_changed]
    return CustodyChange(row, sum(again for again, _ in done), sum(left for _, left in done))


def _read(kind: str, public_key: str) -> tuple[str, str]:
    """(PEM, key id) of an agency that keeps its key; nothing of one that does not."""
    if kind not in KeyCustody.Kind.values:
        raise Invalid([Problem("kind", f"Choose one: {' or '.join(KeyCustody.Kind.values)}.")])
    if kind == KeyCustody.Kind.HOSTED:
        return "", ""
    typed = public_key.strip()
    if not typed:
        raise Invalid(
            [Problem("public_key", "Paste the public key that “manage.py key_pair” printed on your own host.")]
        )
    if "PRIVATE KEY" in typed:
        raise Invalid([Problem("public_key", NEVER_PRIVATE)])
    try:
        if len(typed) > LONGEST:
            raise ValueError("This is too long for a public key.")
        key = key_pairs.read_public(typed.encode())
    except ValueError as error:
        words = f"{error} Paste all of what “manage.py key_pair” printed, from BEGIN to END."
        raise Invalid([Problem("public_key", words)]) from None
    return key_pairs.pem_of(key), key_pairs.key_id(key)
