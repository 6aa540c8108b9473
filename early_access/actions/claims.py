"""The developer states what it measured itself, and takes back what was wrong. Nothing stated is ever changed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from developers.models import ModelVariant
from early_access import claims, notices, policies
from early_access.actions.moving import locked
from early_access.models import ClaimedResult, EarlyAccessRequest
from early_access.rules import claims as rules


@transaction.atomic
def state_result(
    *,
    request: EarlyAccessRequest,
    checkpoint: UUID,
    variant: str,
    suite: str,
    metric: str,
    estimate: float,
    n: int,
    method: str,
    by: User,
    suite_version: str = "",
    ci_low: float | None = None,
    ci_high: float | None = None,
    document: UUID | None = None,
    source: str = "",
) -> ClaimedResult:
    """State one result of one's own, of a build and a variant. Shares in 0..1, the interval at 95 %. Agencies with consent to
    the variant read it at once (of a draft: from its submission on) and compare with it what they measure of the same suite.
    Invalid with a sentence for everything that is wrong."""
    row = locked(request)
    policies.may_state_result(by, row).require()
    typed = {"suite": suite, "suite_version": suite_version, "metric": metric, "method": method, "source": source}
    typed = {name: text.strip() for name, text in typed.items()}
    build = next((one for one in claims.checkpoints(row) if one.pk == checkpoint), None)
    paper = next((one for one in claims.documents(row) if one.pk == document), None)
    if paper is not None and not typed["source"]:
        typed["source"] = str(paper)
    problems = rules.words_problems(typed) + rules.figure_problems(estimate, ci_low, ci_high, n)
    if build is None:
        problems.append(Problem("checkpoint", "Choose a registered checkpoint of this request’s model."))
    if document is not None and paper is None:
        problems.append(Problem("document", "Choose a document that is attached to this request, or none."))
    offered = claims.variants(row)
    if variant not in offered:
        named = ", ".join(str(ModelVariant.Kind(kind).label) for kind in offered)
        problems.append(Problem("variant", f"Choose a variant that this request offers: {named}."))
    if problems or build is None:
        raise Invalid(problems)
    made = ClaimedResult(
        request=row, developer=row.developer, checkpoint=build, checkpoint_label=build.label, variant=variant, estimate=estimate,
        ci_low=ci_low, ci_high=ci_high, n=n, document=paper, stated_by=by, **typed,
    )  # fmt: skip
    if (same := _same(made)) is not None:
        if _figures(same) == _figures(made):
            return same
        words = f"You stated {same.estimate * 100:.1f} % for this already. Take that back first, then state this one."
        raise Invalid([Problem("estimate", words)])
    made.save(force_insert=True)
    _tell("result_stated", made, by)
    return made


@transaction.atomic
def take_back_result(*, claim: ClaimedResult, why: str, by: User) -> ClaimedResult:
    """Take a stated result back, with the reason. It stays readable as taken back, and is compared with nothing any more; what
    stands in a delivered report stays there."""
    request = locked(claim.request)
    row = ClaimedResult.objects.select_for_update(of=("self",)).filter(pk=claim.pk, request=request).first()
    if row is None:
        raise Conflict("This result is not there any more. Open the list again.")
    row.request = request
    policies.may_take_back_result(by, row).require()
    typed = {"why": why.strip()}
    if problems := rules.words_problems(typed):
        raise Invalid(problems)
    row.taken_back_at, row.taken_back_by, row.taken_back_why = timezone.now(), by, typed["why"]
    row.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    _tell("result_taken_back", row, by)
    return row


def _same(made: ClaimedResult) -> ClaimedResult | None:
    """What is stated already of the same build, variant, suite, version and metric."""
    rows = ClaimedResult.objects.filter(
        request=made.request, checkpoint=made.checkpoint, variant=made.variant, taken_back_at=None
    )
    return next((one for one in rows if _key(one) == _key(made)), None)


def _key(row: ClaimedResult) -> tuple[str, ...]:
    return rules.key(row.suite), rules.key(row.suite_version), rules.key(row.metric)


def _figures(row: ClaimedResult) -> tuple[object, ...]:
    return row.estimate, row.ci_low, row.ci_high, row.n, row.method, row.source, row.document_id


def _tell(name: str, row: ClaimedResult, by: User) -> None:
    agencies: Iterable[Organisation] = claims.may_read(row) if row.request.submitted_at else ()
    parties = [row.developer_id, *(agency.pk for agency in agencies)]
    audit.record(f"early_access.{name}", row.request, by=by, parties=parties)
    notices.to_readers(name, row.request, agencies, by)
