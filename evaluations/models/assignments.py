"""One agency's share of a test, who attested for it, its rules of engagement, and whether access works."""

from __future__ import annotations

from functools import partial

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agencies.domains import AccessLevel, RiskDomain
from core.models import Base
from core.references import new_reference
from evaluations.workflow import ASSIGNMENT, INCIDENT_NOTICE_HOURS, OCCUPIES_A_PLACE


class EvaluationAssignment(Base):
    """One agency's share of a test. `received_at` is written by that agency's own worker."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "ASG"))
    request = models.ForeignKey("early_access.EarlyAccessRequest", on_delete=models.PROTECT, related_name="assignments")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=24, default=ASSIGNMENT.initial)
    domains = ArrayField(models.CharField(max_length=40, choices=RiskDomain.choices))
    access_level = models.PositiveSmallIntegerField(choices=AccessLevel.choices)
    attempt = models.ForeignKey("evaluations.RoutingAttempt", on_delete=models.PROTECT, related_name="assignments")
    received_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(help_text="Until when the agency is asked to accept or decline.")
    fact_check_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the agreement gave the developer when it was routed; empty: silent."
    )
    max_testers = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Most people of the agency with access, by the agreement; empty: silent."
    )
    publication_review_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the agreement gives before anybody publishes; empty: silent."
    )
    incident_notice_hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Within how many hours the agreement wants an incident told; empty: silent."
    )
    tests_from = models.DateField(null=True, blank=True, help_text="First day of the window, copied by the database.")
    tests_until = models.DateField(null=True, blank=True, help_text="Last day of the window, copied too.")
    fact_check_due_at = models.DateTimeField(null=True, blank=True)
    report_due_at = models.DateTimeField(null=True, blank=True, help_text="Until when a report is expected.")
    ended_reason = models.TextField(blank=True)
    access_revoked_at = models.DateTimeField(null=True, blank=True)

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "agency"], condition=~Q(status__in=["declined", "stopped"]), name="assignment_once"
            )
        ]
        indexes = [
            models.Index(fields=["developer", "-created_at", "-id"], name="assignment_developer"),
            models.Index(fields=["-created_at", "-id"], name="assignment_newest"),
            models.Index(fields=["agency", "-created_at", "-id"], name="assignment_agency"),
            models.Index(fields=["agency", "status", "-created_at", "-id"], name="assignment_agency_status"),
            models.Index(fields=["developer", "status", "-created_at", "-id"], name="assignment_dev_status"),
            models.Index(fields=["developer", "agency", "-created_at", "-id"], name="assignment_dev_agency"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def occupies_a_place(self) -> bool:
        """Whether it counts against the agency's parallel capacity."""
        return self.status in OCCUPIES_A_PLACE

    @property
    def hours_to_notice(self) -> int:
        """Within how many hours of its discovery an incident is told: the agreement's, else ours."""
        return self.incident_notice_hours or INCIDENT_NOTICE_HOURS

    @property
    def domain_labels(self) -> str:
        """The domains, as people read them."""
        return ", ".join(str(RiskDomain(d).label) for d in self.domains)


class Attestation(Base):
    """An evaluator's statement before anything can be seen: nondisclosure, conflicts of interest, personnel limits."""

    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="attestations")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    evaluator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    statement = models.TextField(help_text="The text as it was attested.")
    typed_name = models.CharField(max_length=150)

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "evaluator"], name="attestation_once")]


class RulesOfEngagement(Base):
    """Targets, test plan, egress and stop conditions that bind the test. Without them no key is opened by a person, and no
    test begins."""

    assignment = models.OneToOneField(EvaluationAssignment, on_delete=models.PROTECT, related_name="rules")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    targets = models.TextField()
    plan = models.TextField(help_text="What is run and how much of it; empty: agreed before plans were asked for.")
    egress = models.TextField()
    stop_conditions = models.TextField()
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()


class AccessCheck(Base):
    """One automatic test, from the agency's worker, that access works as specified. Both sides see the result."""

    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="access_checks")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    opening = models.ForeignKey("early_access.CredentialOpening", null=True, on_delete=models.PROTECT, related_name="+")
    passed = models.BooleanField()
    probes = models.JSONField(help_text="[{name, outcome, sentence, milliseconds}]")
    fingerprint = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        indexes = [models.Index(fields=["assignment", "-created_at"], name="access_check_newest")]

    @property
    def variant(self) -> str:
        """The variant whose key was used; empty for the common key."""
        return self.opening.variant if self.opening else ""
