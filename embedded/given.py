"""Servers that somebody gives by DATABASE_URL: how each of our roles gets in there."""

from __future__ import annotations

import json
import subprocess
import sys
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from embedded.services import Unavailable

# Runs in a process of its own: this package is standard library only.
PROBE = """
import json, sys
import psycopg2

def answer(url):
    try:
        connection = psycopg2.connect(url, connect_timeout=5)
    except psycopg2.Error as error:
        return str(error).strip()
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_user")
        found = list(cursor.fetchone())
    connection.close()
    return found

print(json.dumps([answer(url) for url in json.load(sys.stdin)]))
"""


def spellings(url: str, role: str) -> list[str]:
    """Ways to become a role, best first: its own login (with the same password), membership."""
    parts = urlsplit(url)
    secret, _, place = parts.netloc.rpartition("@")
    password = secret.partition(":")[2]
    login = f"{role}:{password}@{place}" if password else f"{role}@{place}"
    return [urlunsplit(parts._replace(netloc=login)), _with_option(url, f"-c role={role}")]


def _with_option(url: str, option: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    query["options"] = f"{query.get('options', '')} {option}".strip()
    return urlunsplit(parts._replace(query=urlencode(query, quote_via=quote)))


def addresses(url: str, roles: tuple[str, ...]) -> dict[str, str]:
    """The address for each role on that server; a sentence when the server or a role cannot be had."""
    tries = {role: spellings(url, role) for role in roles}
    flat = [url, *(spelling for role in roles for spelling in tries[role])]
    done = subprocess.run(
        [sys.executable, "-c", PROBE], input=json.dumps(flat), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unavailable(f"DATABASE_URL could not be tried: {done.stderr.strip().splitlines()[-1]}")
    answers = dict(zip(flat, json.loads(done.stdout), strict=True))
    if isinstance(answers[url], str):
        raise Unavailable(f"The server at DATABASE_URL does not let us in: {answers[url]}")
    found = {role: _best(tries[role], answers, role) for role in roles}
    missing = [role for role, spelling in found.items() if spelling is None]
    if missing:
        raise Unavailable(
            f"The server at DATABASE_URL has no way in for {', '.join(missing)}: have an administrator of it run the "
            "output of `./concord manage roles --sql` in this database, and let each role log in with the password that "
            "stands in DATABASE_URL, then try again."
        )
    return {role: spelling for role, spelling in found.items() if spelling}


def _best(candidates: list[str], answers: dict[str, object], role: str) -> str | None:
    """Its own login; else membership, but not for agencies: their policies read the session's user."""
    login, member = candidates
    if answers[login] == [role, role]:
        return login
    taken = answers[member]
    return member if isinstance(taken, list) and taken[1] == role and not role.startswith("concord_agency_") else None
