"""The Celery application of measured workers: the product's, plus one kind of job that writes once per item.

`python -m benchmarks.worker` is a yardstick instead: BRPOP in a loop, with no job, claim, lease or Celery around it. `touch`
writes once per item. `route` does the product's own routing, one request at a time. `store` does the least there is: the
same rows by plain SQL in one message to the server, with nothing read and nothing decided.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django
from django.apps import apps
from django.db import connection, transaction
from kombu import Exchange, Queue

from config.celery import app
from jobs import celery_settings, kinds

if TYPE_CHECKING:
    from jobs.models import Job

if not apps.ready:
    django.setup()

from jobs import actions as jobs  # reads models

__all__ = ["app"]

RAW, TOUCH = "bench:raw", "bench.touch"
# Agencies that only a measurement has get queues as the product's have theirs, in the measuring process and in its workers.
FURTHER = tuple(f"agency.measured-{n}" for n in range(1, 4))
celery_settings.CELERY["task_queues"] += [Queue(name, Exchange(name), routing_key=name) for name in FURTHER]
jobs.QUEUES += FURTHER
UPDATE = "UPDATE bench_item SET touched = touched + 1 WHERE id = ANY (%s)"
EVENT = """
INSERT INTO audit_event (id, at, parties, actor, verb, object_type, object_id, request_id, reason, body, nonce, body_hash)
VALUES (gen_random_uuid(), clock_timestamp(), ARRAY[%({party})s::uuid], 'job:raw', '{verb}', '{table}', %({about})s, '', '',
       '{{}}', '', '');"""
STORE = (
    """
SELECT set_config('concord.orgs', %(orgs)s, true), set_config('concord.actor', 'job:raw', true);
INSERT INTO evaluations_routingattempt (id, created_at, request_id, developer_id, router_id, number, rule_set_id, placed,
       cause) VALUES (%(attempt)s, now(), %(request)s, %(developer)s, %(router)s, 1, %(rule_set)s, 1, 'Raw');
INSERT INTO evaluations_routingdecision (id, created_at, attempt_id, router_id, agency_id, placed, rule_number, sentence,
       status, since, due_at, reason, ended_reason)
VALUES (gen_random_uuid(), now(), %(attempt)s, %(router)s, %(agency)s, true, 1, 'Raw', 'proposed', now(), now(), '', '');
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


def touch_all(job: Job) -> None:
    """Effect of the measured kind: all ids of the job in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [job.payload["ids"]])


kinds.register(TOUCH, finish="benchmarks.worker.touch_all")


def touch(item: int) -> None:
    """One item, in a transaction of its own."""
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [[item]])


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
    from benchmarks.cases.workers import broker

    line, work = broker(), {"touch": touch, "route": route, "store": store}[effect]
    while True:
        _, word = line.brpop([RAW])  # type: ignore[misc]  # redis types both its clients at once
        if word == b"end":
            return
        work(json.loads(word))


if __name__ == "__main__":
    main(sys.argv[1])
