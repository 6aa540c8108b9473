-- Schema and default privileges of one database (idempotent; run as superuser): data, never TRUNCATE or CREATE.
ALTER SCHEMA public OWNER TO concord_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE concord_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES
    TO concord_web, concord_worker, concord_mail, concord_sealer, concord_sweeper, concord_agency_treasury,
       concord_agency_defense, concord_agency_commerce, concord_agency_homeland;
ALTER DEFAULT PRIVILEGES FOR ROLE concord_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES
    TO concord_web, concord_worker, concord_mail, concord_sealer, concord_sweeper, concord_agency_treasury,
       concord_agency_defense, concord_agency_commerce, concord_agency_homeland;
