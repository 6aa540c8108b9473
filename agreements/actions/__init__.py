"""Everything that changes an agreement. Each function checks its policy again under the row's lock."""

from agreements.actions.access import give_access, take_access
from agreements.actions.authorities import record_authority, revoke_authority
from agreements.actions.drafting import (
    begin_version,
    discard_draft,
    draft_problems,
    overtaken,
    propose_version,
    save_draft,
    send,
    start_from_template,
)
from agreements.actions.ending import come_into_force, end_notice, expire, resume, suspend, terminate, withdraw
from agreements.actions.negotiating import comment, concur, open_clearance, refuse_concurrence, return_with_comments
from agreements.actions.signing import decline_to_sign, download, download_certificate, intent, open_for_signature, sign

__all__ = [
    "begin_version", "come_into_force", "comment", "concur", "decline_to_sign", "discard_draft", "download",
    "download_certificate", "draft_problems", "end_notice", "expire", "give_access", "intent", "open_clearance",
    "open_for_signature", "overtaken", "propose_version", "record_authority", "refuse_concurrence", "resume",
    "return_with_comments", "revoke_authority", "save_draft", "send", "sign", "start_from_template", "suspend",
    "take_access", "terminate", "withdraw",
]  # fmt: skip
