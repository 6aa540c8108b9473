"""The library has authors now: its versions are under audit, and drafts are read by people of agencies only."""

from django.db import migrations

from audit.operations import Track
from core.operations import ProtectTable

AT_AGENCY = "(SELECT concord_at_agency())"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0009_library"), ("accounts", "0008_guests_and_factors")]

    operations = [
        ProtectTable("agreements_clausedraft", AT_AGENCY),
        Track("agreements_clause", (), ()),
        Track("agreements_clausealternative", (), ()),
        Track("agreements_agreementtemplate", (), ()),
        Track("agreements_clausedraft", ("text",), ()),
    ]
