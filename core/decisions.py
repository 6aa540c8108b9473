"""The answer to "may this person do this now?": one object for the guard, the button, the 403 page and the API."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """An action was asked for that its policy does not allow; carries the Decision that says why and who can."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.reason)
        self.decision = decision


class Conflict(Exception):
    """Somebody else changed the row first. `theirs` and `yours` are the two texts, where there are two."""

    def __init__(self, sentence: str, *, theirs: object = None, yours: object = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.theirs = theirs
        self.yours = yours


class Invalid(Exception):
    """Input that breaks a rule: `problems` is a list of `Problem`, each with the field's anchor."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(p.sentence for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Problem:
    """One thing wrong with some input: a sentence that says what to do next, at a field (dotted for nested input)."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Decision:
    """Truthy when allowed. `reason` is a sentence for the person; `who_can` names the role that could instead."""

    allowed: bool
    reason: str = ""
    who_can: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `Refused` unless allowed."""
        if not self.allowed:
            raise Refused(self)

    @property
    def sentence(self) -> str:
        """Reason and who can, as one text for pages and problem details."""
        return f"{self.reason} {self.who_can}".strip()


ALLOWED = Decision(True)


def refuse(reason: str, who_can: str = "") -> Decision:
    """A refusal with its reason; both arguments are whole sentences."""
    return Decision(False, reason, who_can)


def first_refusal(*decisions: Decision) -> Decision:
    """The first decision that refuses, else allowed. Order the decisions from general to particular."""
    return next((d for d in decisions if not d), ALLOWED)
