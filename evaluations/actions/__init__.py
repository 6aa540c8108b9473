"""The only writer of routing and assignments; one function per verb. Call through this package."""

from evaluations.actions.assignments import accept, attest, decline, move, pause, prepare, receive, stop
from evaluations.actions.endings import stop_all
from evaluations.actions.findings import (
    comment_on_finding,
    discard_finding,
    draft_finding,
    edit_finding,
    leave_open,
    move_finding,
)
from evaluations.actions.routing import route, route_again
from evaluations.actions.runs import place, record_run, refuse_log, too_large, upload_log
from evaluations.actions.sharing import KINDS as BASELINE_KINDS
from evaluations.actions.sharing import add_baseline, share_run
from evaluations.actions.verification import ask_verification, record_verification, window_opened

__all__ = [
    "BASELINE_KINDS",
    "accept",
    "add_baseline",
    "ask_verification",
    "attest",
    "comment_on_finding",
    "decline",
    "discard_finding",
    "draft_finding",
    "edit_finding",
    "leave_open",
    "move",
    "move_finding",
    "pause",
    "place",
    "prepare",
    "receive",
    "record_run",
    "record_verification",
    "refuse_log",
    "route",
    "route_again",
    "share_run",
    "stop",
    "stop_all",
    "too_large",
    "upload_log",
    "window_opened",
]
