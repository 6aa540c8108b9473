-- Schema and default privileges of one database (idempotent; run as superuser): data, never TRUNCATE or CREATE.
-- The roles of mail, sealer and sweeper get what they need table by table, in the migrations of the rooms.
ALTER SCHEMA public OWNER TO concord_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE concord_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES
    TO concord_web, concord_worker, concord_agency_treasury, concord_agency_defense, concord_agency_commerce,
       concord_agency_homeland;
ALTER DEFAULT PRIVILEGES FOR ROLE concord_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES
    TO concord_web, concord_worker, concord_agency_treasury, concord_agency_defense, concord_agency_commerce,
       concord_agency_homeland;
