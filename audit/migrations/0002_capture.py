"""Triggers: hash and queue each event, capture row changes, append only. Policies and rights of the two tables."""

from django.db import migrations

from audit.operations import Track

STAMP = """
CREATE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    NEW.nonce := uuid_send(gen_random_uuid());
    NEW.body_hash := sha256(NEW.nonce || convert_to(NEW.body, 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER audit_stamp BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_stamp();
CREATE FUNCTION audit_enqueue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO audit_queue (event_id, party) SELECT NEW.id, unnest(NEW.parties || NULL::uuid);
    RETURN NULL;
END $$;
CREATE TRIGGER audit_enqueue AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_enqueue();
"""

# Compares unredacted rows and redacts only in the body, or a change of a secret column alone would go unrecorded.
CAPTURE = """
CREATE FUNCTION audit_capture() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    became jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
    one jsonb := CASE WHEN TG_OP = 'DELETE' THEN was ELSE became END;
    hidden text[] := string_to_array(TG_ARGV[0], ',');
    changes jsonb := '{}'::jsonb;
    name text;
BEGIN
    FOR name IN SELECT key FROM jsonb_object_keys(was || became) AS key ORDER BY key LOOP
        IF was -> name IS DISTINCT FROM became -> name THEN
            changes := changes || jsonb_build_object(name, CASE WHEN name = ANY (hidden) THEN '"(redacted)"'::jsonb
                WHEN TG_OP = 'UPDATE' THEN jsonb_build_array(was -> name, became -> name)
                ELSE coalesce(became -> name, was -> name) END);
        END IF;
    END LOOP;
    IF TG_OP = 'UPDATE' AND changes = '{}'::jsonb THEN
        RETURN NULL;
    END IF;
    INSERT INTO audit_event (id, at, parties, actor, verb, object_type, object_id, request_id, reason, body, nonce, body_hash)
    VALUES (gen_random_uuid(), clock_timestamp(),
        ARRAY(SELECT DISTINCT (one ->> c)::uuid FROM unnest(string_to_array(TG_ARGV[1], ',')) AS c WHERE one ->> c IS NOT NULL),
        coalesce(nullif(current_setting('concord.actor', true), ''), session_user),
        'row.' || lower(TG_OP), TG_TABLE_NAME, coalesce(one ->> 'id', ''), coalesce(current_setting('concord.request', true), ''),
        '', jsonb_build_object('op', TG_OP, 'table', TG_TABLE_NAME, 'changes', changes)::text, '', '');
    RETURN NULL;
END $$
"""

FENCE = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit record is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM PUBLIC;
REVOKE ALL ON audit_queue FROM PUBLIC;
DO $$
DECLARE role text;
BEGIN
    FOR role IN SELECT rolname FROM pg_roles WHERE rolname LIKE 'concord\\_%' AND rolname <> current_user LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM %I', role);
        IF role = 'concord_sealer' THEN
            EXECUTE format('REVOKE INSERT, UPDATE, TRUNCATE ON audit_queue FROM %I', role);
        ELSE
            EXECUTE format('REVOKE ALL ON audit_queue FROM %I', role);
        END IF;
    END LOOP;
END $$;
"""

# Anybody may add an event; parties, the sealer and oversight read. The definer functions insert as the owner.
POLICY = """
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_event_add ON audit_event FOR INSERT WITH CHECK (true);
CREATE POLICY audit_event_read ON audit_event FOR SELECT
    USING (parties && ARRAY(SELECT concord_seats()) OR (SELECT concord_oversees()));
"""

OVERSEES = """
CREATE FUNCTION concord_oversees() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = concord_user() AND u.is_active AND u.is_staff)
        OR EXISTS (SELECT 1 FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
                    WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active AND 'auditor' = ANY (m.roles))
        OR session_user = 'concord_sealer'
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("accounts", "0002_row_level_security"),
        ("agencies", "0001_initial"),
        ("accounts", "0004_protect_invitation"),
    ]

    operations = [
        migrations.RunSQL(STAMP, "DROP FUNCTION audit_stamp() CASCADE; DROP FUNCTION audit_enqueue() CASCADE"),
        migrations.RunSQL(CAPTURE, "DROP FUNCTION audit_capture() CASCADE"),
        migrations.RunSQL(FENCE, "DROP FUNCTION audit_append_only() CASCADE"),
        migrations.RunSQL(OVERSEES, "DROP FUNCTION concord_oversees() CASCADE"),
        migrations.RunSQL(
            POLICY, "DROP POLICY audit_event_add ON audit_event; DROP POLICY audit_event_read ON audit_event"
        ),
        Track("accounts_user", ("password",), ()),
        Track("accounts_organisation", (), ("id",)),
        Track("accounts_membership", (), ("organisation_id",)),
        Track("accounts_invitation", ("token_hash", "email"), ("organisation_id",)),
        Track("agencies_testingcapability", (), ("agency_id",)),
    ]
