"""Who may do what with people and roles."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import ApiToken, Membership, Organisation, User
from accounts.roles import GUEST, ROLES
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, Problem, refuse

MOST_TOKENS = 10


def may_administer(user: User, organisation: Organisation) -> Decision:
    """People and roles of an organisation."""
    if seats_of(user).holds(organisation.pk, "administrator"):
        return ALLOWED
    return refuse(
        f"Only an administrator of {organisation.name} can change its people and roles.",
        "Ask one of the administrators listed on the organisation's page.",
    )


def may_end(user: User, membership: Membership) -> Decision:
    """End a membership; the last administrator stays."""
    first = may_administer(user, membership.organisation)
    if not first or "administrator" not in membership.roles:
        return first
    others = Membership.objects.filter(
        organisation=membership.organisation,
        ended_at__isnull=True,
        roles__contains=["administrator"],
        user__is_active=True,
    ).exclude(pk=membership.pk)
    if others.exists():
        return ALLOWED
    return refuse("This is the last administrator: make somebody else administrator first.")


def may_set_active(user: User, person: User) -> Decision:
    """Close or reopen accounts: the installation's administrators, but not their own."""
    if not (user.is_active and user.is_staff):
        return refuse("Only an administrator of the installation can close or reopen an account.")
    if user.pk == person.pk:
        return refuse("You cannot close your own account.", "Ask another administrator of the installation.")
    return ALLOWED


def may_issue_token(user: User, organisation: Organisation) -> Decision:
    """A token acts as its person in this organisation; so a seat there is asked for, and a bounded number."""
    if not seats_of(user).holds(organisation.pk):
        return refuse(f"Only people of {organisation.name} can issue tokens for it.")
    live = ApiToken.objects.filter(
        organisation=organisation, user=user, revoked_at__isnull=True, expires_at__gt=timezone.now()
    )
    if live.count() >= MOST_TOKENS:
        return refuse(f"You have {MOST_TOKENS} tokens here already. Revoke one that you do not use any more.")
    return ALLOWED


def may_revoke_token(user: User, token: ApiToken) -> Decision:
    """One's own, and for administrators everybody's."""
    if token.user_id == user.pk:
        return ALLOWED
    return may_administer(user, token.organisation)


def role_problems(organisation: Organisation, roles: list[str]) -> list[Problem]:
    """Roles that do not exist on this side."""
    wrong = [r for r in roles if r not in ROLES or organisation.kind not in ROLES[r].sides]
    if wrong:
        return [Problem("roles", f"{', '.join(wrong)}: no such role in this organisation. Choose from the list.")]
    if GUEST in roles and len(roles) > 1:
        return [Problem("roles", "Outside counsel has no other role here: choose it alone, or leave it out.")]
    if not roles:
        return [Problem("roles", "Choose at least one role.")]
    return []
