"""The processes of an agency see the jobs of that agency's queues only; they may enqueue for anybody."""

from django.db import migrations

from core.operations import ProtectTable

# 'concord_agency_defense' → 'agency.defense' and 'agency.defense-…', by the login role, which no client can set
USING = (
    "session_user NOT LIKE 'concord\\_agency\\_%' OR queue = 'agency.' || split_part(session_user, '_', 3)"
    " OR queue LIKE 'agency.' || split_part(session_user, '_', 3) || '-%'"
)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_rights")]

    operations = [ProtectTable("jobs_job", USING, "true")]
