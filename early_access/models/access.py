"""How and when the model is reached: the window, the frozen specification, and where access rests or has ended."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from early_access.models.request import EarlyAccessRequest, Part


class AccessWindow(Base):
    """The agreed period, first and last day included. Both sides confirm it; each instant is in UTC."""

    request = models.OneToOneField(EarlyAccessRequest, on_delete=models.PROTECT, related_name="window")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    trusted_partner_on = models.DateField()
    longer_by_consent = models.BooleanField(default=False, help_text="Outside section 3(b)(ii).")
    developer_confirmed_at = models.DateTimeField(null=True, blank=True)
    agency_confirmed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    visibility = Visibility(through="request")
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="window_at_least_a_day"),
            models.CheckConstraint(
                condition=Q(longer_by_consent=True) | Q(ends_on__lt=F("starts_on") + timedelta(days=30)),
                name="window_at_most_thirty_days",
            ),
            models.CheckConstraint(condition=Q(ends_on__lte=F("trusted_partner_on")), name="window_before_partners"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%-d %b %Y} to {self.ends_on:%-d %b %Y}"

    @property
    def days(self) -> int:
        """Calendar days, both ends included."""
        return (self.ends_on - self.starts_on).days + 1


class AccessSpecification(Part):
    """How the model is reached and treated, frozen with each submission; a later answer makes the next version."""

    class Method(models.TextChoices):
        OPENAI = "openai_compatible_api", "API that speaks OpenAI's dialect"
        ANTHROPIC = "anthropic_api", "API that speaks Anthropic's dialect"
        OTHER = "other_api", "Another API"
        ENCLAVE = "developer_hosted_enclave", "Enclave hosted by the developer"
        ON_SITE = "on_site", "On site, or anything classified (pointer only)"
        WEIGHTS = "weights_by_agency_channel", "Weights, through the agency's own channel"

    class Dialect(models.TextChoices):
        CHAT_COMPLETIONS = "chat_completions", "Chat completions"
        RESPONSES = "responses", "Responses"
        MESSAGES = "messages", "Messages"

    WITH_ENDPOINT = ("openai_compatible_api", "anthropic_api", "other_api", "developer_hosted_enclave")

    version = models.PositiveSmallIntegerField(default=1)
    frozen_at = models.DateTimeField()
    method = models.CharField(max_length=30, choices=Method.choices)
    base_url = models.CharField(max_length=300, blank=True)
    dialect = models.CharField(max_length=20, choices=Dialect.choices, blank=True)
    model_name = models.CharField(max_length=120, blank=True)
    authentication = models.CharField(max_length=20, blank=True, default="")
    tls = models.TextField(blank=True, default="")
    allowed_from = models.TextField(blank=True, default="")
    requests_per_minute = models.PositiveIntegerField(null=True, blank=True)
    tokens_per_minute = models.PositiveIntegerField(null=True, blank=True)
    tokens_per_day = models.PositiveIntegerField(null=True, blank=True)
    concurrency = models.PositiveIntegerField(null=True, blank=True)
    context_length = models.PositiveIntegerField(null=True, blank=True)
    largest_output = models.PositiveIntegerField(null=True, blank=True)
    price_per_million = models.CharField(
        max_length=14, blank=True, default="", help_text="Dollars for a million tokens, as written; empty: not named."
    )
    budget_usd = models.CharField(
        max_length=14, blank=True, default="", help_text="Dollars that each agency may spend here; empty: no limit."
    )
    tools = models.BooleanField(default=False)
    parallel_tools = models.BooleanField(default=False)
    tool_defects = models.TextField(blank=True, default="")
    streaming = models.BooleanField(default=False)
    structured_output = models.BooleanField(default=False)
    images = models.BooleanField(default=False)
    logprobs = models.BooleanField(default=False)
    fine_tuning = models.BooleanField(default=False)
    repeatable = models.BooleanField(default=False, help_text="The same seed gives the same answer.")
    reasoning_traces = models.CharField(max_length=10, default="none")
    retention_days = models.PositiveIntegerField(default=0)
    retention_exceptions = models.TextField(blank=True, default="")
    staff_may_read = models.BooleanField(default=False)
    used_for_training = models.BooleanField(default=False)
    safeguard_behaviour = models.CharField(max_length=20, blank=True)
    weights_format = models.TextField(blank=True, default="")
    weights_runtime = models.TextField(blank=True, default="", help_text="Image and digest.")
    weights_serving = models.TextField(blank=True, default="")
    weights_hardware = models.TextField(blank=True, default="")
    weights_destroy_days = models.PositiveIntegerField(null=True, blank=True, help_text="After the window.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "version"], name="specification_once")]

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def has_endpoint(self) -> bool:
        """Whether the model is reached over the network with a key."""
        return self.method in self.WITH_ENDPOINT

    @property
    def price(self) -> Decimal | None:
        """Dollars for a million tokens, where the developer names a price."""
        return Decimal(self.price_per_million) if self.price_per_million else None

    @property
    def budget(self) -> Decimal | None:
        """Dollars that each agency may spend on runs here, where the developer names a limit."""
        return Decimal(self.budget_usd) if self.budget_usd else None


class AccessHold(Base):
    """Access of one agency that rests or has ended under its agreement. An agency's people need not read that agreement,
    a component's never do: here stands what follows from it."""

    class Kind(models.TextChoices):
        RESTS = "rests", "Access rests"
        ENDED = "ended", "Access has ended"

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="holds")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    sentence = models.CharField(max_length=400, help_text="Why, as both sides read it.")
    lifted_at = models.DateTimeField(null=True, blank=True, help_text="When access went on. Ended access never does.")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "agency"], condition=Q(lifted_at__isnull=True), name="access_hold_one_live"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(kind="rests"), name="access_hold_end_is_final"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def tone(self) -> str:
        """How its mark is drawn."""
        return "waiting" if self.kind == self.Kind.RESTS else "stopped"
