"""Who may do what on the broker: an access list (ACL) with one user per agency that runs its worker on its own hosts.

Valkey and Redis from version 7 on read it (`--aclfile`). The site's own processes are the user `default`. An agency's user
takes from its own queues, keeps its own unacknowledged messages, and may ring the site's queues; it can read no other
queue, list no keys, listen to no channel and run no command of administration. What travels there is a job's id and
nothing else; the database decides who may read the job.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from jobs.celery_settings import AGENCY_QUEUES, QUEUES, unacknowledged

AGENCIES = tuple(dict.fromkeys(queue.removeprefix("agency.").partition("-")[0] for queue in AGENCY_QUEUES))
SITE = "default"
# kombu puts the priority (3, 6, 9) behind a queue's name, parted by two bytes that a file cannot show
PRIORITIES = "??[369]"
# what kombu's transport says to a broker, found by listening to it; all of it on keys of the user's own
COMMANDS = (
    "ping", "hello", "auth", "client|setinfo", "client|setname", "select", "multi", "exec", "discard", "watch", "unwatch",
    "evalsha", "eval", "script|load", "brpop", "rpop", "lpush", "rpush", "llen", "sadd", "smembers", "set", "get", "del",
    "hset", "hget", "hdel", "zadd", "zrem", "zrange", "zrevrangebyscore",
)  # fmt: skip


def user(agency: str) -> str:
    """The name under which an agency's own host signs in to the broker."""
    return f"agency-{agency}"


def queues(agency: str) -> tuple[str, ...]:
    """The queues that the worker of an agency takes from, its components' included."""
    return tuple(q for q in AGENCY_QUEUES if q.removeprefix("agency.").partition("-")[0] == agency)


def access_list(site: str, agencies: Mapping[str, str]) -> str:
    """The file: the site's password, and one for each agency that runs its worker itself. Passwords stand as SHA-256.

    KeyError for an agency that does not exist.
    """
    unknown = sorted(set(agencies) - set(AGENCIES))
    if unknown:
        raise KeyError(f"There is no agency {unknown[0]}: choose from {', '.join(AGENCIES)}.")
    lines = [f"user {SITE} on {_password(site)} ~* &* +@all"]
    lines += [
        f"user {user(agency)} on {_password(word)} {_rights(agency)}" for agency, word in sorted(agencies.items())
    ]
    return "\n".join(lines) + "\n"


def _rights(agency: str) -> str:
    keys = [f"~{key}" for key in unacknowledged(agency).values()]
    for queue in queues(agency):
        keys += [f"~{queue}", f"~{queue}{PRIORITIES}", *(f"~{binding}" for binding in _bindings(queue))]
    others = [queue for queue in QUEUES if queue not in AGENCY_QUEUES]
    ringing = " ".join(f"%W~{queue} %W~{queue}{PRIORITIES}" for queue in others)
    counting = ringing.replace("%W", "%R")
    bound = " ".join(f"~{binding}" for queue in others for binding in _bindings(queue))
    return (
        f"resetkeys resetchannels -@all {' '.join(f'+{c}' for c in COMMANDS)} {' '.join(keys)}"
        # clearselectors first, or loading the file twice would add to what is there
        f" clearselectors (-@all +lpush {ringing}) (-@all +llen {counting}) (-@all +sadd +smembers {bound})"
    )


def _bindings(queue: str) -> tuple[str, str]:
    return f"_kombu.binding.{queue}", f"_kombu.binding_permanent.{queue}"


def _password(word: str) -> str:
    return "#" + hashlib.sha256(word.encode()).hexdigest()
