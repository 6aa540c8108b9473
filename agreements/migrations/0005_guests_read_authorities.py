"""Who may read an agreement by a grant also reads on whose authority its signatures stand."""

from django.db import migrations

from core.rls import seats

AGENCY = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = organisation_id AND o.kind = 'agency')"
BEFORE = f"{seats('organisation_id')} OR {AGENCY} OR (SELECT concord_at_agency())"
HOST = "organisation_id IN (SELECT concord_hosts()) AND id IN (SELECT s.authority_id FROM agreements_signatory s)"
ALTER = "ALTER POLICY agreements_signatureauthority_seat ON agreements_signatureauthority USING ({0})"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_protect_grants")]

    operations = [migrations.RunSQL(ALTER.format(f"{BEFORE} OR ({HOST})"), ALTER.format(BEFORE))]
