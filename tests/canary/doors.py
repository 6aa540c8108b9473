"""The other ways out of the product: what lies in Redis, in log lines, in mail, in jobs and in the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.cache import caches

from accounts.models import Organisation
from audit.models import Event
from core import rls
from jobs import actions as jobs
from jobs.models import Job
from notifications.models import Mail
from tests.canary.conftest import Stage
from tests.canary.house import CAISI

NOBODY: frozenset[str] = frozenset()


def _found(stage: Stage, where: str, text: str, words: frozenset[str] = NOBODY) -> list[str]:
    return [
        f"{where}: {s.candidates[0].place} of {s.candidates[0].home}, {s.how}"
        for s in stage.aviary.find(text) if not s.allowed(words)
    ]  # fmt: skip


def in_redis() -> Iterator[str]:
    """Every key with its value, of the broker and of the cache."""
    cache: Any = caches["fast"]
    with jobs.doorbell._app.connection() as broker:
        for client in (broker.default_channel.client, cache._cache.get_client()):
            for key in client.scan_iter(count=1000):
                read: dict[bytes, Any] = {
                    b"string": client.get, b"list": lambda k, c=client: c.lrange(k, 0, -1), b"set": client.smembers,
                    b"hash": client.hgetall, b"zset": lambda k, c=client: c.zrange(k, 0, -1),
                }  # fmt: skip
                yield f"{_text(key)} = {read[client.type(key)](key)!r}"


def _text(key: bytes | str) -> str:
    return key if isinstance(key, str) else key.decode(errors="replace")


def redis_leaks(stage: Stage) -> list[str]:
    """Nothing of anybody: keys are ids, messages are ids of jobs."""
    return [leak for entry in in_redis() for leak in _found(stage, f"redis {entry[:60]}", entry)]


def log_leaks(stage: Stage, since: int = 0) -> list[str]:
    """No text of anybody in a log line."""
    return [leak for line in stage.lines.lines[since:] for leak in _found(stage, f"log {line[:80]}", line)]


def mail_leaks(stage: Stage, messages: Iterable[Any]) -> list[str]:
    """Subject and body of a mail hold a reference at most, whoever gets it."""
    sent = [(f"{m.subject}\n{m.body}\n{m.extra_headers}", f"mail to {m.to}") for m in messages]
    rows = [(f"{m.subject}\n{m.body}", f"mail row to {m.address}") for m in Mail.objects.all()]
    return [leak for text, where in [*sent, *rows] for leak in _found(stage, where, text)]


def job_leaks(stage: Stage) -> list[str]:
    """A job holds ids."""
    rows = Job.objects.values_list("kind", "key", "payload", "error")
    return [leak for row in rows for leak in _found(stage, f"job {row[0]}", f"{row[1]} {row[2]} {row[3]}")]


def record_leaks(stage: Stage) -> list[str]:
    """An event holds nothing that one of the organisations that may read it may not."""
    with rls.context(user=stage.world.staff.pk):
        names = {o.pk: _key(stage, o) for o in Organisation.objects.all()}
        events = list(Event.objects.filter(reason__icontains="cnry") | Event.objects.filter(body__icontains="cnry"))
    found = []
    for event in events:
        for party in event.parties or [None]:
            words = frozenset({names.get(party, "auditor"), "agency"}) | (
                {"attested"} if names.get(party) == CAISI else frozenset()
            )
            text = f"{event.reason}\n{event.body}"
            found += _found(stage, f"event {event.verb} for {names.get(party)}", text, words | _row(event, stage))
    return found


def _key(stage: Stage, organisation: Organisation) -> str:
    return next((k for k, o in stage.world.organisations.items() if o.pk == organisation.pk), str(organisation.pk))


def _row(event: Event, stage: Stage) -> frozenset[str]:
    """A change of a row shows in the admin only, to those who read everything."""
    return frozenset({"auditor"}) if event.verb.startswith("row.") else NOBODY
