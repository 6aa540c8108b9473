"""The only writer of invitations and memberships."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import policies
from accounts.models import Invitation, Membership, Organisation, User
from accounts.roles import ROLES
from core import ports
from core.decisions import Conflict, Invalid, Problem

INVITATION_DAYS = 7


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
def accept(*, invitation: Invitation, name: str, post: str, password: str) -> User:
    """Make (or find) the person and their membership. The invitation works once and until it expires."""
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.accepted_at or row.revoked_at or row.expires_at <= timezone.now():
        raise Conflict("This invitation is no longer open. Ask the administrator who sent it for a new one.")
    person = User.objects.filter(email=row.email).first()
    if person is None:
        person = User.objects.create_user(row.email, password, name=name, post=post)
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
    policies.may_administer(by, invitation.organisation).require()
    Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(revoked_at=timezone.now())
    ports.record("accounts.invitation_revoked", invitation, by=by, parties=[invitation.organisation_id])


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
    """End a person's seat; their access ends at their next request."""
    row = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)
    policies.may_end(by, row).require()
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    ports.record("accounts.membership_ended", row, by=by, parties=[row.organisation_id])
