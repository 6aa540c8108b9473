"""Posts, who holds them, and delegations that are given to a post instead of a person."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import Immutable, ProtectTable, any_of
from core.rls import seats

AGENCY = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = organisation_id AND o.kind = 'agency')"
HOST = "organisation_id IN (SELECT concord_hosts()) AND id IN (SELECT s.incumbency_id FROM agreements_signatory s)"
POST_OF_HOST = (
    "organisation_id IN (SELECT concord_hosts()) AND id IN (SELECT i.post_id FROM agreements_incumbency i"
    " JOIN agreements_signatory s ON s.incumbency_id = i.id)"
)
# Of two people one holds a post, and of two one acts in it. The action locks the post and says so in a sentence; this stands
# behind it, without an extension that an exclusion constraint over a key and a range would need.
ALONE = """
CREATE FUNCTION alone_in_post() RETURNS trigger LANGUAGE plpgsql AS $alone$
BEGIN
    IF EXISTS (
        SELECT 1 FROM agreements_incumbency i
        WHERE i.post_id = NEW.post_id AND i.acting = NEW.acting AND i.id <> NEW.id
          AND tstzrange(i.begins_at, i.ends_at) && tstzrange(NEW.begins_at, NEW.ends_at)
    ) THEN
        RAISE EXCEPTION 'somebody else is in the post at that time' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $alone$"""
TRIGGER = (
    "CREATE TRIGGER alone_in_post BEFORE INSERT OR UPDATE ON agreements_incumbency"
    " FOR EACH ROW EXECUTE FUNCTION alone_in_post()"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("agreements", "0096_protect_components"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signatureauthority",
            name="acting_may_sign",
            field=models.BooleanField(
                default=True,
                help_text="Of one that is given to a post: whether whoever acts in the post signs on it too.",
            ),
        ),
        migrations.AlterField(
            model_name="signatureauthority",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Incumbency",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("acting", models.BooleanField(default=False)),
                ("begins_at", models.DateTimeField()),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True, help_text="The first instant in which the post is not theirs.", null=True
                    ),
                ),
                ("source", models.CharField(help_text="The appointing paper: its number and title.", max_length=200)),
                (
                    "document_sha256",
                    models.CharField(blank=True, help_text="The appointing paper, as a PDF.", max_length=64),
                ),
                ("concurred_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_reason",
                    models.CharField(blank=True, help_text="Why its end was brought forward.", max_length=500),
                ),
                (
                    "concurred_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "incumbencies",
            },
        ),
        migrations.AddField(
            model_name="signatory",
            name="incumbency",
            field=models.ForeignKey(
                blank=True,
                help_text="How the person holds the post to which the delegation is given.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agreements.incumbency",
            ),
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(help_text="As it stands under a signature.", max_length=150)),
                (
                    "source",
                    models.CharField(blank=True, help_text="Statute, order or by-law that made it.", max_length=200),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=500)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="accounts.organisation"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="incumbency",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="incumbencies", to="agreements.post"
            ),
        ),
        migrations.AddField(
            model_name="signatureauthority",
            name="post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="authorities",
                to="agreements.post",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatureauthority",
            constraint=models.UniqueConstraint(
                fields=("organisation", "number", "post"), name="authority_of_a_post_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signatureauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("holder__isnull", False), ("post__isnull", True)),
                    models.Q(("holder__isnull", True), ("post__isnull", False)),
                    _connector="OR",
                ),
                name="authority_of_a_person_or_a_post",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["organisation", "-created_at", "-id"], name="post_of_organisation"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                django.db.models.functions.text.Lower("title"),
                condition=models.Q(("ended_at__isnull", True)),
                name="post_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("ended_reason", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("ended_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="post_ended_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="incumbency",
            index=models.Index(fields=["post", "-begins_at"], name="incumbency_of_post"),
        ),
        migrations.AddIndex(
            model_name="incumbency",
            index=models.Index(fields=["organisation", "-created_at", "-id"], name="incumbency_of_organisation"),
        ),
        migrations.AddConstraint(
            model_name="incumbency",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__isnull", True), ("ends_at__gte", models.F("begins_at")), _connector="OR"),
                name="incumbency_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="incumbency",
            constraint=models.CheckConstraint(
                condition=models.Q(("acting", False), ("ends_at__isnull", False), _connector="OR"),
                name="incumbency_acting_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="incumbency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("concurred_at__isnull", True), ("concurred_by__isnull", True)),
                    models.Q(("concurred_at__isnull", False), ("concurred_by__isnull", False)),
                    _connector="OR",
                ),
                name="incumbency_concurred_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="incumbency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_by__isnull", True), ("ended_reason", "")),
                    models.Q(
                        ("ended_by__isnull", False),
                        ("ends_at__isnull", False),
                        models.Q(("ended_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="incumbency_ended_with_reason",
            ),
        ),
        # Read by the same people as the delegations: a drafter of the developer's opens for an agency's signatory.
        ProtectTable(
            "agreements_post",
            any_of(seats("organisation_id"), AGENCY, "(SELECT concord_at_agency())", POST_OF_HOST),
            seats("organisation_id"),
        ),
        Immutable("agreements_post", but=("ended_at", "ended_by_id", "ended_reason")),
        Track("agreements_post", (), ("organisation_id",)),
        ProtectTable(
            "agreements_incumbency",
            any_of(seats("organisation_id"), AGENCY, "(SELECT concord_at_agency())", HOST),
            seats("organisation_id"),
        ),
        Immutable(
            "agreements_incumbency", but=("ends_at", "concurred_at", "concurred_by_id", "ended_by_id", "ended_reason")
        ),
        Track("agreements_incumbency", (), ("organisation_id",)),
        migrations.RunSQL(
            [ALONE, TRIGGER], ["DROP TRIGGER alone_in_post ON agreements_incumbency", "DROP FUNCTION alone_in_post()"]
        ),
    ]
