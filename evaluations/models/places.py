"""Places that are short: whose turn it is, where more is assigned than there is room for, and who is kept out for a while."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agencies.domains import RiskDomain
from core.models import Base


class PlaceTurn(Base):
    """A request that waits for a place at an agency, and for nothing else. Its developer reads that it waits, and nothing of
    who else does. The place in the line is counted anew in each pass of the router (evaluations.queries.places)."""

    request = models.ForeignKey("early_access.EarlyAccessRequest", on_delete=models.PROTECT, related_name="+")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    domains = ArrayField(models.CharField(max_length=40, choices=RiskDomain.choices))
    tests_from = models.DateField(help_text="First day of the window, copied by the database.")
    tests_until = models.DateField(help_text="Last day of the window, copied too.")
    asked_at = models.DateTimeField(help_text="When the request was made: who asked first comes first among equals.")
    ended_at = models.DateTimeField(null=True, blank=True)

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "agency"], condition=Q(ended_at=None), name="place_turn_once")
        ]
        indexes = [models.Index(fields=["agency"], condition=Q(ended_at=None), name="place_turn_open")]


class PlaceOverload(Base):
    """More is assigned to an agency in a domain than it has places, on some days: an item on the board of each router whose
    requests are among them. Nothing is moved by it; a routing officer decides. The figures are those of the worst days."""

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    router = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    first_on = models.DateField()
    last_on = models.DateField()
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField()
    settled_at = models.DateTimeField(null=True, blank=True)

    visibility = Visibility(seats=("router", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "domain", "router"], condition=Q(settled_at=None), name="place_overload_once"
            )
        ]
        indexes = [models.Index(fields=["router"], condition=Q(settled_at=None), name="place_overload_open")]


class RoutingExclusion(Base):
    """A routing officer keeps an agency out of one request or of a developer's requests that begin until a day. The router's
    own; the agency reads in its decisions that it is excluded and until when, and no developer reads anything."""

    router = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        "early_access.EarlyAccessRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Empty: all requests of the developer.",
    )  # fmt: skip
    until = models.DateField(help_text="The last first day of a test that it is about.")
    reason = models.TextField(help_text="Why; for the router's own officers.")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("router",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["router", "agency", "developer", "request"], condition=Q(lifted_at=None),
                name="routing_exclusion_once", nulls_distinct=False,
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["router", "-created_at", "-id"], name="routing_exclusion_page")]
