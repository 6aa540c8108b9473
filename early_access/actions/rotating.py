"""The developer replaces an access key, takes it back, or changes who may test a variant, while the request goes on."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements.actions.clocks import midnight
from audit import actions as audit
from core import rls
from core.decisions import Conflict, Invalid, Problem
from early_access import completeness, hooks, keys, notices, policies, queries
from early_access.actions import credentials
from early_access.actions.moving import locked, parties
from early_access.models import (
    EVERY_VARIANT,
    AccessCredential,
    AccessHold,
    EarlyAccessRequest,
    RequestSection,
    VariantConsent,
)
from early_access.models.keys import variant_label
from jobs import actions as jobs

BEFORE_END = (7, 1)  # days before a key ends on which its developer is told
NOT_OFFERED = "This variant is not offered in this request. Announce it as a change first, then seal a key for it."


@transaction.atomic
def replace_key(
    *,
    request: EarlyAccessRequest,
    secret: str,
    expires_on: date | None,
    by: User,
    replaces: int | None = None,
    variant: str = EVERY_VARIANT,
    base_url: str = "",
    model_name: str = "",
) -> AccessCredential:
    """Seal another key of a variant (or the common one) for every agency that may hold it; the old one opens for nobody from
    that commit on. There is no moment without a key: agencies that ask meanwhile wait for the lock and find the new one.
    While the window is open, access is verified again with it. `replaces` is the version of this variant's key that the
    caller saw last (0: none): a second press, or a colleague's key meanwhile, is a Conflict and seals nothing."""
    row = locked(request)
    policies.may_replace_key(by, row).require()
    if replaces is not None and replaces != (last := queries.last_key(row, variant)):
        raise Conflict(f"Another key, version {last}, was sealed since you opened this page. Nothing more was sealed.")
    problems = completeness.key_address_problems({"base_url": base_url})
    if variant and variant not in keys.offered(row):
        problems.append(Problem("variant", NOT_OFFERED))
    if expires_on is not None and expires_on <= timezone.now().date():
        problems.append(Problem("expires_on", "The key would have ended already. Choose a later day, or none."))
    if problems:
        raise Invalid(problems)
    agencies = keys.holders(row, variant, with_access(row))
    if not agencies:
        raise Conflict("No agency has access any more, so no key is needed.")
    with_proof(row, variant)
    made = credentials.seal_credential(
        request=row, secret=secret, agencies=agencies, expires_on=expires_on, by=by, variant=variant, base_url=base_url,
        model_name=model_name,
    )  # fmt: skip
    _serve(row, variant, by)
    _tell_in_time(row, made)
    if row.status == "window_open":
        credentials.release(request=row)
        with rls.widened(row.developer_id, *parties(row)):
            for follow in hooks.on_key_replaced:
                follow(made)
    notices.to_agencies("key_replaced", row, agencies, by)
    notices.to_developer("key_replaced", row, by)
    return made


def with_access(row: EarlyAccessRequest) -> list[Organisation]:
    """The agencies consented to whose access has not ended with their agreement."""
    ended = AccessHold.objects.filter(request=row, kind=AccessHold.Kind.ENDED, lifted_at__isnull=True)
    gone = set(ended.values_list("agency", flat=True))
    return [agency for agency in queries.consented(row) if agency.pk not in gone]


def with_proof(row: EarlyAccessRequest, variant: str) -> None:
    """Before a key is replaced: keep what agencies had opened of it, so that it can be shown to be refused."""
    live = queries.live_credential(row, variant)
    if live is not None:
        credentials.keep_for_proof(row, [live], credentials.REPLACED)


def _serve(row: EarlyAccessRequest, variant: str, by: User) -> None:
    """A first key of its own: the variant is not reached with the common key any more, which may then serve nothing."""
    if not variant:
        return
    VariantConsent.objects.filter(request=row, kind=variant, own_key=False).update(own_key=True)
    if not keys.serves(row, EVERY_VARIANT):
        credentials.revoke(
            request=row, because="every variant has its own key", by=by, variant=EVERY_VARIANT, proof=True
        )


@transaction.atomic
def revoke_key(*, request: EarlyAccessRequest, by: User, variant: str | None = None) -> None:
    """Take a key back now (of one variant, or all), for instance because it leaked: it opens for nobody any more, the request
    goes on, and testing with it waits until another key is sealed."""
    row = locked(request)
    policies.may_revoke_key(by, row, variant).require()
    told = queries.consented(row)
    if variant is not None:
        told = [agency for agency in told if any(key.variant == variant for key in keys.live(row, agency))]
    credentials.revoke(request=row, because=credentials.TAKEN_BACK, by=by, variant=variant, proof=True)
    notices.to_agencies("key_revoked", row, told, by)
    notices.to_developer("key_revoked", row, by)


@transaction.atomic
def change_consent(
    *, request: EarlyAccessRequest, agency: Organisation, variant: str, consented: bool, by: User
) -> VariantConsent:
    """Take consent to one variant back from one agency, at once, or give it. Taken back: every key that reaches the variant
    opens for this agency no more. Given: the agency gets the keys that are sealed from then on. The same again does nothing."""
    row = locked(request)
    policies.may_change_consent(by, row).require()
    found = (
        VariantConsent.objects.select_for_update(of=("self",)).filter(request=row, agency=agency, kind=variant).first()
    )
    if found is None:
        raise Invalid([Problem("variant", "This agency and variant are not in the request. Choose from the table.")])
    if found.consented == consented:
        return found
    found.consented, found.changed_at, found.changed_by = consented, timezone.now(), by
    found.save(update_fields=["consented", "changed_at", "changed_by"])
    _redraft(row, str(agency.slug), variant, consented)
    if not consented:
        credentials.keep_allowed(request=row, agencies=queries.consented(row))
    verb, readers = "variant_consented" if consented else "variant_withheld", [row.developer_id, agency.pk]
    audit.record(f"early_access.{verb}", row, by=by, parties=readers, reason=f"{agency.name}: {variant_label(variant)}")
    notices.to_one_agency(verb, row, agency)
    return found


def _redraft(row: EarlyAccessRequest, slug: str, variant: str, consented: bool) -> None:
    """The drafted section says the same, so that an answer to intake does not bring the old consent back."""
    saved = RequestSection.objects.select_for_update(of=("self",)).filter(request=row, name="agencies").first()
    if saved is None:
        return
    name = f"without_{variant}"
    without = [known for known in saved.data.get(name, []) if known != slug]
    saved.data = {**saved.data, name: without if consented else [*without, slug]}
    saved.row_version += 1
    saved.save(update_fields=["data", "row_version"])


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
    live = queries.live_credential(row, credential.variant)
    if live is None or live.pk != credential.pk or row.status not in policies.WITH_KEY:
        return False
    notices.to_developer("key_ends", row, None)
    return True
