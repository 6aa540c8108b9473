"""The variables of the cover page that the standard clauses name: kind, limits, default, help. Data only."""

from __future__ import annotations

from typing import Any

from agreements.obligations import DOMAINS, LISTED


def _number(key: str, label: str, default: int, minimum: int, maximum: int, hint: str = "") -> dict[str, Any]:
    return {
        "key": key, "label": label, "kind": "number", "default": default, "minimum": minimum, "maximum": maximum,
        "help": hint,
    }  # fmt: skip


def _words(key: str, label: str, kind: str = "text", default: str = "", hint: str = "") -> dict[str, Any]:
    return {"key": key, "label": label, "kind": kind, "default": default, "help": hint}


VARIABLES: dict[str, dict[str, Any]] = {
    str(row["key"]): row
    for row in (
        _words("model_families", "Model families covered",
               hint="As both sides call them; single models are named in each request."),
        _number("access_days", "Longest early-access window, days", 30, 1, 30, "Never more than 30 days."),
        _number("access_level_ceiling", "Deepest access level", 2, 1, 3, "1 black box, 2 grey box, 3 white box."),
        {"key": "allowed_domains", "label": "Risk domains that may be tested", "kind": "choices",
         "choices": [words for _, words in DOMAINS], "default": LISTED.join(words for _, words in DOMAINS),
         "help": "A request may offer others to agencies with other agreements."},
        _number("confidentiality_years", "Confidentiality, years", 5, 1, 10),
        _number("max_testers", "Most people with access per agency", 8, 1, 100),
        _number("fact_check_days", "Fact check by the developer, days", 5, 1, 30),
        _number("publication_review_days", "Review before publication, days", 30, 5, 90),
        _number("retention_days", "Retention of evaluation data, days", 90, 1, 730),
        _number("destruction_days", "Return or destroy within, days", 30, 1, 90),
        _number("incident_notice_hours", "Incident notice within, hours", 24, 1, 72),
        _number("tacit_concurrence_days", "Silence counts as concurrence after, days", 0, 0, 90,
                "0: silence is no answer. Otherwise agencies are told the day when they are asked."),
        _number("term_months", "Term, months", 24, 1, 60),
        _number("termination_notice_days", "Notice of termination, days", 30, 0, 180),
        {"key": "effective_on", "label": "Takes effect on", "kind": "date", "default": "", "required": False,
         "help": "Leave empty for the day of the last signature."},
        _number("developer_funds", "Money that the Developer gives, US dollars", 0, 0, 50_000_000),
        _number("invention_report_days", "Report of an invention within, days", 60, 10, 180),
        _number("dispute_days", "Settling between the responsible people, days", 30, 5, 90),
        _words("research_title", "Title of the work"),
        _words("research_questions", "Questions to answer", "paragraph", hint="One a line."),
        _words("developer_contribution", "What the Developer brings", "paragraph", hint="People, models, computing."),
        _words("agency_contribution", "What each Agency brings", "paragraph", hint="People, methods, facilities."),
        _words("milestones", "Steps and dates", "paragraph", hint="One a line."),
        _words("responsible_people", "People responsible", hint="By post, one for each party."),
        _words("exceptions", "Exceptions", "paragraph", "None.", "Number them. “None.” if there are none."),
        _words("nda_subject", "What the talks are about", hint="Completes “want to talk about …”."),
        _number("confirm_days", "Written confirmation of what was said, days", 15, 1, 60),
    )
}  # fmt: skip

# What a supplied phrase is made of: the clause that names the phrase brings the variable.
BEHIND: dict[str, str] = {"effective_phrase": "effective_on"}
