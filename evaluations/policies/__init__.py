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
from evaluations.policies.routing import may_route, may_route_again
from evaluations.policies.runs import WITH_RUNS, may_add_baseline, may_see_run, may_share_run, may_upload

__all__ = [
    "WITH_RUNS",
    "has_attested",
    "may_accept",
    "may_add_baseline",
    "may_attest",
    "may_decline",
    "may_move",
    "may_prepare",
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
