"""Who may do what in this room, now; each answer is a Decision. Call through this package."""

from evaluations.policies.assignments import (
    has_attested,
    may_accept,
    may_attest,
    may_decline,
    may_move,
    may_prepare,
    may_see_inside,
    may_stop,
    may_verify,
    opening_gate,
)
from evaluations.policies.findings import (
    ANSWERING,
    may_comment_on_finding,
    may_discard_finding,
    may_draft_finding,
    may_edit_finding,
    may_move_finding,
    may_read_finding,
)
from evaluations.policies.routing import may_route, may_route_again
from evaluations.policies.runs import WITH_RUNS, may_add_baseline, may_see_run, may_share_run, may_upload

__all__ = [
    "ANSWERING",
    "WITH_RUNS",
    "has_attested",
    "may_accept",
    "may_add_baseline",
    "may_attest",
    "may_comment_on_finding",
    "may_decline",
    "may_discard_finding",
    "may_draft_finding",
    "may_edit_finding",
    "may_move",
    "may_move_finding",
    "may_prepare",
    "may_read_finding",
    "may_route",
    "may_route_again",
    "may_see_inside",
    "may_see_run",
    "may_share_run",
    "may_stop",
    "may_upload",
    "may_verify",
    "opening_gate",
]
