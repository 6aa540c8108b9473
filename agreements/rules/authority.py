"""Whether written delegations let this person sign this agreement now. One function per question.

A chain is a delegation with those that it hangs on, its own first, the root last (domain.md; 18 FAM 201.3 is the pattern:
a flaw in any link voids the act).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.decisions import ALLOWED, Decision, Problem, first_refusal, refuse

if TYPE_CHECKING:
    from accounts.models import User
    from agreements.models import Incumbency, SignatureAuthority

WHO = "The organisation's administrator can record a delegation that covers it."
COUNSEL = "Counsel of the organisation can, on the delegation's page."
SEATED = "The organisation's administrator can record who holds the post now, and the organisation can name them."
LONGEST = 4  # delegations in a chain


def covers(
    chain: Sequence[SignatureAuthority], *, person: User, instrument: str, at: datetime, clauses: Collection[str] = (),
    amends: bool = False, incumbency: Incumbency | None = None,
) -> Decision:  # fmt: skip
    """All checks, the first refusal wins; `clauses` are the ids of the clauses that would be bound, `incumbency` is how the
    person holds the post to which the first delegation is given, if it is given to one."""
    each: tuple[Callable[[SignatureAuthority], Decision], ...] = (
        lambda link: _begun(link, at),
        lambda link: _not_ended(link, at),
        lambda link: _not_revoked(link, at),
        _concurred,
        lambda link: _instrument(link, instrument),
        lambda link: _clauses(link, clauses),
        lambda link: _amendments(link, amends),
    )
    links = [check(link) for check in each for link in chain]
    steps = [found for child, parent in pairwise(chain) for found in (_redelegable(parent), _not_wider(child, parent))]
    return first_refusal(_held_by(chain[0], person, incumbency, at), *links, *steps, _not_own(chain, person))


def _held_by(authority: SignatureAuthority, person: User, incumbency: Incumbency | None, at: datetime) -> Decision:
    if authority.post_id is not None and person.is_active:
        return _seated(authority, person, incumbency, at)
    if authority.holder_id == person.pk and person.is_active:
        return ALLOWED
    return refuse(f"{authority} is not held by {person.name}.", WHO)


def _seated(authority: SignatureAuthority, person: User, incumbency: Incumbency | None, at: datetime) -> Decision:
    """Whether this person holds the post at that instant: authority goes with the post, and ends with it."""
    if incumbency is None or incumbency.post_id != authority.post_id or incumbency.person_id != person.pk:
        return refuse(f"{authority} is given to a post that {person.name} does not hold.", SEATED)
    who = f"{person.name} as {incumbency.capacity}"
    if over := _over(incumbency, who, at):
        return refuse(over, SEATED)
    if incumbency.concurred_at is None:
        return refuse(
            f"Counsel has not concurred with {who}.", "Counsel of the organisation can, on the incumbent's page."
        )
    if incumbency.acting and not authority.acting_may_sign:
        return refuse(f"{authority} may not be used by whoever acts in the post.", WHO)
    return ALLOWED


def _over(incumbency: Incumbency, who: str, at: datetime) -> str:
    """Why it is not the time of whoever holds a post, in a sentence; "" when it is."""
    post = incumbency.post
    if post.ended_at is not None and post.ended_at <= at:
        return f"The post of {post} was abolished on {post.ended_at:%d %b %Y, %H:%M} UTC."
    if incumbency.begins_at > at:
        return f"The time of {who} begins only on {incumbency.begins_at:%d %b %Y, %H:%M} UTC."
    if incumbency.ends_at is not None and incumbency.ends_at <= at:
        return f"The time of {who} ended on {incumbency.ends_at:%d %b %Y, %H:%M} UTC."
    return ""


def _begun(authority: SignatureAuthority, at: datetime) -> Decision:
    return ALLOWED if authority.valid_from <= at else refuse(f"{authority} is not yet in force.", WHO)


def _not_ended(authority: SignatureAuthority, at: datetime) -> Decision:
    if authority.valid_until is None or at < authority.valid_until:
        return ALLOWED
    return refuse(f"{authority} expired on {authority.valid_until:%d %b %Y, %H:%M} UTC.", WHO)


def _not_revoked(authority: SignatureAuthority, at: datetime) -> Decision:
    if authority.revoked_at is None or at < authority.revoked_at:
        return ALLOWED
    return refuse(f"{authority} was revoked on {authority.revoked_at:%d %b %Y, %H:%M} UTC.", WHO)


def _concurred(authority: SignatureAuthority) -> Decision:
    return ALLOWED if authority.concurred_at else refuse(f"Counsel has not concurred with {authority}.", COUNSEL)


def _instrument(authority: SignatureAuthority, instrument: str) -> Decision:
    return ALLOWED if instrument in authority.instruments else refuse(f"{authority} does not cover this kind.", WHO)


def _clauses(authority: SignatureAuthority, clauses: Collection[str]) -> Decision:
    if barred := sorted(set(clauses) & set(authority.barred_clauses)):
        named = ", ".join(key.replace("_", " ") for key in barred)
        return refuse(f"{authority} may not bind these clauses of the agreement: {named}.", WHO)
    return ALLOWED


def _amendments(authority: SignatureAuthority, amends: bool) -> Decision:
    if authority.amendments or not amends:
        return ALLOWED
    return refuse(f"{authority} does not cover amendments.", WHO)


def _redelegable(parent: SignatureAuthority) -> Decision:
    return ALLOWED if parent.may_redelegate else refuse(f"{parent} may not be delegated further.", WHO)


def _not_wider(child: SignatureAuthority, parent: SignatureAuthority) -> Decision:
    problems = wider(
        parent, instruments=child.instruments, barred_clauses=child.barred_clauses, amendments=child.amendments,
        valid_from=child.valid_from, valid_until=child.valid_until,
    )  # fmt: skip
    return ALLOWED if not problems else refuse(f"{child} is wider than {parent}: {problems[0].sentence}", WHO)


def _not_own(chain: Sequence[SignatureAuthority], person: User) -> Decision:
    holders = held(chain)
    if len(set(holders)) == len(holders) and person.pk not in holders[1:]:
        return ALLOWED
    return refuse(f"{chain[0]} leads back to its own holder.", WHO)


def held(chain: Sequence[SignatureAuthority]) -> list[UUID | None]:
    """The persons and posts that hold a chain's delegations, in its order."""
    return [link.post_id or link.holder_id for link in chain]


def wider(
    parent: SignatureAuthority, *, instruments: Collection[str], barred_clauses: Collection[str], amendments: bool,
    valid_from: datetime, valid_until: datetime | None,
) -> list[Problem]:  # fmt: skip
    """Where a delegation would give more than the one it hangs on, by field."""
    problems = []
    if set(instruments) - set(parent.instruments):
        problems.append(Problem("instruments", f"{parent} does not cover all of these kinds. Choose among its own."))
    if set(parent.barred_clauses) - set(barred_clauses):
        problems.append(Problem("barred_clauses", f"{parent} bars clauses that must stay barred. Choose them too."))
    if amendments and not parent.amendments:
        problems.append(Problem("amendments", f"{parent} does not cover amendments. Leave them out."))
    if valid_from < parent.valid_from:
        problems.append(Problem("valid_from", f"It cannot begin before {parent}. Choose a later time."))
    if parent.valid_until and (valid_until is None or valid_until > parent.valid_until):
        problems.append(Problem("valid_until", f"It cannot outlast {parent}. Choose an earlier time."))
    return problems


def frozen(chain: Sequence[SignatureAuthority], incumbency: Incumbency | None = None) -> dict[str, Any]:
    """The delegation as it stands with all that it hangs on, and who held its post how, to be kept with the signature."""
    first, *parents = (_link(link) for link in chain)
    return {**first, "chain": parents, "incumbent": _incumbent(incumbency) if incumbency is not None else None}


def _incumbent(incumbency: Incumbency) -> dict[str, Any]:
    instants = ("begins_at", "ends_at", "concurred_at")
    return {
        "id": str(incumbency.pk),
        "post": str(incumbency.post_id),
        "title": incumbency.post.title,
        "person": str(incumbency.person_id),
        "acting": incumbency.acting,
        "source": incumbency.source,
        "document_sha256": incumbency.document_sha256,
        "concurred_by": str(incumbency.concurred_by_id or ""),
        **{name: moment.isoformat() if (moment := getattr(incumbency, name)) else None for name in instants},
    }


def _link(authority: SignatureAuthority) -> dict[str, Any]:
    instants = ("valid_from", "valid_until", "concurred_at")
    return {
        "id": str(authority.pk),
        "organisation": str(authority.organisation_id),
        "number": authority.number,
        "title": authority.title,
        "source": authority.source,
        "granted_by": authority.granted_by,
        "holder": str(authority.holder_id or ""),
        "post": str(authority.post_id or ""),
        "acting_may_sign": authority.acting_may_sign,
        "instruments": list(authority.instruments),
        "barred_clauses": list(authority.barred_clauses),
        "amendments": authority.amendments,
        "may_redelegate": authority.may_redelegate,
        "document_sha256": authority.document_sha256,
        "concurred_by": str(authority.concurred_by_id or ""),
        **{name: moment.isoformat() if (moment := getattr(authority, name)) else None for name in instants},
    }
