"""Makes the real logs of this folder; run it in an environment of its own that holds `inspect-ai==0.3.285` only.

`python make_logs.py TARGET` in an empty folder of a neutral name: headers carry the working directory.
Every mock answer names its usage, since without it the harness asks the network for a tokeniser.
"""

from __future__ import annotations

import math
import os
import shutil
import sys
from pathlib import Path

from inspect_ai import Task, eval, eval_retry, task  # the harness's own name
from inspect_ai.dataset import Sample
from inspect_ai.model import GenerateConfig, ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import Score, Scorer, Target, includes, mean, scorer
from inspect_ai.solver import Generate, Solver, TaskState, generate, solver, use_tools
from inspect_ai.tool import Tool, tool

USAGE = ModelUsage(input_tokens=12, output_tokens=6, total_tokens=18)
MODEL = "mockllm/model"
BROKEN = {"left": 0, "kind": ValueError}


def say(text: str) -> ModelOutput:
    output = ModelOutput.from_content(MODEL, text)
    output.usage = USAGE
    return output


def call(city: str) -> ModelOutput:
    output = ModelOutput.for_tool_call(MODEL, "weather", {"city": city})
    output.usage = USAGE
    return output


@tool
def weather() -> Tool:
    async def execute(city: str) -> str:
        """Weather of a city.

        Args:
            city: Name of the city.
        """
        return f"18 degrees in {city}"

    return execute


@solver
def breaks_at(identity: str) -> Solver:
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        if str(state.sample_id) == identity and BROKEN["left"] > 0:
            BROKEN["left"] -= 1
            raise BROKEN["kind"]("the sample broke")
        return await generate(state)

    return solve


@scorer(metrics=[mean()])
def undefined() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        return Score(value=math.nan if state.sample_id == "q1" else 1.0)

    return score


def questions(count: int) -> list[Sample]:
    return [Sample(id=f"q{i}", input=f"Say the word number {i}.", target="right") for i in range(1, count + 1)]


@task
def plain(count: int = 20) -> Task:
    return Task(dataset=questions(count), solver=generate(), scorer=includes())


@task
def tools() -> Task:
    return Task(dataset=questions(5), solver=[use_tools(weather()), generate()], scorer=includes())


@task
def fragile(identity: str = "q3") -> Task:
    return Task(dataset=questions(5), solver=breaks_at(identity), scorer=includes())


@task
def unclear() -> Task:
    return Task(dataset=questions(4), solver=generate(), scorer=undefined())


def run(name: str, what: Task, answers: list[ModelOutput], target: Path, **options: object) -> str:
    folder = Path("work") / name
    model = get_model(MODEL, custom_outputs=answers, memoize=False, config=GenerateConfig(max_connections=1))
    (log,) = eval(
        what, model=model, log_dir=str(folder), log_format="eval", display="none", max_samples=1, score_display=False,
        **options,
    )  # fmt: skip
    shutil.copy(next(folder.glob("*.eval")), target / f"{name}.eval")
    return log.location


def main(target: Path) -> None:
    right, wrong = say("right"), say("no")
    run("success-16-of-20", plain(), [right] * 16 + [wrong] * 4, target)
    run("tools-5-of-5", tools(), [call("Paris"), right] * 5, target)
    run("three-epochs", plain(count=4), [right, wrong, right] * 4, target, epochs=3)
    run("nan-score", unclear(), [right] * 4, target)
    run("token-limit", tools(), [call("Paris")] * 50, target, token_limit=40)
    BROKEN.update(left=50, kind=ValueError)
    run("all-errors", fragile(identity="q1"), [right] * 5, target, fail_on_error=False, limit=1)
    BROKEN.update(left=1)
    broken = run("error", fragile(), [right] * 5, target)
    # The retry cannot rebuild the mock's answers and ends with an error too, but its log is a real retried one.
    eval_retry(broken, log_dir="work/retried", display="none", max_samples=1)
    shutil.copy(next(Path("work/retried").glob("*.eval")), target / "retried.eval")
    BROKEN.update(left=1, kind=KeyboardInterrupt)
    try:
        run("unfinished", fragile(), [right] * 5, target)
    except KeyboardInterrupt:  # the harness is gone without a word, as when its process is killed
        shutil.copy(next(Path("work/unfinished").glob("*.eval")), target / "unfinished.eval")


if __name__ == "__main__":
    os.environ["INSPECT_DISPLAY"] = "none"
    main(Path(sys.argv[1]).resolve())
