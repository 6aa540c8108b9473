"""Everything that changes an agreement. Each function checks its policy again under the row's lock."""

from agreements.actions.access import give_access, take_access
from agreements.actions.amending import catch_up, lapse_amendments, start_amendment, start_renewal
from agreements.actions.authorities import concur_authority, download_authority, record_authority, revoke_authority
from agreements.actions.commenting import (
    change_comment,
    comment,
    discard_comment,
    discard_comments,
    reopen_comment,
    resolve_comment,
    send_comments,
)
from agreements.actions.components import (
    concur_for_component,
    refuse_for_component,
    remind_of_components,
    set_component_plan,
)
from agreements.actions.concurring import lapse_concurrence, remind_of_lapse, set_ways
from agreements.actions.deviating import decide_deviation
from agreements.actions.drafting import begin_version, save_draft, start_from_template
from agreements.actions.ending import come_into_force, end_notice, expire, resume, suspend, terminate, withdraw
from agreements.actions.freezing import discard_draft, draft_problems, overtaken, propose_version, send
from agreements.actions.leaving import give_leave_notice, leave, take_back_leave_notice, take_back_notice
from agreements.actions.library import (
    ask_second_reader,
    begin_clause_draft,
    clause_draft_problems,
    discard_clause_draft,
    publish_clause,
    save_clause_draft,
    set_template_ways,
)
from agreements.actions.many import amend_many, preview_many
from agreements.actions.negotiating import concur, open_clearance, refuse_concurrence, return_with_comments
from agreements.actions.own_certificates import enrol_certificate, retire_certificate
from agreements.actions.own_signing import (
    choose_way,
    download_to_sign,
    give_back,
    held_turn,
    lapse_turn,
    sign_elsewhere,
    take_file,
)
from agreements.actions.posts import (
    concur_incumbency,
    create_post,
    download_incumbency,
    end_incumbency,
    end_post,
    record_incumbency,
)
from agreements.actions.presence import be_here, be_in_library
from agreements.actions.reassigning import reassign
from agreements.actions.reminding import remind_of_concurrence, remind_of_end, remind_to_sign
from agreements.actions.remote_signing import (
    ask_device,
    asked_by,
    finish_by_device,
    stop_device,
    take_answer,
)
from agreements.actions.signing import (
    decline_to_sign,
    download,
    download_certificate,
    intent,
    open_for_signature,
    sign,
)
from agreements.actions.suggesting import (
    accept_suggestion,
    accept_suggestions,
    decline_suggestion,
    send_suggestions,
    suggest,
    take_back_suggestion,
)
from agreements.actions.word_files import suggest_from_word

__all__ = [
    "accept_suggestion", "accept_suggestions", "amend_many", "ask_device", "ask_second_reader", "asked_by",
    "be_here", "be_in_library", "begin_clause_draft", "begin_version",
    "catch_up", "change_comment", "choose_way", "clause_draft_problems", "come_into_force", "comment", "concur",
    "concur_authority", "concur_for_component", "concur_incumbency", "create_post", "decide_deviation", "decline_suggestion",
    "decline_to_sign", "discard_clause_draft",
    "discard_comment", "discard_comments", "discard_draft", "download", "download_authority",
    "download_certificate", "download_incumbency",
    "download_to_sign", "draft_problems", "end_incumbency", "end_notice", "end_post",
    "enrol_certificate", "expire", "finish_by_device",
    "give_access", "give_back", "give_leave_notice", "held_turn", "intent", "lapse_amendments", "lapse_concurrence",
    "lapse_turn", "leave", "open_clearance", "open_for_signature", "overtaken", "preview_many", "propose_version",
    "publish_clause", "reassign", "record_authority", "record_incumbency", "refuse_concurrence", "refuse_for_component",
    "remind_of_components", "remind_of_concurrence",
    "remind_of_end", "remind_of_lapse", "remind_to_sign", "reopen_comment", "resolve_comment", "resume",
    "retire_certificate", "return_with_comments", "revoke_authority", "save_clause_draft", "save_draft", "send",
    "send_comments", "send_suggestions", "set_component_plan", "set_template_ways", "set_ways", "sign", "sign_elsewhere",
    "start_amendment", "start_from_template", "start_renewal", "stop_device", "suggest", "suggest_from_word", "suspend",
    "take_access", "take_answer", "take_back_leave_notice", "take_back_notice", "take_back_suggestion", "take_file", "terminate",
    "withdraw",
]  # fmt: skip
