"""The stage of the crawl, built once for the folder inside a transaction that is rolled back: two developers furnished alike."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import mail
from django.db import connection, transaction
from django.test import TestCase

from accounts import limits
from audit.models import Event
from config.logs import JsonFormatter
from core import rls
from core.models import Base
from tests.agreements import elsewhere
from tests.canary import stamps
from tests.canary.crawler import Crawler, Walk
from tests.canary.guesses import ODD, guesses
from tests.canary.house import House, rename
from tests.canary.marks import Aviary
from tests.canary.visitors import Visitor, guest, visitors
from tests.nightly import IS_NIGHT
from tests.world import World

STARTS = ("/", "/inbox/", "/agreements/", "/models/", "/requests/", "/inquiries/", "/assignments/",
          "/findings/", "/incidents/", "/routing/", "/partners/",
          "/organisation/", "/notifications/", "/search/", "/profile/", "/requests/intake/", "/models/verification/")  # fmt: skip
# Who also tries all addresses with Basalt's ids: one of each kind, since it takes thrice as long as following links.
GUESSING = ("rival drafter", "party to one", "evaluator", "guest", "drafter", "anonymous",
            *(("no-party router", "evaluator who did not attest", "designator") if IS_NIGHT else ()))  # fmt: skip
# Whose pages are compared with those that they saw before Basalt came.
COMPARED = ("rival drafter", "rival administrator", "rival guest", "no-party router", "anonymous",
            "administrator of the installation")  # fmt: skip
SEARCHED = ("/search/", "/agreements/", "/models/", "/requests/", "/api/v1/agreements/")


class Lines(logging.Handler):
    """Every log line of the process, as it is written."""

    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass
class Stage:
    """Everything the tests of the folder look at."""

    world: World
    aviary: Aviary
    rival: House
    owner: House
    visitors: dict[str, Visitor]
    before: dict[str, Walk]  # what strangers saw before the owner had anything
    ids: set[str]
    lines: Lines
    mails: list[Any] = field(default_factory=list)

    @property
    def crawler(self) -> Crawler:
        """With what strangers must not learn, and what they would search for."""
        name = next(
            c.text for c in self.aviary.all.values()
            if (c.home, c.place) == ("basalt", "developers.FrontierModel.codename")
        )  # fmt: skip
        return Crawler(self.aviary, self.ids, ("CNRY-basal", name[: len(name) // 2], name[-6:], "cnry"))

    def starts(self, name: str) -> list[str]:
        """Where somebody's walk begins: the rooms, searches, and everything they would have to guess."""
        if self.visitors[name].admin:
            return ["/admin/"]
        searches = [f"{path}?{urlencode({'q': hint})}" for path in SEARCHED for hint in self.crawler.hints]
        tried = [*guesses(self.owner), *ODD] if name in GUESSING else []
        return list(dict.fromkeys([*STARTS, *searches, *tried]))

    def export(self) -> list[str]:
        """What stands in the export of the record that may not: the administrator downloads all of it."""
        visitor = self.visitors["administrator in the admin"]
        with rls.context(user=self.world.staff.pk):
            chosen = list(Event.objects.filter(body__icontains="cnry").values_list("pk", flat=True))[:500]
        sent = {"action": "export", "_selected_action": [str(pk) for pk in chosen]}
        answer = visitor.client.post("/admin/audit/event/", sent)
        assert answer.status_code == 200 and answer.content.count(b"\n") > len(chosen), "the export is empty"
        return self.crawler.leaks(visitor, answer.content.decode(), "the export")


def keys() -> set[str]:
    """Ids and references of all rows."""
    found = set()
    models = [m for m in apps.get_models() if issubclass(m, Base)]
    for model in models:
        columns = ["id", *(["reference"] if any(f.name == "reference" for f in model._meta.fields) else [])]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table}")
            found |= {str(value) for row in cursor.fetchall() for value in row}
    return found


@pytest.fixture(scope="package")
def stage(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Stage]:
    """Aurora, then what strangers see, then Basalt. Rings of jobs go out to the broker as after a commit."""
    limit, lines = limits.wait_for, Lines()
    limits.wait_for = lambda *args: 0 * limit(*args)  # counts only
    logging.getLogger().addHandler(lines)
    with elsewhere.trusted(), django_db_blocker.unblock(), transaction.atomic():
        world, aviary = World(), Aviary()
        for key in ("aurora", "basalt"):
            rename(world.organisations[key], aviary)
        known = visitors(world)
        with TestCase.captureOnCommitCallbacks(execute=True):
            rival = House(world, aviary, "aurora")
            rival.furnish()
        stamps.stamp(rival)
        Authenticator.objects.update(data={"name": "Key"})  # as a real one has; the admin prints it
        known["rival guest"] = guest(rival)
        crawler = Crawler(aviary)
        before = {n: crawler.walk(known[n], STARTS) for n in COMPARED}
        with rls.context(user=world.staff.pk):
            old = keys()
        with TestCase.captureOnCommitCallbacks(execute=True):
            owner = House(world, aviary, "basalt")
            owner.furnish()
        stamps.stamp(owner)
        known["guest"] = guest(owner)
        Authenticator.objects.update(data={"name": "Key"})
        with rls.context(user=world.staff.pk):
            ids = keys() - old
        yield Stage(world, aviary, rival, owner, known, before, ids, lines, list(mail.outbox))
        transaction.set_rollback(True)
    logging.getLogger().removeHandler(lines)
    limits.wait_for = limit
