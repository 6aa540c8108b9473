"""Developers' profiles, and the models, checkpoints and variants that they register. All private to the developer."""

from __future__ import annotations

from functools import partial

from django.db import models

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from core.references import new_reference
from developers.workflow import DEVELOPER


class Developer(Base):
    """What stands beside a developer's organisation. `verifier` is the agency whose intake officers check it."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="developer_profile")
    verifier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    legal_name = models.CharField(max_length=200)
    website = models.URLField(max_length=200, blank=True)
    jurisdiction = models.CharField(max_length=100)
    status = models.CharField(max_length=12, default=DEVELOPER.initial)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.TextField(blank=True)

    visibility = Visibility(seats=("organisation", "verifier"))
    objects = VisibleManager()

    class Meta:
        indexes = [
            models.Index(fields=["verifier", "-created_at", "-id"], name="developer_verifier"),
            models.Index(fields=["organisation", "-created_at", "-id"], name="developer_organisation"),
        ]

    def __str__(self) -> str:
        return self.legal_name


class FrontierModel(Base):
    """A model under development. The codename is how people speak of it; a public name is embargoed until release."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "MDL"))
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    codename = models.CharField(max_length=80)
    family = models.CharField(max_length=80, blank=True)
    public_name = models.CharField(max_length=80, blank=True)
    public_name_embargoed_until = models.DateField(null=True, blank=True)

    visibility = Visibility(seats=("developer",), audience="developers.ModelAudience")
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["developer", "codename"], name="codename_once")]
        indexes = [models.Index(fields=["developer", "-created_at", "-id"], name="model_developer")]

    def __str__(self) -> str:
        return self.codename


class ModelCheckpoint(Base):
    """One build of a model that can be tested; its configuration is pinned by a hash."""

    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    model = models.ForeignKey(FrontierModel, on_delete=models.PROTECT, related_name="checkpoints")
    label = models.CharField(max_length=80)
    configuration_sha256 = models.CharField(max_length=64)
    configuration_note = models.TextField(blank=True)

    visibility = Visibility(seats=("developer",), audience="developers.CheckpointAudience")
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "label"], name="checkpoint_label_once")]
        indexes = [models.Index(fields=["developer", "-created_at", "-id"], name="checkpoint_developer")]

    def __str__(self) -> str:
        return self.label


class ModelVariant(Base):
    """A checkpoint as it is served for tests. A request copies the kinds it offers; the rest stays the developer's."""

    class Kind(models.TextChoices):
        PRODUCTION = "production", "Production safeguards"
        REDUCED_SAFEGUARD = "reduced_safeguard", "Reduced safeguards"
        HELPFUL_ONLY = "helpful_only", "Helpful only"

    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    checkpoint = models.ForeignKey(ModelCheckpoint, on_delete=models.PROTECT, related_name="variants")
    kind = models.CharField(max_length=20, choices=Kind.choices)

    visibility = Visibility(seats=("developer",))
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "kind"], name="variant_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class ModelAudience(Base):
    """An organisation to which a request showed the model."""

    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(FrontierModel, on_delete=models.PROTECT, related_name="audience")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "organisation"], name="model_audience_once")]
        indexes = [
            models.Index(fields=["organisation", "-created_at", "-target"], name="model_audience_page"),
            models.Index(fields=["organisation", "developer", "-created_at", "-target"], name="model_audience_dev"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} sees {self.target_id}"


class CheckpointAudience(Base):
    """An organisation to which a request showed the checkpoint."""

    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(ModelCheckpoint, on_delete=models.PROTECT, related_name="audience")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "organisation"], name="checkpoint_audience_once")]
        indexes = [models.Index(fields=["organisation", "-created_at", "-target"], name="checkpoint_audience_page")]

    def __str__(self) -> str:
        return f"{self.organisation_id} sees {self.target_id}"
