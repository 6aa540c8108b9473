"""The agreement, its parties, and its versions made of clauses with stable ids."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models.library import AgreementTemplate, Clause, ClauseAlternative, Instrument
from agreements.obligations import KINDS
from agreements.workflow import AGREEMENT
from core.models import Base
from core.references import new_reference

if TYPE_CHECKING:
    from agreements.models.own_keys import SigningTurn
    from agreements.models.signing import Signatory

IN_TURN = ("step", "created_at")  # how signatories are listed
NAMED = (
    "person",
    "organisation",
    "authority",
    "incumbency__post",
    "signature",
    "replaces__person",
)  # what is said of one


class TestingAgreement(Base):
    """One agreement of a developer with one or more agencies. Agencies become parties when it is sent to them."""

    __test__ = False  # not a test class, whatever its name suggests to pytest

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "AGR"))
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(AgreementTemplate, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=12, choices=Instrument.choices)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=24, default=AGREEMENT.initial)
    order = ArrayField(models.UUIDField(), help_text="Organisations in the order in which they sign.")
    steps = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True,
        help_text="The step in which each of them signs; those of one step in any order. Empty: one after the other.",
    )  # fmt: skip
    amends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments",
        help_text="The agreement that this one amends.",
    )  # fmt: skip
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by",
        help_text="The agreement that ends when this one comes into force.",
    )  # fmt: skip
    amendment_number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Given when all have signed.")
    amended = models.PositiveSmallIntegerField(default=0, help_text="How many amendments of it all have signed.")
    current = models.ForeignKey("AgreementVersion", null=True, on_delete=models.PROTECT, related_name="+")
    effective_on = models.DateField(null=True, blank=True, help_text="Empty: on the day of the last signature.")
    expires_on = models.DateField(null=True, blank=True)
    fully_executed_at = models.DateTimeField(null=True, blank=True)
    notice_given_at = models.DateTimeField(null=True, blank=True)
    notice_given_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    concurrence_order = models.CharField(max_length=8, default="parallel", help_text="“parallel” or “sequence”.")
    concurrence_blind = models.BooleanField(default=False, help_text="Answers stay sealed until all are in.")
    concur_by = models.DateField(
        null=True, help_text="Day by which concurrence is asked for. No answer is no concurrence."
    )
    terminates_on = models.DateField(null=True, blank=True)
    suspended_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = models.TextField(blank=True)

    visibility = Visibility(
        audience="agreements.AgreementParty", grants="agreements.AgreementGrant",
        lent=("agreements.ConcurrencePart", "agreement"),
    )  # fmt: skip
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(notice_given_at__isnull=True, notice_given_by__isnull=True, terminates_on__isnull=True)
                | Q(notice_given_at__isnull=False, notice_given_by__isnull=False, terminates_on__isnull=False),
                name="agreement_notice_all_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["in_force", "suspended"]) | Q(fully_executed_at__isnull=False),
                name="agreement_in_force_is_executed",
            ),
            models.UniqueConstraint(fields=["amends", "amendment_number"], name="amendment_number_once"),
            models.CheckConstraint(
                condition=Q(amends__isnull=True) | (Q(amended=0) & ~Q(status__in=["in_force", "suspended"])),
                name="amendment_is_no_agreement",
            ),
        ]
        indexes = [
            models.Index(fields=["developer", "-created_at", "-id"], name="agreement_developer"),
            models.Index(fields=["developer", "status"], name="agreement_dev_status"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/agreements/{self.reference}/"

    def step_of(self, organisation_id: Any) -> int:
        """The step in which a party signs."""
        position: int = self.order.index(organisation_id)
        return self.steps[position] if self.steps else position + 1

    @property
    def party_rows(self) -> list[AgreementParty]:
        """The parties in signing order; read once per instance."""
        known: list[AgreementParty] | None = getattr(self, "_party_rows", None)
        if known is None:
            if "parties" in getattr(self, "_prefetched_objects_cache", {}):
                known = sorted(self.parties.all(), key=lambda row: row.position)
            else:
                known = list(self.parties.select_related("organisation").order_by("position"))
            self._party_rows = known
        return known

    @property
    def party_ids(self) -> list[Any]:
        """The organisations that may read it."""
        return [row.organisation_id for row in self.party_rows]

    @property
    def plan(self) -> list[Signatory]:
        """The signatories of the file that is being signed, by step; read once per instance."""
        known: list[Signatory] | None = getattr(self, "_plan", None)
        if known is None:
            if "signatories" in getattr(self, "_prefetched_objects_cache", {}):
                known = [row for row in self.signatories.all() if row.voided_at is None]
            else:
                rows = self.signatories.filter(voided_at__isnull=True)
                known = list(rows.select_related(*NAMED).order_by(*IN_TURN))
            self._plan = known
        return known

    @property
    def file_turn(self) -> SigningTurn | None:
        """The turn in which somebody holds the file now, to sign it outside Concord."""
        if not any(row.tier != "held" for row in self.plan):
            return None
        running = self.file_turns.filter(ended_at__isnull=True, lapses_at__gt=timezone.now())
        return running.select_related("signatory__person", "signatory__organisation", "file").first()

    @property
    def agencies(self) -> list[Organisation]:
        """The agencies that are parties and have not left."""
        return [
            row.organisation
            for row in self.party_rows
            if row.role == AgreementParty.Role.AGENCY and row.left_at is None
        ]


class AgreementParty(Base):
    """An organisation that reads and signs the agreement. `created_at` is the agreement's: lists page by it.
    `status` is a copy of the agreement's that the database keeps. One agency of several can leave while the others go on;
    it reads the agreement afterwards too, since duties of both sides outlast its part."""

    class Role(models.TextChoices):
        DEVELOPER = "developer", "Developer"
        AGENCY = "agency", "Agency"

    target = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    position = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=24, default="", db_default="", editable=False)
    leaving_since = models.DateTimeField(null=True, blank=True, help_text="When it gave notice that it leaves.")
    leaves_on = models.DateField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "agreement parties"
        constraints = [
            models.UniqueConstraint(fields=["target", "organisation"], name="agreement_party_once"),
            models.CheckConstraint(
                condition=Q(leaving_since__isnull=True, leaves_on__isnull=True, left_at__isnull=True)
                | Q(leaving_since__isnull=False, leaves_on__isnull=False, role="agency"),
                name="party_leaves_after_notice",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-created_at", "-target"], name="agreement_party_newest"),
            models.Index(fields=["organisation", "status", "-created_at", "-target"], name="agreement_party_status"),
            models.Index(fields=["organisation", "developer", "-created_at", "-target"], name="agreement_party_dev"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.target}"


class Marking(models.TextChoices):
    """What stands at the head of every page where the text itself is controlled (32 CFR 2002.20; CUI registry, PROPIN)."""

    NONE = "", "None"
    CUI = "CUI", "CUI: controlled unclassified information"
    PROPIN = "CUI//PROPIN", "CUI//PROPIN: with proprietary business information"


class AgreementVersion(Base):
    """One round of the text. Until `frozen_at` it is the working draft of one organisation, and only theirs to see."""

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="versions")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(null=True, help_text="Given when it is frozen.")
    variables = models.JSONField(default=dict)
    marking = models.CharField(max_length=20, choices=Marking.choices, default=Marking.NONE, blank=True)
    row_version = models.PositiveIntegerField(default=1)
    written_against = models.PositiveSmallIntegerField(
        default=0, help_text="Of an amendment: how many amendments the text that it changes includes."
    )
    edited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(null=True)
    canonical = models.TextField(blank=True, help_text="Canonical JSON of the whole text.")
    text_hash = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once"),
            models.UniqueConstraint(
                fields=["agreement", "organisation"], condition=Q(frozen_at__isnull=True), name="one_working_draft"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen_by__isnull=True, number__isnull=True)
                | Q(frozen_at__isnull=False, frozen_by__isnull=False, number__isnull=False),
                name="version_frozen_all_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}" if self.number else "working draft"


class AgreementClause(Base):
    """One clause of one version. `clause_id` is stable across versions; `text` keeps its `{parameters}`."""

    class Source(models.TextChoices):
        LIBRARY = "library", "Standard text"
        ALTERNATIVE = "alternative", "Approved alternative"
        BESPOKE = "bespoke", "Changed by the parties"

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="clauses")
    clause_id = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.LIBRARY)
    library = models.ForeignKey(Clause, null=True, on_delete=models.PROTECT, related_name="+")
    alternative = models.ForeignKey(ClauseAlternative, null=True, on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=120)
    text = models.TextField()
    parameters = models.JSONField(default=dict, help_text="The values that this clause uses.")
    text_hash = models.CharField(max_length=64)
    terms = models.JSONField(default=dict, help_text="Defined terms it uses, each with the hash of its definition.")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "clause_id"], name="clause_once_per_version")]

    def __str__(self) -> str:
        return self.heading

    @property
    def filled(self) -> str:
        """The text with its parameters in place, as people read and sign it."""
        from agreements.texts import fill

        return fill(self.text, self.parameters)


class Obligation(Base):
    """One typed duty of a frozen version, which the software obeys (longest window, retention, notice hours …)."""

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="obligations")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="obligations")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    clause_id = models.SlugField(max_length=60)
    kind = models.CharField(max_length=40, choices=[(name, kind.label) for name, kind in KINDS.items()])
    value = models.PositiveIntegerField()
    options = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="What was chosen, where the duty is a list.",
    )
    survives = models.BooleanField(default=False)

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "kind"], name="obligation_once_per_version")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.shown}"

    @property
    def shown(self) -> int | str:
        """The figure, or what was chosen in words."""
        words = dict(KINDS[self.kind].options)
        return ", ".join(words[key] for key in self.options) if self.options else self.value
