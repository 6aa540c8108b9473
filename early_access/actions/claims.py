"""The developer states what it measured itself, and takes back what was wrong. Nothing stated is ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from developers.models import ModelCheckpoint, ModelVariant
from early_access import claims, hooks, notices, policies
from early_access.actions.moving import locked
from early_access.models import ClaimedResult, EarlyAccessRequest, RequestDocument
from early_access.rules import claims as rules
from early_access.rules.claims import MOST_AT_ONCE, OwnResult, OwnResults

MEBIBYTE = 1024 * 1024
SHARED = ("checkpoint", "variant", "suite", "method", "document", "source")


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
    made, is_new = _Stating.of(row, by, checkpoint, variant, document).state(
        {"suite": suite, "suite_version": suite_version, "metric": metric, "method": method, "source": source},
        estimate, ci_low, ci_high, n,
    )  # fmt: skip
    if is_new:
        _tell("result_stated", made, by)
    return made


def read_results(*, request: EarlyAccessRequest, content: bytes, by: User) -> OwnResults:
    """The figures of a file that the developer may state: an Inspect log, a summary of one, Every Eval Ever, a table of scores.
    It is read in a confined child and kept nowhere. Invalid with a sentence for what cannot be read."""
    policies.may_state_result(by, request).require()
    most = settings.MAX_DOCUMENT_BYTES
    if len(content) > most:
        words = (
            f"The file is larger than {most // MEBIBYTE} MiB, the most that is read here. Of an Inspect log, make the summary at home "
            "as the page says, and choose that."
        )
        raise Invalid([Problem("file", words)])
    return next(read(content) for read in hooks.read_results)


@transaction.atomic
def state_results(
    *, request: EarlyAccessRequest, results: Sequence[OwnResult], checkpoint: UUID, variant: str, method: str, by: User,
    document: UUID | None = None, source: str = "", suite: str = "",
) -> list[ClaimedResult]:  # fmt: skip
    """State several results of one build and variant that were measured in one way: all of them or none. `suite` names those
    whose file did not. Who reads them is told once. Returns what is new."""
    row = locked(request)
    policies.may_state_result(by, row).require()
    if not results:
        raise Invalid([Problem("results", "Choose at least one result, or go back without stating any.")])
    if len(results) > MOST_AT_ONCE:
        raise Invalid([Problem("results", f"Choose at most {MOST_AT_ONCE} results at once.")])
    stating = _Stating.of(row, by, checkpoint, variant, document)
    made: list[ClaimedResult] = []
    problems: dict[Problem, None] = {}
    for one in results:
        typed = {
            "suite": one.suite or suite, "suite_version": one.suite_version, "metric": one.metric, "method": method, "source": source,
        }  # fmt: skip
        try:
            found, is_new = stating.state(typed, one.estimate, one.ci_low, one.ci_high, one.n)
        except Invalid as invalid:
            for problem in invalid.problems:
                problems[_at_results(one, problem)] = None
        else:
            made += [found] if is_new else []
    if problems:
        raise Invalid(list(problems))
    if made:
        _tell("result_stated", made[0], by, many=len(made))
    return made


def _at_results(one: OwnResult, problem: Problem) -> Problem:
    """What is wrong with one figure stands at the list of them; what is wrong with all, once at its field."""
    if problem.field in SHARED and not (problem.field == "suite" and one.suite):
        return problem
    return Problem("results", f"{one.suite}, {one.metric}: {problem.sentence}")


@dataclass(frozen=True)
class _Stating:
    """What results are stated of: a build, a variant and perhaps a document, with what is wrong about these, and what was
    stated of the build and the variant before."""

    row: EarlyAccessRequest
    by: User
    build: ModelCheckpoint | None
    variant: str
    paper: RequestDocument | None
    problems: tuple[Problem, ...]
    standing: list[ClaimedResult]

    @classmethod
    def of(cls, row: EarlyAccessRequest, by: User, checkpoint: UUID, variant: str, document: UUID | None) -> _Stating:
        build = next((one for one in claims.checkpoints(row) if one.pk == checkpoint), None)
        paper = next((one for one in claims.documents(row) if one.pk == document), None) if document else None
        problems = []
        if build is None:
            problems.append(Problem("checkpoint", "Choose a registered checkpoint of this request’s model."))
        if document is not None and paper is None:
            problems.append(Problem("document", "Choose a document that is attached to this request, or none."))
        offered = claims.variants(row)
        if variant not in offered:
            named = ", ".join(str(ModelVariant.Kind(kind).label) for kind in offered)
            problems.append(Problem("variant", f"Choose a variant that this request offers: {named}."))
        standing = ClaimedResult.objects.filter(request=row, checkpoint=build, variant=variant, taken_back_at=None)
        return cls(row, by, build, variant, paper, tuple(problems), list(standing) if build else [])

    def state(
        self, typed: dict[str, str], estimate: float, ci_low: float | None, ci_high: float | None, n: int
    ) -> tuple[ClaimedResult, bool]:
        """The row, and whether it is new. Invalid."""
        typed = {name: text.strip() for name, text in typed.items()}
        if self.paper is not None and not typed["source"]:
            typed["source"] = str(self.paper)
        problems = [*rules.words_problems(typed), *rules.figure_problems(estimate, ci_low, ci_high, n), *self.problems]
        if problems or self.build is None:
            raise Invalid(problems)
        made = ClaimedResult(
            request=self.row, developer=self.row.developer, checkpoint=self.build, checkpoint_label=self.build.label,
            variant=self.variant, estimate=estimate, ci_low=ci_low, ci_high=ci_high, n=n, document=self.paper, stated_by=self.by,
            **typed,
        )  # fmt: skip
        if (same := next((one for one in self.standing if _key(one) == _key(made)), None)) is not None:
            if _figures(same) == _figures(made):
                return same, False
            words = (
                f"You stated {same.estimate * 100:.1f} % for this already. Take that back first, then state this one."
            )
            raise Invalid([Problem("estimate", words)])
        made.save(force_insert=True)
        self.standing.append(made)
        return made, True


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


def _key(row: ClaimedResult) -> tuple[str, ...]:
    return rules.key(row.suite), rules.key(row.suite_version), rules.key(row.metric)


def _figures(row: ClaimedResult) -> tuple[object, ...]:
    return row.estimate, row.ci_low, row.ci_high, row.n, row.method, row.source, row.document_id


def _tell(name: str, row: ClaimedResult, by: User, many: int = 1) -> None:
    agencies: Iterable[Organisation] = claims.may_read(row) if row.request.submitted_at else ()
    parties = [row.developer_id, *(agency.pk for agency in agencies)]
    reason = f"{many} results, read from a file" if many > 1 else ""
    audit.record(f"early_access.{name}", row.request, by=by, parties=parties, reason=reason)
    notices.to_readers(name, row.request, agencies, by)
