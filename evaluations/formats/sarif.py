"""SARIF 2.1.0 (OASIS): what a scanner found in the surroundings of a model, counted by rule and level.

Messages, places, code and addresses stay in the sealed file. There is an estimate only where the tool also says what passed.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from evaluations.formats.documents import Document, summary
from evaluations.formats.inspect_log import LogRefused, moment, text

KIND = "sarif"
LABEL = "SARIF 2.1.0"
VERSION = "2.1.0"
LEVELS = ("error", "warning", "note", "none")
KINDS = ("notApplicable", "pass", "fail", "review", "open", "informational")
COUNTED = ("fail", "review", "open")
MOST_RUNS, MOST_RESULTS, MOST_ALERTS = 20, 100_000, 500


def mine(document: Document) -> bool:
    """An object with runs, each of a tool."""
    content = document.content if document.is_json else {}
    return isinstance(content.get("runs"), list) and (
        "version" in content or "sarif" in str(content.get("$schema")).lower()
    )


def read(document: Document, *, key: bytes, clear_ids: bool = False) -> dict[str, Any]:
    """Counts by rule and level of every run in the file."""
    content = document.content
    if content.get("version") != VERSION:
        raise LogRefused("The file is of a SARIF version other than 2.1.0. Let the tool write that one, or convert it.")
    runs = [_object(run) for run in content["runs"]]
    if not 1 <= len(runs) <= MOST_RUNS:
        raise LogRefused(f"The file has {len(runs)} runs; 1 to {MOST_RUNS} are read.")
    found = _Counted()
    for run in runs:
        found.add(run)
    tools = list(dict.fromkeys(found.tools))
    failed = any(_object(i).get("executionSuccessful") is False for run in runs for i in _list(run.get("invocations")))
    return summary(
        KIND, task=text(", ".join(name for name, _ in tools)), harness=text(tools[0][0], 40), harness_version=tools[0][1],
        started_at=found.first(runs, "startTimeUtc"), completed_at=found.first(runs, "endTimeUtc"),
        outcome="failed" if failed else "finished", reason="The tool says that it did not finish." if failed else "",
        alerts=found.alerts(), reported=found.reported(), remarks=found.remarks(), total_samples=found.total,
        provenance={"format": "SARIF 2.1.0", "tools": text(", ".join(f"{n} {v}".strip() for n, v in tools))},
    )  # fmt: skip


class _Counted:
    """Results of all runs. Suppressed ones and those that a baseline calls gone are told apart, never silently dropped."""

    def __init__(self) -> None:
        self.tools: list[tuple[str, str]] = []
        self.rules: Counter[tuple[str, str, str]] = Counter()
        self.kinds: Counter[str] = Counter()
        self.set_aside: Counter[str] = Counter()
        self.guids: dict[str, int] = {}
        self.total = 0

    def add(self, run: dict[str, Any]) -> None:
        """One run of one tool."""
        driver = _object(_object(run.get("tool")).get("driver"))
        name = text(driver.get("name"), 100)
        if not name:
            raise LogRefused("A run does not name its tool (tool.driver.name), which SARIF requires. Export it again.")
        self.tools.append((name, text(driver.get("semanticVersion") or driver.get("version"), 40)))
        rules = [_object(rule) for rule in _list(driver.get("rules"))]
        if "results" in run and not isinstance(run["results"], list):
            raise LogRefused("The results of a run are not a list, as SARIF requires. Export the file again.")
        for result in _list(run.get("results")):
            self._result(_object(result), rules)

    def _result(self, result: dict[str, Any], rules: list[dict[str, Any]]) -> None:
        self.total += 1
        if self.total > MOST_RESULTS:
            raise LogRefused(f"The file has more than {MOST_RESULTS:,} results: split it by tool or folder.")
        if guid := text(result.get("guid"), 64):
            if guid in self.guids:
                raise LogRefused(f"Results {self.guids[guid]} and {self.total} have the same guid: keep one of them.")
            self.guids[guid] = self.total
        kind = result.get("kind", "fail")
        if kind not in KINDS:
            raise LogRefused(f"Result {self.total} is of a kind that SARIF 2.1.0 does not know. Export the file again.")
        if result.get("suppressions"):
            self.set_aside["suppressed"] += 1
        elif result.get("baselineState") == "absent":
            self.set_aside["gone"] += 1
        else:
            self.kinds[kind] += 1
            if kind in COUNTED:
                self.rules[_rule(result, rules)] += 1

    def first(self, runs: list[dict[str, Any]], name: str) -> str:
        """The first instant of that name."""
        instants = (moment(_object(i).get(name)) for run in runs for i in _list(run.get("invocations")))
        return next((at for at in instants if at), "")

    def alerts(self) -> list[dict[str, Any]]:
        """Rules with their counts, the gravest first."""
        ordered = sorted(self.rules.items(), key=lambda pair: (LEVELS.index(pair[0][2]), -pair[1], pair[0]))
        return [{"rule": r, "name": n, "level": v, "count": count} for (r, n, v), count in ordered[:MOST_ALERTS]]

    def reported(self) -> list[dict[str, Any]]:
        """The share of checks that passed, where both are told."""
        passed, n = self.kinds["pass"], self.kinds["pass"] + self.kinds["fail"]
        if not passed:
            return []
        return [{
            "metric": "checks passed", "scorer": "", "slice": "", "estimate": passed / n, "n": n, "successes": passed,
            "low": None, "high": None, "level": None, "error": None,
        }]  # fmt: skip

    def remarks(self) -> list[str]:
        """What is in the file and not in the counts."""
        said = []
        if self.set_aside["suppressed"]:
            said.append(f"{self.set_aside['suppressed']} results are suppressed in the file and not counted.")
        if self.set_aside["gone"]:
            said.append(f"{self.set_aside['gone']} results are gone since the file's own baseline and not counted.")
        if len(self.rules) > MOST_ALERTS:
            said.append(f"The file names {len(self.rules)} rules; the {MOST_ALERTS} gravest are listed.")
        return said


def _rule(result: dict[str, Any], rules: list[dict[str, Any]]) -> tuple[str, str, str]:
    """(id, name, level): by index, else by id; a level of its own goes before the rule's."""
    named = _object(result.get("rule"))
    index = result.get("ruleIndex", named.get("index"))
    identity = result.get("ruleId") or named.get("id") or ""
    place = index if isinstance(index, int) and not isinstance(index, bool) else -1
    rule = (
        rules[place]
        if 0 <= place < len(rules)
        else next((r for r in rules if identity and r.get("id") == identity), {})
    )
    level = result.get("level") or _object(rule.get("defaultConfiguration")).get("level") or "warning"
    if result.get("kind", "fail") != "fail":
        level = "none"
    name = text(rule.get("name"), 100) or text(_object(rule.get("shortDescription")).get("text"), 100)
    return text(identity or rule.get("id"), 100) or "no rule", name, level if level in LEVELS else "warning"


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
