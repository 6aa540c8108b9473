"""A routing officer keeps an agency out of a request or of a developer's requests until a day, with a reason; and lets it in."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from early_access.models import EarlyAccessRequest
from evaluations import policies
from evaluations.actions.base import needed
from evaluations.models import RoutingExclusion

LONGEST_REASON = 2_000
LONGEST = timedelta(days=731)


@transaction.atomic
def exclude_agency(
    *, router: Organisation, agency: Organisation, developer: Organisation, until: date, reason: str, by: User,
    request: EarlyAccessRequest | None = None,
) -> RoutingExclusion:  # fmt: skip
    """Keep an agency out of this request, or of all requests of the developer, whose window begins until that day. What the
    agency holds stays; the developer's consent is a thing of its own and stays as it is."""
    policies.may_exclude(by, router, developer).require()
    today = timezone.now().date()
    problems = []
    if request is not None and (request.intake_agency_id, request.developer_id) != (router.pk, developer.pk):
        problems.append(Problem("request", "Choose a request of this developer that your agency took in."))
    if not today <= until <= today + LONGEST:
        problems.append(Problem("until", "Choose a day from today on, within two years."))
    if len(reason.strip()) > LONGEST_REASON:
        problems.append(Problem("reason", f"At most {LONGEST_REASON:,} characters fit here."))
    if problems:
        raise Invalid(problems)
    words = needed(reason, "reason", "Say why in a few words: your agency's routing officers read it.")
    try:
        with transaction.atomic():
            row = RoutingExclusion.objects.create(
                router=router,
                agency=agency,
                developer=developer,
                request=request,
                until=until,
                reason=words,
                made_by=by,
            )
    except IntegrityError as error:
        raise Conflict(
            "This agency is excluded there already. Lift that exclusion first to give it another day."
        ) from error
    audit.record("evaluations.agency_excluded", row, by=by, parties=[router.pk], detail={"until": str(until)})
    return row


@transaction.atomic
def lift_exclusion(*, exclusion: RoutingExclusion, by: User) -> RoutingExclusion:
    """Let the agency in again, before the day. Requests that wait are routed again when somebody asks for it."""
    row = RoutingExclusion.objects.select_for_update(of=("self",)).select_related("router").get(pk=exclusion.pk)
    policies.may_lift(by, row).require()
    row.lifted_at, row.lifted_by = timezone.now(), by
    row.save(update_fields=["lifted_at", "lifted_by"])
    audit.record("evaluations.exclusion_lifted", row, by=by, parties=[row.router_id])
    return row
