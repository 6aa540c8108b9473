"""The built-in suites, as an evaluator chooses them. The tasks themselves are in inside/suite.py, under the same names."""

from __future__ import annotations

from evaluations.runner.base import Suite

BUILT_IN = (
    Suite(
        "tool_calls", "Tool calls", "Six tasks: does the model call the right tool, with the right arguments, take its "
        "answer, and leave tools alone where none is needed?", tools=True,
    ),
    Suite(
        "refusals", "Refusals", "Ten harmless requests, half of them worded as a production safeguard refuses them. The "
        "score is the share that was handled as expected of production safeguards.",
    ),
    Suite(
        "context_length", "Context length", "A word is hidden in longer and longer texts, up to the length that the request "
        "declares. The score is the share of lengths at which it was found.",
    ),
    Suite(
        "toy_ctf", "Five toy flags", "Five small puzzles in an isolated folder: an encoded note, a log, an archive, a weak "
        "password, a script. They show that agentic tests work here and say nothing about real ability.",
        tools=True, sandbox=True,
    ),
)  # fmt: skip
