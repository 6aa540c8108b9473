"""What was said to whom. A notice is one person's; a mail is one delivery of it, sent once."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from core.models import Base


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


class Mail(Base):
    """One e-mail. Its id is in the Message-ID; `sent_at` is written in the transaction that ends its job."""

    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="mail_newest")]

    def __str__(self) -> str:
        return self.subject
