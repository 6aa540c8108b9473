"""Addresses of early-access requests, designation inquiries and trusted partners. References are random, never numbers in a row."""

from django.urls import include, path

from early_access.views import blocked, changed, extending, filling, inquiries, keys, partners, release
from early_access.views import requests as views

app_name = "early_access"
of_requests = [
    path("", views.requests, name="requests"),
    path("new/", views.new, name="new"),
    path("windows/", views.all_windows, name="windows"),
    path("intake/", views.intake, name="intake"),
    path("<slug:reference>/", views.request_page, name="request"),
    path("<slug:reference>/section/<slug:name>/", views.section, name="section"),
    path("<slug:reference>/section/<slug:name>/autosave/", views.autosave, name="autosave"),
    path("<slug:reference>/section/<slug:name>/owner/", filling.owner, name="section_owner"),
    path("<slug:reference>/section/<slug:name>/question/", filling.question, name="section_question"),
    path("<slug:reference>/receipt/", filling.receipt, name="receipt"),
    path("<slug:reference>/check/", views.check, name="check"),
    path("<slug:reference>/move/<slug:verb>/", views.move, name="move"),
    path("<slug:reference>/ask/", views.ask_for_information, name="ask_for_information"),
    path("<slug:reference>/answer/", views.answer, name="answer"),
    path("<slug:reference>/decline/", views.decline, name="decline"),
    path("<slug:reference>/schedule/", views.schedule, name="schedule"),
    path("<slug:reference>/close-early/", views.close_early, name="close_early"),
    path("<slug:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:reference>/connect/<slug:agency>/", views.connect, name="connect"),
    path("<slug:reference>/key/replace/", keys.replace_key, name="replace_key"),
    path("<slug:reference>/key/revoke/", keys.revoke_key, name="revoke_key"),
    path("<slug:reference>/changed/", changed.announce, name="announce_change"),
    path("<slug:reference>/blocked/", blocked.report, name="report_blocked"),
    path("<slug:reference>/blocked/<uuid:pk>/end/", blocked.end, name="end_blocked"),
    path("<slug:reference>/blocked/<uuid:pk>/correct/", blocked.correct, name="correct_blocked"),
    path("<slug:reference>/extension/", extending.propose, name="propose_extension"),
    path("<slug:reference>/extension/<uuid:pk>/consent/", extending.consent, name="consent_to_extension"),
    path("<slug:reference>/extension/<uuid:pk>/refuse/", extending.refuse, name="refuse_extension"),
    path("<slug:reference>/extension/<uuid:pk>/withdraw/", extending.withdraw, name="withdraw_extension"),
    path("<slug:reference>/return/<uuid:pk>/", views.answer_return, name="answer_return"),
    path("<slug:reference>/release/", release.release, name="release"),
    path("<slug:reference>/release/<uuid:pk>/<slug:verb>/", release.move_release, name="move_release"),
    path("<slug:reference>/partners/nominate/", partners.nominate, name="nominate"),
]
of_inquiries = [
    path("", inquiries.listed, name="inquiries"),
    path("new/", inquiries.ask, name="ask"),
    path("<slug:reference>/", inquiries.detail, name="inquiry"),
    path("<slug:reference>/change/", inquiries.change, name="change_inquiry"),
    path("<slug:reference>/move/<slug:verb>/", inquiries.move, name="move_inquiry"),
    path("<slug:reference>/answer/", inquiries.answer, name="answer_inquiry"),
    path("<slug:reference>/close/", inquiries.close, name="close_inquiry"),
    path("<slug:reference>/withdraw/", inquiries.withdraw, name="withdraw_inquiry"),
]
of_partners = [
    path("", partners.listed, name="partners"),
    path("denials/", partners.denials, name="denials"),
    path("denials.csv", partners.denials_csv, name="denials_csv"),
    path("<slug:reference>/", partners.detail, name="partner"),
    path("<slug:reference>/move/<slug:verb>/", partners.move, name="move_partner"),
    path("<slug:reference>/vetting/", partners.vetting, name="partner_vetting"),
    path("<slug:reference>/consent/", partners.consent, name="consent_to_partner"),
    path("<slug:reference>/take-back/", partners.take_back, name="take_consent_back"),
    path("<slug:reference>/decline/", partners.decline, name="decline_partner"),
    path("<slug:reference>/terms/", partners.terms, name="partner_terms"),
    path("<slug:reference>/suspend/", partners.suspend, name="suspend_partner"),
    path("<slug:reference>/revoke/", partners.revoke, name="revoke_partner"),
    path("<slug:reference>/end/", partners.end, name="end_partner"),
]
urlpatterns = [
    path("requests/", include(of_requests)),
    path("inquiries/", include(of_inquiries)),
    path("partners/", include(of_partners)),
]
