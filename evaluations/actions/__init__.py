"""The only writer of routing and assignments; one function per verb. Call through this package."""

from evaluations.actions.assignments import accept, attest, decline, move, pause, prepare, receive, stop
from evaluations.actions.endings import stop_all
from evaluations.actions.routing import route, route_again
from evaluations.actions.verification import ask_verification, record_verification, window_opened

__all__ = [
    "accept",
    "ask_verification",
    "attest",
    "decline",
    "move",
    "pause",
    "prepare",
    "receive",
    "record_verification",
    "route",
    "route_again",
    "stop",
    "stop_all",
    "window_opened",
]
