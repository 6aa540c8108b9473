"""Who may do what with people and roles."""

from __future__ import annotations

from accounts.models import Membership, Organisation, User
from accounts.roles import ROLES
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, Problem, refuse


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
        organisation=membership.organisation, ended_at__isnull=True, roles__contains=["administrator"]
    ).exclude(pk=membership.pk)
    if others.exists():
        return ALLOWED
    return refuse("This is the last administrator: make somebody else administrator first.")


def role_problems(organisation: Organisation, roles: list[str]) -> list[Problem]:
    """Roles that do not exist on this side."""
    wrong = [r for r in roles if r not in ROLES or organisation.kind not in ROLES[r].sides]
    if wrong:
        return [Problem("roles", f"{', '.join(wrong)}: no such role in this organisation. Choose from the list.")]
    if not roles:
        return [Problem("roles", "Choose at least one role.")]
    return []
