-- %(rows)s requests numbered by age (1 is the oldest), %(developers)s developers, %(people)s people beside the demo's.
-- The other names are ids of organisations. A statement ends with a semicolon at the end of its line.
CREATE TEMP TABLE dev AS
SELECT g AS number, gen_random_uuid() AS id FROM generate_series(0, %(developers)s - 1) g;
INSERT INTO accounts_organisation (id, created_at, kind, name, slug, parent_id, database_role)
SELECT id, now(), 'developer', 'Developer ' || number, NULL, NULL::uuid, '' FROM dev
UNION ALL SELECT %(oldest)s, now(), 'developer', 'Developer of old', NULL, NULL, ''
UNION ALL SELECT %(nothing)s, now(), 'developer', 'Developer of nothing', NULL, NULL, '';
CREATE TEMP TABLE person AS SELECT g AS number, gen_random_uuid() AS id FROM generate_series(1, %(people)s) g;
INSERT INTO accounts_user (id, created_at, email, name, post, time_zone, keyboard_shortcuts, is_active, is_staff,
                           is_superuser, password)
SELECT id, now(), 'person' || number || '@developers.example', 'Person ' || number, '', 'UTC', true, true, false, false, '!'
  FROM person;
INSERT INTO accounts_membership (id, created_at, user_id, organisation_id, roles, ended_at)
SELECT gen_random_uuid(), now(), p.id, d.id, '{drafter}'::varchar[], NULL::timestamptz
  FROM person p JOIN dev d ON d.number = p.number %% %(developers)s WHERE p.number > 3
UNION ALL SELECT gen_random_uuid(), now(), p.id, d.id, '{drafter}'::varchar[], NULL::timestamptz FROM person p JOIN dev d ON d.number < 20 WHERE p.number = 1
UNION ALL SELECT gen_random_uuid(), now(), id, %(oldest)s, '{drafter}'::varchar[], NULL::timestamptz FROM person WHERE number = 2
UNION ALL SELECT gen_random_uuid(), now(), id, %(nothing)s, '{drafter}'::varchar[], NULL::timestamptz FROM person WHERE number = 3;
CREATE TEMP TABLE req AS
SELECT g AS i, gen_random_uuid() AS id,
       now() - interval '1 day' - (%(rows)s - g) * (interval '1825 days' / %(rows)s) AS created_at,
       CASE WHEN g <= %(oldest_rows)s THEN %(oldest)s ELSE d.id END AS developer_id,
       CASE WHEN g %% 2 = 0 THEN %(commerce)s WHEN g %% 3 = 0 THEN %(treasury)s
            WHEN g %% 3 = 1 THEN %(defense)s ELSE %(homeland)s END AS agency_id,
       CASE WHEN g %% 20 = 1 THEN 'draft' WHEN g %% 1000 = 8 THEN 'submitted' WHEN g %% 100 = 10 THEN 'accepted' WHEN g %% 100 = 20 THEN 'scheduled'
            WHEN g %% 40 = 3 THEN 'withdrawn' WHEN g %% 40 = 4 THEN 'window_open' ELSE 'closed' END AS status
  FROM generate_series(1, %(rows)s) g JOIN dev d ON d.number = g %% %(developers)s;
INSERT INTO early_access_earlyaccessrequest (id, created_at, reference, developer_id, intake_agency_id, track,
       changes_since, intended_uses, limitations, status, row_version, submitted_at, question, answer, ended_reason)
SELECT id, created_at, 'REQ-' || upper(lpad(to_hex(i), 8, '0')), developer_id,
       CASE WHEN status <> 'draft' THEN agency_id END, 'eo_3b2', '', '', '', status, 1,
       CASE WHEN status <> 'draft' THEN created_at END, '', '', '' FROM req;
INSERT INTO early_access_requestaudience (id, created_at, developer_id, organisation_id, target_id, status)
SELECT gen_random_uuid(), created_at, developer_id, agency_id, id, status FROM req WHERE status <> 'draft'
UNION ALL SELECT gen_random_uuid(), created_at, developer_id, %(commerce_caisi)s, id, status FROM req WHERE status <> 'draft' AND i %% 2 = 0
UNION ALL SELECT gen_random_uuid(), created_at, developer_id, %(defense_nsa)s, id, status FROM req WHERE status <> 'draft' AND i %% 3 = 0
UNION ALL SELECT gen_random_uuid(), created_at, developer_id, %(homeland_cisa)s, id, status FROM req WHERE status <> 'draft' AND i %% 5 = 0;
INSERT INTO early_access_agencyconsent (id, created_at, developer_id, request_id, agency_id, consented)
SELECT gen_random_uuid(), created_at, developer_id, id, %(commerce_caisi)s, true FROM req WHERE status <> 'draft' AND i %% 2 = 0;
INSERT INTO early_access_requesteddomain (id, created_at, developer_id, request_id, domain, access_level)
SELECT gen_random_uuid(), created_at, developer_id, id, 'cybersecurity', 1 FROM req WHERE status <> 'draft';
INSERT INTO early_access_accesswindow (id, created_at, developer_id, request_id, starts_on, ends_on, trusted_partner_on,
       longer_by_consent, developer_confirmed_at)
SELECT gen_random_uuid(), created_at, developer_id, id, current_date + 7, current_date + 36, current_date + 60, false,
       created_at FROM req WHERE status IN ('accepted', 'scheduled', 'window_open') OR (status = 'closed' AND i %% 2 = 0);
CREATE TEMP TABLE agreement AS SELECT gen_random_uuid() AS id, id AS developer_id, number FROM dev
UNION ALL SELECT gen_random_uuid(), %(oldest)s, %(developers)s;
INSERT INTO agreements_testingagreement (id, created_at, reference, developer_id, drafted_by_id, started_by_id, template_id,
       instrument, title, status, "order", steps, amended, concurrence_order, concurrence_blind, effective_on, fully_executed_at,
       ended_reason)
SELECT id, now(), 'AGR-' || upper(lpad(to_hex(number), 8, '0')), developer_id, %(commerce)s,
       (SELECT id FROM person WHERE number = 4), (SELECT id FROM agreements_agreementtemplate LIMIT 1), 'mou',
       'Framework agreement', 'in_force', ARRAY[developer_id, %(commerce)s::uuid], '{}', 0, 'parallel', false, current_date - 30, now(), ''
  FROM agreement;
INSERT INTO agreements_agreementparty (id, created_at, target_id, organisation_id, developer_id, role, position, status)
SELECT gen_random_uuid(), now(), id, developer_id, developer_id, 'developer', 0, 'in_force' FROM agreement
UNION ALL SELECT gen_random_uuid(), now(), id, %(commerce)s, developer_id, 'agency', 1, 'in_force' FROM agreement;
UPDATE agencies_testingcapability SET parallel_capacity = 32767
 WHERE agency_id = %(commerce_caisi)s AND domain = 'cybersecurity';
CREATE TEMP TABLE attempt AS
SELECT gen_random_uuid() AS id, id AS request_id, i, created_at, developer_id, agency_id FROM req WHERE status IN ('window_open', 'closed') AND i %% 2 = 0;
INSERT INTO evaluations_routingattempt (id, created_at, request_id, developer_id, router_id, number, rule_set_id, placed, cause)
SELECT id, created_at, request_id, developer_id, agency_id, 1,
       (SELECT id FROM evaluations_routingruleset ORDER BY number DESC LIMIT 1), 1, 'The dates were agreed' FROM attempt;
INSERT INTO evaluations_evaluationassignment (id, created_at, reference, request_id, developer_id, agency_id, status,
       domains, access_level, attempt_id, received_at, answer_due_at, ended_reason)
SELECT gen_random_uuid(), created_at, 'ASG-' || upper(lpad(to_hex(i), 8, '0')), request_id, developer_id, %(commerce_caisi)s,
       'report_delivered', '{cybersecurity}', 1, id, created_at, created_at, ''
  FROM attempt;
INSERT INTO audit_event (id, at, parties, actor, verb, object_type, object_id, request_id, reason, body, nonce, body_hash)
SELECT gen_random_uuid(), created_at, ARRAY[developer_id, agency_id], 'anonymous', 'early_access.submit',
       'early_access_earlyaccessrequest', id::text, '', '', '{}', '\x00', '\x00' FROM req;
INSERT INTO jobs_job (id, created_at, kind, queue, key, organisations, payload, state, attempts, max_attempts, not_before,
       fence, rung, next_ring_at, done_at, error)
SELECT gen_random_uuid(), created_at, 'notifications.mail', 'mail', 'loaded:' || i, '{}', '{}', 'done', 1, 8, created_at, 1, 1,
       created_at, created_at, '' FROM req WHERE i %% 2 = 0;
