"""Who may do what with an agreement, and why not: one function per verb."""

from agreements.policies.base import DRAFTING, SPEAKING, acts_for, agencies_of, is_developer_side, side_of
from agreements.policies.concurring import (
    may_concur,
    may_open_clearance,
    may_refuse_concurrence,
    may_return_with_comments,
    may_set_ways,
)
from agreements.policies.drafting import may_amend, may_edit, may_propose_version, may_renew, may_send, may_start
from agreements.policies.library import may_edit_library, may_publish_clause
from agreements.policies.negotiating import (
    deciding_agencies,
    may_accept,
    may_comment,
    may_decide_deviation,
    may_decline,
    may_suggest,
    may_take_back,
)
from agreements.policies.signing import (
    duties_apart,
    may_concur_with_authority,
    may_decline_to_sign,
    may_open_for_signature,
    may_read_authority,
    may_reassign,
    may_replace,
    may_sign,
    may_still_sign_for,
    replaceable,
)
from agreements.policies.standing import (
    decides_publicity,
    may_download,
    may_give_access,
    may_resume,
    may_suspend,
    may_terminate,
    may_withdraw,
    sees_access,
)

__all__ = [
    "DRAFTING", "SPEAKING", "acts_for", "agencies_of", "decides_publicity", "deciding_agencies", "duties_apart",
    "is_developer_side", "may_accept", "may_amend", "may_comment", "may_concur", "may_concur_with_authority",
    "may_decide_deviation", "may_decline", "may_decline_to_sign", "may_download", "may_edit", "may_edit_library",
    "may_give_access", "may_open_clearance", "may_open_for_signature", "may_propose_version", "may_publish_clause",
    "may_read_authority", "may_reassign", "may_refuse_concurrence", "may_renew", "may_replace", "may_resume",
    "may_return_with_comments", "may_send", "may_set_ways", "may_sign", "may_start", "may_still_sign_for",
    "may_suggest", "may_suspend", "may_take_back", "may_terminate", "may_withdraw", "replaceable", "sees_access",
    "side_of",
]  # fmt: skip
