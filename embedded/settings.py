"""What `./concord up` and docker-compose must agree on: versions, roles, queues, flags. A test holds them together."""

from __future__ import annotations

POSTGRES_MAJOR = "18"
VALKEY_MAJOR = "9"
DATABASE = "concord"
OWNER = "concord_owner"
WEB = "concord_web"
SWEEPER = "concord_sweeper"

# The order of text is part of the product (keyset pages): every server is made with these flags.
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")

# Only for servers that a test run throws away: a killed one loses what it acknowledged.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "track_counts": "off",
    "track_activities": "off",
    "update_process_title": "off",
    "shared_buffers": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
BROKER_FLAGS = ("--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction")

# A component works through its parent's worker: the worker consumes the queues of all its components.
AGENCIES = {
    "treasury": ("agency.treasury",),
    "defense": ("agency.defense", "agency.defense-nsa", "agency.defense-cdao"),
    "commerce": ("agency.commerce", "agency.commerce-caisi", "agency.commerce-bis"),
    "homeland": ("agency.homeland", "agency.homeland-cisa"),
}
# Worker -> (database role, queues). One process each, so that no worker holds two roles.
WORKERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "default": ("concord_worker", ("default", "ingest")),
    "mail": ("concord_mail", ("mail",)),
    "seal": ("concord_sealer", ("seal",)),
    **{f"agency.{name}": (f"concord_agency_{name}", queues) for name, queues in AGENCIES.items()},
}
ROLES = (WEB, SWEEPER, *(role for role, _ in WORKERS.values()))

# One more process per agency where runs are on: it supervises them, with the role of the agency's worker.
SUPERVISORS = {name: WORKERS[f"agency.{name}"][0] for name in AGENCIES}

# granian: named threads bound the database connections; the long idle time keeps them; a killed worker is replaced;
# one that does not end when it is told to is killed, so that going down always ends.
GRANIAN = (
    *("--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--blocking-threads-idle-timeout", "600"),
    *("--respawn-failed-workers", "--workers-kill-timeout", "6", "--no-access-log"),
)
APPLICATION = "config.wsgi:application"


def worker_arguments(name: str, queues: tuple[str, ...], *, pool: str = "prefork") -> list[str]:
    """Celery's arguments of one worker. Prefork, since time limits hold on no other pool."""
    return [
        *("-A", "config.celery", "worker", "-Q", ",".join(queues), "-n", f"{name}@%h", "--pool", pool),
        *("-c", "1", "--loglevel", "WARNING", "--without-mingle"),
    ]
