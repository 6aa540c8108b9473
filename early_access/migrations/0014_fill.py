"""What was submitted before pins and consents per variant gets its first state and its consents; openings get their version.

Apart from the migrations that made the tables: their foreign keys stand by now, and rows are checked against them past the
policies. Written so that it does nothing where the rows are there already."""

from django.db import migrations

READ = (
    "early_access_earlyaccessrequest", "early_access_accessspecification", "early_access_requestvariant",
    "developers_modelcheckpoint", "early_access_agencyconsent", "early_access_accesscredential",
    "early_access_credentialopening", "early_access_pinnedstate", "early_access_variantconsent",
)  # fmt: skip
# The newest specification of each request, since nothing says which one it was first.
PINS = """
INSERT INTO early_access_pinnedstate (id, created_at, number, configuration_sha256, variants, since, sentence, checkpoint_id,
                     developer_id, request_id, specification_id)
SELECT gen_random_uuid(), r.submitted_at, 1, c.configuration_sha256,
       ARRAY(SELECT v.kind FROM early_access_requestvariant v WHERE v.request_id = r.id ORDER BY v.kind), r.submitted_at, '',
       c.id, r.developer_id, r.id,
       (SELECT s.id FROM early_access_accessspecification s WHERE s.request_id = r.id ORDER BY s.version DESC LIMIT 1)
  FROM early_access_earlyaccessrequest r JOIN developers_modelcheckpoint c ON c.id = r.checkpoint_id
 WHERE r.submitted_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM early_access_pinnedstate p WHERE p.request_id = r.id)"""
# What was consented to before held for every variant that was offered: it is written down, nothing more is given.
CONSENTS = """
INSERT INTO early_access_variantconsent (id, created_at, developer_id, request_id, agency_id, kind, consented, own_key)
SELECT gen_random_uuid(), c.created_at, c.developer_id, c.request_id, c.agency_id, v.kind, c.consented, false
  FROM early_access_agencyconsent c JOIN early_access_requestvariant v ON v.request_id = c.request_id
    ON CONFLICT (request_id, agency_id, kind) DO NOTHING"""
# Openings do not change; which version it was is copied to them once, since an agency cannot read a revoked credential.
VERSIONS = """
UPDATE early_access_credentialopening o SET version = c.version
  FROM early_access_accesscredential c WHERE c.id = o.credential_id AND c.version <> o.version"""


class Migration(migrations.Migration):
    dependencies = [("early_access", "0013_keys_per_variant")]

    operations = [
        migrations.RunSQL(
            [
                *[f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in READ],
                PINS,
                CONSENTS,
                "SET CONSTRAINTS ALL IMMEDIATE",
                "ALTER TABLE early_access_credentialopening DISABLE TRIGGER USER",
                VERSIONS,
                "ALTER TABLE early_access_credentialopening ENABLE TRIGGER USER",
                *[f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in READ],
            ],
            migrations.RunSQL.noop,
        )
    ]
