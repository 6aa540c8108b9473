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
    """A person's wish not to be mailed notices of one kind; the notice itself is written all the same."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    mailed = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mail_preference_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {'mailed' if self.mailed else 'not mailed'}"


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
