"""Hands an order to Inspect and tells the supervisor how far it is; runs in the runner's own environment."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspect_ai import eval, eval_retry  # the harness's own name
from inspect_ai.hooks import Hooks, ModelRetry, ModelUsageData, SampleEnd, TaskStart, hooks
from inspect_ai.log import EvalLog, recover_eval_log

Say = Callable[..., None]
SUITE = Path(__file__).with_name("suite.py")
COMMON: dict[str, Any] = {
    "display": "none", "log_format": "eval", "log_buffer": 1, "fail_on_error": False, "score_display": False,
    "ctl_server": False, "max_retries": 2, "timeout": 60, "sandbox_cleanup": True,
}  # fmt: skip
WRONG = {
    "AuthenticationError": "The endpoint refuses the key.",
    "PermissionDeniedError": "The endpoint refuses the key for this model.",
    "NotFoundError": "The endpoint does not know the model.",
    "APIConnectionError": "The endpoint cannot be reached.",
    "PrerequisiteError": "The harness refused to begin: something that the suite needs is missing on the runner's host.",
}


def run(order: dict[str, Any], say: Say) -> None:
    """One task, from its beginning or from where its log ends."""
    _tell(say)
    logs = Path(order["folder"]) / "logs"
    common = {**COMMON, "log_dir": str(logs), "max_connections": order["parallel"], "max_samples": order["parallel"]}
    try:
        earlier = _resumable(logs) if order["again"] else None
        if earlier is not None:
            found = eval_retry(str(earlier), **common)
        else:
            found = eval(
                f"{SUITE}@{order['suite']}", model=f"openai-api/concord/{order['model_name']}", message_limit=60,
                token_limit=order["token_limit"] or None, time_limit=order["seconds"] or None,
                task_args={"longest": order["context_length"]} if order["suite"] == "context_length" else {},
                metadata={"run": order["run"]}, **common,
            )  # fmt: skip
    except KeyboardInterrupt:
        return say(event="done", outcome="cancelled")
    except Exception as error:  # whatever the harness raises ends this run, and its kind says most
        sentence = WRONG.get(type(error).__name__, f"The harness ended with an error ({type(error).__name__}).")
        say(event="done", outcome="error", sentence=sentence)
        sys.exit(1)
    return _end(found, say)


def _end(found: list[EvalLog], say: Say) -> None:
    log = found[0] if found else None
    status = log.status if log else "cancelled"
    outcome = {"success": "success", "cancelled": "cancelled"}.get(status, "error")
    sentence = "" if outcome != "error" else "The harness ended the run with an error; its log says which."
    say(event="done", outcome=outcome, sentence=sentence)


def _resumable(logs: Path) -> Path | None:
    """The newest log; one that was never closed is first made whole from the samples that were finished."""
    newest = max(logs.glob("*.eval"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is None or _closed(newest):
        return newest
    try:
        recover_eval_log(str(newest))
    except (
        Exception
    ) as error:  # nothing had been finished, or its buffer is gone: the run begins anew, beside what is left
        sys.stderr.write(f"{newest.name} cannot be gone on from: {error!r}\n")
        newest.rename(newest.with_suffix(".unfinished"))
        return None
    newest.unlink(missing_ok=True)
    return max(logs.glob("*.eval"), key=lambda path: path.stat().st_mtime, default=None)


def _closed(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "header.json" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _tell(say: Say) -> None:
    @hooks(name="concord", description="Tells the supervisor how far the run is.")
    class Told(Hooks):
        """Counts, never words: nothing that a model wrote goes this way."""

        async def on_task_start(self, data: TaskStart) -> None:
            """How many samples there are."""
            samples = (data.spec.dataset.samples or 0) * (data.spec.config.epochs or 1)
            say(event="started", samples=samples)

        async def on_sample_end(self, data: SampleEnd) -> None:
            """One more."""
            say(event="sample", error=data.sample.error is not None)

        async def on_model_usage(self, data: ModelUsageData) -> None:
            """What one answer cost."""
            out = data.usage.output_tokens
            say(event="usage", tokens_in=max(0, data.usage.total_tokens - out), tokens_out=out)

        async def on_model_retry(self, data: ModelRetry) -> None:
            """The endpoint did not answer well."""
            say(event="retry")
