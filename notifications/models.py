"""What was said to whom. A notice is one person's; a mail is one delivery of it, sent once."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from core.models import Base

DOMAIN = "mail.concord.example"


class Notice(Base):
    """One sentence for one person, with a link. Nothing confidential: a reference at most."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    url = models.CharField(max_length=300)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-created_at", "-id"], name="notice_user")]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_read(self) -> bool:
        """Whether its person has marked it."""
        return self.read_at is not None


class MailPreference(Base):
    """How a person wants notices of one kind: mailed and shown, only shown, or not at all."""

    class How(models.TextChoices):
        MAIL = "mail", "Here and by mail"
        PAGE = "page", "Here only"
        OFF = "off", "Not at all"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    how = models.CharField(max_length=4, choices=How.choices, default=How.MAIL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="mail_preference_once"),
            models.CheckConstraint(condition=models.Q(how__in=["mail", "page", "off"]), name="mail_preference_how"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_how_display()}"


class CalendarFeed(Base):
    """A person's calendar feed: whoever knows its address reads references and dates. Only a hash of it is kept."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.user}"


class Mail(Base):
    """One e-mail. Its id is its Message-ID; `sent_at` is written in the transaction that ends its job."""

    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="mail_newest")]

    def __str__(self) -> str:
        return self.subject

    @property
    def message_id(self) -> str:
        """The same for every attempt, so that whoever receives it twice can tell."""
        return f"<{self.pk}@{DOMAIN}>"
