"""The only writer of invitations, memberships and API tokens."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import grants, policies
from accounts.models import ApiToken, Invitation, Membership, Organisation, User
from accounts.roles import ROLES
from core import ports
from core.decisions import Conflict, Invalid, Problem

INVITATION_DAYS = 7
MARK = "concord_"
TOKEN_DAYS = (7, 30, 90, 365)


def token_hash(token: str) -> str:
    """What is stored of a token that was mailed."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, organisation: Organisation, email: str, roles: list[str], by: User) -> tuple[Invitation, str]:
    """Invite a person by e-mail; returns the invitation and its token, which is stored only as a hash."""
    policies.may_administer(by, organisation).require()
    problems = policies.role_problems(organisation, roles)
    address = email.strip().lower()
    if Membership.objects.filter(organisation=organisation, user__email=address, ended_at__isnull=True).exists():
        problems.append(Problem("email", "This person is already here: change their roles instead."))
    if problems:
        raise Invalid(problems)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        roles=roles,
        token_hash=token_hash(token),
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
        invited_by=by,
    )
    ports.record("accounts.invited", invitation, by=by, parties=[organisation.pk])
    return invitation, token


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: User) -> tuple[Invitation, str]:
    """Open an invitation for another seven days under a new link; the one that was mailed before opens nothing."""
    row = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    policies.may_administer(by, row.organisation).require()
    if row.accepted_at or row.revoked_at:
        raise Conflict("This invitation was accepted or taken back. Invite the person anew.")
    token = secrets.token_urlsafe(32)
    row.token_hash, row.expires_at = token_hash(token), timezone.now() + timedelta(days=INVITATION_DAYS)
    row.save(update_fields=["token_hash", "expires_at"])
    ports.record("accounts.invitation_renewed", row, by=by, parties=[row.organisation_id])
    return row, token


@transaction.atomic
def accept(*, invitation: Invitation, name: str = "", post: str = "", password: str | None = None) -> User:
    """Make the person, or find them (then nothing about them changes), and seat them. Works once, until it expires."""
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.accepted_at or row.revoked_at or row.expires_at <= timezone.now():
        raise Conflict("This invitation is no longer open. Ask the administrator who sent it for a new one.")
    person = User.objects.filter(email=row.email).first()
    if person is None:
        person = User.objects.create_user(row.email, password, name=name, post=post)
    # The link came by mail, so the address is proved; allauth asks for that before it takes a factor.
    EmailAddress.objects.update_or_create(user=person, email=row.email, defaults={"verified": True, "primary": True})
    if row.organisation.is_agency:
        Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()  # passkeys only (R14)
    seat, made = Membership.objects.get_or_create(
        user=person, organisation=row.organisation, defaults={"roles": row.roles}
    )
    if not made:
        seat.roles, seat.ended_at = row.roles, None
        seat.save(update_fields=["roles", "ended_at"])
    row.accepted_at, row.accepted_by = timezone.now(), person
    row.save(update_fields=["accepted_at", "accepted_by"])
    ports.record("accounts.joined", seat, by=person, parties=[row.organisation_id])
    return person


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """Take an open invitation back."""
    row = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    policies.may_administer(by, row.organisation).require()
    if not row.is_open:
        raise Conflict("This invitation is not open any more: it was accepted, taken back or has expired.")
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    ports.record("accounts.invitation_revoked", row, by=by, parties=[row.organisation_id])


@transaction.atomic
def change_roles(*, membership: Membership, roles: list[str], by: User) -> Membership:
    """Replace a person's roles. The last administrator keeps that role."""
    row = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)
    policies.may_administer(by, row.organisation).require()
    if "administrator" in row.roles and "administrator" not in roles:
        policies.may_end(by, row).require()
    problems = policies.role_problems(row.organisation, roles)
    if problems:
        raise Invalid(problems)
    row.roles = [r for r in ROLES if r in roles]
    row.save(update_fields=["roles"])
    ports.record("accounts.roles_changed", row, by=by, parties=[row.organisation_id], detail={"roles": row.roles})
    return row


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """End a person's seat, their tokens and grants here; their access ends at their next request."""
    row = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)
    policies.may_end(by, row).require()
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    ApiToken.objects.filter(user_id=row.user_id, organisation_id=row.organisation_id, revoked_at__isnull=True).update(
        revoked_at=row.ended_at
    )
    grants.end_all(user=row.user, organisation=row.organisation)
    ports.record("accounts.membership_ended", row, by=by, parties=[row.organisation_id])


@transaction.atomic
def set_active(*, person: User, active: bool, by: User) -> None:
    """Close or reopen an account; every list, token and session of a closed one is empty at the next request."""
    row = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    policies.may_set_active(by, row).require()
    if row.is_active == active:
        return
    row.is_active = active
    row.save(update_fields=["is_active"])
    ports.record("accounts.reactivated" if active else "accounts.deactivated", row, by=by)


def api_token_hash(token: str) -> str:
    """What is stored of an API token: HMAC-SHA-256 with a key derived from the secret key, so that a stolen table
    does not help to recognise or make tokens."""
    return salted_hmac("accounts.ApiToken", token, algorithm="sha256").hexdigest()


@transaction.atomic
def issue_token(*, organisation: Organisation, name: str, scope: str, days: int, by: User) -> tuple[ApiToken, str]:
    """Make a token that acts as `by` in one organisation; returns it with its text, which is never shown again."""
    policies.may_issue_token(by, organisation).require()
    problems = []
    if days not in TOKEN_DAYS:
        problems.append(Problem("days", f"Choose one of {', '.join(str(d) for d in TOKEN_DAYS)} days."))
    if scope not in ApiToken.Scope.values:
        problems.append(Problem("scope", "Choose whether the token may only read, or read and write."))
    if problems:
        raise Invalid(problems)
    text = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        organisation=organisation,
        user=by,
        name=name.strip(),
        hint=text[: len(MARK) + 4],
        token_hash=api_token_hash(text),
        scope=scope,
        expires_at=timezone.now() + timedelta(days=days),
    )
    ports.record(
        "accounts.token_issued", token, by=by, parties=[organisation.pk], detail={"scope": scope, "days": days}
    )
    return token, text


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    """End a token at once; a second time changes nothing."""
    row = ApiToken.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=token.pk)
    policies.may_revoke_token(by, row).require()
    if row.revoked_at is not None:
        return
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    ports.record("accounts.token_revoked", row, by=by, parties=[row.organisation_id])


def note_use(token: ApiToken) -> None:
    """Remember the day of last use: one write a day, not one a call."""
    today = timezone.now().date()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
