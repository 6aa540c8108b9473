"""The benchmarks themselves, on little data: every goal yields a figure and every answer is right. Speed is not tested."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import GROUPS, QUEUE, options
from benchmarks.measure import Result, Rounds
from embedded.services import REPOSITORY


def test_every_goal_yields_a_figure(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", "--scale", "2000", "--rounds", "1", "--json", str(written)]
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "CONCORD_DEMO": "1"}
    done = subprocess.run(command, cwd=REPOSITORY, env=environ, capture_output=True, text=True, check=False)
    assert written.exists(), done.stdout + done.stderr
    figures = json.loads(written.read_text())["figures"]
    assert {f["goal"] for f in figures} == {g for goals in GROUPS.values() for g in goals} | set(QUEUE)
    for figure in figures:
        assert math.isfinite(figure["value"]), figure
        assert not figure["wrong"], figure


@pytest.mark.parametrize("arguments", [["--only", "G99"], ["--scale", "10"]])
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
