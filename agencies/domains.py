"""Risk domains and access levels: the standard words that agreements, requests and routing share."""

from __future__ import annotations

from django.db import models


class RiskDomain(models.TextChoices):
    """What a test is about."""

    CYBERSECURITY = "cybersecurity", "Cybersecurity"
    CHEMICAL_BIOLOGICAL = "chemical_biological", "Chemical and biological"
    RADIOLOGICAL_NUCLEAR = "radiological_nuclear", "Radiological and nuclear"
    CRITICAL_INFRASTRUCTURE = "critical_infrastructure", "Critical infrastructure"
    CONVENTIONAL_MILITARY = "conventional_military", "Conventional military"


class AccessLevel(models.IntegerChoices):
    """How deep evaluators reach (arXiv 2601.11916)."""

    AL1 = 1, "AL1, black box"
    AL2 = 2, "AL2, grey box"
    AL3 = 3, "AL3, white box"
