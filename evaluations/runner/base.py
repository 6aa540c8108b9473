"""What a runner has to do, so that an agency can put its own in the place of ours (see docs/decisions/0059)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit


class CannotRun(Exception):
    """This runner, or this host, cannot run that; the message is a sentence for the evaluator."""


@dataclass(frozen=True)
class Suite:
    """A test that can be chosen. `tools`: the model must call tools; `sandbox`: they run code, which is isolated."""

    name: str
    title: str
    words: str
    tools: bool = False
    sandbox: bool = False


@dataclass(frozen=True)
class Order:
    """One run to start. `folder` is this run's alone and outlives the supervising process; `again` goes on from the log in
    it. The key is no part of an order: orders may be printed."""

    run: str
    suite: str
    base_url: str
    model_name: str
    folder: Path
    parallel: int = 2
    token_limit: int = 0
    seconds: int = 0
    context_length: int = 0
    again: bool = False

    @property
    def target(self) -> tuple[str, str, int]:
        """Scheme, host and port: the only place that the run may reach."""
        parts = urlsplit(self.base_url)
        return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


@dataclass
class Progress:
    """How far this start of a run is. Counts only grow; `samples` is 0 until it is known. Tokens are of this start alone."""

    samples: int = 0
    done: int = 0
    errors: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    retries: int = 0
    running: bool = False
    ended: bool = False
    outcome: str = ""  # success | cancelled | error, once it has ended
    sentence: str = ""  # why it ended so, when that was no success
    log: Path | None = field(default=None)  # a closed log, once it has ended


class Running(Protocol):
    """One run under way."""

    def poll(self) -> Progress:
        """How far it is. Called about once a second; never waits."""
        ...

    def cancel(self) -> None:
        """End it politely, so that the log is closed; from now on it reaches nothing any more. Twice is once."""
        ...

    def kill(self) -> None:
        """End it at once with everything it started."""
        ...


class Runner(Protocol):
    """Starts runs on this host."""

    def suites(self) -> tuple[Suite, ...]:
        """What can be chosen."""
        ...

    def start(self, order: Order, key: str) -> Running:
        """Start a run. `key` opens the endpoint: it goes to the run and nowhere else. CannotRun with a sentence."""
        ...

    def tidy(self, folder: Path) -> None:
        """End whatever an earlier process started in this folder and left behind."""
        ...

    def close(self) -> None:
        """The supervising process ends."""
        ...
