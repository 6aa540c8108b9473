"""The next version of an agency's routing rules: drafted, edited, published by a second person, or discarded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Organisation, User
from agencies.domains import AccessLevel, RiskDomain
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from evaluations import notices, policies, queries
from evaluations.actions.base import needed
from evaluations.models import RoutingRule, RoutingRuleSet
from evaluations.workflow import RULE_SET

MOST = 200
LONGEST = timedelta(days=731)
CHANGED = "Somebody changed the draft since you opened it. Open it again, look at what changed, then go on."


@dataclass(frozen=True)
class NewRule:
    """One rule as it is typed, in its order: a domain, the agency's slug, the deepest access level (1..3). One that excludes
    has no level, and a last day instead; `developer` is the id of the one whose tests it is about, "" for everybody's."""

    domain: str
    agency: str
    highest_access_level: int = 0
    excludes: bool = False
    developer: str = ""
    until: date | None = None


@transaction.atomic
def draft_rules(*, router: Organisation, by: User) -> RoutingRuleSet:
    """Begin the next version with the rules in force. An agency has one draft at a time."""
    policies.may_draft_rules(by, router).require()
    before = queries.in_force(router)
    try:
        with transaction.atomic():
            row = RoutingRuleSet.objects.create(router=router, edited_by=by, edited_at=timezone.now())
    except IntegrityError as error:
        raise Conflict("Your agency has a draft of the next rules already. Go on with that one.") from error
    copies = before.rules.all() if before else []
    RoutingRule.objects.bulk_create(
        RoutingRule(
            rule_set=row, number=rule.number, domain=rule.domain, agency_id=rule.agency_id,
            highest_access_level=rule.highest_access_level, excludes=rule.excludes, developer_id=rule.developer_id,
            until=rule.until,
        )
        for rule in copies
    )  # fmt: skip
    _said("rules_drafted", row, by)
    return row


@transaction.atomic
def save_rules(
    *, rule_set: RoutingRuleSet, note: str, rules: Sequence[NewRule], row_version: int, by: User
) -> RoutingRuleSet:  # fmt: skip
    """Replace the draft's rules by these, numbered in their order. `row_version` is that of the draft as it was opened."""
    row = _locked(rule_set, row_version, by)
    agencies = {str(a.slug): a for a in Organisation.objects.filter(kind=Organisation.Kind.AGENCY)}
    developers = {
        str(pk) for pk in Organisation.objects.filter(kind=Organisation.Kind.DEVELOPER).values_list("pk", flat=True)
    }
    problems = _problems(rules, agencies, developers)
    if len(note.strip()) > 300:
        problems.append(Problem("note", "At most 300 characters fit here."))
    if problems:
        raise Invalid(problems)
    row.rules.all().delete()
    RoutingRule.objects.bulk_create(
        RoutingRule(
            rule_set=row, number=n, domain=rule.domain, agency=agencies[rule.agency],
            highest_access_level=AccessLevel.AL3 if rule.excludes else rule.highest_access_level, excludes=rule.excludes,
            developer_id=rule.developer or None, until=rule.until,
        )
        for n, rule in enumerate(rules, start=1)
    )  # fmt: skip
    row.note, row.row_version, row.edited_by, row.edited_at = note.strip(), row.row_version + 1, by, timezone.now()
    row.save()
    _said("rules_edited", row, by)
    return row


def _problems(rules: Sequence[NewRule], agencies: dict[str, Organisation], developers: set[str]) -> list[Problem]:
    found = [] if rules else [Problem("rules", "Keep at least one rule: without any, no request finds an agency.")]
    if len(rules) > MOST:
        found.append(Problem("rules", f"At most {MOST} rules make a version."))
    seen: set[tuple[str, str, bool, str]] = set()
    for n, rule in enumerate(rules):
        found += [Problem(f"rules.{n}.{name}", words) for name, words in _wrong(rule, agencies, developers)]
        pair = (rule.domain, rule.agency, rule.excludes, rule.developer)
        if rule.domain and pair in seen:
            words = "An earlier rule brings this domain to this agency already: keep one of the two."
            if rule.excludes:
                words = "An earlier rule keeps this agency out of it already: keep one of the two."
            found.append(Problem(f"rules.{n}.agency", words))
        seen.add(pair)
    return found


def _wrong(
    rule: NewRule, agencies: dict[str, Organisation], developers: set[str]
) -> Iterable[tuple[str, str]]:  # fmt: skip
    """What is wrong with one rule, at which of its fields."""
    if rule.domain not in RiskDomain.values:
        yield "domain", "Choose a domain for this rule."
    if rule.agency not in agencies:
        yield "agency", "Choose an agency for this rule."
    if rule.excludes:
        today = timezone.now().date()
        if rule.until is None:
            yield "until", "Say until when the agency is kept out."
        elif not today - LONGEST <= rule.until <= today + LONGEST:
            yield "until", "Choose a day within two years."
        if rule.developer and rule.developer not in developers:
            yield "developer", "Choose a developer of the list, or everybody."
        return
    if rule.highest_access_level not in AccessLevel.values:
        yield "highest_access_level", "Choose an access level for this rule."
    if rule.until or rule.developer:
        yield "until" if rule.until else "developer", "Only a rule that keeps an agency out has this. Leave it empty."


@transaction.atomic
def discard_rules(*, rule_set: RoutingRuleSet, row_version: int, by: User) -> None:
    """Give the draft up; the version in force stays."""
    row = _locked(rule_set, row_version, by)
    row.status = RULE_SET.move("discard").target
    row.save(update_fields=["status"])
    _said("rules_discarded", row, by)


@transaction.atomic
def publish_rules(
    *, rule_set: RoutingRuleSet, row_version: int, stepped_up_at: datetime | None, by: User
) -> RoutingRuleSet:  # fmt: skip
    """A second routing officer publishes the draft as they read it. From now on new requests are routed by it; those routed
    before keep their version until somebody routes them again."""
    row = _locked(rule_set, row_version, by)
    policies.may_publish_rules(by, row, stepped_up_at).require()
    needed(row.note, "note", "Say in the draft what changes and why: the agencies read it.")
    if not queries.changes(row, queries.in_force(row.router)):
        raise Invalid(
            [Problem("rules", "The draft says what the rules in force say. Change something, or discard it.")]
        )
    last = RoutingRuleSet.objects.filter(status="published").aggregate(last=Max("number"))["last"] or 0
    row.status, row.number = RULE_SET.move("publish").target, last + 1
    row.published_by, row.published_at = by, timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict("Another agency published its rules at the same moment. Publish once more.") from error
    _said("rules_published", row, by)
    notices.rules_published(row, by)
    return row


def _locked(rule_set: RoutingRuleSet, row_version: int, by: User) -> RoutingRuleSet:
    """The draft as it is now, held until the transaction ends, if it is still the one that was read."""
    rows = RoutingRuleSet.objects.select_for_update(of=("self",)).select_related("router", "edited_by")
    row = rows.get(pk=rule_set.pk)
    policies.may_edit_rules(by, row).require()
    if row.row_version != row_version:
        raise Conflict(CHANGED)
    return row


def _said(verb: str, row: RoutingRuleSet, by: User) -> None:
    parties = [row.router_id] if row.router_id else []
    audit.record(f"evaluations.{verb}", row, by=by, parties=parties, detail={"number": row.number or 0})
