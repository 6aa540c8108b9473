"""What the developer lets anybody confirm."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0008_guests_and_factors'),
        ('agreements', '0007_completion_certificates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedProof',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('certificate_sha256', models.CharField(max_length=64, unique=True)),
                ('content', models.JSONField()),
                ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.testingagreement')),
                ('developer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['developer', '-created_at', '-id'], name='proof_developer')],
            },
        ),
        # A stranger reads by hash; only the developer's own people write.
        ProtectTable("transparency_publishedproof", seats("developer_id")),
        migrations.RunSQL(
            "CREATE POLICY transparency_publishedproof_anybody ON transparency_publishedproof FOR SELECT USING (true)",
            "DROP POLICY transparency_publishedproof_anybody ON transparency_publishedproof",
        ),
        Track("transparency_publishedproof", ("content",), ("developer_id",)),
    ]
