"""Trusted partners: nominate, vet, two consents or a reason, terms under an agreement, access given, suspended, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agreements.models import TestingAgreement
from agreements.standing import in_force_of
from agreements.workflow import BINDING
from audit import actions as audit
from core import rls
from core.decisions import Conflict, Decision, Invalid, Problem
from early_access import notices, policies
from early_access.actions.moving import locked
from early_access.models import VETTING, AccessWindow, EarlyAccessRequest, TrustedPartner, TrustedPartnerNomination
from early_access.rules.partners import access_problems
from early_access.workflow import PARTNER_OPEN, PARTNER_TERMS, TRUSTED_PARTNER

MOST_WORDS = 400
LONGEST = 4000
CHANGED = "The nomination changed while you had it open. Read it again, then decide."
CONSENTS = ("developer_consented_at", "developer_consented_by", "agency_consented_at", "agency_consented_by")


@transaction.atomic
def nominate(
    *, request: EarlyAccessRequest, agency: Organisation, name: str, kind: str, country: str, purpose: str, why: str,
    access_from: date, by: User,
) -> TrustedPartnerNomination:  # fmt: skip
    """Nominate an organisation for early access to the model of a request, for one's own side, with one agency of it. The
    other side takes up the vetting or says that it does not agree."""
    row = locked(request)
    policies.may_nominate(by, row).require()
    name, country, why = name.strip(), country.strip(), why.strip()
    mine = seats_of(by).holds(row.developer_id)
    choices = policies.nomination_agencies(row) if mine else policies.nominates_for(by, row)
    problems = _nomination_problems(row, name, kind, country, purpose, why, access_from)
    if agency not in choices:
        problems.insert(0, Problem("agency", "Choose an agency of this request."))
    if problems:
        raise Invalid(problems)
    partner = _partner(row, agency, name, kind, country)
    if open_one := partner.nominations.filter(request=row, status__in=PARTNER_OPEN).first():
        words = f"{partner.name} is nominated for this request already: {open_one.reference}."
        raise Invalid([Problem("name", words)])
    made = TrustedPartnerNomination.objects.create(
        request=row, developer=row.developer, agency=agency, partner=partner, nominated_by=by, purpose=purpose, why=why,
        nominator=row.developer if mine else agency, access_from=access_from, moved_at=timezone.now(),
    )  # fmt: skip
    _said(made, "nominated", by)
    _tell(made, "partner_nominated", by)
    return made


def _nomination_problems(
    row: EarlyAccessRequest, name: str, kind: str, country: str, purpose: str, why: str, access_from: date
) -> list[Problem]:
    found = []
    if not name or len(name) > 120:
        found.append(Problem("name", "Give the organisation's name, in at most 120 characters."))
    if kind not in TrustedPartner.Kind.values:
        found.append(Problem("kind", "Choose what kind of organisation it is."))
    if not country or len(country) > 60:
        found.append(Problem("country", "Say in at most 60 characters where it is established."))
    if purpose not in TrustedPartnerNomination.Purpose.values:
        found.append(Problem("purpose", "Choose what it would use the model for."))
    if not why or len(why) > MOST_WORDS:
        found.append(Problem("why", f"Say in at most {MOST_WORDS} characters why it needs access before the release."))
    window = AccessWindow.objects.filter(request=row).first()
    return found + access_problems(
        access_from, trusted_partner_on=row.trusted_partner_on, window_ends_on=window.ends_on if window else None
    )


def _partner(
    row: EarlyAccessRequest, agency: Organisation, name: str, kind: str, country: str
) -> TrustedPartner:  # fmt: skip
    known = TrustedPartner.objects.filter(developer=row.developer, agency=agency, name__iexact=name).first()
    if known is None:
        return TrustedPartner.objects.create(
            developer=row.developer, agency=agency, name=name, kind=kind, country=country
        )
    if (known.kind, known.country) != (kind, country):
        words = (
            f"{known.name} is known to both sides as “{known.get_kind_display()}”, {known.country}. Say the same here."
        )
        raise Invalid([Problem("name", words)])
    return known


@transaction.atomic
def begin_vetting(*, nomination: TrustedPartnerNomination, by: User) -> TrustedPartnerNomination:
    """Take up the vetting: the side that did not nominate. It consents to nothing yet."""
    row = _decided(nomination, policies.may_begin_vetting, by)
    _move(row, "begin_vetting", by)
    _tell(row, "partner_vetting", by)
    return row


@transaction.atomic
def save_vetting(
    *, nomination: TrustedPartnerNomination, row_version: int, checks: Mapping[str, str], note: str, by: User
) -> TrustedPartnerNomination:
    """Record what the vetting found. A consent that was given to other findings is taken off, and its side is told."""
    row = _decided(nomination, policies.may_vet, by)
    problems = [
        Problem(name, "Choose one of the list, or leave it open.")
        for name in VETTING if checks.get(name, "") not in ("", *TrustedPartnerNomination.Check.values)
    ]  # fmt: skip
    if len(note := note.strip()) > LONGEST:
        problems.append(Problem("note", f"Keep it to {LONGEST:,} characters."))
    if problems:
        raise Invalid(problems)
    found = {name: checks.get(name, "") for name in VETTING} | {"vetting_note": note}
    if all(getattr(row, name) == value for name, value in found.items()):
        return row
    _unchanged(row, row_version)
    consented = row.developer_consented_at or row.agency_consented_at
    _write(row, **found, vetted_by=by, **dict.fromkeys(CONSENTS))
    _said(row, "vetted", by)
    if consented:
        _tell(row, "partner_vetting", by)
    return row


@transaction.atomic
def consent_to_partner(
    *, nomination: TrustedPartnerNomination, row_version: int, by: User
) -> TrustedPartnerNomination:  # fmt: skip
    """Consent for one's own side to what `row_version` shows. The second consent makes it agreed."""
    row = _decided(nomination, policies.may_consent_to_partner, by)
    _unchanged(row, row_version)
    side, now = policies.partner_side(by, row), timezone.now()
    other = row.agency_consented_by_id if side == "developer" else row.developer_consented_by_id
    if other == by.pk:
        raise Conflict("You gave the other side’s consent. Somebody else has to give this one.")
    given: dict[str, Any] = {f"{side}_consented_at": now, f"{side}_consented_by": by}
    if other is None:
        _write(row, **given)
        _said(row, "consented", by)
        _tell(row, "partner_consented", by)
    else:
        _move(row, "consent", by, **given)
        _tell(row, "partner_decided", by)
    return row


@transaction.atomic
def take_consent_back(*, nomination: TrustedPartnerNomination, by: User) -> TrustedPartnerNomination:
    """Take one's own side's consent back while the other's is missing. No reason is asked."""
    row = _decided(nomination, policies.may_take_consent_back, by)
    side = policies.partner_side(by, row)
    _write(row, **{f"{side}_consented_at": None, f"{side}_consented_by": None})
    _said(row, "consent_taken_back", by)
    _tell(row, "partner_vetting", by)
    return row


@transaction.atomic
def decline_partner(
    *, nomination: TrustedPartnerNomination, denial: str, reason: str, by: User
) -> TrustedPartnerNomination:  # fmt: skip
    """Record that one's side does not agree: a reason of the list for the counts, and words that the other side reads."""
    row = _decided(nomination, policies.may_decline_partner, by)
    problems = []
    if denial not in TrustedPartnerNomination.Denial.values:
        problems.append(Problem("denial", "Choose a reason from the list."))
    problems += _reason_problems(reason, needed=True)
    if problems:
        raise Invalid(problems)
    words = reason.strip()
    _move(row, "decline", by, words, denial=denial, reason=words, denied_for=_own(by, row))
    _tell(row, "partner_decided", by)
    return row


@transaction.atomic
def record_terms(
    *, nomination: TrustedPartnerNomination, agreement: str, signed_on: date, by: User
) -> TrustedPartnerNomination:  # fmt: skip
    """Record the day on which the partner signed, and the agreement in force between both sides (by its reference) that the
    terms hang on. It is signed in the agreements room, as any other."""
    found = next(
        (a for a in in_force_of(nomination.developer_id, nomination.agency, by) if a.reference == agreement), None
    )
    if found is not None:  # before the nomination, as an agreement that ends takes them
        found = TestingAgreement.objects.select_for_update(of=("self",)).get(pk=found.pk)
    row = _decided(nomination, policies.may_record_terms, by)
    problems = []
    if found is None or found.status != "in_force":
        problems.append(Problem("agreement", "Choose an agreement in force between the developer and the agency."))
    if signed_on is None or signed_on > timezone.now().date():
        problems.append(Problem("signed_on", "Give the day on which the partner signed; it cannot lie ahead."))
    if problems:
        raise Invalid(problems)
    _move(row, "record_terms", by, agreement=found, terms_signed_on=signed_on)
    _tell(row, "partner_terms", by)
    return row


@transaction.atomic
def activate_partner(*, nomination: TrustedPartnerNomination, by: User) -> TrustedPartnerNomination:
    """Record that the developer has given access. Concord gives none itself, and holds no key of a partner."""
    TestingAgreement.objects.select_for_update(of=("self",)).filter(pk=nomination.agreement_id).first()
    row = _decided(nomination, policies.may_activate_partner, by)
    _move(row, "activate", by, active_at=timezone.now())
    _tell(row, "partner_access", by)
    return row


@transaction.atomic
def suspend_partner(
    *, nomination: TrustedPartnerNomination, reason: str, by: User
) -> TrustedPartnerNomination:  # fmt: skip
    """Suspend access, with a reason that the other side reads. The side that did it lets it go on."""
    row = _decided(nomination, policies.may_suspend_partner, by)
    if problems := _reason_problems(reason, needed=True):
        raise Invalid(problems)
    words = reason.strip()
    _move(row, "suspend", by, words, reason=words, suspended_for=_own(by, row))
    _tell(row, "partner_access", by)
    return row


@transaction.atomic
def resume_partner(*, nomination: TrustedPartnerNomination, by: User) -> TrustedPartnerNomination:
    """Let access go on: the side that suspended it. If the agreement rests meanwhile, access rests with it."""
    TestingAgreement.objects.select_for_update(of=("self",)).filter(pk=nomination.agreement_id).first()
    row = _decided(nomination, policies.may_resume_partner, by)
    _move(row, "resume", by, reason="", suspended_for=None)
    _tell(row, "partner_access", by)
    with rls.widened(row.developer_id):  # an agency's component need not read its parent's agreement
        if agreement := TestingAgreement.objects.filter(pk=row.agreement_id).first():
            _follow(row, agreement)
    return row


@transaction.atomic
def revoke_partner(
    *, nomination: TrustedPartnerNomination, by: User, reason: str = ""
) -> TrustedPartnerNomination:  # fmt: skip
    """Take one's consent back after both were given, with no reason or with one: it ends at once, whatever its state."""
    row = _decided(nomination, policies.may_revoke_partner, by)
    return _left(row, "revoke", by, reason)


@transaction.atomic
def end_partner(
    *, nomination: TrustedPartnerNomination, by: User, reason: str = ""
) -> TrustedPartnerNomination:  # fmt: skip
    """End it in one step: the developer at any time, the agency what it nominated itself before both have consented."""
    row = _decided(nomination, policies.may_end_partner, by)
    return _left(row, "end", by, reason)


def _left(row: TrustedPartnerNomination, verb: str, by: User, reason: str) -> TrustedPartnerNomination:
    if problems := _reason_problems(reason, needed=False):
        raise Invalid(problems)
    words = reason.strip()
    _move(row, verb, by, words, reason=words, suspended_for=None)
    _tell(row, "partner_access", by)
    return row


def end_with_request(request: EarlyAccessRequest) -> None:
    """A withdrawn request takes its nominations along. On a locked request, in the developer's context."""
    rows = TrustedPartnerNomination.objects.select_for_update(of=("self",)).filter(
        request=request, status__in=PARTNER_OPEN
    )
    for row in rows.order_by("pk"):
        _lapse(row, "The developer withdrew the request.")


def follow_agreement(agreement: TestingAgreement, by: User | None) -> None:
    """An agreement rests, goes on or ended: so does what partners have under it, in one commit with it. What is read here
    is shown to nobody."""
    agencies = [row.organisation_id for row in agreement.party_rows if row.organisation_id != agreement.developer_id]
    components = Organisation.objects.filter(parent__in=agencies).values_list("pk", flat=True)
    with transaction.atomic(), rls.widened(agreement.developer_id, *agencies, *components):
        rows = TrustedPartnerNomination.objects.select_for_update(of=("self",)).select_related("agency")
        for row in rows.filter(agreement=agreement, status__in=PARTNER_TERMS).order_by("pk"):
            _follow(row, agreement)


def _follow(row: TrustedPartnerNomination, agreement: TestingAgreement) -> None:
    held = agreement.parties.filter(
        organisation__in=[pk for pk in (row.agency_id, row.agency.parent_id) if pk], left_at=None
    ).exists()
    if agreement.status not in BINDING or not held:
        after = TestingAgreement.objects.filter(replaces=agreement, status__in=BINDING).first()
        if after is not None and held:
            _write(row, agreement=after)
        else:
            _lapse(row, f"Agreement {agreement.reference} has ended for these parties.")
    elif agreement.status == "suspended" and row.status == "access_active":
        _move(row, "rest", None, reason=f"Agreement {agreement.reference} is suspended.")
        _tell(row, "partner_access", None)
    elif agreement.status == "in_force" and row.status == "suspended" and row.suspended_for_id is None:
        _move(row, "go_on", None, reason="")
        _tell(row, "partner_access", None)


def _lapse(row: TrustedPartnerNomination, why: str) -> None:
    _move(row, "lapse", None, why, reason=why, suspended_for=None)
    _tell(row, "partner_access", None)


def _reason_problems(reason: str, *, needed: bool) -> list[Problem]:
    if needed and not reason.strip():
        return [Problem("reason", "Write the reason: the other side reads it.")]
    return [Problem("reason", f"Keep it to {LONGEST:,} characters.")] if len(reason) > LONGEST else []


def _own(by: User, row: TrustedPartnerNomination) -> Organisation:
    return row.developer if policies.partner_side(by, row) == "developer" else row.agency


def _unchanged(row: TrustedPartnerNomination, row_version: int) -> None:
    if row.row_version != row_version:
        raise Conflict(CHANGED)


def _decided(
    nomination: TrustedPartnerNomination, policy: Callable[[User, TrustedPartnerNomination], Decision], by: User
) -> TrustedPartnerNomination:
    """The row as it is now, held until the transaction ends, if the policy lets this person act on it."""
    related = ("developer", "agency", "partner", "request")
    rows = TrustedPartnerNomination.objects.select_for_update(of=("self",)).select_related(*related)
    row: TrustedPartnerNomination = rows.get(pk=nomination.pk)
    policy(by, row).require()
    return row


def _write(row: TrustedPartnerNomination, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.row_version += 1
    row.save(update_fields=["row_version", *fields])


def _move(row: TrustedPartnerNomination, verb: str, by: User | None, words: str = "", **fields: Any) -> None:
    TRUSTED_PARTNER.may(row.status, verb).require()
    _write(row, status=TRUSTED_PARTNER.move(verb).target, moved_at=timezone.now(), **fields)
    _said(row, verb, by, words)


def _said(row: TrustedPartnerNomination, verb: str, by: User | None, words: str = "") -> None:
    audit.record(
        f"early_access.partner_{verb}", row, by=by, parties=[row.developer_id, row.agency_id], reason=words,
        consequence=by is None,
    )  # fmt: skip


def _tell(row: TrustedPartnerNomination, name: str, by: User | None) -> None:
    notices.partner(name, row, by)
