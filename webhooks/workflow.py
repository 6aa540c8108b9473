"""Life cycles of endpoints and of what is delivered to them."""

from __future__ import annotations

from core.workflow import Move, State, Workflow

ENDPOINT = Workflow(
    "WebhookEndpoint",
    (
        State("active", "Active"),
        State("paused", "Paused", "administrator", "waiting"),
        State("switched_off", "Switched off by Concord", "administrator", "stopped"),
    ),
    (
        Move("pause", ("active",), "paused", "administrator", "Pause"),
        Move("resume", ("paused", "switched_off"), "active", "administrator", "Resume"),
        Move("switch_off", ("active",), "switched_off", "system", "Switch off"),
    ),
)

DELIVERY = Workflow(
    "WebhookDelivery",
    (
        State("waiting", "Waiting for its next attempt"),
        State("held", "Held back", "administrator", "waiting"),
        State("delivered", "Delivered", "", "done"),
        State("failed", "Given up", "administrator", "stopped"),
    ),
    (
        Move("hold", ("waiting",), "held", "system", "Hold back"),
        Move("release", ("held",), "waiting", "administrator", "Let go"),
        Move("deliver", ("waiting",), "delivered", "system", "Delivered"),
        Move("give_up", ("waiting",), "failed", "system", "Give up"),
        Move("send_again", ("delivered", "failed"), "waiting", "administrator", "Send again"),
    ),
    also_initial=("held",),
)
