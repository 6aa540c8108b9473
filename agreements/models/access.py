"""Who besides the parties' own people reads one agreement: outside counsel, by an individual grant."""

from __future__ import annotations

from django.db import models

from accounts.grants import Grant
from agreements.models.agreement import TestingAgreement


class AgreementGrant(Grant):
    """One person's leave to read one agreement, given by the developer."""

    content_object = models.ForeignKey(
        TestingAgreement, on_delete=models.CASCADE, related_name="grants", db_column="target_id"
    )

    class Meta(Grant.Meta):
        abstract = False
        indexes = [models.Index(fields=["user", "-created_at", "-content_object"], name="agreement_grant_newest")]
