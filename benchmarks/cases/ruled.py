"""Routing as agencies really work: twelve of them, forty rules, and three of them asked by each request.

G11 routes so through jobs and workers (draining.py); E4 is one decision alone: which rules bring a request to which of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from statistics import median
from uuid import UUID, uuid4

from django.db import connections
from django.utils import timezone

from accounts.models import Organisation
from agencies.domains import RiskDomain
from benchmarks import measure
from benchmarks.cases.workers import owner
from benchmarks.measure import Result
from core import rls
from evaluations.models import RoutingRule, RoutingRuleSet
from evaluations.rules.routing import Candidate, Capability, Placement, Rule, Wanted, decide

AGENCIES, RULES, ASKED = 12, 40, 3
MOST_CPU = 5.0  # milliseconds for one request
PLACES = 32_767
MORE_AGENCIES = """
INSERT INTO accounts_organisation (id, created_at, kind, name, slug, parent_id, database_role)
SELECT gen_random_uuid(), now(), 'agency', 'Measured agency ' || n, 'measured-' || n, NULL, '' FROM generate_series(1, %s) n"""
CAPABLE = """
INSERT INTO agencies_testingcapability (id, created_at, agency_id, domain, highest_access_level, parallel_capacity, is_active)
SELECT gen_random_uuid(), now(), o.id, d, 3, %s, true FROM accounts_organisation o, unnest(%s) d WHERE o.kind = 'agency'
ON CONFLICT (agency_id, domain) DO UPDATE SET highest_access_level = 3, parallel_capacity = excluded.parallel_capacity,
  is_active = true"""
PARTIES = """
INSERT INTO agreements_agreementparty (id, created_at, target_id, organisation_id, developer_id, role, position, status)
SELECT gen_random_uuid(), now(), a.id, o.id, a.developer_id, 'agency', 2, 'in_force'
  FROM agreements_testingagreement a, accounts_organisation o
 WHERE a.status = 'in_force' AND o.kind = 'agency' AND o.slug <> 'commerce'"""
# In turn: of twelve agencies each request asks three, always those that its number leads to.
CONSENTS = """
INSERT INTO early_access_agencyconsent (id, created_at, developer_id, request_id, agency_id, consented)
SELECT gen_random_uuid(), now(), r.developer_id, r.id, o.id, true
  FROM (SELECT id, developer_id, row_number() OVER (ORDER BY created_at) AS i FROM early_access_earlyaccessrequest
         WHERE id = ANY (%s)) r
  JOIN (SELECT id, row_number() OVER (ORDER BY slug) AS n FROM accounts_organisation WHERE kind = 'agency') o
    ON ((o.n - r.i) %% %s + %s) %% %s < %s"""
FORGOTTEN = "DELETE FROM early_access_agencyconsent WHERE request_id = ANY (%s)"


def prepare(requests: Sequence[UUID]) -> None:
    """Make the agencies, the rules and the consents; the rules are published, so that the next pass takes them."""
    have = owner("SELECT count(*) FROM accounts_organisation WHERE kind = 'agency'")
    keys = list(requests)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(MORE_AGENCIES, [AGENCIES - have])
        cursor.execute(CAPABLE, [PLACES, list(RiskDomain.values)])
        cursor.execute(PARTIES)
        cursor.execute(FORGOTTEN, [keys])
        cursor.execute(CONSENTS, [keys, AGENCIES, AGENCIES, AGENCIES, ASKED])
        cursor.execute("RESET session_replication_role")
        cursor.execute("ANALYZE early_access_agencyconsent, agreements_agreementparty")
    agencies = {agency.slug: agency for agency in Organisation.objects.filter(kind=Organisation.Kind.AGENCY)}
    with rls.context(organisations=(agencies["commerce"].pk,), actor="system:reference"):
        newest = RoutingRuleSet.objects.exclude(number=None).order_by("-number").values_list("number", flat=True)[0]
        made = RoutingRuleSet.objects.create(note="Forty rules over twelve agencies")
        RoutingRule.objects.bulk_create(
            RoutingRule(rule_set=made, number=rule.number, domain=rule.domain, agency=agencies[rule.agency])
            for rule in rules(sorted(str(slug) for slug in agencies))
        )
        made.status, made.number, made.published_at = "published", newest + 1, timezone.now()
        made.save()


def rules(slugs: Sequence[str]) -> list[Rule]:
    """Forty rules, each another pair of domain and agency; the first dozen bring cybersecurity to every agency."""
    domains = [RiskDomain.CYBERSECURITY, *(d for d in RiskDomain if d != RiskDomain.CYBERSECURITY)]
    pairs = list(product(domains, slugs))[:RULES]
    return [Rule(number, str(domain), slug, 3) for number, (domain, slug) in enumerate(pairs, start=1)]


def run() -> Iterator[Result]:
    """E4: CPU of deciding about one request at all twelve agencies."""
    slugs = [f"agency-{n}" for n in range(AGENCIES)]
    known = rules(slugs)
    wanted = Wanted(tuple(RiskDomain.values), 1, str(uuid4()), timezone.now().date())
    everywhere = [
        Candidate(slug, slug, tuple(Capability(domain, 3, 5, 2, "", 1) for domain in RiskDomain.values))
        for slug in slugs
    ]

    def one() -> list[Placement]:
        return [decide(wanted, known, candidate) for candidate in everywhere]

    placed = sum(placement.placed for placement in one())
    taken = [seconds * 1000 for seconds in measure.measure({"one": one}, yardsticks=("one",)).samples["one"]]
    wrong = "" if placed == AGENCIES else f"{placed} of {AGENCIES} agencies are placed"
    what = f"one request decided at {AGENCIES} agencies by {RULES} rules: CPU"
    yield Result("E4", what, median(taken), min(taken), max(taken), MOST_CPU, unit="ms", wrong=wrong)
