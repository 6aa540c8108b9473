"""Reference data: the first version of the routing rules. Idempotent; a published version is never changed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from agencies.domains import RiskDomain as D
from core import rls
from evaluations.models import RoutingRule, RoutingRuleSet

RULES = (
    (D.CYBERSECURITY, "commerce-caisi", 2),
    (D.CHEMICAL_BIOLOGICAL, "commerce-caisi", 2),
    (D.RADIOLOGICAL_NUCLEAR, "commerce-caisi", 1),
    (D.CYBERSECURITY, "defense-nsa", 3),
    (D.CYBERSECURITY, "defense-cdao", 1),
    (D.CONVENTIONAL_MILITARY, "defense-cdao", 2),
    (D.CONVENTIONAL_MILITARY, "defense", 2),
    (D.CRITICAL_INFRASTRUCTURE, "homeland-cisa", 2),
    (D.CYBERSECURITY, "homeland-cisa", 1),
    (D.CHEMICAL_BIOLOGICAL, "homeland", 1),
    (D.RADIOLOGICAL_NUCLEAR, "homeland", 2),
    (D.CYBERSECURITY, "treasury", 1),
    (D.CRITICAL_INFRASTRUCTURE, "treasury", 1),
    (D.CHEMICAL_BIOLOGICAL, "commerce-bis", 1),
)


@transaction.atomic
def load() -> None:
    """Publish version 1 where there is none."""
    agencies = {a.slug: a for a in Organisation.objects.filter(kind=Organisation.Kind.AGENCY)}
    with rls.context(organisations=(agencies["commerce"].pk,), actor="system:reference"):
        if RoutingRuleSet.objects.exists():
            return
        rule_set = RoutingRuleSet.objects.create(note="First version")
        RoutingRule.objects.bulk_create(
            RoutingRule(rule_set=rule_set, number=n, domain=domain, agency=agencies[slug], highest_access_level=level)
            for n, (domain, slug, level) in enumerate(RULES, start=1)
        )
        rule_set.status, rule_set.number, rule_set.published_at = "published", 1, timezone.now()
        rule_set.save()
