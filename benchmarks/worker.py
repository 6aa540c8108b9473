"""The yardsticks of routing: BRPOP in a loop, with no job, claim, lease or Celery around it.

`python -m benchmarks.worker route` does the product's own routing, one request at a time. `… store` does the least there
is: the same rows by plain SQL in one message to the server, with nothing read and nothing decided.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from uuid import UUID

import django
from django.apps import apps
from django.db import connection, transaction

RAW = "bench:raw"
EVENT = """
INSERT INTO audit_event (id, at, parties, actor, verb, object_type, object_id, request_id, reason, body, nonce, body_hash)
VALUES (gen_random_uuid(), clock_timestamp(), ARRAY[%({party})s::uuid], 'job:raw', '{verb}', '{table}', %({about})s, '', '',
       '{{}}', '', '');"""
STORE = (
    """
SELECT set_config('concord.orgs', %(orgs)s, true), set_config('concord.actor', 'job:raw', true);
INSERT INTO evaluations_routingattempt (id, created_at, request_id, developer_id, router_id, number, rule_set_id, placed,
       cause) VALUES (%(attempt)s, now(), %(request)s, %(developer)s, %(router)s, 1, %(rule_set)s, 1, 'Raw');
INSERT INTO evaluations_routingdecision (id, created_at, attempt_id, router_id, agency_id, placed, rule_number, sentence)
VALUES (gen_random_uuid(), now(), %(attempt)s, %(router)s, %(agency)s, true, 1, 'Raw');
INSERT INTO evaluations_evaluationassignment (id, created_at, reference, request_id, developer_id, agency_id, status, domains,
       access_level, attempt_id, answer_due_at, ended_reason)
VALUES (%(assignment)s, now(), %(reference)s, %(request)s, %(developer)s, %(agency)s, 'proposed', '{cybersecurity}', 1,
       %(attempt)s, now(), '');
INSERT INTO jobs_job (id, created_at, kind, queue, key, organisations, payload, state, attempts, max_attempts, not_before,
       fence, rung, next_ring_at, error)
VALUES (gen_random_uuid(), now(), 'evaluations.receive', 'agency.commerce-caisi', 'bench:receive:' || %(assignment)s, '{}',
       '{}', 'queued', 0, 8, now(), 0, 0, now(), '');"""
    + EVENT.format(verb="evaluations.routed", table="early_access_earlyaccessrequest", about="request", party="router")
    + EVENT.format(
        verb="evaluations.proposed", table="evaluations_evaluationassignment", about="assignment", party="agency"
    )
)


def route(known: dict[str, Any]) -> None:
    """One request through the action that the product's jobs call too."""
    from core import rls
    from early_access.models import EarlyAccessRequest
    from evaluations import actions

    seen = tuple(UUID(known[name]) for name in ("developer", "router", "agency"))
    with rls.context(organisations=seen, actor="job:raw"):
        actions.route(request=EarlyAccessRequest(pk=known["request"]), cause="Raw")


def store(known: dict[str, Any]) -> None:
    """One request's rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STORE, known)


def main(effect: str) -> None:
    """Pop requests until the word "end" comes."""
    from benchmarks.cases.queue import broker

    line, work = broker(), {"route": route, "store": store}[effect]
    while True:
        _, word = line.brpop([RAW])  # type: ignore[misc]  # redis types both its clients at once
        if word == b"end":
            return
        work(json.loads(word))


if __name__ == "__main__":
    if not apps.ready:
        django.setup()
    main(sys.argv[1])
