"""The developer's side of a request: draft, save section by section, submit, answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from developers import actions as developers
from early_access import completeness, keys, notices, policies, queries, receipts
from early_access.actions import credentials, pinning, rewrapping
from early_access.actions.moving import locked, move
from early_access.completeness import Submission
from early_access.models import (
    EVERY_VARIANT,
    AccessSpecification,
    AccessWindow,
    AgencyConsent,
    ConfidentialityMarking,
    Contact,
    EarlyAccessRequest,
    RequestAudience,
    RequestedDomain,
    RequestSection,
    RequestStatement,
    RequestVariant,
    VariantConsent,
)
from early_access.rules import dates
from early_access.rules.sections import BY_NAME, Section, in_words, read

CONTACTS = ("incident", "rotation", "policy")


@transaction.atomic
def create(*, developer: Organisation, by: User, previous: EarlyAccessRequest | None = None) -> EarlyAccessRequest:
    """Start a draft, private to the developer."""
    policies.may_create(by, developer).require()
    row = EarlyAccessRequest.objects.create(developer=developer, previous=previous)
    audit.record("early_access.created", row, by=by, parties=[developer.pk])
    return row


@transaction.atomic
def save_section(
    *, request: EarlyAccessRequest, section: str, data: Mapping[str, Any], row_version: int, by: User
) -> RequestSection:
    """Save what was typed into a section. `row_version` is that of the section when it was opened (0: never saved);
    a stale one raises Conflict with both texts. The same text twice is not a conflict."""
    row = locked(request)
    policies.may_edit(by, row).require()
    spec = BY_NAME.get(section)
    if spec is None:
        raise Invalid([Problem("section", "There is no such section. Choose one of the task list.")])
    typed, problems = read(spec, data)
    problems = problems or completeness.early_problems(section, typed, queries.drafted(row))
    if problems:
        raise Invalid(problems)
    saved = RequestSection.objects.select_for_update(of=("self",)).filter(request=row, name=section).first()
    if spec.name == "credential":
        typed = _seal(row, typed, saved, by)
    elif saved is not None and saved.data == typed:
        return saved
    _check_version(saved, row_version, typed)
    return _write(row, spec, saved, typed, by)


def _check_version(saved: RequestSection | None, row_version: int, typed: dict[str, Any]) -> None:
    if row_version != (saved.row_version if saved else 0):
        raise Conflict(
            "Somebody else saved this section while you had it open. Compare both texts, then save the one you want.",
            theirs=saved.data if saved else {},
            yours=typed,
        )


def _write(
    row: EarlyAccessRequest, spec: Section, saved: RequestSection | None, typed: dict[str, Any], by: User
) -> RequestSection:
    made = saved or RequestSection(request=row, developer=row.developer, name=spec.name, row_version=0)
    made.data, made.saved_by, made.saved_at = typed, by, timezone.now()
    made.row_version += 1
    made.save()
    row.row_version += 1
    row.save(update_fields=["row_version"])
    if spec.name in ("agencies", "variants"):
        credentials.keep_allowed(request=row, agencies=_chosen(row))
    return made


def _chosen(row: EarlyAccessRequest) -> list[Organisation]:
    """The agencies consented to as drafted so far."""
    drafted = queries.drafted(row).get("agencies")
    return completeness.chosen_agencies(drafted.data.get("agencies", []) if drafted else [])


def _seal(row: EarlyAccessRequest, typed: dict[str, Any], saved: RequestSection | None, by: User) -> dict[str, Any]:
    """Seal the typed secrets at once; what is kept in the draft says only for whom and until when."""
    secrets = {slot: typed.pop(f"{slot}_secret" if slot else "secret", "") for slot in (EVERY_VARIANT, *keys.KINDS)}
    before = dict(saved.data) if saved is not None else {}
    if not any(secrets.values()):
        if saved is None:
            raise Invalid([Problem("secret", "Type the access key that evaluators will use.")])
        return before | typed
    wanted, agencies, kept = [slot for slot, secret in secrets.items() if secret], _chosen(row), before | typed
    for slot in sorted(wanted, key=lambda slot: slot == EVERY_VARIANT):  # the common key is for what is left
        holders = keys.holders(row, slot, agencies, also_own=wanted)
        about = {name: typed.get(f"{slot}_{name}", "") if slot else "" for name in ("base_url", "model_name")}
        ends = completeness.Submission({"c": typed}).day("c", f"{slot}_expires_on" if slot else "expires_on")
        made = credentials.seal_credential(
            request=row, secret=secrets[slot], agencies=holders, expires_on=ends, by=by, variant=slot, **about
        )
        sealed = {"sealed_for": [a.slug for a in holders], "version": made.version}
        kept |= {f"{slot}_{name}" if slot else name: value for name, value in sealed.items()}
    credentials.keep_allowed(request=row, agencies=agencies)
    return kept


@transaction.atomic
def submit(*, request: EarlyAccessRequest, by: User) -> EarlyAccessRequest:
    """Submit: every problem at once, or the rows that agencies read, frozen."""
    row = locked(request)
    if row.submitted_at is not None:
        raise Conflict("This request was already submitted; nothing was sent twice. Open it to see where it stands.")
    policies.may_submit(by, row).require()
    found = _complete(row)
    rewrapping.seal_again(row)
    lead = found.agencies[0]
    commerce = next((a for a in found.agencies if str(a.slug).startswith("commerce")), lead)
    row.intake_agency = commerce.parent or commerce
    _freeze(row, found)
    move(row, "submit", by=by, submitted_at=timezone.now(), **_columns(row, found))
    receipts.give(row, by)
    notices.to_intake("submitted", row, by)
    return row


@transaction.atomic
def answer(*, request: EarlyAccessRequest, text: str, by: User) -> EarlyAccessRequest:
    """Answer a question, with sections changed where needed; the specification gets its next version."""
    row = locked(request)
    policies.may_answer(by, row).require()
    if not text.strip():
        raise Invalid([Problem("text", "Write the answer: the intake officer reads it.")])
    found = _complete(row)
    _freeze(row, found)
    move(row, "answer", by=by, reason=text.strip(), answer=text.strip(), **_columns(row, found))
    receipts.give(row, by)
    notices.to_intake("answered", row, by)
    return row


def _complete(row: EarlyAccessRequest) -> Submission:
    found = completeness.gather(row, queries.drafted(row), completeness.now())
    if found.problems:
        raise Invalid(found.problems)
    return found


def _columns(row: EarlyAccessRequest, found: Submission) -> dict[str, Any]:
    return {
        "intake_agency": row.intake_agency,
        "model": found.model,
        "checkpoint": found.checkpoint,
        "agreement": found.agreement,
        "track": found.data["identity"]["track"],
        "changes_since": found.data["identity"].get("changes_since", ""),
        "intended_uses": found.data["documents"].get("intended_uses", ""),
        "limitations": found.data["documents"].get("limitations", ""),
        "trusted_partner_on": found.day("dates", "trusted_partner_on"),
        "public_on": found.day("dates", "public_on"),
    }


def _freeze(row: EarlyAccessRequest, found: Submission) -> None:
    """Make the rows that agencies read out of the drafted sections."""
    own: dict[str, Any] = {"request": row, "developer": row.developer}
    readers = {a.pk: a for a in [*found.agencies, row.intake_agency] if a is not None}
    # The audience carries the request's own instant: pages are ordered by it, whichever seat a reader comes from.
    shown = {"developer": row.developer, "created_at": row.created_at}
    for agency in readers.values():
        RequestAudience.objects.get_or_create(target=row, organisation=agency, defaults=shown)
    if found.checkpoint is not None:
        developers.share(checkpoint=found.checkpoint, organisations=readers.values())
    for model in (RequestVariant, RequestedDomain, AgencyConsent, ConfidentialityMarking, RequestStatement, Contact):
        model._default_manager.filter(request=row).delete()
    for kind in found.data["variants"]["variants"]:
        RequestVariant.objects.create(**own, kind=kind)
    level = int(found.data["domains"]["access_level"])
    for domain in found.data["domains"]["domains"]:
        RequestedDomain.objects.create(**own, domain=domain, access_level=level)
    for agency in found.agencies:
        AgencyConsent.objects.create(**own, agency=agency, consented=True)
    _freeze_consents(row, found, own)
    _freeze_window(row, found, own)
    _freeze_rest(row, found, own)
    if found.checkpoint is not None:
        pinning.pin(row, checkpoint=found.checkpoint, kinds=found.data["variants"]["variants"])


def _freeze_consents(row: EarlyAccessRequest, found: Submission, own: dict[str, Any]) -> None:
    """Consent per agency and variant; a key of a variant that is not offered (any more) is revoked."""
    withheld, special = keys.drafted_withheld(found.data["agencies"]), keys.own(row)
    VariantConsent.objects.filter(request=row).delete()
    for kind in found.data["variants"]["variants"]:
        for agency in found.agencies:
            VariantConsent.objects.create(
                **own,
                agency=agency,
                kind=kind,
                consented=(str(agency.slug), kind) not in withheld,
                own_key=kind in special,
            )
    for key in keys.live(row):
        if key.variant and key.variant not in found.data["variants"]["variants"]:
            credentials.revoke(request=row, because="its variant is not offered", by=None, variant=key.variant)


def _freeze_window(row: EarlyAccessRequest, found: Submission, own: dict[str, Any]) -> None:
    values = {
        "developer": row.developer,
        "starts_on": found.day("window", "starts_on"),
        "ends_on": found.day("window", "ends_on"),
        "trusted_partner_on": found.day("dates", "trusted_partner_on"),
        "longer_by_consent": bool(found.data["window"].get("longer_by_consent")),
        "developer_confirmed_at": timezone.now(),  # the request's own dates are the developer's first proposal
        "agency_confirmed_at": None,
    }
    AccessWindow.objects.update_or_create(request=row, defaults=values)


def _freeze_rest(row: EarlyAccessRequest, found: Submission, own: dict[str, Any]) -> None:
    last = queries.specification(row)
    if last is None or _differs(last, found.data["access"]):
        version = last.version + 1 if last else 1
        AccessSpecification.objects.create(**own, version=version, frozen_at=timezone.now(), **found.data["access"])
    marking = found.data["confidentiality"]
    if marking["scope"] != "nothing":
        lapses = dates.lapses_on(timezone.now().date())
        ConfidentialityMarking.objects.create(
            **own, scope=marking["scope"], statement=marking["statement"], lapses_on=lapses
        )
    for section in BY_NAME.values():
        for spec in section.fields:
            if spec.stated and found.data[section.name].get(spec.name):
                text = in_words(spec, found.data[section.name][spec.name])
                RequestStatement.objects.create(**own, name=spec.name, text=text)
    contacts = found.data["contacts"]
    for purpose in CONTACTS:
        said = {n: contacts.get(f"{purpose}_{n}", "") for n in ("name", "email", "phone", "hours")}
        if said["name"] and said["email"]:
            Contact.objects.create(**own, purpose=purpose, **said)


def _differs(last: AccessSpecification, data: dict[str, Any]) -> bool:
    names = [f.name for f in BY_NAME["access"].fields]
    blank = AccessSpecification()
    return any(getattr(last, n) != data.get(n, getattr(blank, n)) for n in names)
