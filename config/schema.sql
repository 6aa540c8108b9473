-- Made from the migrations by `./concord manage schema`; do not edit.
-- An empty database of PostgreSQL 18 begins with it; migrations that came later run on top.

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA concord_narrow;

CREATE FUNCTION public.alone_in_post() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM agreements_incumbency i
        WHERE i.post_id = NEW.post_id AND i.acting = NEW.acting AND i.id <> NEW.id
          AND tstzrange(i.begins_at, i.ends_at) && tstzrange(NEW.begins_at, NEW.ends_at)
    ) THEN
        RAISE EXCEPTION 'somebody else is in the post at that time' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.audit_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the audit record is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION public.audit_capture() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    became jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
    one jsonb := CASE WHEN TG_OP = 'DELETE' THEN was ELSE became END;
    hidden text[] := string_to_array(TG_ARGV[0], ',');
    changes jsonb := '{}'::jsonb;
    name text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        FOR name IN SELECT key FROM jsonb_object_keys(was || became) AS key ORDER BY key LOOP
            IF was -> name IS DISTINCT FROM became -> name THEN
                changes := changes || jsonb_build_object(name, CASE WHEN name = ANY (hidden) THEN '"(redacted)"'::jsonb
                    ELSE jsonb_build_array(was -> name, became -> name) END);
            END IF;
        END LOOP;
        IF changes = '{}'::jsonb THEN
            RETURN NULL;
        END IF;
    ELSE
        changes := one;
        FOREACH name IN ARRAY hidden LOOP
            IF one ? name THEN
                changes := jsonb_set(changes, ARRAY[name], '"(redacted)"');
            END IF;
        END LOOP;
    END IF;
    INSERT INTO audit_event (id, at, parties, actor, verb, object_type, object_id, request_id, reason, body, nonce, body_hash)
    VALUES (gen_random_uuid(), clock_timestamp(),
        ARRAY(SELECT DISTINCT (one ->> c)::uuid FROM unnest(string_to_array(TG_ARGV[1], ',')) AS c WHERE one ->> c IS NOT NULL),
        coalesce(nullif(current_setting('concord.actor', true), ''), session_user),
        'row.' || lower(TG_OP), TG_TABLE_NAME, coalesce(one ->> 'id', ''), coalesce(current_setting('concord.request', true), ''),
        '', jsonb_build_object('op', TG_OP, 'table', TG_TABLE_NAME, 'changes', changes)::text, '', '');
    RETURN NULL;
END $$;

CREATE FUNCTION public.audit_enqueue() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    INSERT INTO audit_queue (event_id, party) SELECT NEW.id, unnest(NEW.parties || NULL::uuid);
    RETURN NULL;
END $$;

CREATE FUNCTION public.audit_stamp() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    NEW.nonce := uuid_send(gen_random_uuid());
    NEW.body_hash := sha256(NEW.nonce || convert_to(NEW.body, 'UTF8'));
    RETURN NEW;
END $$;

CREATE FUNCTION public.concord_agencies() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    RETURN QUERY SELECT o.id FROM accounts_organisation o WHERE o.kind = 'agency';
END $$;

CREATE FUNCTION public.concord_agreements() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT p.target_id FROM agreements_agreementparty p WHERE p.organisation_id IN (SELECT concord_seats())
    UNION
    SELECT g.target_id FROM agreements_agreementgrant g
     WHERE g.user_id = concord_user() AND g.expires_at > now() AND g.organisation_id IN (SELECT concord_hosts())
    UNION
    SELECT c.agreement_id FROM agreements_concurrencepart c WHERE c.organisation_id IN (SELECT concord_seats())
$$;

CREATE FUNCTION public.concord_answers_for() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT h.id FROM concord_hosts() h (id)
    UNION
    SELECT unnest(string_to_array(nullif(current_setting('concord.orgs', true), ''), ',')::uuid[])
     WHERE session_user NOT LIKE 'concord\_agency\_%'
$$;

CREATE FUNCTION public.concord_at_agency() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT EXISTS (SELECT 1 FROM accounts_organisation o
                    WHERE o.kind IN ('agency', 'oversight') AND o.id IN (SELECT concord_seats()))
$$;

CREATE FUNCTION public.concord_conflicts() RETURNS SETOF uuid
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT developer_id FROM evaluations_conflictofinterest WHERE person_id = concord_user() AND ended_at IS NULL
$$;

CREATE FUNCTION public.concord_enter(person text, orgs text, actor text, request text, token text) RETURNS TABLE(roles character varying[], direct boolean, id uuid, created_at timestamp with time zone, kind character varying, name character varying, slug character varying, parent_id uuid, database_role character varying)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    PERFORM set_config('concord.user', person, true), set_config('concord.orgs', orgs, true),
            set_config('concord.actor', actor, true), set_config('concord.request', request, true),
            set_config('concord.only', token, true);
    RETURN QUERY SELECT * FROM concord_seats_of(nullif(person, '')::uuid);
END $$;

CREATE FUNCTION public.concord_hosts() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT m.organisation_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
     WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active AND coalesce(nullif(current_setting('concord.only', true), '')::uuid, m.organisation_id) = m.organisation_id
       AND session_user NOT LIKE 'concord\_agency\_%'
$$;

CREATE FUNCTION public.concord_oversees() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = concord_user() AND u.is_active AND u.is_staff)
        OR EXISTS (SELECT 1 FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
                    WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active AND 'auditor' = ANY (m.roles))
        OR session_user = 'concord_sealer'
$$;

CREATE FUNCTION public.concord_party_agreements() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT p.target_id FROM agreements_agreementparty p WHERE p.organisation_id IN (SELECT concord_seats())
$$;

CREATE FUNCTION public.concord_plans() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT p.id FROM agreements_concurrenceplan p WHERE p.agency_id IN (SELECT concord_seats())
    UNION
    SELECT c.target_id FROM agreements_concurrencepart c WHERE c.organisation_id IN (SELECT concord_seats())
$$;

CREATE FUNCTION public.concord_seats() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    person uuid;
    token uuid;
    held uuid[];
    everywhere boolean;
BEGIN
    IF session_user LIKE 'concord\_agency\_%' THEN
        RETURN QUERY SELECT o.id FROM accounts_organisation o WHERE o.database_role = session_user;
        RETURN;
    END IF;
    RETURN QUERY SELECT unnest(string_to_array(nullif(current_setting('concord.orgs', true), ''), ',')::uuid[]);
    person := nullif(current_setting('concord.user', true), '')::uuid;
    IF person IS NULL THEN
        RETURN;
    END IF;
    token := nullif(current_setting('concord.only', true), '')::uuid;
    SELECT array_agg(m.organisation_id) FILTER (WHERE m.id IS NOT NULL),
           (token IS NULL AND u.is_staff) OR coalesce(bool_or('auditor' = ANY (m.roles)), false)
      INTO held, everywhere
      FROM accounts_user u
      LEFT JOIN accounts_membership m ON m.user_id = u.id AND m.ended_at IS NULL
       AND m.roles <> ARRAY['outside_counsel']::varchar[] AND (token IS NULL OR m.organisation_id = token)
     WHERE u.id = person AND u.is_active GROUP BY u.id;
    IF everywhere THEN
        RETURN QUERY SELECT o.id FROM accounts_organisation o;
    ELSIF held IS NOT NULL THEN
        RETURN QUERY SELECT unnest(held);
        RETURN QUERY SELECT c.id FROM accounts_organisation c WHERE c.parent_id = ANY (held);
    END IF;
END $$;

CREATE FUNCTION public.concord_seats_of(person uuid) RETURNS TABLE(roles character varying[], direct boolean, id uuid, created_at timestamp with time zone, kind character varying, name character varying, slug character varying, parent_id uuid, database_role character varying)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public'
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.roles, o.direct, o.id, o.created_at, o.kind, o.name, o.slug, o.parent_id, o.database_role
      FROM accounts_membership m CROSS JOIN LATERAL (
           SELECT true AS direct, h.* FROM accounts_organisation h WHERE h.id = m.organisation_id
           UNION ALL
           SELECT false, c.* FROM accounts_organisation c WHERE c.parent_id = m.organisation_id AND c.kind = 'agency') o
     WHERE m.user_id = person AND m.ended_at IS NULL AND m.roles <> ARRAY['outside_counsel']::varchar[]
     ORDER BY m.created_at, m.id;
END $$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.accounts_user (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(150) NOT NULL,
    post character varying(150) NOT NULL,
    time_zone character varying(64) NOT NULL,
    keyboard_shortcuts boolean NOT NULL,
    is_active boolean NOT NULL,
    is_staff boolean NOT NULL
);

CREATE FUNCTION public.concord_session(key text, at timestamp with time zone) RETURNS TABLE(session_data text, person public.accounts_user)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    RETURN QUERY
    SELECT s.session_data, u FROM django_session s
      LEFT JOIN usersessions_usersession k ON k.session_key = s.session_key LEFT JOIN accounts_user u ON u.id = k.user_id
     WHERE s.session_key = key AND s.expire_date > at;
END $$;

CREATE FUNCTION public.concord_user() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT nullif(current_setting('concord.user', true), '')::uuid
$$;

CREATE FUNCTION public.copied_agreements_agreementparty_status() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    SELECT status INTO STRICT NEW.status FROM agreements_testingagreement WHERE id = NEW.target_id;
    RETURN NEW;
END $$;

CREATE FUNCTION public.copied_early_access_requestaudience_status() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    SELECT status INTO STRICT NEW.status FROM early_access_earlyaccessrequest WHERE id = NEW.target_id;
    RETURN NEW;
END $$;

CREATE FUNCTION public.copy_agreements_testingagreement_status() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    UPDATE agreements_agreementparty SET status = NEW.status WHERE target_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.copy_early_access_accesswindow_to_places() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    UPDATE evaluations_evaluationassignment SET tests_from = NEW.starts_on, tests_until = NEW.ends_on
     WHERE request_id = NEW.request_id;
    UPDATE evaluations_placeturn SET tests_from = NEW.starts_on, tests_until = NEW.ends_on
     WHERE request_id = NEW.request_id AND ended_at IS NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION public.copy_early_access_earlyaccessrequest_status() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    UPDATE early_access_requestaudience SET status = NEW.status WHERE target_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.copy_evaluations_evaluationassignment_to_board() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    UPDATE evaluations_routingdecision SET status = NEW.status,
           since = CASE WHEN NEW.status = OLD.status THEN since ELSE clock_timestamp() END,
           due_at = CASE NEW.status WHEN 'proposed' THEN NEW.answer_due_at WHEN 'analysis' THEN NEW.report_due_at
                                    WHEN 'developer_fact_check' THEN NEW.fact_check_due_at END
     WHERE attempt_id = NEW.attempt_id AND agency_id = NEW.agency_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.freeze_agreements_agreementclause() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM agreements_agreementversion v WHERE v.id = OLD.version_id AND v.frozen_at IS NOT NULL) AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'agreements_agreementclause rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_agreementtemplate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'is_current' IS DISTINCT FROM to_jsonb(NEW) - 'is_current') THEN
        RAISE EXCEPTION 'agreements_agreementtemplate rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_agreementversion() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'agreements_agreementversion rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_amendmentoperation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'agreements_amendmentoperation rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_clause() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'agreements_clause rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_clausealternative() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'agreements_clausealternative rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_clausecomment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'resolved_at' - 'resolved_by_id' - 'reopened_at' - 'reopened_by_id' - 'revealed_at' IS DISTINCT FROM to_jsonb(NEW) - 'resolved_at' - 'resolved_by_id' - 'reopened_at' - 'reopened_by_id' - 'revealed_at') THEN
        RAISE EXCEPTION 'agreements_clausecomment rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_clausesuggestion() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'status' - 'decided_at' - 'decided_by_id' - 'decided_for_id' - 'answer' IS DISTINCT FROM to_jsonb(NEW) - 'status' - 'decided_at' - 'decided_by_id' - 'decided_for_id' - 'answer') THEN
        RAISE EXCEPTION 'agreements_clausesuggestion rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_completioncertificate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'agreements_completioncertificate rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_consolidation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'agreements_consolidation rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_deviation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'verdict' - 'decided_at' - 'decided_by_id' IS DISTINCT FROM to_jsonb(NEW) - 'verdict' - 'decided_at' - 'decided_by_id') THEN
        RAISE EXCEPTION 'agreements_deviation rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_incumbency() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'ends_at' - 'concurred_at' - 'concurred_by_id' - 'ended_by_id' - 'ended_reason' IS DISTINCT FROM to_jsonb(NEW) - 'ends_at' - 'concurred_at' - 'concurred_by_id' - 'ended_by_id' - 'ended_reason') THEN
        RAISE EXCEPTION 'agreements_incumbency rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_issuedfile() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'voided_at' IS DISTINCT FROM to_jsonb(NEW) - 'voided_at') THEN
        RAISE EXCEPTION 'agreements_issuedfile rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_obligation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'agreements_obligation rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_owncertificate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'retired_at' - 'retired_by_id' IS DISTINCT FROM to_jsonb(NEW) - 'retired_at' - 'retired_by_id') THEN
        RAISE EXCEPTION 'agreements_owncertificate rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_post() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'ended_at' - 'ended_by_id' - 'ended_reason' IS DISTINCT FROM to_jsonb(NEW) - 'ended_at' - 'ended_by_id' - 'ended_reason') THEN
        RAISE EXCEPTION 'agreements_post rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_remotesigning() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'answered_at' - 'signature' - 'failure' IS DISTINCT FROM to_jsonb(NEW) - 'answered_at' - 'signature' - 'failure') THEN
        RAISE EXCEPTION 'agreements_remotesigning rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_signatory() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'declined_at' - 'voided_at' - 'voided_by_id' - 'voided_reason' - 'tier' IS DISTINCT FROM to_jsonb(NEW) - 'declined_at' - 'voided_at' - 'voided_by_id' - 'voided_reason' - 'tier') THEN
        RAISE EXCEPTION 'agreements_signatory rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_signature() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'agreements_signature rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_signatureauthority() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'concurred_at' - 'concurred_by_id' - 'revoked_at' - 'revoked_by_id' - 'revoked_reason' - 'standing' IS DISTINCT FROM to_jsonb(NEW) - 'concurred_at' - 'concurred_by_id' - 'revoked_at' - 'revoked_by_id' - 'revoked_reason' - 'standing') THEN
        RAISE EXCEPTION 'agreements_signatureauthority rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_agreements_signingturn() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'ended_at' - 'ending' IS DISTINCT FROM to_jsonb(NEW) - 'ended_at' - 'ending') THEN
        RAISE EXCEPTION 'agreements_signingturn rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_early_access_accessspecification() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'early_access_accessspecification rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_early_access_credentialopening() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'early_access_credentialopening rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_early_access_designation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'early_access_designation rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_early_access_destructioncertificate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'early_access_destructioncertificate rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_early_access_pinnedstate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'early_access_pinnedstate rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_early_access_requestdocument() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'early_access_requestdocument rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_early_access_weightsmanifest() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'early_access_weightsmanifest rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_early_access_weightsreceipt() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'early_access_weightsreceipt rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_early_access_weightssigner() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'early_access_weightssigner rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_evaluations_evaluationincident() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'status' - 'told_id' - 'containment' - 'measures' - 'contained_at' - 'notice' - 'notified_at' - 'investigation' - 'lessons' - 'moved_at' IS DISTINCT FROM to_jsonb(NEW) - 'status' - 'told_id' - 'containment' - 'measures' - 'contained_at' - 'notice' - 'notified_at' - 'investigation' - 'lessons' - 'moved_at') THEN
        RAISE EXCEPTION 'evaluations_evaluationincident rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_evaluations_evaluationreport() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.delivered_at IS NOT NULL AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'received_at' IS DISTINCT FROM to_jsonb(NEW) - 'received_at') THEN
        RAISE EXCEPTION 'evaluations_evaluationreport rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_evaluations_factcheckcomment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'evaluations_factcheckcomment rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_evaluations_finding() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'status' - 'moved_at' - 'answer_due_at' - 'row_version' IS DISTINCT FROM to_jsonb(NEW) - 'status' - 'moved_at' - 'answer_due_at' - 'row_version') THEN
        RAISE EXCEPTION 'evaluations_finding rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_evaluations_findingentry() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'evaluations_findingentry rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_evaluations_incidentnote() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'told_id' IS DISTINCT FROM to_jsonb(NEW) - 'told_id') THEN
        RAISE EXCEPTION 'evaluations_incidentnote rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_evaluations_routingrule() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM evaluations_routingruleset parent WHERE parent.id = OLD.rule_set_id AND parent.status = 'draft') AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'evaluations_routingrule rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.freeze_evaluations_routingruleset() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'evaluations_routingruleset rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.guard_agreements_clausesuggestion_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('pending') THEN
            RAISE EXCEPTION '% cannot begin as %', 'ClauseSuggestion', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('open', 'accepted'), ('open', 'declined'), ('open', 'taken_back'), ('pending', 'open'), ('pending', 'taken_back')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'ClauseSuggestion', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_agreements_testingagreement_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('draft') THEN
            RAISE EXCEPTION '% cannot begin as %', 'TestingAgreement', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('awaiting_signature', 'awaiting_signature'), ('awaiting_signature', 'in_force'), ('awaiting_signature', 'in_negotiation'), ('awaiting_signature', 'incorporated'), ('awaiting_signature', 'lapsed'), ('awaiting_signature', 'withdrawn'), ('draft', 'in_negotiation'), ('draft', 'lapsed'), ('draft', 'withdrawn'), ('in_clearance', 'awaiting_signature'), ('in_clearance', 'in_clearance'), ('in_clearance', 'in_negotiation'), ('in_clearance', 'lapsed'), ('in_clearance', 'withdrawn'), ('in_force', 'expired'), ('in_force', 'superseded'), ('in_force', 'suspended'), ('in_force', 'terminated'), ('in_negotiation', 'in_clearance'), ('in_negotiation', 'in_negotiation'), ('in_negotiation', 'lapsed'), ('in_negotiation', 'withdrawn'), ('suspended', 'expired'), ('suspended', 'in_force'), ('suspended', 'superseded'), ('suspended', 'terminated')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'TestingAgreement', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_developers_developer_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('registered') THEN
            RAISE EXCEPTION '% cannot begin as %', 'Developer', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('refused', 'verified'), ('registered', 'refused'), ('registered', 'verified')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'Developer', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_early_access_designationinquiry_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('draft') THEN
            RAISE EXCEPTION '% cannot begin as %', 'DesignationInquiry', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('acknowledged', 'closed_undetermined'), ('acknowledged', 'under_benchmark'), ('acknowledged', 'withdrawn'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'acknowledged'), ('submitted', 'withdrawn'), ('under_benchmark', 'closed_undetermined'), ('under_benchmark', 'determined'), ('under_benchmark', 'withdrawn')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'DesignationInquiry', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_early_access_earlyaccessrequest_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('draft') THEN
            RAISE EXCEPTION '% cannot begin as %', 'EarlyAccessRequest', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('accepted', 'scheduled'), ('accepted', 'withdrawn'), ('acknowledged', 'accepted'), ('acknowledged', 'declined'), ('acknowledged', 'needs_information'), ('acknowledged', 'withdrawn'), ('closed', 'withdrawn'), ('declined', 'withdrawn'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('needs_information', 'acknowledged'), ('needs_information', 'declined'), ('needs_information', 'withdrawn'), ('reported', 'closed'), ('reported', 'withdrawn'), ('scheduled', 'window_closed'), ('scheduled', 'window_open'), ('scheduled', 'withdrawn'), ('submitted', 'acknowledged'), ('submitted', 'withdrawn'), ('window_closed', 'reported'), ('window_closed', 'withdrawn'), ('window_open', 'window_closed'), ('window_open', 'withdrawn')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'EarlyAccessRequest', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_early_access_releasenotice_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('planned') THEN
            RAISE EXCEPTION '% cannot begin as %', 'ReleaseNotice', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('amended', 'amended'), ('amended', 'cancelled'), ('issued', 'amended'), ('issued', 'cancelled'), ('planned', 'cancelled'), ('planned', 'issued')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'ReleaseNotice', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_early_access_trustedpartnernomination_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('nominated') THEN
            RAISE EXCEPTION '% cannot begin as %', 'TrustedPartnerNomination', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('access_active', 'ended'), ('access_active', 'revoked'), ('access_active', 'suspended'), ('agreed', 'ended'), ('agreed', 'revoked'), ('agreed', 'terms_signed'), ('nominated', 'ended'), ('nominated', 'not_agreed'), ('nominated', 'vetting'), ('suspended', 'access_active'), ('suspended', 'ended'), ('suspended', 'revoked'), ('terms_signed', 'access_active'), ('terms_signed', 'ended'), ('terms_signed', 'revoked'), ('vetting', 'agreed'), ('vetting', 'ended'), ('vetting', 'not_agreed')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'TrustedPartnerNomination', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_early_access_windowextension_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('proposed') THEN
            RAISE EXCEPTION '% cannot begin as %', 'WindowExtension', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('proposed', 'lapsed'), ('proposed', 'refused'), ('proposed', 'stands'), ('proposed', 'withdrawn')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'WindowExtension', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_evaluations_evaluationassignment_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('proposed') THEN
            RAISE EXCEPTION '% cannot begin as %', 'EvaluationAssignment', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('accepted', 'preparing'), ('accepted', 'stopped'), ('analysis', 'developer_fact_check'), ('analysis', 'report_delivered'), ('analysis', 'stopped'), ('developer_fact_check', 'analysis'), ('developer_fact_check', 'report_delivered'), ('developer_fact_check', 'stopped'), ('paused', 'analysis'), ('paused', 'running'), ('paused', 'stopped'), ('preparing', 'running'), ('preparing', 'stopped'), ('proposed', 'accepted'), ('proposed', 'declined'), ('proposed', 'stopped'), ('report_delivered', 'closed'), ('running', 'analysis'), ('running', 'paused'), ('running', 'stopped')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'EvaluationAssignment', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_evaluations_evaluationincident_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('reported') THEN
            RAISE EXCEPTION '% cannot begin as %', 'EvaluationIncident', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('contained', 'notified'), ('investigated', 'closed'), ('notified', 'investigated'), ('notified', 'notified'), ('reported', 'contained'), ('reported', 'notified')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'EvaluationIncident', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_evaluations_evaluationrun_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('queued', 'finished', 'failed', 'stopped') THEN
            RAISE EXCEPTION '% cannot begin as %', 'EvaluationRun', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('failed', 'queued'), ('lost', 'queued'), ('queued', 'starting'), ('queued', 'stopped'), ('running', 'failed'), ('running', 'finished'), ('running', 'lost'), ('running', 'stopping'), ('starting', 'failed'), ('starting', 'lost'), ('starting', 'running'), ('starting', 'stopping'), ('stopped', 'queued'), ('stopping', 'failed'), ('stopping', 'finished'), ('stopping', 'lost'), ('stopping', 'stopped')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'EvaluationRun', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_evaluations_finding_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('draft') THEN
            RAISE EXCEPTION '% cannot begin as %', 'Finding', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('acknowledged', 'accepted_risk'), ('acknowledged', 'disputed'), ('acknowledged', 'open_at_release'), ('acknowledged', 'remediation_planned'), ('acknowledged', 'resolved'), ('disputed', 'acknowledged'), ('disputed', 'open_at_release'), ('disputed', 'resolved'), ('draft', 'shared'), ('open_at_release', 'accepted_risk'), ('open_at_release', 'disputed'), ('open_at_release', 'remediated'), ('open_at_release', 'remediation_planned'), ('open_at_release', 'resolved'), ('remediated', 'open_at_release'), ('remediated', 'retested'), ('remediation_planned', 'accepted_risk'), ('remediation_planned', 'open_at_release'), ('remediation_planned', 'remediated'), ('remediation_planned', 'resolved'), ('retested', 'acknowledged'), ('retested', 'open_at_release'), ('retested', 'resolved'), ('shared', 'acknowledged'), ('shared', 'disputed'), ('shared', 'open_at_release'), ('shared', 'resolved')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'Finding', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_evaluations_routingruleset_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('draft') THEN
            RAISE EXCEPTION '% cannot begin as %', 'RoutingRuleSet', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('draft', 'discarded'), ('draft', 'published')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'RoutingRuleSet', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_evaluations_runlaunch_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('queued', 'finished', 'failed', 'stopped') THEN
            RAISE EXCEPTION '% cannot begin as %', 'EvaluationRun', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('failed', 'queued'), ('lost', 'queued'), ('queued', 'starting'), ('queued', 'stopped'), ('running', 'failed'), ('running', 'finished'), ('running', 'lost'), ('running', 'stopping'), ('starting', 'failed'), ('starting', 'lost'), ('starting', 'running'), ('starting', 'stopping'), ('stopped', 'queued'), ('stopping', 'failed'), ('stopping', 'finished'), ('stopping', 'lost'), ('stopping', 'stopped')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'EvaluationRun', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_webhooks_delivery_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('waiting', 'held') THEN
            RAISE EXCEPTION '% cannot begin as %', 'WebhookDelivery', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('delivered', 'waiting'), ('failed', 'waiting'), ('held', 'waiting'), ('waiting', 'delivered'), ('waiting', 'failed'), ('waiting', 'held')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'WebhookDelivery', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.guard_webhooks_endpoint_status() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('active') THEN
            RAISE EXCEPTION '% cannot begin as %', 'WebhookEndpoint', NEW.status USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('active', 'paused'), ('active', 'switched_off'), ('paused', 'active'), ('switched_off', 'active')) THEN
        RAISE EXCEPTION '% cannot go from % to %', 'WebhookEndpoint', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE VIEW concord_narrow.accounts_user AS
 SELECT id,
    created_at,
    last_login,
    is_superuser,
    email,
    name,
    post,
    time_zone,
    keyboard_shortcuts,
    is_active,
    is_staff,
    '!'::character varying(128) AS password
   FROM public.accounts_user;

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.accounts_apitoken (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(80) NOT NULL,
    hint character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    scope character varying(5) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_on date,
    revoked_at timestamp with time zone,
    organisation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT apitoken_expires_later CHECK ((expires_at > created_at)),
    CONSTRAINT apitoken_scope CHECK (((scope)::text = ANY ((ARRAY['read'::character varying, 'write'::character varying])::text[])))
);

ALTER TABLE ONLY public.accounts_apitoken FORCE ROW LEVEL SECURITY;

CREATE TABLE public.accounts_idempotencyrecord (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    key character varying(200) NOT NULL,
    digest character varying(64) NOT NULL,
    status smallint,
    response text NOT NULL,
    organisation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT accounts_idempotencyrecord_status_check CHECK ((status >= 0))
);

ALTER TABLE ONLY public.accounts_idempotencyrecord FORCE ROW LEVEL SECURITY;

CREATE TABLE public.accounts_invitation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    email character varying(254) NOT NULL,
    roles character varying(20)[] NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    accepted_by_id uuid,
    invited_by_id uuid,
    organisation_id uuid NOT NULL,
    CONSTRAINT invitation_accepted_both_or_neither CHECK ((((accepted_at IS NULL) AND (accepted_by_id IS NULL)) OR ((accepted_at IS NOT NULL) AND (accepted_by_id IS NOT NULL))))
);

ALTER TABLE ONLY public.accounts_invitation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.accounts_limits (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);

CREATE TABLE public.accounts_membership (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    roles character varying(20)[] NOT NULL,
    ended_at timestamp with time zone,
    user_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

ALTER TABLE ONLY public.accounts_membership FORCE ROW LEVEL SECURITY;

CREATE TABLE public.accounts_organisation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(200) NOT NULL,
    slug character varying(40),
    database_role character varying(63) NOT NULL,
    parent_id uuid,
    CONSTRAINT organisation_only_agencies_have_slugs CHECK ((((kind)::text = 'agency'::text) OR (((database_role)::text = ''::text) AND (parent_id IS NULL) AND (slug IS NULL))))
);

ALTER TABLE ONLY public.accounts_organisation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.accounts_user_groups (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    group_id integer NOT NULL
);

ALTER TABLE public.accounts_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.accounts_user_user_permissions (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.accounts_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.agencies_capacityperiod (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    domain character varying(40) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    places smallint NOT NULL,
    note character varying(200) NOT NULL,
    row_version integer NOT NULL,
    agency_id uuid NOT NULL,
    set_by_id uuid NOT NULL,
    CONSTRAINT agencies_capacityperiod_places_check CHECK ((places >= 0)),
    CONSTRAINT agencies_capacityperiod_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT capacity_period_at_least_a_day CHECK ((ends_on >= starts_on))
);

ALTER TABLE ONLY public.agencies_capacityperiod FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agencies_keycustody (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(12) NOT NULL,
    public_key text NOT NULL,
    key_id character varying(120) NOT NULL,
    row_version integer NOT NULL,
    set_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    set_by_id uuid,
    CONSTRAINT agencies_keycustody_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT custody_held_has_a_key CHECK (((((key_id)::text = ''::text) AND ((kind)::text = 'hosted'::text) AND (public_key = ''::text)) OR (((kind)::text = 'agency_held'::text) AND (NOT (public_key = ''::text)))))
);

ALTER TABLE ONLY public.agencies_keycustody FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agencies_testingcapability (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    domain character varying(40) NOT NULL,
    highest_access_level smallint NOT NULL,
    parallel_capacity smallint NOT NULL,
    is_active boolean NOT NULL,
    agency_id uuid NOT NULL,
    CONSTRAINT agencies_testingcapability_highest_access_level_check CHECK ((highest_access_level >= 0)),
    CONSTRAINT agencies_testingcapability_parallel_capacity_check CHECK ((parallel_capacity >= 0)),
    CONSTRAINT capability_at_least_one CHECK ((parallel_capacity >= 1))
);

CREATE TABLE public.agreements_agreementclause (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clause_id character varying(60) NOT NULL,
    "position" smallint NOT NULL,
    source character varying(12) NOT NULL,
    heading character varying(120) NOT NULL,
    text text NOT NULL,
    parameters jsonb NOT NULL,
    text_hash character varying(64) NOT NULL,
    version_id uuid NOT NULL,
    library_id uuid,
    alternative_id uuid,
    terms jsonb NOT NULL,
    CONSTRAINT agreements_agreementclause_position_check CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.agreements_agreementclause FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_agreementgrant (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    given_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    reason character varying(300) NOT NULL,
    target_id uuid NOT NULL,
    given_by_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    permission_id integer NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE ONLY public.agreements_agreementgrant FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_agreementparty (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    role character varying(12) NOT NULL,
    "position" smallint NOT NULL,
    developer_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    target_id uuid NOT NULL,
    status character varying(24) DEFAULT ''::character varying NOT NULL,
    leaves_on date,
    leaving_since timestamp with time zone,
    left_at timestamp with time zone,
    CONSTRAINT agreements_agreementparty_position_check CHECK (("position" >= 0)),
    CONSTRAINT party_leaves_after_notice CHECK ((((leaves_on IS NULL) AND (leaving_since IS NULL) AND (left_at IS NULL)) OR ((leaves_on IS NOT NULL) AND (leaving_since IS NOT NULL) AND ((role)::text = 'agency'::text))))
);

ALTER TABLE ONLY public.agreements_agreementparty FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_agreementtemplate (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    key character varying(60) NOT NULL,
    version smallint NOT NULL,
    instrument character varying(12) NOT NULL,
    name character varying(120) NOT NULL,
    description text NOT NULL,
    clause_ids uuid[] NOT NULL,
    variables jsonb NOT NULL,
    is_current boolean NOT NULL,
    published_by_id uuid,
    concurrence_order character varying(8) NOT NULL,
    concurrence_blind boolean NOT NULL,
    CONSTRAINT agreements_agreementtemplate_version_check CHECK ((version >= 0))
);

CREATE TABLE public.agreements_agreementversion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint,
    variables jsonb NOT NULL,
    row_version integer NOT NULL,
    edited_at timestamp with time zone,
    canonical text NOT NULL,
    text_hash character varying(64) NOT NULL,
    frozen_at timestamp with time zone,
    developer_id uuid NOT NULL,
    edited_by_id uuid,
    frozen_by_id uuid,
    organisation_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    written_against smallint NOT NULL,
    marking character varying(20) NOT NULL,
    CONSTRAINT agreements_agreementversion_number_check CHECK ((number >= 0)),
    CONSTRAINT agreements_agreementversion_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT agreements_agreementversion_written_against_check CHECK ((written_against >= 0)),
    CONSTRAINT version_frozen_all_or_none CHECK ((((frozen_at IS NULL) AND (frozen_by_id IS NULL) AND (number IS NULL)) OR ((frozen_at IS NOT NULL) AND (frozen_by_id IS NOT NULL) AND (number IS NOT NULL))))
);

ALTER TABLE ONLY public.agreements_agreementversion FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_amendmentoperation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(8) NOT NULL,
    clause_id character varying(60) NOT NULL,
    heading character varying(120) NOT NULL,
    after character varying(60) NOT NULL,
    name character varying(60) NOT NULL,
    expects text NOT NULL,
    value jsonb,
    version_id uuid NOT NULL,
    wording_id uuid,
    CONSTRAINT agreements_amendmentoperation_position_check CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.agreements_amendmentoperation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_clause (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    key character varying(60) NOT NULL,
    version smallint NOT NULL,
    heading character varying(120) NOT NULL,
    text text NOT NULL,
    rationale text NOT NULL,
    required_for character varying(12)[] NOT NULL,
    decides_deviations character varying(20) NOT NULL,
    change_note character varying(300) NOT NULL,
    guidance text NOT NULL,
    published_by_id uuid,
    variables jsonb NOT NULL,
    CONSTRAINT agreements_clause_version_check CHECK ((version >= 0))
);

CREATE TABLE public.agreements_clausealternative (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    key character varying(60) NOT NULL,
    text text NOT NULL,
    when_to_use text NOT NULL,
    extra_concurrence character varying(20) NOT NULL,
    clause_id uuid NOT NULL,
    rationale text NOT NULL
);

CREATE TABLE public.agreements_clausecomment (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clause_id character varying(60) NOT NULL,
    audience character varying(4) NOT NULL,
    text text NOT NULL,
    author_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    version_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    deviation_id uuid,
    sent_at timestamp with time zone,
    revealed_at timestamp with time zone,
    in_reply_to_id uuid,
    resolved_at timestamp with time zone,
    resolved_by_id uuid,
    reopened_at timestamp with time zone,
    reopened_by_id uuid,
    CONSTRAINT comment_reopened_by_somebody CHECK ((((reopened_at IS NULL) AND (reopened_by_id IS NULL)) OR ((reopened_at IS NOT NULL) AND (reopened_by_id IS NOT NULL) AND (resolved_at IS NULL)))),
    CONSTRAINT comment_resolved_by_somebody CHECK ((((resolved_at IS NULL) AND (resolved_by_id IS NULL)) OR ((in_reply_to_id IS NULL) AND (resolved_at IS NOT NULL) AND (resolved_by_id IS NOT NULL) AND (sent_at IS NOT NULL)))),
    CONSTRAINT comment_revealed_is_for_all CHECK (((revealed_at IS NULL) OR (((audience)::text = 'all'::text) AND (sent_at IS NOT NULL))))
);

ALTER TABLE ONLY public.agreements_clausecomment FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_clausedraft (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    key character varying(60) NOT NULL,
    heading character varying(120) NOT NULL,
    text text NOT NULL,
    rationale text NOT NULL,
    guidance text NOT NULL,
    required_for character varying(12)[] NOT NULL,
    after character varying(60) NOT NULL,
    alternatives jsonb NOT NULL,
    variables jsonb NOT NULL,
    change_note character varying(300) NOT NULL,
    row_version integer NOT NULL,
    edited_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    base_id uuid,
    edited_by_id uuid NOT NULL,
    decides_deviations character varying(20) NOT NULL,
    CONSTRAINT agreements_clausedraft_row_version_check CHECK ((row_version >= 0))
);

ALTER TABLE ONLY public.agreements_clausedraft FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_clausereview (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clause_id character varying(60) NOT NULL,
    text_hash character varying(64) NOT NULL,
    carried_from_id uuid,
    concurrence_id uuid NOT NULL,
    terms jsonb NOT NULL
);

ALTER TABLE ONLY public.agreements_clausereview FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_clausesuggestion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clause_id character varying(60) NOT NULL,
    text text NOT NULL,
    variables jsonb NOT NULL,
    reason text NOT NULL,
    from_file boolean NOT NULL,
    status character varying(12) NOT NULL,
    sent_at timestamp with time zone,
    decided_at timestamp with time zone,
    answer text NOT NULL,
    agreement_id uuid NOT NULL,
    author_id uuid NOT NULL,
    decided_by_id uuid,
    decided_for_id uuid,
    developer_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT suggestion_decided_all_or_none CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND (decided_for_id IS NULL)) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND (decided_for_id IS NOT NULL))))
);

ALTER TABLE ONLY public.agreements_clausesuggestion FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_completioncertificate (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    size integer NOT NULL,
    content jsonb NOT NULL,
    agreement_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    executed_id uuid NOT NULL,
    CONSTRAINT agreements_completioncertificate_size_check CHECK ((size >= 0))
);

ALTER TABLE ONLY public.agreements_completioncertificate FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_concurrence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    verdict character varying(8) NOT NULL,
    comment text NOT NULL,
    clause_ids character varying(60)[] NOT NULL,
    basis character varying(8) NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    carried_from_id uuid,
    decided_by_id uuid,
    developer_id uuid NOT NULL,
    version_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    rule character varying(200) NOT NULL,
    revealed_at timestamp with time zone,
    inside_id uuid,
    CONSTRAINT concurrence_by_somebody_or_a_rule CHECK ((((basis)::text = 'carried'::text) OR (((basis)::text = 'clock'::text) AND (decided_by_id IS NULL) AND ((verdict)::text = 'concur'::text) AND (NOT ((rule)::text = ''::text))) OR (((basis)::text = 'person'::text) AND (decided_by_id IS NOT NULL))))
);

ALTER TABLE ONLY public.agreements_concurrence FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_concurrenceask (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    lapses_on date,
    agency_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    version_id uuid NOT NULL,
    answer_by date
);

ALTER TABLE ONLY public.agreements_concurrenceask FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_concurrencepart (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "position" smallint NOT NULL,
    agreement_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    target_id uuid NOT NULL,
    CONSTRAINT agreements_concurrencepart_position_check CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.agreements_concurrencepart FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_concurrenceplan (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "order" character varying(8) NOT NULL,
    blind boolean NOT NULL,
    answer_by date,
    set_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    set_by_id uuid NOT NULL,
    taken_over_from_id uuid
);

ALTER TABLE ONLY public.agreements_concurrenceplan FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_consolidation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    applies_from timestamp with time zone NOT NULL,
    duties jsonb NOT NULL,
    text_hash character varying(64) NOT NULL,
    agreement_id uuid NOT NULL,
    amendment_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT agreements_consolidation_number_check CHECK ((number >= 0))
);

ALTER TABLE ONLY public.agreements_consolidation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_deviation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clause_id character varying(60) NOT NULL,
    text_hash character varying(64) NOT NULL,
    role character varying(20) NOT NULL,
    verdict character varying(8) NOT NULL,
    decided_at timestamp with time zone,
    agency_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    decided_by_id uuid,
    developer_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT deviation_decided_all_or_none CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((verdict)::text = 'asked'::text)) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND ((verdict)::text = ANY ((ARRAY['accept'::character varying, 'refuse'::character varying])::text[])))))
);

ALTER TABLE ONLY public.agreements_deviation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_incumbency (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    acting boolean NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    source character varying(200) NOT NULL,
    document_sha256 character varying(64) NOT NULL,
    concurred_at timestamp with time zone,
    ended_reason character varying(500) NOT NULL,
    concurred_by_id uuid,
    ended_by_id uuid,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    recorded_by_id uuid NOT NULL,
    post_id uuid NOT NULL,
    CONSTRAINT incumbency_acting_ends CHECK (((NOT acting) OR (ends_at IS NOT NULL))),
    CONSTRAINT incumbency_concurred_by_somebody CHECK ((((concurred_at IS NULL) AND (concurred_by_id IS NULL)) OR ((concurred_at IS NOT NULL) AND (concurred_by_id IS NOT NULL)))),
    CONSTRAINT incumbency_ended_with_reason CHECK ((((ended_by_id IS NULL) AND ((ended_reason)::text = ''::text)) OR ((ended_by_id IS NOT NULL) AND (ends_at IS NOT NULL) AND (NOT ((ended_reason)::text = ''::text))))),
    CONSTRAINT incumbency_ends_later CHECK (((ends_at IS NULL) OR (ends_at >= begins_at)))
);

ALTER TABLE ONLY public.agreements_incumbency FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_issuedfile (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    role character varying(10) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size integer NOT NULL,
    voided_at timestamp with time zone,
    developer_id uuid NOT NULL,
    previous_id uuid,
    version_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    stamped boolean NOT NULL,
    CONSTRAINT agreements_issuedfile_size_check CHECK ((size >= 0))
);

ALTER TABLE ONLY public.agreements_issuedfile FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_librarypresence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    draft_id uuid NOT NULL,
    person_id uuid NOT NULL
);

ALTER TABLE ONLY public.agreements_librarypresence FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_obligation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clause_id character varying(60) NOT NULL,
    kind character varying(40) NOT NULL,
    value integer NOT NULL,
    survives boolean NOT NULL,
    developer_id uuid NOT NULL,
    version_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    options character varying(40)[] NOT NULL,
    CONSTRAINT agreements_obligation_value_check CHECK ((value >= 0))
);

ALTER TABLE ONLY public.agreements_obligation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_owncertificate (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    certificate text NOT NULL,
    sha256 character varying(64) NOT NULL,
    subject character varying(500) NOT NULL,
    issuer character varying(500) NOT NULL,
    key_use character varying(300) NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    retired_by_id uuid,
    key_at character varying(6) NOT NULL,
    CONSTRAINT own_certificate_retired_by_somebody CHECK ((((retired_at IS NULL) AND (retired_by_id IS NULL)) OR ((retired_at IS NOT NULL) AND (retired_by_id IS NOT NULL))))
);

ALTER TABLE ONLY public.agreements_owncertificate FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_post (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    title character varying(150) NOT NULL,
    source character varying(200) NOT NULL,
    ended_at timestamp with time zone,
    ended_reason character varying(500) NOT NULL,
    ended_by_id uuid,
    organisation_id uuid NOT NULL,
    recorded_by_id uuid NOT NULL,
    CONSTRAINT post_ended_with_reason CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL) AND ((ended_reason)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL) AND (NOT ((ended_reason)::text = ''::text)))))
);

ALTER TABLE ONLY public.agreements_post FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_presence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clause_id character varying(60) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    agreement_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL
);

ALTER TABLE ONLY public.agreements_presence FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_remotesigning (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    added bytea NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    attributes bytea NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    typed_name character varying(150) NOT NULL,
    stepped_up_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    signature bytea,
    failure character varying(300) NOT NULL,
    certificate_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    turn_id uuid NOT NULL,
    CONSTRAINT agreements_remotesigning_end_check CHECK (("end" >= 0)),
    CONSTRAINT agreements_remotesigning_start_check CHECK ((start >= 0)),
    CONSTRAINT device_answered_or_failed CHECK ((((answered_at IS NULL) AND ((failure)::text = ''::text) AND (signature IS NULL)) OR ((answered_at IS NOT NULL) AND ((failure)::text = ''::text) AND (signature IS NOT NULL)) OR ((answered_at IS NOT NULL) AND (signature IS NULL) AND (NOT ((failure)::text = ''::text)))))
);

ALTER TABLE ONLY public.agreements_remotesigning FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_signatory (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    step smallint NOT NULL,
    meaning character varying(60) NOT NULL,
    field_name character varying(60) NOT NULL,
    declined_at timestamp with time zone,
    voided_at timestamp with time zone,
    developer_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    sealed_id uuid NOT NULL,
    authority_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    voided_by_id uuid,
    voided_reason character varying(500) NOT NULL,
    replaces_id uuid,
    tier character varying(6) NOT NULL,
    incumbency_id uuid,
    CONSTRAINT agreements_signatory_step_check CHECK ((step >= 0)),
    CONSTRAINT signatory_replaced_with_reason CHECK ((((voided_by_id IS NULL) AND ((voided_reason)::text = ''::text)) OR ((voided_at IS NOT NULL) AND (voided_by_id IS NOT NULL) AND (NOT ((voided_reason)::text = ''::text)))))
);

ALTER TABLE ONLY public.agreements_signatory FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_signature (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    authority jsonb NOT NULL,
    intent text NOT NULL,
    typed_name character varying(150) NOT NULL,
    stepped_up_at timestamp with time zone NOT NULL,
    level character varying(12) NOT NULL,
    certificate_sha256 character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    developer_id uuid NOT NULL,
    file_after_id uuid NOT NULL,
    file_before_id uuid NOT NULL,
    signatory_id uuid NOT NULL,
    agreement_id uuid NOT NULL
);

ALTER TABLE ONLY public.agreements_signature FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_signatureauthority (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number character varying(60) NOT NULL,
    title character varying(200) NOT NULL,
    source character varying(200) NOT NULL,
    instruments character varying(12)[] NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_until timestamp with time zone,
    revoked_at timestamp with time zone,
    holder_id uuid,
    organisation_id uuid NOT NULL,
    recorded_by_id uuid,
    amendments boolean NOT NULL,
    barred_clauses character varying(60)[] NOT NULL,
    concurred_at timestamp with time zone,
    concurred_by_id uuid,
    document_sha256 character varying(64) NOT NULL,
    granted_by character varying(200) NOT NULL,
    may_redelegate boolean NOT NULL,
    parent_id uuid,
    revoked_by_id uuid,
    revoked_reason character varying(500) NOT NULL,
    under character varying(1400) NOT NULL,
    acting_may_sign boolean NOT NULL,
    post_id uuid,
    standing character varying(9) GENERATED ALWAYS AS (
CASE
    WHEN (revoked_at IS NOT NULL) THEN 'revoked'::text
    WHEN (concurred_at IS NULL) THEN 'waits'::text
    ELSE 'concurred'::text
END) STORED,
    CONSTRAINT authority_concurred_by_somebody CHECK ((((concurred_at IS NULL) AND (concurred_by_id IS NULL)) OR ((concurred_at IS NOT NULL) AND (concurred_by_id IS NOT NULL)))),
    CONSTRAINT authority_ends_later CHECK (((valid_until IS NULL) OR (valid_until > valid_from))),
    CONSTRAINT authority_not_its_own_parent CHECK (((parent_id IS NULL) OR (NOT ((parent_id = id) AND (parent_id IS NOT NULL))))),
    CONSTRAINT authority_of_a_person_or_a_post CHECK ((((holder_id IS NOT NULL) AND (post_id IS NULL)) OR ((holder_id IS NULL) AND (post_id IS NOT NULL)))),
    CONSTRAINT authority_revoked_later CHECK (((revoked_at IS NULL) OR (revoked_at >= valid_from)))
);

ALTER TABLE ONLY public.agreements_signatureauthority FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_signingkey (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    certificate text NOT NULL,
    ciphertext bytea NOT NULL,
    key_id character varying(100) NOT NULL,
    wrapped bytea NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    organisation_id uuid NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE ONLY public.agreements_signingkey FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_signingturn (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    lapses_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ending character varying(8) NOT NULL,
    agreement_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    file_id uuid NOT NULL,
    signatory_id uuid NOT NULL,
    CONSTRAINT turn_ended_somehow CHECK ((((ended_at IS NULL) AND ((ending)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (NOT ((ending)::text = ''::text))))),
    CONSTRAINT turn_lapses_later CHECK ((lapses_at > taken_at))
);

ALTER TABLE ONLY public.agreements_signingturn FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agreements_testingagreement (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    instrument character varying(12) NOT NULL,
    title character varying(200) NOT NULL,
    status character varying(24) NOT NULL,
    "order" uuid[] NOT NULL,
    effective_on date,
    expires_on date,
    fully_executed_at timestamp with time zone,
    notice_given_at timestamp with time zone,
    terminates_on date,
    ended_reason text NOT NULL,
    current_id uuid,
    developer_id uuid NOT NULL,
    drafted_by_id uuid NOT NULL,
    notice_given_by_id uuid,
    suspended_by_id uuid,
    started_by_id uuid NOT NULL,
    template_id uuid NOT NULL,
    concur_by date,
    steps smallint[] NOT NULL,
    concurrence_order character varying(8) NOT NULL,
    concurrence_blind boolean NOT NULL,
    amended smallint NOT NULL,
    amendment_number smallint,
    amends_id uuid,
    replaces_id uuid,
    CONSTRAINT agreement_in_force_is_executed CHECK (((NOT ((status)::text = ANY ((ARRAY['in_force'::character varying, 'suspended'::character varying])::text[]))) OR (fully_executed_at IS NOT NULL))),
    CONSTRAINT agreement_notice_all_or_none CHECK ((((notice_given_at IS NULL) AND (notice_given_by_id IS NULL) AND (terminates_on IS NULL)) OR ((notice_given_at IS NOT NULL) AND (notice_given_by_id IS NOT NULL) AND (terminates_on IS NOT NULL)))),
    CONSTRAINT agreements_testingagreement_amended_check CHECK ((amended >= 0)),
    CONSTRAINT agreements_testingagreement_amendment_number_check CHECK ((amendment_number >= 0)),
    CONSTRAINT amendment_is_no_agreement CHECK (((amends_id IS NULL) OR ((amended = 0) AND (NOT ((status)::text = ANY ((ARRAY['in_force'::character varying, 'suspended'::character varying])::text[]))))))
);

ALTER TABLE ONLY public.agreements_testingagreement FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_event (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    parties uuid[] NOT NULL,
    actor character varying(80) NOT NULL,
    verb character varying(60) NOT NULL,
    object_type character varying(63) NOT NULL,
    object_id character varying(63) NOT NULL,
    request_id character varying(40) NOT NULL,
    reason text NOT NULL,
    body text NOT NULL,
    nonce bytea NOT NULL,
    body_hash bytea NOT NULL
);

ALTER TABLE ONLY public.audit_event FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_look (
    id uuid NOT NULL,
    object_id uuid NOT NULL,
    since_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE ONLY public.audit_look FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_queue (
    id bigint NOT NULL,
    party uuid,
    event_id uuid NOT NULL
);

ALTER TABLE public.audit_queue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_queue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.developers_checkpointaudience (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    developer_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    target_id uuid NOT NULL
);

ALTER TABLE ONLY public.developers_checkpointaudience FORCE ROW LEVEL SECURITY;

CREATE TABLE public.developers_developer (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    legal_name character varying(200) NOT NULL,
    website character varying(200) NOT NULL,
    jurisdiction character varying(100) NOT NULL,
    status character varying(12) NOT NULL,
    decided_at timestamp with time zone,
    refused_reason text NOT NULL,
    decided_by_id uuid,
    organisation_id uuid NOT NULL,
    verifier_id uuid NOT NULL
);

ALTER TABLE ONLY public.developers_developer FORCE ROW LEVEL SECURITY;

CREATE TABLE public.developers_frontiermodel (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    codename character varying(80) NOT NULL,
    family character varying(80) NOT NULL,
    public_name character varying(80) NOT NULL,
    public_name_embargoed_until date,
    developer_id uuid NOT NULL
);

ALTER TABLE ONLY public.developers_frontiermodel FORCE ROW LEVEL SECURITY;

CREATE TABLE public.developers_modelaudience (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    developer_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    target_id uuid NOT NULL
);

ALTER TABLE ONLY public.developers_modelaudience FORCE ROW LEVEL SECURITY;

CREATE TABLE public.developers_modelcheckpoint (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    label character varying(80) NOT NULL,
    configuration_sha256 character varying(64) NOT NULL,
    configuration_note text NOT NULL,
    developer_id uuid NOT NULL,
    model_id uuid NOT NULL
);

ALTER TABLE ONLY public.developers_modelcheckpoint FORCE ROW LEVEL SECURITY;

CREATE TABLE public.developers_modelvariant (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    checkpoint_id uuid NOT NULL,
    developer_id uuid NOT NULL
);

ALTER TABLE ONLY public.developers_modelvariant FORCE ROW LEVEL SECURITY;

CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id uuid NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);

ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.early_access_accesscredential (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version smallint NOT NULL,
    ciphertext bytea NOT NULL,
    expires_on date,
    revoked_at timestamp with time zone,
    revoked_because character varying(40) NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    base_url character varying(300) NOT NULL,
    model_name character varying(120) NOT NULL,
    variant character varying(20) NOT NULL,
    CONSTRAINT early_access_accesscredential_version_check CHECK ((version >= 0))
);

ALTER TABLE ONLY public.early_access_accesscredential FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_accesshold (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(5) NOT NULL,
    sentence character varying(400) NOT NULL,
    lifted_at timestamp with time zone,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT access_hold_end_is_final CHECK (((lifted_at IS NULL) OR ((kind)::text = 'rests'::text)))
);

ALTER TABLE ONLY public.early_access_accesshold FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_accessspecification (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version smallint NOT NULL,
    frozen_at timestamp with time zone NOT NULL,
    method character varying(30) NOT NULL,
    base_url character varying(300) NOT NULL,
    dialect character varying(20) NOT NULL,
    model_name character varying(120) NOT NULL,
    requests_per_minute integer,
    tokens_per_minute integer,
    concurrency integer,
    context_length integer,
    largest_output integer,
    tools boolean NOT NULL,
    streaming boolean NOT NULL,
    structured_output boolean NOT NULL,
    reasoning_traces character varying(10) NOT NULL,
    retention_days integer NOT NULL,
    staff_may_read boolean NOT NULL,
    used_for_training boolean NOT NULL,
    safeguard_behaviour character varying(20) NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    budget_usd character varying(14) NOT NULL,
    price_per_million character varying(14) NOT NULL,
    allowed_from text NOT NULL,
    authentication character varying(20) NOT NULL,
    fine_tuning boolean NOT NULL,
    images boolean NOT NULL,
    logprobs boolean NOT NULL,
    parallel_tools boolean NOT NULL,
    repeatable boolean NOT NULL,
    retention_exceptions text NOT NULL,
    tls text NOT NULL,
    tokens_per_day integer,
    tool_defects text NOT NULL,
    weights_destroy_days integer,
    weights_format text NOT NULL,
    weights_hardware text NOT NULL,
    weights_runtime text NOT NULL,
    weights_serving text NOT NULL,
    CONSTRAINT early_access_accessspecification_concurrency_check CHECK ((concurrency >= 0)),
    CONSTRAINT early_access_accessspecification_context_length_check CHECK ((context_length >= 0)),
    CONSTRAINT early_access_accessspecification_largest_output_check CHECK ((largest_output >= 0)),
    CONSTRAINT early_access_accessspecification_requests_per_minute_check CHECK ((requests_per_minute >= 0)),
    CONSTRAINT early_access_accessspecification_retention_days_check CHECK ((retention_days >= 0)),
    CONSTRAINT early_access_accessspecification_tokens_per_day_check CHECK ((tokens_per_day >= 0)),
    CONSTRAINT early_access_accessspecification_tokens_per_minute_check CHECK ((tokens_per_minute >= 0)),
    CONSTRAINT early_access_accessspecification_version_check CHECK ((version >= 0)),
    CONSTRAINT early_access_accessspecification_weights_destroy_days_check CHECK ((weights_destroy_days >= 0))
);

ALTER TABLE ONLY public.early_access_accessspecification FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_accesswindow (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    trusted_partner_on date NOT NULL,
    longer_by_consent boolean NOT NULL,
    developer_confirmed_at timestamp with time zone,
    agency_confirmed_at timestamp with time zone,
    opened_at timestamp with time zone,
    closed_at timestamp with time zone,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT window_at_least_a_day CHECK ((ends_on >= starts_on)),
    CONSTRAINT window_at_most_thirty_days CHECK ((longer_by_consent OR (ends_on < (starts_on + '30 days'::interval)))),
    CONSTRAINT window_before_partners CHECK ((ends_on <= trusted_partner_on))
);

ALTER TABLE ONLY public.early_access_accesswindow FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_agencyconsent (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    consented boolean NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_agencyconsent FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_blockedtime (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    shared_at timestamp with time zone,
    cause character varying(9) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    why character varying(400) NOT NULL,
    correction character varying(400) NOT NULL,
    struck_at timestamp with time zone,
    row_version integer NOT NULL,
    agency_id uuid,
    developer_id uuid NOT NULL,
    reported_by_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT blocked_time_ends_later CHECK (((ended_at IS NULL) OR (ended_at > began_at))),
    CONSTRAINT blocked_time_readers CHECK ((((agency_id IS NULL) AND ((cause)::text = 'developer'::text) AND (shared_at IS NOT NULL)) OR ((agency_id IS NOT NULL) AND (shared_at IS NULL)))),
    CONSTRAINT early_access_blockedtime_row_version_check CHECK ((row_version >= 0))
);

ALTER TABLE ONLY public.early_access_blockedtime FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_claimedresult (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    checkpoint_label character varying(120) NOT NULL,
    variant character varying(20) NOT NULL,
    suite character varying(200) NOT NULL,
    suite_version character varying(60) NOT NULL,
    metric character varying(120) NOT NULL,
    estimate double precision NOT NULL,
    ci_low double precision,
    ci_high double precision,
    n integer NOT NULL,
    method text NOT NULL,
    source character varying(300) NOT NULL,
    taken_back_at timestamp with time zone,
    taken_back_why character varying(300) NOT NULL,
    checkpoint_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    document_id uuid,
    request_id uuid NOT NULL,
    stated_by_id uuid NOT NULL,
    taken_back_by_id uuid,
    CONSTRAINT claimed_result_interval_holds_it CHECK ((((ci_high IS NULL) AND (ci_low IS NULL)) OR ((ci_high >= estimate) AND (ci_low <= estimate)))),
    CONSTRAINT claimed_result_is_a_share CHECK (((estimate >= (0.0)::double precision) AND (estimate <= (1.0)::double precision) AND (n >= 1))),
    CONSTRAINT claimed_result_taken_back_with_reason CHECK ((((taken_back_at IS NULL) AND (taken_back_by_id IS NULL) AND ((taken_back_why)::text = ''::text)) OR ((taken_back_at IS NOT NULL) AND (taken_back_by_id IS NOT NULL) AND (NOT ((taken_back_why)::text = ''::text))))),
    CONSTRAINT early_access_claimedresult_n_check CHECK ((n >= 0))
);

ALTER TABLE ONLY public.early_access_claimedresult FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_confidentialitymarking (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    scope character varying(40) NOT NULL,
    statement text NOT NULL,
    lapses_on date NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_confidentialitymarking FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_contact (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    name character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    phone character varying(40) NOT NULL,
    hours character varying(100) NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_contact FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_credentialopening (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    agency_id uuid NOT NULL,
    credential_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    opened_by_id uuid,
    request_id uuid NOT NULL,
    variant character varying(20) NOT NULL,
    version smallint NOT NULL,
    CONSTRAINT early_access_credentialopening_version_check CHECK ((version >= 0))
);

ALTER TABLE ONLY public.early_access_credentialopening FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_credentialwrap (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    key_id character varying(120) NOT NULL,
    wrapped_key bytea NOT NULL,
    released_at timestamp with time zone,
    developer_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    target_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_credentialwrap FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_designation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    outcome character varying(32) NOT NULL,
    office character varying(16) NOT NULL,
    pointer character varying(20) NOT NULL,
    answered_on date NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    recorded_by_id uuid NOT NULL,
    inquiry_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_designation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_designationinquiry (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    codename character varying(80) NOT NULL,
    checkpoint_label character varying(80) NOT NULL,
    configuration_sha256 character varying(64) NOT NULL,
    classified_reply character varying(10) NOT NULL,
    note text NOT NULL,
    status character varying(24) NOT NULL,
    row_version integer NOT NULL,
    submitted_at timestamp with time zone,
    moved_at timestamp with time zone NOT NULL,
    closed_because character varying(20) NOT NULL,
    agency_id uuid,
    asked_by_id uuid NOT NULL,
    checkpoint_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    model_id uuid NOT NULL,
    previous_id uuid,
    CONSTRAINT early_access_designationinquiry_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT inquiry_closed_because CHECK (((((status)::text = 'closed_undetermined'::text) AND (NOT ((closed_because)::text = ''::text))) OR ((NOT ((status)::text = 'closed_undetermined'::text)) AND ((closed_because)::text = ''::text)))),
    CONSTRAINT inquiry_unsent_is_nobody_elses CHECK ((((agency_id IS NULL) AND (submitted_at IS NULL)) OR ((agency_id IS NOT NULL) AND (submitted_at IS NOT NULL))))
);

ALTER TABLE ONLY public.early_access_designationinquiry FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_destructioncertificate (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    destroyed_on date NOT NULL,
    method character varying(13) NOT NULL,
    text text NOT NULL,
    sha256 character varying(64) NOT NULL,
    agency_id uuid NOT NULL,
    certified_by_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    item_id uuid NOT NULL,
    manifest_id uuid
);

ALTER TABLE ONLY public.early_access_destructioncertificate FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_earlyaccessrequest (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    track character varying(12) NOT NULL,
    changes_since text NOT NULL,
    status character varying(20) NOT NULL,
    row_version integer NOT NULL,
    trusted_partner_on date,
    public_on date,
    submitted_at timestamp with time zone,
    reported_at timestamp with time zone,
    question text NOT NULL,
    answer text NOT NULL,
    ended_reason text NOT NULL,
    status_changed_at timestamp with time zone,
    agreement_id uuid,
    checkpoint_id uuid,
    developer_id uuid NOT NULL,
    intake_agency_id uuid,
    model_id uuid,
    previous_id uuid,
    intended_uses text NOT NULL,
    limitations text NOT NULL,
    CONSTRAINT early_access_earlyaccessrequest_row_version_check CHECK ((row_version >= 0))
);

ALTER TABLE ONLY public.early_access_earlyaccessrequest FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_heldanswer (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    public_key character varying(88) NOT NULL,
    sealed bytea,
    refused character varying(400) NOT NULL,
    answered_at timestamp with time zone,
    taken_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    by_id uuid NOT NULL,
    credential_id uuid NOT NULL,
    opening_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT held_answer_kept_until_taken CHECK (((sealed IS NULL) OR ((answered_at IS NOT NULL) AND ((refused)::text = ''::text) AND (taken_at IS NULL))))
);

ALTER TABLE ONLY public.early_access_heldanswer FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_listedfinding (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    title character varying(200) NOT NULL,
    url character varying(200) NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    notice_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_listedfinding FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_pinnedstate (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    configuration_sha256 character varying(64) NOT NULL,
    variants character varying(20)[] NOT NULL,
    since timestamp with time zone NOT NULL,
    sentence character varying(400) NOT NULL,
    announced_by_id uuid,
    checkpoint_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    specification_id uuid NOT NULL,
    CONSTRAINT early_access_pinnedstate_number_check CHECK ((number >= 0)),
    CONSTRAINT pinned_state_says_what_moved CHECK (((announced_by_id IS NULL) OR (NOT ((sentence)::text = ''::text))))
);

ALTER TABLE ONLY public.early_access_pinnedstate FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_releasenotice (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    status character varying(12) NOT NULL,
    release_on date NOT NULL,
    rationale text NOT NULL,
    issued_at timestamp with time zone,
    amended_at timestamp with time zone,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    open_count integer NOT NULL,
    CONSTRAINT early_access_releasenotice_open_count_check CHECK ((open_count >= 0))
);

ALTER TABLE ONLY public.early_access_releasenotice FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_requestaudience (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    developer_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    target_id uuid NOT NULL,
    status character varying(20) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE ONLY public.early_access_requestaudience FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_requestdocument (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(11) NOT NULL,
    version smallint NOT NULL,
    file_name character varying(200) NOT NULL,
    ending character varying(4) NOT NULL,
    format character varying(40) NOT NULL,
    size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    html_sha256 character varying(64) NOT NULL,
    said jsonb NOT NULL,
    offers jsonb NOT NULL,
    checked jsonb NOT NULL,
    unchecked jsonb NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    uploaded_by_id uuid NOT NULL,
    CONSTRAINT early_access_requestdocument_size_check CHECK ((size >= 0)),
    CONSTRAINT early_access_requestdocument_version_check CHECK ((version >= 0))
);

ALTER TABLE ONLY public.early_access_requestdocument FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_requesteddomain (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    domain character varying(40) NOT NULL,
    access_level smallint NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT early_access_requesteddomain_access_level_check CHECK ((access_level >= 0))
);

ALTER TABLE ONLY public.early_access_requesteddomain FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_requestsection (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(20) NOT NULL,
    data jsonb NOT NULL,
    row_version integer NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    saved_by_id uuid NOT NULL,
    CONSTRAINT early_access_requestsection_row_version_check CHECK ((row_version >= 0))
);

ALTER TABLE ONLY public.early_access_requestsection FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_requeststatement (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(30) NOT NULL,
    text text NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_requeststatement FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_requestvariant (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_requestvariant FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_returnitem (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    outcome character varying(14) NOT NULL,
    statement text NOT NULL,
    answered_at timestamp with time zone,
    agency_id uuid NOT NULL,
    answered_by_id uuid,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    because character varying(16) NOT NULL,
    kept_until date,
    confidential_until date,
    parts jsonb NOT NULL
);

ALTER TABLE ONLY public.early_access_returnitem FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_revocationproof (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    variant character varying(20) NOT NULL,
    version smallint NOT NULL,
    base_url character varying(300) NOT NULL,
    model_name character varying(120) NOT NULL,
    ciphertext bytea,
    key_id character varying(120) NOT NULL,
    wrapped_key bytea,
    revoked_because character varying(40) NOT NULL,
    kept_until timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    checked_at timestamp with time zone,
    outcome character varying(12) NOT NULL,
    sentence character varying(400) NOT NULL,
    agency_id uuid NOT NULL,
    asked_by_id uuid,
    credential_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT early_access_revocationproof_version_check CHECK ((version >= 0)),
    CONSTRAINT revocation_proof_both_or_neither CHECK ((((ciphertext IS NULL) AND (wrapped_key IS NULL)) OR ((ciphertext IS NOT NULL) AND (wrapped_key IS NOT NULL)))),
    CONSTRAINT revocation_proof_erases CHECK (((NOT ((outcome)::text = 'refused'::text)) OR (ciphertext IS NULL)))
);

ALTER TABLE ONLY public.early_access_revocationproof FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_sectiontask (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(20) NOT NULL,
    question character varying(400) NOT NULL,
    answer character varying(400) NOT NULL,
    row_version integer NOT NULL,
    answered_by_id uuid,
    asked_by_id uuid,
    developer_id uuid NOT NULL,
    owner_id uuid,
    request_id uuid NOT NULL,
    CONSTRAINT early_access_sectiontask_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT section_answer_has_author CHECK ((((answer)::text = ''::text) OR (answered_by_id IS NOT NULL))),
    CONSTRAINT section_question_has_author CHECK ((((question)::text = ''::text) OR (asked_by_id IS NOT NULL)))
);

ALTER TABLE ONLY public.early_access_sectiontask FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_trustedpartner (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    country character varying(60) NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_trustedpartner FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_trustedpartnernomination (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    purpose character varying(10) NOT NULL,
    why character varying(400) NOT NULL,
    access_from date NOT NULL,
    status character varying(16) NOT NULL,
    row_version integer NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    ownership character varying(10) NOT NULL,
    confidentiality character varying(10) NOT NULL,
    cybersecurity character varying(10) NOT NULL,
    insider_risk character varying(10) NOT NULL,
    ip_protection character varying(10) NOT NULL,
    use character varying(10) NOT NULL,
    vetting_note text NOT NULL,
    developer_consented_at timestamp with time zone,
    agency_consented_at timestamp with time zone,
    denial character varying(10) NOT NULL,
    reason text NOT NULL,
    terms_signed_on date,
    active_at timestamp with time zone,
    agency_id uuid NOT NULL,
    agency_consented_by_id uuid,
    agreement_id uuid,
    denied_for_id uuid,
    developer_id uuid NOT NULL,
    developer_consented_by_id uuid,
    nominated_by_id uuid NOT NULL,
    nominator_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    request_id uuid NOT NULL,
    suspended_for_id uuid,
    vetted_by_id uuid,
    CONSTRAINT early_access_trustedpartnernomination_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT nomination_agencys_consent CHECK ((((agency_consented_at IS NULL) AND (agency_consented_by_id IS NULL)) OR ((agency_consented_at IS NOT NULL) AND (agency_consented_by_id IS NOT NULL)))),
    CONSTRAINT nomination_denied_for_a_reason CHECK (((((status)::text = 'not_agreed'::text) AND (NOT ((denial)::text = ''::text)) AND (NOT (reason = ''::text)) AND (denied_for_id IS NOT NULL)) OR ((NOT ((status)::text = 'not_agreed'::text)) AND ((denial)::text = ''::text) AND (denied_for_id IS NULL)))),
    CONSTRAINT nomination_developers_consent CHECK ((((developer_consented_at IS NULL) AND (developer_consented_by_id IS NULL)) OR ((developer_consented_at IS NOT NULL) AND (developer_consented_by_id IS NOT NULL)))),
    CONSTRAINT nomination_stands_on_two_consents CHECK (((NOT ((status)::text = ANY ((ARRAY['agreed'::character varying, 'terms_signed'::character varying, 'access_active'::character varying, 'suspended'::character varying])::text[]))) OR ((agency_consented_at IS NOT NULL) AND (developer_consented_at IS NOT NULL)))),
    CONSTRAINT nomination_terms CHECK (((NOT ((status)::text = ANY ((ARRAY['terms_signed'::character varying, 'access_active'::character varying, 'suspended'::character varying])::text[]))) OR ((agreement_id IS NOT NULL) AND (terms_signed_on IS NOT NULL)))),
    CONSTRAINT nomination_two_people CHECK ((NOT ((developer_consented_by_id = agency_consented_by_id) AND (developer_consented_by_id IS NOT NULL) AND (agency_consented_by_id IS NOT NULL))))
);

ALTER TABLE ONLY public.early_access_trustedpartnernomination FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_variantconsent (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    consented boolean NOT NULL,
    own_key boolean NOT NULL,
    changed_at timestamp with time zone,
    agency_id uuid NOT NULL,
    changed_by_id uuid,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT variant_consent_changed CHECK ((((changed_at IS NULL) AND (changed_by_id IS NULL)) OR ((changed_at IS NOT NULL) AND (changed_by_id IS NOT NULL))))
);

ALTER TABLE ONLY public.early_access_variantconsent FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_weightsmanifest (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version smallint NOT NULL,
    location character varying(500) NOT NULL,
    custodian character varying(200) NOT NULL,
    total_bytes bigint,
    file_count integer NOT NULL,
    root_sha256 character varying(64) NOT NULL,
    sha256 character varying(64) NOT NULL,
    sums_sha256 character varying(64) NOT NULL,
    pickled jsonb NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    uploaded_by_id uuid NOT NULL,
    signer_id uuid NOT NULL,
    CONSTRAINT early_access_weightsmanifest_file_count_check CHECK ((file_count >= 0)),
    CONSTRAINT early_access_weightsmanifest_version_check CHECK ((version >= 0))
);

ALTER TABLE ONLY public.early_access_weightsmanifest FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_weightsreceipt (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    root_sha256 character varying(64) NOT NULL,
    matches boolean NOT NULL,
    differences jsonb NOT NULL,
    signer_confirmed boolean NOT NULL,
    statement character varying(400) NOT NULL,
    agency_id uuid NOT NULL,
    confirmed_by_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    manifest_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT weights_receipt_agrees CHECK (((NOT matches) OR (differences = '[]'::jsonb)))
);

ALTER TABLE ONLY public.early_access_weightsreceipt FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_weightssigner (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(11) NOT NULL,
    pem text NOT NULL,
    fingerprint character varying(64) NOT NULL,
    developer_id uuid NOT NULL,
    registered_by_id uuid NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_weightssigner FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_windowextension (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    status character varying(12) NOT NULL,
    starts_on date NOT NULL,
    was_until date NOT NULL,
    ends_on date NOT NULL,
    why character varying(400) NOT NULL,
    answer character varying(400) NOT NULL,
    answered_at timestamp with time zone,
    consented_at timestamp with time zone,
    agency_id uuid,
    answered_by_id uuid,
    developer_id uuid NOT NULL,
    proposed_by_id uuid NOT NULL,
    request_id uuid NOT NULL,
    CONSTRAINT extension_is_longer CHECK ((ends_on > was_until)),
    CONSTRAINT extension_stands_by_consent CHECK (((NOT ((status)::text = 'stands'::text)) OR ((answered_at IS NOT NULL) AND (consented_at IS NOT NULL))))
);

ALTER TABLE ONLY public.early_access_windowextension FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_access_withdrawal (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    from_status character varying(20) NOT NULL,
    reason text NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    withdrawn_by_id uuid NOT NULL
);

ALTER TABLE ONLY public.early_access_withdrawal FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_accesscheck (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    passed boolean NOT NULL,
    probes jsonb NOT NULL,
    fingerprint character varying(64) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    milliseconds integer NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    opening_id uuid,
    assignment_id uuid NOT NULL,
    CONSTRAINT evaluations_accesscheck_milliseconds_check CHECK ((milliseconds >= 0))
);

ALTER TABLE ONLY public.evaluations_accesscheck FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_attestation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    statement text NOT NULL,
    typed_name character varying(150) NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    evaluator_id uuid NOT NULL,
    assignment_id uuid NOT NULL
);

ALTER TABLE ONLY public.evaluations_attestation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_baseline (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(24) NOT NULL,
    name character varying(150) NOT NULL,
    estimate double precision NOT NULL,
    ci_low double precision,
    ci_high double precision,
    n integer,
    same_conditions character varying(300) NOT NULL,
    source character varying(300) NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    result_id uuid NOT NULL,
    CONSTRAINT evaluations_baseline_n_check CHECK ((n >= 0))
);

ALTER TABLE ONLY public.evaluations_baseline FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_conflictofinterest (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    ended_at timestamp with time zone,
    ended_reason text NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    ended_by_id uuid,
    person_id uuid,
    recorded_by_id uuid NOT NULL,
    CONSTRAINT conflict_ended_by_somebody CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL))))
);

ALTER TABLE ONLY public.evaluations_conflictofinterest FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_evaluationassignment (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    status character varying(24) NOT NULL,
    domains character varying(40)[] NOT NULL,
    access_level smallint NOT NULL,
    received_at timestamp with time zone,
    answer_due_at timestamp with time zone NOT NULL,
    fact_check_due_at timestamp with time zone,
    ended_reason text NOT NULL,
    access_revoked_at timestamp with time zone,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    fact_check_days smallint,
    report_due_at timestamp with time zone,
    max_testers smallint,
    publication_review_days smallint,
    incident_notice_hours smallint,
    tests_from date,
    tests_until date,
    CONSTRAINT evaluations_evaluationassignment_access_level_check CHECK ((access_level >= 0)),
    CONSTRAINT evaluations_evaluationassignment_fact_check_days_check CHECK ((fact_check_days >= 0)),
    CONSTRAINT evaluations_evaluationassignment_incident_notice_hours_check CHECK ((incident_notice_hours >= 0)),
    CONSTRAINT evaluations_evaluationassignment_max_testers_check CHECK ((max_testers >= 0)),
    CONSTRAINT evaluations_evaluationassignment_publication_review_days_check CHECK ((publication_review_days >= 0))
);

ALTER TABLE ONLY public.evaluations_evaluationassignment FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_evaluationincident (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    status character varying(24) NOT NULL,
    kind character varying(12) NOT NULL,
    severity character varying(12) NOT NULL,
    discovered_at timestamp with time zone NOT NULL,
    notice_hours smallint NOT NULL,
    notice_due_at timestamp with time zone NOT NULL,
    what_happened text NOT NULL,
    what_was_done text NOT NULL,
    containment text NOT NULL,
    measures character varying(12)[] NOT NULL,
    contained_at timestamp with time zone,
    notice text NOT NULL,
    notified_at timestamp with time zone,
    investigation text NOT NULL,
    lessons text NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    assignment_id uuid NOT NULL,
    reported_by_id uuid NOT NULL,
    reporter_id uuid NOT NULL,
    told_id uuid,
    CONSTRAINT evaluations_evaluationincident_notice_hours_check CHECK ((notice_hours >= 0)),
    CONSTRAINT incident_untold_is_nobody_elses CHECK ((((notified_at IS NULL) AND ((status)::text = ANY ((ARRAY['reported'::character varying, 'contained'::character varying])::text[])) AND (told_id IS NULL)) OR ((NOT ((status)::text = ANY ((ARRAY['reported'::character varying, 'contained'::character varying])::text[]))) AND (notified_at IS NOT NULL) AND (told_id IS NOT NULL))))
);

ALTER TABLE ONLY public.evaluations_evaluationincident FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_evaluationreport (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    version smallint NOT NULL,
    scope_line text NOT NULL,
    summary text NOT NULL,
    limitations text NOT NULL,
    sha256 character varying(64) NOT NULL,
    stored_as character varying(100) NOT NULL,
    size integer NOT NULL,
    delivered_at timestamp with time zone,
    received_at timestamp with time zone,
    agency_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    delivered_to_id uuid,
    written_by_id uuid NOT NULL,
    content jsonb NOT NULL,
    correction text NOT NULL,
    row_version integer NOT NULL,
    saved_at timestamp with time zone,
    saved_by_id uuid,
    CONSTRAINT evaluations_evaluationreport_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT evaluations_evaluationreport_size_check CHECK ((size >= 0)),
    CONSTRAINT evaluations_evaluationreport_version_check CHECK ((version >= 0)),
    CONSTRAINT report_delivered_whole CHECK ((((delivered_at IS NULL) AND (delivered_to_id IS NULL) AND ((sha256)::text = ''::text)) OR ((delivered_at IS NOT NULL) AND (delivered_to_id IS NOT NULL) AND (NOT ((sha256)::text = ''::text)))))
);

ALTER TABLE ONLY public.evaluations_evaluationreport FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_evaluationrun (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    status character varying(16) NOT NULL,
    origin character varying(12) NOT NULL,
    variant character varying(30) NOT NULL,
    configuration_sha256 character varying(64) NOT NULL,
    endpoint_fingerprint character varying(64) NOT NULL,
    domain character varying(40) NOT NULL,
    suite character varying(200) NOT NULL,
    suite_version character varying(60) NOT NULL,
    restricted boolean NOT NULL,
    harness character varying(120) NOT NULL,
    sandbox_kind character varying(40) NOT NULL,
    epochs integer NOT NULL,
    limits jsonb NOT NULL,
    external_task_id character varying(120) NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    n_items integer NOT NULL,
    n_scored integer NOT NULL,
    n_invalid integer NOT NULL,
    n_refused integer NOT NULL,
    n_error integer NOT NULL,
    n_limit integer NOT NULL,
    tokens bigint NOT NULL,
    items jsonb NOT NULL,
    edited_after_run boolean NOT NULL,
    warnings jsonb NOT NULL,
    reason_for_import text NOT NULL,
    agency_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    checkpoint_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    imported_by_id uuid,
    superseded_by_id uuid,
    alerts jsonb NOT NULL,
    provenance jsonb NOT NULL,
    ranges jsonb NOT NULL,
    CONSTRAINT evaluations_evaluationrun_epochs_check CHECK ((epochs >= 0)),
    CONSTRAINT evaluations_evaluationrun_n_error_check CHECK ((n_error >= 0)),
    CONSTRAINT evaluations_evaluationrun_n_invalid_check CHECK ((n_invalid >= 0)),
    CONSTRAINT evaluations_evaluationrun_n_items_check CHECK ((n_items >= 0)),
    CONSTRAINT evaluations_evaluationrun_n_limit_check CHECK ((n_limit >= 0)),
    CONSTRAINT evaluations_evaluationrun_n_refused_check CHECK ((n_refused >= 0)),
    CONSTRAINT evaluations_evaluationrun_n_scored_check CHECK ((n_scored >= 0))
);

ALTER TABLE ONLY public.evaluations_evaluationrun FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_factcheck (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    content jsonb NOT NULL,
    due_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    lapsed_at timestamp with time zone,
    agency_id uuid NOT NULL,
    answered_by_id uuid,
    asked_by_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    CONSTRAINT evaluations_factcheck_number_check CHECK ((number >= 0)),
    CONSTRAINT fact_check_answered_by_somebody CHECK ((((answered_at IS NULL) AND (answered_by_id IS NULL)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL))))
);

ALTER TABLE ONLY public.evaluations_factcheck FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_factcheckcomment (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    place character varying(200) NOT NULL,
    text text NOT NULL,
    agency_id uuid NOT NULL,
    by_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    fact_check_id uuid NOT NULL
);

ALTER TABLE ONLY public.evaluations_factcheckcomment FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_finding (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reference character varying(20) NOT NULL,
    status character varying(24) NOT NULL,
    title character varying(200) NOT NULL,
    severity character varying(12) NOT NULL,
    domain character varying(40) NOT NULL,
    text text NOT NULL,
    mitigation text NOT NULL,
    shared_at timestamp with time zone,
    answer_due_at timestamp with time zone,
    agency_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    run_id uuid,
    shared_with_id uuid,
    written_by_id uuid NOT NULL,
    edited_at timestamp with time zone,
    edited_by_id uuid,
    moved_at timestamp with time zone,
    row_version integer NOT NULL,
    CONSTRAINT evaluations_finding_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT finding_draft_is_nobody_elses CHECK ((((shared_at IS NULL) AND (shared_with_id IS NULL) AND ((status)::text = 'draft'::text)) OR ((NOT ((status)::text = 'draft'::text)) AND (shared_at IS NOT NULL) AND (shared_with_id IS NOT NULL))))
);

ALTER TABLE ONLY public.evaluations_finding FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_findingentry (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    move character varying(24) NOT NULL,
    text text NOT NULL,
    agency_id uuid NOT NULL,
    by_id uuid,
    developer_id uuid NOT NULL,
    finding_id uuid NOT NULL,
    run_id uuid,
    software_report character varying(60) NOT NULL
);

ALTER TABLE ONLY public.evaluations_findingentry FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_incidentnote (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    text text NOT NULL,
    by_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    reporter_id uuid NOT NULL,
    side_id uuid NOT NULL,
    told_id uuid
);

ALTER TABLE ONLY public.evaluations_incidentnote FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_logview (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    public_key character varying(64) NOT NULL,
    block integer NOT NULL,
    sealed bytea NOT NULL,
    refused text NOT NULL,
    answered_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    by_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    log_id uuid NOT NULL,
    CONSTRAINT evaluations_logview_block_check CHECK ((block >= 0))
);

ALTER TABLE ONLY public.evaluations_logview FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_placeoverload (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    domain character varying(40) NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    places smallint NOT NULL,
    taken smallint NOT NULL,
    settled_at timestamp with time zone,
    agency_id uuid NOT NULL,
    router_id uuid NOT NULL,
    CONSTRAINT evaluations_placeoverload_places_check CHECK ((places >= 0)),
    CONSTRAINT evaluations_placeoverload_taken_check CHECK ((taken >= 0))
);

ALTER TABLE ONLY public.evaluations_placeoverload FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_placeturn (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    domains character varying(40)[] NOT NULL,
    tests_from date NOT NULL,
    tests_until date NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY public.evaluations_placeturn FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_publicationreview (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    text text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    verdict character varying(10) NOT NULL,
    remark text NOT NULL,
    answered_at timestamp with time zone,
    published_at timestamp with time zone,
    agency_id uuid NOT NULL,
    answered_by_id uuid,
    asked_by_id uuid NOT NULL,
    asked_for_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    published_by_id uuid,
    report_id uuid NOT NULL,
    CONSTRAINT publication_answered_whole CHECK ((((answered_at IS NULL) AND (answered_by_id IS NULL) AND ((verdict)::text = ''::text)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND (NOT ((verdict)::text = ''::text))))),
    CONSTRAINT publication_leaves_out_what_was_asked CHECK ((((published_at IS NULL) AND (published_by_id IS NULL)) OR ((published_at IS NOT NULL) AND (published_by_id IS NOT NULL) AND (NOT ((verdict)::text = 'leave_out'::text)))))
);

ALTER TABLE ONLY public.evaluations_publicationreview FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_reportingdetail (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    criterion character varying(20) NOT NULL,
    covers character varying(20) NOT NULL,
    text text NOT NULL,
    row_version integer NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    saved_by_id uuid NOT NULL,
    CONSTRAINT evaluations_reportingdetail_row_version_check CHECK ((row_version >= 0))
);

ALTER TABLE ONLY public.evaluations_reportingdetail FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_result (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    metric character varying(120) NOT NULL,
    scorer character varying(120) NOT NULL,
    estimate double precision NOT NULL,
    ci_low double precision NOT NULL,
    ci_high double precision NOT NULL,
    ci_level double precision NOT NULL,
    ci_method character varying(20) NOT NULL,
    n integer NOT NULL,
    successes integer,
    slice character varying(120) NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    run_id uuid NOT NULL,
    CONSTRAINT evaluations_result_n_check CHECK ((n >= 0)),
    CONSTRAINT evaluations_result_successes_check CHECK ((successes >= 0)),
    CONSTRAINT result_interval_holds_estimate CHECK (((ci_high >= estimate) AND (ci_low <= estimate)))
);

ALTER TABLE ONLY public.evaluations_result FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_routingattempt (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    placed smallint NOT NULL,
    cause character varying(200) NOT NULL,
    resolved_at timestamp with time zone,
    developer_id uuid NOT NULL,
    request_id uuid NOT NULL,
    router_id uuid NOT NULL,
    rule_set_id uuid NOT NULL,
    CONSTRAINT evaluations_routingattempt_number_check CHECK ((number >= 0)),
    CONSTRAINT evaluations_routingattempt_placed_check CHECK ((placed >= 0))
);

ALTER TABLE ONLY public.evaluations_routingattempt FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_routingdecision (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    placed boolean NOT NULL,
    rule_number smallint,
    sentence character varying(900) NOT NULL,
    agency_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    router_id uuid NOT NULL,
    status character varying(24) NOT NULL,
    since timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    superseded_at timestamp with time zone,
    chosen_by_id uuid,
    reason text NOT NULL,
    ended_reason text NOT NULL,
    CONSTRAINT evaluations_routingdecision_rule_number_check CHECK ((rule_number >= 0))
);

ALTER TABLE ONLY public.evaluations_routingdecision FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_routingexclusion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    until date NOT NULL,
    reason text NOT NULL,
    lifted_at timestamp with time zone,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    lifted_by_id uuid,
    made_by_id uuid NOT NULL,
    request_id uuid,
    router_id uuid NOT NULL
);

ALTER TABLE ONLY public.evaluations_routingexclusion FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_routingrule (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    domain character varying(40) NOT NULL,
    highest_access_level smallint NOT NULL,
    agency_id uuid NOT NULL,
    rule_set_id uuid NOT NULL,
    developer_id uuid,
    excludes boolean DEFAULT false NOT NULL,
    until date,
    CONSTRAINT evaluations_routingrule_highest_access_level_check CHECK ((highest_access_level >= 0)),
    CONSTRAINT evaluations_routingrule_number_check CHECK ((number >= 0)),
    CONSTRAINT rule_excludes_until CHECK (((excludes AND (until IS NOT NULL)) OR ((developer_id IS NULL) AND (NOT excludes) AND (until IS NULL))))
);

ALTER TABLE ONLY public.evaluations_routingrule FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_routingruleset (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number integer,
    note character varying(300) NOT NULL,
    published_by_id uuid,
    status character varying(24) NOT NULL,
    router_id uuid,
    row_version integer NOT NULL,
    edited_by_id uuid,
    edited_at timestamp with time zone,
    published_at timestamp with time zone,
    CONSTRAINT evaluations_routingruleset_number_check CHECK ((number >= 0)),
    CONSTRAINT evaluations_routingruleset_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT rules_published_by_a_second CHECK (((published_by_id IS NULL) OR (NOT ((published_by_id = edited_by_id) AND (published_by_id IS NOT NULL) AND (edited_by_id IS NOT NULL))))),
    CONSTRAINT rules_published_whole CHECK ((((number IS NOT NULL) AND (published_at IS NOT NULL) AND ((status)::text = 'published'::text)) OR ((NOT ((status)::text = 'published'::text)) AND (number IS NULL) AND (published_at IS NULL) AND (published_by_id IS NULL))))
);

ALTER TABLE ONLY public.evaluations_routingruleset FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_rulesofengagement (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    targets text NOT NULL,
    egress text NOT NULL,
    stop_conditions text NOT NULL,
    agency_id uuid NOT NULL,
    agreed_by_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    plan text NOT NULL
);

ALTER TABLE ONLY public.evaluations_rulesofengagement FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_runlaunch (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    status character varying(16) NOT NULL,
    suite character varying(60) NOT NULL,
    domain character varying(40) NOT NULL,
    variant character varying(30) NOT NULL,
    restricted boolean NOT NULL,
    parallel smallint NOT NULL,
    budget_tokens bigint NOT NULL,
    budget_minutes integer NOT NULL,
    price_per_million numeric(10,4),
    budget_usd numeric(12,2),
    starts smallint NOT NULL,
    asked smallint NOT NULL,
    note character varying(400) NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    heard_at timestamp with time zone,
    samples integer NOT NULL,
    samples_done integer NOT NULL,
    samples_failed integer NOT NULL,
    tokens_in bigint NOT NULL,
    tokens_out bigint NOT NULL,
    seconds integer NOT NULL,
    agency_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    credential_id uuid,
    developer_id uuid NOT NULL,
    launched_by_id uuid NOT NULL,
    CONSTRAINT evaluations_runlaunch_asked_check CHECK ((asked >= 0)),
    CONSTRAINT evaluations_runlaunch_budget_minutes_check CHECK ((budget_minutes >= 0)),
    CONSTRAINT evaluations_runlaunch_parallel_check CHECK ((parallel >= 0)),
    CONSTRAINT evaluations_runlaunch_samples_check CHECK ((samples >= 0)),
    CONSTRAINT evaluations_runlaunch_samples_done_check CHECK ((samples_done >= 0)),
    CONSTRAINT evaluations_runlaunch_samples_failed_check CHECK ((samples_failed >= 0)),
    CONSTRAINT evaluations_runlaunch_seconds_check CHECK ((seconds >= 0)),
    CONSTRAINT evaluations_runlaunch_starts_check CHECK ((starts >= 0)),
    CONSTRAINT launch_cost_needs_a_price CHECK (((budget_usd IS NULL) OR (price_per_million IS NOT NULL)))
);

ALTER TABLE ONLY public.evaluations_runlaunch FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_runlog (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    size bigint NOT NULL,
    file_name character varying(200) NOT NULL,
    stored_as character varying(100) NOT NULL,
    domain character varying(40) NOT NULL,
    restricted boolean NOT NULL,
    reason_for_import text NOT NULL,
    refused text NOT NULL,
    read_at timestamp with time zone,
    agency_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    run_id uuid,
    uploaded_by_id uuid NOT NULL,
    variant character varying(30) NOT NULL,
    kind character varying(20) NOT NULL,
    launch_id uuid
);

ALTER TABLE ONLY public.evaluations_runlog FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_runnotes (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    row_version integer NOT NULL,
    scaffold character varying(200) NOT NULL,
    scaffold_tools character varying(300) NOT NULL,
    prompt_sha256 character varying(64) NOT NULL,
    elicitation text NOT NULL,
    attempts_k smallint,
    cost_usd numeric(12,2),
    n_refused integer,
    awareness text NOT NULL,
    cheating_rate double precision,
    cheating_found text NOT NULL,
    transcripts_read integer,
    transcripts_by character varying(200) NOT NULL,
    transcripts_method text NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    agency_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    run_id uuid NOT NULL,
    saved_by_id uuid NOT NULL,
    CONSTRAINT evaluations_runnotes_attempts_k_check CHECK ((attempts_k >= 0)),
    CONSTRAINT evaluations_runnotes_n_refused_check CHECK ((n_refused >= 0)),
    CONSTRAINT evaluations_runnotes_row_version_check CHECK ((row_version >= 0)),
    CONSTRAINT evaluations_runnotes_transcripts_read_check CHECK ((transcripts_read >= 0))
);

ALTER TABLE ONLY public.evaluations_runnotes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evaluations_sharedrun (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    label character varying(200) NOT NULL,
    content jsonb NOT NULL,
    agency_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    run_id uuid NOT NULL,
    shared_by_id uuid NOT NULL
);

ALTER TABLE ONLY public.evaluations_sharedrun FORCE ROW LEVEL SECURITY;

CREATE TABLE public.guardian_groupobjectpermission (
    id integer NOT NULL,
    object_pk character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE ONLY public.guardian_groupobjectpermission FORCE ROW LEVEL SECURITY;

ALTER TABLE public.guardian_groupobjectpermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guardian_groupobjectpermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.guardian_userobjectpermission (
    id integer NOT NULL,
    object_pk character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    permission_id integer NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE ONLY public.guardian_userobjectpermission FORCE ROW LEVEL SECURITY;

ALTER TABLE public.guardian_userobjectpermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guardian_userobjectpermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.jobs_echo (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    role character varying(63) NOT NULL,
    process character varying(100) NOT NULL,
    job_id uuid NOT NULL
);

CREATE TABLE public.jobs_job (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(60) NOT NULL,
    queue character varying(60) NOT NULL,
    key character varying(200) NOT NULL,
    organisations uuid[] NOT NULL,
    originator uuid,
    payload jsonb NOT NULL,
    state character varying(10) NOT NULL,
    attempts smallint NOT NULL,
    max_attempts smallint NOT NULL,
    not_before timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    fence integer NOT NULL,
    rung smallint NOT NULL,
    next_ring_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    error text NOT NULL,
    CONSTRAINT jobs_job_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT jobs_job_fence_check CHECK ((fence >= 0)),
    CONSTRAINT jobs_job_max_attempts_check CHECK ((max_attempts >= 0)),
    CONSTRAINT jobs_job_rung_check CHECK ((rung >= 0))
);

ALTER TABLE ONLY public.jobs_job FORCE ROW LEVEL SECURITY;

CREATE TABLE public.jobs_schedule (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(60) NOT NULL,
    kind character varying(60) NOT NULL,
    every_seconds integer NOT NULL,
    next_at timestamp with time zone NOT NULL,
    CONSTRAINT jobs_schedule_every_seconds_check CHECK ((every_seconds >= 0))
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE ONLY public.mfa_authenticator FORCE ROW LEVEL SECURITY;

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notifications_calendarfeed (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    token_hash character varying(64) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE ONLY public.notifications_calendarfeed FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notifications_mail (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    address character varying(254) NOT NULL,
    subject character varying(200) NOT NULL,
    body text NOT NULL,
    sent_at timestamp with time zone
);

CREATE TABLE public.notifications_mailpreference (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(60) NOT NULL,
    user_id uuid NOT NULL,
    how character varying(4) NOT NULL,
    CONSTRAINT mail_preference_how CHECK (((how)::text = ANY ((ARRAY['mail'::character varying, 'page'::character varying, 'off'::character varying])::text[])))
);

ALTER TABLE ONLY public.notifications_mailpreference FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notifications_notice (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(60) NOT NULL,
    subject character varying(200) NOT NULL,
    url character varying(300) NOT NULL,
    read_at timestamp with time zone,
    user_id uuid NOT NULL
);

ALTER TABLE ONLY public.notifications_notice FORCE ROW LEVEL SECURITY;

CREATE TABLE public.transparency_publishedproof (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    certificate_sha256 character varying(64) NOT NULL,
    content jsonb NOT NULL,
    agreement_id uuid NOT NULL,
    developer_id uuid NOT NULL,
    published_by_id uuid NOT NULL
);

ALTER TABLE ONLY public.transparency_publishedproof FORCE ROW LEVEL SECURITY;

CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.webhooks_attempt (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number integer NOT NULL,
    code smallint,
    milliseconds integer NOT NULL,
    problem character varying(300) NOT NULL,
    answer text NOT NULL,
    organisation_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    CONSTRAINT webhooks_attempt_code_check CHECK ((code >= 0)),
    CONSTRAINT webhooks_attempt_milliseconds_check CHECK ((milliseconds >= 0)),
    CONSTRAINT webhooks_attempt_number_check CHECK ((number >= 0))
);

ALTER TABLE ONLY public.webhooks_attempt FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhooks_delivery (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    message uuid NOT NULL,
    kind character varying(60) NOT NULL,
    reference character varying(60) NOT NULL,
    body text NOT NULL,
    status character varying(20) NOT NULL,
    turn integer NOT NULL,
    tries smallint NOT NULL,
    next_at timestamp with time zone,
    ended_at timestamp with time zone,
    organisation_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    CONSTRAINT webhooks_delivery_tries_check CHECK ((tries >= 0)),
    CONSTRAINT webhooks_delivery_turn_check CHECK ((turn >= 0))
);

ALTER TABLE ONLY public.webhooks_delivery FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhooks_endpoint (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(80) NOT NULL,
    address character varying(500) NOT NULL,
    kinds character varying(60)[] NOT NULL,
    status character varying(20) NOT NULL,
    switched_off_because character varying(20) NOT NULL,
    organisation_id uuid NOT NULL
);

ALTER TABLE ONLY public.webhooks_endpoint FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhooks_health (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    failing_since timestamp with time zone,
    quiet_until timestamp with time zone,
    endpoint_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

ALTER TABLE ONLY public.webhooks_health FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhooks_secret (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    ciphertext bytea NOT NULL,
    key_id character varying(120) NOT NULL,
    wrapped bytea NOT NULL,
    ends_at timestamp with time zone,
    endpoint_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT webhooks_secret_version_check CHECK ((version >= 0))
);

ALTER TABLE ONLY public.webhooks_secret FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.accounts_idempotencyrecord
    ADD CONSTRAINT accounts_idempotencyrecord_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.accounts_limits
    ADD CONSTRAINT accounts_limits_pkey PRIMARY KEY (cache_key);

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_organisation
    ADD CONSTRAINT accounts_organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_email_key UNIQUE (email);

ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_user_id_group_id_59c0b32f_uniq UNIQUE (user_id, group_id);

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_permi_user_id_permission_id_2ab516c2_uniq UNIQUE (user_id, permission_id);

ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agencies_capacityperiod
    ADD CONSTRAINT agencies_capacityperiod_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agencies_keycustody
    ADD CONSTRAINT agencies_keycustody_agency_id_key UNIQUE (agency_id);

ALTER TABLE ONLY public.agencies_keycustody
    ADD CONSTRAINT agencies_keycustody_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agencies_testingcapability
    ADD CONSTRAINT agencies_testingcapability_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_agreementparty
    ADD CONSTRAINT agreement_party_once UNIQUE (target_id, organisation_id);

ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreement_version_once UNIQUE (agreement_id, number);

ALTER TABLE ONLY public.agreements_agreementclause
    ADD CONSTRAINT agreements_agreementclause_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_agreementgrant
    ADD CONSTRAINT agreements_agreementgran_user_id_permission_id_ta_c9cac3ef_uniq UNIQUE (user_id, permission_id, target_id);

ALTER TABLE ONLY public.agreements_agreementgrant
    ADD CONSTRAINT agreements_agreementgrant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_agreementparty
    ADD CONSTRAINT agreements_agreementparty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_agreementtemplate
    ADD CONSTRAINT agreements_agreementtemplate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreements_agreementversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_amendmentoperation
    ADD CONSTRAINT agreements_amendmentoperation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_clause
    ADD CONSTRAINT agreements_clause_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_clausealternative
    ADD CONSTRAINT agreements_clausealternative_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecomment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_clausedraft
    ADD CONSTRAINT agreements_clausedraft_key_key UNIQUE (key);

ALTER TABLE ONLY public.agreements_clausedraft
    ADD CONSTRAINT agreements_clausedraft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_clausereview
    ADD CONSTRAINT agreements_clausereview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_clausesuggestion
    ADD CONSTRAINT agreements_clausesuggestion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_completioncertificate
    ADD CONSTRAINT agreements_completioncertificate_executed_id_key UNIQUE (executed_id);

ALTER TABLE ONLY public.agreements_completioncertificate
    ADD CONSTRAINT agreements_completioncertificate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_completioncertificate
    ADD CONSTRAINT agreements_completioncertificate_sha256_key UNIQUE (sha256);

ALTER TABLE ONLY public.agreements_concurrence
    ADD CONSTRAINT agreements_concurrence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_concurrenceask
    ADD CONSTRAINT agreements_concurrenceask_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_concurrencepart
    ADD CONSTRAINT agreements_concurrencepart_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_concurrenceplan
    ADD CONSTRAINT agreements_concurrenceplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_consolidation
    ADD CONSTRAINT agreements_consolidation_amendment_id_key UNIQUE (amendment_id);

ALTER TABLE ONLY public.agreements_consolidation
    ADD CONSTRAINT agreements_consolidation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_deviation
    ADD CONSTRAINT agreements_deviation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_incumbency
    ADD CONSTRAINT agreements_incumbency_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_issuedfile
    ADD CONSTRAINT agreements_issuedfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_issuedfile
    ADD CONSTRAINT agreements_issuedfile_previous_id_key UNIQUE (previous_id);

ALTER TABLE ONLY public.agreements_issuedfile
    ADD CONSTRAINT agreements_issuedfile_sha256_key UNIQUE (sha256);

ALTER TABLE ONLY public.agreements_librarypresence
    ADD CONSTRAINT agreements_librarypresence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_obligation
    ADD CONSTRAINT agreements_obligation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_owncertificate
    ADD CONSTRAINT agreements_owncertificate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_post
    ADD CONSTRAINT agreements_post_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_presence
    ADD CONSTRAINT agreements_presence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_remotesigning
    ADD CONSTRAINT agreements_remotesigning_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_remotesigning
    ADD CONSTRAINT agreements_remotesigning_turn_id_key UNIQUE (turn_id);

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_replaces_id_key UNIQUE (replaces_id);

ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_file_after_id_key UNIQUE (file_after_id);

ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_signatory_id_key UNIQUE (signatory_id);

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT agreements_signatureauthority_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_signingkey
    ADD CONSTRAINT agreements_signingkey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_signingturn
    ADD CONSTRAINT agreements_signingturn_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingagreement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingagreement_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.agreements_clausealternative
    ADD CONSTRAINT alternative_once UNIQUE (clause_id, key);

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT amendment_number_once UNIQUE (amends_id, amendment_number);

ALTER TABLE ONLY public.evaluations_routingattempt
    ADD CONSTRAINT attempt_number_once UNIQUE (request_id, number);

ALTER TABLE ONLY public.evaluations_attestation
    ADD CONSTRAINT attestation_once UNIQUE (assignment_id, evaluator_id);

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_look
    ADD CONSTRAINT audit_look_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_queue
    ADD CONSTRAINT audit_queue_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT authority_of_a_post_once UNIQUE (organisation_id, number, post_id);

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT authority_once UNIQUE (organisation_id, number, holder_id);

ALTER TABLE ONLY public.agencies_testingcapability
    ADD CONSTRAINT capability_once UNIQUE (agency_id, domain);

ALTER TABLE ONLY public.agencies_capacityperiod
    ADD CONSTRAINT capacity_period_once UNIQUE (agency_id, domain, starts_on);

ALTER TABLE ONLY public.developers_checkpointaudience
    ADD CONSTRAINT checkpoint_audience_once UNIQUE (target_id, organisation_id);

ALTER TABLE ONLY public.developers_modelcheckpoint
    ADD CONSTRAINT checkpoint_label_once UNIQUE (model_id, label);

ALTER TABLE ONLY public.agreements_agreementclause
    ADD CONSTRAINT clause_once_per_version UNIQUE (version_id, clause_id);

ALTER TABLE ONLY public.agreements_clausereview
    ADD CONSTRAINT clause_review_once UNIQUE (concurrence_id, clause_id);

ALTER TABLE ONLY public.agreements_clause
    ADD CONSTRAINT clause_version_once UNIQUE (key, version);

ALTER TABLE ONLY public.developers_frontiermodel
    ADD CONSTRAINT codename_once UNIQUE (developer_id, codename);

ALTER TABLE ONLY public.agreements_concurrenceask
    ADD CONSTRAINT concurrence_asked_once UNIQUE (agency_id, version_id);

ALTER TABLE ONLY public.agreements_concurrence
    ADD CONSTRAINT concurrence_once_per_version UNIQUE (agency_id, version_id);

ALTER TABLE ONLY public.agreements_concurrencepart
    ADD CONSTRAINT concurrence_part_once UNIQUE (target_id, organisation_id);

ALTER TABLE ONLY public.agreements_concurrenceplan
    ADD CONSTRAINT concurrence_plan_once UNIQUE (agreement_id, agency_id);

ALTER TABLE ONLY public.early_access_agencyconsent
    ADD CONSTRAINT consent_once UNIQUE (request_id, agency_id);

ALTER TABLE ONLY public.agreements_consolidation
    ADD CONSTRAINT consolidation_once UNIQUE (agreement_id, number);

ALTER TABLE ONLY public.early_access_contact
    ADD CONSTRAINT contact_once UNIQUE (request_id, purpose);

ALTER TABLE ONLY public.early_access_accesscredential
    ADD CONSTRAINT credential_once UNIQUE (request_id, variant, version);

ALTER TABLE ONLY public.developers_checkpointaudience
    ADD CONSTRAINT developers_checkpointaudience_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.developers_developer
    ADD CONSTRAINT developers_developer_organisation_id_key UNIQUE (organisation_id);

ALTER TABLE ONLY public.developers_developer
    ADD CONSTRAINT developers_developer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.developers_frontiermodel
    ADD CONSTRAINT developers_frontiermodel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.developers_frontiermodel
    ADD CONSTRAINT developers_frontiermodel_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.developers_modelaudience
    ADD CONSTRAINT developers_modelaudience_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.developers_modelcheckpoint
    ADD CONSTRAINT developers_modelcheckpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.developers_modelvariant
    ADD CONSTRAINT developers_modelvariant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_deviation
    ADD CONSTRAINT deviation_once_per_text UNIQUE (agreement_id, agency_id, clause_id, text_hash);

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.early_access_accesscredential
    ADD CONSTRAINT early_access_accesscredential_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_accesshold
    ADD CONSTRAINT early_access_accesshold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_accessspecification
    ADD CONSTRAINT early_access_accessspecification_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_accesswindow
    ADD CONSTRAINT early_access_accesswindow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_accesswindow
    ADD CONSTRAINT early_access_accesswindow_request_id_key UNIQUE (request_id);

ALTER TABLE ONLY public.early_access_agencyconsent
    ADD CONSTRAINT early_access_agencyconsent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_blockedtime
    ADD CONSTRAINT early_access_blockedtime_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_claimedresult
    ADD CONSTRAINT early_access_claimedresult_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_confidentialitymarking
    ADD CONSTRAINT early_access_confidentialitymarking_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_contact
    ADD CONSTRAINT early_access_contact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_credentialopening
    ADD CONSTRAINT early_access_credentialopening_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_credentialwrap
    ADD CONSTRAINT early_access_credentialwrap_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_designation
    ADD CONSTRAINT early_access_designation_inquiry_id_key UNIQUE (inquiry_id);

ALTER TABLE ONLY public.early_access_designation
    ADD CONSTRAINT early_access_designation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_designation
    ADD CONSTRAINT early_access_designation_pointer_key UNIQUE (pointer);

ALTER TABLE ONLY public.early_access_designationinquiry
    ADD CONSTRAINT early_access_designationinquiry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_designationinquiry
    ADD CONSTRAINT early_access_designationinquiry_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.early_access_destructioncertificate
    ADD CONSTRAINT early_access_destructioncertificate_item_id_key UNIQUE (item_id);

ALTER TABLE ONLY public.early_access_destructioncertificate
    ADD CONSTRAINT early_access_destructioncertificate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_earlyaccessrequest
    ADD CONSTRAINT early_access_earlyaccessrequest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_earlyaccessrequest
    ADD CONSTRAINT early_access_earlyaccessrequest_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.early_access_heldanswer
    ADD CONSTRAINT early_access_heldanswer_opening_id_key UNIQUE (opening_id);

ALTER TABLE ONLY public.early_access_heldanswer
    ADD CONSTRAINT early_access_heldanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_listedfinding
    ADD CONSTRAINT early_access_listedfinding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_pinnedstate
    ADD CONSTRAINT early_access_pinnedstate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_releasenotice
    ADD CONSTRAINT early_access_releasenotice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_requestaudience
    ADD CONSTRAINT early_access_requestaudience_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_requestdocument
    ADD CONSTRAINT early_access_requestdocument_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_requesteddomain
    ADD CONSTRAINT early_access_requesteddomain_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_requestsection
    ADD CONSTRAINT early_access_requestsection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_requeststatement
    ADD CONSTRAINT early_access_requeststatement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_requestvariant
    ADD CONSTRAINT early_access_requestvariant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_returnitem
    ADD CONSTRAINT early_access_returnitem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_revocationproof
    ADD CONSTRAINT early_access_revocationproof_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_sectiontask
    ADD CONSTRAINT early_access_sectiontask_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_trustedpartner
    ADD CONSTRAINT early_access_trustedpartner_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trustedpartnernomination_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trustedpartnernomination_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.early_access_variantconsent
    ADD CONSTRAINT early_access_variantconsent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_weightsmanifest
    ADD CONSTRAINT early_access_weightsmanifest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_weightsreceipt
    ADD CONSTRAINT early_access_weightsreceipt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_weightssigner
    ADD CONSTRAINT early_access_weightssigner_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_windowextension
    ADD CONSTRAINT early_access_windowextension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_withdrawal
    ADD CONSTRAINT early_access_withdrawal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_withdrawal
    ADD CONSTRAINT early_access_withdrawal_request_id_key UNIQUE (request_id);

ALTER TABLE ONLY public.evaluations_accesscheck
    ADD CONSTRAINT evaluations_accesscheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_attestation
    ADD CONSTRAINT evaluations_attestation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_baseline
    ADD CONSTRAINT evaluations_baseline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_conflictofinterest
    ADD CONSTRAINT evaluations_conflictofinterest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_evaluationassignment
    ADD CONSTRAINT evaluations_evaluationassignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_evaluationassignment
    ADD CONSTRAINT evaluations_evaluationassignment_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.evaluations_evaluationincident
    ADD CONSTRAINT evaluations_evaluationincident_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_evaluationincident
    ADD CONSTRAINT evaluations_evaluationincident_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.evaluations_evaluationreport
    ADD CONSTRAINT evaluations_evaluationreport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_evaluationreport
    ADD CONSTRAINT evaluations_evaluationreport_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.evaluations_evaluationrun
    ADD CONSTRAINT evaluations_evaluationrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_factcheck
    ADD CONSTRAINT evaluations_factcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_factcheckcomment
    ADD CONSTRAINT evaluations_factcheckcomment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_finding
    ADD CONSTRAINT evaluations_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_finding
    ADD CONSTRAINT evaluations_finding_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.evaluations_findingentry
    ADD CONSTRAINT evaluations_findingentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_incidentnote
    ADD CONSTRAINT evaluations_incidentnote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_logview
    ADD CONSTRAINT evaluations_logview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_placeoverload
    ADD CONSTRAINT evaluations_placeoverload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_placeturn
    ADD CONSTRAINT evaluations_placeturn_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_publicationreview
    ADD CONSTRAINT evaluations_publicationreview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_reportingdetail
    ADD CONSTRAINT evaluations_reportingdetail_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_result
    ADD CONSTRAINT evaluations_result_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_routingattempt
    ADD CONSTRAINT evaluations_routingattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_routingdecision
    ADD CONSTRAINT evaluations_routingdecision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_routingexclusion
    ADD CONSTRAINT evaluations_routingexclusion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_routingrule
    ADD CONSTRAINT evaluations_routingrule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_routingruleset
    ADD CONSTRAINT evaluations_routingruleset_number_key UNIQUE (number);

ALTER TABLE ONLY public.evaluations_routingruleset
    ADD CONSTRAINT evaluations_routingruleset_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_rulesofengagement
    ADD CONSTRAINT evaluations_rulesofengagement_assignment_id_key UNIQUE (assignment_id);

ALTER TABLE ONLY public.evaluations_rulesofengagement
    ADD CONSTRAINT evaluations_rulesofengagement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_runlaunch
    ADD CONSTRAINT evaluations_runlaunch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_runlog
    ADD CONSTRAINT evaluations_runlog_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_runlog
    ADD CONSTRAINT evaluations_runlog_run_id_key UNIQUE (run_id);

ALTER TABLE ONLY public.evaluations_runnotes
    ADD CONSTRAINT evaluations_runnotes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_runnotes
    ADD CONSTRAINT evaluations_runnotes_run_id_key UNIQUE (run_id);

ALTER TABLE ONLY public.evaluations_sharedrun
    ADD CONSTRAINT evaluations_sharedrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluations_sharedrun
    ADD CONSTRAINT evaluations_sharedrun_run_id_key UNIQUE (run_id);

ALTER TABLE ONLY public.evaluations_factcheck
    ADD CONSTRAINT fact_check_once UNIQUE (assignment_id, number);

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobjectperm_group_id_permission_id_o_3f189f7c_uniq UNIQUE (group_id, permission_id, object_pk);

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobjectpermission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectpermi_user_id_permission_id_ob_b0b3d2fc_uniq UNIQUE (user_id, permission_id, object_pk);

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectpermission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts_idempotencyrecord
    ADD CONSTRAINT idempotency_key_once UNIQUE (organisation_id, user_id, key);

ALTER TABLE ONLY public.jobs_echo
    ADD CONSTRAINT jobs_echo_job_id_key UNIQUE (job_id);

ALTER TABLE ONLY public.jobs_echo
    ADD CONSTRAINT jobs_echo_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.jobs_job
    ADD CONSTRAINT jobs_job_key_key UNIQUE (key);

ALTER TABLE ONLY public.jobs_job
    ADD CONSTRAINT jobs_job_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.jobs_schedule
    ADD CONSTRAINT jobs_schedule_name_key UNIQUE (name);

ALTER TABLE ONLY public.jobs_schedule
    ADD CONSTRAINT jobs_schedule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_librarypresence
    ADD CONSTRAINT library_presence_once UNIQUE (draft_id, person_id);

ALTER TABLE ONLY public.early_access_listedfinding
    ADD CONSTRAINT listed_finding_once UNIQUE (notice_id, reference);

ALTER TABLE ONLY public.evaluations_logview
    ADD CONSTRAINT log_view_once UNIQUE (log_id, by_id, public_key, block);

ALTER TABLE ONLY public.audit_look
    ADD CONSTRAINT look_once UNIQUE (user_id, object_id);

ALTER TABLE ONLY public.notifications_mailpreference
    ADD CONSTRAINT mail_preference_once UNIQUE (user_id, kind);

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT membership_once UNIQUE (user_id, organisation_id);

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.developers_modelaudience
    ADD CONSTRAINT model_audience_once UNIQUE (target_id, organisation_id);

ALTER TABLE ONLY public.notifications_calendarfeed
    ADD CONSTRAINT notifications_calendarfeed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notifications_calendarfeed
    ADD CONSTRAINT notifications_calendarfeed_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.notifications_calendarfeed
    ADD CONSTRAINT notifications_calendarfeed_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.notifications_mail
    ADD CONSTRAINT notifications_mail_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notifications_mailpreference
    ADD CONSTRAINT notifications_mailpreference_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notifications_notice
    ADD CONSTRAINT notifications_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agreements_obligation
    ADD CONSTRAINT obligation_once_per_version UNIQUE (version_id, kind);

ALTER TABLE ONLY public.agreements_amendmentoperation
    ADD CONSTRAINT operation_position_once UNIQUE (version_id, "position");

ALTER TABLE ONLY public.accounts_organisation
    ADD CONSTRAINT organisation_slug UNIQUE (slug);

ALTER TABLE ONLY public.early_access_pinnedstate
    ADD CONSTRAINT pinned_state_once UNIQUE (request_id, number);

ALTER TABLE ONLY public.agreements_presence
    ADD CONSTRAINT presence_once UNIQUE (agreement_id, organisation_id, person_id, clause_id);

ALTER TABLE ONLY public.evaluations_evaluationreport
    ADD CONSTRAINT report_version_once UNIQUE (assignment_id, version);

ALTER TABLE ONLY public.evaluations_reportingdetail
    ADD CONSTRAINT reporting_detail_once UNIQUE (assignment_id, criterion);

ALTER TABLE ONLY public.early_access_requestaudience
    ADD CONSTRAINT request_audience_once UNIQUE (target_id, organisation_id);

ALTER TABLE ONLY public.early_access_requestdocument
    ADD CONSTRAINT request_document_once UNIQUE (request_id, kind, version);

ALTER TABLE ONLY public.early_access_requesteddomain
    ADD CONSTRAINT request_domain_once UNIQUE (request_id, domain);

ALTER TABLE ONLY public.early_access_requeststatement
    ADD CONSTRAINT request_statement_once UNIQUE (request_id, name);

ALTER TABLE ONLY public.early_access_requestvariant
    ADD CONSTRAINT request_variant_once UNIQUE (request_id, kind);

ALTER TABLE ONLY public.early_access_returnitem
    ADD CONSTRAINT return_item_once UNIQUE (request_id, agency_id);

ALTER TABLE ONLY public.early_access_revocationproof
    ADD CONSTRAINT revocation_proof_once UNIQUE (credential_id, agency_id);

ALTER TABLE ONLY public.evaluations_routingrule
    ADD CONSTRAINT rule_number_once UNIQUE (rule_set_id, number);

ALTER TABLE ONLY public.evaluations_routingrule
    ADD CONSTRAINT rule_once UNIQUE NULLS NOT DISTINCT (rule_set_id, domain, agency_id, excludes, developer_id);

ALTER TABLE ONLY public.early_access_requestsection
    ADD CONSTRAINT section_once UNIQUE (request_id, name);

ALTER TABLE ONLY public.early_access_sectiontask
    ADD CONSTRAINT section_task_once UNIQUE (request_id, name);

ALTER TABLE ONLY public.early_access_accessspecification
    ADD CONSTRAINT specification_once UNIQUE (request_id, version);

ALTER TABLE ONLY public.agreements_agreementtemplate
    ADD CONSTRAINT template_version_once UNIQUE (key, version);

ALTER TABLE ONLY public.transparency_publishedproof
    ADD CONSTRAINT transparency_publishedproof_agreement_id_key UNIQUE (agreement_id);

ALTER TABLE ONLY public.transparency_publishedproof
    ADD CONSTRAINT transparency_publishedproof_certificate_sha256_key UNIQUE (certificate_sha256);

ALTER TABLE ONLY public.transparency_publishedproof
    ADD CONSTRAINT transparency_publishedproof_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transparency_publishedproof
    ADD CONSTRAINT transparency_publishedproof_sha256_key UNIQUE (sha256);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);

ALTER TABLE ONLY public.early_access_variantconsent
    ADD CONSTRAINT variant_consent_once UNIQUE (request_id, agency_id, kind);

ALTER TABLE ONLY public.developers_modelvariant
    ADD CONSTRAINT variant_once UNIQUE (checkpoint_id, kind);

ALTER TABLE ONLY public.webhooks_attempt
    ADD CONSTRAINT webhook_attempt_number UNIQUE (delivery_id, number);

ALTER TABLE ONLY public.webhooks_delivery
    ADD CONSTRAINT webhook_message_once UNIQUE (endpoint_id, message);

ALTER TABLE ONLY public.webhooks_secret
    ADD CONSTRAINT webhook_secret_version UNIQUE (endpoint_id, version);

ALTER TABLE ONLY public.webhooks_attempt
    ADD CONSTRAINT webhooks_attempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhooks_delivery
    ADD CONSTRAINT webhooks_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhooks_endpoint
    ADD CONSTRAINT webhooks_endpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhooks_health
    ADD CONSTRAINT webhooks_health_endpoint_id_key UNIQUE (endpoint_id);

ALTER TABLE ONLY public.webhooks_health
    ADD CONSTRAINT webhooks_health_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhooks_secret
    ADD CONSTRAINT webhooks_secret_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.early_access_weightsmanifest
    ADD CONSTRAINT weights_manifest_once UNIQUE (request_id, version);

ALTER TABLE ONLY public.early_access_credentialwrap
    ADD CONSTRAINT wrap_once UNIQUE (target_id, organisation_id);

CREATE INDEX access_check_newest ON public.evaluations_accesscheck USING btree (assignment_id, created_at DESC);

CREATE UNIQUE INDEX access_hold_one_live ON public.early_access_accesshold USING btree (request_id, agency_id) WHERE (lifted_at IS NULL);

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE INDEX accounts_apitoken_organisation_id_14421eaa ON public.accounts_apitoken USING btree (organisation_id);

CREATE INDEX accounts_apitoken_token_hash_32b482d2_like ON public.accounts_apitoken USING btree (token_hash varchar_pattern_ops);

CREATE INDEX accounts_apitoken_user_id_bbee13e0 ON public.accounts_apitoken USING btree (user_id);

CREATE INDEX accounts_idempotencyrecord_organisation_id_704809d9 ON public.accounts_idempotencyrecord USING btree (organisation_id);

CREATE INDEX accounts_idempotencyrecord_user_id_00f7187b ON public.accounts_idempotencyrecord USING btree (user_id);

CREATE INDEX accounts_invitation_accepted_by_id_ba632539 ON public.accounts_invitation USING btree (accepted_by_id);

CREATE INDEX accounts_invitation_invited_by_id_94a21efc ON public.accounts_invitation USING btree (invited_by_id);

CREATE INDEX accounts_invitation_organisation_id_b7f9480b ON public.accounts_invitation USING btree (organisation_id);

CREATE INDEX accounts_invitation_token_hash_3d59d75c_like ON public.accounts_invitation USING btree (token_hash varchar_pattern_ops);

CREATE INDEX accounts_limits_expires ON public.accounts_limits USING btree (expires);

CREATE INDEX accounts_membership_organisation_id_98e5c22b ON public.accounts_membership USING btree (organisation_id);

CREATE INDEX accounts_membership_user_id_487fb39e ON public.accounts_membership USING btree (user_id);

CREATE INDEX accounts_organisation_parent_id_14866c01 ON public.accounts_organisation USING btree (parent_id);

CREATE INDEX accounts_organisation_slug_43a9054f ON public.accounts_organisation USING btree (slug);

CREATE INDEX accounts_organisation_slug_43a9054f_like ON public.accounts_organisation USING btree (slug varchar_pattern_ops);

CREATE INDEX accounts_user_email_b2644a56_like ON public.accounts_user USING btree (email varchar_pattern_ops);

CREATE INDEX accounts_user_groups_group_id_bd11a704 ON public.accounts_user_groups USING btree (group_id);

CREATE INDEX accounts_user_groups_user_id_52b62117 ON public.accounts_user_groups USING btree (user_id);

CREATE INDEX accounts_user_user_permissions_permission_id_113bb443 ON public.accounts_user_user_permissions USING btree (permission_id);

CREATE INDEX accounts_user_user_permissions_user_id_e4f0a161 ON public.accounts_user_user_permissions USING btree (user_id);

CREATE INDEX agencies_capacityperiod_agency_id_37d18fc1 ON public.agencies_capacityperiod USING btree (agency_id);

CREATE INDEX agencies_capacityperiod_set_by_id_244908d3 ON public.agencies_capacityperiod USING btree (set_by_id);

CREATE INDEX agencies_keycustody_set_by_id_67ea761d ON public.agencies_keycustody USING btree (set_by_id);

CREATE INDEX agencies_testingcapability_agency_id_b68c35a2 ON public.agencies_testingcapability USING btree (agency_id);

CREATE INDEX agreement_dev_status ON public.agreements_testingagreement USING btree (developer_id, status);

CREATE INDEX agreement_developer ON public.agreements_testingagreement USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX agreement_grant_newest ON public.agreements_agreementgrant USING btree (user_id, created_at DESC, target_id DESC);

CREATE INDEX agreement_party_dev ON public.agreements_agreementparty USING btree (organisation_id, developer_id, created_at DESC, target_id DESC);

CREATE INDEX agreement_party_newest ON public.agreements_agreementparty USING btree (organisation_id, created_at DESC, target_id DESC);

CREATE INDEX agreement_party_status ON public.agreements_agreementparty USING btree (organisation_id, status, created_at DESC, target_id DESC);

CREATE INDEX agreements_agreementclause_alternative_id_2c13f1ba ON public.agreements_agreementclause USING btree (alternative_id);

CREATE INDEX agreements_agreementclause_clause_id_8c9154c7 ON public.agreements_agreementclause USING btree (clause_id);

CREATE INDEX agreements_agreementclause_clause_id_8c9154c7_like ON public.agreements_agreementclause USING btree (clause_id varchar_pattern_ops);

CREATE INDEX agreements_agreementclause_library_id_964f93d6 ON public.agreements_agreementclause USING btree (library_id);

CREATE INDEX agreements_agreementclause_version_id_dae6172b ON public.agreements_agreementclause USING btree (version_id);

CREATE INDEX agreements_agreementgrant_given_by_id_c4f3fbef ON public.agreements_agreementgrant USING btree (given_by_id);

CREATE INDEX agreements_agreementgrant_organisation_id_2f7fe894 ON public.agreements_agreementgrant USING btree (organisation_id);

CREATE INDEX agreements_agreementgrant_permission_id_6e02728d ON public.agreements_agreementgrant USING btree (permission_id);

CREATE INDEX agreements_agreementgrant_target_id_7ccff508 ON public.agreements_agreementgrant USING btree (target_id);

CREATE INDEX agreements_agreementgrant_user_id_ac6d3eee ON public.agreements_agreementgrant USING btree (user_id);

CREATE INDEX agreements_agreementparty_developer_id_37526ec5 ON public.agreements_agreementparty USING btree (developer_id);

CREATE INDEX agreements_agreementparty_organisation_id_502ee345 ON public.agreements_agreementparty USING btree (organisation_id);

CREATE INDEX agreements_agreementparty_target_id_eba632b3 ON public.agreements_agreementparty USING btree (target_id);

CREATE INDEX agreements_agreementtemplate_key_70476a95 ON public.agreements_agreementtemplate USING btree (key);

CREATE INDEX agreements_agreementtemplate_key_70476a95_like ON public.agreements_agreementtemplate USING btree (key varchar_pattern_ops);

CREATE INDEX agreements_agreementtemplate_published_by_id_044b67e1 ON public.agreements_agreementtemplate USING btree (published_by_id);

CREATE INDEX agreements_agreementversion_agreement_id_21b78fb4 ON public.agreements_agreementversion USING btree (agreement_id);

CREATE INDEX agreements_agreementversion_developer_id_d55384e4 ON public.agreements_agreementversion USING btree (developer_id);

CREATE INDEX agreements_agreementversion_edited_by_id_58850ffc ON public.agreements_agreementversion USING btree (edited_by_id);

CREATE INDEX agreements_agreementversion_frozen_by_id_81fb5c2a ON public.agreements_agreementversion USING btree (frozen_by_id);

CREATE INDEX agreements_agreementversion_organisation_id_b0a0fee2 ON public.agreements_agreementversion USING btree (organisation_id);

CREATE INDEX agreements_amendmentoperation_after_983c95c2 ON public.agreements_amendmentoperation USING btree (after);

CREATE INDEX agreements_amendmentoperation_after_983c95c2_like ON public.agreements_amendmentoperation USING btree (after varchar_pattern_ops);

CREATE INDEX agreements_amendmentoperation_clause_id_7d2f084b ON public.agreements_amendmentoperation USING btree (clause_id);

CREATE INDEX agreements_amendmentoperation_clause_id_7d2f084b_like ON public.agreements_amendmentoperation USING btree (clause_id varchar_pattern_ops);

CREATE INDEX agreements_amendmentoperation_version_id_68495a6e ON public.agreements_amendmentoperation USING btree (version_id);

CREATE INDEX agreements_amendmentoperation_wording_id_29379000 ON public.agreements_amendmentoperation USING btree (wording_id);

CREATE INDEX agreements_clause_key_72dcf909 ON public.agreements_clause USING btree (key);

CREATE INDEX agreements_clause_key_72dcf909_like ON public.agreements_clause USING btree (key varchar_pattern_ops);

CREATE INDEX agreements_clause_published_by_id_f445d5c1 ON public.agreements_clause USING btree (published_by_id);

CREATE INDEX agreements_clausealternative_clause_id_8852f276 ON public.agreements_clausealternative USING btree (clause_id);

CREATE INDEX agreements_clausealternative_key_27ad67e7 ON public.agreements_clausealternative USING btree (key);

CREATE INDEX agreements_clausealternative_key_27ad67e7_like ON public.agreements_clausealternative USING btree (key varchar_pattern_ops);

CREATE INDEX agreements_clausecomment_agreement_id_9c2da9b9 ON public.agreements_clausecomment USING btree (agreement_id);

CREATE INDEX agreements_clausecomment_author_id_d131731f ON public.agreements_clausecomment USING btree (author_id);

CREATE INDEX agreements_clausecomment_clause_id_2089acf1 ON public.agreements_clausecomment USING btree (clause_id);

CREATE INDEX agreements_clausecomment_clause_id_2089acf1_like ON public.agreements_clausecomment USING btree (clause_id varchar_pattern_ops);

CREATE INDEX agreements_clausecomment_developer_id_9aea5362 ON public.agreements_clausecomment USING btree (developer_id);

CREATE INDEX agreements_clausecomment_deviation_id_f803de03 ON public.agreements_clausecomment USING btree (deviation_id);

CREATE INDEX agreements_clausecomment_in_reply_to_id_b0896d34 ON public.agreements_clausecomment USING btree (in_reply_to_id);

CREATE INDEX agreements_clausecomment_organisation_id_4623ef39 ON public.agreements_clausecomment USING btree (organisation_id);

CREATE INDEX agreements_clausecomment_reopened_by_id_485f5147 ON public.agreements_clausecomment USING btree (reopened_by_id);

CREATE INDEX agreements_clausecomment_resolved_by_id_bbb6f59a ON public.agreements_clausecomment USING btree (resolved_by_id);

CREATE INDEX agreements_clausecomment_version_id_3e32c01b ON public.agreements_clausecomment USING btree (version_id);

CREATE INDEX agreements_clausedraft_after_12f59306 ON public.agreements_clausedraft USING btree (after);

CREATE INDEX agreements_clausedraft_after_12f59306_like ON public.agreements_clausedraft USING btree (after varchar_pattern_ops);

CREATE INDEX agreements_clausedraft_base_id_6e4689f9 ON public.agreements_clausedraft USING btree (base_id);

CREATE INDEX agreements_clausedraft_edited_by_id_d92d1f01 ON public.agreements_clausedraft USING btree (edited_by_id);

CREATE INDEX agreements_clausedraft_key_c132d5a2_like ON public.agreements_clausedraft USING btree (key varchar_pattern_ops);

CREATE INDEX agreements_clausereview_carried_from_id_45cb0849 ON public.agreements_clausereview USING btree (carried_from_id);

CREATE INDEX agreements_clausereview_clause_id_8be612b6 ON public.agreements_clausereview USING btree (clause_id);

CREATE INDEX agreements_clausereview_clause_id_8be612b6_like ON public.agreements_clausereview USING btree (clause_id varchar_pattern_ops);

CREATE INDEX agreements_clausereview_concurrence_id_7ea00a82 ON public.agreements_clausereview USING btree (concurrence_id);

CREATE INDEX agreements_clausesuggestion_agreement_id_3b77af96 ON public.agreements_clausesuggestion USING btree (agreement_id);

CREATE INDEX agreements_clausesuggestion_author_id_3774ee0e ON public.agreements_clausesuggestion USING btree (author_id);

CREATE INDEX agreements_clausesuggestion_clause_id_c3b55b93 ON public.agreements_clausesuggestion USING btree (clause_id);

CREATE INDEX agreements_clausesuggestion_clause_id_c3b55b93_like ON public.agreements_clausesuggestion USING btree (clause_id varchar_pattern_ops);

CREATE INDEX agreements_clausesuggestion_decided_by_id_7e8917c8 ON public.agreements_clausesuggestion USING btree (decided_by_id);

CREATE INDEX agreements_clausesuggestion_decided_for_id_611ef576 ON public.agreements_clausesuggestion USING btree (decided_for_id);

CREATE INDEX agreements_clausesuggestion_developer_id_6ed53d22 ON public.agreements_clausesuggestion USING btree (developer_id);

CREATE INDEX agreements_clausesuggestion_organisation_id_d5aefa50 ON public.agreements_clausesuggestion USING btree (organisation_id);

CREATE INDEX agreements_clausesuggestion_version_id_73f7abd6 ON public.agreements_clausesuggestion USING btree (version_id);

CREATE INDEX agreements_completioncertificate_agreement_id_9994f1e0 ON public.agreements_completioncertificate USING btree (agreement_id);

CREATE INDEX agreements_completioncertificate_developer_id_9c0a4942 ON public.agreements_completioncertificate USING btree (developer_id);

CREATE INDEX agreements_completioncertificate_sha256_bd0471c1_like ON public.agreements_completioncertificate USING btree (sha256 varchar_pattern_ops);

CREATE INDEX agreements_concurrence_agency_id_f1597854 ON public.agreements_concurrence USING btree (agency_id);

CREATE INDEX agreements_concurrence_agreement_id_228ad382 ON public.agreements_concurrence USING btree (agreement_id);

CREATE INDEX agreements_concurrence_carried_from_id_f0b4b2b1 ON public.agreements_concurrence USING btree (carried_from_id);

CREATE INDEX agreements_concurrence_decided_by_id_be57c462 ON public.agreements_concurrence USING btree (decided_by_id);

CREATE INDEX agreements_concurrence_developer_id_f99f2f6c ON public.agreements_concurrence USING btree (developer_id);

CREATE INDEX agreements_concurrence_inside_id_fe47030e ON public.agreements_concurrence USING btree (inside_id);

CREATE INDEX agreements_concurrence_version_id_a2d0a072 ON public.agreements_concurrence USING btree (version_id);

CREATE INDEX agreements_concurrenceask_agency_id_b79523d4 ON public.agreements_concurrenceask USING btree (agency_id);

CREATE INDEX agreements_concurrenceask_agreement_id_45aa11f0 ON public.agreements_concurrenceask USING btree (agreement_id);

CREATE INDEX agreements_concurrenceask_developer_id_860147f0 ON public.agreements_concurrenceask USING btree (developer_id);

CREATE INDEX agreements_concurrenceask_version_id_27aa4723 ON public.agreements_concurrenceask USING btree (version_id);

CREATE INDEX agreements_concurrencepart_agreement_id_e41a1fee ON public.agreements_concurrencepart USING btree (agreement_id);

CREATE INDEX agreements_concurrencepart_organisation_id_a83a7300 ON public.agreements_concurrencepart USING btree (organisation_id);

CREATE INDEX agreements_concurrencepart_target_id_a03bede9 ON public.agreements_concurrencepart USING btree (target_id);

CREATE INDEX agreements_concurrenceplan_agency_id_c78aa7bf ON public.agreements_concurrenceplan USING btree (agency_id);

CREATE INDEX agreements_concurrenceplan_agreement_id_cf565aa2 ON public.agreements_concurrenceplan USING btree (agreement_id);

CREATE INDEX agreements_concurrenceplan_set_by_id_ac014586 ON public.agreements_concurrenceplan USING btree (set_by_id);

CREATE INDEX agreements_concurrenceplan_taken_over_from_id_e6cc1371 ON public.agreements_concurrenceplan USING btree (taken_over_from_id);

CREATE INDEX agreements_consolidation_agreement_id_cfb904f6 ON public.agreements_consolidation USING btree (agreement_id);

CREATE INDEX agreements_consolidation_developer_id_9439c559 ON public.agreements_consolidation USING btree (developer_id);

CREATE INDEX agreements_consolidation_version_id_22d68eae ON public.agreements_consolidation USING btree (version_id);

CREATE INDEX agreements_deviation_agency_id_80b1f4be ON public.agreements_deviation USING btree (agency_id);

CREATE INDEX agreements_deviation_agreement_id_21dfeccc ON public.agreements_deviation USING btree (agreement_id);

CREATE INDEX agreements_deviation_clause_id_b64f1047 ON public.agreements_deviation USING btree (clause_id);

CREATE INDEX agreements_deviation_clause_id_b64f1047_like ON public.agreements_deviation USING btree (clause_id varchar_pattern_ops);

CREATE INDEX agreements_deviation_decided_by_id_a20950c0 ON public.agreements_deviation USING btree (decided_by_id);

CREATE INDEX agreements_deviation_developer_id_545e40f9 ON public.agreements_deviation USING btree (developer_id);

CREATE INDEX agreements_deviation_version_id_31717719 ON public.agreements_deviation USING btree (version_id);

CREATE INDEX agreements_incumbency_concurred_by_id_52a34aab ON public.agreements_incumbency USING btree (concurred_by_id);

CREATE INDEX agreements_incumbency_ended_by_id_4566e7bd ON public.agreements_incumbency USING btree (ended_by_id);

CREATE INDEX agreements_incumbency_organisation_id_b04723ab ON public.agreements_incumbency USING btree (organisation_id);

CREATE INDEX agreements_incumbency_person_id_f2851f4d ON public.agreements_incumbency USING btree (person_id);

CREATE INDEX agreements_incumbency_post_id_38f54269 ON public.agreements_incumbency USING btree (post_id);

CREATE INDEX agreements_incumbency_recorded_by_id_3f75dbbf ON public.agreements_incumbency USING btree (recorded_by_id);

CREATE INDEX agreements_issuedfile_agreement_id_7e1a22e8 ON public.agreements_issuedfile USING btree (agreement_id);

CREATE INDEX agreements_issuedfile_developer_id_c6df854a ON public.agreements_issuedfile USING btree (developer_id);

CREATE INDEX agreements_issuedfile_sha256_7ab56547_like ON public.agreements_issuedfile USING btree (sha256 varchar_pattern_ops);

CREATE INDEX agreements_issuedfile_version_id_8631dd2d ON public.agreements_issuedfile USING btree (version_id);

CREATE INDEX agreements_librarypresence_draft_id_034be671 ON public.agreements_librarypresence USING btree (draft_id);

CREATE INDEX agreements_librarypresence_person_id_3cc940e1 ON public.agreements_librarypresence USING btree (person_id);

CREATE INDEX agreements_obligation_agreement_id_10f1a587 ON public.agreements_obligation USING btree (agreement_id);

CREATE INDEX agreements_obligation_clause_id_44efe814 ON public.agreements_obligation USING btree (clause_id);

CREATE INDEX agreements_obligation_clause_id_44efe814_like ON public.agreements_obligation USING btree (clause_id varchar_pattern_ops);

CREATE INDEX agreements_obligation_developer_id_aa25621c ON public.agreements_obligation USING btree (developer_id);

CREATE INDEX agreements_obligation_version_id_1c9be849 ON public.agreements_obligation USING btree (version_id);

CREATE INDEX agreements_owncertificate_organisation_id_5d60f0e9 ON public.agreements_owncertificate USING btree (organisation_id);

CREATE INDEX agreements_owncertificate_person_id_d160f147 ON public.agreements_owncertificate USING btree (person_id);

CREATE INDEX agreements_owncertificate_retired_by_id_487524c6 ON public.agreements_owncertificate USING btree (retired_by_id);

CREATE INDEX agreements_post_ended_by_id_b0fcc043 ON public.agreements_post USING btree (ended_by_id);

CREATE INDEX agreements_post_organisation_id_5c1ee92c ON public.agreements_post USING btree (organisation_id);

CREATE INDEX agreements_post_recorded_by_id_9e47d359 ON public.agreements_post USING btree (recorded_by_id);

CREATE INDEX agreements_presence_agreement_id_c14f690c ON public.agreements_presence USING btree (agreement_id);

CREATE INDEX agreements_presence_clause_id_bf2d2857 ON public.agreements_presence USING btree (clause_id);

CREATE INDEX agreements_presence_clause_id_bf2d2857_like ON public.agreements_presence USING btree (clause_id varchar_pattern_ops);

CREATE INDEX agreements_presence_organisation_id_ea67db3b ON public.agreements_presence USING btree (organisation_id);

CREATE INDEX agreements_presence_person_id_a52fc13f ON public.agreements_presence USING btree (person_id);

CREATE INDEX agreements_remotesigning_certificate_id_070a30e7 ON public.agreements_remotesigning USING btree (certificate_id);

CREATE INDEX agreements_remotesigning_organisation_id_00c0c1bd ON public.agreements_remotesigning USING btree (organisation_id);

CREATE INDEX agreements_signatory_agreement_id_c10ee0c0 ON public.agreements_signatory USING btree (agreement_id);

CREATE INDEX agreements_signatory_authority_id_06c53dc9 ON public.agreements_signatory USING btree (authority_id);

CREATE INDEX agreements_signatory_developer_id_73c47be0 ON public.agreements_signatory USING btree (developer_id);

CREATE INDEX agreements_signatory_incumbency_id_5325379f ON public.agreements_signatory USING btree (incumbency_id);

CREATE INDEX agreements_signatory_organisation_id_8fae6c79 ON public.agreements_signatory USING btree (organisation_id);

CREATE INDEX agreements_signatory_person_id_9a916236 ON public.agreements_signatory USING btree (person_id);

CREATE INDEX agreements_signatory_sealed_id_0dbffb86 ON public.agreements_signatory USING btree (sealed_id);

CREATE INDEX agreements_signatory_voided_by_id_f9861890 ON public.agreements_signatory USING btree (voided_by_id);

CREATE INDEX agreements_signature_agreement_id_c402677c ON public.agreements_signature USING btree (agreement_id);

CREATE INDEX agreements_signature_developer_id_17374d59 ON public.agreements_signature USING btree (developer_id);

CREATE INDEX agreements_signature_file_before_id_c5d5acc6 ON public.agreements_signature USING btree (file_before_id);

CREATE INDEX agreements_signatureauthority_concurred_by_id_3795240e ON public.agreements_signatureauthority USING btree (concurred_by_id);

CREATE INDEX agreements_signatureauthority_holder_id_12c5aeb9 ON public.agreements_signatureauthority USING btree (holder_id);

CREATE INDEX agreements_signatureauthority_organisation_id_34cec8c8 ON public.agreements_signatureauthority USING btree (organisation_id);

CREATE INDEX agreements_signatureauthority_parent_id_67b9f2f6 ON public.agreements_signatureauthority USING btree (parent_id);

CREATE INDEX agreements_signatureauthority_post_id_62462579 ON public.agreements_signatureauthority USING btree (post_id);

CREATE INDEX agreements_signatureauthority_recorded_by_id_7c183c36 ON public.agreements_signatureauthority USING btree (recorded_by_id);

CREATE INDEX agreements_signatureauthority_revoked_by_id_30e72169 ON public.agreements_signatureauthority USING btree (revoked_by_id);

CREATE INDEX agreements_signingkey_organisation_id_76bbf04d ON public.agreements_signingkey USING btree (organisation_id);

CREATE INDEX agreements_signingkey_user_id_b3478a95 ON public.agreements_signingkey USING btree (user_id);

CREATE INDEX agreements_signingturn_agreement_id_39680719 ON public.agreements_signingturn USING btree (agreement_id);

CREATE INDEX agreements_signingturn_developer_id_b8db02aa ON public.agreements_signingturn USING btree (developer_id);

CREATE INDEX agreements_signingturn_file_id_e13972fd ON public.agreements_signingturn USING btree (file_id);

CREATE INDEX agreements_signingturn_signatory_id_422ccf91 ON public.agreements_signingturn USING btree (signatory_id);

CREATE INDEX agreements_testingagreement_amends_id_6cc70e5d ON public.agreements_testingagreement USING btree (amends_id);

CREATE INDEX agreements_testingagreement_current_id_900ea73b ON public.agreements_testingagreement USING btree (current_id);

CREATE INDEX agreements_testingagreement_developer_id_ecc043fc ON public.agreements_testingagreement USING btree (developer_id);

CREATE INDEX agreements_testingagreement_drafted_by_id_f5be8f34 ON public.agreements_testingagreement USING btree (drafted_by_id);

CREATE INDEX agreements_testingagreement_notice_given_by_id_5d06f46e ON public.agreements_testingagreement USING btree (notice_given_by_id);

CREATE INDEX agreements_testingagreement_reference_8b498c85_like ON public.agreements_testingagreement USING btree (reference varchar_pattern_ops);

CREATE INDEX agreements_testingagreement_replaces_id_d109730b ON public.agreements_testingagreement USING btree (replaces_id);

CREATE INDEX agreements_testingagreement_started_by_id_5862cf49 ON public.agreements_testingagreement USING btree (started_by_id);

CREATE INDEX agreements_testingagreement_suspended_by_id_7a62ea58 ON public.agreements_testingagreement USING btree (suspended_by_id);

CREATE INDEX agreements_testingagreement_template_id_54d46a99 ON public.agreements_testingagreement USING btree (template_id);

CREATE INDEX apitoken_of_organisation ON public.accounts_apitoken USING btree (organisation_id, created_at DESC);

CREATE INDEX assignment_agency ON public.evaluations_evaluationassignment USING btree (agency_id, created_at DESC, id DESC);

CREATE INDEX assignment_agency_status ON public.evaluations_evaluationassignment USING btree (agency_id, status, created_at DESC, id DESC);

CREATE INDEX assignment_dev_agency ON public.evaluations_evaluationassignment USING btree (developer_id, agency_id, created_at DESC, id DESC);

CREATE INDEX assignment_dev_status ON public.evaluations_evaluationassignment USING btree (developer_id, status, created_at DESC, id DESC);

CREATE INDEX assignment_developer ON public.evaluations_evaluationassignment USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX assignment_newest ON public.evaluations_evaluationassignment USING btree (created_at DESC, id DESC);

CREATE UNIQUE INDEX assignment_once ON public.evaluations_evaluationassignment USING btree (request_id, agency_id) WHERE (NOT ((status)::text = ANY ((ARRAY['declined'::character varying, 'stopped'::character varying])::text[])));

CREATE INDEX attempt_open ON public.evaluations_routingattempt USING btree (router_id, created_at DESC, id DESC) WHERE ((placed = 0) AND (resolved_at IS NULL));

CREATE INDEX attempt_router ON public.evaluations_routingattempt USING btree (router_id, created_at DESC, id DESC);

CREATE INDEX audit_look_user_id_f99c0427 ON public.audit_look USING btree (user_id);

CREATE INDEX audit_queue_event_id_9bfdb0b9 ON public.audit_queue USING btree (event_id);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX authority_by_holder ON public.agreements_signatureauthority USING btree (organisation_id, holder_id, created_at DESC, id DESC);

CREATE INDEX authority_by_post ON public.agreements_signatureauthority USING btree (organisation_id, post_id, created_at DESC, id DESC);

CREATE INDEX authority_by_standing ON public.agreements_signatureauthority USING btree (organisation_id, standing, created_at DESC, id DESC);

CREATE INDEX authority_newest ON public.agreements_signatureauthority USING btree (organisation_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX blocked_time_one_open ON public.early_access_blockedtime USING btree (request_id, agency_id) NULLS NOT DISTINCT WHERE ((ended_at IS NULL) AND (struck_at IS NULL));

CREATE INDEX checkpoint_audience_page ON public.developers_checkpointaudience USING btree (organisation_id, created_at DESC, target_id DESC);

CREATE INDEX checkpoint_developer ON public.developers_modelcheckpoint USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX claimed_result_request ON public.early_access_claimedresult USING btree (request_id, created_at DESC, id DESC);

CREATE INDEX comment_of_agreement ON public.agreements_clausecomment USING btree (agreement_id, created_at);

CREATE INDEX concurrence_part_lent ON public.agreements_concurrencepart USING btree (organisation_id, agreement_id);

CREATE INDEX conflict_of_person ON public.evaluations_conflictofinterest USING btree (person_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX conflict_once ON public.evaluations_conflictofinterest USING btree (agency_id, developer_id, person_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL);

CREATE INDEX conflict_page ON public.evaluations_conflictofinterest USING btree (agency_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX credential_one_live ON public.early_access_accesscredential USING btree (request_id, variant) WHERE (revoked_at IS NULL);

CREATE INDEX decision_agency ON public.evaluations_routingdecision USING btree (agency_id, created_at DESC, id DESC);

CREATE INDEX decision_board ON public.evaluations_routingdecision USING btree (router_id, created_at DESC, id DESC) WHERE (superseded_at IS NULL);

CREATE INDEX decision_router_status ON public.evaluations_routingdecision USING btree (router_id, status, created_at DESC, id DESC);

CREATE INDEX developer_organisation ON public.developers_developer USING btree (organisation_id, created_at DESC, id DESC);

CREATE INDEX developer_verifier ON public.developers_developer USING btree (verifier_id, created_at DESC, id DESC);

CREATE INDEX developers_checkpointaudience_developer_id_a9085f41 ON public.developers_checkpointaudience USING btree (developer_id);

CREATE INDEX developers_checkpointaudience_organisation_id_af2899ec ON public.developers_checkpointaudience USING btree (organisation_id);

CREATE INDEX developers_checkpointaudience_target_id_61cdb6a4 ON public.developers_checkpointaudience USING btree (target_id);

CREATE INDEX developers_developer_decided_by_id_9f23c758 ON public.developers_developer USING btree (decided_by_id);

CREATE INDEX developers_developer_verifier_id_8deebb7a ON public.developers_developer USING btree (verifier_id);

CREATE INDEX developers_frontiermodel_developer_id_baf76b7f ON public.developers_frontiermodel USING btree (developer_id);

CREATE INDEX developers_frontiermodel_reference_31fe7e0d_like ON public.developers_frontiermodel USING btree (reference varchar_pattern_ops);

CREATE INDEX developers_modelaudience_developer_id_2a03fa64 ON public.developers_modelaudience USING btree (developer_id);

CREATE INDEX developers_modelaudience_organisation_id_903962b1 ON public.developers_modelaudience USING btree (organisation_id);

CREATE INDEX developers_modelaudience_target_id_9c7ae189 ON public.developers_modelaudience USING btree (target_id);

CREATE INDEX developers_modelcheckpoint_developer_id_0cca9e6f ON public.developers_modelcheckpoint USING btree (developer_id);

CREATE INDEX developers_modelcheckpoint_model_id_42623aad ON public.developers_modelcheckpoint USING btree (model_id);

CREATE INDEX developers_modelvariant_checkpoint_id_df36b043 ON public.developers_modelvariant USING btree (checkpoint_id);

CREATE INDEX developers_modelvariant_developer_id_1ebee0f8 ON public.developers_modelvariant USING btree (developer_id);

CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);

CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX early_access_accesscredential_developer_id_45d32b05 ON public.early_access_accesscredential USING btree (developer_id);

CREATE INDEX early_access_accesscredential_request_id_4f9db0e2 ON public.early_access_accesscredential USING btree (request_id);

CREATE INDEX early_access_accesshold_agency_id_e7a5d467 ON public.early_access_accesshold USING btree (agency_id);

CREATE INDEX early_access_accesshold_developer_id_3073cb5e ON public.early_access_accesshold USING btree (developer_id);

CREATE INDEX early_access_accesshold_request_id_20b23a8e ON public.early_access_accesshold USING btree (request_id);

CREATE INDEX early_access_accessspecification_developer_id_e7193315 ON public.early_access_accessspecification USING btree (developer_id);

CREATE INDEX early_access_accessspecification_request_id_6964c956 ON public.early_access_accessspecification USING btree (request_id);

CREATE INDEX early_access_accesswindow_developer_id_ba6ef667 ON public.early_access_accesswindow USING btree (developer_id);

CREATE INDEX early_access_agencyconsent_agency_id_c474687e ON public.early_access_agencyconsent USING btree (agency_id);

CREATE INDEX early_access_agencyconsent_developer_id_8548e059 ON public.early_access_agencyconsent USING btree (developer_id);

CREATE INDEX early_access_agencyconsent_request_id_b426bc88 ON public.early_access_agencyconsent USING btree (request_id);

CREATE INDEX early_access_blockedtime_agency_id_2aac3bfe ON public.early_access_blockedtime USING btree (agency_id);

CREATE INDEX early_access_blockedtime_developer_id_2393452c ON public.early_access_blockedtime USING btree (developer_id);

CREATE INDEX early_access_blockedtime_reported_by_id_c536779a ON public.early_access_blockedtime USING btree (reported_by_id);

CREATE INDEX early_access_blockedtime_request_id_add6788b ON public.early_access_blockedtime USING btree (request_id);

CREATE INDEX early_access_claimedresult_checkpoint_id_a835b418 ON public.early_access_claimedresult USING btree (checkpoint_id);

CREATE INDEX early_access_claimedresult_developer_id_a54358d3 ON public.early_access_claimedresult USING btree (developer_id);

CREATE INDEX early_access_claimedresult_document_id_fa413c42 ON public.early_access_claimedresult USING btree (document_id);

CREATE INDEX early_access_claimedresult_request_id_3c364cb2 ON public.early_access_claimedresult USING btree (request_id);

CREATE INDEX early_access_claimedresult_stated_by_id_902b7348 ON public.early_access_claimedresult USING btree (stated_by_id);

CREATE INDEX early_access_claimedresult_taken_back_by_id_0522417a ON public.early_access_claimedresult USING btree (taken_back_by_id);

CREATE INDEX early_access_confidentialitymarking_developer_id_aa3001ef ON public.early_access_confidentialitymarking USING btree (developer_id);

CREATE INDEX early_access_confidentialitymarking_request_id_aee4c5de ON public.early_access_confidentialitymarking USING btree (request_id);

CREATE INDEX early_access_contact_developer_id_dfd1a8f9 ON public.early_access_contact USING btree (developer_id);

CREATE INDEX early_access_contact_request_id_3fd7f5d8 ON public.early_access_contact USING btree (request_id);

CREATE INDEX early_access_credentialopening_agency_id_4cd332ef ON public.early_access_credentialopening USING btree (agency_id);

CREATE INDEX early_access_credentialopening_credential_id_6b325f28 ON public.early_access_credentialopening USING btree (credential_id);

CREATE INDEX early_access_credentialopening_developer_id_6c18543f ON public.early_access_credentialopening USING btree (developer_id);

CREATE INDEX early_access_credentialopening_opened_by_id_22ccfa07 ON public.early_access_credentialopening USING btree (opened_by_id);

CREATE INDEX early_access_credentialopening_request_id_71a359bc ON public.early_access_credentialopening USING btree (request_id);

CREATE INDEX early_access_credentialwrap_developer_id_782e695d ON public.early_access_credentialwrap USING btree (developer_id);

CREATE INDEX early_access_credentialwrap_organisation_id_9f3e7624 ON public.early_access_credentialwrap USING btree (organisation_id);

CREATE INDEX early_access_credentialwrap_target_id_6b72cf00 ON public.early_access_credentialwrap USING btree (target_id);

CREATE INDEX early_access_designation_agency_id_9ee3daf2 ON public.early_access_designation USING btree (agency_id);

CREATE INDEX early_access_designation_developer_id_d12376be ON public.early_access_designation USING btree (developer_id);

CREATE INDEX early_access_designation_pointer_933ba386_like ON public.early_access_designation USING btree (pointer varchar_pattern_ops);

CREATE INDEX early_access_designation_recorded_by_id_01543ebf ON public.early_access_designation USING btree (recorded_by_id);

CREATE INDEX early_access_designationinquiry_agency_id_99d9c05c ON public.early_access_designationinquiry USING btree (agency_id);

CREATE INDEX early_access_designationinquiry_asked_by_id_d128f9a2 ON public.early_access_designationinquiry USING btree (asked_by_id);

CREATE INDEX early_access_designationinquiry_checkpoint_id_cc559261 ON public.early_access_designationinquiry USING btree (checkpoint_id);

CREATE INDEX early_access_designationinquiry_developer_id_a0700d0b ON public.early_access_designationinquiry USING btree (developer_id);

CREATE INDEX early_access_designationinquiry_model_id_81f67bc0 ON public.early_access_designationinquiry USING btree (model_id);

CREATE INDEX early_access_designationinquiry_previous_id_c38e9f33 ON public.early_access_designationinquiry USING btree (previous_id);

CREATE INDEX early_access_designationinquiry_reference_d6372788_like ON public.early_access_designationinquiry USING btree (reference varchar_pattern_ops);

CREATE INDEX early_access_destructioncertificate_agency_id_3707af33 ON public.early_access_destructioncertificate USING btree (agency_id);

CREATE INDEX early_access_destructioncertificate_certified_by_id_aafe2295 ON public.early_access_destructioncertificate USING btree (certified_by_id);

CREATE INDEX early_access_destructioncertificate_developer_id_d746130d ON public.early_access_destructioncertificate USING btree (developer_id);

CREATE INDEX early_access_destructioncertificate_manifest_id_b3f6f470 ON public.early_access_destructioncertificate USING btree (manifest_id);

CREATE INDEX early_access_earlyaccessrequest_agreement_id_b3577781 ON public.early_access_earlyaccessrequest USING btree (agreement_id);

CREATE INDEX early_access_earlyaccessrequest_checkpoint_id_5c8b17fd ON public.early_access_earlyaccessrequest USING btree (checkpoint_id);

CREATE INDEX early_access_earlyaccessrequest_developer_id_10272b89 ON public.early_access_earlyaccessrequest USING btree (developer_id);

CREATE INDEX early_access_earlyaccessrequest_intake_agency_id_717b7766 ON public.early_access_earlyaccessrequest USING btree (intake_agency_id);

CREATE INDEX early_access_earlyaccessrequest_model_id_94ae5efd ON public.early_access_earlyaccessrequest USING btree (model_id);

CREATE INDEX early_access_earlyaccessrequest_previous_id_64ddccc9 ON public.early_access_earlyaccessrequest USING btree (previous_id);

CREATE INDEX early_access_earlyaccessrequest_reference_da2070b1_like ON public.early_access_earlyaccessrequest USING btree (reference varchar_pattern_ops);

CREATE INDEX early_access_heldanswer_agency_id_24b471be ON public.early_access_heldanswer USING btree (agency_id);

CREATE INDEX early_access_heldanswer_by_id_c3df09ed ON public.early_access_heldanswer USING btree (by_id);

CREATE INDEX early_access_heldanswer_credential_id_8b67585d ON public.early_access_heldanswer USING btree (credential_id);

CREATE INDEX early_access_heldanswer_request_id_04214deb ON public.early_access_heldanswer USING btree (request_id);

CREATE INDEX early_access_listedfinding_agency_id_94141539 ON public.early_access_listedfinding USING btree (agency_id);

CREATE INDEX early_access_listedfinding_developer_id_196972b1 ON public.early_access_listedfinding USING btree (developer_id);

CREATE INDEX early_access_listedfinding_notice_id_6f789e39 ON public.early_access_listedfinding USING btree (notice_id);

CREATE INDEX early_access_pinnedstate_announced_by_id_42410aa8 ON public.early_access_pinnedstate USING btree (announced_by_id);

CREATE INDEX early_access_pinnedstate_checkpoint_id_fe1fdd09 ON public.early_access_pinnedstate USING btree (checkpoint_id);

CREATE INDEX early_access_pinnedstate_developer_id_e1036e17 ON public.early_access_pinnedstate USING btree (developer_id);

CREATE INDEX early_access_pinnedstate_request_id_b13e6e09 ON public.early_access_pinnedstate USING btree (request_id);

CREATE INDEX early_access_pinnedstate_specification_id_0feb7ade ON public.early_access_pinnedstate USING btree (specification_id);

CREATE INDEX early_access_releasenotice_developer_id_5ea33ebb ON public.early_access_releasenotice USING btree (developer_id);

CREATE INDEX early_access_releasenotice_request_id_124d94b8 ON public.early_access_releasenotice USING btree (request_id);

CREATE INDEX early_access_requestaudience_developer_id_1f99af6d ON public.early_access_requestaudience USING btree (developer_id);

CREATE INDEX early_access_requestaudience_organisation_id_8f91373d ON public.early_access_requestaudience USING btree (organisation_id);

CREATE INDEX early_access_requestaudience_target_id_12e964ac ON public.early_access_requestaudience USING btree (target_id);

CREATE INDEX early_access_requestdocument_developer_id_f85c3f9f ON public.early_access_requestdocument USING btree (developer_id);

CREATE INDEX early_access_requestdocument_request_id_678d41fb ON public.early_access_requestdocument USING btree (request_id);

CREATE INDEX early_access_requestdocument_uploaded_by_id_80a4d5a2 ON public.early_access_requestdocument USING btree (uploaded_by_id);

CREATE INDEX early_access_requesteddomain_developer_id_976e91b9 ON public.early_access_requesteddomain USING btree (developer_id);

CREATE INDEX early_access_requesteddomain_request_id_2cb21471 ON public.early_access_requesteddomain USING btree (request_id);

CREATE INDEX early_access_requestsection_developer_id_a62b2227 ON public.early_access_requestsection USING btree (developer_id);

CREATE INDEX early_access_requestsection_request_id_4bcfb436 ON public.early_access_requestsection USING btree (request_id);

CREATE INDEX early_access_requestsection_saved_by_id_484eb519 ON public.early_access_requestsection USING btree (saved_by_id);

CREATE INDEX early_access_requeststatement_developer_id_37f7d75f ON public.early_access_requeststatement USING btree (developer_id);

CREATE INDEX early_access_requeststatement_request_id_5e522ec0 ON public.early_access_requeststatement USING btree (request_id);

CREATE INDEX early_access_requestvariant_developer_id_7cc69316 ON public.early_access_requestvariant USING btree (developer_id);

CREATE INDEX early_access_requestvariant_request_id_85002835 ON public.early_access_requestvariant USING btree (request_id);

CREATE INDEX early_access_returnitem_agency_id_4773e301 ON public.early_access_returnitem USING btree (agency_id);

CREATE INDEX early_access_returnitem_answered_by_id_39a43cc3 ON public.early_access_returnitem USING btree (answered_by_id);

CREATE INDEX early_access_returnitem_developer_id_0e93ead9 ON public.early_access_returnitem USING btree (developer_id);

CREATE INDEX early_access_returnitem_request_id_6ffabd9e ON public.early_access_returnitem USING btree (request_id);

CREATE INDEX early_access_revocationproof_agency_id_150d52f6 ON public.early_access_revocationproof USING btree (agency_id);

CREATE INDEX early_access_revocationproof_asked_by_id_f91e6da4 ON public.early_access_revocationproof USING btree (asked_by_id);

CREATE INDEX early_access_revocationproof_credential_id_4844c8b8 ON public.early_access_revocationproof USING btree (credential_id);

CREATE INDEX early_access_revocationproof_developer_id_c3fc3c96 ON public.early_access_revocationproof USING btree (developer_id);

CREATE INDEX early_access_revocationproof_request_id_d3f453cc ON public.early_access_revocationproof USING btree (request_id);

CREATE INDEX early_access_sectiontask_answered_by_id_64ed0600 ON public.early_access_sectiontask USING btree (answered_by_id);

CREATE INDEX early_access_sectiontask_asked_by_id_b352bac7 ON public.early_access_sectiontask USING btree (asked_by_id);

CREATE INDEX early_access_sectiontask_developer_id_955df33f ON public.early_access_sectiontask USING btree (developer_id);

CREATE INDEX early_access_sectiontask_owner_id_1dbfd069 ON public.early_access_sectiontask USING btree (owner_id);

CREATE INDEX early_access_sectiontask_request_id_aab7b9c4 ON public.early_access_sectiontask USING btree (request_id);

CREATE INDEX early_access_trustedpartne_agency_consented_by_id_bbb0c155 ON public.early_access_trustedpartnernomination USING btree (agency_consented_by_id);

CREATE INDEX early_access_trustedpartne_developer_consented_by_id_1db875bf ON public.early_access_trustedpartnernomination USING btree (developer_consented_by_id);

CREATE INDEX early_access_trustedpartner_agency_id_03a4e2ba ON public.early_access_trustedpartner USING btree (agency_id);

CREATE INDEX early_access_trustedpartner_developer_id_ca62ae96 ON public.early_access_trustedpartner USING btree (developer_id);

CREATE INDEX early_access_trustedpartnernomination_agency_id_d3cddf69 ON public.early_access_trustedpartnernomination USING btree (agency_id);

CREATE INDEX early_access_trustedpartnernomination_agreement_id_cc22ab42 ON public.early_access_trustedpartnernomination USING btree (agreement_id);

CREATE INDEX early_access_trustedpartnernomination_denied_for_id_9cd917f6 ON public.early_access_trustedpartnernomination USING btree (denied_for_id);

CREATE INDEX early_access_trustedpartnernomination_developer_id_91dc166d ON public.early_access_trustedpartnernomination USING btree (developer_id);

CREATE INDEX early_access_trustedpartnernomination_nominated_by_id_e6afd163 ON public.early_access_trustedpartnernomination USING btree (nominated_by_id);

CREATE INDEX early_access_trustedpartnernomination_nominator_id_5a5e4fd0 ON public.early_access_trustedpartnernomination USING btree (nominator_id);

CREATE INDEX early_access_trustedpartnernomination_partner_id_36c25423 ON public.early_access_trustedpartnernomination USING btree (partner_id);

CREATE INDEX early_access_trustedpartnernomination_reference_5ed7930e_like ON public.early_access_trustedpartnernomination USING btree (reference varchar_pattern_ops);

CREATE INDEX early_access_trustedpartnernomination_request_id_dce79f42 ON public.early_access_trustedpartnernomination USING btree (request_id);

CREATE INDEX early_access_trustedpartnernomination_suspended_for_id_3b638f21 ON public.early_access_trustedpartnernomination USING btree (suspended_for_id);

CREATE INDEX early_access_trustedpartnernomination_vetted_by_id_1e1a9fd2 ON public.early_access_trustedpartnernomination USING btree (vetted_by_id);

CREATE INDEX early_access_variantconsent_agency_id_f54de22f ON public.early_access_variantconsent USING btree (agency_id);

CREATE INDEX early_access_variantconsent_changed_by_id_619ec068 ON public.early_access_variantconsent USING btree (changed_by_id);

CREATE INDEX early_access_variantconsent_developer_id_1fc85bf7 ON public.early_access_variantconsent USING btree (developer_id);

CREATE INDEX early_access_variantconsent_request_id_68ee56b7 ON public.early_access_variantconsent USING btree (request_id);

CREATE INDEX early_access_weightsmanifest_developer_id_c0d6995b ON public.early_access_weightsmanifest USING btree (developer_id);

CREATE INDEX early_access_weightsmanifest_request_id_58293e7e ON public.early_access_weightsmanifest USING btree (request_id);

CREATE INDEX early_access_weightsmanifest_signer_id_00662a57 ON public.early_access_weightsmanifest USING btree (signer_id);

CREATE INDEX early_access_weightsmanifest_uploaded_by_id_c16c012e ON public.early_access_weightsmanifest USING btree (uploaded_by_id);

CREATE INDEX early_access_weightsreceipt_agency_id_90fb15ee ON public.early_access_weightsreceipt USING btree (agency_id);

CREATE INDEX early_access_weightsreceipt_confirmed_by_id_798d5f9c ON public.early_access_weightsreceipt USING btree (confirmed_by_id);

CREATE INDEX early_access_weightsreceipt_developer_id_353ed067 ON public.early_access_weightsreceipt USING btree (developer_id);

CREATE INDEX early_access_weightsreceipt_manifest_id_e2b624f3 ON public.early_access_weightsreceipt USING btree (manifest_id);

CREATE INDEX early_access_weightsreceipt_request_id_d89a4c8f ON public.early_access_weightsreceipt USING btree (request_id);

CREATE INDEX early_access_weightssigner_developer_id_8a41bfbe ON public.early_access_weightssigner USING btree (developer_id);

CREATE INDEX early_access_weightssigner_registered_by_id_15e06ad2 ON public.early_access_weightssigner USING btree (registered_by_id);

CREATE INDEX early_access_weightssigner_request_id_dab69fdf ON public.early_access_weightssigner USING btree (request_id);

CREATE INDEX early_access_windowextension_agency_id_01e0d44e ON public.early_access_windowextension USING btree (agency_id);

CREATE INDEX early_access_windowextension_answered_by_id_9de011b2 ON public.early_access_windowextension USING btree (answered_by_id);

CREATE INDEX early_access_windowextension_developer_id_653dc1cb ON public.early_access_windowextension USING btree (developer_id);

CREATE INDEX early_access_windowextension_proposed_by_id_07c170c8 ON public.early_access_windowextension USING btree (proposed_by_id);

CREATE INDEX early_access_windowextension_request_id_ef0fb930 ON public.early_access_windowextension USING btree (request_id);

CREATE INDEX early_access_withdrawal_developer_id_1587c5d9 ON public.early_access_withdrawal USING btree (developer_id);

CREATE INDEX early_access_withdrawal_withdrawn_by_id_e865877d ON public.early_access_withdrawal USING btree (withdrawn_by_id);

CREATE INDEX evaluations_accesscheck_agency_id_b446d1a0 ON public.evaluations_accesscheck USING btree (agency_id);

CREATE INDEX evaluations_accesscheck_assignment_id_4e2a84ed ON public.evaluations_accesscheck USING btree (assignment_id);

CREATE INDEX evaluations_accesscheck_developer_id_1464b34b ON public.evaluations_accesscheck USING btree (developer_id);

CREATE INDEX evaluations_accesscheck_opening_id_18f0b8d6 ON public.evaluations_accesscheck USING btree (opening_id);

CREATE INDEX evaluations_attestation_agency_id_a27d5915 ON public.evaluations_attestation USING btree (agency_id);

CREATE INDEX evaluations_attestation_assignment_id_16b30b22 ON public.evaluations_attestation USING btree (assignment_id);

CREATE INDEX evaluations_attestation_developer_id_caf38336 ON public.evaluations_attestation USING btree (developer_id);

CREATE INDEX evaluations_attestation_evaluator_id_c755d0e0 ON public.evaluations_attestation USING btree (evaluator_id);

CREATE INDEX evaluations_baseline_agency_id_3859117f ON public.evaluations_baseline USING btree (agency_id);

CREATE INDEX evaluations_baseline_developer_id_e11e1cb5 ON public.evaluations_baseline USING btree (developer_id);

CREATE INDEX evaluations_baseline_result_id_5201b437 ON public.evaluations_baseline USING btree (result_id);

CREATE INDEX evaluations_conflictofinterest_agency_id_0d79fb3d ON public.evaluations_conflictofinterest USING btree (agency_id);

CREATE INDEX evaluations_conflictofinterest_developer_id_cd333b8b ON public.evaluations_conflictofinterest USING btree (developer_id);

CREATE INDEX evaluations_conflictofinterest_ended_by_id_5401d51b ON public.evaluations_conflictofinterest USING btree (ended_by_id);

CREATE INDEX evaluations_conflictofinterest_person_id_6ac1d229 ON public.evaluations_conflictofinterest USING btree (person_id);

CREATE INDEX evaluations_conflictofinterest_recorded_by_id_02fd2f13 ON public.evaluations_conflictofinterest USING btree (recorded_by_id);

CREATE INDEX evaluations_evaluationassignment_agency_id_d48de3b4 ON public.evaluations_evaluationassignment USING btree (agency_id);

CREATE INDEX evaluations_evaluationassignment_attempt_id_f729f24c ON public.evaluations_evaluationassignment USING btree (attempt_id);

CREATE INDEX evaluations_evaluationassignment_developer_id_43bedaaa ON public.evaluations_evaluationassignment USING btree (developer_id);

CREATE INDEX evaluations_evaluationassignment_reference_5574557f_like ON public.evaluations_evaluationassignment USING btree (reference varchar_pattern_ops);

CREATE INDEX evaluations_evaluationassignment_request_id_c643b824 ON public.evaluations_evaluationassignment USING btree (request_id);

CREATE INDEX evaluations_evaluationincident_assignment_id_cabd7c3a ON public.evaluations_evaluationincident USING btree (assignment_id);

CREATE INDEX evaluations_evaluationincident_reference_1603d82b_like ON public.evaluations_evaluationincident USING btree (reference varchar_pattern_ops);

CREATE INDEX evaluations_evaluationincident_reported_by_id_68c96e42 ON public.evaluations_evaluationincident USING btree (reported_by_id);

CREATE INDEX evaluations_evaluationincident_reporter_id_9ed77171 ON public.evaluations_evaluationincident USING btree (reporter_id);

CREATE INDEX evaluations_evaluationincident_told_id_5b196498 ON public.evaluations_evaluationincident USING btree (told_id);

CREATE INDEX evaluations_evaluationreport_agency_id_0b149fd3 ON public.evaluations_evaluationreport USING btree (agency_id);

CREATE INDEX evaluations_evaluationreport_assignment_id_893fd55f ON public.evaluations_evaluationreport USING btree (assignment_id);

CREATE INDEX evaluations_evaluationreport_delivered_to_id_b2d8c9f9 ON public.evaluations_evaluationreport USING btree (delivered_to_id);

CREATE INDEX evaluations_evaluationreport_reference_ce102ba8_like ON public.evaluations_evaluationreport USING btree (reference varchar_pattern_ops);

CREATE INDEX evaluations_evaluationreport_saved_by_id_b7a68d0e ON public.evaluations_evaluationreport USING btree (saved_by_id);

CREATE INDEX evaluations_evaluationreport_written_by_id_72d078bf ON public.evaluations_evaluationreport USING btree (written_by_id);

CREATE INDEX evaluations_evaluationrun_agency_id_65a9d413 ON public.evaluations_evaluationrun USING btree (agency_id);

CREATE INDEX evaluations_evaluationrun_assignment_id_8c7c88a5 ON public.evaluations_evaluationrun USING btree (assignment_id);

CREATE INDEX evaluations_evaluationrun_checkpoint_id_c916d8cd ON public.evaluations_evaluationrun USING btree (checkpoint_id);

CREATE INDEX evaluations_evaluationrun_developer_id_bc52495c ON public.evaluations_evaluationrun USING btree (developer_id);

CREATE INDEX evaluations_evaluationrun_imported_by_id_da2395fd ON public.evaluations_evaluationrun USING btree (imported_by_id);

CREATE INDEX evaluations_evaluationrun_superseded_by_id_de7c728d ON public.evaluations_evaluationrun USING btree (superseded_by_id);

CREATE INDEX evaluations_factcheck_agency_id_bd8b97fa ON public.evaluations_factcheck USING btree (agency_id);

CREATE INDEX evaluations_factcheck_answered_by_id_e61e3182 ON public.evaluations_factcheck USING btree (answered_by_id);

CREATE INDEX evaluations_factcheck_asked_by_id_46c289c2 ON public.evaluations_factcheck USING btree (asked_by_id);

CREATE INDEX evaluations_factcheck_assignment_id_bd431386 ON public.evaluations_factcheck USING btree (assignment_id);

CREATE INDEX evaluations_factcheck_developer_id_1f9d5def ON public.evaluations_factcheck USING btree (developer_id);

CREATE INDEX evaluations_factcheckcomment_agency_id_68e77f01 ON public.evaluations_factcheckcomment USING btree (agency_id);

CREATE INDEX evaluations_factcheckcomment_by_id_3e9947d7 ON public.evaluations_factcheckcomment USING btree (by_id);

CREATE INDEX evaluations_factcheckcomment_developer_id_7a0f90e7 ON public.evaluations_factcheckcomment USING btree (developer_id);

CREATE INDEX evaluations_factcheckcomment_fact_check_id_92982426 ON public.evaluations_factcheckcomment USING btree (fact_check_id);

CREATE INDEX evaluations_finding_agency_id_f97ca62c ON public.evaluations_finding USING btree (agency_id);

CREATE INDEX evaluations_finding_assignment_id_a4ebe038 ON public.evaluations_finding USING btree (assignment_id);

CREATE INDEX evaluations_finding_edited_by_id_bae1ae3d ON public.evaluations_finding USING btree (edited_by_id);

CREATE INDEX evaluations_finding_reference_d881d085_like ON public.evaluations_finding USING btree (reference varchar_pattern_ops);

CREATE INDEX evaluations_finding_run_id_80a7e90e ON public.evaluations_finding USING btree (run_id);

CREATE INDEX evaluations_finding_shared_with_id_58bd5a49 ON public.evaluations_finding USING btree (shared_with_id);

CREATE INDEX evaluations_finding_written_by_id_1a493886 ON public.evaluations_finding USING btree (written_by_id);

CREATE INDEX evaluations_findingentry_agency_id_adb213fd ON public.evaluations_findingentry USING btree (agency_id);

CREATE INDEX evaluations_findingentry_by_id_b028bf0d ON public.evaluations_findingentry USING btree (by_id);

CREATE INDEX evaluations_findingentry_developer_id_68b1e78c ON public.evaluations_findingentry USING btree (developer_id);

CREATE INDEX evaluations_findingentry_finding_id_08e985c3 ON public.evaluations_findingentry USING btree (finding_id);

CREATE INDEX evaluations_findingentry_run_id_545b0d36 ON public.evaluations_findingentry USING btree (run_id);

CREATE INDEX evaluations_incidentnote_by_id_f400937c ON public.evaluations_incidentnote USING btree (by_id);

CREATE INDEX evaluations_incidentnote_incident_id_13e3422d ON public.evaluations_incidentnote USING btree (incident_id);

CREATE INDEX evaluations_incidentnote_reporter_id_01467e63 ON public.evaluations_incidentnote USING btree (reporter_id);

CREATE INDEX evaluations_incidentnote_side_id_ee953c70 ON public.evaluations_incidentnote USING btree (side_id);

CREATE INDEX evaluations_incidentnote_told_id_84d03b7b ON public.evaluations_incidentnote USING btree (told_id);

CREATE INDEX evaluations_logview_agency_id_bbf4fcdb ON public.evaluations_logview USING btree (agency_id);

CREATE INDEX evaluations_logview_by_id_dc9c129c ON public.evaluations_logview USING btree (by_id);

CREATE INDEX evaluations_logview_developer_id_565c96fa ON public.evaluations_logview USING btree (developer_id);

CREATE INDEX evaluations_logview_log_id_63c42969 ON public.evaluations_logview USING btree (log_id);

CREATE INDEX evaluations_placeoverload_agency_id_0290282d ON public.evaluations_placeoverload USING btree (agency_id);

CREATE INDEX evaluations_placeoverload_router_id_6f663977 ON public.evaluations_placeoverload USING btree (router_id);

CREATE INDEX evaluations_placeturn_agency_id_5a3fd34a ON public.evaluations_placeturn USING btree (agency_id);

CREATE INDEX evaluations_placeturn_developer_id_d3b86f5f ON public.evaluations_placeturn USING btree (developer_id);

CREATE INDEX evaluations_placeturn_request_id_1331032d ON public.evaluations_placeturn USING btree (request_id);

CREATE INDEX evaluations_publicationreview_agency_id_25d21655 ON public.evaluations_publicationreview USING btree (agency_id);

CREATE INDEX evaluations_publicationreview_answered_by_id_67682348 ON public.evaluations_publicationreview USING btree (answered_by_id);

CREATE INDEX evaluations_publicationreview_asked_by_id_05fd1dd6 ON public.evaluations_publicationreview USING btree (asked_by_id);

CREATE INDEX evaluations_publicationreview_asked_for_id_4ae57b03 ON public.evaluations_publicationreview USING btree (asked_for_id);

CREATE INDEX evaluations_publicationreview_assignment_id_de24c283 ON public.evaluations_publicationreview USING btree (assignment_id);

CREATE INDEX evaluations_publicationreview_developer_id_ee048b7b ON public.evaluations_publicationreview USING btree (developer_id);

CREATE INDEX evaluations_publicationreview_published_by_id_b3e8d741 ON public.evaluations_publicationreview USING btree (published_by_id);

CREATE INDEX evaluations_publicationreview_report_id_1141fec1 ON public.evaluations_publicationreview USING btree (report_id);

CREATE INDEX evaluations_reportingdetail_agency_id_9f5c4896 ON public.evaluations_reportingdetail USING btree (agency_id);

CREATE INDEX evaluations_reportingdetail_assignment_id_38eb242d ON public.evaluations_reportingdetail USING btree (assignment_id);

CREATE INDEX evaluations_reportingdetail_developer_id_a50a2d30 ON public.evaluations_reportingdetail USING btree (developer_id);

CREATE INDEX evaluations_reportingdetail_saved_by_id_d2d447a2 ON public.evaluations_reportingdetail USING btree (saved_by_id);

CREATE INDEX evaluations_result_agency_id_4b1ec4c8 ON public.evaluations_result USING btree (agency_id);

CREATE INDEX evaluations_result_developer_id_50a1ba9b ON public.evaluations_result USING btree (developer_id);

CREATE INDEX evaluations_result_run_id_0aef3b07 ON public.evaluations_result USING btree (run_id);

CREATE INDEX evaluations_routingattempt_developer_id_ef8cb4e7 ON public.evaluations_routingattempt USING btree (developer_id);

CREATE INDEX evaluations_routingattempt_request_id_8c14b928 ON public.evaluations_routingattempt USING btree (request_id);

CREATE INDEX evaluations_routingattempt_router_id_027bcc9d ON public.evaluations_routingattempt USING btree (router_id);

CREATE INDEX evaluations_routingattempt_rule_set_id_e894ddfe ON public.evaluations_routingattempt USING btree (rule_set_id);

CREATE INDEX evaluations_routingdecision_agency_id_14979a98 ON public.evaluations_routingdecision USING btree (agency_id);

CREATE INDEX evaluations_routingdecision_attempt_id_1e986a29 ON public.evaluations_routingdecision USING btree (attempt_id);

CREATE INDEX evaluations_routingdecision_chosen_by_id_ddea67c9 ON public.evaluations_routingdecision USING btree (chosen_by_id);

CREATE INDEX evaluations_routingdecision_router_id_1e9d5d9b ON public.evaluations_routingdecision USING btree (router_id);

CREATE INDEX evaluations_routingexclusion_agency_id_dff45daa ON public.evaluations_routingexclusion USING btree (agency_id);

CREATE INDEX evaluations_routingexclusion_developer_id_91ba41c2 ON public.evaluations_routingexclusion USING btree (developer_id);

CREATE INDEX evaluations_routingexclusion_lifted_by_id_3f0af9a3 ON public.evaluations_routingexclusion USING btree (lifted_by_id);

CREATE INDEX evaluations_routingexclusion_made_by_id_f95b8ae0 ON public.evaluations_routingexclusion USING btree (made_by_id);

CREATE INDEX evaluations_routingexclusion_request_id_29231c55 ON public.evaluations_routingexclusion USING btree (request_id);

CREATE INDEX evaluations_routingexclusion_router_id_912f65f8 ON public.evaluations_routingexclusion USING btree (router_id);

CREATE INDEX evaluations_routingrule_agency_id_a8ab6b59 ON public.evaluations_routingrule USING btree (agency_id);

CREATE INDEX evaluations_routingrule_developer_id_8434057a ON public.evaluations_routingrule USING btree (developer_id);

CREATE INDEX evaluations_routingrule_rule_set_id_c1bbc4b2 ON public.evaluations_routingrule USING btree (rule_set_id);

CREATE INDEX evaluations_routingruleset_edited_by_id_5e814591 ON public.evaluations_routingruleset USING btree (edited_by_id);

CREATE INDEX evaluations_routingruleset_published_by_id_d8b72d92 ON public.evaluations_routingruleset USING btree (published_by_id);

CREATE INDEX evaluations_routingruleset_router_id_d0ac0ad1 ON public.evaluations_routingruleset USING btree (router_id);

CREATE INDEX evaluations_rulesofengagement_agency_id_0272f268 ON public.evaluations_rulesofengagement USING btree (agency_id);

CREATE INDEX evaluations_rulesofengagement_agreed_by_id_25d42331 ON public.evaluations_rulesofengagement USING btree (agreed_by_id);

CREATE INDEX evaluations_rulesofengagement_developer_id_9143668e ON public.evaluations_rulesofengagement USING btree (developer_id);

CREATE INDEX evaluations_runlaunch_agency_id_e47b023e ON public.evaluations_runlaunch USING btree (agency_id);

CREATE INDEX evaluations_runlaunch_assignment_id_2f52b11c ON public.evaluations_runlaunch USING btree (assignment_id);

CREATE INDEX evaluations_runlaunch_credential_id_e0073bcf ON public.evaluations_runlaunch USING btree (credential_id);

CREATE INDEX evaluations_runlaunch_developer_id_6de72f3f ON public.evaluations_runlaunch USING btree (developer_id);

CREATE INDEX evaluations_runlaunch_launched_by_id_ef951240 ON public.evaluations_runlaunch USING btree (launched_by_id);

CREATE INDEX evaluations_runlog_agency_id_6c166e34 ON public.evaluations_runlog USING btree (agency_id);

CREATE INDEX evaluations_runlog_assignment_id_8b168adf ON public.evaluations_runlog USING btree (assignment_id);

CREATE INDEX evaluations_runlog_developer_id_606ba596 ON public.evaluations_runlog USING btree (developer_id);

CREATE INDEX evaluations_runlog_launch_id_02e01ddf ON public.evaluations_runlog USING btree (launch_id);

CREATE INDEX evaluations_runlog_uploaded_by_id_2ab7884f ON public.evaluations_runlog USING btree (uploaded_by_id);

CREATE INDEX evaluations_runnotes_agency_id_10f1e6c5 ON public.evaluations_runnotes USING btree (agency_id);

CREATE INDEX evaluations_runnotes_developer_id_929e8e27 ON public.evaluations_runnotes USING btree (developer_id);

CREATE INDEX evaluations_runnotes_saved_by_id_1e85844f ON public.evaluations_runnotes USING btree (saved_by_id);

CREATE INDEX evaluations_sharedrun_agency_id_eac6ae14 ON public.evaluations_sharedrun USING btree (agency_id);

CREATE INDEX evaluations_sharedrun_assignment_id_d9a7f5e9 ON public.evaluations_sharedrun USING btree (assignment_id);

CREATE INDEX evaluations_sharedrun_developer_id_9ce64829 ON public.evaluations_sharedrun USING btree (developer_id);

CREATE INDEX evaluations_sharedrun_shared_by_id_2fe5c408 ON public.evaluations_sharedrun USING btree (shared_by_id);

CREATE INDEX event_actor ON public.audit_event USING btree (actor, at DESC);

CREATE INDEX event_at ON public.audit_event USING btree (at DESC, id);

CREATE INDEX event_object ON public.audit_event USING btree (object_id, at);

CREATE INDEX event_request ON public.audit_event USING btree (request_id) WHERE (NOT ((request_id)::text = ''::text));

CREATE INDEX event_verb ON public.audit_event USING btree (verb, at DESC);

CREATE UNIQUE INDEX extension_one_open ON public.early_access_windowextension USING btree (request_id) WHERE ((status)::text = 'proposed'::text);

CREATE UNIQUE INDEX fact_check_one_open ON public.evaluations_factcheck USING btree (assignment_id) WHERE ((answered_at IS NULL) AND (lapsed_at IS NULL));

CREATE INDEX finding_agency ON public.evaluations_finding USING btree (agency_id, created_at DESC, id DESC);

CREATE INDEX finding_agency_status ON public.evaluations_finding USING btree (agency_id, status, created_at DESC, id DESC);

CREATE INDEX finding_entry_finding ON public.evaluations_findingentry USING btree (finding_id, created_at, id);

CREATE INDEX finding_shared_status ON public.evaluations_finding USING btree (shared_with_id, status, created_at DESC, id DESC);

CREATE INDEX finding_shared_with ON public.evaluations_finding USING btree (shared_with_id, created_at DESC, id DESC);

CREATE INDEX guardian_gr_group_i_9e7d12_idx ON public.guardian_groupobjectpermission USING btree (group_id, content_type_id, object_pk);

CREATE INDEX guardian_gr_permiss_83545c_idx ON public.guardian_groupobjectpermission USING btree (permission_id, group_id, content_type_id, object_pk);

CREATE INDEX guardian_groupobjectpermission_content_type_id_7ade36b8 ON public.guardian_groupobjectpermission USING btree (content_type_id);

CREATE INDEX guardian_groupobjectpermission_group_id_4bbbfb62 ON public.guardian_groupobjectpermission USING btree (group_id);

CREATE INDEX guardian_groupobjectpermission_permission_id_36572738 ON public.guardian_groupobjectpermission USING btree (permission_id);

CREATE INDEX guardian_us_permiss_e5749c_idx ON public.guardian_userobjectpermission USING btree (permission_id, user_id, content_type_id, object_pk);

CREATE INDEX guardian_us_user_id_8eae14_idx ON public.guardian_userobjectpermission USING btree (user_id, content_type_id, object_pk);

CREATE INDEX guardian_userobjectpermission_content_type_id_2e892405 ON public.guardian_userobjectpermission USING btree (content_type_id);

CREATE INDEX guardian_userobjectpermission_permission_id_71807bfc ON public.guardian_userobjectpermission USING btree (permission_id);

CREATE INDEX guardian_userobjectpermission_user_id_d5c1e964 ON public.guardian_userobjectpermission USING btree (user_id);

CREATE INDEX held_answer_request ON public.early_access_heldanswer USING btree (request_id, by_id);

CREATE INDEX incident_note_incident ON public.evaluations_incidentnote USING btree (incident_id, created_at, id);

CREATE INDEX incident_reporter ON public.evaluations_evaluationincident USING btree (reporter_id, created_at DESC, id DESC);

CREATE INDEX incident_reporter_status ON public.evaluations_evaluationincident USING btree (reporter_id, status, created_at DESC, id DESC);

CREATE INDEX incident_told ON public.evaluations_evaluationincident USING btree (told_id, created_at DESC, id DESC);

CREATE INDEX incident_told_status ON public.evaluations_evaluationincident USING btree (told_id, status, created_at DESC, id DESC);

CREATE INDEX incumbency_of_organisation ON public.agreements_incumbency USING btree (organisation_id, created_at DESC, id DESC);

CREATE INDEX incumbency_of_post ON public.agreements_incumbency USING btree (post_id, begins_at DESC);

CREATE INDEX inquiry_agency ON public.early_access_designationinquiry USING btree (agency_id, created_at DESC, id DESC);

CREATE INDEX inquiry_agency_developer ON public.early_access_designationinquiry USING btree (agency_id, developer_id, created_at DESC, id DESC);

CREATE INDEX inquiry_agency_status ON public.early_access_designationinquiry USING btree (agency_id, status, created_at DESC, id DESC);

CREATE INDEX inquiry_developer ON public.early_access_designationinquiry USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX inquiry_developer_status ON public.early_access_designationinquiry USING btree (developer_id, status, created_at DESC, id DESC);

CREATE UNIQUE INDEX inquiry_one_open ON public.early_access_designationinquiry USING btree (model_id) WHERE ((status)::text = ANY ((ARRAY['submitted'::character varying, 'acknowledged'::character varying, 'under_benchmark'::character varying])::text[]));

CREATE INDEX job_queued ON public.jobs_job USING btree (queue, not_before) WHERE ((state)::text = 'queued'::text);

CREATE INDEX job_ring ON public.jobs_job USING btree (next_ring_at) WHERE ((state)::text = ANY ((ARRAY['queued'::character varying, 'running'::character varying])::text[]));

CREATE INDEX job_state ON public.jobs_job USING btree (state, created_at DESC);

CREATE INDEX jobs_job_key_c36b5a2a_like ON public.jobs_job USING btree (key varchar_pattern_ops);

CREATE INDEX jobs_schedule_name_fdcfbdf1_like ON public.jobs_schedule USING btree (name varchar_pattern_ops);

CREATE INDEX launch_agency ON public.evaluations_runlaunch USING btree (agency_id, created_at DESC, id DESC);

CREATE INDEX launch_assignment ON public.evaluations_runlaunch USING btree (assignment_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX log_once_per_agency ON public.evaluations_runlog USING btree (agency_id, sha256) WHERE (refused = ''::text);

CREATE INDEX mail_newest ON public.notifications_mail USING btree (created_at DESC);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE INDEX model_audience_dev ON public.developers_modelaudience USING btree (organisation_id, developer_id, created_at DESC, target_id DESC);

CREATE INDEX model_audience_page ON public.developers_modelaudience USING btree (organisation_id, created_at DESC, target_id DESC);

CREATE INDEX model_developer ON public.developers_frontiermodel USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX nomination_agency ON public.early_access_trustedpartnernomination USING btree (agency_id, created_at DESC, id DESC);

CREATE INDEX nomination_agency_developer ON public.early_access_trustedpartnernomination USING btree (agency_id, developer_id, created_at DESC, id DESC);

CREATE INDEX nomination_agency_status ON public.early_access_trustedpartnernomination USING btree (agency_id, status, created_at DESC, id DESC);

CREATE INDEX nomination_developer ON public.early_access_trustedpartnernomination USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX nomination_developer_status ON public.early_access_trustedpartnernomination USING btree (developer_id, status, created_at DESC, id DESC);

CREATE UNIQUE INDEX nomination_one_open ON public.early_access_trustedpartnernomination USING btree (request_id, partner_id) WHERE ((status)::text = ANY ((ARRAY['nominated'::character varying, 'vetting'::character varying, 'agreed'::character varying, 'terms_signed'::character varying, 'access_active'::character varying, 'suspended'::character varying])::text[]));

CREATE INDEX notice_user ON public.notifications_notice USING btree (user_id, created_at DESC, id DESC);

CREATE INDEX notifications_calendarfeed_token_hash_6d467a6f_like ON public.notifications_calendarfeed USING btree (token_hash varchar_pattern_ops);

CREATE INDEX notifications_mailpreference_user_id_338f8568 ON public.notifications_mailpreference USING btree (user_id);

CREATE INDEX notifications_notice_user_id_552cc228 ON public.notifications_notice USING btree (user_id);

CREATE UNIQUE INDEX one_live_own_certificate ON public.agreements_owncertificate USING btree (person_id, organisation_id) WHERE (retired_at IS NULL);

CREATE UNIQUE INDEX one_live_signing_key ON public.agreements_signingkey USING btree (user_id, organisation_id) WHERE (retired_at IS NULL);

CREATE UNIQUE INDEX one_signatory_of_a_field ON public.agreements_signatory USING btree (sealed_id, field_name) WHERE (voided_at IS NULL);

CREATE UNIQUE INDEX one_turn_with_the_file ON public.agreements_signingturn USING btree (agreement_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_working_draft ON public.agreements_agreementversion USING btree (agreement_id, organisation_id) WHERE (frozen_at IS NULL);

CREATE INDEX opening_agency ON public.early_access_credentialopening USING btree (agency_id, created_at DESC, id DESC);

CREATE INDEX opening_developer ON public.early_access_credentialopening USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX opening_request ON public.early_access_credentialopening USING btree (request_id, created_at DESC);

CREATE INDEX own_certificate_newest ON public.agreements_owncertificate USING btree (organisation_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX place_overload_once ON public.evaluations_placeoverload USING btree (agency_id, domain, router_id) WHERE (settled_at IS NULL);

CREATE INDEX place_overload_open ON public.evaluations_placeoverload USING btree (router_id) WHERE (settled_at IS NULL);

CREATE UNIQUE INDEX place_turn_once ON public.evaluations_placeturn USING btree (request_id, agency_id) WHERE (ended_at IS NULL);

CREATE INDEX place_turn_open ON public.evaluations_placeturn USING btree (agency_id) WHERE (ended_at IS NULL);

CREATE INDEX post_of_organisation ON public.agreements_post USING btree (organisation_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX post_once_at_a_time ON public.agreements_post USING btree (organisation_id, lower((title)::text)) WHERE (ended_at IS NULL);

CREATE INDEX proof_developer ON public.transparency_publishedproof USING btree (developer_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX publication_one_open ON public.evaluations_publicationreview USING btree (report_id, asked_for_id) WHERE ((answered_at IS NULL) AND (published_at IS NULL));

CREATE INDEX release_notice_developer ON public.early_access_releasenotice USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX report_agency ON public.evaluations_evaluationreport USING btree (agency_id, created_at DESC, id DESC);

CREATE INDEX report_delivered_to ON public.evaluations_evaluationreport USING btree (delivered_to_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX report_one_draft ON public.evaluations_evaluationreport USING btree (assignment_id) WHERE (delivered_at IS NULL);

CREATE INDEX request_audience_dev ON public.early_access_requestaudience USING btree (organisation_id, developer_id, created_at DESC, target_id DESC);

CREATE INDEX request_audience_page ON public.early_access_requestaudience USING btree (organisation_id, created_at DESC, target_id DESC);

CREATE INDEX request_audience_status ON public.early_access_requestaudience USING btree (organisation_id, status, created_at DESC, target_id DESC);

CREATE INDEX request_developer ON public.early_access_earlyaccessrequest USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX request_developer_status ON public.early_access_earlyaccessrequest USING btree (developer_id, status, created_at DESC, id DESC);

CREATE INDEX request_intake_status ON public.early_access_earlyaccessrequest USING btree (intake_agency_id, status, created_at DESC, id DESC);

CREATE INDEX request_newest ON public.early_access_earlyaccessrequest USING btree (created_at DESC, id DESC);

CREATE UNIQUE INDEX routing_exclusion_once ON public.evaluations_routingexclusion USING btree (router_id, agency_id, developer_id, request_id) NULLS NOT DISTINCT WHERE (lifted_at IS NULL);

CREATE INDEX routing_exclusion_page ON public.evaluations_routingexclusion USING btree (router_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX rules_one_draft ON public.evaluations_routingruleset USING btree (router_id) WHERE ((status)::text = 'draft'::text);

CREATE INDEX run_agency ON public.evaluations_evaluationrun USING btree (agency_id, created_at DESC, id DESC);

CREATE INDEX run_assignment ON public.evaluations_evaluationrun USING btree (assignment_id, created_at DESC);

CREATE INDEX shared_run_assignment ON public.evaluations_sharedrun USING btree (assignment_id, created_at DESC);

CREATE INDEX shared_run_developer ON public.evaluations_sharedrun USING btree (developer_id, created_at DESC, id DESC);

CREATE INDEX signatory_person ON public.agreements_signatory USING btree (person_id, agreement_id);

CREATE UNIQUE INDEX suggestion_pending_once ON public.agreements_clausesuggestion USING btree (version_id, clause_id, organisation_id) WHERE ((status)::text = 'pending'::text);

CREATE INDEX transparency_publishedproof_certificate_sha256_4ddc2a2c_like ON public.transparency_publishedproof USING btree (certificate_sha256 varchar_pattern_ops);

CREATE INDEX transparency_publishedproof_developer_id_0d1af315 ON public.transparency_publishedproof USING btree (developer_id);

CREATE INDEX transparency_publishedproof_published_by_id_79674ad2 ON public.transparency_publishedproof USING btree (published_by_id);

CREATE INDEX transparency_publishedproof_sha256_6e3bb78d_like ON public.transparency_publishedproof USING btree (sha256 varchar_pattern_ops);

CREATE UNIQUE INDEX trusted_partner_once ON public.early_access_trustedpartner USING btree (developer_id, agency_id, lower((name)::text));

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE UNIQUE INDEX user_email_ci ON public.accounts_user USING btree (lower((email)::text));

CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);

CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);

CREATE INDEX webhook_by_status ON public.webhooks_delivery USING btree (endpoint_id, status);

CREATE INDEX webhook_log ON public.webhooks_delivery USING btree (organisation_id, endpoint_id, created_at DESC, id DESC);

CREATE INDEX webhook_of_organisation ON public.webhooks_endpoint USING btree (organisation_id, created_at DESC, id DESC);

CREATE INDEX webhooks_attempt_delivery_id_bb1708b1 ON public.webhooks_attempt USING btree (delivery_id);

CREATE INDEX webhooks_attempt_organisation_id_4d373de9 ON public.webhooks_attempt USING btree (organisation_id);

CREATE INDEX webhooks_delivery_endpoint_id_6cbee67d ON public.webhooks_delivery USING btree (endpoint_id);

CREATE INDEX webhooks_delivery_organisation_id_7bc1bc87 ON public.webhooks_delivery USING btree (organisation_id);

CREATE INDEX webhooks_endpoint_organisation_id_587c068c ON public.webhooks_endpoint USING btree (organisation_id);

CREATE INDEX webhooks_health_organisation_id_33bcd471 ON public.webhooks_health USING btree (organisation_id);

CREATE INDEX webhooks_secret_endpoint_id_d9f89665 ON public.webhooks_secret USING btree (endpoint_id);

CREATE INDEX webhooks_secret_organisation_id_d384ec79 ON public.webhooks_secret USING btree (organisation_id);

CREATE TRIGGER alone_in_post BEFORE INSERT OR UPDATE ON public.agreements_incumbency FOR EACH ROW EXECUTE FUNCTION public.alone_in_post();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_event FOR EACH ROW EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.accounts_apitoken FOR EACH ROW EXECUTE FUNCTION public.audit_capture('token_hash', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.accounts_invitation FOR EACH ROW EXECUTE FUNCTION public.audit_capture('token_hash,email', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.accounts_membership FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.accounts_organisation FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.accounts_user FOR EACH ROW EXECUTE FUNCTION public.audit_capture('password', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agencies_capacityperiod FOR EACH ROW EXECUTE FUNCTION public.audit_capture('note', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agencies_keycustody FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agencies_testingcapability FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_agreementclause FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_agreementgrant FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE OF id, created_at, developer_id, organisation_id, target_id, role, "position", leaving_since, leaves_on, left_at ON public.agreements_agreementparty FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id,organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_agreementtemplate FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_agreementversion FOR EACH ROW EXECUTE FUNCTION public.audit_capture('canonical', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_amendmentoperation FOR EACH ROW EXECUTE FUNCTION public.audit_capture('value,expects', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_clause FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_clausealternative FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_clausecomment FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_clausedraft FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_clausereview FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_clausesuggestion FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text,reason,answer,variables', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_completioncertificate FOR EACH ROW EXECUTE FUNCTION public.audit_capture('content', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_concurrence FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_concurrenceask FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_concurrencepart FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_concurrenceplan FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_consolidation FOR EACH ROW EXECUTE FUNCTION public.audit_capture('duties', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_deviation FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_incumbency FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_issuedfile FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_obligation FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_owncertificate FOR EACH ROW EXECUTE FUNCTION public.audit_capture('certificate', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_post FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_remotesigning FOR EACH ROW EXECUTE FUNCTION public.audit_capture('added,attributes,signature', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_signatory FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id,organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_signature FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_signatureauthority FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_signingkey FOR EACH ROW EXECUTE FUNCTION public.audit_capture('ciphertext,wrapped', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_signingturn FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.agreements_testingagreement FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'drafted_by_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.developers_checkpointaudience FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.developers_developer FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'organisation_id,verifier_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.developers_frontiermodel FOR EACH ROW EXECUTE FUNCTION public.audit_capture('codename,public_name', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.developers_modelaudience FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.developers_modelcheckpoint FOR EACH ROW EXECUTE FUNCTION public.audit_capture('label,configuration_note', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.developers_modelvariant FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_accesscredential FOR EACH ROW EXECUTE FUNCTION public.audit_capture('ciphertext,wrapped_key,base_url,model_name', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_accesshold FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_accessspecification FOR EACH ROW EXECUTE FUNCTION public.audit_capture('statement,name,email,phone,base_url,reason,tls,allowed_from,tool_defects,retention_exceptions,weights_format,weights_runtime,weights_serving,weights_hardware', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_accesswindow FOR EACH ROW EXECUTE FUNCTION public.audit_capture('statement,name,email,phone,base_url,reason', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_agencyconsent FOR EACH ROW EXECUTE FUNCTION public.audit_capture('statement,name,email,phone,base_url,reason', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_blockedtime FOR EACH ROW EXECUTE FUNCTION public.audit_capture('why,correction', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_claimedresult FOR EACH ROW EXECUTE FUNCTION public.audit_capture('checkpoint_label,suite,suite_version,metric,method,source,taken_back_why', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_confidentialitymarking FOR EACH ROW EXECUTE FUNCTION public.audit_capture('statement,name,email,phone,base_url,reason', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_contact FOR EACH ROW EXECUTE FUNCTION public.audit_capture('statement,name,email,phone,base_url,reason', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_credentialopening FOR EACH ROW EXECUTE FUNCTION public.audit_capture('reason', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_credentialwrap FOR EACH ROW EXECUTE FUNCTION public.audit_capture('ciphertext,wrapped_key', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_designation FOR EACH ROW EXECUTE FUNCTION public.audit_capture('outcome,office,pointer,answered_on', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_designationinquiry FOR EACH ROW EXECUTE FUNCTION public.audit_capture('codename,checkpoint_label,configuration_sha256,classified_reply,note,closed_because', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_destructioncertificate FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_earlyaccessrequest FOR EACH ROW EXECUTE FUNCTION public.audit_capture('question,answer,ended_reason,changes_since,intended_uses,limitations', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_heldanswer FOR EACH ROW EXECUTE FUNCTION public.audit_capture('sealed,public_key,refused', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_listedfinding FOR EACH ROW EXECUTE FUNCTION public.audit_capture('title', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_pinnedstate FOR EACH ROW EXECUTE FUNCTION public.audit_capture('sentence', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_releasenotice FOR EACH ROW EXECUTE FUNCTION public.audit_capture('rationale,open_findings', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE OF id, created_at, developer_id, organisation_id, target_id ON public.early_access_requestaudience FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_requestdocument FOR EACH ROW EXECUTE FUNCTION public.audit_capture('file_name,said,offers', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_requesteddomain FOR EACH ROW EXECUTE FUNCTION public.audit_capture('statement,name,email,phone,base_url,reason', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_requestsection FOR EACH ROW EXECUTE FUNCTION public.audit_capture('data', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_requeststatement FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_requestvariant FOR EACH ROW EXECUTE FUNCTION public.audit_capture('statement,name,email,phone,base_url,reason', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_returnitem FOR EACH ROW EXECUTE FUNCTION public.audit_capture('statement', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_revocationproof FOR EACH ROW EXECUTE FUNCTION public.audit_capture('ciphertext,wrapped_key,base_url,model_name,sentence', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_sectiontask FOR EACH ROW EXECUTE FUNCTION public.audit_capture('question,answer', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_trustedpartner FOR EACH ROW EXECUTE FUNCTION public.audit_capture('name,country', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_trustedpartnernomination FOR EACH ROW EXECUTE FUNCTION public.audit_capture('why,vetting_note,reason', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_variantconsent FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_weightsmanifest FOR EACH ROW EXECUTE FUNCTION public.audit_capture('location,custodian,pickled', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_weightsreceipt FOR EACH ROW EXECUTE FUNCTION public.audit_capture('differences,statement', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_weightssigner FOR EACH ROW EXECUTE FUNCTION public.audit_capture('pem', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_windowextension FOR EACH ROW EXECUTE FUNCTION public.audit_capture('why,answer', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.early_access_withdrawal FOR EACH ROW EXECUTE FUNCTION public.audit_capture('statement,name,email,phone,base_url,reason', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_accesscheck FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_attestation FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_baseline FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_conflictofinterest FOR EACH ROW EXECUTE FUNCTION public.audit_capture('reason,ended_reason', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE OF reference, request_id, developer_id, agency_id, status, domains, access_level, attempt_id, received_at, answer_due_at, fact_check_days, max_testers, publication_review_days, incident_notice_hours, fact_check_due_at, report_due_at, ended_reason, access_revoked_at ON public.evaluations_evaluationassignment FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_evaluationincident FOR EACH ROW EXECUTE FUNCTION public.audit_capture('what_happened,what_was_done,containment,notice,investigation,lessons', 'reporter_id,told_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_evaluationreport FOR EACH ROW EXECUTE FUNCTION public.audit_capture('summary,limitations,correction,content', 'agency_id,delivered_to_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_evaluationrun FOR EACH ROW EXECUTE FUNCTION public.audit_capture('items,warnings,provenance,ranges,alerts', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_factcheck FOR EACH ROW EXECUTE FUNCTION public.audit_capture('content', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_factcheckcomment FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_finding FOR EACH ROW EXECUTE FUNCTION public.audit_capture('title,text,mitigation', 'agency_id,shared_with_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_findingentry FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_incidentnote FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text', 'reporter_id,told_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_logview FOR EACH ROW EXECUTE FUNCTION public.audit_capture('sealed,public_key,refused', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_placeoverload FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'router_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_placeturn FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_publicationreview FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text,remark', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_reportingdetail FOR EACH ROW EXECUTE FUNCTION public.audit_capture('text', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_result FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_routingattempt FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'router_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE OF placed, rule_number, sentence, superseded_at, chosen_by_id, reason, ended_reason ON public.evaluations_routingdecision FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'router_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_routingexclusion FOR EACH ROW EXECUTE FUNCTION public.audit_capture('reason', 'router_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_routingrule FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_routingruleset FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_rulesofengagement FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE OF status, suite, domain, variant, restricted, parallel, budget_tokens, budget_minutes, price_per_million, budget_usd, launched_by_id, credential_id, starts, asked, note, started_at, ended_at, assignment_id, developer_id, agency_id ON public.evaluations_runlaunch FOR EACH ROW EXECUTE FUNCTION public.audit_capture('note', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_runlog FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_runnotes FOR EACH ROW EXECUTE FUNCTION public.audit_capture('elicitation,awareness,cheating_found,transcripts_method', 'agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.evaluations_sharedrun FOR EACH ROW EXECUTE FUNCTION public.audit_capture('content', 'developer_id,agency_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.notifications_calendarfeed FOR EACH ROW EXECUTE FUNCTION public.audit_capture('token_hash', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.notifications_mailpreference FOR EACH ROW EXECUTE FUNCTION public.audit_capture('', '');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.transparency_publishedproof FOR EACH ROW EXECUTE FUNCTION public.audit_capture('content', 'developer_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.webhooks_endpoint FOR EACH ROW EXECUTE FUNCTION public.audit_capture('address', 'organisation_id');

CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE ON public.webhooks_secret FOR EACH ROW EXECUTE FUNCTION public.audit_capture('ciphertext,wrapped', 'organisation_id');

CREATE TRIGGER audit_enqueue AFTER INSERT ON public.audit_event FOR EACH ROW EXECUTE FUNCTION public.audit_enqueue();

CREATE TRIGGER audit_stamp BEFORE INSERT ON public.audit_event FOR EACH ROW EXECUTE FUNCTION public.audit_stamp();

CREATE TRIGGER copied_status BEFORE INSERT ON public.agreements_agreementparty FOR EACH ROW WHEN (((new.status)::text = ''::text)) EXECUTE FUNCTION public.copied_agreements_agreementparty_status();

CREATE TRIGGER copied_status BEFORE INSERT ON public.early_access_requestaudience FOR EACH ROW WHEN (((new.status)::text = ''::text)) EXECUTE FUNCTION public.copied_early_access_requestaudience_status();

CREATE TRIGGER copy_status AFTER UPDATE OF status ON public.agreements_testingagreement FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.copy_agreements_testingagreement_status();

CREATE TRIGGER copy_status AFTER UPDATE OF status ON public.early_access_earlyaccessrequest FOR EACH ROW WHEN (((old.status)::text IS DISTINCT FROM (new.status)::text)) EXECUTE FUNCTION public.copy_early_access_earlyaccessrequest_status();

CREATE TRIGGER copy_to_board AFTER UPDATE OF status, answer_due_at, report_due_at, fact_check_due_at ON public.evaluations_evaluationassignment FOR EACH ROW WHEN ((((old.status)::text IS DISTINCT FROM (new.status)::text) OR (old.answer_due_at IS DISTINCT FROM new.answer_due_at) OR (old.report_due_at IS DISTINCT FROM new.report_due_at) OR (old.fact_check_due_at IS DISTINCT FROM new.fact_check_due_at))) EXECUTE FUNCTION public.copy_evaluations_evaluationassignment_to_board();

CREATE TRIGGER copy_to_places AFTER UPDATE OF starts_on, ends_on ON public.early_access_accesswindow FOR EACH ROW WHEN (((old.starts_on IS DISTINCT FROM new.starts_on) OR (old.ends_on IS DISTINCT FROM new.ends_on))) EXECUTE FUNCTION public.copy_early_access_accesswindow_to_places();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_agreementclause FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_agreementclause();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_agreementtemplate FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_agreementtemplate();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_agreementversion FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_agreementversion();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_amendmentoperation FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_amendmentoperation();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_clause FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_clause();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_clausealternative FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_clausealternative();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_clausecomment FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_clausecomment();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_clausesuggestion FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_clausesuggestion();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_completioncertificate FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_completioncertificate();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_consolidation FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_consolidation();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_deviation FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_deviation();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_incumbency FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_incumbency();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_issuedfile FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_issuedfile();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_obligation FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_obligation();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_owncertificate FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_owncertificate();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_post FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_post();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_remotesigning FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_remotesigning();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_signatory FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_signatory();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_signature FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_signature();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_signatureauthority FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_signatureauthority();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.agreements_signingturn FOR EACH ROW EXECUTE FUNCTION public.freeze_agreements_signingturn();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.early_access_accessspecification FOR EACH ROW EXECUTE FUNCTION public.freeze_early_access_accessspecification();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.early_access_credentialopening FOR EACH ROW EXECUTE FUNCTION public.freeze_early_access_credentialopening();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.early_access_designation FOR EACH ROW EXECUTE FUNCTION public.freeze_early_access_designation();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.early_access_destructioncertificate FOR EACH ROW EXECUTE FUNCTION public.freeze_early_access_destructioncertificate();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.early_access_pinnedstate FOR EACH ROW EXECUTE FUNCTION public.freeze_early_access_pinnedstate();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.early_access_requestdocument FOR EACH ROW EXECUTE FUNCTION public.freeze_early_access_requestdocument();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.early_access_weightsmanifest FOR EACH ROW EXECUTE FUNCTION public.freeze_early_access_weightsmanifest();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.early_access_weightsreceipt FOR EACH ROW EXECUTE FUNCTION public.freeze_early_access_weightsreceipt();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.early_access_weightssigner FOR EACH ROW EXECUTE FUNCTION public.freeze_early_access_weightssigner();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.evaluations_evaluationincident FOR EACH ROW EXECUTE FUNCTION public.freeze_evaluations_evaluationincident();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.evaluations_evaluationreport FOR EACH ROW EXECUTE FUNCTION public.freeze_evaluations_evaluationreport();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.evaluations_factcheckcomment FOR EACH ROW EXECUTE FUNCTION public.freeze_evaluations_factcheckcomment();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.evaluations_finding FOR EACH ROW EXECUTE FUNCTION public.freeze_evaluations_finding();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.evaluations_findingentry FOR EACH ROW EXECUTE FUNCTION public.freeze_evaluations_findingentry();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.evaluations_incidentnote FOR EACH ROW EXECUTE FUNCTION public.freeze_evaluations_incidentnote();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.evaluations_routingrule FOR EACH ROW EXECUTE FUNCTION public.freeze_evaluations_routingrule();

CREATE TRIGGER freeze_row BEFORE DELETE OR UPDATE ON public.evaluations_routingruleset FOR EACH ROW EXECUTE FUNCTION public.freeze_evaluations_routingruleset();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.agreements_clausesuggestion FOR EACH ROW EXECUTE FUNCTION public.guard_agreements_clausesuggestion_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.agreements_testingagreement FOR EACH ROW EXECUTE FUNCTION public.guard_agreements_testingagreement_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.developers_developer FOR EACH ROW EXECUTE FUNCTION public.guard_developers_developer_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.early_access_designationinquiry FOR EACH ROW EXECUTE FUNCTION public.guard_early_access_designationinquiry_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.early_access_earlyaccessrequest FOR EACH ROW EXECUTE FUNCTION public.guard_early_access_earlyaccessrequest_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.early_access_releasenotice FOR EACH ROW EXECUTE FUNCTION public.guard_early_access_releasenotice_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.early_access_trustedpartnernomination FOR EACH ROW EXECUTE FUNCTION public.guard_early_access_trustedpartnernomination_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.early_access_windowextension FOR EACH ROW EXECUTE FUNCTION public.guard_early_access_windowextension_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.evaluations_evaluationassignment FOR EACH ROW EXECUTE FUNCTION public.guard_evaluations_evaluationassignment_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.evaluations_evaluationincident FOR EACH ROW EXECUTE FUNCTION public.guard_evaluations_evaluationincident_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.evaluations_evaluationrun FOR EACH ROW EXECUTE FUNCTION public.guard_evaluations_evaluationrun_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.evaluations_finding FOR EACH ROW EXECUTE FUNCTION public.guard_evaluations_finding_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.evaluations_routingruleset FOR EACH ROW EXECUTE FUNCTION public.guard_evaluations_routingruleset_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.evaluations_runlaunch FOR EACH ROW EXECUTE FUNCTION public.guard_evaluations_runlaunch_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.webhooks_delivery FOR EACH ROW EXECUTE FUNCTION public.guard_webhooks_delivery_status();

CREATE TRIGGER guard_status BEFORE INSERT OR UPDATE OF status ON public.webhooks_endpoint FOR EACH ROW EXECUTE FUNCTION public.guard_webhooks_endpoint_status();

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_event FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_organisation_id_14421eaa_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_apitoken
    ADD CONSTRAINT accounts_apitoken_user_id_bbee13e0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_idempotencyrecord
    ADD CONSTRAINT accounts_idempotency_organisation_id_704809d9_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_idempotencyrecord
    ADD CONSTRAINT accounts_idempotencyrecord_user_id_00f7187b_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_accepted_by_id_ba632539_fk_accounts_user_id FOREIGN KEY (accepted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_invited_by_id_94a21efc_fk_accounts_user_id FOREIGN KEY (invited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_organisation_id_b7f9480b_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_organisation_id_98e5c22b_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_user_id_487fb39e_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_organisation
    ADD CONSTRAINT accounts_organisatio_parent_id_14866c01_fk_accounts_ FOREIGN KEY (parent_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_group_id_bd11a704_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_user_id_52b62117_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_p_permission_id_113bb443_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_p_user_id_e4f0a161_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agencies_capacityperiod
    ADD CONSTRAINT agencies_capacityper_agency_id_37d18fc1_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agencies_capacityperiod
    ADD CONSTRAINT agencies_capacityperiod_set_by_id_244908d3_fk_accounts_user_id FOREIGN KEY (set_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agencies_keycustody
    ADD CONSTRAINT agencies_keycustody_agency_id_f6ecdd44_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agencies_keycustody
    ADD CONSTRAINT agencies_keycustody_set_by_id_67ea761d_fk_accounts_user_id FOREIGN KEY (set_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agencies_testingcapability
    ADD CONSTRAINT agencies_testingcapa_agency_id_b68c35a2_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreements_agreement_agreement_id_21b78fb4_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementclause
    ADD CONSTRAINT agreements_agreement_alternative_id_2c13f1ba_fk_agreement FOREIGN KEY (alternative_id) REFERENCES public.agreements_clausealternative(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementparty
    ADD CONSTRAINT agreements_agreement_developer_id_37526ec5_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreements_agreement_developer_id_d55384e4_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreements_agreement_edited_by_id_58850ffc_fk_accounts_ FOREIGN KEY (edited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreements_agreement_frozen_by_id_81fb5c2a_fk_accounts_ FOREIGN KEY (frozen_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementgrant
    ADD CONSTRAINT agreements_agreement_given_by_id_c4f3fbef_fk_accounts_ FOREIGN KEY (given_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementclause
    ADD CONSTRAINT agreements_agreement_library_id_964f93d6_fk_agreement FOREIGN KEY (library_id) REFERENCES public.agreements_clause(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementgrant
    ADD CONSTRAINT agreements_agreement_organisation_id_2f7fe894_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementparty
    ADD CONSTRAINT agreements_agreement_organisation_id_502ee345_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreements_agreement_organisation_id_b0a0fee2_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementgrant
    ADD CONSTRAINT agreements_agreement_permission_id_6e02728d_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementtemplate
    ADD CONSTRAINT agreements_agreement_published_by_id_044b67e1_fk_accounts_ FOREIGN KEY (published_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementgrant
    ADD CONSTRAINT agreements_agreement_target_id_7ccff508_fk_agreement FOREIGN KEY (target_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementparty
    ADD CONSTRAINT agreements_agreement_target_id_eba632b3_fk_agreement FOREIGN KEY (target_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementclause
    ADD CONSTRAINT agreements_agreement_version_id_dae6172b_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_agreementgrant
    ADD CONSTRAINT agreements_agreementgrant_user_id_ac6d3eee_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_amendmentoperation
    ADD CONSTRAINT agreements_amendment_version_id_68495a6e_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_amendmentoperation
    ADD CONSTRAINT agreements_amendment_wording_id_29379000_fk_agreement FOREIGN KEY (wording_id) REFERENCES public.agreements_agreementclause(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clause
    ADD CONSTRAINT agreements_clause_published_by_id_f445d5c1_fk_accounts_user_id FOREIGN KEY (published_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausealternative
    ADD CONSTRAINT agreements_clausealt_clause_id_8852f276_fk_agreement FOREIGN KEY (clause_id) REFERENCES public.agreements_clause(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecom_agreement_id_9c2da9b9_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecom_developer_id_9aea5362_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecom_deviation_id_f803de03_fk_agreement FOREIGN KEY (deviation_id) REFERENCES public.agreements_deviation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecom_in_reply_to_id_b0896d34_fk_agreement FOREIGN KEY (in_reply_to_id) REFERENCES public.agreements_clausecomment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecom_organisation_id_4623ef39_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecom_reopened_by_id_485f5147_fk_accounts_ FOREIGN KEY (reopened_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecom_resolved_by_id_bbb6f59a_fk_accounts_ FOREIGN KEY (resolved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecom_version_id_3e32c01b_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausecomment
    ADD CONSTRAINT agreements_clausecomment_author_id_d131731f_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausedraft
    ADD CONSTRAINT agreements_clausedra_edited_by_id_d92d1f01_fk_accounts_ FOREIGN KEY (edited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausedraft
    ADD CONSTRAINT agreements_clausedraft_base_id_6e4689f9_fk_agreements_clause_id FOREIGN KEY (base_id) REFERENCES public.agreements_clause(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausereview
    ADD CONSTRAINT agreements_clauserev_carried_from_id_45cb0849_fk_agreement FOREIGN KEY (carried_from_id) REFERENCES public.agreements_clausereview(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausereview
    ADD CONSTRAINT agreements_clauserev_concurrence_id_7ea00a82_fk_agreement FOREIGN KEY (concurrence_id) REFERENCES public.agreements_concurrence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausesuggestion
    ADD CONSTRAINT agreements_clausesug_agreement_id_3b77af96_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausesuggestion
    ADD CONSTRAINT agreements_clausesug_author_id_3774ee0e_fk_accounts_ FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausesuggestion
    ADD CONSTRAINT agreements_clausesug_decided_by_id_7e8917c8_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausesuggestion
    ADD CONSTRAINT agreements_clausesug_decided_for_id_611ef576_fk_accounts_ FOREIGN KEY (decided_for_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausesuggestion
    ADD CONSTRAINT agreements_clausesug_developer_id_6ed53d22_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausesuggestion
    ADD CONSTRAINT agreements_clausesug_organisation_id_d5aefa50_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_clausesuggestion
    ADD CONSTRAINT agreements_clausesug_version_id_73f7abd6_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_completioncertificate
    ADD CONSTRAINT agreements_completio_agreement_id_9994f1e0_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_completioncertificate
    ADD CONSTRAINT agreements_completio_developer_id_9c0a4942_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_completioncertificate
    ADD CONSTRAINT agreements_completio_executed_id_930cdd89_fk_agreement FOREIGN KEY (executed_id) REFERENCES public.agreements_issuedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrenceask
    ADD CONSTRAINT agreements_concurren_agency_id_b79523d4_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrenceplan
    ADD CONSTRAINT agreements_concurren_agency_id_c78aa7bf_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrence
    ADD CONSTRAINT agreements_concurren_agency_id_f1597854_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrence
    ADD CONSTRAINT agreements_concurren_agreement_id_228ad382_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrenceask
    ADD CONSTRAINT agreements_concurren_agreement_id_45aa11f0_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrenceplan
    ADD CONSTRAINT agreements_concurren_agreement_id_cf565aa2_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrencepart
    ADD CONSTRAINT agreements_concurren_agreement_id_e41a1fee_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrence
    ADD CONSTRAINT agreements_concurren_carried_from_id_f0b4b2b1_fk_agreement FOREIGN KEY (carried_from_id) REFERENCES public.agreements_concurrence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrence
    ADD CONSTRAINT agreements_concurren_decided_by_id_be57c462_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrenceask
    ADD CONSTRAINT agreements_concurren_developer_id_860147f0_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrence
    ADD CONSTRAINT agreements_concurren_developer_id_f99f2f6c_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrence
    ADD CONSTRAINT agreements_concurren_inside_id_fe47030e_fk_agreement FOREIGN KEY (inside_id) REFERENCES public.agreements_concurrenceplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrencepart
    ADD CONSTRAINT agreements_concurren_organisation_id_a83a7300_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrenceplan
    ADD CONSTRAINT agreements_concurren_set_by_id_ac014586_fk_accounts_ FOREIGN KEY (set_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrenceplan
    ADD CONSTRAINT agreements_concurren_taken_over_from_id_e6cc1371_fk_agreement FOREIGN KEY (taken_over_from_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrencepart
    ADD CONSTRAINT agreements_concurren_target_id_a03bede9_fk_agreement FOREIGN KEY (target_id) REFERENCES public.agreements_concurrenceplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrenceask
    ADD CONSTRAINT agreements_concurren_version_id_27aa4723_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_concurrence
    ADD CONSTRAINT agreements_concurren_version_id_a2d0a072_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_consolidation
    ADD CONSTRAINT agreements_consolida_agreement_id_cfb904f6_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_consolidation
    ADD CONSTRAINT agreements_consolida_amendment_id_f021437f_fk_agreement FOREIGN KEY (amendment_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_consolidation
    ADD CONSTRAINT agreements_consolida_developer_id_9439c559_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_consolidation
    ADD CONSTRAINT agreements_consolida_version_id_22d68eae_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_deviation
    ADD CONSTRAINT agreements_deviation_agency_id_80b1f4be_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_deviation
    ADD CONSTRAINT agreements_deviation_agreement_id_21dfeccc_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_deviation
    ADD CONSTRAINT agreements_deviation_decided_by_id_a20950c0_fk_accounts_user_id FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_deviation
    ADD CONSTRAINT agreements_deviation_developer_id_545e40f9_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_deviation
    ADD CONSTRAINT agreements_deviation_version_id_31717719_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_incumbency
    ADD CONSTRAINT agreements_incumbenc_concurred_by_id_52a34aab_fk_accounts_ FOREIGN KEY (concurred_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_incumbency
    ADD CONSTRAINT agreements_incumbenc_organisation_id_b04723ab_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_incumbency
    ADD CONSTRAINT agreements_incumbenc_recorded_by_id_3f75dbbf_fk_accounts_ FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_incumbency
    ADD CONSTRAINT agreements_incumbency_ended_by_id_4566e7bd_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_incumbency
    ADD CONSTRAINT agreements_incumbency_person_id_f2851f4d_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_incumbency
    ADD CONSTRAINT agreements_incumbency_post_id_38f54269_fk_agreements_post_id FOREIGN KEY (post_id) REFERENCES public.agreements_post(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_issuedfile
    ADD CONSTRAINT agreements_issuedfil_agreement_id_7e1a22e8_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_issuedfile
    ADD CONSTRAINT agreements_issuedfil_developer_id_c6df854a_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_issuedfile
    ADD CONSTRAINT agreements_issuedfil_previous_id_51d71ab3_fk_agreement FOREIGN KEY (previous_id) REFERENCES public.agreements_issuedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_issuedfile
    ADD CONSTRAINT agreements_issuedfil_version_id_8631dd2d_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_librarypresence
    ADD CONSTRAINT agreements_librarypr_draft_id_034be671_fk_agreement FOREIGN KEY (draft_id) REFERENCES public.agreements_clausedraft(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_librarypresence
    ADD CONSTRAINT agreements_librarypr_person_id_3cc940e1_fk_accounts_ FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_obligation
    ADD CONSTRAINT agreements_obligatio_agreement_id_10f1a587_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_obligation
    ADD CONSTRAINT agreements_obligatio_developer_id_aa25621c_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_obligation
    ADD CONSTRAINT agreements_obligatio_version_id_1c9be849_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_owncertificate
    ADD CONSTRAINT agreements_owncertif_organisation_id_5d60f0e9_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_owncertificate
    ADD CONSTRAINT agreements_owncertif_person_id_d160f147_fk_accounts_ FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_owncertificate
    ADD CONSTRAINT agreements_owncertif_retired_by_id_487524c6_fk_accounts_ FOREIGN KEY (retired_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_post
    ADD CONSTRAINT agreements_post_ended_by_id_b0fcc043_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_post
    ADD CONSTRAINT agreements_post_organisation_id_5c1ee92c_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_post
    ADD CONSTRAINT agreements_post_recorded_by_id_9e47d359_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_presence
    ADD CONSTRAINT agreements_presence_agreement_id_c14f690c_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_presence
    ADD CONSTRAINT agreements_presence_organisation_id_ea67db3b_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_presence
    ADD CONSTRAINT agreements_presence_person_id_a52fc13f_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_remotesigning
    ADD CONSTRAINT agreements_remotesig_certificate_id_070a30e7_fk_agreement FOREIGN KEY (certificate_id) REFERENCES public.agreements_owncertificate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_remotesigning
    ADD CONSTRAINT agreements_remotesig_organisation_id_00c0c1bd_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_remotesigning
    ADD CONSTRAINT agreements_remotesig_turn_id_4f836a95_fk_agreement FOREIGN KEY (turn_id) REFERENCES public.agreements_signingturn(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_agreement_id_c10ee0c0_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_authority_id_06c53dc9_fk_agreement FOREIGN KEY (authority_id) REFERENCES public.agreements_signatureauthority(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_developer_id_73c47be0_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_incumbency_id_5325379f_fk_agreement FOREIGN KEY (incumbency_id) REFERENCES public.agreements_incumbency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_organisation_id_8fae6c79_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_person_id_9a916236_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_replaces_id_27fb48f2_fk_agreement FOREIGN KEY (replaces_id) REFERENCES public.agreements_signatory(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_sealed_id_0dbffb86_fk_agreement FOREIGN KEY (sealed_id) REFERENCES public.agreements_issuedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatory
    ADD CONSTRAINT agreements_signatory_voided_by_id_f9861890_fk_accounts_user_id FOREIGN KEY (voided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_agreement_id_c402677c_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT agreements_signature_concurred_by_id_3795240e_fk_accounts_ FOREIGN KEY (concurred_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_developer_id_17374d59_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_file_after_id_3e6f0e15_fk_agreement FOREIGN KEY (file_after_id) REFERENCES public.agreements_issuedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_file_before_id_c5d5acc6_fk_agreement FOREIGN KEY (file_before_id) REFERENCES public.agreements_issuedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT agreements_signature_holder_id_12c5aeb9_fk_accounts_ FOREIGN KEY (holder_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT agreements_signature_organisation_id_34cec8c8_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT agreements_signature_parent_id_67b9f2f6_fk_agreement FOREIGN KEY (parent_id) REFERENCES public.agreements_signatureauthority(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT agreements_signature_post_id_62462579_fk_agreement FOREIGN KEY (post_id) REFERENCES public.agreements_post(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT agreements_signature_recorded_by_id_7c183c36_fk_accounts_ FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signatureauthority
    ADD CONSTRAINT agreements_signature_revoked_by_id_30e72169_fk_accounts_ FOREIGN KEY (revoked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_signatory_id_97edef64_fk_agreement FOREIGN KEY (signatory_id) REFERENCES public.agreements_signatory(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signingkey
    ADD CONSTRAINT agreements_signingke_organisation_id_76bbf04d_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signingkey
    ADD CONSTRAINT agreements_signingkey_user_id_b3478a95_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signingturn
    ADD CONSTRAINT agreements_signingtu_agreement_id_39680719_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signingturn
    ADD CONSTRAINT agreements_signingtu_developer_id_b8db02aa_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signingturn
    ADD CONSTRAINT agreements_signingtu_file_id_e13972fd_fk_agreement FOREIGN KEY (file_id) REFERENCES public.agreements_issuedfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_signingturn
    ADD CONSTRAINT agreements_signingtu_signatory_id_422ccf91_fk_agreement FOREIGN KEY (signatory_id) REFERENCES public.agreements_signatory(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingag_amends_id_6cc70e5d_fk_agreement FOREIGN KEY (amends_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingag_current_id_900ea73b_fk_agreement FOREIGN KEY (current_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingag_developer_id_ecc043fc_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingag_drafted_by_id_f5be8f34_fk_accounts_ FOREIGN KEY (drafted_by_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingag_notice_given_by_id_5d06f46e_fk_accounts_ FOREIGN KEY (notice_given_by_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingag_replaces_id_d109730b_fk_agreement FOREIGN KEY (replaces_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingag_started_by_id_5862cf49_fk_accounts_ FOREIGN KEY (started_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingag_suspended_by_id_7a62ea58_fk_accounts_ FOREIGN KEY (suspended_by_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agreements_testingagreement
    ADD CONSTRAINT agreements_testingag_template_id_54d46a99_fk_agreement FOREIGN KEY (template_id) REFERENCES public.agreements_agreementtemplate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audit_look
    ADD CONSTRAINT audit_look_user_id_f99c0427_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audit_queue
    ADD CONSTRAINT audit_queue_event_id_9bfdb0b9_fk_audit_event_id FOREIGN KEY (event_id) REFERENCES public.audit_event(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_checkpointaudience
    ADD CONSTRAINT developers_checkpoin_developer_id_a9085f41_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_checkpointaudience
    ADD CONSTRAINT developers_checkpoin_organisation_id_af2899ec_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_checkpointaudience
    ADD CONSTRAINT developers_checkpoin_target_id_61cdb6a4_fk_developer FOREIGN KEY (target_id) REFERENCES public.developers_modelcheckpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_developer
    ADD CONSTRAINT developers_developer_decided_by_id_9f23c758_fk_accounts_user_id FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_developer
    ADD CONSTRAINT developers_developer_organisation_id_2f01dc4f_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_developer
    ADD CONSTRAINT developers_developer_verifier_id_8deebb7a_fk_accounts_ FOREIGN KEY (verifier_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_frontiermodel
    ADD CONSTRAINT developers_frontierm_developer_id_baf76b7f_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_modelaudience
    ADD CONSTRAINT developers_modelaudi_developer_id_2a03fa64_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_modelaudience
    ADD CONSTRAINT developers_modelaudi_organisation_id_903962b1_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_modelaudience
    ADD CONSTRAINT developers_modelaudi_target_id_9c7ae189_fk_developer FOREIGN KEY (target_id) REFERENCES public.developers_frontiermodel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_modelcheckpoint
    ADD CONSTRAINT developers_modelchec_developer_id_0cca9e6f_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_modelcheckpoint
    ADD CONSTRAINT developers_modelchec_model_id_42623aad_fk_developer FOREIGN KEY (model_id) REFERENCES public.developers_frontiermodel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_modelvariant
    ADD CONSTRAINT developers_modelvari_checkpoint_id_df36b043_fk_developer FOREIGN KEY (checkpoint_id) REFERENCES public.developers_modelcheckpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.developers_modelvariant
    ADD CONSTRAINT developers_modelvari_developer_id_1ebee0f8_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_accesscredential
    ADD CONSTRAINT early_access_accessc_developer_id_45d32b05_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_accesscredential
    ADD CONSTRAINT early_access_accessc_request_id_4f9db0e2_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_accesshold
    ADD CONSTRAINT early_access_accessh_agency_id_e7a5d467_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_accesshold
    ADD CONSTRAINT early_access_accessh_developer_id_3073cb5e_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_accesshold
    ADD CONSTRAINT early_access_accessh_request_id_20b23a8e_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_accessspecification
    ADD CONSTRAINT early_access_accesss_developer_id_e7193315_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_accessspecification
    ADD CONSTRAINT early_access_accesss_request_id_6964c956_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_accesswindow
    ADD CONSTRAINT early_access_accessw_developer_id_ba6ef667_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_accesswindow
    ADD CONSTRAINT early_access_accessw_request_id_8f474a1b_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_agencyconsent
    ADD CONSTRAINT early_access_agencyc_agency_id_c474687e_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_agencyconsent
    ADD CONSTRAINT early_access_agencyc_developer_id_8548e059_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_agencyconsent
    ADD CONSTRAINT early_access_agencyc_request_id_b426bc88_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_blockedtime
    ADD CONSTRAINT early_access_blocked_agency_id_2aac3bfe_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_blockedtime
    ADD CONSTRAINT early_access_blocked_developer_id_2393452c_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_blockedtime
    ADD CONSTRAINT early_access_blocked_reported_by_id_c536779a_fk_accounts_ FOREIGN KEY (reported_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_blockedtime
    ADD CONSTRAINT early_access_blocked_request_id_add6788b_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_claimedresult
    ADD CONSTRAINT early_access_claimed_checkpoint_id_a835b418_fk_developer FOREIGN KEY (checkpoint_id) REFERENCES public.developers_modelcheckpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_claimedresult
    ADD CONSTRAINT early_access_claimed_developer_id_a54358d3_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_claimedresult
    ADD CONSTRAINT early_access_claimed_document_id_fa413c42_fk_early_acc FOREIGN KEY (document_id) REFERENCES public.early_access_requestdocument(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_claimedresult
    ADD CONSTRAINT early_access_claimed_request_id_3c364cb2_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_claimedresult
    ADD CONSTRAINT early_access_claimed_stated_by_id_902b7348_fk_accounts_ FOREIGN KEY (stated_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_claimedresult
    ADD CONSTRAINT early_access_claimed_taken_back_by_id_0522417a_fk_accounts_ FOREIGN KEY (taken_back_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_confidentialitymarking
    ADD CONSTRAINT early_access_confide_developer_id_aa3001ef_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_confidentialitymarking
    ADD CONSTRAINT early_access_confide_request_id_aee4c5de_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_contact
    ADD CONSTRAINT early_access_contact_developer_id_dfd1a8f9_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_contact
    ADD CONSTRAINT early_access_contact_request_id_3fd7f5d8_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_credentialopening
    ADD CONSTRAINT early_access_credent_agency_id_4cd332ef_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_credentialopening
    ADD CONSTRAINT early_access_credent_credential_id_6b325f28_fk_early_acc FOREIGN KEY (credential_id) REFERENCES public.early_access_accesscredential(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_credentialopening
    ADD CONSTRAINT early_access_credent_developer_id_6c18543f_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_credentialwrap
    ADD CONSTRAINT early_access_credent_developer_id_782e695d_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_credentialopening
    ADD CONSTRAINT early_access_credent_opened_by_id_22ccfa07_fk_accounts_ FOREIGN KEY (opened_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_credentialwrap
    ADD CONSTRAINT early_access_credent_organisation_id_9f3e7624_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_credentialopening
    ADD CONSTRAINT early_access_credent_request_id_71a359bc_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_credentialwrap
    ADD CONSTRAINT early_access_credent_target_id_6b72cf00_fk_early_acc FOREIGN KEY (target_id) REFERENCES public.early_access_accesscredential(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designationinquiry
    ADD CONSTRAINT early_access_designa_agency_id_99d9c05c_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designation
    ADD CONSTRAINT early_access_designa_agency_id_9ee3daf2_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designationinquiry
    ADD CONSTRAINT early_access_designa_asked_by_id_d128f9a2_fk_accounts_ FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designationinquiry
    ADD CONSTRAINT early_access_designa_checkpoint_id_cc559261_fk_developer FOREIGN KEY (checkpoint_id) REFERENCES public.developers_modelcheckpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designationinquiry
    ADD CONSTRAINT early_access_designa_developer_id_a0700d0b_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designation
    ADD CONSTRAINT early_access_designa_developer_id_d12376be_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designation
    ADD CONSTRAINT early_access_designa_inquiry_id_d26fcd46_fk_early_acc FOREIGN KEY (inquiry_id) REFERENCES public.early_access_designationinquiry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designationinquiry
    ADD CONSTRAINT early_access_designa_model_id_81f67bc0_fk_developer FOREIGN KEY (model_id) REFERENCES public.developers_frontiermodel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designationinquiry
    ADD CONSTRAINT early_access_designa_previous_id_c38e9f33_fk_early_acc FOREIGN KEY (previous_id) REFERENCES public.early_access_designationinquiry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_designation
    ADD CONSTRAINT early_access_designa_recorded_by_id_01543ebf_fk_accounts_ FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_destructioncertificate
    ADD CONSTRAINT early_access_destruc_agency_id_3707af33_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_destructioncertificate
    ADD CONSTRAINT early_access_destruc_certified_by_id_aafe2295_fk_accounts_ FOREIGN KEY (certified_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_destructioncertificate
    ADD CONSTRAINT early_access_destruc_developer_id_d746130d_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_destructioncertificate
    ADD CONSTRAINT early_access_destruc_item_id_7dc83e34_fk_early_acc FOREIGN KEY (item_id) REFERENCES public.early_access_returnitem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_destructioncertificate
    ADD CONSTRAINT early_access_destruc_manifest_id_b3f6f470_fk_early_acc FOREIGN KEY (manifest_id) REFERENCES public.early_access_weightsmanifest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_earlyaccessrequest
    ADD CONSTRAINT early_access_earlyac_agreement_id_b3577781_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_earlyaccessrequest
    ADD CONSTRAINT early_access_earlyac_checkpoint_id_5c8b17fd_fk_developer FOREIGN KEY (checkpoint_id) REFERENCES public.developers_modelcheckpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_earlyaccessrequest
    ADD CONSTRAINT early_access_earlyac_developer_id_10272b89_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_earlyaccessrequest
    ADD CONSTRAINT early_access_earlyac_intake_agency_id_717b7766_fk_accounts_ FOREIGN KEY (intake_agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_earlyaccessrequest
    ADD CONSTRAINT early_access_earlyac_model_id_94ae5efd_fk_developer FOREIGN KEY (model_id) REFERENCES public.developers_frontiermodel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_earlyaccessrequest
    ADD CONSTRAINT early_access_earlyac_previous_id_64ddccc9_fk_early_acc FOREIGN KEY (previous_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_heldanswer
    ADD CONSTRAINT early_access_heldans_agency_id_24b471be_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_heldanswer
    ADD CONSTRAINT early_access_heldans_credential_id_8b67585d_fk_early_acc FOREIGN KEY (credential_id) REFERENCES public.early_access_accesscredential(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_heldanswer
    ADD CONSTRAINT early_access_heldans_opening_id_145ee8f4_fk_early_acc FOREIGN KEY (opening_id) REFERENCES public.early_access_credentialopening(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_heldanswer
    ADD CONSTRAINT early_access_heldans_request_id_04214deb_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_heldanswer
    ADD CONSTRAINT early_access_heldanswer_by_id_c3df09ed_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_listedfinding
    ADD CONSTRAINT early_access_listedf_agency_id_94141539_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_listedfinding
    ADD CONSTRAINT early_access_listedf_developer_id_196972b1_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_listedfinding
    ADD CONSTRAINT early_access_listedf_notice_id_6f789e39_fk_early_acc FOREIGN KEY (notice_id) REFERENCES public.early_access_releasenotice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_pinnedstate
    ADD CONSTRAINT early_access_pinneds_announced_by_id_42410aa8_fk_accounts_ FOREIGN KEY (announced_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_pinnedstate
    ADD CONSTRAINT early_access_pinneds_checkpoint_id_fe1fdd09_fk_developer FOREIGN KEY (checkpoint_id) REFERENCES public.developers_modelcheckpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_pinnedstate
    ADD CONSTRAINT early_access_pinneds_developer_id_e1036e17_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_pinnedstate
    ADD CONSTRAINT early_access_pinneds_request_id_b13e6e09_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_pinnedstate
    ADD CONSTRAINT early_access_pinneds_specification_id_0feb7ade_fk_early_acc FOREIGN KEY (specification_id) REFERENCES public.early_access_accessspecification(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_releasenotice
    ADD CONSTRAINT early_access_release_developer_id_5ea33ebb_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_releasenotice
    ADD CONSTRAINT early_access_release_request_id_124d94b8_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestaudience
    ADD CONSTRAINT early_access_request_developer_id_1f99af6d_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requeststatement
    ADD CONSTRAINT early_access_request_developer_id_37f7d75f_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestvariant
    ADD CONSTRAINT early_access_request_developer_id_7cc69316_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requesteddomain
    ADD CONSTRAINT early_access_request_developer_id_976e91b9_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestsection
    ADD CONSTRAINT early_access_request_developer_id_a62b2227_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestdocument
    ADD CONSTRAINT early_access_request_developer_id_f85c3f9f_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestaudience
    ADD CONSTRAINT early_access_request_organisation_id_8f91373d_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requesteddomain
    ADD CONSTRAINT early_access_request_request_id_2cb21471_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestsection
    ADD CONSTRAINT early_access_request_request_id_4bcfb436_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requeststatement
    ADD CONSTRAINT early_access_request_request_id_5e522ec0_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestdocument
    ADD CONSTRAINT early_access_request_request_id_678d41fb_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestvariant
    ADD CONSTRAINT early_access_request_request_id_85002835_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestsection
    ADD CONSTRAINT early_access_request_saved_by_id_484eb519_fk_accounts_ FOREIGN KEY (saved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestaudience
    ADD CONSTRAINT early_access_request_target_id_12e964ac_fk_early_acc FOREIGN KEY (target_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_requestdocument
    ADD CONSTRAINT early_access_request_uploaded_by_id_80a4d5a2_fk_accounts_ FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_returnitem
    ADD CONSTRAINT early_access_returni_agency_id_4773e301_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_returnitem
    ADD CONSTRAINT early_access_returni_answered_by_id_39a43cc3_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_returnitem
    ADD CONSTRAINT early_access_returni_developer_id_0e93ead9_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_returnitem
    ADD CONSTRAINT early_access_returni_request_id_6ffabd9e_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_revocationproof
    ADD CONSTRAINT early_access_revocat_agency_id_150d52f6_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_revocationproof
    ADD CONSTRAINT early_access_revocat_asked_by_id_f91e6da4_fk_accounts_ FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_revocationproof
    ADD CONSTRAINT early_access_revocat_credential_id_4844c8b8_fk_early_acc FOREIGN KEY (credential_id) REFERENCES public.early_access_accesscredential(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_revocationproof
    ADD CONSTRAINT early_access_revocat_developer_id_c3fc3c96_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_revocationproof
    ADD CONSTRAINT early_access_revocat_request_id_d3f453cc_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_sectiontask
    ADD CONSTRAINT early_access_section_answered_by_id_64ed0600_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_sectiontask
    ADD CONSTRAINT early_access_section_asked_by_id_b352bac7_fk_accounts_ FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_sectiontask
    ADD CONSTRAINT early_access_section_developer_id_955df33f_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_sectiontask
    ADD CONSTRAINT early_access_section_request_id_aab7b9c4_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_sectiontask
    ADD CONSTRAINT early_access_sectiontask_owner_id_1dbfd069_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_agency_consented_by__bbb0c155_fk_accounts_ FOREIGN KEY (agency_consented_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartner
    ADD CONSTRAINT early_access_trusted_agency_id_03a4e2ba_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_agency_id_d3cddf69_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_agreement_id_cc22ab42_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_denied_for_id_9cd917f6_fk_accounts_ FOREIGN KEY (denied_for_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_developer_consented__1db875bf_fk_accounts_ FOREIGN KEY (developer_consented_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_developer_id_91dc166d_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartner
    ADD CONSTRAINT early_access_trusted_developer_id_ca62ae96_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_nominated_by_id_e6afd163_fk_accounts_ FOREIGN KEY (nominated_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_nominator_id_5a5e4fd0_fk_accounts_ FOREIGN KEY (nominator_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_partner_id_36c25423_fk_early_acc FOREIGN KEY (partner_id) REFERENCES public.early_access_trustedpartner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_request_id_dce79f42_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_suspended_for_id_3b638f21_fk_accounts_ FOREIGN KEY (suspended_for_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_trustedpartnernomination
    ADD CONSTRAINT early_access_trusted_vetted_by_id_1e1a9fd2_fk_accounts_ FOREIGN KEY (vetted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_variantconsent
    ADD CONSTRAINT early_access_variant_agency_id_f54de22f_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_variantconsent
    ADD CONSTRAINT early_access_variant_changed_by_id_619ec068_fk_accounts_ FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_variantconsent
    ADD CONSTRAINT early_access_variant_developer_id_1fc85bf7_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_variantconsent
    ADD CONSTRAINT early_access_variant_request_id_68ee56b7_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightsreceipt
    ADD CONSTRAINT early_access_weights_agency_id_90fb15ee_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightsreceipt
    ADD CONSTRAINT early_access_weights_confirmed_by_id_798d5f9c_fk_accounts_ FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightsreceipt
    ADD CONSTRAINT early_access_weights_developer_id_353ed067_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightssigner
    ADD CONSTRAINT early_access_weights_developer_id_8a41bfbe_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightsmanifest
    ADD CONSTRAINT early_access_weights_developer_id_c0d6995b_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightsreceipt
    ADD CONSTRAINT early_access_weights_manifest_id_e2b624f3_fk_early_acc FOREIGN KEY (manifest_id) REFERENCES public.early_access_weightsmanifest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightssigner
    ADD CONSTRAINT early_access_weights_registered_by_id_15e06ad2_fk_accounts_ FOREIGN KEY (registered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightsmanifest
    ADD CONSTRAINT early_access_weights_request_id_58293e7e_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightsreceipt
    ADD CONSTRAINT early_access_weights_request_id_d89a4c8f_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightssigner
    ADD CONSTRAINT early_access_weights_request_id_dab69fdf_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightsmanifest
    ADD CONSTRAINT early_access_weights_signer_id_00662a57_fk_early_acc FOREIGN KEY (signer_id) REFERENCES public.early_access_weightssigner(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_weightsmanifest
    ADD CONSTRAINT early_access_weights_uploaded_by_id_c16c012e_fk_accounts_ FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_windowextension
    ADD CONSTRAINT early_access_windowe_agency_id_01e0d44e_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_windowextension
    ADD CONSTRAINT early_access_windowe_answered_by_id_9de011b2_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_windowextension
    ADD CONSTRAINT early_access_windowe_developer_id_653dc1cb_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_windowextension
    ADD CONSTRAINT early_access_windowe_proposed_by_id_07c170c8_fk_accounts_ FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_windowextension
    ADD CONSTRAINT early_access_windowe_request_id_ef0fb930_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_withdrawal
    ADD CONSTRAINT early_access_withdra_developer_id_1587c5d9_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_withdrawal
    ADD CONSTRAINT early_access_withdra_request_id_5736549a_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.early_access_withdrawal
    ADD CONSTRAINT early_access_withdra_withdrawn_by_id_e865877d_fk_accounts_ FOREIGN KEY (withdrawn_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_accesscheck
    ADD CONSTRAINT evaluations_accessch_agency_id_b446d1a0_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_accesscheck
    ADD CONSTRAINT evaluations_accessch_assignment_id_4e2a84ed_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_accesscheck
    ADD CONSTRAINT evaluations_accessch_developer_id_1464b34b_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_accesscheck
    ADD CONSTRAINT evaluations_accessch_opening_id_18f0b8d6_fk_early_acc FOREIGN KEY (opening_id) REFERENCES public.early_access_credentialopening(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_attestation
    ADD CONSTRAINT evaluations_attestat_agency_id_a27d5915_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_attestation
    ADD CONSTRAINT evaluations_attestat_assignment_id_16b30b22_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_attestation
    ADD CONSTRAINT evaluations_attestat_developer_id_caf38336_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_attestation
    ADD CONSTRAINT evaluations_attestat_evaluator_id_c755d0e0_fk_accounts_ FOREIGN KEY (evaluator_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_baseline
    ADD CONSTRAINT evaluations_baseline_agency_id_3859117f_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_baseline
    ADD CONSTRAINT evaluations_baseline_developer_id_e11e1cb5_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_baseline
    ADD CONSTRAINT evaluations_baseline_result_id_5201b437_fk_evaluatio FOREIGN KEY (result_id) REFERENCES public.evaluations_result(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_conflictofinterest
    ADD CONSTRAINT evaluations_conflict_agency_id_0d79fb3d_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_conflictofinterest
    ADD CONSTRAINT evaluations_conflict_developer_id_cd333b8b_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_conflictofinterest
    ADD CONSTRAINT evaluations_conflict_ended_by_id_5401d51b_fk_accounts_ FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_conflictofinterest
    ADD CONSTRAINT evaluations_conflict_person_id_6ac1d229_fk_accounts_ FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_conflictofinterest
    ADD CONSTRAINT evaluations_conflict_recorded_by_id_02fd2f13_fk_accounts_ FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationreport
    ADD CONSTRAINT evaluations_evaluati_agency_id_0b149fd3_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationrun
    ADD CONSTRAINT evaluations_evaluati_agency_id_65a9d413_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationassignment
    ADD CONSTRAINT evaluations_evaluati_agency_id_d48de3b4_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationreport
    ADD CONSTRAINT evaluations_evaluati_assignment_id_893fd55f_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationrun
    ADD CONSTRAINT evaluations_evaluati_assignment_id_8c7c88a5_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationincident
    ADD CONSTRAINT evaluations_evaluati_assignment_id_cabd7c3a_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationassignment
    ADD CONSTRAINT evaluations_evaluati_attempt_id_f729f24c_fk_evaluatio FOREIGN KEY (attempt_id) REFERENCES public.evaluations_routingattempt(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationrun
    ADD CONSTRAINT evaluations_evaluati_checkpoint_id_c916d8cd_fk_developer FOREIGN KEY (checkpoint_id) REFERENCES public.developers_modelcheckpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationreport
    ADD CONSTRAINT evaluations_evaluati_delivered_to_id_b2d8c9f9_fk_accounts_ FOREIGN KEY (delivered_to_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationassignment
    ADD CONSTRAINT evaluations_evaluati_developer_id_43bedaaa_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationrun
    ADD CONSTRAINT evaluations_evaluati_developer_id_bc52495c_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationrun
    ADD CONSTRAINT evaluations_evaluati_imported_by_id_da2395fd_fk_accounts_ FOREIGN KEY (imported_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationincident
    ADD CONSTRAINT evaluations_evaluati_reported_by_id_68c96e42_fk_accounts_ FOREIGN KEY (reported_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationincident
    ADD CONSTRAINT evaluations_evaluati_reporter_id_9ed77171_fk_accounts_ FOREIGN KEY (reporter_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationassignment
    ADD CONSTRAINT evaluations_evaluati_request_id_c643b824_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationreport
    ADD CONSTRAINT evaluations_evaluati_saved_by_id_b7a68d0e_fk_accounts_ FOREIGN KEY (saved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationrun
    ADD CONSTRAINT evaluations_evaluati_superseded_by_id_de7c728d_fk_evaluatio FOREIGN KEY (superseded_by_id) REFERENCES public.evaluations_evaluationrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationincident
    ADD CONSTRAINT evaluations_evaluati_told_id_5b196498_fk_accounts_ FOREIGN KEY (told_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_evaluationreport
    ADD CONSTRAINT evaluations_evaluati_written_by_id_72d078bf_fk_accounts_ FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_factcheckcomment
    ADD CONSTRAINT evaluations_factchec_agency_id_68e77f01_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_factcheck
    ADD CONSTRAINT evaluations_factchec_agency_id_bd8b97fa_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_factcheck
    ADD CONSTRAINT evaluations_factchec_answered_by_id_e61e3182_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_factcheck
    ADD CONSTRAINT evaluations_factchec_assignment_id_bd431386_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_factcheck
    ADD CONSTRAINT evaluations_factchec_developer_id_1f9d5def_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_factcheckcomment
    ADD CONSTRAINT evaluations_factchec_developer_id_7a0f90e7_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_factcheckcomment
    ADD CONSTRAINT evaluations_factchec_fact_check_id_92982426_fk_evaluatio FOREIGN KEY (fact_check_id) REFERENCES public.evaluations_factcheck(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_factcheck
    ADD CONSTRAINT evaluations_factcheck_asked_by_id_46c289c2_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_factcheckcomment
    ADD CONSTRAINT evaluations_factcheckcomment_by_id_3e9947d7_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_finding
    ADD CONSTRAINT evaluations_finding_agency_id_f97ca62c_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_finding
    ADD CONSTRAINT evaluations_finding_assignment_id_a4ebe038_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_finding
    ADD CONSTRAINT evaluations_finding_edited_by_id_bae1ae3d_fk_accounts_user_id FOREIGN KEY (edited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_finding
    ADD CONSTRAINT evaluations_finding_run_id_80a7e90e_fk_evaluatio FOREIGN KEY (run_id) REFERENCES public.evaluations_evaluationrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_finding
    ADD CONSTRAINT evaluations_finding_shared_with_id_58bd5a49_fk_accounts_ FOREIGN KEY (shared_with_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_finding
    ADD CONSTRAINT evaluations_finding_written_by_id_1a493886_fk_accounts_user_id FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_findingentry
    ADD CONSTRAINT evaluations_findinge_agency_id_adb213fd_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_findingentry
    ADD CONSTRAINT evaluations_findinge_developer_id_68b1e78c_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_findingentry
    ADD CONSTRAINT evaluations_findinge_finding_id_08e985c3_fk_evaluatio FOREIGN KEY (finding_id) REFERENCES public.evaluations_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_findingentry
    ADD CONSTRAINT evaluations_findinge_run_id_545b0d36_fk_evaluatio FOREIGN KEY (run_id) REFERENCES public.evaluations_evaluationrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_findingentry
    ADD CONSTRAINT evaluations_findingentry_by_id_b028bf0d_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_incidentnote
    ADD CONSTRAINT evaluations_incident_incident_id_13e3422d_fk_evaluatio FOREIGN KEY (incident_id) REFERENCES public.evaluations_evaluationincident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_incidentnote
    ADD CONSTRAINT evaluations_incident_reporter_id_01467e63_fk_accounts_ FOREIGN KEY (reporter_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_incidentnote
    ADD CONSTRAINT evaluations_incident_side_id_ee953c70_fk_accounts_ FOREIGN KEY (side_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_incidentnote
    ADD CONSTRAINT evaluations_incident_told_id_84d03b7b_fk_accounts_ FOREIGN KEY (told_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_incidentnote
    ADD CONSTRAINT evaluations_incidentnote_by_id_f400937c_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_logview
    ADD CONSTRAINT evaluations_logview_agency_id_bbf4fcdb_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_logview
    ADD CONSTRAINT evaluations_logview_by_id_dc9c129c_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_logview
    ADD CONSTRAINT evaluations_logview_developer_id_565c96fa_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_logview
    ADD CONSTRAINT evaluations_logview_log_id_63c42969_fk_evaluations_runlog_id FOREIGN KEY (log_id) REFERENCES public.evaluations_runlog(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_placeoverload
    ADD CONSTRAINT evaluations_placeove_agency_id_0290282d_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_placeoverload
    ADD CONSTRAINT evaluations_placeove_router_id_6f663977_fk_accounts_ FOREIGN KEY (router_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_placeturn
    ADD CONSTRAINT evaluations_placetur_agency_id_5a3fd34a_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_placeturn
    ADD CONSTRAINT evaluations_placetur_developer_id_d3b86f5f_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_placeturn
    ADD CONSTRAINT evaluations_placetur_request_id_1331032d_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_publicationreview
    ADD CONSTRAINT evaluations_publicat_agency_id_25d21655_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_publicationreview
    ADD CONSTRAINT evaluations_publicat_answered_by_id_67682348_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_publicationreview
    ADD CONSTRAINT evaluations_publicat_asked_by_id_05fd1dd6_fk_accounts_ FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_publicationreview
    ADD CONSTRAINT evaluations_publicat_asked_for_id_4ae57b03_fk_accounts_ FOREIGN KEY (asked_for_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_publicationreview
    ADD CONSTRAINT evaluations_publicat_assignment_id_de24c283_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_publicationreview
    ADD CONSTRAINT evaluations_publicat_developer_id_ee048b7b_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_publicationreview
    ADD CONSTRAINT evaluations_publicat_published_by_id_b3e8d741_fk_accounts_ FOREIGN KEY (published_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_publicationreview
    ADD CONSTRAINT evaluations_publicat_report_id_1141fec1_fk_evaluatio FOREIGN KEY (report_id) REFERENCES public.evaluations_evaluationreport(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_reportingdetail
    ADD CONSTRAINT evaluations_reportin_agency_id_9f5c4896_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_reportingdetail
    ADD CONSTRAINT evaluations_reportin_assignment_id_38eb242d_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_reportingdetail
    ADD CONSTRAINT evaluations_reportin_developer_id_a50a2d30_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_reportingdetail
    ADD CONSTRAINT evaluations_reportin_saved_by_id_d2d447a2_fk_accounts_ FOREIGN KEY (saved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_result
    ADD CONSTRAINT evaluations_result_agency_id_4b1ec4c8_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_result
    ADD CONSTRAINT evaluations_result_developer_id_50a1ba9b_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_result
    ADD CONSTRAINT evaluations_result_run_id_0aef3b07_fk_evaluatio FOREIGN KEY (run_id) REFERENCES public.evaluations_evaluationrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingattempt
    ADD CONSTRAINT evaluations_routinga_developer_id_ef8cb4e7_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingattempt
    ADD CONSTRAINT evaluations_routinga_request_id_8c14b928_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingattempt
    ADD CONSTRAINT evaluations_routinga_router_id_027bcc9d_fk_accounts_ FOREIGN KEY (router_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingattempt
    ADD CONSTRAINT evaluations_routinga_rule_set_id_e894ddfe_fk_evaluatio FOREIGN KEY (rule_set_id) REFERENCES public.evaluations_routingruleset(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingdecision
    ADD CONSTRAINT evaluations_routingd_agency_id_14979a98_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingdecision
    ADD CONSTRAINT evaluations_routingd_attempt_id_1e986a29_fk_evaluatio FOREIGN KEY (attempt_id) REFERENCES public.evaluations_routingattempt(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingdecision
    ADD CONSTRAINT evaluations_routingd_chosen_by_id_ddea67c9_fk_accounts_ FOREIGN KEY (chosen_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingdecision
    ADD CONSTRAINT evaluations_routingd_router_id_1e9d5d9b_fk_accounts_ FOREIGN KEY (router_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingexclusion
    ADD CONSTRAINT evaluations_routinge_agency_id_dff45daa_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingexclusion
    ADD CONSTRAINT evaluations_routinge_developer_id_91ba41c2_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingexclusion
    ADD CONSTRAINT evaluations_routinge_lifted_by_id_3f0af9a3_fk_accounts_ FOREIGN KEY (lifted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingexclusion
    ADD CONSTRAINT evaluations_routinge_made_by_id_f95b8ae0_fk_accounts_ FOREIGN KEY (made_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingexclusion
    ADD CONSTRAINT evaluations_routinge_request_id_29231c55_fk_early_acc FOREIGN KEY (request_id) REFERENCES public.early_access_earlyaccessrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingexclusion
    ADD CONSTRAINT evaluations_routinge_router_id_912f65f8_fk_accounts_ FOREIGN KEY (router_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingrule
    ADD CONSTRAINT evaluations_routingr_agency_id_a8ab6b59_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingrule
    ADD CONSTRAINT evaluations_routingr_developer_id_8434057a_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingruleset
    ADD CONSTRAINT evaluations_routingr_edited_by_id_5e814591_fk_accounts_ FOREIGN KEY (edited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingruleset
    ADD CONSTRAINT evaluations_routingr_published_by_id_d8b72d92_fk_accounts_ FOREIGN KEY (published_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingruleset
    ADD CONSTRAINT evaluations_routingr_router_id_d0ac0ad1_fk_accounts_ FOREIGN KEY (router_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_routingrule
    ADD CONSTRAINT evaluations_routingr_rule_set_id_c1bbc4b2_fk_evaluatio FOREIGN KEY (rule_set_id) REFERENCES public.evaluations_routingruleset(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_rulesofengagement
    ADD CONSTRAINT evaluations_rulesofe_agency_id_0272f268_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_rulesofengagement
    ADD CONSTRAINT evaluations_rulesofe_agreed_by_id_25d42331_fk_accounts_ FOREIGN KEY (agreed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_rulesofengagement
    ADD CONSTRAINT evaluations_rulesofe_assignment_id_124a325d_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_rulesofengagement
    ADD CONSTRAINT evaluations_rulesofe_developer_id_9143668e_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlaunch
    ADD CONSTRAINT evaluations_runlaunc_agency_id_e47b023e_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlaunch
    ADD CONSTRAINT evaluations_runlaunc_assignment_id_2f52b11c_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlaunch
    ADD CONSTRAINT evaluations_runlaunc_credential_id_e0073bcf_fk_early_acc FOREIGN KEY (credential_id) REFERENCES public.early_access_accesscredential(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlaunch
    ADD CONSTRAINT evaluations_runlaunc_developer_id_6de72f3f_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlaunch
    ADD CONSTRAINT evaluations_runlaunc_launched_by_id_ef951240_fk_accounts_ FOREIGN KEY (launched_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlog
    ADD CONSTRAINT evaluations_runlog_agency_id_6c166e34_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlog
    ADD CONSTRAINT evaluations_runlog_assignment_id_8b168adf_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlog
    ADD CONSTRAINT evaluations_runlog_developer_id_606ba596_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlog
    ADD CONSTRAINT evaluations_runlog_launch_id_02e01ddf_fk_evaluatio FOREIGN KEY (launch_id) REFERENCES public.evaluations_runlaunch(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlog
    ADD CONSTRAINT evaluations_runlog_run_id_d1250213_fk_evaluatio FOREIGN KEY (run_id) REFERENCES public.evaluations_evaluationrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runlog
    ADD CONSTRAINT evaluations_runlog_uploaded_by_id_2ab7884f_fk_accounts_user_id FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runnotes
    ADD CONSTRAINT evaluations_runnotes_agency_id_10f1e6c5_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runnotes
    ADD CONSTRAINT evaluations_runnotes_developer_id_929e8e27_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runnotes
    ADD CONSTRAINT evaluations_runnotes_run_id_6960358f_fk_evaluatio FOREIGN KEY (run_id) REFERENCES public.evaluations_evaluationrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_runnotes
    ADD CONSTRAINT evaluations_runnotes_saved_by_id_1e85844f_fk_accounts_user_id FOREIGN KEY (saved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_sharedrun
    ADD CONSTRAINT evaluations_sharedru_agency_id_eac6ae14_fk_accounts_ FOREIGN KEY (agency_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_sharedrun
    ADD CONSTRAINT evaluations_sharedru_assignment_id_d9a7f5e9_fk_evaluatio FOREIGN KEY (assignment_id) REFERENCES public.evaluations_evaluationassignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_sharedrun
    ADD CONSTRAINT evaluations_sharedru_developer_id_9ce64829_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_sharedrun
    ADD CONSTRAINT evaluations_sharedru_run_id_f3e602a2_fk_evaluatio FOREIGN KEY (run_id) REFERENCES public.evaluations_evaluationrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluations_sharedrun
    ADD CONSTRAINT evaluations_sharedrun_shared_by_id_2fe5c408_fk_accounts_user_id FOREIGN KEY (shared_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobject_content_type_id_7ade36b8_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobject_group_id_4bbbfb62_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobject_permission_id_36572738_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectp_content_type_id_2e892405_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectp_permission_id_71807bfc_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectp_user_id_d5c1e964_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.jobs_echo
    ADD CONSTRAINT jobs_echo_job_id_04d30c37_fk_jobs_job_id FOREIGN KEY (job_id) REFERENCES public.jobs_job(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_calendarfeed
    ADD CONSTRAINT notifications_calendarfeed_user_id_62e5c30f_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_mailpreference
    ADD CONSTRAINT notifications_mailpr_user_id_338f8568_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_notice
    ADD CONSTRAINT notifications_notice_user_id_552cc228_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transparency_publishedproof
    ADD CONSTRAINT transparency_publish_agreement_id_ab2edde8_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_testingagreement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transparency_publishedproof
    ADD CONSTRAINT transparency_publish_developer_id_0d1af315_fk_accounts_ FOREIGN KEY (developer_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.transparency_publishedproof
    ADD CONSTRAINT transparency_publish_published_by_id_79674ad2_fk_accounts_ FOREIGN KEY (published_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_attempt
    ADD CONSTRAINT webhooks_attempt_delivery_id_bb1708b1_fk_webhooks_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.webhooks_delivery(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_attempt
    ADD CONSTRAINT webhooks_attempt_organisation_id_4d373de9_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_delivery
    ADD CONSTRAINT webhooks_delivery_endpoint_id_6cbee67d_fk_webhooks_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.webhooks_endpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_delivery
    ADD CONSTRAINT webhooks_delivery_organisation_id_7bc1bc87_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_endpoint
    ADD CONSTRAINT webhooks_endpoint_organisation_id_587c068c_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_health
    ADD CONSTRAINT webhooks_health_endpoint_id_387753b1_fk_webhooks_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.webhooks_endpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_health
    ADD CONSTRAINT webhooks_health_organisation_id_33bcd471_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_secret
    ADD CONSTRAINT webhooks_secret_endpoint_id_d9f89665_fk_webhooks_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.webhooks_endpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_secret
    ADD CONSTRAINT webhooks_secret_organisation_id_d384ec79_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE public.accounts_apitoken ENABLE ROW LEVEL SECURITY;

CREATE POLICY accounts_apitoken_seat ON public.accounts_apitoken USING (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((token_hash)::text = NULLIF(current_setting('concord.token'::text, true), ''::text)))) WITH CHECK (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((token_hash)::text = NULLIF(current_setting('concord.token'::text, true), ''::text))));

ALTER TABLE public.accounts_idempotencyrecord ENABLE ROW LEVEL SECURITY;

CREATE POLICY accounts_idempotencyrecord_seat ON public.accounts_idempotencyrecord USING (((user_id = public.concord_user()) AND (organisation_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((user_id = public.concord_user()) AND (organisation_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.accounts_invitation ENABLE ROW LEVEL SECURITY;

CREATE POLICY accounts_invitation_seat ON public.accounts_invitation USING (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((token_hash)::text = NULLIF(current_setting('concord.token'::text, true), ''::text)))) WITH CHECK (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((token_hash)::text = NULLIF(current_setting('concord.token'::text, true), ''::text))));

ALTER TABLE public.accounts_membership ENABLE ROW LEVEL SECURITY;

CREATE POLICY accounts_membership_definer ON public.accounts_membership FOR SELECT TO concord_owner USING (true);

CREATE POLICY accounts_membership_seat ON public.accounts_membership USING (((user_id = public.concord_user()) OR (organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ( SELECT public.concord_at_agency() AS concord_at_agency) OR (organisation_id IN ( SELECT public.concord_agencies() AS concord_agencies)))) WITH CHECK (((user_id = public.concord_user()) OR (organisation_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.accounts_organisation ENABLE ROW LEVEL SECURITY;

CREATE POLICY accounts_organisation_definer ON public.accounts_organisation FOR SELECT TO concord_owner USING (true);

CREATE POLICY accounts_organisation_seat ON public.accounts_organisation USING ((((kind)::text = 'agency'::text) OR (id IN ( SELECT public.concord_seats() AS concord_seats)) OR ( SELECT public.concord_at_agency() AS concord_at_agency) OR (id IN ( SELECT public.concord_hosts() AS concord_hosts)))) WITH CHECK (true);

ALTER TABLE public.agencies_capacityperiod ENABLE ROW LEVEL SECURITY;

CREATE POLICY agencies_capacityperiod_seat ON public.agencies_capacityperiod USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.agencies_keycustody ENABLE ROW LEVEL SECURITY;

CREATE POLICY agencies_keycustody_read ON public.agencies_keycustody FOR SELECT USING (true);

CREATE POLICY agencies_keycustody_seat ON public.agencies_keycustody USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.agreements_agreementclause ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_agreementclause_seat ON public.agreements_agreementclause USING ((EXISTS ( SELECT 1
   FROM public.agreements_agreementversion parent
  WHERE (parent.id = agreements_agreementclause.version_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.agreements_agreementversion parent
  WHERE (parent.id = agreements_agreementclause.version_id))));

ALTER TABLE public.agreements_agreementgrant ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_agreementgrant_definer ON public.agreements_agreementgrant FOR SELECT TO concord_owner USING (true);

CREATE POLICY agreements_agreementgrant_seat ON public.agreements_agreementgrant USING (((user_id = public.concord_user()) OR (organisation_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.agreements_agreementparty ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_agreementparty_copier ON public.agreements_agreementparty TO concord_owner USING (true) WITH CHECK (true);

CREATE POLICY agreements_agreementparty_definer ON public.agreements_agreementparty FOR SELECT TO concord_owner USING (true);

CREATE POLICY agreements_agreementparty_seat ON public.agreements_agreementparty USING (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (target_id IN ( SELECT public.concord_agreements() AS concord_agreements)))) WITH CHECK (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (target_id IN ( SELECT public.concord_agreements() AS concord_agreements))));

ALTER TABLE public.agreements_agreementversion ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_agreementversion_delete ON public.agreements_agreementversion AS RESTRICTIVE FOR DELETE USING ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_agreementversion_insert ON public.agreements_agreementversion AS RESTRICTIVE FOR INSERT WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_agreementversion_seat ON public.agreements_agreementversion USING (((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements)) AND ((frozen_at IS NOT NULL) OR (organisation_id IN ( SELECT public.concord_seats() AS concord_seats))))) WITH CHECK (((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements)) AND ((frozen_at IS NOT NULL) OR (organisation_id IN ( SELECT public.concord_seats() AS concord_seats)))));

CREATE POLICY agreements_agreementversion_update ON public.agreements_agreementversion AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

ALTER TABLE public.agreements_amendmentoperation ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_amendmentoperation_seat ON public.agreements_amendmentoperation USING ((EXISTS ( SELECT 1
   FROM public.agreements_agreementversion parent
  WHERE (parent.id = agreements_amendmentoperation.version_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.agreements_agreementversion parent
  WHERE (parent.id = agreements_amendmentoperation.version_id))));

ALTER TABLE public.agreements_clausecomment ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_clausecomment_delete ON public.agreements_clausecomment AS RESTRICTIVE FOR DELETE USING ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_clausecomment_insert ON public.agreements_clausecomment AS RESTRICTIVE FOR INSERT WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_clausecomment_seat ON public.agreements_clausecomment USING (((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements)) AND (((sent_at IS NULL) AND (author_id = public.concord_user()) AND (organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) OR ((sent_at IS NOT NULL) AND (organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) OR (revealed_at IS NOT NULL)))) WITH CHECK (((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements)) AND (((sent_at IS NULL) AND (author_id = public.concord_user()) AND (organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) OR ((sent_at IS NOT NULL) AND (organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) OR (revealed_at IS NOT NULL))));

CREATE POLICY agreements_clausecomment_speaks ON public.agreements_clausecomment AS RESTRICTIVE FOR INSERT WITH CHECK (((author_id = public.concord_user()) AND (organisation_id IN ( SELECT public.concord_seats() AS concord_seats))));

CREATE POLICY agreements_clausecomment_update ON public.agreements_clausecomment AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

ALTER TABLE public.agreements_clausedraft ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_clausedraft_seat ON public.agreements_clausedraft USING (( SELECT public.concord_at_agency() AS concord_at_agency)) WITH CHECK (( SELECT public.concord_at_agency() AS concord_at_agency));

ALTER TABLE public.agreements_clausereview ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_clausereview_seat ON public.agreements_clausereview USING ((EXISTS ( SELECT 1
   FROM public.agreements_concurrence parent
  WHERE (parent.id = agreements_clausereview.concurrence_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.agreements_concurrence parent
  WHERE (parent.id = agreements_clausereview.concurrence_id))));

ALTER TABLE public.agreements_clausesuggestion ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_clausesuggestion_seat ON public.agreements_clausesuggestion USING (((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements)) AND ((sent_at IS NOT NULL) OR (organisation_id IN ( SELECT public.concord_seats() AS concord_seats))))) WITH CHECK (((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)) AND ((sent_at IS NOT NULL) OR (organisation_id IN ( SELECT public.concord_seats() AS concord_seats)))));

ALTER TABLE public.agreements_completioncertificate ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_completioncertificate_seat ON public.agreements_completioncertificate USING ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))) WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

ALTER TABLE public.agreements_concurrence ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_concurrence_delete ON public.agreements_concurrence AS RESTRICTIVE FOR DELETE USING ((((inside_id IS NULL) AND (agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements))) OR ((inside_id IN ( SELECT public.concord_plans() AS concord_plans)) AND (agency_id IN ( SELECT public.concord_answers_for() AS concord_answers_for)))));

CREATE POLICY agreements_concurrence_insert ON public.agreements_concurrence AS RESTRICTIVE FOR INSERT WITH CHECK ((((inside_id IS NULL) AND (agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements))) OR ((inside_id IN ( SELECT public.concord_plans() AS concord_plans)) AND (agency_id IN ( SELECT public.concord_answers_for() AS concord_answers_for)))));

CREATE POLICY agreements_concurrence_seat ON public.agreements_concurrence USING ((((inside_id IS NULL) AND ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((revealed_at IS NOT NULL) AND (agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))))) OR ((inside_id IN ( SELECT public.concord_plans() AS concord_plans)) AND ((revealed_at IS NOT NULL) OR (agency_id IN ( SELECT public.concord_answers_for() AS concord_answers_for)) OR ( SELECT public.concord_oversees() AS concord_oversees))))) WITH CHECK ((((inside_id IS NULL) AND (agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))) OR (inside_id IN ( SELECT public.concord_plans() AS concord_plans))));

CREATE POLICY agreements_concurrence_update ON public.agreements_concurrence AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ((((inside_id IS NULL) AND (agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements))) OR ((inside_id IN ( SELECT public.concord_plans() AS concord_plans)) AND (agency_id IN ( SELECT public.concord_answers_for() AS concord_answers_for)))));

ALTER TABLE public.agreements_concurrenceask ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_concurrenceask_seat ON public.agreements_concurrenceask USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.agreements_concurrencepart ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_concurrencepart_definer ON public.agreements_concurrencepart FOR SELECT TO concord_owner USING (true);

CREATE POLICY agreements_concurrencepart_delete ON public.agreements_concurrencepart AS RESTRICTIVE FOR DELETE USING ((EXISTS ( SELECT 1
   FROM (public.agreements_concurrenceplan p
     JOIN public.accounts_organisation o ON ((o.parent_id = p.agency_id)))
  WHERE ((p.id = agreements_concurrencepart.target_id) AND (p.agreement_id = agreements_concurrencepart.agreement_id) AND (o.id = agreements_concurrencepart.organisation_id) AND (p.agency_id IN ( SELECT public.concord_seats() AS concord_seats))))));

CREATE POLICY agreements_concurrencepart_seat ON public.agreements_concurrencepart USING ((target_id IN ( SELECT public.concord_plans() AS concord_plans))) WITH CHECK ((EXISTS ( SELECT 1
   FROM (public.agreements_concurrenceplan p
     JOIN public.accounts_organisation o ON ((o.parent_id = p.agency_id)))
  WHERE ((p.id = agreements_concurrencepart.target_id) AND (p.agreement_id = agreements_concurrencepart.agreement_id) AND (o.id = agreements_concurrencepart.organisation_id) AND (p.agency_id IN ( SELECT public.concord_seats() AS concord_seats))))));

ALTER TABLE public.agreements_concurrenceplan ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_concurrenceplan_definer ON public.agreements_concurrenceplan FOR SELECT TO concord_owner USING (true);

CREATE POLICY agreements_concurrenceplan_delete ON public.agreements_concurrenceplan AS RESTRICTIVE FOR DELETE USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

CREATE POLICY agreements_concurrenceplan_seat ON public.agreements_concurrenceplan USING ((id IN ( SELECT public.concord_plans() AS concord_plans))) WITH CHECK (((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) AND (agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements))));

ALTER TABLE public.agreements_consolidation ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_consolidation_left ON public.agreements_consolidation AS RESTRICTIVE FOR SELECT USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (NOT (EXISTS ( SELECT 1
   FROM public.agreements_agreementparty party
  WHERE ((party.target_id = agreements_consolidation.agreement_id) AND (party.left_at < agreements_consolidation.created_at) AND (party.organisation_id IN ( SELECT public.concord_seats() AS concord_seats))))))));

CREATE POLICY agreements_consolidation_seat ON public.agreements_consolidation USING ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))) WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

ALTER TABLE public.agreements_deviation ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_deviation_seat ON public.agreements_deviation USING ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))) WITH CHECK (((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)) AND (((verdict)::text = 'asked'::text) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))));

ALTER TABLE public.agreements_incumbency ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_incumbency_seat ON public.agreements_incumbency USING (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.accounts_organisation o
  WHERE ((o.id = agreements_incumbency.organisation_id) AND ((o.kind)::text = 'agency'::text)))) OR ( SELECT public.concord_at_agency() AS concord_at_agency) OR ((organisation_id IN ( SELECT public.concord_hosts() AS concord_hosts)) AND (id IN ( SELECT s.incumbency_id
   FROM public.agreements_signatory s))))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.agreements_issuedfile ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_issuedfile_delete ON public.agreements_issuedfile AS RESTRICTIVE FOR DELETE USING ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_issuedfile_insert ON public.agreements_issuedfile AS RESTRICTIVE FOR INSERT WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_issuedfile_seat ON public.agreements_issuedfile USING ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))) WITH CHECK ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements)));

CREATE POLICY agreements_issuedfile_update ON public.agreements_issuedfile AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

ALTER TABLE public.agreements_librarypresence ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_librarypresence_seat ON public.agreements_librarypresence USING (( SELECT public.concord_at_agency() AS concord_at_agency)) WITH CHECK (((person_id = public.concord_user()) AND ( SELECT public.concord_at_agency() AS concord_at_agency)));

ALTER TABLE public.agreements_obligation ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_obligation_delete ON public.agreements_obligation AS RESTRICTIVE FOR DELETE USING ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_obligation_insert ON public.agreements_obligation AS RESTRICTIVE FOR INSERT WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_obligation_seat ON public.agreements_obligation USING ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))) WITH CHECK ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements)));

CREATE POLICY agreements_obligation_update ON public.agreements_obligation AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

ALTER TABLE public.agreements_owncertificate ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_owncertificate_seat ON public.agreements_owncertificate USING (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.accounts_organisation o
  WHERE ((o.id = agreements_owncertificate.organisation_id) AND ((o.kind)::text = 'agency'::text)))) OR ( SELECT public.concord_at_agency() AS concord_at_agency))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.agreements_post ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_post_seat ON public.agreements_post USING (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.accounts_organisation o
  WHERE ((o.id = agreements_post.organisation_id) AND ((o.kind)::text = 'agency'::text)))) OR ( SELECT public.concord_at_agency() AS concord_at_agency) OR ((organisation_id IN ( SELECT public.concord_hosts() AS concord_hosts)) AND (id IN ( SELECT i.post_id
   FROM (public.agreements_incumbency i
     JOIN public.agreements_signatory s ON ((s.incumbency_id = i.id)))))))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.agreements_presence ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_presence_seat ON public.agreements_presence USING ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK (((person_id = public.concord_user()) AND (organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) AND (agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements))));

ALTER TABLE public.agreements_remotesigning ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_remotesigning_seat ON public.agreements_remotesigning USING ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.agreements_signatory ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_signatory_delete ON public.agreements_signatory AS RESTRICTIVE FOR DELETE USING ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_signatory_insert ON public.agreements_signatory AS RESTRICTIVE FOR INSERT WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_signatory_seat ON public.agreements_signatory USING ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))) WITH CHECK ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements)));

CREATE POLICY agreements_signatory_update ON public.agreements_signatory AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

ALTER TABLE public.agreements_signature ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_signature_delete ON public.agreements_signature AS RESTRICTIVE FOR DELETE USING ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_signature_insert ON public.agreements_signature AS RESTRICTIVE FOR INSERT WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

CREATE POLICY agreements_signature_seat ON public.agreements_signature USING ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))) WITH CHECK ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements)));

CREATE POLICY agreements_signature_update ON public.agreements_signature AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

ALTER TABLE public.agreements_signatureauthority ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_signatureauthority_seat ON public.agreements_signatureauthority USING (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.accounts_organisation o
  WHERE ((o.id = agreements_signatureauthority.organisation_id) AND ((o.kind)::text = 'agency'::text)))) OR ( SELECT public.concord_at_agency() AS concord_at_agency) OR ((organisation_id IN ( SELECT public.concord_hosts() AS concord_hosts)) AND (id IN ( SELECT s.authority_id
   FROM public.agreements_signatory s))))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.agreements_signingkey ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_signingkey_seat ON public.agreements_signingkey USING ((user_id = public.concord_user())) WITH CHECK ((user_id = public.concord_user()));

ALTER TABLE public.agreements_signingturn ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_signingturn_seat ON public.agreements_signingturn USING ((agreement_id IN ( SELECT public.concord_agreements() AS concord_agreements))) WITH CHECK ((agreement_id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)));

ALTER TABLE public.agreements_testingagreement ENABLE ROW LEVEL SECURITY;

CREATE POLICY agreements_testingagreement_copied ON public.agreements_testingagreement FOR SELECT TO concord_owner USING (true);

CREATE POLICY agreements_testingagreement_delete ON public.agreements_testingagreement AS RESTRICTIVE FOR DELETE USING (((id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)) OR (drafted_by_id IN ( SELECT public.concord_seats() AS concord_seats))));

CREATE POLICY agreements_testingagreement_insert ON public.agreements_testingagreement AS RESTRICTIVE FOR INSERT WITH CHECK (((id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)) OR (drafted_by_id IN ( SELECT public.concord_seats() AS concord_seats))));

CREATE POLICY agreements_testingagreement_seat ON public.agreements_testingagreement USING (((id IN ( SELECT public.concord_agreements() AS concord_agreements)) OR (drafted_by_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((id IN ( SELECT public.concord_agreements() AS concord_agreements)) OR (drafted_by_id IN ( SELECT public.concord_seats() AS concord_seats))));

CREATE POLICY agreements_testingagreement_update ON public.agreements_testingagreement AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (((id IN ( SELECT public.concord_party_agreements() AS concord_party_agreements)) OR (drafted_by_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.audit_event ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_event_add ON public.audit_event FOR INSERT WITH CHECK (true);

CREATE POLICY audit_event_read ON public.audit_event FOR SELECT USING (((parties && ARRAY( SELECT public.concord_seats() AS concord_seats)) OR ( SELECT public.concord_oversees() AS concord_oversees)));

ALTER TABLE public.audit_look ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_look_seat ON public.audit_look USING ((user_id = public.concord_user())) WITH CHECK ((user_id = public.concord_user()));

ALTER TABLE public.developers_checkpointaudience ENABLE ROW LEVEL SECURITY;

CREATE POLICY developers_checkpointaudience_seat ON public.developers_checkpointaudience USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (organisation_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.developers_developer ENABLE ROW LEVEL SECURITY;

CREATE POLICY developers_developer_seat ON public.developers_developer USING (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (verifier_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (verifier_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.developers_frontiermodel ENABLE ROW LEVEL SECURITY;

CREATE POLICY developers_frontiermodel_seat ON public.developers_frontiermodel USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (id IN ( SELECT a.target_id
   FROM public.developers_modelaudience a
  WHERE (a.organisation_id IN ( SELECT public.concord_seats() AS concord_seats)))))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.developers_modelaudience ENABLE ROW LEVEL SECURITY;

CREATE POLICY developers_modelaudience_seat ON public.developers_modelaudience USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (organisation_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.developers_modelcheckpoint ENABLE ROW LEVEL SECURITY;

CREATE POLICY developers_modelcheckpoint_seat ON public.developers_modelcheckpoint USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (id IN ( SELECT a.target_id
   FROM public.developers_checkpointaudience a
  WHERE (a.organisation_id IN ( SELECT public.concord_seats() AS concord_seats)))))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.developers_modelvariant ENABLE ROW LEVEL SECURITY;

CREATE POLICY developers_modelvariant_seat ON public.developers_modelvariant USING ((developer_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_accesscredential ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_accesscredential_seat ON public.early_access_accesscredential USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (id IN ( SELECT a.target_id
   FROM public.early_access_credentialwrap a
  WHERE (a.organisation_id IN ( SELECT public.concord_seats() AS concord_seats)))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (id IN ( SELECT a.target_id
   FROM public.early_access_credentialwrap a
  WHERE (a.organisation_id IN ( SELECT public.concord_seats() AS concord_seats))))));

ALTER TABLE public.early_access_accesshold ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_accesshold_seat ON public.early_access_accesshold USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_accessspecification ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_accessspecification_seat ON public.early_access_accessspecification USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_accessspecification.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_accessspecification.request_id)))));

ALTER TABLE public.early_access_accesswindow ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_accesswindow_seat ON public.early_access_accesswindow USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_accesswindow.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_accesswindow.request_id)))));

ALTER TABLE public.early_access_agencyconsent ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_agencyconsent_seat ON public.early_access_agencyconsent USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_agencyconsent.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_agencyconsent.request_id)))));

ALTER TABLE public.early_access_blockedtime ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_blockedtime_seat ON public.early_access_blockedtime USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((shared_at IS NOT NULL) AND (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_blockedtime.request_id)))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_claimedresult ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_claimedresult_seat ON public.early_access_claimedresult USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_variantconsent y
  WHERE (y.consented AND (y.request_id = early_access_claimedresult.request_id) AND ((y.kind)::text = (early_access_claimedresult.variant)::text)))))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_confidentialitymarking ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_confidentialitymarking_seat ON public.early_access_confidentialitymarking USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_confidentialitymarking.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_confidentialitymarking.request_id)))));

ALTER TABLE public.early_access_contact ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_contact_seat ON public.early_access_contact USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_contact.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_contact.request_id)))));

ALTER TABLE public.early_access_credentialopening ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_credentialopening_seat ON public.early_access_credentialopening USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_credentialwrap ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_credentialwrap_seat ON public.early_access_credentialwrap USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) AND (released_at IS NOT NULL)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)) AND (released_at IS NOT NULL))));

ALTER TABLE public.early_access_designation ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_designation_seat ON public.early_access_designation USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) AND (agency_id IN ( SELECT m.organisation_id
   FROM public.accounts_membership m
  WHERE ((m.user_id = public.concord_user()) AND (m.ended_at IS NULL) AND ('designator'::text = ANY ((m.roles)::text[])))))))) WITH CHECK (((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) AND (agency_id IN ( SELECT m.organisation_id
   FROM public.accounts_membership m
  WHERE ((m.user_id = public.concord_user()) AND (m.ended_at IS NULL) AND ('designator'::text = ANY ((m.roles)::text[])))))));

ALTER TABLE public.early_access_designationinquiry ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_designationinquiry_seat ON public.early_access_designationinquiry USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) AND (agency_id IN ( SELECT m.organisation_id
   FROM public.accounts_membership m
  WHERE ((m.user_id = public.concord_user()) AND (m.ended_at IS NULL) AND ('designator'::text = ANY ((m.roles)::text[])))))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) AND (agency_id IN ( SELECT m.organisation_id
   FROM public.accounts_membership m
  WHERE ((m.user_id = public.concord_user()) AND (m.ended_at IS NULL) AND ('designator'::text = ANY ((m.roles)::text[]))))))));

ALTER TABLE public.early_access_destructioncertificate ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_destructioncertificate_seat ON public.early_access_destructioncertificate USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_earlyaccessrequest ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_earlyaccessrequest_copied ON public.early_access_earlyaccessrequest FOR SELECT TO concord_owner USING (true);

CREATE POLICY early_access_earlyaccessrequest_seat ON public.early_access_earlyaccessrequest USING (((developer_id = ANY (ARRAY( SELECT public.concord_seats() AS concord_seats))) OR (EXISTS ( SELECT 1
   FROM public.early_access_requestaudience a
  WHERE (a.target_id = early_access_earlyaccessrequest.id)
 OFFSET 0)))) WITH CHECK (((developer_id = ANY (ARRAY( SELECT public.concord_seats() AS concord_seats))) OR (EXISTS ( SELECT 1
   FROM public.early_access_requestaudience a
  WHERE (a.target_id = early_access_earlyaccessrequest.id)
 OFFSET 0))));

ALTER TABLE public.early_access_heldanswer ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_heldanswer_seat ON public.early_access_heldanswer USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_listedfinding ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_listedfinding_seat ON public.early_access_listedfinding USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_pinnedstate ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_pinnedstate_seat ON public.early_access_pinnedstate USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_pinnedstate.request_id))))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_releasenotice ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_releasenotice_seat ON public.early_access_releasenotice USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (((status)::text <> 'planned'::text) AND (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_releasenotice.request_id)))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (((status)::text <> 'planned'::text) AND (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_releasenotice.request_id))))));

ALTER TABLE public.early_access_requestaudience ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_requestaudience_copier ON public.early_access_requestaudience TO concord_owner USING (true) WITH CHECK (true);

CREATE POLICY early_access_requestaudience_seat ON public.early_access_requestaudience USING (((organisation_id = ANY (ARRAY( SELECT public.concord_seats() AS concord_seats))) OR (developer_id = ANY (ARRAY( SELECT public.concord_seats() AS concord_seats))))) WITH CHECK (((organisation_id = ANY (ARRAY( SELECT public.concord_seats() AS concord_seats))) OR (developer_id = ANY (ARRAY( SELECT public.concord_seats() AS concord_seats)))));

ALTER TABLE public.early_access_requestdocument ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_requestdocument_seat ON public.early_access_requestdocument USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_requestdocument.request_id))))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_requesteddomain ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_requesteddomain_seat ON public.early_access_requesteddomain USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_requesteddomain.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_requesteddomain.request_id)))));

ALTER TABLE public.early_access_requestsection ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_requestsection_seat ON public.early_access_requestsection USING ((developer_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_requeststatement ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_requeststatement_seat ON public.early_access_requeststatement USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_requeststatement.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_requeststatement.request_id)))));

ALTER TABLE public.early_access_requestvariant ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_requestvariant_seat ON public.early_access_requestvariant USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_requestvariant.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_requestvariant.request_id)))));

ALTER TABLE public.early_access_returnitem ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_returnitem_seat ON public.early_access_returnitem USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_revocationproof ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_revocationproof_seat ON public.early_access_revocationproof USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_sectiontask ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_sectiontask_seat ON public.early_access_sectiontask USING ((developer_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_trustedpartner ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_trustedpartner_seat ON public.early_access_trustedpartner USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_trustedpartnernomination ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_trustedpartnernomination_seat ON public.early_access_trustedpartnernomination USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_variantconsent ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_variantconsent_seat ON public.early_access_variantconsent USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_weightsmanifest ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_weightsmanifest_seat ON public.early_access_weightsmanifest USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_weightsmanifest.request_id))))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_weightsreceipt ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_weightsreceipt_seat ON public.early_access_weightsreceipt USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.early_access_weightssigner ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_weightssigner_seat ON public.early_access_weightssigner USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_weightssigner.request_id))))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.early_access_windowextension ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_windowextension_seat ON public.early_access_windowextension USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_windowextension.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_windowextension.request_id)))));

ALTER TABLE public.early_access_withdrawal ENABLE ROW LEVEL SECURITY;

CREATE POLICY early_access_withdrawal_seat ON public.early_access_withdrawal USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_withdrawal.request_id))))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (EXISTS ( SELECT 1
   FROM public.early_access_earlyaccessrequest parent
  WHERE (parent.id = early_access_withdrawal.request_id)))));

ALTER TABLE public.evaluations_accesscheck ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_accesscheck_conflict ON public.evaluations_accesscheck AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_accesscheck_seat ON public.evaluations_accesscheck USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_attestation ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_attestation_conflict ON public.evaluations_attestation AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_attestation_seat ON public.evaluations_attestation USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_baseline ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_baseline_seat ON public.evaluations_baseline USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_conflictofinterest ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_conflictofinterest_seat ON public.evaluations_conflictofinterest USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_evaluationassignment ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_evaluationassignment_copier ON public.evaluations_evaluationassignment TO concord_owner USING (true) WITH CHECK (true);

CREATE POLICY evaluations_evaluationassignment_seat ON public.evaluations_evaluationassignment USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_evaluationincident ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_evaluationincident_seat ON public.evaluations_evaluationincident USING (((reporter_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (told_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((reporter_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (told_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_evaluationreport ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_evaluationreport_seat ON public.evaluations_evaluationreport USING (((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (delivered_to_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (delivered_to_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_evaluationrun ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_evaluationrun_conflict ON public.evaluations_evaluationrun AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_evaluationrun_seat ON public.evaluations_evaluationrun USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_factcheck ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_factcheck_conflict ON public.evaluations_factcheck AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_factcheck_seat ON public.evaluations_factcheck USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_factcheckcomment ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_factcheckcomment_seat ON public.evaluations_factcheckcomment USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_finding ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_finding_seat ON public.evaluations_finding USING (((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (shared_with_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((agency_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (shared_with_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_findingentry ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_findingentry_conflict ON public.evaluations_findingentry AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_findingentry_seat ON public.evaluations_findingentry USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_incidentnote ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_incidentnote_seat ON public.evaluations_incidentnote USING (((reporter_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (told_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((reporter_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (told_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_logview ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_logview_seat ON public.evaluations_logview USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_placeoverload ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_placeoverload_seat ON public.evaluations_placeoverload USING (((router_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((router_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_placeturn ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_placeturn_copier ON public.evaluations_placeturn TO concord_owner USING (true) WITH CHECK (true);

CREATE POLICY evaluations_placeturn_seat ON public.evaluations_placeturn USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_publicationreview ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_publicationreview_seat ON public.evaluations_publicationreview USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_reportingdetail ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_reportingdetail_seat ON public.evaluations_reportingdetail USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_result ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_result_conflict ON public.evaluations_result AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_result_seat ON public.evaluations_result USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_routingattempt ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_routingattempt_seat ON public.evaluations_routingattempt USING ((router_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((router_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_routingdecision ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_routingdecision_copier ON public.evaluations_routingdecision TO concord_owner USING (true) WITH CHECK (true);

CREATE POLICY evaluations_routingdecision_seat ON public.evaluations_routingdecision USING (((router_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((router_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_routingexclusion ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_routingexclusion_seat ON public.evaluations_routingexclusion USING ((router_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((router_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_routingrule ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_routingrule_seat ON public.evaluations_routingrule USING ((EXISTS ( SELECT 1
   FROM public.evaluations_routingruleset parent
  WHERE (parent.id = evaluations_routingrule.rule_set_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.evaluations_routingruleset parent
  WHERE ((parent.id = evaluations_routingrule.rule_set_id) AND ((parent.status)::text = 'draft'::text)))));

ALTER TABLE public.evaluations_routingruleset ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_routingruleset_seat ON public.evaluations_routingruleset USING ((( SELECT public.concord_at_agency() AS concord_at_agency) AND (((status)::text = 'published'::text) OR (router_id IS NULL) OR (router_id IN ( SELECT public.concord_seats() AS concord_seats))))) WITH CHECK ((( SELECT public.concord_at_agency() AS concord_at_agency) AND (((status)::text = 'published'::text) OR (router_id IS NULL) OR (router_id IN ( SELECT public.concord_seats() AS concord_seats)))));

ALTER TABLE public.evaluations_rulesofengagement ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_rulesofengagement_conflict ON public.evaluations_rulesofengagement AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_rulesofengagement_seat ON public.evaluations_rulesofengagement USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.evaluations_runlaunch ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_runlaunch_seat ON public.evaluations_runlaunch USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_runlog ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_runlog_conflict ON public.evaluations_runlog AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_runlog_seat ON public.evaluations_runlog USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_runnotes ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_runnotes_conflict ON public.evaluations_runnotes AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_runnotes_seat ON public.evaluations_runnotes USING ((agency_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((agency_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.evaluations_sharedrun ENABLE ROW LEVEL SECURITY;

CREATE POLICY evaluations_sharedrun_conflict ON public.evaluations_sharedrun AS RESTRICTIVE USING ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts))))) WITH CHECK ((NOT (developer_id = ANY (ARRAY( SELECT public.concord_conflicts() AS concord_conflicts)))));

CREATE POLICY evaluations_sharedrun_seat ON public.evaluations_sharedrun USING (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats)))) WITH CHECK (((developer_id IN ( SELECT public.concord_seats() AS concord_seats)) OR (agency_id IN ( SELECT public.concord_seats() AS concord_seats))));

ALTER TABLE public.guardian_groupobjectpermission ENABLE ROW LEVEL SECURITY;

CREATE POLICY guardian_groupobjectpermission_seat ON public.guardian_groupobjectpermission USING (false) WITH CHECK (false);

ALTER TABLE public.guardian_userobjectpermission ENABLE ROW LEVEL SECURITY;

CREATE POLICY guardian_userobjectpermission_seat ON public.guardian_userobjectpermission USING (false) WITH CHECK (false);

ALTER TABLE public.jobs_job ENABLE ROW LEVEL SECURITY;

CREATE POLICY jobs_job_seat ON public.jobs_job USING (((SESSION_USER !~~ 'concord\_agency\_%'::text) OR ((queue)::text = ('agency.'::text || split_part((SESSION_USER)::text, '_'::text, 3))) OR ((queue)::text ~~ (('agency.'::text || split_part((SESSION_USER)::text, '_'::text, 3)) || '-%'::text)))) WITH CHECK (true);

ALTER TABLE public.mfa_authenticator ENABLE ROW LEVEL SECURITY;

CREATE POLICY mfa_authenticator_seat ON public.mfa_authenticator USING (((public.concord_user() IS NULL) OR (user_id = public.concord_user()))) WITH CHECK (((public.concord_user() IS NULL) OR (user_id = public.concord_user())));

ALTER TABLE public.notifications_calendarfeed ENABLE ROW LEVEL SECURITY;

CREATE POLICY notifications_calendarfeed_seat ON public.notifications_calendarfeed USING (((user_id = public.concord_user()) OR ((token_hash)::text = NULLIF(current_setting('concord.token'::text, true), ''::text)))) WITH CHECK ((user_id = public.concord_user()));

ALTER TABLE public.notifications_mailpreference ENABLE ROW LEVEL SECURITY;

CREATE POLICY notifications_mailpreference_read ON public.notifications_mailpreference FOR SELECT USING (true);

CREATE POLICY notifications_mailpreference_seat ON public.notifications_mailpreference USING ((user_id = public.concord_user())) WITH CHECK ((user_id = public.concord_user()));

ALTER TABLE public.notifications_notice ENABLE ROW LEVEL SECURITY;

CREATE POLICY notifications_notice_seat ON public.notifications_notice USING ((user_id = public.concord_user())) WITH CHECK (true);

ALTER TABLE public.transparency_publishedproof ENABLE ROW LEVEL SECURITY;

CREATE POLICY transparency_publishedproof_anybody ON public.transparency_publishedproof FOR SELECT USING (true);

CREATE POLICY transparency_publishedproof_seat ON public.transparency_publishedproof USING ((developer_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((developer_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.webhooks_attempt ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhooks_attempt_seat ON public.webhooks_attempt USING ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.webhooks_delivery ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhooks_delivery_seat ON public.webhooks_delivery USING ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.webhooks_endpoint ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhooks_endpoint_seat ON public.webhooks_endpoint USING ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.webhooks_health ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhooks_health_seat ON public.webhooks_health USING ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

ALTER TABLE public.webhooks_secret ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhooks_secret_seat ON public.webhooks_secret USING ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats))) WITH CHECK ((organisation_id IN ( SELECT public.concord_seats() AS concord_seats)));

DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT DISTINCT quote_ident(r.rolname) FROM pg_default_acl d, aclexplode(d.defaclacl) g
        JOIN pg_roles r ON r.oid = g.grantee WHERE r.rolname <> current_user LOOP
        EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA public, concord_narrow FROM ' || name;
        EXECUTE 'REVOKE ALL ON ALL SEQUENCES IN SCHEMA public, concord_narrow FROM ' || name;
        EXECUTE 'REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public, concord_narrow FROM ' || name;
    END LOOP;
END $$;

GRANT USAGE ON SCHEMA concord_narrow TO concord_worker;
GRANT USAGE ON SCHEMA concord_narrow TO concord_agency_treasury;
GRANT USAGE ON SCHEMA concord_narrow TO concord_agency_defense;
GRANT USAGE ON SCHEMA concord_narrow TO concord_agency_commerce;
GRANT USAGE ON SCHEMA concord_narrow TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user TO concord_web;

GRANT SELECT ON TABLE concord_narrow.accounts_user TO concord_worker;
GRANT SELECT ON TABLE concord_narrow.accounts_user TO concord_agency_treasury;
GRANT SELECT ON TABLE concord_narrow.accounts_user TO concord_agency_defense;
GRANT SELECT ON TABLE concord_narrow.accounts_user TO concord_agency_commerce;
GRANT SELECT ON TABLE concord_narrow.accounts_user TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailaddress TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailaddress TO concord_worker;

GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailconfirmation TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailconfirmation TO concord_worker;

GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_apitoken TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_apitoken TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_apitoken TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_apitoken TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_apitoken TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_apitoken TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_idempotencyrecord TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_idempotencyrecord TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_idempotencyrecord TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_idempotencyrecord TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_idempotencyrecord TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_idempotencyrecord TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_invitation TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_invitation TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_invitation TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_invitation TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_invitation TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_invitation TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_limits TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_limits TO concord_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_membership TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_membership TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_membership TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_membership TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_membership TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_membership TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_organisation TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_organisation TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_organisation TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_organisation TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_organisation TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_organisation TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_groups TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_groups TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_groups TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_groups TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_groups TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_groups TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_groups_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_groups_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_groups_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_groups_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_groups_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_groups_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_user_permissions TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_user_permissions TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_user_permissions TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_user_permissions TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_user_permissions TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_user_permissions TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_user_permissions_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_user_permissions_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_user_permissions_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_user_permissions_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_user_permissions_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_user_permissions_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_capacityperiod TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_capacityperiod TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_capacityperiod TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_capacityperiod TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_capacityperiod TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_capacityperiod TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_keycustody TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_keycustody TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_keycustody TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_keycustody TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_keycustody TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_keycustody TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_testingcapability TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_testingcapability TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_testingcapability TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_testingcapability TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_testingcapability TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies_testingcapability TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementclause TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementclause TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementclause TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementclause TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementclause TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementclause TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementgrant TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementgrant TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementgrant TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementgrant TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementgrant TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementgrant TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementparty TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementparty TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementparty TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementparty TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementparty TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementparty TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementtemplate TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementtemplate TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementtemplate TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementtemplate TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementtemplate TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementtemplate TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementversion TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementversion TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementversion TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementversion TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementversion TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_agreementversion TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_amendmentoperation TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_amendmentoperation TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_amendmentoperation TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_amendmentoperation TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_amendmentoperation TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_amendmentoperation TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clause TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clause TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clause TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clause TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clause TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clause TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausealternative TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausealternative TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausealternative TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausealternative TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausealternative TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausealternative TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausecomment TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausecomment TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausecomment TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausecomment TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausecomment TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausecomment TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausedraft TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausedraft TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausedraft TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausedraft TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausedraft TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausedraft TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausereview TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausereview TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausereview TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausereview TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausereview TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausereview TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausesuggestion TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausesuggestion TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausesuggestion TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausesuggestion TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausesuggestion TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_clausesuggestion TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_completioncertificate TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_completioncertificate TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_completioncertificate TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_completioncertificate TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_completioncertificate TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_completioncertificate TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrence TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrence TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrence TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrence TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrence TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrence TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceask TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceask TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceask TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceask TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceask TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceask TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrencepart TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrencepart TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrencepart TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrencepart TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrencepart TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrencepart TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceplan TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceplan TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceplan TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceplan TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceplan TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_concurrenceplan TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_consolidation TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_consolidation TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_consolidation TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_consolidation TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_consolidation TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_consolidation TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_deviation TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_deviation TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_deviation TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_deviation TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_deviation TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_deviation TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_incumbency TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_incumbency TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_incumbency TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_incumbency TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_incumbency TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_incumbency TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_issuedfile TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_issuedfile TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_issuedfile TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_issuedfile TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_issuedfile TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_issuedfile TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_librarypresence TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_librarypresence TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_librarypresence TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_librarypresence TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_librarypresence TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_librarypresence TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_obligation TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_obligation TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_obligation TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_obligation TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_obligation TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_obligation TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_owncertificate TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_owncertificate TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_owncertificate TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_owncertificate TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_owncertificate TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_owncertificate TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_post TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_post TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_post TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_post TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_post TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_post TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_presence TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_presence TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_presence TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_presence TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_presence TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_presence TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_remotesigning TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_remotesigning TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_remotesigning TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_remotesigning TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_remotesigning TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_remotesigning TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatory TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatory TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatory TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatory TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatory TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatory TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signature TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signature TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signature TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signature TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signature TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signature TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatureauthority TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatureauthority TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatureauthority TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatureauthority TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatureauthority TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signatureauthority TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingkey TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingkey TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingkey TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingkey TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingkey TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingkey TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingturn TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingturn TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingturn TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingturn TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingturn TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_signingturn TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_testingagreement TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_testingagreement TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_testingagreement TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_testingagreement TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_testingagreement TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agreements_testingagreement TO concord_agency_homeland;

GRANT SELECT,INSERT ON TABLE public.audit_event TO concord_web;
GRANT SELECT,INSERT ON TABLE public.audit_event TO concord_worker;
GRANT SELECT,INSERT ON TABLE public.audit_event TO concord_agency_treasury;
GRANT SELECT,INSERT ON TABLE public.audit_event TO concord_agency_defense;
GRANT SELECT,INSERT ON TABLE public.audit_event TO concord_agency_commerce;
GRANT SELECT,INSERT ON TABLE public.audit_event TO concord_agency_homeland;
GRANT SELECT ON TABLE public.audit_event TO concord_sealer;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.audit_look TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.audit_look TO concord_worker;

GRANT SELECT,DELETE ON TABLE public.audit_queue TO concord_sealer;

GRANT SELECT,USAGE ON SEQUENCE public.audit_queue_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.audit_queue_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.audit_queue_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.audit_queue_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.audit_queue_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.audit_queue_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_checkpointaudience TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_checkpointaudience TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_checkpointaudience TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_checkpointaudience TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_checkpointaudience TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_checkpointaudience TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_developer TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_developer TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_developer TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_developer TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_developer TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_developer TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_frontiermodel TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_frontiermodel TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_frontiermodel TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_frontiermodel TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_frontiermodel TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_frontiermodel TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelaudience TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelaudience TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelaudience TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelaudience TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelaudience TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelaudience TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelcheckpoint TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelcheckpoint TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelcheckpoint TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelcheckpoint TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelcheckpoint TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelcheckpoint TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelvariant TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelvariant TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelvariant TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelvariant TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelvariant TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.developers_modelvariant TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_admin_log TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_admin_log TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_admin_log TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_admin_log TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_admin_log TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_admin_log TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.django_admin_log_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.django_admin_log_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.django_admin_log_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.django_admin_log_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.django_admin_log_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.django_admin_log_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_session TO concord_web;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesscredential TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesscredential TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesscredential TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesscredential TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesscredential TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesscredential TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesshold TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesshold TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesshold TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesshold TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesshold TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesshold TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accessspecification TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accessspecification TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accessspecification TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accessspecification TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accessspecification TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accessspecification TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesswindow TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesswindow TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesswindow TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesswindow TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesswindow TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_accesswindow TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_agencyconsent TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_agencyconsent TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_agencyconsent TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_agencyconsent TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_agencyconsent TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_agencyconsent TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_blockedtime TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_blockedtime TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_blockedtime TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_blockedtime TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_blockedtime TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_blockedtime TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_claimedresult TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_claimedresult TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_claimedresult TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_claimedresult TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_claimedresult TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_claimedresult TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_confidentialitymarking TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_confidentialitymarking TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_confidentialitymarking TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_confidentialitymarking TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_confidentialitymarking TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_confidentialitymarking TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_contact TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_contact TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_contact TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_contact TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_contact TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_contact TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialopening TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialopening TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialopening TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialopening TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialopening TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialopening TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialwrap TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialwrap TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialwrap TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialwrap TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialwrap TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_credentialwrap TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designation TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designation TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designation TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designation TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designation TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designation TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designationinquiry TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designationinquiry TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designationinquiry TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designationinquiry TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designationinquiry TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_designationinquiry TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_destructioncertificate TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_destructioncertificate TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_destructioncertificate TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_destructioncertificate TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_destructioncertificate TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_destructioncertificate TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_earlyaccessrequest TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_earlyaccessrequest TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_earlyaccessrequest TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_earlyaccessrequest TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_earlyaccessrequest TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_earlyaccessrequest TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_heldanswer TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_heldanswer TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_heldanswer TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_heldanswer TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_heldanswer TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_heldanswer TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_listedfinding TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_listedfinding TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_listedfinding TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_listedfinding TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_listedfinding TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_listedfinding TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_pinnedstate TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_pinnedstate TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_pinnedstate TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_pinnedstate TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_pinnedstate TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_pinnedstate TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_releasenotice TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_releasenotice TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_releasenotice TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_releasenotice TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_releasenotice TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_releasenotice TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestaudience TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestaudience TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestaudience TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestaudience TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestaudience TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestaudience TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestdocument TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestdocument TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestdocument TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestdocument TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestdocument TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestdocument TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requesteddomain TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requesteddomain TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requesteddomain TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requesteddomain TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requesteddomain TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requesteddomain TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestsection TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestsection TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestsection TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestsection TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestsection TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestsection TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requeststatement TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requeststatement TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requeststatement TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requeststatement TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requeststatement TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requeststatement TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestvariant TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestvariant TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestvariant TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestvariant TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestvariant TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_requestvariant TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_returnitem TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_returnitem TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_returnitem TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_returnitem TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_returnitem TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_returnitem TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_revocationproof TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_revocationproof TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_revocationproof TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_revocationproof TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_revocationproof TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_revocationproof TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_sectiontask TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_sectiontask TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_sectiontask TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_sectiontask TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_sectiontask TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_sectiontask TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartner TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartner TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartner TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartner TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartner TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartner TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartnernomination TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartnernomination TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartnernomination TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartnernomination TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartnernomination TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_trustedpartnernomination TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_variantconsent TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_variantconsent TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_variantconsent TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_variantconsent TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_variantconsent TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_variantconsent TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsmanifest TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsmanifest TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsmanifest TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsmanifest TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsmanifest TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsmanifest TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsreceipt TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsreceipt TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsreceipt TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsreceipt TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsreceipt TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightsreceipt TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightssigner TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightssigner TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightssigner TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightssigner TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightssigner TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_weightssigner TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_windowextension TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_windowextension TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_windowextension TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_windowextension TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_windowextension TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_windowextension TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_withdrawal TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_withdrawal TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_withdrawal TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_withdrawal TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_withdrawal TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_access_withdrawal TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_accesscheck TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_accesscheck TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_accesscheck TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_accesscheck TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_accesscheck TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_accesscheck TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_attestation TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_attestation TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_attestation TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_attestation TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_attestation TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_attestation TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_baseline TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_baseline TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_baseline TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_baseline TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_baseline TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_baseline TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_conflictofinterest TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_conflictofinterest TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_conflictofinterest TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_conflictofinterest TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_conflictofinterest TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_conflictofinterest TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationassignment TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationassignment TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationassignment TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationassignment TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationassignment TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationassignment TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationincident TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationincident TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationincident TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationincident TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationincident TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationincident TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationreport TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationreport TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationreport TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationreport TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationreport TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationreport TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationrun TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationrun TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationrun TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationrun TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationrun TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_evaluationrun TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheck TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheck TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheck TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheck TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheck TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheck TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheckcomment TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheckcomment TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheckcomment TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheckcomment TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheckcomment TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_factcheckcomment TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_finding TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_finding TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_finding TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_finding TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_finding TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_finding TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_findingentry TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_findingentry TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_findingentry TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_findingentry TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_findingentry TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_findingentry TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_incidentnote TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_incidentnote TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_incidentnote TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_incidentnote TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_incidentnote TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_incidentnote TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_logview TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_logview TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_logview TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_logview TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_logview TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_logview TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeoverload TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeoverload TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeoverload TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeoverload TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeoverload TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeoverload TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeturn TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeturn TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeturn TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeturn TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeturn TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_placeturn TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_publicationreview TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_publicationreview TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_publicationreview TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_publicationreview TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_publicationreview TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_publicationreview TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_reportingdetail TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_reportingdetail TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_reportingdetail TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_reportingdetail TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_reportingdetail TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_reportingdetail TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_result TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_result TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_result TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_result TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_result TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_result TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingattempt TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingattempt TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingattempt TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingattempt TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingattempt TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingattempt TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingdecision TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingdecision TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingdecision TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingdecision TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingdecision TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingdecision TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingexclusion TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingexclusion TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingexclusion TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingexclusion TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingexclusion TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingexclusion TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingrule TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingrule TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingrule TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingrule TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingrule TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingrule TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingruleset TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingruleset TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingruleset TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingruleset TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingruleset TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_routingruleset TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_rulesofengagement TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_rulesofengagement TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_rulesofengagement TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_rulesofengagement TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_rulesofengagement TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_rulesofengagement TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlaunch TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlaunch TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlaunch TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlaunch TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlaunch TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlaunch TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlog TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlog TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlog TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlog TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlog TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runlog TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runnotes TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runnotes TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runnotes TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runnotes TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runnotes TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_runnotes TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_sharedrun TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_sharedrun TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_sharedrun TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_sharedrun TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_sharedrun TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluations_sharedrun TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_groupobjectpermission TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_groupobjectpermission TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_groupobjectpermission TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_groupobjectpermission TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_groupobjectpermission TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_groupobjectpermission TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.guardian_groupobjectpermission_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_groupobjectpermission_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_groupobjectpermission_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_groupobjectpermission_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_groupobjectpermission_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_groupobjectpermission_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_userobjectpermission TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_userobjectpermission TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_userobjectpermission TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_userobjectpermission TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_userobjectpermission TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardian_userobjectpermission TO concord_agency_homeland;

GRANT SELECT,USAGE ON SEQUENCE public.guardian_userobjectpermission_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_userobjectpermission_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_userobjectpermission_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_userobjectpermission_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_userobjectpermission_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.guardian_userobjectpermission_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_echo TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_echo TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_echo TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_echo TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_echo TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_echo TO concord_agency_homeland;
GRANT SELECT,INSERT ON TABLE public.jobs_echo TO concord_mail;
GRANT SELECT,INSERT ON TABLE public.jobs_echo TO concord_sealer;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_job TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_job TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_job TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_job TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_job TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_job TO concord_agency_homeland;
GRANT SELECT,INSERT,UPDATE ON TABLE public.jobs_job TO concord_mail;
GRANT SELECT,INSERT,UPDATE ON TABLE public.jobs_job TO concord_sealer;
GRANT SELECT,INSERT,UPDATE ON TABLE public.jobs_job TO concord_sweeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_schedule TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_schedule TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs_schedule TO concord_sweeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_authenticator TO concord_web;

GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_calendarfeed TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_calendarfeed TO concord_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_mail TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_mail TO concord_worker;
GRANT SELECT,UPDATE ON TABLE public.notifications_mail TO concord_mail;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_mailpreference TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_mailpreference TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_mailpreference TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_mailpreference TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_mailpreference TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_mailpreference TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_notice TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications_notice TO concord_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.transparency_publishedproof TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.transparency_publishedproof TO concord_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.transparency_publishedproof TO concord_agency_treasury;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.transparency_publishedproof TO concord_agency_defense;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.transparency_publishedproof TO concord_agency_commerce;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.transparency_publishedproof TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.usersessions_usersession TO concord_web;

GRANT SELECT,USAGE ON SEQUENCE public.usersessions_usersession_id_seq TO concord_web;
GRANT SELECT,USAGE ON SEQUENCE public.usersessions_usersession_id_seq TO concord_worker;
GRANT SELECT,USAGE ON SEQUENCE public.usersessions_usersession_id_seq TO concord_agency_treasury;
GRANT SELECT,USAGE ON SEQUENCE public.usersessions_usersession_id_seq TO concord_agency_defense;
GRANT SELECT,USAGE ON SEQUENCE public.usersessions_usersession_id_seq TO concord_agency_commerce;
GRANT SELECT,USAGE ON SEQUENCE public.usersessions_usersession_id_seq TO concord_agency_homeland;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks_attempt TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks_attempt TO concord_worker;
GRANT SELECT,INSERT ON TABLE public.webhooks_attempt TO concord_mail;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks_delivery TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks_delivery TO concord_worker;
GRANT SELECT,UPDATE ON TABLE public.webhooks_delivery TO concord_mail;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks_endpoint TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks_endpoint TO concord_worker;
GRANT SELECT ON TABLE public.webhooks_endpoint TO concord_mail;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks_health TO concord_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks_health TO concord_worker;
GRANT SELECT ON TABLE public.webhooks_health TO concord_mail;

GRANT UPDATE(failing_since) ON TABLE public.webhooks_health TO concord_mail;

GRANT UPDATE(quiet_until) ON TABLE public.webhooks_health TO concord_mail;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks_secret TO concord_web;
GRANT SELECT ON TABLE public.webhooks_secret TO concord_mail;

INSERT INTO public.django_migrations (app, name, applied) VALUES
    ('account', '0001_initial', now()),
    ('account', '0002_email_max_length', now()),
    ('account', '0003_alter_emailaddress_create_unique_verified_email', now()),
    ('account', '0004_alter_emailaddress_drop_unique_email', now()),
    ('account', '0005_emailaddress_idx_upper_email', now()),
    ('account', '0006_emailaddress_lower', now()),
    ('account', '0007_emailaddress_idx_email', now()),
    ('account', '0008_emailaddress_unique_primary_email_fixup', now()),
    ('account', '0009_emailaddress_unique_primary_email', now()),
    ('accounts', '0001_initial', now()),
    ('accounts', '0002_row_level_security', now()),
    ('accounts', '0003_invitation', now()),
    ('accounts', '0004_protect_invitation', now()),
    ('accounts', '0005_api_tokens', now()),
    ('accounts', '0006_protect_tokens', now()),
    ('accounts', '0007_invitation_without_inviter', now()),
    ('accounts', '0008_guests_and_factors', now()),
    ('accounts', '0009_seats_in_steps', now()),
    ('accounts', '0010_seats_of_a_person', now()),
    ('admin', '0001_initial', now()),
    ('admin', '0002_logentry_remove_auto_add', now()),
    ('admin', '0003_logentry_add_action_flag_choices', now()),
    ('agencies', '0001_initial', now()),
    ('agencies', '0002_capacity_periods', now()),
    ('agencies', '0003_key_custody', now()),
    ('agreements', '0001_initial', now()),
    ('agreements', '0002_protect', now()),
    ('agreements', '0003_agreement_grants', now()),
    ('agreements', '0004_protect_grants', now()),
    ('agreements', '0005_guests_read_authorities', now()),
    ('agreements', '0006_time_stamps', now()),
    ('agreements', '0007_completion_certificates', now()),
    ('agreements', '0008_list_filters', now()),
    ('agreements', '0009_library', now()),
    ('agreements', '0010_protect_library', now()),
    ('agreements', '0011_suggestions', now()),
    ('agreements', '0012_protect_suggestions', now()),
    ('agreements', '0013_answer_by', now()),
    ('agreements', '0020_authority_chains', now()),
    ('agreements', '0021_protect_authority_chains', now()),
    ('agreements', '0030_library_approvers', now()),
    ('agreements', '0031_deviations', now()),
    ('agreements', '0032_protect_deviations', now()),
    ('agreements', '0040_amendments', now()),
    ('agreements', '0041_protect_amendments', now()),
    ('agreements', '0050_signing_steps', now()),
    ('agreements', '0051_reassigned_signatories', now()),
    ('agreements', '0060_obligation_options', now()),
    ('agreements', '0061_ways_of_concurring', now()),
    ('agreements', '0070_reviews', now()),
    ('agreements', '0071_presence', now()),
    ('agreements', '0072_ways_of_templates', now()),
    ('agreements', '0090_leaving_and_replacing', now()),
    ('agreements', '0091_what_who_left_reads', now()),
    ('agreements', '0092_own_keys', now()),
    ('agreements', '0093_signing_devices', now()),
    ('agreements', '0094_library_presence', now()),
    ('agreements', '0095_components', now()),
    ('agreements', '0096_protect_components', now()),
    ('agreements', '0098_posts', now()),
    ('agreements', '0099_marking', now()),
    ('agreements', '0100_plans_taken_over', now()),
    ('agreements', '0101_list_of_delegations', now()),
    ('audit', '0001_initial', now()),
    ('audit', '0002_capture', now()),
    ('audit', '0003_track_tokens', now()),
    ('audit', '0004_request_index', now()),
    ('audit', '0005_looks', now()),
    ('audit', '0006_inserts_at_once', now()),
    ('auth', '0001_initial', now()),
    ('auth', '0002_alter_permission_name_max_length', now()),
    ('auth', '0003_alter_user_email_max_length', now()),
    ('auth', '0004_alter_user_username_opts', now()),
    ('auth', '0005_alter_user_last_login_null', now()),
    ('auth', '0006_require_contenttypes_0002', now()),
    ('auth', '0007_alter_validators_add_error_messages', now()),
    ('auth', '0008_alter_user_username_max_length', now()),
    ('auth', '0009_alter_user_last_name_max_length', now()),
    ('auth', '0010_alter_group_name_max_length', now()),
    ('auth', '0011_update_proxy_permissions', now()),
    ('auth', '0012_alter_user_first_name_max_length', now()),
    ('contenttypes', '0001_initial', now()),
    ('contenttypes', '0002_remove_content_type_name', now()),
    ('developers', '0001_initial', now()),
    ('developers', '0002_protect', now()),
    ('developers', '0003_list_filters', now()),
    ('early_access', '0001_initial', now()),
    ('early_access', '0002_protect', now()),
    ('early_access', '0003_policies_by_index', now()),
    ('early_access', '0004_listed_findings', now()),
    ('early_access', '0005_close_at_rest', now()),
    ('early_access', '0006_list_filters', now()),
    ('early_access', '0007_access_holds', now()),
    ('early_access', '0008_confidential_until', now()),
    ('early_access', '0009_blocked_time', now()),
    ('early_access', '0010_window_extensions', now()),
    ('early_access', '0011_pinned_states', now()),
    ('early_access', '0012_section_tasks', now()),
    ('early_access', '0013_keys_per_variant', now()),
    ('early_access', '0014_fill', now()),
    ('early_access', '0015_weights', now()),
    ('early_access', '0016_designation_inquiries', now()),
    ('early_access', '0017_trusted_partners', now()),
    ('early_access', '0018_documents', now()),
    ('early_access', '0019_known_limitations', now()),
    ('early_access', '0020_held_answers', now()),
    ('early_access', '0021_prices', now()),
    ('early_access', '0022_claimed_results', now()),
    ('early_access', '0023_full_field_list', now()),
    ('early_access', '0024_return_checklist', now()),
    ('evaluations', '0001_initial', now()),
    ('evaluations', '0002_protect', now()),
    ('evaluations', '0003_runs_and_findings', now()),
    ('evaluations', '0004_protect_runs_and_findings', now()),
    ('evaluations', '0005_runs_from_logs', now()),
    ('evaluations', '0006_findings', now()),
    ('evaluations', '0007_reports_and_fact_checks', now()),
    ('evaluations', '0008_protect_reports', now()),
    ('evaluations', '0009_list_filters', now()),
    ('evaluations', '0010_max_testers', now()),
    ('evaluations', '0011_publication_reviews', now()),
    ('evaluations', '0012_incidents', now()),
    ('evaluations', '0013_routing_board', now()),
    ('evaluations', '0014_rule_versions', now()),
    ('evaluations', '0015_run_notes', now()),
    ('evaluations', '0016_places_on_days', now()),
    ('evaluations', '0017_conflicts_of_interest', now()),
    ('evaluations', '0019_imports', now()),
    ('evaluations', '0020_log_views', now()),
    ('evaluations', '0021_reporting_details', now()),
    ('evaluations', '0022_runs_started_here', now()),
    ('evaluations', '0023_incident_notes', now()),
    ('evaluations', '0024_software_reports', now()),
    ('evaluations', '0025_test_plan', now()),
    ('guardian', '0001_initial', now()),
    ('guardian', '0002_generic_permissions_index', now()),
    ('guardian', '0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more', now()),
    ('jobs', '0001_initial', now()),
    ('jobs', '0002_rights', now()),
    ('jobs', '0003_agencies_own_queues', now()),
    ('jobs', '0004_people_without_hashes', now()),
    ('mfa', '0001_initial', now()),
    ('mfa', '0002_authenticator_timestamps', now()),
    ('mfa', '0003_authenticator_type_uniq', now()),
    ('notifications', '0001_initial', now()),
    ('notifications', '0002_protect', now()),
    ('notifications', '0003_mailpreference', now()),
    ('notifications', '0004_preference_rights', now()),
    ('notifications', '0005_rights', now()),
    ('notifications', '0006_wishes_and_calendar', now()),
    ('sessions', '0001_initial', now()),
    ('transparency', '0001_initial', now()),
    ('usersessions', '0001_initial', now()),
    ('webhooks', '0001_initial', now()),
    ('webhooks', '0002_protect', now());
