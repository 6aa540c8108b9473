"""G3–G7: the queries behind the lists, in the person's context as `concord_web`, against fetching one row by its key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.visibility import Cursor
from benchmarks.measure import Call, Result, Rounds, measure
from benchmarks.people import Person
from core import rls
from early_access import queries
from early_access.models import EarlyAccessRequest, RequestAudience
from early_access.views import requests as views

GOALS = ("G3", "G4", "G5", "G6", "G7")
DEEP = 250_000  # rows before page 10,001
REQUESTS: Any = EarlyAccessRequest.objects


def run(people: list[Person]) -> Iterator[Result]:
    """All cases of each person inside one context, as within one web request."""
    any_row = REQUESTS.model(pk=_newest(people[0])[0]["id"])
    costs: dict[str, Rounds] = {}
    for person in people:
        with rls.context(user=person.user.pk):
            wrong = _oracle(person)
            costs[person.name] = taken = measure(_cases(person, any_row.pk), yardsticks=("get",))
        for result in _results(person, taken):
            yield result if not wrong else Result(**{**vars(result), "wrong": wrong})
    # who sees nothing asks for nothing under the policies: decision 0021
    shares = [costs[p.name].ratio("page", "get")[0] for p in people if _newest(p)]
    lowest, highest = min(shares), max(shares)
    yield Result("G3", "dearest ÷ cheapest person who sees rows", highest / lowest, lowest, highest, 2)
    yield from _set_first(next(p for p in people if p.name == "large_agency"))


def _newest(person: Person, **more: Any) -> list[dict[str, Any]]:
    with rls.context(user=person.user.pk):
        rows: list[dict[str, Any]] = REQUESTS.newest_for(person.user, columns=views.COLUMNS, size=26, **more)
    return rows


def _oracle(person: Person) -> str:
    """Why the page differs from the plain predicate, sorted; empty when it does not."""
    slow = REQUESTS.visible_to(person.user).order_by("-created_at", "-id").values_list("pk", flat=True)[:26]
    if [row["id"] for row in REQUESTS.newest_for(person.user, columns=(), size=26)] == list(slow):
        return ""
    return "newest_for and visible_to differ"


def _cases(person: Person, other: Any) -> dict[str, Call]:
    user = person.user
    first = REQUESTS.newest_for(user, columns=(), size=26)
    key = first[0]["id"] if first else other
    cases: dict[str, Call] = {
        "get": lambda: REQUESTS.filter(pk=key).first(),
        "page": lambda: REQUESTS.newest_for(user, columns=views.COLUMNS, size=26),
        "count 1000": lambda: REQUESTS.count_for(user, cap=1000),
        "count 100": lambda: REQUESTS.count_for(user, cap=100),
        "visible": lambda: REQUESTS.visible_to(user).filter(pk=key).first(),
    }
    after = _deep(user)
    if after is not None:
        cases["deep"] = lambda: REQUESTS.newest_for(user, columns=views.COLUMNS, size=26, after=after)
    if user.email.startswith("wanda"):
        cases["intake"] = lambda: REQUESTS.newest_for(
            user, columns=views.COLUMNS, size=26, only=views.INTAKE, ways=views.INTAKE_WAYS
        )
    return cases


def _deep(user: Any) -> Cursor | None:
    """Where page 10,001 begins, or the middle of a shorter list; None for a list of one page."""
    rows: QuerySet[RequestAudience] = RequestAudience.objects.filter(organisation__in=_own(user))
    many = rows.count()
    if many < 100:
        return None
    row = rows.order_by("-created_at", "-target")[min(DEEP, many // 2)]
    return Cursor(row.created_at, row.target_id)


def _own(user: Any) -> list[Any]:
    from accounts.seats import seats_of

    return seats_of(user).ids[:1]


def _results(person: Person, taken: Rounds) -> Iterator[Result]:
    yield taken.result("G3", f"list query, {person.name} × get(pk)", "page", "get", 2.5)
    if "intake" in taken.samples:
        yield taken.result("G3", f"intake queue, {person.name} × get(pk)", "intake", "get", 2.5)
    if "deep" in taken.samples:
        yield taken.result("G4", f"page 10,001, {person.name} × page 1", "deep", "page", 1.2)
    yield taken.result("G5", f"count to 1,000, {person.name} × page", "count 1000", "page", 2)
    yield taken.result("G5", f"count to 100, {person.name} × page", "count 100", "page", 1)
    yield taken.result("G6", f"one visible row, {person.name} × get(pk)", "visible", "get", 2.5)
    if person.name == "large_agency":
        yield _verbs(person)


def _verbs(person: Person) -> Result:
    """Queries that the verbs of 25 rows ask beyond those of 5 rows."""
    asked = []
    with rls.context(user=person.user.pk):
        for many in (5, 25):
            rows = list(REQUESTS.filter(pk__in=[r["id"] for r in _newest(person)[:many]]).select_related("window"))
            with CaptureQueriesContext(connection) as seen:
                for row in rows:
                    queries.next_action(row, person.user)
            asked.append(len(seen))
    more = float(asked[1] - asked[0])
    return Result("G6", "verbs of 25 rows: queries beyond 5 rows'", more, asked[0], asked[1], 0, unit="")


def _set_first(person: Person) -> Iterator[Result]:
    """Against collecting every visible id before sorting, which is what guardian's get_objects_for_user does."""
    ids = RequestAudience.objects.filter(organisation__in=_own(person.user)).values("target")

    def collected() -> list[Any]:
        visible = set(ids.values_list("target", flat=True))
        return sorted(visible)[:25]

    with rls.context(user=person.user.pk):
        taken = measure(
            {"page": lambda: REQUESTS.newest_for(person.user, columns=views.COLUMNS, size=25), "all": collected},
            yardsticks=("page",),
        )
        many = ids.count()
    limit = 50.0 if many >= 400_000 else None
    what = f"collecting {many:,} visible ids first × list query"
    yield taken.result("G7", what, "all", "page", limit, at_least=True)
