"""Where an organisation wants to hear of what concerns it, and what was sent there with what answer."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from accounts.models import Organisation
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from webhooks.workflow import DELIVERY, ENDPOINT


class Endpoint(Base):
    """An https address of an organisation that is told of events of the chosen kinds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=60))
    status = models.CharField(
        max_length=20, default=ENDPOINT.initial, choices=[(s.name, s.label) for s in ENDPOINT.states]
    )
    switched_off_because = models.CharField(max_length=20, blank=True)

    visibility = Visibility(seats=("organisation",))
    objects = VisibleManager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at", "-id"], name="webhook_of_organisation")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("webhooks:endpoint", args=[self.pk])


class Secret(Base):
    """One version of the secret that an endpoint's messages are signed with, sealed. `ends_at`: from then on it signs
    nothing, since a newer one has taken its place."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="secrets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    ciphertext = models.BinaryField()
    key_id = models.CharField(max_length=120)
    wrapped = models.BinaryField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "version"], name="webhook_secret_version")]

    def __str__(self) -> str:
        return f"version {self.version}"


class Health(Base):
    """How an endpoint is doing. `quiet_until`: after a failed attempt nothing else is tried before that, so that one
    endpoint that does not answer holds up nobody else's."""

    endpoint = models.OneToOneField(Endpoint, on_delete=models.CASCADE, related_name="health")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    failing_since = models.DateTimeField(null=True)
    quiet_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"failing since {self.failing_since}" if self.failing_since else "well"


class Delivery(Base):
    """One message for one endpoint. `body` is what is sent, byte for byte, at every attempt; `message` is its
    webhook-id. `turn` counts the jobs ordered for it, so that an old one does nothing; `tries` are the attempts since
    it was last sent anew."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    message = models.UUIDField()
    kind = models.CharField(max_length=60)
    reference = models.CharField(max_length=60, blank=True)
    body = models.TextField()
    status = models.CharField(
        max_length=20, default=DELIVERY.initial, choices=[(s.name, s.label) for s in DELIVERY.states]
    )
    turn = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    visibility = Visibility(seats=("organisation",))
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "message"], name="webhook_message_once")]
        indexes = [
            models.Index(fields=["organisation", "endpoint", "-created_at", "-id"], name="webhook_log"),
            models.Index(fields=["endpoint", "status"], name="webhook_by_status"),
        ]

    def __str__(self) -> str:
        return self.webhook_id

    @property
    def webhook_id(self) -> str:
        """The same for every attempt, so that whoever receives it twice can tell."""
        return f"msg_{self.message.hex}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("webhooks:delivery", args=[self.pk])


class Attempt(Base):
    """One try: when it began, how long it took, and what came back. `answer` is hostile text, shown as text only."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    code = models.PositiveSmallIntegerField(null=True, help_text="The HTTP status, where there was one.")
    milliseconds = models.PositiveIntegerField()
    problem = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="webhook_attempt_number")]

    def __str__(self) -> str:
        return f"attempt {self.number}"
