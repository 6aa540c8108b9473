"""The typed environment: every variable the processes read, with its meaning; missing ones are reported all at once."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from jobs.celery_settings import QUEUES


class EnvironmentIncomplete(Exception):
    """Required variables are missing or contradict each other; the message names all of them."""


@dataclass(frozen=True)
class Variable:
    """One environment variable. `required` holds outside demo mode."""

    name: str
    meaning: str
    required: bool = False
    default: str = ""
    secret: bool = False


VARIABLES = (
    Variable("DATABASE_URL", "PostgreSQL, with the role of this process, e.g. postgresql://concord_web@db/concord", True),
    Variable("REDIS_URL", "Broker (Redis protocol): redis://host:6379/0, rediss://… or unix:///path/to.sock?db=0", True),
    Variable("CACHE_URL", "Cache, apart from the broker in production; default: the broker's server, database 2"),
    Variable("CONCORD_SECRET_KEY", "Django's secret key, at least 50 random characters", True, secret=True),
    Variable("CONCORD_BASE_URL", "Public address, e.g. https://concord.example", True, "http://127.0.0.1:8000"),
    Variable("CONCORD_ALLOWED_HOSTS", "Further host names, separated by commas"),
    Variable("CONCORD_DEMO", "1 turns demo mode on (never together with CONCORD_PRODUCTION)", default="0"),
    Variable("CONCORD_PRODUCTION", "1 demands every production setting", default="0"),
    Variable("CONCORD_AGENCY_HOST", "On an agency's own host: which agency's worker runs here (treasury, defense, commerce, "
             "homeland); empty on the site's hosts"),
    Variable("CONCORD_DEBUG", "1 shows tracebacks and reloads templates; demo mode only", default="0"),
    Variable("CONCORD_KEY_PROVIDER", "pairs: a key pair per recipient; file: key files that seal and open, never in "
             "production", True, "file"),
    Variable("CONCORD_PUBLIC_KEY_DIR", "Folder of the recipients' public keys, NAME.pem (required with pairs)"),
    Variable("CONCORD_PRIVATE_KEY_DIR", "Folder (0700) of the private keys that this host may use; empty: it opens nothing"),
    Variable("CONCORD_KEY_DIR", "Folder (0700) of the embedded certificate authority and of the key files of `file`", True),
    Variable("CONCORD_MEDIA_DIR", "Folder of issued files, stored by their SHA-256", True),
    Variable("CONCORD_OWN_SEALED_DIR", "On an agency's own host: folder (0700) for the sealed logs of its own runs, beside the "
             "site's, which it only reads; empty elsewhere"),
    Variable("CONCORD_STATIC_DIR", "Folder that collectstatic fills", default="staticfiles"),
    Variable("CONCORD_TSA_URL", "RFC 3161 time-stamp authority, e.g. https://tsa.example; without one only this system "
             "states the time of signatures, and every file says so"),
    Variable("CONCORD_TSA_TRUST_DIR", "Folder with that authority's roots (*.pem) and current revocation lists (*.crl)"),
    Variable("CONCORD_TSA_POLICIES", "Policy identifiers accepted of it, separated by commas; empty: any"),
    Variable("CONCORD_CARD_TRUST_DIR", "Folder with the roots (*.pem) and current revocation lists (*.crl) of certificates of "
             "one's own, such as PIV cards; empty: nobody signs with one"),
    Variable("CONCORD_SIGNING_DEVICE", "What asks a signing device or service for a signature, command:/path/to/program and its "
             "first arguments; empty: nobody signs with one"),
    Variable("CONCORD_SIMULATOR_URL", "Demo only: address of the model-endpoint simulator"),
    Variable("CONCORD_RUNNER", "What runs tests here: inspect, or package.module:Class of an agency's own; empty: nothing does"),
    Variable("CONCORD_RUNNER_PYTHON", "Python of the runner's own environment (./concord runner makes it), on the runner's host"),
    Variable("CONCORD_RUNNER_DIR", "Folder (0700) of runs under way, on the runner's host"),
    Variable("CONCORD_RUN", "Id of this run, shown in /healthz so that no old process answers unnoticed"),
    Variable("CONCORD_MAIL_URL", "SMTP server, smtp://user:password@host:587?tls=1; demo mode keeps mail in a page", True,
             secret=True),
    Variable("CONCORD_MAIL_FROM", "Sender of all mail", default="Concord <concord@concord.example>"),
)  # fmt: skip


def read(environ: dict[str, str] | None = None) -> dict[str, str]:
    """All variables by name. Raises EnvironmentIncomplete naming every missing or contradictory one."""
    source = dict(os.environ if environ is None else environ)
    found = {v.name: source.get(v.name, v.default) for v in VARIABLES}
    production, demo = found["CONCORD_PRODUCTION"] == "1", found["CONCORD_DEMO"] == "1"
    if production and (demo or found["CONCORD_DEBUG"] == "1"):
        raise EnvironmentIncomplete(
            "Demo mode and debugging do not start with production settings: unset CONCORD_DEMO and CONCORD_DEBUG, "
            "or unset CONCORD_PRODUCTION."
        )
    if production:
        _demand(source, found)
    if found["CONCORD_AGENCY_HOST"]:
        _agency_host(found)
    return found


def _demand(source: dict[str, str], found: dict[str, str]) -> None:
    """Everything that production needs and does not have, at once."""
    pairs = found["CONCORD_KEY_PROVIDER"] == "pairs"
    away = NOT_ON_AGENCY_HOSTS if found["CONCORD_AGENCY_HOST"] else ()
    needed = [v for v in VARIABLES if v.required or (pairs and v.name == "CONCORD_PUBLIC_KEY_DIR")]
    needed = [v for v in needed if v.name not in away]
    lines = [f"  {v.name}: {v.meaning}" for v in needed if not source.get(v.name)]
    if source.get("CONCORD_KEY_PROVIDER") and not pairs:
        lines.append(
            "  CONCORD_KEY_PROVIDER: only pairs starts in production; whoever can seal with key files can open"
        )
    if lines:
        raise EnvironmentIncomplete("These settings are required and not set:\n" + "\n".join(lines))


# What a worker of an agency never uses: it sends no mail, issues no certificate, and keeps no file of the site.
NOT_ON_AGENCY_HOSTS = ("CONCORD_MAIL_URL", "CONCORD_KEY_DIR")


def _agency_host(found: dict[str, str]) -> None:
    """An agency's own host reaches the site's servers under its own names, over checked TLS or a local socket."""
    agency, lines = found["CONCORD_AGENCY_HOST"], []
    at, broker = urlsplit(found["DATABASE_URL"]), urlsplit(found["REDIS_URL"])
    asked = {k: v[0] for k, v in parse_qs(at.query).items()}
    secured = {k: v[0] for k, v in parse_qs(broker.query).items()}
    role, user = f"concord_agency_{agency}", f"agency-{agency}"
    if f"agency.{agency}" not in QUEUES:
        lines.append(f"  CONCORD_AGENCY_HOST: there is no agency {agency!r}")
    if unquote(at.username or "") != role:
        lines.append(f"  DATABASE_URL: sign in as {role}")
    if not asked.get("host", "").startswith("/") and asked.get("sslmode") != "verify-full":
        lines.append("  DATABASE_URL: end it with ?sslmode=verify-full&sslrootcert=/path/to/the/site's/root.pem")
    if broker.scheme not in ("unix", "redis+socket"):
        if broker.scheme != "rediss" or secured.get("ssl_cert_reqs", "required") != "required":
            lines.append("  REDIS_URL: rediss://…?ssl_cert_reqs=required&ssl_ca_certs=/path/to/the/site's/root.pem")
        if unquote(broker.username or "") != user:
            lines.append(f"  REDIS_URL: sign in as {user}")
    if not found["CONCORD_PRIVATE_KEY_DIR"]:
        lines.append("  CONCORD_PRIVATE_KEY_DIR: the folder of this agency's private key")
    if lines:
        raise EnvironmentIncomplete("An agency's own host is not set up yet:\n" + "\n".join(lines))


# Roles that read people through concord_narrow.accounts_user, which has no password hashes.
NARROW = ("concord_worker", "concord_agency_")


def _narrowed(user: str, options: str) -> str:
    """The connection's options, with the narrow schema first where the role is a worker's."""
    role = options.partition("role=")[2].split(" ")[0] or user
    path = "-c search_path=concord_narrow,public" if role.startswith(NARROW) else ""
    return f"{options} {path}".strip()


def database(url: str) -> dict[str, object]:
    """Django's DATABASES entry from a URL; `?host=` (percent-encoded) names a socket folder, `options` go through."""
    parts = urlsplit(url)
    query = {k: v[0] for k, v in parse_qs(parts.query).items()}
    entry: dict[str, object] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "concord",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
    options = _narrowed(unquote(parts.username or ""), query.pop("options", ""))
    if options:
        query["options"] = options
    if query:
        entry["OPTIONS"] = query
    return entry


def redis_urls(broker: str, cache: str = "") -> tuple[str, str]:
    """(Celery broker URL, Django cache URL) from the one variable; a socket is spelled differently by each."""
    parts = urlsplit(broker)
    if parts.scheme in ("unix", "redis+socket"):
        query = parse_qs(parts.query)
        number = (query.get("db") or query.get("virtual_host") or ["0"])[0]
        return f"redis+socket://{parts.path}?virtual_host={number}", cache or f"unix://{parts.path}?db={_next(number)}"
    number = parts.path.lstrip("/") or "0"
    return broker, cache or parts._replace(path=f"/{_next(number)}").geturl()


def _next(number: str) -> int:
    return int(number) + (2 if number == "0" else 1)


def example() -> str:
    """The committed `.env.example`: every variable with its meaning."""
    lines = ["# Made by ./concord manage generated. Required ones have no default outside demo mode.", ""]
    for v in VARIABLES:
        lines += [
            f"# {v.meaning}{' (required)' if v.required else ''}",
            f"{v.name}={'' if v.secret else v.default}",
            "",
        ]
    return "\n".join(lines)


def signing_device(value: str) -> tuple[str, tuple[str, ...]] | None:
    """(the kind of driver, its words) of CONCORD_SIGNING_DEVICE; None when nothing is set."""
    if not value:
        return None
    kind, _, rest = value.partition(":")
    try:
        words = tuple(shlex.split(rest))
    except ValueError:
        words = ()
    if kind != "command" or not words or not words[0].startswith("/"):
        raise EnvironmentIncomplete(
            "CONCORD_SIGNING_DEVICE must be command:/path/to/program, with that program's first arguments behind it."
        )
    return kind, words


def folder(path: str, fallback: Path) -> Path:
    """A folder from the environment, else the fallback."""
    return Path(path) if path else fallback
