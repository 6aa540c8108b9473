"""What proves an executed agreement to somebody who was not there."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import TestingAgreement
from agreements.models.signing import IssuedFile
from core.models import Base


class CompletionCertificate(Base):
    """Who signed what, when and on whose authority, as one sealed file made with the last signature. Never changed.

    `content` is the JSON that stands in the file too; `sha256` and `size` are the sealed PDF's.
    """

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="certificates")
    executed = models.OneToOneField(IssuedFile, on_delete=models.PROTECT, related_name="certificate")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    content = models.JSONField()

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    def __str__(self) -> str:
        return f"completion certificate {self.sha256[:12]}"
