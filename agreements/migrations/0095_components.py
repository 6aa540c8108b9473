"""Components of an agency that concur inside it: the plan, its parts, whose answer a verdict is."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("agreements", "0094_library_presence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="concurrenceask",
            name="answer_by",
            field=models.DateField(
                blank=True, help_text="Of a component asked inside its agency: the day by which it answers.", null=True
            ),
        ),
        migrations.CreateModel(
            name="ConcurrencePlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("order", models.CharField(default="parallel", help_text="“parallel” or “sequence”.", max_length=8)),
                (
                    "blind",
                    models.BooleanField(
                        default=False, help_text="Answers stay sealed until all components have answered."
                    ),
                ),
                (
                    "answer_by",
                    models.DateField(
                        blank=True, help_text="Day by which the components are asked to answer.", null=True
                    ),
                ),
                ("set_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concurrence_plans",
                        to="agreements.testingagreement",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConcurrencePart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.testingagreement"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="agreements.concurrenceplan",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="concurrence",
            name="inside",
            field=models.ForeignKey(
                blank=True,
                help_text="The plan of an agency under which `agency` is a component of it; empty: a party's own verdict.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agreements.concurrenceplan",
            ),
        ),
        migrations.AddConstraint(
            model_name="concurrenceplan",
            constraint=models.UniqueConstraint(fields=("agreement", "agency"), name="concurrence_plan_once"),
        ),
        migrations.AddIndex(
            model_name="concurrencepart",
            index=models.Index(fields=["organisation", "agreement"], name="concurrence_part_lent"),
        ),
        migrations.AddConstraint(
            model_name="concurrencepart",
            constraint=models.UniqueConstraint(fields=("target", "organisation"), name="concurrence_part_once"),
        ),
    ]
