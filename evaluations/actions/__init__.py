"""The only writer of routing and assignments; one function per verb. Call through this package."""

from evaluations.actions.assignments import (
    accept,
    attest,
    decline,
    lapse,
    move,
    pause,
    prepare,
    receive,
    remind_of_answer,
    stop,
)
from evaluations.actions.conflicts import declare_conflict, end_conflict, recuse_agency
from evaluations.actions.details import save_detail
from evaluations.actions.drafts import save_report
from evaluations.actions.endings import reconcile, report_overdue, stop_all
from evaluations.actions.exclusions import exclude_agency, lift_exclusion
from evaluations.actions.fact_checks import ask_fact_check, comment_facts, hand_back_facts, lapse_fact_check
from evaluations.actions.findings import (
    comment_on_finding,
    discard_finding,
    draft_finding,
    edit_finding,
    leave_open,
    move_finding,
)
from evaluations.actions.incidents import move_incident, note_incident, report_incident
from evaluations.actions.launches import launch, resume_launch, stop_launch
from evaluations.actions.log_views import open_log, record_view
from evaluations.actions.overloads import look_at_places, relieve
from evaluations.actions.publication import answer_publication, ask_publication, publish
from evaluations.actions.reassigning import reassign
from evaluations.actions.reports import close, deliver_report, download_report, end_without_report, receive_report
from evaluations.actions.routing import route, route_again, route_all, route_all_again
from evaluations.actions.rules import NewRule, discard_rules, draft_rules, publish_rules, save_rules
from evaluations.actions.run_notes import save_run_notes
from evaluations.actions.runs import place, record_run, refuse_log, too_large, upload_log
from evaluations.actions.sharing import add_baseline, share_run
from evaluations.actions.verification import ask_verification, record_verification, window_opened

__all__ = [
    "NewRule",
    "accept",
    "add_baseline",
    "answer_publication",
    "ask_fact_check",
    "ask_publication",
    "ask_verification",
    "attest",
    "close",
    "comment_facts",
    "comment_on_finding",
    "declare_conflict",
    "decline",
    "deliver_report",
    "discard_finding",
    "discard_rules",
    "download_report",
    "draft_finding",
    "draft_rules",
    "edit_finding",
    "end_conflict",
    "end_without_report",
    "exclude_agency",
    "hand_back_facts",
    "lapse",
    "lapse_fact_check",
    "launch",
    "leave_open",
    "lift_exclusion",
    "look_at_places",
    "move",
    "move_finding",
    "move_incident",
    "note_incident",
    "open_log",
    "pause",
    "place",
    "prepare",
    "publish",
    "publish_rules",
    "reassign",
    "receive",
    "receive_report",
    "reconcile",
    "record_run",
    "record_verification",
    "record_view",
    "recuse_agency",
    "refuse_log",
    "relieve",
    "remind_of_answer",
    "report_incident",
    "report_overdue",
    "resume_launch",
    "route",
    "route_again",
    "route_all",
    "route_all_again",
    "save_detail",
    "save_report",
    "save_rules",
    "save_run_notes",
    "share_run",
    "stop",
    "stop_all",
    "stop_launch",
    "too_large",
    "upload_log",
    "window_opened",
]
