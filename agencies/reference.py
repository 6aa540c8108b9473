"""Reference data: the agencies of Executive Order 14409 in the first data set, and what each can test.

Loading is idempotent; capacities changed by an agency are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from accounts.models import Organisation
from agencies.domains import RiskDomain as D
from agencies.models import TestingCapability


@dataclass(frozen=True)
class Agency:
    """One row of the first data set. Components run in their parent's worker and database role."""

    slug: str
    name: str
    parent: str = ""
    tests: tuple[tuple[str, int, int], ...] = ()  # (domain, highest access level, parallel capacity)


AGENCIES = (
    Agency("treasury", "Department of the Treasury", tests=((D.CYBERSECURITY, 1, 2), (D.CRITICAL_INFRASTRUCTURE, 1, 2))),
    Agency("defense", "Department of Defense", tests=((D.CONVENTIONAL_MILITARY, 2, 2),)),
    Agency("defense-nsa", "National Security Agency", "defense", ((D.CYBERSECURITY, 3, 3),)),
    Agency("defense-cdao", "Chief Digital and Artificial Intelligence Office", "defense",
           ((D.CONVENTIONAL_MILITARY, 2, 2), (D.CYBERSECURITY, 1, 1))),
    Agency("commerce", "Department of Commerce"),
    Agency("commerce-caisi", "Center for AI Standards and Innovation, NIST", "commerce",
           ((D.CYBERSECURITY, 2, 4), (D.CHEMICAL_BIOLOGICAL, 2, 3), (D.RADIOLOGICAL_NUCLEAR, 1, 1))),
    Agency("commerce-bis", "Bureau of Industry and Security", "commerce", ((D.CHEMICAL_BIOLOGICAL, 1, 1),)),
    Agency("homeland", "Department of Homeland Security",
           tests=((D.CHEMICAL_BIOLOGICAL, 1, 2), (D.RADIOLOGICAL_NUCLEAR, 2, 2))),
    Agency("homeland-cisa", "Cybersecurity and Infrastructure Security Agency", "homeland",
           ((D.CRITICAL_INFRASTRUCTURE, 2, 3), (D.CYBERSECURITY, 1, 2))),
)  # fmt: skip


def database_role(slug: str) -> str:
    """The PostgreSQL role of the worker that acts for an agency or component."""
    return f"concord_agency_{slug.split('-', maxsplit=1)[0]}"


def queue(agency: Organisation) -> str:
    """The Celery queue for an agency's short work."""
    return f"agency.{agency.slug}"


def runs_queue(agency: Organisation) -> str:
    """The queue of an agency's supervised runs, which no Celery worker consumes (jobs.celery_settings)."""
    return f"agency.{agency.slug}-runs"


@transaction.atomic
def load() -> dict[str, Organisation]:
    """Create the missing agencies and capabilities; returns all agencies by slug."""
    found: dict[str, Organisation] = {}
    for row in AGENCIES:
        agency, _ = Organisation.objects.get_or_create(
            slug=row.slug,
            defaults={
                "kind": Organisation.Kind.AGENCY,
                "name": row.name,
                "parent": found.get(row.parent),
                "database_role": database_role(row.slug),
            },
        )
        found[row.slug] = agency
        for domain, level, capacity in row.tests:
            TestingCapability.objects.get_or_create(
                agency=agency,
                domain=domain,
                defaults={"highest_access_level": level, "parallel_capacity": capacity},
            )
    return found
