-- Roles of every process (idempotent; run as superuser). The same file serves docker-compose's initdb folder.
-- Nothing of ours connects as superuser, as owner (but for migrations) or with BYPASSRLS (but for backups).
DO $roles$
DECLARE
    name text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concord_owner') THEN
        CREATE ROLE concord_owner LOGIN CREATEDB;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concord_backup') THEN
        CREATE ROLE concord_backup LOGIN BYPASSRLS;
    END IF;
    GRANT pg_read_all_data TO concord_backup;
    FOREACH name IN ARRAY ARRAY['concord_web', 'concord_worker', 'concord_mail', 'concord_sealer', 'concord_sweeper',
                                'concord_agency_treasury', 'concord_agency_defense', 'concord_agency_commerce',
                                'concord_agency_homeland'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', name);
        END IF;
        EXECUTE format('GRANT %I TO concord_owner', name);
    END LOOP;
END $roles$;
