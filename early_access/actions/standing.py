"""What an agreement does to access under it: rest while it is suspended, go on afterwards, end with it for good."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from accounts.models import Organisation
from agreements import standing as agreements
from agreements.standing import Standing
from audit import actions as audit
from early_access import hooks, notices, queries
from early_access.actions import credentials, returns
from early_access.models import AccessHold, EarlyAccessRequest


def settle(row: EarlyAccessRequest, agencies: Collection[UUID] = ()) -> bool:
    """Bring each agency's access in line with its agreement (of those parties, or all); whether anybody has access left.
    On a locked request, in a context that sees the developer's rows."""
    touched = [a for a in queries.consented(row) if not agencies or {a.pk, a.parent_id}.intersection(agencies)]
    found = agreements.standings(row.developer_id, touched, timezone.now())
    for agency in touched:
        _one(row, agency, found[agency.pk])
    ended = AccessHold.objects.filter(request=row, kind=AccessHold.Kind.ENDED).values_list("agency", flat=True)
    return bool({agency.pk for agency in queries.consented(row)}.difference(ended))


def _one(row: EarlyAccessRequest, agency: Organisation, now: Standing) -> None:
    hold = AccessHold.objects.filter(request=row, agency=agency, lifted_at__isnull=True).first()
    was = hold.kind if hold else agreements.STANDS
    if was in (now.kind, AccessHold.Kind.ENDED):
        return
    if hold:
        hold.lifted_at = timezone.now()
        hold.save(update_fields=["lifted_at"])
    if now.kind != agreements.STANDS:
        AccessHold.objects.create(
            request=row, developer_id=row.developer_id, agency=agency, kind=now.kind, sentence=now.sentence
        )
    if now.kind == agreements.ENDED:
        credentials.take_back(request=row, agency=agency)
        returns.ask_after_end(row, agency, now.agreement)
    _tell(row, agency, now)


def _words(agency: Organisation, now: Standing) -> str:
    return f"{agency.name}: {now.sentence}" if now.sentence else f"{agency.name}."


def _tell(row: EarlyAccessRequest, agency: Organisation, now: Standing) -> None:
    """The rooms above, the record and the people of both sides. It is Concord's own doing, whoever moved the agreement."""
    name, others = {
        agreements.STANDS: ("access_goes_on", hooks.on_access_goes_on),
        agreements.RESTS: ("access_rests", hooks.on_access_rests),
        agreements.ENDED: ("access_ended", hooks.on_access_ended),
    }[now.kind]
    readers = [row.developer_id, agency.pk]
    audit.record(f"early_access.{name}", row, parties=readers, reason=_words(agency, now), consequence=True)
    for other in others:
        other(row, agency, now.sentence)
    notices.to_developer(name, row, None)
    notices.to_one_agency(name, row, agency)
