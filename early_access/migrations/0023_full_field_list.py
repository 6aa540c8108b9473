"""The rest of the field list: what the access specification says besides, and what the developer states beside it."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable, any_of
from core.rls import seats, through

OWN, SPECIFICATION = seats("developer_id"), "early_access_accessspecification"
THROUGH = any_of(OWN, through("early_access_earlyaccessrequest", "request_id"))
WORDS = ("statement", "name", "email", "phone", "base_url", "reason")
TYPED = (
    "tls", "allowed_from", "tool_defects", "retention_exceptions", "weights_format", "weights_runtime", "weights_serving",
    "weights_hardware",
)  # fmt: skip
TRACKED = (
    f"CREATE TRIGGER audit_capture AFTER INSERT OR UPDATE OR DELETE ON {SPECIFICATION}"
    f" FOR EACH ROW EXECUTE FUNCTION audit_capture('{','.join(WORDS)}', 'developer_id')"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("early_access", "0022_claimed_results"),
    ]

    operations = [
        migrations.AddField(
            model_name="accessspecification",
            name="allowed_from",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="authentication",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="fine_tuning",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="images",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="logprobs",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="parallel_tools",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="repeatable",
            field=models.BooleanField(default=False, help_text="The same seed gives the same answer."),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="retention_exceptions",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="tls",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="tokens_per_day",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="tool_defects",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="weights_destroy_days",
            field=models.PositiveIntegerField(blank=True, help_text="After the window.", null=True),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="weights_format",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="weights_hardware",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="weights_runtime",
            field=models.TextField(blank=True, default="", help_text="Image and digest."),
        ),
        migrations.AddField(
            model_name="accessspecification",
            name="weights_serving",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.CreateModel(
            name="RequestStatement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("name", models.CharField(help_text="Of the field, as in rules.sections.", max_length=30)),
                ("text", models.TextField()),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("request", "name"), name="request_statement_once")],
            },
        ),
        ProtectTable("early_access_requeststatement", THROUGH),
        Track("early_access_requeststatement", redact=("text",), parties=("developer_id",)),
        migrations.RunSQL(f"DROP TRIGGER audit_capture ON {SPECIFICATION}", TRACKED),
        Track(SPECIFICATION, redact=(*WORDS, *TYPED), parties=("developer_id",)),
    ]
