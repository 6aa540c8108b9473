"""Executions of tests, their logs and the estimates read from them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agencies.domains import RiskDomain
from core.models import Base
from evaluations.models.assignments import EvaluationAssignment
from evaluations.workflow import RUN


class EvaluationRun(Base):
    """One execution of a test against one checkpoint, variant and configuration.

    The agency's alone: what the developer may read of it, once it is shared, is a `SharedRun`.
    """

    class Origin(models.TextChoices):
        IMPORTED = "imported", "Imported log"
        RUN_HERE = "run_here", "Run here"
        TYPED_IN = "typed_in", "Typed in"

    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="runs")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, default=RUN.initial)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    checkpoint = models.ForeignKey("developers.ModelCheckpoint", on_delete=models.PROTECT, related_name="+")
    variant = models.CharField(max_length=30)
    configuration_sha256 = models.CharField(max_length=64, blank=True)
    endpoint_fingerprint = models.CharField(max_length=64, blank=True)
    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    suite = models.CharField(max_length=200)
    suite_version = models.CharField(max_length=60, blank=True)
    restricted = models.BooleanField(default=False)
    harness = models.CharField(max_length=120)
    sandbox_kind = models.CharField(max_length=40, blank=True)
    epochs = models.PositiveIntegerField(default=1)
    limits = models.JSONField(default=dict)
    external_task_id = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    n_items = models.PositiveIntegerField(default=0)
    n_scored = models.PositiveIntegerField(default=0)
    n_invalid = models.PositiveIntegerField(default=0)
    n_refused = models.PositiveIntegerField(default=0)
    n_error = models.PositiveIntegerField(default=0)
    n_limit = models.PositiveIntegerField(default=0)
    tokens = models.BigIntegerField(default=0)
    items = models.JSONField(default=list, help_text="Per item: keyed hash, successes, attempts.")
    edited_after_run = models.BooleanField(default=False)
    warnings = models.JSONField(default=list)
    reason_for_import = models.TextField(blank=True)
    provenance = models.JSONField(default=dict, help_text="What the file says of where its figures come from.")
    ranges = models.JSONField(default=list, help_text="Per attempt at a range: steps reached of how many.")
    alerts = models.JSONField(default=list, help_text="What a scanner found, counted by rule and level.")
    imported_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-created_at", "-id"], name="run_agency"),
            models.Index(fields=["assignment", "-created_at"], name="run_assignment"),
        ]


class RunLog(Base):
    """An uploaded log: sealed to the agency, found by its SHA-256. A second upload leads to the first run."""

    run = models.OneToOneField(EvaluationRun, null=True, on_delete=models.PROTECT, related_name="log")
    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="logs")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=20, blank=True, help_text="Which kind of file it is, once it was read.")
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=100)
    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    variant = models.CharField(max_length=30, blank=True, help_text="Which offered variant was tested.")
    restricted = models.BooleanField(default=False)
    reason_for_import = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    launch = models.ForeignKey(
        "evaluations.RunLaunch",
        null=True,
        on_delete=models.PROTECT,
        related_name="logs",
        help_text="The run here that wrote it.",
    )
    refused = models.TextField(blank=True, help_text="Why the log could not be read, as a sentence.")
    read_at = models.DateTimeField(null=True)

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "sha256"], condition=Q(refused=""), name="log_once_per_agency")
        ]


class Result(Base):
    """One estimate with interval, method and n. No estimate without them."""

    run = models.ForeignKey(EvaluationRun, on_delete=models.PROTECT, related_name="results")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    metric = models.CharField(max_length=120)
    scorer = models.CharField(max_length=120, blank=True)
    estimate = models.FloatField()
    ci_low = models.FloatField()
    ci_high = models.FloatField()
    ci_level = models.FloatField(default=0.95)
    ci_method = models.CharField(max_length=20)
    n = models.PositiveIntegerField()
    successes = models.PositiveIntegerField(null=True)
    slice = models.CharField(max_length=120, blank=True)

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ci_low__lte=models.F("estimate"), ci_high__gte=models.F("estimate")),
                name="result_interval_holds_estimate",
            )
        ]


class Baseline(Base):
    """What an estimate is compared with: public models, people, the developer's own claims or earlier builds."""

    class Kind(models.TextChoices):
        PUBLIC_MODEL = "public_model", "Public model"
        HUMAN_EXPERT = "human_expert", "Experts"
        HUMAN_NOVICE = "human_novice", "Novices"
        DEVELOPER_CLAIMED = "developer_claimed", "Claimed by the developer"
        OWN_PREVIOUS = "own_previous", "Earlier build of the same developer"
        RANDOM = "random", "Guessing"

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="baselines")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=150)
    estimate = models.FloatField()
    ci_low = models.FloatField(null=True)
    ci_high = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    same_conditions = models.CharField(max_length=300, help_text="“yes”, or what differs.")
    source = models.CharField(max_length=300)

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()


class RunNotes(Base):
    """What no log says of a run and a reader needs to judge it: how the model was helped, what was read of it by people.

    The agency's until the run is shared; then `disclosure.py` lists what of them goes into the developer's copy.
    """

    run = models.OneToOneField(EvaluationRun, on_delete=models.PROTECT, related_name="notes")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    row_version = models.PositiveIntegerField(default=1)
    scaffold = models.CharField(max_length=200, blank=True, help_text="Name and version of the agent around the model.")
    scaffold_tools = models.CharField(max_length=300, blank=True)
    prompt_sha256 = models.CharField(max_length=64, blank=True)
    elicitation = models.TextField(blank=True)
    attempts_k = models.PositiveSmallIntegerField(null=True, help_text="Attempts of which the best counts (pass@k).")
    cost_usd = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    n_refused = models.PositiveIntegerField(null=True, help_text="Attempts that the model refused.")
    awareness = models.TextField(blank=True, help_text="Signs that the model knew that it was tested.")
    cheating_rate = models.FloatField(null=True, help_text="Share of attempts, 0 to 1.")
    cheating_found = models.TextField(blank=True)
    transcripts_read = models.PositiveIntegerField(null=True)
    transcripts_by = models.CharField(max_length=200, blank=True)
    transcripts_method = models.TextField(blank=True)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()


class SharedRun(Base):
    """The developer's copy of a run: only fields that `disclosure.py` lists, under the name the developer may read."""

    run = models.OneToOneField(EvaluationRun, on_delete=models.PROTECT, related_name="shared")
    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="shared_runs")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200)
    content = models.JSONField()
    shared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        indexes = [
            models.Index(fields=["developer", "-created_at", "-id"], name="shared_run_developer"),
            models.Index(fields=["assignment", "-created_at"], name="shared_run_assignment"),
        ]


class LogView(Base):
    """A part of a log that one person asked to read: sealed by the agency's worker to a key that their browser holds.

    Without that key nobody reads it, this installation's database and its backups included; it ends with `expires_at`.
    """

    log = models.ForeignKey(RunLog, on_delete=models.PROTECT, related_name="views")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=64)
    block = models.PositiveIntegerField(help_text="Which samples, counted in blocks; the first has the list of all.")
    sealed = models.BinaryField(default=bytes)
    refused = models.TextField(blank=True, help_text="Why it could not be opened, as a sentence.")
    answered_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "by", "public_key", "block"], name="log_view_once")]

    @property
    def purpose(self) -> str:
        """What its seal is bound to: the log, the person, the block."""
        return f"log={self.log_id}|by={self.by_id}|block={self.block}"
