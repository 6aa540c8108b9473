"""The same rows for the same people, found through indexes: the first form gathered all that an agency may read."""

from django.db import migrations

from core.operations import AmendPolicy, any_of
from core.rls import audience, read_by, seated, seats

REQUEST, AUDIENCE = "early_access_earlyaccessrequest", "early_access_requestaudience"


class Migration(migrations.Migration):
    dependencies = [("early_access", "0002_protect")]

    operations = [
        AmendPolicy(AUDIENCE, seated("organisation_id", "developer_id"), seats("developer_id", "organisation_id")),
        AmendPolicy(
            REQUEST,
            any_of(seated("developer_id"), read_by(AUDIENCE, REQUEST)),
            any_of(seats("developer_id"), audience(AUDIENCE)),
        ),
    ]
