"""Celery's settings (security.md §7.3: measured). The shortest visibility timeout of any application that shares its
unacknowledged messages wins; an agency's own host keeps its own apart (`on_agency_host`)."""

from __future__ import annotations

from typing import Any

from kombu import Exchange, Queue

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
    # routing_key always: without it a queue binds to the key "default" and every agency would get its messages. An exchange
    # each: who may say which queues hang on it (a key of the broker) can then be told apart (jobs/broker_access.py).
    "task_queues": [Queue(name, Exchange(name), routing_key=name) for name in QUEUES],
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


def unacknowledged(agency: str) -> dict[str, str]:
    """The broker's keys of what an agency's own host was given and has not finished: no other user may touch them."""
    name = f"unacked.agency.{agency}"
    return {"unacked_key": name, "unacked_index_key": f"{name}.index", "unacked_mutex_key": f"{name}.mutex"}


def on_agency_host(agency: str, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of a worker on an agency's own host, which may use few of the broker's commands and keys."""
    transport = {**settings["broker_transport_options"], **unacknowledged(agency)}
    return {**settings, "broker_transport_options": transport, "worker_enable_remote_control": False}
