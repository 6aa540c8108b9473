"""Approved other wordings of standard clauses: (key, text, when to use it, rationale). Data only."""

from __future__ import annotations

ALTERNATIVES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "early_access": (
        (
            "staged",
            "A window of early access lasts at most {access_days} days, and never longer than 30 days. It ends before the "
            "Developer first gives the model to any trusted partner. Access is given in stages: black box for the first "
            "half, deeper access only after the Developer has said so for each Agency. The Developer may close a window "
            "early; access ends at that moment.",
            "The Developer has not given this depth of access before.",
            "Both sides learn how the access works before it gets deeper.",
        ),
    ),
    "confidentiality": (
        (
            "segregated",
            "What the Developer marks as confidential stays confidential. An Agency shows it only to its own staff who "
            "need it for the test and have attested to these terms, and keeps it on systems that hold no information of "
            "another developer. This duty lasts {confidentiality_years} years from the day the information was given. If "
            "someone asks for it under a law on access to information, the Agency tells the Developer before it answers, "
            "and claims the exemptions that the law provides.",
            "The Agency tests models of several developers at the same time.",
            "Separate systems, so that nothing of one developer can reach another.",
        ),
    ),
    "insider_risk": (
        (
            "two_people",
            "Each Agency keeps a list of the people with access, checks them as its own rules for sensitive information "
            "require, and records each use of a credential. No more than {max_testers} people of an Agency have access "
            "in one window, and a credential is opened only in the presence of two of them. A person who leaves the task "
            "loses access on the same day.",
            "White-box access, or a model that the Developer calls especially sensitive.",
            "Nobody alone with a credential.",
        ),
    ),
    "publication": (
        (
            "joint_only",
            "Results of a test are published only together: the Agency and the Developer agree on the text. Each answers "
            "a draft within {publication_review_days} days. Neither side says or implies that an Agency has endorsed a "
            "model.",
            "The parties plan a joint report.",
            "A joint text needs no later dispute about what was confidential.",
        ),
        (
            "summary",
            "An Agency may publish a summary of method and results without details that help an attacker. The Developer "
            "has {publication_review_days} days to review the text and may ask that confidential information be left "
            "out. Neither side says or implies that an Agency has endorsed a model.",
            "The public interest asks for a summary, and details would be dangerous.",
            "Openness about method; silence about the way in.",
        ),
    ),
    "return_or_destroy": (
        (
            "destroy_only",
            "An Agency keeps evaluation data for at most {retention_days} days after a window closes. Within "
            "{destruction_days} days after that, or after the Developer withdraws, it destroys what it holds, has this "
            "witnessed by a second person, and sends the Developer a certificate of destruction. It may keep what a law "
            "requires it to keep, and names that law.",
            "Returning would copy weights or credentials once more.",
            "One copy less; a witness.",
        ),
    ),
    "incident_notice": (
        (
            "named_contact",
            "A party that learns of a security incident touching the other's information or credentials telephones the "
            "other's security lead within {incident_notice_hours} hours and confirms it in writing, stops the access "
            "concerned, and says what it knows and what it does about it. The Developer may stop all testing until the "
            "incident is closed.",
            "White-box access, or parties without a common incident process.",
            "A call reaches a person sooner than a notice.",
        ),
    ),
    "term": (
        (
            "one_test",
            "This agreement takes effect {effective_phrase}, and lasts until the first request under it is completed, at "
            "most {term_months} months. It may be amended only in writing, signed by all parties.",
            "The parties want to try it with one model first.",
            "Ends by itself after one test.",
        ),
    ),
}
