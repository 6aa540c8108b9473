"""How complete a report is by STREAM (ChemBio), version 1 (arXiv 2508.09853): 28 criteria in six groups, in our own words.

Compared with the summary checklist of streamevals.com: the number of criteria, the six groups and their names, the questions of
1(i) to 2(iii), and what 2(iv-a) and 2(v-a) ask of graders. The paper's text was not at hand: what is asked at least and in full,
and the other titles, are our reading of the standard (decision 0064).

It measures the report, never the model, and blocks nothing. STREAM was written for chemical and biological tests: a criterion
that does not fit a test is set aside with a sentence. Pure functions over what stands in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluations.models import Baseline

STANDARD = "STREAM (ChemBio), version 1"
SOURCE = (
    "Groups, numbers and the first questions were compared with the published summary of the standard. What is asked at least "
    "and in full is our reading of it, not its text: where a claim of compliance depends on it, read arXiv 2508.09853."
)
COMPLETE, PARTIAL, MISSING, NOT_APPLICABLE = "complete", "partial", "missing", "not_applicable"
LABELS = {COMPLETE: "Complete", PARTIAL: "In part", MISSING: "Missing", NOT_APPLICABLE: "Not applicable"}
HUMANS = (Baseline.Kind.HUMAN_EXPERT, Baseline.Kind.HUMAN_NOVICE)


@dataclass(frozen=True)
class Criterion:
    """One criterion: what the standard asks at least, and what more for all of it."""

    key: str
    number: str
    title: str
    minimum: str
    full: str


GROUPS: tuple[tuple[str, tuple[Criterion, ...]], ...] = (
    ("Threat relevance", (
        Criterion("1i", "1(i)", "Capability and threat model", "Which capability is tested and which harm it could serve.",
                  "Also which actors and which step of the harm, and what the test leaves out of it."),
        Criterion("1ii", "1(ii)", "What result would matter", "Which result would rule the capability of concern in or out, if any would.",
                  "Also a threshold that was set before the test, with its reason."),
        Criterion("1iii", "1(iii)", "Example item and answer", "One example item with an answer, or a stand-in of the same form.",
                  "Also its grading, and how typical it is."),
    )),
    ("Test construction, grading and scoring", (
        Criterion("2i", "2(i)", "Number of items", "How many items were tested.",
                  "Also how they relate to the full test set."),
        Criterion("2ii", "2(ii)", "Answer format and scoring", "The form of answers and how a score comes about.",
                  "Also how partial answers and refusals are scored."),
        Criterion("2iii", "2(iii)", "Answer key", "How the key or rubric was made, and how its quality was checked.",
                  "Also by whom, and what was changed by it."),
        Criterion("2iv-a", "2(iv-a)", "Human graders: who", "Who graded, with which expertise.",
                  "Also how many, and how they were found."),
        Criterion("2iv-b", "2(iv-b)", "Human graders: how", "How grading was done.",
                  "Also instructions, blinding and time."),
        Criterion("2iv-c", "2(iv-c)", "Human graders: agreement", "Whether graders agreed.",
                  "A measure of agreement, and how disputes were settled."),
        Criterion("2v-a", "2(v-a)", "Automatic grader: which", "Which base model or program graded.",
                  "Also its changes and settings."),
        Criterion("2v-b", "2(v-b)", "Automatic grader: how", "How it grades.", "Also its prompt or rubric."),
        Criterion("2v-c", "2(v-c)", "Automatic grader: checked", "Whether it was compared with people.",
                  "The measure of agreement, on how many answers."),
    )),
    ("Model elicitation", (
        Criterion("3i", "3(i)", "Which model was tested", "The checkpoint that was tested.",
                  "Also how it relates to the one that is to be released."),
        Criterion("3ii", "3(ii)", "Safeguards", "Which safeguards were on.",
                  "Also how they were lifted or got round, or why not."),
        Criterion("3iii", "3(iii)", "Elicitation", "How the model was brought to perform: scaffold, tools, attempts.",
                  "Also prompts, budgets and what was tried and not kept."),
    )),
    ("Model performance", (
        Criterion("4i", "4(i)", "Performance", "A figure for each test.",
                  "Also what summarises it, such as mean or best of several."),
        Criterion("4ii", "4(ii)", "Uncertainty", "An interval, or how many runs were made.", "Both, with the method."),
        Criterion("4iii", "4(iii)", "Other conditions", "Whether other conditions were tested.",
                  "Their results side by side."),
    )),
    ("Baseline performance", (
        Criterion("5i-a", "5(i-a)", "People compared with: who", "How many people with which background.",
                  "Also how they were found."),
        Criterion("5i-b", "5(i-b)", "People compared with: scores", "Their scores.", "Also with n and interval."),
        Criterion("5i-c", "5(i-c)", "People compared with: conditions", "What they could use.",
                  "Also time, training and pay."),
        Criterion("5ii-a", "5(ii-a)", "No people: why", "Why nobody was compared with.",
                  "Also what that means for the conclusion."),
        Criterion("5ii-b", "5(ii-b)", "No people: what instead", "Another comparison, such as a public model.",
                  "Also why it is a fair one."),
    )),
    ("Results interpretation", (
        Criterion("6i", "6(i)", "Conclusion", "What follows from the results for the capability.",
                  "Also how each result bears on it."),
        Criterion("6ii", "6(ii)", "What would speak against it", "Which result would have changed the conclusion.",
                  "Also whether it was looked for."),
        Criterion("6iii", "6(iii)", "What to expect next", "Expected performance of coming models or methods.",
                  "Also on what that rests."),
        Criterion("6iv", "6(iv)", "Time to weigh the results", "How long there was between results and report.",
                  "Also who weighed them in that time."),
        Criterion("6v", "6(v)", "Disagreement", "Whether people disagreed over the conclusion.",
                  "Also over what, and how it was settled."),
    )),
)  # fmt: skip
CRITERIA = {criterion.key: criterion for _, criteria in GROUPS for criterion in criteria}


@dataclass(frozen=True)
class Facts:
    """What stands in the report by itself: the developer's copies of runs as plain data, and what people wrote."""

    runs: Sequence[Mapping[str, Any]] = ()
    summary: str = ""
    limitations: str = ""
    disputes: int = 0
    facts_checked: bool = False
    days: int | None = None  # from the end of the last run to now or to the delivery

    @property
    def baselines(self) -> list[Mapping[str, Any]]:
        """Every comparison of every estimate."""
        return [b for run in self.runs for result in run["results"] for b in result["baselines"]]

    @property
    def people(self) -> list[Mapping[str, Any]]:
        """Comparisons with people."""
        return [b for b in self.baselines if b["kind"] in HUMANS]

    def noted(self, name: str) -> list[bool]:
        """Per run, whether a note was written."""
        return [run.get("notes", {}).get(name) not in (None, "") for run in self.runs]


@dataclass(frozen=True)
class Detail:
    """What people wrote for a criterion."""

    covers: str
    text: str


@dataclass(frozen=True)
class Item:
    """One criterion as it stands. `found` says what the record gives; `place` where more can be written."""

    criterion: Criterion
    state: str
    found: str
    place: str
    detail: Detail | None = None
    label: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", LABELS[self.state])


Judged = tuple[str, str]
NOTHING: Judged = (MISSING, "")


def meter(facts: Facts, details: Mapping[str, Detail]) -> list[Item]:
    """All criteria in their order, from the record and from what was written for each."""
    found = {key: RECORD[key](facts) if key in RECORD else NOTHING for key in CRITERIA}
    found |= _people_or_not(facts, found, details)
    return [_item(criterion, found[key], details.get(key)) for key, criterion in CRITERIA.items()]


def counted(items: Sequence[Item]) -> dict[str, int]:
    """How many are complete, in part, missing, not applicable; and how many reach the minimum."""
    states = [item.state for item in items]
    counts = {state: states.count(state) for state in LABELS}
    return counts | {"all": len(items), "at_minimum": counts[COMPLETE] + counts[PARTIAL]}


def _item(criterion: Criterion, judged: Judged, detail: Detail | None) -> Item:
    state, sentence = judged
    if detail:
        written = {"part": PARTIAL, "full": COMPLETE}.get(detail.covers, NOT_APPLICABLE)
        state = state if written == PARTIAL and state in (PARTIAL, COMPLETE) else written
    return Item(criterion, state, sentence, PLACES.get(criterion.key, "detail"), detail)


def _people_or_not(facts: Facts, found: Mapping[str, Judged], details: Mapping[str, Detail]) -> dict[str, Judged]:
    """STREAM asks for either half of group 5: people, or why there are none."""
    if facts.people:
        return dict.fromkeys(("5ii-a", "5ii-b"), (NOT_APPLICABLE, "People are compared with."))
    if "5ii-a" in details:
        return dict.fromkeys(("5i-a", "5i-b", "5i-c"), (NOT_APPLICABLE, "Nobody is compared with; 5(ii-a) says why."))
    return {}


def _capability(facts: Facts) -> Judged:
    domains = sorted({run["domain"].replace("_", " ") for run in facts.runs})
    return (PARTIAL, f"The risk domain is named: {', '.join(domains)}.") if domains else NOTHING


def _items(facts: Facts) -> Judged:
    n = sum(run["n_items"] for run in facts.runs)
    return (PARTIAL, f"{n} items in {len(facts.runs)} runs.") if n else NOTHING


def _scoring(facts: Facts) -> Judged:
    named = sorted({result["scorer"] or result["metric"] for run in facts.runs for result in run["results"]})
    return (PARTIAL, f"Scorers are named: {', '.join(named)[:200]}.") if named else NOTHING


def _model(facts: Facts) -> Judged:
    labels = sorted({run["checkpoint"] for run in facts.runs})
    return (PARTIAL, f"Tested: {', '.join(labels)}, with the digest of the configuration.") if labels else NOTHING


def _safeguards(facts: Facts) -> Judged:
    variants = sorted({run["variant"].replace("_", " ") for run in facts.runs})
    if len(variants) > 1:
        return COMPLETE, f"Tested with and without: {', '.join(variants)}."
    return (PARTIAL, f"The variant is named: {variants[0]}.") if variants else NOTHING


def _elicitation(facts: Facts) -> Judged:
    scaffold, words = facts.noted("scaffold"), facts.noted("elicitation")
    if facts.runs and all(scaffold) and all(words):
        return COMPLETE, "Every run has its scaffold and its elicitation in its notes."
    if any(scaffold) or any(words):
        return (
            PARTIAL,
            f"{sum(a or b for a, b in zip(scaffold, words, strict=True))} of {len(facts.runs)} runs have notes on it.",
        )
    return NOTHING


def _performance(facts: Facts) -> Judged:
    with_results = sum(1 for run in facts.runs if run["results"])
    if not with_results:
        return NOTHING
    return (
        COMPLETE if with_results == len(facts.runs) else PARTIAL
    ), f"{with_results} of {len(facts.runs)} runs have estimates."


def _uncertainty(facts: Facts) -> Judged:
    if not any(run["results"] for run in facts.runs):
        return NOTHING
    return COMPLETE, "Every estimate has its interval, method and n; attempts per item are told."


def _conditions(facts: Facts) -> Judged:
    variants = {run["variant"] for run in facts.runs}
    suites = [run.get("suite", "") for run in facts.runs]
    if len(variants) > 1:
        return COMPLETE, "Variants stand side by side."
    return (PARTIAL, "A suite was run more than once.") if len(set(suites)) < len(suites) else NOTHING


def _people(facts: Facts) -> Judged:
    return (PARTIAL, f"Named: {', '.join(b['name'] for b in facts.people)[:200]}.") if facts.people else NOTHING


def _people_scores(facts: Facts) -> Judged:
    if not facts.people:
        return NOTHING
    whole = all(b["n"] and b["ci_low"] is not None for b in facts.people)
    return (COMPLETE, "With n and interval.") if whole else (PARTIAL, "Some without n or interval.")


def _people_conditions(facts: Facts) -> Judged:
    return (PARTIAL, "Each says what differs in its conditions.") if facts.people else NOTHING


def _instead(facts: Facts) -> Judged:
    other = sorted({b["name"] for b in facts.baselines if b["kind"] not in HUMANS})
    return (PARTIAL, f"Compared with: {', '.join(other)[:200]}.") if other else NOTHING


def _conclusion(facts: Facts) -> Judged:
    if facts.summary and facts.limitations:
        return PARTIAL, "Summary and limitations are written."
    return (PARTIAL, "The summary is written, the limitations are not.") if facts.summary else NOTHING


def _time(facts: Facts) -> Judged:
    return NOTHING if facts.days is None else (PARTIAL, f"{facts.days} days since the last run ended.")


def _disagreement(facts: Facts) -> Judged:
    if facts.disputes:
        return PARTIAL, f"{facts.disputes} findings were disputed by the developer; what was said stands in the report."
    return (
        (PARTIAL, "The developer checked the facts; what it said stands in the report.")
        if facts.facts_checked
        else NOTHING
    )


RECORD: dict[str, Callable[[Facts], Judged]] = {
    "1i": _capability, "2i": _items, "2ii": _scoring, "3i": _model, "3ii": _safeguards, "3iii": _elicitation,
    "4i": _performance, "4ii": _uncertainty, "4iii": _conditions, "5i-a": _people, "5i-b": _people_scores,
    "5i-c": _people_conditions, "5ii-b": _instead, "6i": _conclusion, "6iv": _time, "6v": _disagreement,
}  # fmt: skip
# Where what the record lacks is filled, other than in words of its own.
PLACES = {
    "3iii": "notes", "4i": "runs", "4ii": "runs", "4iii": "runs", "5i-b": "comparison", "6i": "report",
}  # fmt: skip
