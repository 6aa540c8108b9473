"""What an agency can test and how many tests at once, usually and on particular days, and who keeps the key that opens what
is sealed to it. The agency itself is an `accounts.Organisation`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agencies.domains import AccessLevel, RiskDomain
from core.models import Base


class TestingCapability(Base):
    """One risk domain an agency tests: up to which access level, and how many assignments in parallel on usual days."""

    __test__ = False  # not a test class, whatever its name suggests to pytest

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="capabilities")
    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    highest_access_level = models.PositiveSmallIntegerField(choices=AccessLevel.choices, default=AccessLevel.AL1)
    parallel_capacity = models.PositiveSmallIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "testing capabilities"
        constraints = [
            models.UniqueConstraint(fields=["agency", "domain"], name="capability_once"),
            models.CheckConstraint(condition=models.Q(parallel_capacity__gte=1), name="capability_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_domain_display()} up to AL{self.highest_access_level}"


class CapacityPeriod(Base):
    """Days, first and last included, on which an agency has another number of places in a domain than usual: none over a
    holiday, more in a surge.

    Two periods of one domain share no day: the actions see to it under the capability's lock. The note is the agency's own.
    """

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    places = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True, help_text="Why; for the agency's own people.")
    row_version = models.PositiveIntegerField(default=1)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "domain", "starts_on"], name="capacity_period_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="capacity_period_at_least_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_domain_display()}: {self.places} from {self.starts_on} to {self.ends_on}"


class KeyCustody(Base):
    """Where what is sealed to an agency opens. *Hosted*: on this installation's hosts. *Agency-held*: on the agency's own
    worker alone, which keeps the private key of the registered public one. Without a row it is as the installation's keys lie.

    Everybody reads it: developers' keys are sealed to the public key. A component without a row of its own follows its parent.
    """

    class Kind(models.TextChoices):
        HOSTED = "hosted", "Hosted: our hosts open it for your people"
        AGENCY_HELD = "agency_held", "Agency-held: your own worker alone opens it"

    agency = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="key_custody")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    public_key = models.TextField(blank=True, help_text="PEM; of an RSA key of at least 3072 bits.")
    key_id = models.CharField(max_length=120, blank=True, help_text="“rsa:” and the beginning of the key's SHA-256.")
    row_version = models.PositiveIntegerField(default=1)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: by a command."
    )

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        verbose_name_plural = "key custodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="hosted", public_key="", key_id="") | (Q(kind="agency_held") & ~Q(public_key="")),
                name="custody_held_has_a_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_kind_display()}"

    @property
    def is_held(self) -> bool:
        """Whether the agency keeps the private key itself."""
        return self.kind == self.Kind.AGENCY_HELD
