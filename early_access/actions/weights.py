"""The weights route: the developer registers signer and manifest, an agency confirms what it received by its own channel, and
certifies its destruction at the end."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core import confined, storage
from core.decisions import Conflict, Invalid, Problem
from early_access import notices, policies, queries, weights
from early_access.actions.moving import locked, parties
from early_access.formats import manifest as reader
from early_access.formats import signers
from early_access.models import (
    DestructionCertificate,
    EarlyAccessRequest,
    ReturnItem,
    WeightsManifest,
    WeightsReceipt,
    WeightsSigner,
)
from early_access.rules import weights as rules

MOST_WORDS = 400
Method = DestructionCertificate.Method


def _readers(row: EarlyAccessRequest) -> list[UUID]:
    return parties(row) if row.submitted_at else [row.developer_id]


def _needs_weights(row: EarlyAccessRequest) -> None:
    if not weights.by_weights(row):
        raise Conflict(
            "This model is not reached by its weights, as its access specification says. Nothing was registered."
        )


@transaction.atomic
def register_signer(*, request: EarlyAccessRequest, pem: str, by: User) -> WeightsSigner:
    """Register the public key or certificate that manifests have to be signed with. The same again changes nothing."""
    row = locked(request)
    policies.may_register_weights(by, row).require()
    _needs_weights(row)
    try:
        found = signers.read(pem.strip().encode())
    except signers.ManifestRefused as refused:
        raise Invalid([Problem("pem", str(refused))]) from refused
    last = weights.signer(row)
    if last is not None and last.fingerprint == found.fingerprint:
        return last
    made = WeightsSigner.objects.create(
        request=row, developer=row.developer, kind=found.kind, pem=pem.strip(), fingerprint=found.fingerprint,
        registered_by=by,
    )  # fmt: skip
    words = f"{made.get_kind_display()}, SHA-256 {found.fingerprint}"
    audit.record("early_access.weights_signer", row, by=by, parties=_readers(row), reason=words)
    return made


def register_manifest(
    *,
    request: EarlyAccessRequest,
    bundle: bytes,
    location: str,
    custodian: str = "",
    total_bytes: int | None = None,
    by: User,
) -> WeightsManifest:
    """Verify a signed manifest against the registered signer, without the data, and register it with the place of the
    weights. The same again changes nothing. It is read before the lock, in a confined child."""
    policies.may_register_weights(by, request).require()
    _needs_weights(request)
    signer, problems = weights.signer(request), rules.location_problems(location)
    if len(custodian.strip()) > 200:
        problems.append(Problem("custodian", "Say in at most 200 characters who hands the weights over."))
    if signer is None:
        problems.append(Problem("bundle", "Register the signer’s public key or certificate first."))
    if signer is None or problems:
        raise Invalid(problems)
    try:
        found = reader.read_confined(bundle, signer.pem.encode())
    except confined.Unreadable as refused:
        raise Invalid([Problem("bundle", str(refused))]) from refused
    with transaction.atomic():
        row = locked(request)
        policies.may_register_weights(by, row).require()
        if weights.signer(row) != signer:
            raise Conflict("Another signer was registered meanwhile. Look at it, then upload the manifest again.")
        values = {"location": location.strip(), "custodian": custodian.strip(), "total_bytes": total_bytes}
        last, digest = weights.manifest(row), sha256(bundle).hexdigest()
        if last is not None and last.sha256 == digest and all(getattr(last, n) == v for n, v in values.items()):
            return last
        made = WeightsManifest.objects.create(
            request=row, developer=row.developer, version=last.version + 1 if last else 1, signer=signer,
            file_count=len(found["files"]), root_sha256=found["root"], sha256=storage.put(bundle),
            sums_sha256=storage.put(reader.sums(found["files"])), pickled=found["pickled"], uploaded_by=by, **values,
        )  # fmt: skip
        words = f"Version {made.version}, {made.file_count} files, root digest {made.root_sha256}"
        audit.record("early_access.weights_manifest", row, by=by, parties=_readers(row), reason=words)
        if row.submitted_at:
            notices.to_agencies("weights_manifest", row, queries.consented(row), by)
        return made


@transaction.atomic
def confirm_weights(
    *,
    request: EarlyAccessRequest,
    agency: Organisation,
    by: User,
    root_sha256: str = "",
    listing: str = "",
    signer_confirmed: bool = False,
    statement: str = "",
    version: int | None = None,
) -> WeightsReceipt:
    """An agency says what it received: the root digest, its own list of files (from which the root digest is computed where
    none is typed), or both. They are compared with the newest manifest; what differs is named,
    file by file where the agency sends its own list (lines of sha256sum). `version` is the manifest that it looked at. The
    same again changes nothing."""
    row = locked(request)
    policies.may_confirm_weights(by, row, agency).require()
    newest = weights.manifest(row)
    if newest is None:
        raise Conflict("The developer has registered no manifest yet, so there is nothing to compare with.")
    if version is not None and version != newest.version:
        raise Conflict(
            f"Manifest version {newest.version} was registered since you opened this page. Compare with that one."
        )
    typed, signed = root_sha256.strip().lower(), weights.files(newest)
    problems, arrived = list[Problem](), dict[str, str]()
    try:
        arrived = reader.listed(listing)
    except ValueError as error:
        problems.append(Problem("listing", str(error)))
    if len(statement.strip()) > MOST_WORDS:
        problems.append(Problem("statement", f"Write at most {MOST_WORDS} characters."))
    if arrived and not typed:
        typed = reader.root_of(rules.in_order(signed, arrived))
    elif typed or not problems:
        problems += rules.digest_problems(typed)
    differing = rules.differences(signed, arrived) if arrived else []
    if arrived and not problems and not differing and typed != newest.root_sha256:
        problems.append(
            Problem("root_sha256", "The files that you list are those of the manifest, and this digest is another.")
        )
    if arrived and not problems and differing and typed == newest.root_sha256:
        problems.append(
            Problem("listing", "This digest is that of the manifest, and the files that you list are others.")
        )
    if problems:
        raise Invalid(problems)
    said: dict[str, Any] = {
        "manifest": newest, "root_sha256": typed, "differences": differing, "signer_confirmed": signer_confirmed,
        "statement": statement.strip(),
    }  # fmt: skip
    last = weights.received(row, agency)
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return last
    made = WeightsReceipt.objects.create(
        request=row,
        developer=row.developer,
        agency=agency,
        matches=typed == newest.root_sha256,
        confirmed_by=by,
        **said,
    )
    name = "weights_received" if made.matches else "weights_differ"
    audit.record(
        f"early_access.{name}", row, by=by, parties=[row.developer_id, agency.pk], reason=f"{agency.name}: {typed}"
    )
    notices.to_developer(name, row, by)
    return made


def certificate_problems(
    item: ReturnItem, outcome: str, destroyed_on: date | None, method: str
) -> tuple[WeightsReceipt | None, list[Problem]]:
    """The receipt that a certificate of destruction is owed for, if one is, and what is wrong with what was said."""
    held = weights.received(item.request, item.agency)
    if held is None or outcome == ReturnItem.Outcome.RETURNED:
        return None, []
    day = f"{held.created_at:%-d %b %Y}"
    if outcome == ReturnItem.Outcome.NOTHING_HELD:
        words = f"Your agency confirmed on {day} that it received weights. Say that they were returned or destroyed."
        return held, [Problem("outcome", words)]
    problems = []
    if method not in Method.values:
        problems.append(Problem("method", "Choose how the weights were destroyed: the certificate says it."))
    if destroyed_on is None or not held.created_at.date() <= destroyed_on <= timezone.now().date():
        problems.append(Problem("destroyed_on", f"Give the day of the destruction: from {day} to today."))
    return held, problems


def certify(
    item: ReturnItem, held: WeightsReceipt | None, destroyed_on: date, method: str, by: User
) -> DestructionCertificate:
    """Write the certificate of an answered item; `held`: of weights that were destroyed. In the caller's transaction."""
    about = "Destruction of model weights" if held else "Return or destruction of what an agency held of a test"
    said: dict[str, Any] = {
        "certificate": about, "request": item.request.reference, "developer": item.developer.name, "agency": item.agency.name,
    }  # fmt: skip
    if held:
        said |= {
            "manifest_version": held.manifest.version, "root_sha256": held.root_sha256, "files": held.manifest.file_count,
            "destroyed_on": str(destroyed_on), "method": str(Method(method).label),
        }  # fmt: skip
    said |= {
        "outcome": str(ReturnItem.Outcome(item.outcome).label), "parts": dict(item.checklist),
        "statement": item.statement, "certified_by": by.name,
        "certified_at": timezone.now().isoformat(timespec="seconds"),
    }  # fmt: skip
    text = json.dumps(said, indent=2, ensure_ascii=False)
    digest = sha256(text.encode()).hexdigest()
    made = DestructionCertificate.objects.create(
        item=item, manifest=held.manifest if held else None, developer_id=item.developer_id, agency_id=item.agency_id,
        destroyed_on=destroyed_on, method=method, text=text, sha256=digest, certified_by=by,
    )  # fmt: skip
    readers = [item.developer_id, item.agency_id]
    verb = "early_access.destroyed" if held else "early_access.certified"
    audit.record(verb, item.request, by=by, parties=readers, reason=f"{item.agency.name}: {digest}")
    return made
