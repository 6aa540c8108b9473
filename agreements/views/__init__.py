"""Pages of the agreements room."""

from agreements.views.access import give_access, take_access
from agreements.views.amending import amend, catch_up, renew, text_on, text_pdf, text_word
from agreements.views.authorities import (
    authorities,
    authority,
    authority_document,
    concur_authority,
    record_authority,
    revoke,
)
from agreements.views.commenting import change_comment, comment, discard_comments, settle_comment
from agreements.views.components import component_answer, component_answers, component_plan
from agreements.views.concurring import template_ways, ways
from agreements.views.deviating import decide_deviation, deviations
from agreements.views.drafting import autosave, discard, edit, propose, send, start
from agreements.views.ending import leave, resume, stay, suspend, take_back, terminate, withdraw
from agreements.views.library import begin_clause, clause, clause_redline, edit_clause, library_index, publish_clause
from agreements.views.many import amend_many
from agreements.views.negotiating import clearance, clearance_by, negotiation, open_for_signature, verdict
from agreements.views.own_certificates import certificates, enrol, own_certificate, retire
from agreements.views.own_signing import card, card_file, choose_way, give_back, take
from agreements.views.posts import (
    concur_incumbency,
    create_post,
    end_incumbency,
    end_post,
    incumbency,
    incumbency_document,
    post,
    posts,
    record_incumbency,
)
from agreements.views.presence import here, here_in_library
from agreements.views.reading import certificate, detail, executed, index, portfolio, version
from agreements.views.reassigning import reassign
from agreements.views.redlines import redline, redline_pdf, redline_word, version_word
from agreements.views.remote_signing import device, finish_device, stop_device
from agreements.views.signing import decline, sign, signed
from agreements.views.suggesting import (
    accept_suggestions,
    answer_suggestion,
    send_suggestions,
    suggest,
    suggestions,
    take_in_word,
)

__all__ = [
    "accept_suggestions",
    "amend",
    "amend_many",
    "answer_suggestion",
    "authorities",
    "authority",
    "authority_document",
    "autosave",
    "begin_clause",
    "card",
    "card_file",
    "catch_up",
    "certificate",
    "certificates",
    "change_comment",
    "choose_way",
    "clause",
    "clause_redline",
    "clearance",
    "clearance_by",
    "comment",
    "component_answer",
    "component_answers",
    "component_plan",
    "concur_authority",
    "concur_incumbency",
    "create_post",
    "decide_deviation",
    "decline",
    "detail",
    "deviations",
    "device",
    "discard",
    "discard_comments",
    "edit",
    "edit_clause",
    "end_incumbency",
    "end_post",
    "enrol",
    "executed",
    "finish_device",
    "give_access",
    "give_back",
    "here",
    "here_in_library",
    "incumbency",
    "incumbency_document",
    "index",
    "leave",
    "library_index",
    "negotiation",
    "open_for_signature",
    "own_certificate",
    "portfolio",
    "post",
    "posts",
    "propose",
    "publish_clause",
    "reassign",
    "record_authority",
    "record_incumbency",
    "redline",
    "redline_pdf",
    "redline_word",
    "renew",
    "resume",
    "retire",
    "revoke",
    "send",
    "send_suggestions",
    "settle_comment",
    "sign",
    "signed",
    "start",
    "stay",
    "stop_device",
    "suggest",
    "suggestions",
    "suspend",
    "take",
    "take_access",
    "take_back",
    "take_in_word",
    "template_ways",
    "terminate",
    "text_on",
    "text_pdf",
    "text_word",
    "verdict",
    "version",
    "version_word",
    "ways",
    "withdraw",
]  # fmt: skip
