"""Trusted partners and their nominations: read by one developer and one agency."""

import functools
import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.references
from audit.operations import Track
from core.operations import GuardStatus, ProtectTable
from core.rls import seats

PARTNER, NOMINATION, SIDES = (
    "early_access_trustedpartner", "early_access_trustedpartnernomination", seats("developer_id", "agency_id"),
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_capture"),
        ("accounts", "0010_seats_of_a_person"),
        ("agreements", "0094_library_presence"),
        ("early_access", "0016_designation_inquiries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TrustedPartner",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("operator", "Operator of critical infrastructure"),
                            ("security", "Security firm or vendor"),
                            ("research", "University or research body"),
                            ("other", "Another organisation"),
                        ],
                        max_length=10,
                    ),
                ),
                ("country", models.CharField(help_text="Where it is established.", max_length=60)),
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
            ],
        ),
        migrations.CreateModel(
            name="TrustedPartnerNomination",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "reference",
                    models.CharField(
                        default=functools.partial(core.references.new_reference, *("TPN",), **{}),
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("defend", "Defend systems that it operates"),
                            ("find", "Find and report vulnerabilities"),
                            ("evaluate", "Evaluate the model’s safety or security"),
                            ("other", "Another purpose, as described"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(max_length=400)),
                ("access_from", models.DateField(help_text="Not before the planned release to trusted partners.")),
                ("status", models.CharField(default="nominated", max_length=16)),
                ("row_version", models.PositiveIntegerField(default=1)),
                ("moved_at", models.DateTimeField(help_text="When its state changed last.")),
                (
                    "ownership",
                    models.CharField(
                        blank=True,
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_needed", "Not needed here")],
                        max_length=10,
                    ),
                ),
                (
                    "confidentiality",
                    models.CharField(
                        blank=True,
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_needed", "Not needed here")],
                        max_length=10,
                    ),
                ),
                (
                    "cybersecurity",
                    models.CharField(
                        blank=True,
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_needed", "Not needed here")],
                        max_length=10,
                    ),
                ),
                (
                    "insider_risk",
                    models.CharField(
                        blank=True,
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_needed", "Not needed here")],
                        max_length=10,
                    ),
                ),
                (
                    "ip_protection",
                    models.CharField(
                        blank=True,
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_needed", "Not needed here")],
                        max_length=10,
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        blank=True,
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_needed", "Not needed here")],
                        max_length=10,
                    ),
                ),
                ("vetting_note", models.TextField(blank=True, help_text="On what the checks rest.")),
                ("developer_consented_at", models.DateTimeField(blank=True, null=True)),
                ("agency_consented_at", models.DateTimeField(blank=True, null=True)),
                (
                    "denial",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_need", "No need for early access"),
                            ("ownership", "Ownership or control"),
                            ("safeguards", "Safeguards are not sufficient"),
                            ("conflict", "Conflict of interest"),
                            ("terms", "Terms cannot be agreed"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why it was not agreed, suspended, revoked or ended."),
                ),
                (
                    "terms_signed_on",
                    models.DateField(blank=True, help_text="The day on which the partner signed.", null=True),
                ),
                ("active_at", models.DateTimeField(blank=True, help_text="When access was given first.", null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "agency_consented_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        help_text="Under which the partner's terms were signed.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="agreements.testingagreement",
                    ),
                ),
                (
                    "denied_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "developer_consented_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nominated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nominator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="early_access.trustedpartner",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
                (
                    "suspended_for",
                    models.ForeignKey(
                        blank=True,
                        help_text="The side that suspended it; empty while suspended: it rests with the agreement.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "vetted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="trustedpartner",
            constraint=models.UniqueConstraint(
                models.F("developer"),
                models.F("agency"),
                django.db.models.functions.text.Lower("name"),
                name="trusted_partner_once",
            ),
        ),
        migrations.AddIndex(
            model_name="trustedpartnernomination",
            index=models.Index(fields=["developer", "-created_at", "-id"], name="nomination_developer"),
        ),
        migrations.AddIndex(
            model_name="trustedpartnernomination",
            index=models.Index(fields=["agency", "-created_at", "-id"], name="nomination_agency"),
        ),
        migrations.AddIndex(
            model_name="trustedpartnernomination",
            index=models.Index(
                fields=["developer", "status", "-created_at", "-id"], name="nomination_developer_status"
            ),
        ),
        migrations.AddIndex(
            model_name="trustedpartnernomination",
            index=models.Index(fields=["agency", "status", "-created_at", "-id"], name="nomination_agency_status"),
        ),
        migrations.AddIndex(
            model_name="trustedpartnernomination",
            index=models.Index(
                fields=["agency", "developer", "-created_at", "-id"], name="nomination_agency_developer"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedpartnernomination",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("status__in", ("nominated", "vetting", "agreed", "terms_signed", "access_active", "suspended"))
                ),
                fields=("request", "partner"),
                name="nomination_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedpartnernomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("developer_consented_at__isnull", True), ("developer_consented_by__isnull", True)),
                    models.Q(("developer_consented_at__isnull", False), ("developer_consented_by__isnull", False)),
                    _connector="OR",
                ),
                name="nomination_developers_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedpartnernomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency_consented_at__isnull", True), ("agency_consented_by__isnull", True)),
                    models.Q(("agency_consented_at__isnull", False), ("agency_consented_by__isnull", False)),
                    _connector="OR",
                ),
                name="nomination_agencys_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedpartnernomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("agreed", "terms_signed", "access_active", "suspended")), _negated=True),
                    models.Q(("agency_consented_at__isnull", False), ("developer_consented_at__isnull", False)),
                    _connector="OR",
                ),
                name="nomination_stands_on_two_consents",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedpartnernomination",
            constraint=models.CheckConstraint(
                condition=models.Q(("developer_consented_by", models.F("agency_consented_by")), _negated=True),
                name="nomination_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedpartnernomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "not_agreed"),
                        models.Q(("denial", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        ("denied_for__isnull", False),
                    ),
                    models.Q(
                        models.Q(("status", "not_agreed"), _negated=True), ("denial", ""), ("denied_for__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="nomination_denied_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedpartnernomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("terms_signed", "access_active", "suspended")), _negated=True),
                    models.Q(("agreement__isnull", False), ("terms_signed_on__isnull", False)),
                    _connector="OR",
                ),
                name="nomination_terms",
            ),
        ),
        ProtectTable(PARTNER, SIDES),
        ProtectTable(NOMINATION, SIDES),
        GuardStatus("early_access.workflow.TRUSTED_PARTNER", NOMINATION),
        Track(PARTNER, ("name", "country")),
        Track(NOMINATION, ("why", "vetting_note", "reason")),
    ]
