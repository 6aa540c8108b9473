"""The life cycles of an early-access request, of a release notice, of an extension of a window, of a designation inquiry
and of the nomination of a trusted partner. No state here approves anything."""

from __future__ import annotations

from core.workflow import Move, State, Workflow

OPEN = (
    "draft", "submitted", "acknowledged", "needs_information", "accepted", "scheduled", "window_open",
    "window_closed", "reported",
)  # fmt: skip
EDITABLE = ("draft", "needs_information")

EARLY_ACCESS_REQUEST = Workflow(
    "EarlyAccessRequest",
    (
        State("draft", "Draft", "developer"),
        State("submitted", "Submitted", "intake", "waiting"),
        State("acknowledged", "Acknowledged", "intake"),
        State("needs_information", "Needs information", "developer", "waiting"),
        State("accepted", "Accepted for testing", "both"),
        State("declined", "Declined", "", "stopped"),
        State("scheduled", "Scheduled", "system", "waiting"),
        State("window_open", "Window open", "agency"),
        State("window_closed", "Window closed", "agency", "waiting"),
        State("reported", "Reported", "both", "done"),
        State("closed", "Closed", "", "done"),
        State("withdrawn", "Withdrawn", "", "stopped"),
    ),
    (
        Move("submit", ("draft",), "submitted", "developer", "Submit the request"),
        Move("acknowledge", ("submitted",), "acknowledged", "intake", "Acknowledge"),
        Move("ask_for_information", ("acknowledged",), "needs_information", "intake", "Ask for information",
             needs_reason=True),
        Move("answer", ("needs_information",), "acknowledged", "developer", "Send the answer"),
        Move("accept", ("acknowledged",), "accepted", "intake", "Accept for testing"),
        Move("decline", ("acknowledged", "needs_information"), "declined", "intake", "Decline",
             needs_reason=True, danger=True),
        Move("schedule", ("accepted",), "scheduled", "both", "Agree on the dates"),
        Move("open_window", ("scheduled",), "window_open", "system", "Open the window"),
        Move("close_window", ("window_open",), "window_closed", "system", "Close the window"),
        Move("lapse", ("scheduled",), "window_closed", "system", "The window cannot open any more"),
        Move("close_early", ("window_open",), "window_closed", "developer", "Close the window now", danger=True),
        Move("mark_reported", ("window_closed",), "reported", "system", "Reports delivered"),
        Move("close", ("reported",), "closed", "both", "Close the request"),
        Move("close_at_rest", ("reported",), "closed", "system", "Close after 30 days of rest"),
        Move("withdraw", (*OPEN, "declined", "closed"), "withdrawn", "developer", "Withdraw", danger=True),
    ),
)  # fmt: skip

STEPS = "draft,submitted,acknowledged,accepted,scheduled,window_open,window_closed,reported,closed"

RELEASE_NOTICE = Workflow(
    "ReleaseNotice",
    (
        State("planned", "Planned", "developer"),
        State("issued", "Issued", "developer", "done"),
        State("amended", "Amended", "developer", "done"),
        State("cancelled", "Cancelled", "", "stopped"),
    ),
    (
        Move("issue", ("planned",), "issued", "developer", "Issue the notice"),
        Move("amend", ("issued", "amended"), "amended", "developer", "Amend the notice"),
        Move("cancel", ("planned", "issued", "amended"), "cancelled", "developer", "Cancel the notice"),
    ),
)

WINDOW_EXTENSION = Workflow(
    "WindowExtension",
    (
        State("proposed", "Proposed", "both", "waiting"),
        State("stands", "Stands", "", "done"),
        State("refused", "Refused", "", "stopped"),
        State("withdrawn", "Taken back", "", "stopped"),
        State("lapsed", "Lapsed with the window", "", "stopped"),
    ),
    (
        Move("consent", ("proposed",), "stands", "both", "Consent to the later day"),
        Move("refuse", ("proposed",), "refused", "both", "Refuse"),
        Move("withdraw", ("proposed",), "withdrawn", "both", "Take the proposal back"),
        Move("lapse", ("proposed",), "lapsed", "system", "The window ended first"),
    ),
)

# One way to every reply: a shorter one for some replies would tell what the others are measured by.
DESIGNATION_INQUIRY = Workflow(
    "DesignationInquiry",
    (
        State("draft", "Draft", "developer"),
        State("submitted", "Sent to NSA", "designator", "waiting"),
        State("acknowledged", "Acknowledged", "designator"),
        State("under_benchmark", "With NSA", "designator"),
        State("determined", "Answered", "", "done"),
        State("closed_undetermined", "Closed without a determination", "", "done"),
        State("withdrawn", "Withdrawn", "", "stopped"),
    ),
    (
        Move("submit", ("draft",), "submitted", "developer", "Ask NSA"),
        Move("acknowledge", ("submitted",), "acknowledged", "designator", "Acknowledge"),
        Move("begin_benchmark", ("acknowledged",), "under_benchmark", "designator", "Take it under the benchmark"),
        Move("determine", ("under_benchmark",), "determined", "designator", "Record the answer"),
        Move("close_undetermined", ("acknowledged", "under_benchmark"), "closed_undetermined", "designator",
             "Close without a determination", needs_reason=True, danger=True),
        Move("withdraw", ("draft", "submitted", "acknowledged", "under_benchmark"), "withdrawn", "developer",
             "Withdraw", danger=True),
    ),
)  # fmt: skip

INQUIRY_SENT = ("submitted", "acknowledged", "under_benchmark")
INQUIRY_OPEN = ("draft", *INQUIRY_SENT)
INQUIRY_STEPS = "draft,submitted,acknowledged,under_benchmark,determined"

PARTNER_OPEN = ("nominated", "vetting", "agreed", "terms_signed", "access_active", "suspended")
PARTNER_CONSENTED = ("agreed", "terms_signed", "access_active", "suspended")
PARTNER_TERMS = ("terms_signed", "access_active", "suspended")
TRUSTED_PARTNER = Workflow(
    "TrustedPartnerNomination",
    (
        State("nominated", "Nominated", "both", "waiting"),
        State("vetting", "Being vetted", "both"),
        State("agreed", "Agreed by both sides", "both"),
        State("not_agreed", "Not agreed", "", "stopped"),
        State("terms_signed", "Terms signed", "developer", "waiting"),
        State("access_active", "Access active", "", "done"),
        State("suspended", "Suspended", "both", "stopped"),
        State("revoked", "Consent taken back", "", "stopped"),
        State("ended", "Ended", "", "done"),
    ),
    (
        Move("begin_vetting", ("nominated",), "vetting", "both", "Take up the vetting"),
        Move("consent", ("vetting",), "agreed", "both", "Consent"),
        Move("decline", ("nominated", "vetting"), "not_agreed", "both", "Do not agree", needs_reason=True, danger=True),
        Move("record_terms", ("agreed",), "terms_signed", "both", "Record the signed terms"),
        Move("activate", ("terms_signed",), "access_active", "developer", "Record that access is given"),
        Move("suspend", ("access_active",), "suspended", "both", "Suspend", needs_reason=True, danger=True),
        Move("rest", ("access_active",), "suspended", "system", "The agreement is suspended"),
        Move("resume", ("suspended",), "access_active", "both", "Resume"),
        Move("go_on", ("suspended",), "access_active", "system", "The agreement goes on"),
        Move("revoke", PARTNER_CONSENTED, "revoked", "both", "Take our consent back", danger=True),
        Move("end", PARTNER_OPEN, "ended", "both", "End it", danger=True),
        Move("lapse", PARTNER_OPEN, "ended", "system", "The request or the agreement ended"),
    ),
)  # fmt: skip

PARTNER_STEPS = "nominated,vetting,agreed,terms_signed,access_active"
