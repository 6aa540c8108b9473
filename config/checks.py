"""System checks over the whole: what would silently weaken the product is an error at start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from django.utils import timezone

from agencies.reference import AGENCIES
from agreements.keys import RECIPIENT, card_trust_problems
from core import envelope
from core.key_pairs import KeyPairs
from webhooks.keys import RECIPIENT as WEBHOOKS


@register(Tags.database)
def driver(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Django prefers psycopg 3 silently when something installs it; everything here was measured with psycopg2."""
    if is_psycopg3:
        return [Error("psycopg 3 is installed and Django uses it: remove it from the environment.", id="concord.E001")]
    return []


@register(Tags.security)
def demo_mode(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demo mode never runs with production settings."""
    if settings.DEMO and settings.PRODUCTION:
        return [Error("Demo mode is on with production settings: unset CONCORD_DEMO.", id="concord.E002")]
    return []


@register(Tags.database)
def collation(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Order and keyset pages were tested with the builtin C.UTF-8 locale."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datlocprovider, coalesce(datlocale, '') FROM pg_database WHERE datname = current_database()"
        )
        provider, locale = cursor.fetchone()
    if (provider, locale) != ("b", "C.UTF-8"):
        return [Warning(f"This database sorts by {provider}/{locale}, not builtin C.UTF-8.", id="concord.W001")]
    return []


@register(Tags.security, deploy=True)
def cards(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What lies in the folder of card authorities can be read, and its lists are of today."""
    return [Error(problem, id="concord.E005") for problem in card_trust_problems(timezone.now())]


@register(Tags.security, deploy=True)
def keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is to be sealed finds a key: every agency that takes part, the signing keys of people, the secrets of webhooks."""
    provider = envelope.installed()
    if not isinstance(provider, KeyPairs):
        return [Error("Key files seal and open: set CONCORD_KEY_PROVIDER to pairs in production.", id="concord.E003")]
    found: list[CheckMessage] = []
    for name in (RECIPIENT, WEBHOOKS, *(a.slug for a in AGENCIES if not a.parent)):
        try:
            provider.public_key(name)
        except envelope.KeyMissing:
            hint = f"Run `manage.py key_pair {name}` where its private key is to stay, and install what it prints."
            found.append(Error(f"No fit public key of {name} is installed.", hint=hint, id="concord.E004"))
    return found
