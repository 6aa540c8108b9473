"""A runner without processes: tests say how far a run is and how it ends. It stands for Inspect in the gate."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from evaluations.runner.base import CannotRun, Order, Progress, Suite
from evaluations.runner.catalogue import BUILT_IN


class FakeRun:
    """One run; a cancelled one ends with the next poll unless it is deaf."""

    def __init__(self, order: Order, key: str) -> None:
        self.order, self.key, self.progress = order, key, Progress()
        self.cancelled = self.killed = self.deaf = False
        self.log: bytes | None = None

    def goes(self, done: int, *, samples: int = 10, tokens: int = 0, errors: int = 0) -> None:
        """So far it is."""
        now = self.progress
        now.running, now.samples, now.done, now.errors, now.tokens_in = True, samples, done, errors, tokens

    def ends(self, outcome: str = "success", *, log: bytes | None = None, sentence: str = "") -> None:
        """The process is gone."""
        self.progress.outcome, self.progress.sentence = outcome, sentence
        if log is not None:
            self.progress.log = self.order.folder / "a.eval"
            self.progress.log.write_bytes(log)
        self.progress.ended = True

    def poll(self) -> Progress:
        if self.cancelled and not self.deaf and not self.progress.ended:
            self.ends("cancelled", log=self.log)
        return self.progress

    def cancel(self) -> None:
        self.cancelled = True

    def kill(self) -> None:
        self.killed = True
        if not self.progress.ended:
            self.ends("cancelled")


class FakeRunner:
    """`started`: every run of this test, in order. `refuses`: why this host cannot run anything."""

    started: ClassVar[list[FakeRun]] = []
    tidied: ClassVar[list[Path]] = []
    refuses: ClassVar[str] = ""

    @classmethod
    def forget(cls) -> None:
        """Begin a test."""
        cls.started, cls.tidied, cls.refuses = [], [], ""

    def suites(self) -> tuple[Suite, ...]:
        return BUILT_IN

    def start(self, order: Order, key: str) -> FakeRun:
        if self.refuses:
            raise CannotRun(self.refuses)
        made = FakeRun(order, key)
        self.started.append(made)
        return made

    def tidy(self, folder: Path) -> None:
        self.tidied.append(folder)

    def close(self) -> None:
        """Nothing is held."""
