"""The developer replaces its access key, or takes it back, while the request goes on."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements.actions.clocks import midnight
from core import rls
from core.decisions import Conflict, Invalid, Problem
from early_access import hooks, notices, policies, queries
from early_access.actions import credentials
from early_access.actions.moving import locked, parties
from early_access.models import AccessCredential, AccessHold, EarlyAccessRequest
from jobs import actions as jobs

BEFORE_END = (7, 1)  # days before a key ends on which its developer is told


@transaction.atomic
def replace_key(
    *, request: EarlyAccessRequest, secret: str, expires_on: date | None, by: User, replaces: int | None = None
) -> AccessCredential:
    """Seal another key for every agency that has access; the old one opens for nobody from that commit on. There is no
    moment without a key: agencies that ask meanwhile wait for the lock and find the new one. While the window is open,
    access is verified again with it. `replaces` is the version that the caller saw last (0: none): a second press, or a
    colleague's key meanwhile, is a Conflict and seals nothing."""
    row = locked(request)
    policies.may_replace_key(by, row).require()
    if replaces is not None and replaces != (last := queries.last_key(row)):
        raise Conflict(f"Another key, version {last}, was sealed since you opened this page. Nothing more was sealed.")
    if expires_on is not None and expires_on <= timezone.now().date():
        raise Invalid([Problem("expires_on", "The key would have ended already. Choose a later day, or none.")])
    ended = AccessHold.objects.filter(request=row, kind=AccessHold.Kind.ENDED, lifted_at__isnull=True)
    gone = set(ended.values_list("agency", flat=True))
    agencies = [agency for agency in queries.consented(row) if agency.pk not in gone]
    if not agencies:
        raise Conflict("No agency has access any more, so no key is needed.")
    made = credentials.seal_credential(request=row, secret=secret, agencies=agencies, expires_on=expires_on, by=by)
    _tell_in_time(row, made)
    if row.status == "window_open":
        credentials.release(request=row)
        with rls.widened(row.developer_id, *parties(row)):
            for follow in hooks.on_key_replaced:
                follow(row, made.version)
    notices.to_agencies("key_replaced", row, agencies, by)
    notices.to_developer("key_replaced", row, by)
    return made


@transaction.atomic
def revoke_key(*, request: EarlyAccessRequest, by: User) -> None:
    """Take the key back now, for instance because it leaked: it opens for nobody any more, the request goes on, and
    testing waits until another key is sealed."""
    row = locked(request)
    policies.may_revoke_key(by, row).require()
    credentials.revoke(request=row, because="taken back by the developer", by=by)
    notices.to_agencies("key_revoked", row, queries.consented(row), by)
    notices.to_developer("key_revoked", row, by)


def _tell_in_time(row: EarlyAccessRequest, made: AccessCredential) -> None:
    """Before the key ends its developer is told, so that another one can be sealed in time."""
    if made.expires_on is None:
        return
    for days in BEFORE_END:
        day = made.expires_on - timedelta(days=days)
        if day > timezone.now().date():
            jobs.enqueue(
                "early_access.key_ends", key=f"early_access.key_ends:{made.pk}:{days}", organisations=[row.developer_id],
                payload={"request": str(row.pk), "credential": str(made.pk)}, not_before=midnight(day),
            )  # fmt: skip


@transaction.atomic
def key_ends(*, credential: AccessCredential) -> bool:
    """Some days before a key ends: tell the developer, unless it was replaced or access is over; whether it was told."""
    row = locked(credential.request)
    live = queries.live_credential(row)
    if live is None or live.pk != credential.pk or row.status not in policies.WITH_KEY:
        return False
    notices.to_developer("key_ends", row, None)
    return True
