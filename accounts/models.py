"""People, organisations and memberships. What people may do with them is in policies, never here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import roles
from core.models import Base


class UserManager(BaseUserManager["User"]):
    """Makes people; e-mail addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person without a usable password unless one is given."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator of the installation: looks up and audits in the Django admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(Base, AbstractBaseUser, PermissionsMixin):
    """A person. Superusers see nothing extra outside the admin."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    post = models.CharField(max_length=150, blank=True, help_text="Job title as it stands under a signature.")
    time_zone = models.CharField(max_length=64, default="UTC")
    keyboard_shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_ci")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """For libraries that ask in Django's words."""
        return self.name


class Organisation(Base):
    """A developer, an agency (or component: an agency with a parent), or the oversight body."""

    class Kind(models.TextChoices):
        DEVELOPER = roles.DEVELOPER, "Developer"
        AGENCY = roles.AGENCY, "Agency"
        OVERSIGHT = roles.OVERSIGHT, "Oversight"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=40, null=True, blank=True, help_text="Agencies only; names queues and roles.")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="components")
    database_role = models.CharField(max_length=63, blank=True, help_text="PostgreSQL role of this agency's workers.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="organisation_slug"),
            models.CheckConstraint(
                condition=Q(kind="agency") | Q(slug__isnull=True, parent__isnull=True, database_role=""),
                name="organisation_only_agencies_have_slugs",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_agency(self) -> bool:
        """Whether this is an agency or a component of one."""
        return self.kind == self.Kind.AGENCY

    @property
    def is_developer(self) -> bool:
        """Whether this is a developer."""
        return self.kind == self.Kind.DEVELOPER


class Membership(Base):
    """A person's seat in an organisation with its roles; ended rather than deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20), default=list)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.organisation}"


class Invitation(Base):
    """An offer of a seat, mailed as a link; only the token's hash is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    roles = ArrayField(models.CharField(max_length=20), default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Empty: an organisation that registered itself.",
    )  # fmt: skip
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_both_or_neither",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return not self.accepted_at and not self.revoked_at and self.expires_at > timezone.now()


class ApiToken(Base):
    """A key for programs: acts as the person who issued it, in one organisation only. Shown once, kept as a hash."""

    class Scope(models.TextChoices):
        READ = "read", "Read only"
        WRITE = "write", "Read and write"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tokens")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    hint = models.CharField(max_length=20, help_text="Its first letters, to recognise it by.")
    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=5, choices=Scope.choices, default=Scope.READ)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=["read", "write"]), name="apitoken_scope"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="apitoken_expires_later"),
        ]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="apitoken_of_organisation")]

    def __str__(self) -> str:
        return f"{self.hint}… ({self.name})"

    @property
    def is_live(self) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class IdempotencyRecord(Base):
    """What an unsafe API call with an `Idempotency-Key` answered, so that its repetition answers the same."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of method, address and body.")
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    response = models.TextField(blank=True, help_text="JSON as it was sent: jsonb would change the order of keys.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
