"""Celery's settings (security.md §7.3: measured). Agency hosts must run exactly these: the shortest visibility timeout
of any application on a broker wins."""

from __future__ import annotations

from typing import Any

from kombu import Queue

AGENCY_QUEUES = (
    "agency.treasury",
    "agency.defense",
    "agency.defense-nsa",
    "agency.defense-cdao",
    "agency.commerce",
    "agency.commerce-caisi",
    "agency.commerce-bis",
    "agency.homeland",
    "agency.homeland-cisa",
)
QUEUES = ("default", "mail", "ingest", "seal", *AGENCY_QUEUES)
# Work of hours, which no Celery task may be: a supervising process of the agency looks for it by itself, nobody rings. The
# names fit the rule by which an agency's processes see their jobs.
RUN_QUEUES = tuple(f"{name}-runs" for name in AGENCY_QUEUES)

VISIBILITY = 300
HARD_LIMIT = 160
SOFT_SHUTDOWN = 20  # seconds; a busy worker waits all of them even when its task ends sooner

CELERY: dict[str, Any] = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,  # the bound on poison jobs is `attempts` in the claim
    "task_retry_on_worker_lost": False,
    "task_ignore_result": True,  # no result backend: the row is the result
    "task_serializer": "json",
    "accept_content": ["json"],
    "worker_prefetch_multiplier": 1,
    "worker_max_tasks_per_child": 200,
    # production takes SOFT_SHUTDOWN; short in a demo: what is cut off is claimed again when its lease ends
    "worker_soft_shutdown_timeout": 3,
    "worker_hijack_root_logger": False,
    "task_publish_retry": False,  # the sweeper retries
    "task_default_queue": "default",
    "task_create_missing_queues": False,
    # routing_key always: without it a queue binds to the key "default" and every agency would get its messages
    "task_queues": [Queue(name, routing_key=name) for name in QUEUES],
    "task_time_limit": HARD_LIMIT,
    "task_soft_time_limit": int(HARD_LIMIT * 0.8),
    "broker_connection_retry": True,
    "broker_connection_retry_on_startup": True,
    # Celery closes the database connection around each task otherwise: 1.6 to 3.2 times slower. Needs the two handlers
    # in jobs/tasks.py, or a restarted PostgreSQL poisons the process.
    "CELERY_DB_REUSE_MAX": 1000,
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 1,
        "health_check_interval": 25,
    },
}

# For ringing from web processes: Redis being away must not hold a request.
RINGING: dict[str, Any] = {
    "task_ignore_result": True,
    "task_serializer": "json",
    "task_publish_retry": False,
    "task_queues": CELERY["task_queues"],
    "task_create_missing_queues": False,
    "broker_transport_options": {"max_retries": 0, "socket_connect_timeout": 0.2, "socket_timeout": 0.5},
}
