"""`python -m benchmarks`: make a database of its own, load it, measure, print one line per figure."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings

if TYPE_CHECKING:
    from benchmarks.measure import Result

FULL = 1_000_000
DATABASE = "concord_bench"
GROUPS = {"pages": ("G1", "G2", "G8"), "lists": ("G3", "G4", "G5", "G6", "G7"), "walls": ("G9", "G10")}
AGREEMENTS = ("A1", "A2", "A3", "A4", "A5")
EVALUATIONS = ("E1", "E2", "E4")
SUPERVISING = ("E3",)
QUEUE = ("G11", "G12", "G13")


def options(arguments: list[str]) -> argparse.Namespace:
    """What was asked for; ends with a sentence when it makes no sense."""
    parser = argparse.ArgumentParser(prog="./concord bench")
    parser.add_argument("--scale", type=int, default=FULL, help="how many requests to load (default 1,000,000)")
    parser.add_argument("--only", default="", help="goals to measure, such as G1,G9")
    parser.add_argument("--queue", action="store_true", help="only G11 to G13, with real workers")
    parser.add_argument("--rounds", type=int, default=9, help="how often each case is measured (default 9)")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--write", action="store_true", help="put the figures into benchmarks/README.md")
    parser.add_argument("--keep", action="store_true", help="keep the loaded database, and use one that was kept")
    found = parser.parse_args(arguments)
    if found.scale < 2000:
        parser.error("--scale: load at least 2,000 requests, or there are no lists to measure")
    if found.write and (found.scale < FULL or found.only or found.queue):
        parser.error("--write: the table shows every goal at 1,000,000 requests; leave --scale, --only and --queue out")
    known = {goal for goals in GROUPS.values() for goal in goals} | set(QUEUE) | set(AGREEMENTS) | set(EVALUATIONS)
    known |= set(SUPERVISING)
    found.goals = set(found.only.upper().split(",")) if found.only else set(QUEUE) if found.queue else known
    if not found.goals <= known:
        parser.error(f"--only: choose from {', '.join(sorted(known, key=lambda g: (g[0], int(g[1:]))))}")
    return found


def prepare() -> None:
    """Settings of a measuring process: production's, but plain static files, and our yardsticks beside the addresses."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    settings.ROOT_URLCONF = "benchmarks.yardsticks"
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_AUTOREFRESH = False
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"organisation": "1000000/min"}
    entry = settings.DATABASES["default"]
    entry["TEST"] = {"NAME": DATABASE}
    settings.DATABASES["owner"] = {**entry}
    django.setup()


def load(scale: int, keep: bool) -> None:
    """Migrate as the owner, then become the application's role; fill an empty database."""
    from django.db import connection, connections

    from benchmarks import dataset
    from config.demo import people

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    connection.close()
    connections["owner"].settings_dict["NAME"] = DATABASE
    connection.settings_dict.setdefault("OPTIONS", {})["options"] = "-c role=concord_web"
    connections["owner"].settings_dict["OPTIONS"] = {}
    people.load()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event WHERE verb = 'early_access.submit' AND body = '{}'")
        if cursor.fetchone()[0]:
            return
    dataset.load(scale)


def measured(goals: set[str]) -> Iterator[Result]:
    """All figures of the chosen goals, group by group."""
    from benchmarks.cases import agreements, evaluations, lists, manifests, pages, queue, ruled, supervising, walls
    from benchmarks.people import everybody

    for name, module in (("walls", walls), ("lists", lists), ("pages", pages)):
        if goals & set(GROUPS[name]):
            yield from (r for r in module.run(everybody()) if r.goal in goals)
    if goals & set(AGREEMENTS):
        yield from (r for r in agreements.run() if r.goal in goals)
    if "E1" in goals:
        yield from (r for r in evaluations.run() if r.goal in goals)
    if "E2" in goals:
        yield from manifests.run()
    if "E4" in goals:
        yield from ruled.run()
    if goals & set(SUPERVISING):
        yield from (r for r in supervising.run() if r.goal in goals)
    if goals & set(QUEUE):
        yield from (r for r in queue.run(DATABASE) if r.goal in goals)


def main(arguments: list[str]) -> int:
    """0 when every goal holds, 1 when one does not."""
    chosen = options(arguments)
    prepare()
    from django.db import connection

    from benchmarks import measure, report

    measure.ROUNDS = chosen.rounds
    began = time.monotonic()
    print(f"Loading {chosen.scale:,} requests ...", flush=True)
    load(chosen.scale, chosen.keep)
    print(f"Loaded in {time.monotonic() - began:.0f} s.", flush=True)
    about = {
        "scale": chosen.scale, "python": platform.python_version(), "cpus": os.cpu_count(),
        "postgresql": connection.cursor().connection.server_version // 10000,
    }  # fmt: skip
    results = []
    try:
        for result in measured(chosen.goals):
            results.append(result)
            print(report.line(result), flush=True)
    finally:
        from django.db import connections

        connections["owner"].close()
        connection.settings_dict["OPTIONS"] = {}
        if not chosen.keep:
            connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)
    if chosen.write:
        report.write(results, about)
    if chosen.json:
        chosen.json.write_text(json.dumps({**about, "figures": [r.as_dict() for r in results]}, indent=1))
    failed = [r for r in results if r.verdict in ("FAIL", "WRONG", "NOISY")]
    print(f"{len(results)} figures, {len(failed)} of them outside their goal, {time.monotonic() - began:.0f} s.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
