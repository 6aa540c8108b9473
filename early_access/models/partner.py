"""Trusted partners: whom a developer and an agency together choose for early access to a model (section 3(b)(iii)).

A partner has no seat here. One developer and one agency read a nomination; no other agency, and no other developer.
"""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models import TestingAgreement
from core.models import Base
from core.references import new_reference
from early_access.models.request import EarlyAccessRequest
from early_access.workflow import PARTNER_CONSENTED, PARTNER_OPEN, PARTNER_TERMS, TRUSTED_PARTNER

# What is checked of a partner, in the order of section 3(b)(ii), and who it is before that.
VETTING = {
    "ownership": "Who owns and controls it is known",
    "confidentiality": "It keeps what it receives confidential",
    "cybersecurity": "Its cybersecurity is sufficient",
    "insider_risk": "It limits who inside reaches the model",
    "ip_protection": "It protects the developer’s intellectual property",
    "use": "It uses the model for the purpose alone and discloses nothing",
}


class TrustedPartner(Base):
    """An organisation as one developer and one agency know it. Others who choose the same one have a row of their own."""

    class Kind(models.TextChoices):
        OPERATOR = "operator", "Operator of critical infrastructure"
        SECURITY = "security", "Security firm or vendor"
        RESEARCH = "research", "University or research body"
        OTHER = "other", "Another organisation"

    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    country = models.CharField(max_length=60, help_text="Where it is established.")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint("developer", "agency", Lower("name"), name="trusted_partner_once")]

    def __str__(self) -> str:
        return self.name


class TrustedPartnerNomination(Base):
    """One partner for the model of one request. It stands on two consents, of two organisations and two people, or ends with
    a recorded reason. What was consented to is what was vetted: another word in the vetting takes both consents off."""

    class Purpose(models.TextChoices):
        DEFEND = "defend", "Defend systems that it operates"
        FIND = "find", "Find and report vulnerabilities"
        EVALUATE = "evaluate", "Evaluate the model’s safety or security"
        OTHER = "other", "Another purpose, as described"

    class Check(models.TextChoices):
        MET = "met", "Met"
        NOT_MET = "not_met", "Not met"
        NOT_NEEDED = "not_needed", "Not needed here"

    class Denial(models.TextChoices):
        NO_NEED = "no_need", "No need for early access"
        OWNERSHIP = "ownership", "Ownership or control"
        SAFEGUARDS = "safeguards", "Safeguards are not sufficient"
        CONFLICT = "conflict", "Conflict of interest"
        TERMS = "terms", "Terms cannot be agreed"
        OTHER = "other", "Another reason"

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "TPN"))
    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="nominations")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(TrustedPartner, on_delete=models.PROTECT, related_name="nominations")
    nominator = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    nominated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    why = models.CharField(max_length=400)
    access_from = models.DateField(help_text="Not before the planned release to trusted partners.")
    status = models.CharField(max_length=16, default=TRUSTED_PARTNER.initial)
    row_version = models.PositiveIntegerField(default=1)
    moved_at = models.DateTimeField(help_text="When its state changed last.")

    ownership = models.CharField(max_length=10, choices=Check.choices, blank=True)
    confidentiality = models.CharField(max_length=10, choices=Check.choices, blank=True)
    cybersecurity = models.CharField(max_length=10, choices=Check.choices, blank=True)
    insider_risk = models.CharField(max_length=10, choices=Check.choices, blank=True)
    ip_protection = models.CharField(max_length=10, choices=Check.choices, blank=True)
    use = models.CharField(max_length=10, choices=Check.choices, blank=True)
    vetting_note = models.TextField(blank=True, help_text="On what the checks rest.")
    vetted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    developer_consented_at = models.DateTimeField(null=True, blank=True)
    developer_consented_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency_consented_at = models.DateTimeField(null=True, blank=True)
    agency_consented_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    denial = models.CharField(max_length=10, choices=Denial.choices, blank=True)
    denied_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, help_text="Why it was not agreed, suspended, revoked or ended.")

    agreement = models.ForeignKey(
        TestingAgreement, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations",
        help_text="Under which the partner's terms were signed.",
    )  # fmt: skip
    terms_signed_on = models.DateField(null=True, blank=True, help_text="The day on which the partner signed.")
    active_at = models.DateTimeField(null=True, blank=True, help_text="When access was given first.")
    suspended_for = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The side that suspended it; empty while suspended: it rests with the agreement.",
    )  # fmt: skip

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "partner"], condition=Q(status__in=PARTNER_OPEN), name="nomination_one_open"
            ),
            models.CheckConstraint(
                condition=Q(developer_consented_at__isnull=True, developer_consented_by__isnull=True)
                | Q(developer_consented_at__isnull=False, developer_consented_by__isnull=False),
                name="nomination_developers_consent",
            ),
            models.CheckConstraint(
                condition=Q(agency_consented_at__isnull=True, agency_consented_by__isnull=True)
                | Q(agency_consented_at__isnull=False, agency_consented_by__isnull=False),
                name="nomination_agencys_consent",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=PARTNER_CONSENTED)
                | Q(developer_consented_at__isnull=False, agency_consented_at__isnull=False),
                name="nomination_stands_on_two_consents",
            ),
            models.CheckConstraint(
                condition=~Q(developer_consented_by=F("agency_consented_by")), name="nomination_two_people"
            ),
            models.CheckConstraint(
                condition=Q(status="not_agreed") & ~Q(denial="") & ~Q(reason="") & Q(denied_for__isnull=False)
                | ~Q(status="not_agreed") & Q(denial="", denied_for__isnull=True),
                name="nomination_denied_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=PARTNER_TERMS) | Q(agreement__isnull=False, terms_signed_on__isnull=False),
                name="nomination_terms",
            ),
        ]
        indexes = [
            models.Index(fields=["developer", "-created_at", "-id"], name="nomination_developer"),
            models.Index(fields=["agency", "-created_at", "-id"], name="nomination_agency"),
            models.Index(fields=["developer", "status", "-created_at", "-id"], name="nomination_developer_status"),
            models.Index(fields=["agency", "status", "-created_at", "-id"], name="nomination_agency_status"),
            models.Index(fields=["agency", "developer", "-created_at", "-id"], name="nomination_agency_developer"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("early_access:partner", args=[self.reference])

    @property
    def checks(self) -> list[tuple[str, str, str]]:
        """(name, label, outcome) of the vetting, in order."""
        return [(name, label, getattr(self, name)) for name, label in VETTING.items()]
