"""The life cycles of a testing agreement and of a suggestion for a clause. The only place that knows states and moves."""

from __future__ import annotations

from core.workflow import Move, State, Workflow

BEFORE_FORCE = ("draft", "in_negotiation", "in_clearance", "awaiting_signature")
BINDING = ("in_force", "suspended")
CLOSED = ("expired", "terminated", "superseded", "withdrawn", "lapsed")
PART = "incorporated"  # an amendment that is part of its agreement: never itself an agreement in force

AGREEMENT = Workflow(
    "TestingAgreement",
    (
        State("draft", "Draft", "drafter"),
        State("in_negotiation", "In negotiation", "counsel"),
        State("in_clearance", "In clearance", "agency counsel", "waiting"),
        State("awaiting_signature", "Awaiting signature", "signatory", "waiting"),
        State("in_force", "In force", "", "done"),
        State("suspended", "Suspended", "counsel", "stopped"),
        State("expired", "Expired", "", "done"),
        State("terminated", "Terminated", "", "stopped"),
        State("superseded", "Superseded", "", "done"),
        State("withdrawn", "Withdrawn", "", "stopped"),
        State("incorporated", "Part of its agreement", "", "done"),
        State("lapsed", "Lapsed", "", "stopped"),
    ),
    (
        Move("send", ("draft",), "in_negotiation", "drafter", "Send to the agencies"),
        Move("propose_version", ("in_negotiation",), "in_negotiation", "counsel", "Propose a new version"),
        Move("return_with_comments", ("in_negotiation", "in_clearance"), "in_negotiation", "counsel",
             "Return with comments", needs_reason=True),
        Move("open_clearance", ("in_negotiation",), "in_clearance", "counsel", "Ask for concurrence"),
        Move("concur", ("in_clearance",), "in_clearance", "agency counsel", "Concur"),
        Move("refuse_concurrence", ("in_clearance",), "in_negotiation", "agency counsel", "Refuse concurrence",
             needs_reason=True),
        Move("open_for_signature", ("in_clearance",), "awaiting_signature", "counsel", "Open for signature"),
        Move("sign", ("awaiting_signature",), "awaiting_signature", "signatory", "Sign"),
        Move("decline_to_sign", ("awaiting_signature",), "in_negotiation", "signatory", "Decline to sign",
             needs_reason=True, danger=True),
        Move("reassign", ("awaiting_signature",), "awaiting_signature", "counsel", "Name another signatory",
             needs_reason=True),
        Move("come_into_force", ("awaiting_signature",), "in_force", "system", "Come into force"),
        Move("suspend", ("in_force",), "suspended", "counsel", "Suspend", needs_reason=True, danger=True),
        Move("resume", ("suspended",), "in_force", "counsel", "Resume"),
        Move("terminate", BINDING, "terminated", "counsel", "Give notice of termination", needs_reason=True,
             danger=True),
        Move("expire", BINDING, "expired", "system", "Expire"),
        Move("supersede", BINDING, "superseded", "system", "Supersede"),
        Move("incorporate", ("awaiting_signature",), "incorporated", "system", "Become part of its agreement"),
        Move("lapse", BEFORE_FORCE, "lapsed", "system", "Lapse"),
        Move("withdraw", BEFORE_FORCE, "withdrawn", "counsel", "Withdraw", danger=True),
    ),
)  # fmt: skip
SUGGESTION = Workflow(
    "ClauseSuggestion",
    (
        State("pending", "Not sent yet", "author"),
        State("open", "Waits for an answer", "the other side", "waiting"),
        State("accepted", "Taken into a draft", "", "done"),
        State("declined", "Not taken", "", "stopped"),
        State("taken_back", "Taken back", "", "stopped"),
    ),
    (
        Move("send", ("pending",), "open", "author", "Send"),
        Move("accept", ("open",), "accepted", "the other side", "Take it into our draft"),
        Move("decline", ("open",), "declined", "the other side", "Do not take it", needs_reason=True),
        Move("take_back", ("pending", "open"), "taken_back", "author", "Take it back"),
    ),
)
STEPS = "draft,in_negotiation,in_clearance,awaiting_signature,in_force"
AMENDMENT_STEPS = "draft,in_negotiation,in_clearance,awaiting_signature,incorporated"
