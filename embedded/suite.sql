-- Only on servers that a test run throws away: to empty all tables past the append-only triggers, and to put back rows
-- that were made once, past triggers and row-level security (tests/remembered.py).
GRANT SET ON PARAMETER session_replication_role TO concord_owner;
CREATE ROLE test_suite NOLOGIN BYPASSRLS;
GRANT pg_read_all_data, pg_write_all_data TO test_suite;
GRANT SET ON PARAMETER session_replication_role TO test_suite;
GRANT test_suite TO concord_owner;
