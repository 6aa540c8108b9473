"""The life cycle of a developer's profile: what Commerce's intake officers checked. It says nothing about any model."""

from __future__ import annotations

from core.workflow import Move, State, Workflow

DEVELOPER = Workflow(
    "Developer",
    (
        State("registered", "Registered, not yet verified", "agency", "waiting"),
        State("verified", "Verified", "", "done"),
        State("refused", "Verification refused", "developer", "stopped"),
    ),
    (
        Move("verify", ("registered", "refused"), "verified", "agency", "Verify"),
        Move("refuse", ("registered",), "refused", "agency", "Refuse", needs_reason=True, danger=True),
    ),
)
