"""Life cycles of an assignment, a run, a finding and an incident. The only place that knows their states and moves."""

from __future__ import annotations

from core.workflow import Move, State, Workflow

UNDER_WAY = ("accepted", "preparing", "running", "paused", "analysis", "developer_fact_check")
OCCUPIES_A_PLACE = ("proposed", *UNDER_WAY)
AFTER_TESTING = ("analysis", "developer_fact_check")  # of those: the window may be over, the agency's work is not
UNANSWERED = "Nobody of the agency answered by the due date."  # kept as the reason; the router tells it from a refusal
TAKEN_BACK = "A routing officer took it back before testing began."  # as above, told from a stop by the developer
RECUSED = (
    "The agency stepped back from this test."  # as above: it recused itself; the developer reads no more than this
)
LIVE = ("queued", "starting", "running", "stopping")  # states of a run with a process, or about to have one
LEFT_OUT = "left_out"  # of a decision on the router's board: no assignment was made
ROUTABLE = ("scheduled", "window_open")  # states of a request in which it is placed with agencies
BEFORE_TESTING = ("proposed", "accepted", "preparing")
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
        Move("lapse", ("proposed",), "declined", "system", "Let it lapse when nobody answers"),
        Move("take_back", BEFORE_TESTING, "stopped", "router", "Take it back", needs_reason=True, danger=True),
        Move("recuse", OCCUPIES_A_PLACE, "stopped", "agency", "Step back from it", danger=True),
        Move("prepare", ("accepted",), "preparing", "agency", "Agree rules of engagement"),
        Move("start", ("preparing",), "running", "agency", "Start testing"),
        Move("pause", ("running",), "paused", "agency", "Pause", needs_reason=True),
        Move("resume", ("paused",), "running", "agency", "Resume"),
        Move("analyse", ("running", "paused"), "analysis", "agency", "End testing, begin analysis"),
        Move("ask_fact_check", ("analysis",), "developer_fact_check", "agency", "Send for fact check"),
        Move("hand_back_facts", ("developer_fact_check",), "analysis", "developer", "Hand back the fact check"),
        Move("end_fact_check", ("developer_fact_check",), "analysis", "system", "End the fact check when it is due"),
        Move("deliver_report", ("analysis", "developer_fact_check"), "report_delivered", "agency", "Deliver report"),
        Move("end_without_report", ("analysis",), "stopped", "agency", "End without a report",
             needs_reason=True, danger=True),
        Move("close", ("report_delivered",), "closed", "agency", "Close the assignment"),
        Move("stop", OCCUPIES_A_PLACE, "stopped", "developer", "Stop testing", needs_reason=True, danger=True),
    ),
)  # fmt: skip

# Of a run that is started here until its log is read (`RunLaunch`). What a log gives (`EvaluationRun`) is born at its end.
RUN = Workflow(
    "EvaluationRun",
    (
        State("queued", "Queued", "system"),
        State("starting", "Starting", "system"),
        State("running", "Running", "system"),
        State("stopping", "Stopping", "system", "waiting"),
        State("finished", "Finished", "", "done"),
        State("stopped", "Stopped", "", "stopped"),
        State("failed", "Failed", "", "stopped"),
        State("lost", "Lost", "", "stopped"),
    ),
    (
        Move("start", ("queued",), "starting", "system", "Start"),
        Move("run", ("starting",), "running", "system", "Run"),
        Move("cancel", ("queued",), "stopped", "agency", "Stop the run", danger=True),
        Move("ask_stop", ("starting", "running"), "stopping", "agency", "Stop the run", danger=True),
        Move("halt", ("starting", "running"), "stopping", "system", "Stop it: budget, pause, end of access"),
        Move("finish", ("running", "stopping"), "finished", "system", "Finish"),
        Move("stop", ("stopping",), "stopped", "system", "Stopped"),
        Move("put_off", ("queued",), "stopped", "system", "Access ended before it began"),
        Move("fail", ("starting", "running", "stopping"), "failed", "system", "Failed"),
        Move("lose", ("starting", "running", "stopping"), "lost", "system", "Lost"),
        Move("resume", ("stopped", "failed", "lost"), "queued", "agency", "Go on with it"),
    ),
    also_initial=("finished", "failed", "stopped"),
)

FINDING = Workflow(
    "Finding",
    (
        State("draft", "Draft", "agency"),
        State("shared", "Shared", "developer", "waiting"),
        State("acknowledged", "Acknowledged", "developer"),
        State("disputed", "Disputed", "agency"),
        State("remediation_planned", "Remediation planned", "developer"),
        State("remediated", "Remediated", "agency"),
        State("retested", "Retested", "agency"),
        State("resolved", "Resolved", "", "done"),
        State("open_at_release", "Open at release", "", "stopped"),
        State("accepted_risk", "Risk accepted", "", "done"),
    ),
    (
        Move("share", ("draft",), "shared", "agency", "Share with the developer"),
        Move("acknowledge", ("shared",), "acknowledged", "developer", "Acknowledge"),
        Move("dispute", ("shared", "acknowledged", "open_at_release"), "disputed", "developer", "Dispute",
             needs_reason=True),
        Move("uphold", ("disputed",), "acknowledged", "agency", "Uphold the finding", needs_reason=True),
        Move("withdraw_finding", ("shared", "acknowledged", "disputed", "remediation_planned", "open_at_release"),
             "resolved", "agency", "Withdraw the finding", needs_reason=True, danger=True),
        Move("plan", ("acknowledged", "open_at_release"), "remediation_planned", "developer", "Plan a remedy",
             needs_reason=True),
        Move("remedy", ("remediation_planned", "open_at_release"), "remediated", "developer", "Report it remedied"),
        Move("retest", ("remediated",), "retested", "agency", "Record a retest", needs_reason=True),
        Move("resolve", ("retested",), "resolved", "agency", "Resolve"),
        Move("reopen", ("retested",), "acknowledged", "agency", "Still there", needs_reason=True),
        Move("leave_open", ("shared", "acknowledged", "disputed", "remediation_planned", "remediated", "retested"),
             "open_at_release", "system", "Open at release"),
        Move("accept_risk", ("acknowledged", "remediation_planned", "open_at_release"), "accepted_risk", "developer",
             "Accept the risk", needs_reason=True),
    ),
)  # fmt: skip
OPEN_FINDINGS = (
    "shared",
    "acknowledged",
    "disputed",
    "remediation_planned",
    "remediated",
    "retested",
    "open_at_release",
)

# Calendar days that the side whose move it is has for an answer, by state; an agreement will bind its
# own figures later. Nothing happens by itself when a day passes: the finding is shown as late. States without an entry have no clock.
FINDING_DAYS = {"shared": 10, "disputed": 10, "remediated": 20, "retested": 5}

INCIDENT = Workflow(
    "EvaluationIncident",
    (
        State("reported", "Reported", "reporter"),
        State("contained", "Contained", "reporter"),
        State("notified", "Other side notified", "reporter", "waiting"),
        State("investigated", "Investigated", "reporter"),
        State("closed", "Closed", "", "done"),
    ),
    (
        Move("contain", ("reported",), "contained", "reporter", "Contain it", needs_reason=True),
        Move("notify", ("reported", "contained"), "notified", "reporter", "Notify the other side"),
        Move("contain_after", ("notified",), "notified", "reporter", "Contain it", needs_reason=True),
        Move("investigate", ("notified",), "investigated", "reporter", "Record the investigation", needs_reason=True),
        Move("close", ("investigated",), "closed", "reporter", "Close with lessons", needs_reason=True),
    ),
)  # fmt: skip
UNTOLD = ("reported", "contained")

RULE_SET = Workflow(
    "RoutingRuleSet",
    (
        State("draft", "Draft", "router"),
        State("published", "Published", "", "done"),
        State("discarded", "Discarded", "", "stopped"),
    ),
    (
        Move("publish", ("draft",), "published", "router", "Publish the rules"),
        Move("discard", ("draft",), "discarded", "router", "Discard the draft", danger=True),
    ),
)

# Hours from the discovery to the notice where the agreement is silent: what the standard text says.
INCIDENT_NOTICE_HOURS = 24
