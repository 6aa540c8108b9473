"""Posts of an organisation, to which delegations to sign can be given, and who has held each, from when until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base


class Post(Base):
    """An office, such as “Assistant Secretary for Cyber”. Created and abolished, never renamed: what was signed in it names it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=150, help_text="As it stands under a signature.")
    source = models.CharField(max_length=200, blank=True, help_text="Statute, order or by-law that made it.")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = models.CharField(max_length=500, blank=True)

    visibility = Visibility(seats=("organisation",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("title"), condition=Q(ended_at__isnull=True), name="post_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reason="")),
                name="post_ended_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-created_at", "-id"], name="post_of_organisation")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page, for the organisation's own people."""
        return f"/agreements/posts/{self.pk}/"


class Incumbency(Base):
    """Who holds a post, from an instant until another: for good, or acting, which always ends. Counsel concurs with the paper;
    an end may be brought forward, and nothing else changes."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="incumbencies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    acting = models.BooleanField(default=False)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(
        null=True, blank=True, help_text="The first instant in which the post is not theirs."
    )
    source = models.CharField(max_length=200, help_text="The appointing paper: its number and title.")
    document_sha256 = models.CharField(max_length=64, blank=True, help_text="The appointing paper, as a PDF.")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    concurred_at = models.DateTimeField(null=True, blank=True)
    concurred_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = models.CharField(max_length=500, blank=True, help_text="Why its end was brought forward.")

    visibility = Visibility(seats=("organisation",))
    objects = VisibleManager()

    class Meta:
        verbose_name_plural = "incumbencies"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("begins_at")), name="incumbency_ends_later"
            ),
            models.CheckConstraint(condition=Q(acting=False) | Q(ends_at__isnull=False), name="incumbency_acting_ends"),
            models.CheckConstraint(
                condition=Q(concurred_at__isnull=True, concurred_by__isnull=True)
                | Q(concurred_at__isnull=False, concurred_by__isnull=False),
                name="incumbency_concurred_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_reason="")
                | (Q(ended_by__isnull=False, ends_at__isnull=False) & ~Q(ended_reason="")),
                name="incumbency_ended_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["post", "-begins_at"], name="incumbency_of_post"),
            models.Index(fields=["organisation", "-created_at", "-id"], name="incumbency_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name}, {self.capacity}"

    def get_absolute_url(self) -> str:
        """Its page, for the organisation's own people."""
        return f"/agreements/incumbents/{self.pk}/"

    @property
    def capacity(self) -> str:
        """As it stands under a signature."""
        return f"Acting {self.post.title}" if self.acting else self.post.title


def resting_on(basis: str, incumbency: Incumbency | None) -> str:
    """A delegation in words (`SignatureAuthority.basis`), with the post to which it was given, where it was given to one."""
    if incumbency is None:
        return basis
    return f"{basis}, given to the post of {incumbency.post.title}{', held by its acting official' if incumbency.acting else ''}"
