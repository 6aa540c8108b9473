"""Leaks to plant: each must be found by the very functions that judge the product."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.cache import caches
from django.http import HttpResponse

from accounts import visibility
from accounts.api import views as accounts_api
from agreements.models import TestingAgreement
from audit import actions as record
from audit import admin as audit_admin
from config import context, urls, views
from config.middleware import SecurityHeaders
from core import rls
from jobs import actions as jobs
from jobs.testing import run_due
from notifications import actions as notifications
from tests.canary import doors
from tests.canary.conftest import Stage
from tests.canary.crawler import changed
from tests.world import acting

RIVAL = "rival drafter"


class Plant:
    """Tools of a leak: the stage, the patches (taken back after each test) and one secret of Basalt."""

    def __init__(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.stage, self.patch = stage, monkeypatch.setattr
        self.staff = stage.world.staff.pk
        self.title = next(
            c.text for c in stage.aviary.all.values()
            if (c.home, c.place) == ("basalt", "agreements.TestingAgreement.title")
        )  # fmt: skip
        self.there = f"/agreements/{stage.owner.objects['in_force']}/"

    def answers(self, change: Callable[[HttpResponse], Any]) -> None:
        """Change every answer on its way out."""
        original = SecurityHeaders.__call__

        def call(middleware: SecurityHeaders, request: Any) -> HttpResponse:
            answer = original(middleware, request)
            change(answer)
            return answer

        self.patch(SecurityHeaders, "__call__", call)

    def on_every_page(self, act: Callable[[], Any]) -> None:
        """Do something while a page is made."""
        original = context.navigation

        def navigation(request: Any) -> Any:
            act()
            return original(request)

        self.patch(context, "navigation", navigation)

    def see_all(self) -> None:
        """Take both walls down: the query's and the database's."""
        original, staff = rls.context, self.staff

        @contextmanager
        def everybody(**kwargs: Any) -> Any:
            with original(**{**kwargs, "user": staff}):
                yield

        self.patch("config.middleware.rls.context", everybody)

    def walk(self, *paths: str) -> list[str]:
        """What the crawl says about the rival at these addresses, all of which it visits."""
        assert set(paths) <= set(self.stage.starts(RIVAL)) | set(self.stage.before[RIVAL].pages)
        return self.stage.crawler.walk(self.stage.visitors[RIVAL], paths, follow=False).leaks


def rows_of_all(plant: Plant) -> list[str]:
    """A detail page fetches without `visible_to`, and the policies are off."""
    plant.see_all()
    plant.patch(visibility.VisibleQuerySet, "visible_to", lambda self, user: self)
    plant.patch(record, "visit", lambda about, user: ())  # the look is written as the reader, whom the policies refuse
    return plant.walk(plant.there)


def list_of_another(plant: Plant) -> list[str]:
    """A list is made for somebody else."""
    plant.see_all()
    reader, owner = visibility.reader, plant.stage.owner.drafter
    plant.patch(visibility, "reader", lambda user: reader(owner))
    return plant.walk("/agreements/")


def header(plant: Plant) -> list[str]:
    """A title in a header."""
    plant.answers(lambda answer: answer.headers.__setitem__("X-Last", plant.title))
    return plant.walk("/inbox/")


def cookie(plant: Plant) -> list[str]:
    """A title in a cookie, in base64."""
    packed = base64.urlsafe_b64encode(f'["{plant.title}"]'.encode()).decode().rstrip("=")
    plant.answers(lambda answer: answer.set_cookie("recent", packed))
    return plant.walk("/inbox/")


def etag(plant: Plant) -> list[str]:
    """An ETag that is the digest of a title."""
    digest = hashlib.sha256(plant.title.encode()).hexdigest()
    plant.answers(lambda answer: answer.headers.__setitem__("ETag", f'W/"{digest}"'))
    return plant.walk("/models/")


def beginning(plant: Plant) -> list[str]:
    """The first letters of a title, in entities and upper case, cut off."""
    cut = "".join(f"&#{ord(c)};" for c in plant.title[:16].upper()).encode()
    plant.answers(lambda answer: setattr(answer, "content", answer.content + b"<!--" + cut + b"&hellip;-->"))
    return plant.walk("/models/")


def an_id(plant: Plant) -> list[str]:
    """Nothing but an id."""
    link = f'<i data-next="{plant.stage.owner.objects["token"]}"></i>'.encode()
    plant.answers(lambda answer: setattr(answer, "content", answer.content + link))
    return plant.walk("/organisation/")


def count(plant: Plant) -> list[str]:
    """A number that counts everybody's rows: no text at all, but another answer than before Basalt came."""
    visitor, counted = plant.stage.visitors[RIVAL], [0]
    plant.answers(lambda answer: setattr(answer, "content", answer.content + f"<b>{counted[-1]}</b>".encode()))
    with rls.context(user=plant.staff):
        keys = [str(row.pk) for row in TestingAgreement.objects.all()]
    counted.append(sum(key not in plant.stage.ids for key in keys))
    before = plant.stage.crawler.walk(visitor, ["/inbox/"], follow=False)
    counted.append(len(keys))
    return changed(before, plant.stage.crawler.walk(visitor, ["/inbox/"], follow=False))


def suggestion(plant: Plant) -> list[str]:
    """A search that completes half a word from everybody's titles."""
    hint, original = plant.stage.crawler.hints[0], SecurityHeaders.__call__

    def call(middleware: SecurityHeaders, request: Any) -> HttpResponse:
        answer = original(middleware, request)
        if request.GET.get("q") and plant.title.startswith(request.GET["q"]):
            answer.content += f"<option>{plant.title[:30].lower()}</option>".encode()
        return answer

    plant.patch(SecurityHeaders, "__call__", call)
    return plant.walk(f"/search/?{urlencode({'q': hint})}")


def not_found(plant: Plant) -> list[str]:
    """A 404 that says what it did not find."""
    original = views.not_found

    def answer(request: Any, exception: Exception) -> HttpResponse:
        page = original(request, exception)
        with rls.context(user=plant.staff):
            row = TestingAgreement.objects.filter(reference=request.path_info.strip("/").rpartition("/")[2]).first()
        page.content += f"<p>No access to {row.title if row else 'this'}</p>".encode()
        return page

    plant.patch(urls, "handler404", answer)
    return plant.walk(plant.there)


def api_field(plant: Plant) -> list[str]:
    """A field too many in an answer of the API."""
    original = accounts_api.MeOut.to_representation
    plant.patch(
        accounts_api.MeOut, "to_representation", lambda self, row: {**original(self, row), "peers": [plant.title]}
    )
    return plant.walk("/api/v1/me/")


def csv_column(plant: Plant) -> list[str]:
    """A secret in a cell of the export."""
    secret = next(c.text for c in plant.stage.aviary.all.values() if not c.readers and c.home == "basalt")
    plant.patch(audit_admin, "guarded_cell", lambda text: f"{text} {secret}")
    return plant.stage.export()


def mail_body(plant: Plant) -> list[str]:
    """A title in a mail to another house."""
    original = notifications._render
    plant.patch(notifications, "_render", lambda *args: (original(*args)[0], f"{original(*args)[1]} {plant.title}"))
    tell(plant)
    return doors.mail_leaks(plant.stage, mail.outbox)


def tell(plant: Plant) -> None:
    """A notice and a mail to Aurora."""
    person = plant.stage.rival.drafter
    with acting(person):
        about = (
            TestingAgreement.objects.visible_to(person).filter(reference=plant.stage.rival.objects["in_force"]).get()
        )
        notifications.tell(
            "agreements.sent", about=about, people=[person], url=about.get_absolute_url(),
            context={"reference": about.reference, "title": "", "name": ""},
        )  # fmt: skip
    run_due(kinds=("notifications.tell", "notifications.mail"))


def job_payload(plant: Plant) -> list[str]:
    """A title in the arguments of a job."""
    original = jobs.enqueue
    plant.patch(jobs, "enqueue", lambda *a, **k: original(*a, **{**k, "payload": {**k["payload"], "t": plant.title}}))
    tell(plant)
    return doors.job_leaks(plant.stage)


def log_line(plant: Plant) -> list[str]:
    """A title in a log line."""
    before = len(plant.stage.lines.lines)
    plant.on_every_page(lambda: logging.getLogger("concord").info("shown %s", plant.title))
    plant.walk("/inbox/")
    found = doors.log_leaks(plant.stage, before)
    del plant.stage.lines.lines[before:]
    return found


def cache_entry(plant: Plant) -> list[str]:
    """A page kept in the cache under a key of everybody's."""
    plant.on_every_page(lambda: caches["fast"].set("last-title", {"title": plant.title}, 60))
    plant.walk("/inbox/")
    found = doors.redis_leaks(plant.stage)
    caches["fast"].delete("last-title")
    return found


Leak = Callable[[Plant], list[str]]
LEAKS: tuple[Leak, ...] = (
    rows_of_all, list_of_another, header, cookie, etag, beginning, an_id, count, suggestion, not_found, api_field,
    csv_column, mail_body, job_payload, log_line, cache_entry,
)  # fmt: skip
