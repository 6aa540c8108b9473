"""Files of every kind through the real child: recognised by what is in them, read by an allow-list, refused in a sentence."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from evaluations.formats import child
from evaluations.formats.documents import JSON_CAP
from evaluations.formats.inspect_log import LogRefused
from evaluations.formats.kinds import look
from evaluations.formats.score_table import SCORES, STEPS
from evaluations.formats.summaries import LogSummary
from evaluations.rules.runs import judge
from tests.evaluations.formats.zips import Member, write

KEY = b"k" * 32
TEMPLATES = Path(__file__).resolve().parents[3] / "static" / "import"
NOW = "2026-11-02T09:00:00Z"


def read(data: bytes) -> LogSummary:
    """The summary, by the child."""
    return child.summarise(io.BytesIO(data), key=KEY)


def refused(data: bytes) -> str:
    """The sentence with which it is refused, by the look at the upload or by the child."""
    with pytest.raises(LogRefused) as caught:
        look(io.BytesIO(data))
        read(data)
    return str(caught.value)


def packed(content: Any) -> bytes:
    return json.dumps(content).encode()


def inspect(**changes: Any) -> dict[str, Any]:
    """An Inspect log in its JSON form; every text that must not leave the file is a canary."""
    samples = [
        {
            "id": n, "epoch": 1, "input": "CNRY-input", "target": "CNRY-target", "messages": [{"role": "user", "content": "CNRY"}] * 3,
            "scores": {"s": {"value": "C" if n < 6 else "I", "explanation": "CNRY-why"}}, "metadata": {"a": "CNRY-meta"},
            "model_usage": {"m": {"total_tokens": 100 * (n + 1)}}, "total_time": 1.5,
        }
        for n in range(8)
    ]  # fmt: skip
    return {
        "version": 2, "status": "success", "plan": {"steps": ["CNRY-plan"]},
        "eval": {"task": "kites", "task_id": "t", "model": "mockllm/model", "task_args": {"x": "CNRY-args"}},
        "results": {"scores": [{"name": "s", "scorer": "s", "metrics": {"accuracy": {"value": 0.75}}}]},
        "stats": {"started_at": NOW, "completed_at": NOW}, "samples": samples,
    } | changes  # fmt: skip


def every_eval(*results: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An Every Eval Ever record; without results of one's own it has one share with n."""
    return {
        "schema_version": "0.3.0", "evaluation_id": "kites/aurora_model/1762074000", "retrieved_timestamp": "1762074001",
        "evaluation_timestamp": "1762074000",
        "source_metadata": {
            "source_type": "evaluation_run", "source_organization_name": "An institute",
            "source_organization_url": "https://CNRY.example", "evaluator_relationship": "third_party",
            "additional_details": {"a": "CNRY"},
        },
        "eval_library": {"name": "lm_eval", "version": "0.4.9"},
        "model_info": {"name": "Model", "id": "aurora/model", "additional_details": {"b": "CNRY"}},
        "evaluation_results": list(results) or [reported("kites", 0.8, num_samples=20)],
    } | changes  # fmt: skip


def reported(name: str, score: Any, config: dict[str, Any] | None = None, **uncertainty: Any) -> dict[str, Any]:
    """One result of it."""
    return {
        "evaluation_name": name, "source_data": {"dataset_name": name, "source_type": "url", "url": ["https://CNRY.example"]},
        "metric_config": config or {"metric_id": "accuracy", "metric_unit": "proportion", "lower_is_better": False},
        "score_details": {"score": score, "details": {"c": "CNRY"}, "uncertainty": uncertainty},
        "generation_config": {"generation_args": {"execution_command": "CNRY"}},
    }  # fmt: skip


def sarif(*results: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A SARIF log of one run of one tool with two rules."""
    rules = [
        {"id": "PI001", "name": "PromptInjection", "defaultConfiguration": {"level": "error"}},
        {"id": "TL002", "shortDescription": {"text": "Tool without limits"}},
    ]
    found = results or (
        {"ruleId": "PI001", "ruleIndex": 0, "message": {"text": "CNRY"}, "guid": "a"},
        {
            "ruleId": "PI001",
            "message": {"text": "CNRY"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": "CNRY"}}}],
        },
        {"rule": {"index": 1}, "message": {"text": "CNRY"}},
        {"ruleId": "TL002", "level": "note", "message": {"text": "x"}, "suppressions": [{"kind": "inSource"}]},
        {"ruleId": "TL002", "message": {"text": "x"}, "baselineState": "absent"},
    )
    run = {
        "tool": {"driver": {"name": "Agent scanner", "semanticVersion": "3.1.0", "rules": rules, "informationUri": "https://CNRY.example"}},
        "invocations": [{"executionSuccessful": True, "startTimeUtc": NOW, "endTimeUtc": NOW, "commandLine": "CNRY"}],
        "results": list(found),
    }  # fmt: skip
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]} | changes


def scores(*rows: str, head: str = "suite,model,metric,slice,successes,n") -> bytes:
    return "\n".join([head, *(rows or ("kites,model,accuracy,expert,3,10",))]).encode()


def steps(*rows: str) -> bytes:
    return "\n".join(["suite,model,range,attempt,steps_total,steps_reached", *rows]).encode()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("inspect_json", packed(inspect())), ("every_eval_ever", packed(every_eval())), ("sarif", packed(sarif())),
        ("csv", scores()), ("csv", steps("nets,model,hill,1,32,12")),
        ("inspect_json", b"\xef\xbb\xbf  \n" + packed(inspect())),
    ],
)  # fmt: skip
def test_the_kind_is_read_from_the_file_and_nothing_else_leaves_it(kind: str, data: bytes) -> None:
    look(io.BytesIO(data))
    found = read(data)
    assert found.kind == kind and found.outcome == "finished" and found.task
    assert "CNRY" not in str(found)


def test_the_json_form_gives_what_the_archive_gives() -> None:
    content = inspect()
    rows = [{**s, "message_count": 3} for s in content.pop("samples")]
    archive = read(write(Member("header.json", packed(content)), Member("summaries.json", packed(rows))))
    whole = read(packed({**content, "samples": inspect()["samples"]}))
    assert whole.items == archive.items and whole.tokens == archive.tokens and whole.model == archive.model
    assert (whole.kind, archive.kind) == ("inspect_json", "inspect_eval")
    (scored,) = judge(whole, seed="x").scored
    assert (scored.successes, scored.estimate.n, scored.estimate.method) == (6, 8, "wilson")


def test_rows_of_examples_are_no_n() -> None:
    """Shape of a real record: a leaderboard's score with one example in its file of answers (0.3.0, from documentation)."""
    rows = {"format": "jsonl", "file_path": "x", "total_rows": 1}
    for kind, estimates in (("documentation", 0), ("evaluation_run", 1)):
        source = {"source_type": kind, "source_organization_name": "An index", "evaluator_relationship": "third_party"}
        found = read(
            packed(every_eval(reported("bench", 1.0), source_metadata=source, detailed_evaluation_results=rows))
        )
        assert len(judge(found, seed="x").scored) == estimates, kind


def test_reported_shares_keep_their_interval_or_get_one_from_n() -> None:
    percent = {"metric_id": "pass_rate", "metric_unit": "percent", "lower_is_better": True}
    found = read(packed(every_eval(
        reported("with interval", 40.0, percent, num_samples=50,
                 confidence_interval={"lower": 30.0, "upper": 52.0, "confidence_level": 0.9}),
        reported("with error", 0.5, standard_error={"value": 0.1}, num_samples=25),
        reported("with n", 0.8, num_samples=20),
        reported("without n", 0.7),
        reported("elo", 1200.0, {"metric_id": "elo", "lower_is_better": False}, num_samples=9),
    )))  # fmt: skip
    judged = {s.scorer: s for s in judge(found, seed="x").scored}
    assert set(judged) == {"with interval", "with error", "with n"}
    first = judged["with interval"]
    assert (first.estimate.low, first.estimate.high, first.level, first.estimate.method) == (
        0.3,
        0.52,
        0.9,
        "as_reported",
    )
    assert first.metric == "pass_rate (lower is better)"
    assert judged["with error"].estimate.low == pytest.approx(0.304, abs=1e-3)
    assert round(judged["with n"].estimate.low, 3) == 0.584
    said = " ".join(judge(found, seed="x").warnings)
    assert "“without n” says 0.700" in said and "“elo” is not a share" in said
    assert (found.harness, found.model, found.started_at[:10]) == ("lm_eval", "aurora/model", "2025-11-02")
    assert found.provenance == {
        "format": "Every Eval Ever 0.3.0", "evaluation_id": "kites/aurora_model/1762074000", "source": "An institute",
        "relationship": "third party", "source_kind": "evaluation run",
    }  # fmt: skip


def test_a_scanner_is_counted_by_rule_and_what_is_set_aside_is_said() -> None:
    found = read(packed(sarif()))
    assert [(a.rule, a.name, a.level, a.count) for a in found.alerts] == [
        ("PI001", "PromptInjection", "error", 2), ("TL002", "Tool without limits", "warning", 1),
    ]  # fmt: skip
    assert found.remarks == (
        "1 results are suppressed in the file and not counted.",
        "1 results are gone since the file's own baseline and not counted.",
    )
    assert (found.harness, found.harness_version, found.started_at) == ("Agent scanner", "3.1.0", NOW)
    assert judge(found, seed="x").scored == ()
    passing = [{"ruleId": "PI001", "kind": "pass", "message": {"text": ""}}] * 3
    (scored,) = judge(read(packed(sarif(*passing, {"ruleId": "PI001", "message": {"text": ""}}))), seed="x").scored
    assert (scored.metric, scored.successes, scored.estimate.n) == ("checks passed", 3, 4)
    unfinished = sarif()
    unfinished["runs"][0]["invocations"][0]["executionSuccessful"] = False
    assert read(packed(unfinished)).outcome == "failed"


def test_ranges_count_attempts_and_never_steps() -> None:
    found = read(steps("nets,model,hill,1,32,12", "nets,model,hill,2,32,32", "nets,model,lake,1,7,0"))
    judged = {s.scorer: s for s in judge(found, seed="x").scored}
    assert (judged["hill"].metric, judged["hill"].successes, judged["hill"].estimate.n) == ("range completed", 1, 2)
    assert [(a.range, a.attempt, a.steps_reached) for a in found.ranges] == [
        ("hill", 1, 12),
        ("hill", 2, 32),
        ("lake", 1, 0),
    ]


@pytest.mark.parametrize(("name", "columns"), [("scores", SCORES), ("range-steps", STEPS)])
def test_the_templates_are_read_as_they_are(name: str, columns: tuple[str, ...]) -> None:
    data = (TEMPLATES / f"{name}.csv").read_bytes()
    assert set(data.decode().splitlines()[0].split(",")) <= set(columns)
    assert judge(read(data), seed="x").scored


NESTED = b'{"eval": ' + b"[" * 100_000
BAD: dict[str, tuple[str, bytes]] = {
    "cut off JSON": ("breaks off or is damaged", packed(inspect())[:-40]),
    "a list": ("holds a list", b"[1, 2]"),
    "too deep": ("nested too deep", NESTED),
    "small file, many objects": ("more than this reader may hold", b'{"eval": [' + b"[]," * (20 * 1024 * 1024) + b"[]]}"),
    "UTF-16": ("not UTF-8", json.dumps(inspect()).encode("utf-16")),
    "Latin-1": ("not UTF-8", scores("Übung,model,accuracy,,3,10").decode().encode("latin-1")),
    "a name twice": ("stands twice", b'{"version": 2, "version": 2, "eval": {}, "status": "success"}'),
    "JSON of something else": ("not a file that Concord reads", packed({"hello": 1})),
    "an Office file": ("Office file", write(Member("[Content_Types].xml", b"<x/>"))),
    "too large": ("larger than 64 MiB", b"{" + b" " * JSON_CAP),
    "Inspect of another version": ("version is not 2", packed(inspect(version=3))),
    "Inspect, unfinished": ("never finished", packed(inspect(status="started"))),
    "EEE of another version": ("other than 0.2 or 0.3", packed(every_eval(schema_version="1.0.0"))),
    "EEE without a model": ("“model_info” is missing", packed(every_eval(model_info=None))),
    "EEE with NaN": ("Result 1 has no name, or its score is not a number", packed(every_eval(reported("a", float("nan"), num_samples=3)))),
    "EEE with infinity": ("Result 1 has no name, or its score is not a number", packed(every_eval(reported("a", 1e999, num_samples=3)))),
    "EEE with doubles": ("Results 1 and 2 have the same id", packed(every_eval(*[reported("a", 0.5, num_samples=3)] * 2))),
    "EEE out of range": ("lies outside the range", packed(every_eval(reported("a", 1.5, num_samples=3)))),
    "EEE with a wrong interval": ("does not hold its score", packed(every_eval(reported(
        "a", 0.5, num_samples=3, confidence_interval={"lower": 0.6, "upper": 0.7, "confidence_level": 0.95})))),
    "EEE without results": ("The file has 0 results", packed(every_eval(evaluation_results=[]))),
    "SARIF 2.0.0": ("other than 2.1.0", packed(sarif(version="2.0.0"))),
    "SARIF without a tool": ("does not name its tool", packed(sarif(runs=[{"results": []}]))),
    "SARIF with doubles": ("Results 1 and 2 have the same guid", packed(sarif(*[{"ruleId": "a", "guid": "g"}] * 2))),
    "SARIF of an unknown kind": ("Result 1 is of a kind", packed(sarif({"ruleId": "a", "kind": "maybe"}))),
    "SARIF without runs": ("The file has 0 runs", packed(sarif(runs=[]))),
    "CSV with a formula": ("Row 2, “slice” begins as a formula does", scores("kites,model,accuracy,=cmd|calc,3,10")),
    "CSV with an at sign": ("Row 2, “suite” begins as a formula does", scores("@kites,model,accuracy,,3,10")),
    "CSV with NaN": ("Row 2, “successes” is not a whole number", scores("kites,model,accuracy,,NaN,10")),
    "CSV with a share of NaN": ("“estimate” is not a share", scores("accuracy,nan,0,1,9", head="metric,estimate,ci_low,ci_high,n")),
    "CSV with too many": ("more successes than n", scores("kites,model,accuracy,,11,10")),
    "CSV of nothing": ("n must be at least 1", scores("kites,model,accuracy,,0,0")),
    "CSV with doubles": ("Rows 2 and 3 give the same metric and slice", scores(*["kites,model,accuracy,,3,10"] * 2)),
    "CSV of two suites": ("“suite” differs between rows", scores("a,model,accuracy,,3,10", "b,model,accuracy,x,3,10")),
    "CSV with an unknown column": ("Column 4 has a name that is not known", scores("accuracy,3,10,x", head="metric,successes,n,colour")),
    "CSV without n": ("needs the column “n”", scores("a,3", head="metric,successes")),
    "CSV with a cell too few": ("Row 2 has 5 cells", scores("kites,model,accuracy,3,10")),
    "CSV with semicolons": ("separated by semicolons", scores(head="suite;metric;n")),
    "CSV with an open quote": ("damaged or breaks off", scores('kites,model,"accuracy,,3,10')),
    "CSV with a column twice": ("name each column once", scores("a,b,c", head="metric,metric,n")),
    "CSV without rows": ("no rows below", b"metric,successes,n\n"),
    "CSV that never ends": ("more than 5,000 rows", scores(*(f"kites,model,accuracy,s{n},3,10" for n in range(5001)))),
    "CSV with a long cell": ("longer than 500 characters", scores(f"{'k' * 501},model,accuracy,,3,10")),
    "steps beyond the last": ("at most steps_total", steps("a,m,hill,1,10,11")),
    "an attempt twice": ("same attempt at one range", steps(*["a,m,hill,1,10,5"] * 2)),
    "a range that grows": ("same number of steps", steps("a,m,hill,1,10,5", "a,m,hill,2,12,5")),
    "an instant that is none": ("must be an instant", scores("accuracy,3,10,yesterday", head="metric,successes,n,started_at")),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_sentence(name: str) -> None:
    words, data = BAD[name]
    said = refused(data)
    assert words in said, said
    assert said.endswith((".", "`.")) and "CNRY" not in said


def test_samples_are_cut_to_what_a_page_holds_and_cleaned() -> None:
    content = inspect()
    content["samples"][0] |= {
        "messages": [
            {"role": "assistant",
             "content": [{"type": "text", "text": "a\u202eb\u0000" + "x" * 30_000}, {"type": "image", "image": "data:"}],
             "tool_calls": [{"function": "bash", "arguments": {"cmd": "<script>"}}]},
            {"role": "tool", "function": "bash", "content": "attachment://h1"},
        ],
        "attachments": {"h1": "the whole text"}, "error": {"message": "boom", "traceback": "CNRY-trace"}, "limit": {"type": "token"},
    }  # fmt: skip
    found = json.loads(child.samples(io.BytesIO(packed(content)), block=0))
    assert [row["n"] for row in found["index"]] == list(range(1, 9)) and len(found["samples"]) == 8
    one = found["samples"][0]
    first, second = one["messages"]
    assert first["text"].startswith("abxxx") and len(first["text"]) == 20_000 and one["cut"] > 10_000
    assert first["calls"] == [{"function": "bash", "arguments": '{"cmd": "<script>"}'}]
    assert (second["tool"], second["text"]) == ("bash", "the whole text")
    assert (one["error_text"], one["limit"], one["error"]) == ("boom", "token", True)
    assert "CNRY-trace" not in json.dumps(found)
    assert json.loads(child.samples(io.BytesIO(packed(content)), block=1)) == {"samples": []}
    with pytest.raises(LogRefused, match="holds no samples"):
        child.samples(io.BytesIO(scores()), block=0)
