"""An agency that left reads the agreement as it stood when it left: not what the others changed afterwards."""

from django.db import migrations

# A context that acts for the developer (a clock, an action that follows the agreement) reads all of it.
POLICY = """
CREATE POLICY agreements_consolidation_left ON agreements_consolidation AS RESTRICTIVE FOR SELECT USING (
    developer_id IN (SELECT concord_seats())
    OR NOT EXISTS (
        SELECT 1 FROM agreements_agreementparty party
        WHERE party.target_id = agreements_consolidation.agreement_id
          AND party.left_at < agreements_consolidation.created_at
          AND party.organisation_id IN (SELECT concord_seats())
    )
)"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0090_leaving_and_replacing")]

    operations = [
        migrations.RunSQL(POLICY, "DROP POLICY agreements_consolidation_left ON agreements_consolidation"),
    ]
