"""The only writers of this room."""

from early_access.actions.answering import NO_PAGE_KEY, answer_opening, ask_opening, forget_answer, take_answer
from early_access.actions.blocking import correct_blocked, end_blocked, report_blocked
from early_access.actions.claims import state_result, take_back_result
from early_access.actions.credentials import open_credential, open_for_worker, opens_here, revoke, seal_credential
from early_access.actions.documents import attach
from early_access.actions.drafting import answer, create, save_section, submit
from early_access.actions.exits import (
    amend_release,
    cancel_release,
    issue_release,
    plan_release,
    withdraw,
)
from early_access.actions.extending import (
    consent_to_extension,
    propose_extension,
    refuse_extension,
    withdraw_extension,
)
from early_access.actions.filling import answer_in_section, ask_in_section, hand_over
from early_access.actions.inquiries import (
    acknowledge_inquiry,
    ask,
    begin_benchmark,
    change_inquiry,
    close_undetermined,
    determine,
    submit_inquiry,
    withdraw_inquiry,
)
from early_access.actions.intake import (
    accept,
    acknowledge,
    ask_for_information,
    close,
    close_at_rest,
    decline,
    mark_reported,
)
from early_access.actions.partnering import (
    activate_partner,
    begin_vetting,
    consent_to_partner,
    decline_partner,
    end_partner,
    nominate,
    record_terms,
    resume_partner,
    revoke_partner,
    save_vetting,
    suspend_partner,
    take_consent_back,
)
from early_access.actions.pinning import announce_change
from early_access.actions.proving import ask_proof, erase_proof, opening_for_proof, record_proof
from early_access.actions.returns import answer_return, remind_of_return
from early_access.actions.rotating import change_consent, key_ends, replace_key, revoke_key, with_access
from early_access.actions.weights import confirm_weights, register_manifest, register_signer
from early_access.actions.windows import close_early, close_window, confirm_schedule, open_window, propose_schedule

__all__ = [
    "NO_PAGE_KEY",
    "accept",
    "acknowledge",
    "acknowledge_inquiry",
    "activate_partner",
    "amend_release",
    "announce_change",
    "answer",
    "answer_in_section",
    "answer_opening",
    "answer_return",
    "ask",
    "ask_for_information",
    "ask_in_section",
    "ask_opening",
    "ask_proof",
    "attach",
    "begin_benchmark",
    "begin_vetting",
    "cancel_release",
    "change_consent",
    "change_inquiry",
    "close",
    "close_at_rest",
    "close_early",
    "close_undetermined",
    "close_window",
    "confirm_schedule",
    "confirm_weights",
    "consent_to_extension",
    "consent_to_partner",
    "correct_blocked",
    "create",
    "decline",
    "decline_partner",
    "determine",
    "end_blocked",
    "end_partner",
    "erase_proof",
    "forget_answer",
    "hand_over",
    "issue_release",
    "key_ends",
    "mark_reported",
    "nominate",
    "open_credential",
    "open_for_worker",
    "open_window",
    "opening_for_proof",
    "opens_here",
    "plan_release",
    "propose_extension",
    "propose_schedule",
    "record_proof",
    "record_terms",
    "refuse_extension",
    "register_manifest",
    "register_signer",
    "remind_of_return",
    "replace_key",
    "report_blocked",
    "resume_partner",
    "revoke",
    "revoke_key",
    "revoke_partner",
    "save_section",
    "save_vetting",
    "seal_credential",
    "state_result",
    "submit",
    "submit_inquiry",
    "suspend_partner",
    "take_answer",
    "take_back_result",
    "take_consent_back",
    "with_access",
    "withdraw",
    "withdraw_extension",
    "withdraw_inquiry",
]
