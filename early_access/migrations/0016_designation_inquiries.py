"""Designation inquiries and their answers. NSA's side is read by those who hold the role of designation authority there."""

import functools
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.references
from audit.operations import Track
from core.operations import GuardStatus, Immutable, ProtectTable, any_of
from core.rls import held, seats

INQUIRY, ANSWER = "early_access_designationinquiry", "early_access_designation"
READERS = any_of(seats("developer_id"), held("agency_id", "designator"))
# Colleagues of a designation authority read the record of what happened and none of what it says.
UNSAID = (
    "codename", "checkpoint_label", "configuration_sha256", "classified_reply", "note", "closed_because",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("audit", "0002_capture"),
        ("developers", "0003_list_filters"),
        ("early_access", "0015_weights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DesignationInquiry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "reference",
                    models.CharField(
                        default=functools.partial(core.references.new_reference, *("INQ",), **{}),
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("codename", models.CharField(max_length=80)),
                ("checkpoint_label", models.CharField(max_length=80)),
                ("configuration_sha256", models.CharField(max_length=64)),
                (
                    "classified_reply",
                    models.CharField(
                        choices=[
                            ("known", "NSA knows our cleared contact"),
                            ("arrange", "Somebody here is cleared; the contact has to be arranged"),
                            ("nobody", "Nobody here can receive a classified reply"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What the developer wants NSA to know.")),
                ("status", models.CharField(default="draft", max_length=24)),
                ("row_version", models.PositiveIntegerField(default=1)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("moved_at", models.DateTimeField(help_text="When its state changed last.")),
                (
                    "closed_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_examined", "The checkpoint could not be examined"),
                            ("later_checkpoint", "A later checkpoint of the same model takes its place"),
                            ("no_determination", "No determination is made"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="developers.modelcheckpoint",
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="developers.frontiermodel",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        help_text="What NSA replied last about another checkpoint of the same model.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="early_access.designationinquiry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Designation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("designated", "Designated as a covered frontier model"),
                            ("not_designated", "Not designated as a covered frontier model"),
                            ("answered_by_classified_channel", "Answered by classified channel"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("director", "Office of the Director, NSA"),
                            ("cybersecurity", "NSA Cybersecurity Directorate"),
                            ("ai_security", "NSA Artificial Intelligence Security Center"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "pointer",
                    models.CharField(
                        default=functools.partial(core.references.new_reference, *("PTR",), **{}),
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("answered_on", models.DateField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inquiry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designation",
                        to="early_access.designationinquiry",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="designationinquiry",
            index=models.Index(fields=["developer", "-created_at", "-id"], name="inquiry_developer"),
        ),
        migrations.AddIndex(
            model_name="designationinquiry",
            index=models.Index(fields=["agency", "-created_at", "-id"], name="inquiry_agency"),
        ),
        migrations.AddIndex(
            model_name="designationinquiry",
            index=models.Index(fields=["developer", "status", "-created_at", "-id"], name="inquiry_developer_status"),
        ),
        migrations.AddIndex(
            model_name="designationinquiry",
            index=models.Index(fields=["agency", "status", "-created_at", "-id"], name="inquiry_agency_status"),
        ),
        migrations.AddIndex(
            model_name="designationinquiry",
            index=models.Index(fields=["agency", "developer", "-created_at", "-id"], name="inquiry_agency_developer"),
        ),
        migrations.AddConstraint(
            model_name="designationinquiry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("submitted", "acknowledged", "under_benchmark"))),
                fields=("model",),
                name="inquiry_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="designationinquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", True), ("submitted_at__isnull", True)),
                    models.Q(("agency__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="inquiry_unsent_is_nobody_elses",
            ),
        ),
        migrations.AddConstraint(
            model_name="designationinquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "closed_undetermined"), models.Q(("closed_because", ""), _negated=True)),
                    models.Q(models.Q(("status", "closed_undetermined"), _negated=True), ("closed_because", "")),
                    _connector="OR",
                ),
                name="inquiry_closed_because",
            ),
        ),
        ProtectTable(INQUIRY, READERS),
        ProtectTable(ANSWER, READERS, held("agency_id", "designator")),
        GuardStatus("early_access.workflow.DESIGNATION_INQUIRY", INQUIRY),
        Immutable(ANSWER),
        Track(INQUIRY, UNSAID, parties=("developer_id",)),
        Track(ANSWER, ("outcome", "office", "pointer", "answered_on"), parties=("developer_id",)),
    ]
