"""G1, G2, G8: whole requests through the WSGI handler, signed in, with the product's middleware and policies."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from accounts.models import User
from benchmarks import yardsticks
from benchmarks.measure import Result, measure
from benchmarks.people import Person, cookie
from benchmarks.yardsticks import Web
from core import rls
from early_access.models import EarlyAccessRequest

GOALS = ("G1", "G2", "G8")
JSON, PAGE = "/api/v1/requests/", "/requests/"


def run(people: list[Person]) -> Iterator[Result]:
    """Each person's list in both forms, against the yardsticks that the same person is served in the same rounds."""
    whole, bare = Web(), Web(middleware=False)
    for person in people:
        key = cookie(person.user)
        with rls.context(user=person.user.pk):
            rows = EarlyAccessRequest.objects.newest_for(person.user, columns=("reference",), size=26)
        # who sees nothing is compared with pages that ask their one query too: of a row that is not there
        yardsticks.SHOWN[:] = [row["id"] for row in rows] or [uuid4()]
        taken = measure(
            {
                "one": lambda key=key: whole.get("/yardstick/one/", key),
                "json": lambda key=key: whole.get(JSON, key),
                "page": lambda key=key: whole.get(PAGE, key),
                "unfiltered": lambda key=key: whole.get("/yardstick/unfiltered/", key),
            },
            yardsticks=("one", "unfiltered"),
        )
        yield taken.result("G1", f"JSON list, {person.name} × one-query view", "json", "one", 1.5)
        yield taken.result("G2", f"HTML list, {person.name} × unfiltered page", "page", "unfiltered", 1.15)
        yield taken.result("G2", f"HTML list, {person.name} × one-query view", "page", "one", 3)
    yield from _layers(whole, bare, people[0])


def _layers(whole: Web, bare: Web, person: Person) -> Iterator[Result]:
    """What the middleware costs before a view says a word: session, person, context, seats, second factor."""
    yardsticks.PEOPLE[:] = User.objects.values_list("pk", flat=True)[:25]
    key = cookie(person.user)
    taken = measure(
        {
            "bare": lambda: bare.get("/yardstick/bare/"),
            "anonymous": lambda: whole.get("/yardstick/bare/"),
            "one": lambda: bare.get("/yardstick/people/"),
            "signed in": lambda: whole.get("/yardstick/bare/", key),
            "with its query": lambda: whole.get("/yardstick/people/", key),
        },
        yardsticks=("bare", "one"),
    )
    yield taken.result("G8", "bare view, anonymous, full middleware × bare", "anonymous", "bare", 3)
    yield taken.result("G8", "bare view, signed in, full middleware × one-query view", "signed in", "one", 2.2)
    yield taken.result("G8", "one-query view, signed in, full middleware × bare", "with its query", "one", None)
