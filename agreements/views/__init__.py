"""Pages of the agreements room."""

from agreements.views.access import give_access, take_access
from agreements.views.authorities import authorities, revoke
from agreements.views.drafting import autosave, discard, edit, propose, send, start
from agreements.views.ending import resume, suspend, terminate, withdraw
from agreements.views.negotiating import clearance, comment, negotiation, open_for_signature, verdict
from agreements.views.reading import certificate, detail, executed, index, version
from agreements.views.signing import decline, sign, signed

__all__ = [
    "authorities", "autosave", "certificate", "clearance", "comment", "decline", "detail", "discard", "edit", "executed",
    "give_access", "index", "negotiation", "open_for_signature", "propose", "resume", "revoke", "send", "sign",
    "signed", "start", "suspend", "take_access", "terminate", "verdict", "version", "withdraw",
]  # fmt: skip
