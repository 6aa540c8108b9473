"""Life cycles of the AI cybersecurity clearinghouse (domain.md §4): the shape that its rows will follow."""

from __future__ import annotations

from core.workflow import Move, State, Workflow

SCAN_CLAIM = Workflow(
    "ScanClaim",
    (
        State("planned", "Planned", "scanner"),
        State("clear", "Clear", "scanner"),
        State("conflict", "Conflict", "coordinator", "waiting"),
        State("running", "Running", "scanner"),
        State("done", "Done", "", "done"),
        State("cancelled", "Cancelled", "", "stopped"),
        State("expired", "Expired", "", "stopped"),
    ),
    (
        Move("clear", ("planned", "conflict"), "clear", "system", "Clear"),
        Move("find_conflict", ("planned",), "conflict", "system", "Conflict found"),
        Move("start", ("clear",), "running", "scanner", "Start scanning"),
        Move("finish", ("running",), "done", "scanner", "Finish"),
        Move("cancel", ("planned", "clear", "conflict", "running"), "cancelled", "scanner", "Cancel", danger=True),
        Move("expire", ("planned", "clear", "conflict"), "expired", "system", "Expire"),
    ),
)
