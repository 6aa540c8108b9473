"""Who of the developer's people fills a section of a draft, and what a colleague asks there. Theirs alone."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats

TABLE = "early_access_sectiontask"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("audit", "0002_capture"),
        ("early_access", "0011_pinned_states"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SectionTask",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("name", models.CharField(max_length=20)),
                ("question", models.CharField(blank=True, max_length=400)),
                ("answer", models.CharField(blank=True, help_text="Empty while the question waits.", max_length=400)),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="section_tasks",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("request", "name"), name="section_task_once"),
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), ("asked_by__isnull", False), _connector="OR"),
                        name="section_question_has_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), ("answered_by__isnull", False), _connector="OR"),
                        name="section_answer_has_author",
                    ),
                ],
            },
        ),
        ProtectTable(TABLE, seats("developer_id")),
        Track(TABLE, ("question", "answer"), parties=("developer_id",)),
    ]
