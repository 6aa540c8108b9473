"""Whether an agency's own host is set up so that it can do its work, and nothing else: looked at from that host."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from kombu import Connection
from kombu.exceptions import OperationalError as BrokerUnreachable
from redis.exceptions import NoPermissionError, RedisError

from agencies.models import KeyCustody
from core import key_pairs, storage
from core.envelope import KeyHeldElsewhere, KeyMissing, SealBroken
from jobs.broker_access import AGENCIES, queues


@dataclass(frozen=True)
class Finding:
    """One thing that was tried: what, whether it is as it must be, and if not what to do."""

    what: str
    fits: bool
    remedy: str = ""


def look(agency: str) -> Iterator[Finding]:
    """Everything that the host of this agency must be able to do, and must not. Nothing is changed anywhere."""
    for part in (_database, _broker, _keys, _custody, _files, _own_files):
        yield from _guarded(part, agency)


def _guarded(part: Callable[[str], Iterator[Finding]], agency: str) -> Iterator[Finding]:
    """A server that cannot be reached is a finding too, with its own words."""
    try:
        yield from part(agency)
    except (DatabaseError, RedisError, BrokerUnreachable, OSError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        yield Finding(f"{part.__name__.strip('_')}: {said}", False, "Mend the address, the account or the certificate.")


def _database(agency: str) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        role = str(cursor.fetchone()[0])
        yield Finding(
            f"the database knows this host as {role}", role == f"concord_agency_{agency}", "Change DATABASE_URL."
        )
        cursor.execute("SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)")
        yield Finding(
            "the way to the database is encrypted, or a socket of this host",
            bool(cursor.fetchone()[0]) or settings.DATABASES["default"]["HOST"].startswith("/"),
            "Have the site turn on TLS for its database.",
        )
        cursor.execute("SELECT DISTINCT queue FROM jobs_job")
        foreign = sorted({str(row[0]) for row in cursor.fetchall()} - set(queues(agency)))
        yield Finding(
            "the database shows no job of anybody else", not foreign, f"It shows {', '.join(foreign)}: tell the site."
        )
        cursor.execute(
            "SELECT name FROM accounts_organisation WHERE id IN (SELECT concord_seats()) AND database_role <> %s",
            [role],
        )
        seats = [str(row[0]) for row in cursor.fetchall()]
        yield Finding(
            "the database takes this host for nobody else", not seats, f"It acts for {', '.join(seats)}: tell the site."
        )


def _broker(agency: str) -> Iterator[Finding]:
    own = queues(agency)
    with Connection(settings.BROKER_URL, transport_options=settings.CELERY["broker_transport_options"]) as broker:
        client = broker.default_channel.client
        for queue in own:
            client.llen(queue)
        yield Finding(f"the broker gives the queues {', '.join(own)}", True)
        foreign = [queue for other in AGENCIES if other != agency for queue in queues(other)]
        open_ones = [queue for queue in foreign if _allowed(lambda queue=queue: client.lrange(queue, 0, 0))]  # type: ignore[misc]
        remedy = "Have the site load its access list: manage.py broker_access."
        yield Finding("the broker refuses the queues of other agencies", not open_ones, remedy)
        yield Finding("the broker lists no keys", not _allowed(client.randomkey), remedy)


def _allowed(call: Callable[[], Any]) -> bool:
    try:
        call()
    except NoPermissionError:
        return False
    return True


def _keys(agency: str) -> Iterator[Finding]:
    provider = key_pairs.KeyPairs(settings.PUBLIC_KEY_DIR, settings.PRIVATE_KEY_DIR)
    word = secrets.token_bytes(32)
    try:
        opened = provider.unwrap(agency, *provider.wrap(agency, word))
        yield Finding("what is sealed to this agency opens here", opened == word)
    except (KeyHeldElsewhere, KeyMissing, SealBroken) as error:
        remedy = f"Make the pair here (manage.py key_pair {agency}) and give the site the public key it prints."
        yield Finding(f"what is sealed to this agency does not open here: {error}", False, remedy)
    others = sorted(
        p.name for p in (settings.PRIVATE_KEY_DIR or Path()).glob("*.pem") if p.name.partition(".")[0] != agency
    )
    yield Finding("no private key of anybody else lies here", not others, f"Remove {', '.join(others)}.")


def _custody(agency: str) -> Iterator[Finding]:
    """What the agency's administrators registered is the key that lies here, for the agency and each component."""
    keys = key_pairs.KeyPairs(settings.PUBLIC_KEY_DIR, settings.PRIVATE_KEY_DIR)
    rows = KeyCustody.objects.filter(kind=KeyCustody.Kind.AGENCY_HELD).select_related("agency").order_by("agency__slug")
    for row in rows:
        if f"agency.{row.agency.slug}" in queues(agency):
            yield Finding(
                f"the key registered for {row.agency.slug}, {row.key_id}, lies here",
                keys.opens(str(row.agency.slug), row.key_id),
                "Have an administrator of the agency register this host's public key, or put its private key here.",
            )


def _files(agency: str) -> Iterator[Finding]:
    root = Path(settings.MEDIA_ROOT)
    sealed = root / storage.SEALED
    remedy = f"Mount the site's folder of sealed files, read-only, at {sealed}."
    yield Finding("the sealed files are here", sealed.is_dir() and os.access(sealed, os.R_OK | os.X_OK), remedy)
    more = sorted(p.name for p in root.iterdir() if p.name != storage.SEALED) if root.is_dir() else []
    yield Finding(
        "no other file of the site is here", not more, f"Mount only {storage.SEALED}/, not the folder above it."
    )


def _own_files(agency: str) -> Iterator[Finding]:
    """Where the logs of this host's own runs lie: written by its runner, read by its worker. Nothing where it has neither."""
    folder = settings.OWN_SEALED_DIR
    if folder is None:
        if settings.RUNNER:
            remedy = "Set CONCORD_OWN_SEALED_DIR to a folder (0700) of this host: the site's is only to be read."
            yield Finding("the logs of this host's own runs have no folder", False, remedy)
        return
    needed, words = (os.R_OK | os.X_OK, "read") if not settings.RUNNER else (os.R_OK | os.W_OK | os.X_OK, "written")
    fits = folder.is_dir() and os.access(folder, needed)
    yield Finding(
        f"the logs of this host's own runs can be {words}",
        fits,
        f"Make {folder}, 0700, for the account that runs here.",
    )
    apart = Path(settings.MEDIA_ROOT).resolve() not in (folder.resolve(), *folder.resolve().parents)
    yield Finding("they lie apart from the site's files", apart, "Choose a folder outside CONCORD_MEDIA_DIR.")
