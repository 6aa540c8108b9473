"""Name another signatory for one's own organisation while a file waits for signatures; who, when and why stay on record."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements import notices, own_keys, policies, queries
from agreements.actions import reminding
from agreements.actions.base import locked, record
from agreements.models import Incumbency, Signatory, SignatureAuthority, SigningTurn, TestingAgreement
from agreements.rules import names, turns
from core.decisions import Conflict, Invalid, Problem

LONGEST_REASON = 500


@transaction.atomic
def reassign(
    *, agreement: TestingAgreement, signatory: Signatory, authority: SignatureAuthority, by: User, reason: str,
    incumbency: Incumbency | None = None,
) -> Signatory:  # fmt: skip
    """The holder of another delegation takes the place of a signatory who has not signed, with the same field, step and
    meaning. Of one that is given to a post, `incumbency` says which of those in it (the incumbent).
    The file stays as it is; the signature says in whose place it was made."""
    agreement = locked(agreement)
    row = next((found for found in agreement.plan if found.pk == signatory.pk), None)
    if row is None:
        raise Conflict("This signatory is not asked to sign any more. Open the agreement to see who is.")
    policies.may_replace(by, agreement, row).require()
    words, at = reason.strip(), timezone.now()
    wanted = [other for other in queries.who_else(agreement, row, at) if other.authority.pk == authority.pk]
    chosen = next((other for other in wanted if incumbency is None or other.incumbency == incumbency), None)
    problems = []
    if chosen is None:
        problems.append(
            Problem("authority", "This delegation does not cover the agreement now. Choose one of the list.")
        )
    elif wrong := names.unprintable(chosen.person.name):
        problems.append(Problem("authority", wrong))
    if not words or len(words) > LONGEST_REASON:
        problems.append(Problem("reason", f"Say why, in at most {LONGEST_REASON} characters: all parties read it."))
    if problems or chosen is None:
        raise Invalid(problems)
    Signatory.objects.filter(pk=row.pk).update(voided_at=at, voided_by=by, voided_reason=words)
    new = Signatory.objects.create(
        agreement=agreement, sealed=row.sealed, developer_id=row.developer_id, organisation=row.organisation,
        person=chosen.person, authority=chosen.authority, incumbency=chosen.incumbency,
        step=row.step, meaning=row.meaning, field_name=row.field_name, replaces=row,
        tier=own_keys.tier_of(chosen.person, row.organisation),
    )  # fmt: skip
    SigningTurn.objects.filter(signatory=row, ended_at__isnull=True).update(
        ended_at=at, ending=SigningTurn.Ending.CLOSED
    )
    del agreement._plan  # read again with the new signatory
    detail = {
        "field": row.field_name,
        "from": str(row.person_id),
        "to": str(new.person_id),
        "authority": str(chosen.authority.pk),
    }
    record("reassigned", agreement, by=by, reason=words, detail=detail)
    _tell(agreement, row, new, by)
    return new


def _tell(agreement: TestingAgreement, old: Signatory, new: Signatory, by: User) -> None:
    """The one replaced and those who negotiate; the new one that it is their turn, or that it will be."""
    notices.tell_parties("agreements.reassigned", agreement, by=by, people=[old.person])
    if new.pk in {row.pk for row in turns.next_in(agreement.plan)}:
        reminding.invite(agreement, [new], by=None)
    else:
        notices.tell_named(agreement, new.person, by=by)
