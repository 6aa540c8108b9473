"""Who reads what: the developer, the verifying agency its profile, and whoever a request showed a checkpoint to."""

from django.db import migrations

from audit.operations import Track
from core.operations import GuardStatus, ProtectTable, any_of
from core.rls import audience, seats

OWN = seats("developer_id")


class Migration(migrations.Migration):
    dependencies = [("developers", "0001_initial"), ("accounts", "0002_row_level_security"), ("audit", "0002_capture")]

    operations = [
        ProtectTable("developers_developer", seats("organisation_id", "verifier_id")),
        ProtectTable("developers_modelaudience", seats("developer_id", "organisation_id"), OWN),
        ProtectTable("developers_checkpointaudience", seats("developer_id", "organisation_id"), OWN),
        ProtectTable("developers_frontiermodel", any_of(OWN, audience("developers_modelaudience")), OWN),
        ProtectTable("developers_modelcheckpoint", any_of(OWN, audience("developers_checkpointaudience")), OWN),
        ProtectTable("developers_modelvariant", OWN),
        GuardStatus("developers.workflow.DEVELOPER", "developers_developer"),
        Track("developers_developer", parties=("organisation_id", "verifier_id")),
        Track("developers_frontiermodel", redact=("codename", "public_name"), parties=("developer_id",)),
        Track("developers_modelcheckpoint", redact=("label", "configuration_note"), parties=("developer_id",)),
        Track("developers_modelvariant", parties=("developer_id",)),
        Track("developers_modelaudience", parties=("developer_id",)),
        Track("developers_checkpointaudience", parties=("developer_id",)),
    ]
