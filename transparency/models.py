"""What anybody may read, copied out of the private rooms by a recorded decision of whose it is."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models import TestingAgreement
from core.models import Base


class PublishedProof(Base):
    """The developer's decision that anybody who holds the executed copy may have it confirmed by its hash.

    `content` is the completion certificate's JSON as it was shown when the decision was made. Taking the decision back
    deletes the row; both are in the record.
    """

    agreement = models.OneToOneField(TestingAgreement, on_delete=models.PROTECT, related_name="+")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    certificate_sha256 = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("developer",))
    objects = VisibleManager()

    class Meta:
        indexes = [models.Index(fields=["developer", "-created_at", "-id"], name="proof_developer")]

    def __str__(self) -> str:
        return self.sha256[:12]
