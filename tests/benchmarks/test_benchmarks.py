"""The benchmarks themselves, on little data: every goal yields a figure and every answer is right. Speed is not tested."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.__main__ import AGREEMENTS, EVALUATIONS, GROUPS, QUEUE, options
from benchmarks.measure import Result, Rounds
from embedded.services import REPOSITORY
from tests.nightly import nightly


@nightly("the lists at size and the verdicts are tried in the gate")
def test_every_goal_yields_a_figure(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", "--scale", "2000", "--rounds", "1", "--json", str(written)]
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "CONCORD_DEMO": "1"}
    done = subprocess.run(command, cwd=REPOSITORY, env=environ, capture_output=True, text=True, check=False)
    assert written.exists(), done.stdout + done.stderr
    figures = json.loads(written.read_text())["figures"]
    assert {f["goal"] for f in figures} == {g for goals in GROUPS.values() for g in goals} | {
        *QUEUE, *AGREEMENTS, *EVALUATIONS,
    }  # fmt: skip
    for figure in figures:
        assert math.isfinite(figure["value"]), figure
        assert not figure["wrong"], figure


@pytest.mark.parametrize(
    "arguments", [["--only", "G99"], ["--scale", "10"], ["--write", "--only", "G1"], ["--write", "--scale", "20000"]]
)
def test_what_makes_no_sense_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        options(arguments)
    assert ended.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_a_ratio_is_taken_inside_each_round() -> None:
    taken = Rounds({"case": [2.0, 8.0, 6.0], "yardstick": [1.0, 2.0, 2.0]})
    assert taken.ratio("case", "yardstick") == (3.0, 2.0, 4.0)
    assert not taken.is_noisy("yardstick")
    assert taken.is_noisy("case")


def test_verdicts() -> None:
    assert Result("G1", "", 1.5, 1, 2, 1.5).verdict == "PASS"
    assert Result("G1", "", 1.6, 1, 2, 1.5).verdict == "FAIL"
    assert Result("G7", "", 49, 1, 2, 50, at_least=True).verdict == "FAIL"
    assert Result("G1", "", 1.0, 1, 2, 1.5, noisy=True).verdict == "NOISY"
    assert Result("G1", "", 1.0, 1, 2, 1.5, wrong="rows differ").verdict == "WRONG"
    assert Result("G1", "", math.nan, 1, 2, None).verdict == "FAIL"


def test_the_table_of_the_readme_is_written_by_the_run_itself(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# Benchmarks\n\nHow.\n\n## Last measured\n\nLong ago.\n\n| G1 | 9.99 |\n")
    about = {"scale": 1_000_000, "cpus": 2, "postgresql": 18, "python": "3.11.7"}
    figures = [Result("G1", "a list × a view", 1.4, 1.3, 1.5, 1.5), Result("G11", "jobs", 4.0, 4, 4, 5, at_least=True)]
    report.write(figures, about, readme)
    report.write(figures, about, readme)
    text = readme.read_text()
    assert text.startswith("# Benchmarks\n\nHow.\n\n## Last measured\n\n")
    assert "Long ago" not in text and text.count("## Last measured") == 1
    assert "1,000,000 requests, 2 cores, PostgreSQL 18, Python 3.11.7." in text
    assert "| G1 | a list × a view | 1.40 | 1.30–1.50 | ≤ 1.5× | pass |" in text
    assert "| G11 | jobs | 4.00 | 4.00–4.00 | ≥ 5× | FAIL |" in text
    assert text.endswith("1 of 2 figures miss their goal.\n")
    readme.write_text("# Nothing here\n")
    with pytest.raises(ValueError, match="no heading"):
        report.write(figures, about, readme)
