"""The life cycle of an assignment. The only place that knows its states and moves."""

from __future__ import annotations

from core.workflow import Move, State, Workflow

UNDER_WAY = ("accepted", "preparing", "running", "paused", "analysis", "developer_fact_check")
OCCUPIES_A_PLACE = ("proposed", *UNDER_WAY)
ENDED = ("declined", "report_delivered", "closed", "stopped")

ASSIGNMENT = Workflow(
    "EvaluationAssignment",
    (
        State("proposed", "Proposed", "agency"),
        State("accepted", "Accepted", "agency"),
        State("declined", "Declined", "", "stopped"),
        State("preparing", "Preparing", "agency"),
        State("running", "Running", "agency"),
        State("paused", "Paused", "agency", "waiting"),
        State("analysis", "Analysis", "agency"),
        State("developer_fact_check", "Fact check by the developer", "developer", "waiting"),
        State("report_delivered", "Report delivered", "agency", "done"),
        State("closed", "Closed", "", "done"),
        State("stopped", "Stopped", "", "stopped"),
    ),
    (
        Move("accept", ("proposed",), "accepted", "agency", "Accept"),
        Move("decline", ("proposed",), "declined", "agency", "Decline", needs_reason=True, danger=True),
        Move("prepare", ("accepted",), "preparing", "agency", "Agree rules of engagement"),
        Move("start", ("preparing",), "running", "agency", "Start testing"),
        Move("pause", ("running",), "paused", "agency", "Pause", needs_reason=True),
        Move("resume", ("paused",), "running", "agency", "Resume"),
        Move("analyse", ("running", "paused"), "analysis", "agency", "End testing, begin analysis"),
        Move("ask_fact_check", ("analysis",), "developer_fact_check", "agency", "Send for fact check"),
        Move("deliver_report", ("analysis", "developer_fact_check"), "report_delivered", "agency", "Deliver report"),
        Move("close", ("report_delivered",), "closed", "system", "Close"),
        Move("stop", OCCUPIES_A_PLACE, "stopped", "developer", "Stop testing", needs_reason=True, danger=True),
    ),
)
