"""The standard wording of the framework memorandum, clause by clause, in plain language. Data only.

Each entry: (key, heading, text with {parameters}, rationale). Several of these clauses stand in the other templates too.
"""

from __future__ import annotations

CLAUSES: tuple[tuple[str, str, str, str], ...] = (
    (
        "parties",
        "Parties",
        "This agreement is made between {developer} (the Developer) and the following agencies of the United States: "
        "{agencies} (each an Agency). Each Agency acts for itself. It covers these models of the Developer: "
        "{model_families}.",
        "Names who is bound and which models the agreement is about.",
    ),
    (
        "purpose",
        "Purpose",
        "The Developer may give the Agencies early access to a frontier model before anyone else gets it, so that they "
        "can test it for risks to cybersecurity and national security and tell the Developer what they find. "
        "The agreement itself obliges nobody to submit a model: each early access is asked for separately.",
        "A framework: single tests are agreed request by request.",
    ),
    (
        "voluntary",
        "Voluntary nature",
        "Taking part is voluntary. As section 3(c) of Executive Order 14409 says, nothing in this agreement creates "
        "mandatory licensing, preclearance or permitting. No Agency decides whether or when the Developer releases a "
        "model. No release depends on a test, on its result or on its end. The Developer may withdraw a model or itself "
        "at any time, without giving a reason and without any disadvantage.",
        "Section 3(c) stands in the text of every instrument and may not be changed.",
    ),
    (
        "early_access",
        "Early access window",
        "A window of early access lasts at most {access_days} days, and never longer than 30 days. It ends before the "
        "Developer first gives the model to any trusted partner. The Developer may close a window early; access ends at "
        "that moment. An Agency that was given no working access may ask for lost days back, within the same limit.",
        "Section 3(b): at most thirty days, before trusted partners.",
    ),
    (
        "access_levels",
        "Access levels",
        "The deepest access that may be asked for under this agreement is level AL{access_level_ceiling}, where AL1 is "
        "black box, AL2 is grey box and AL3 is white box. Each request names its own level. Tests under this agreement are about these "
        "domains only: {allowed_domains}. Access is given for each "
        "Agency separately, and the Developer may refuse it to any of them.",
        "Three levels, so that both sides mean the same by “access”.",
    ),
    (
        "confidentiality",
        "Confidentiality",
        "What the Developer marks as confidential stays confidential. An Agency shows it only to its own staff who need "
        "it for the test and have attested to these terms. This duty lasts {confidentiality_years} years from the day "
        "the information was given. If someone asks for it under a law on access to information, the Agency tells the "
        "Developer before it answers, and claims the exemptions that the law provides.",
        "Submitter notice before disclosure; a limit in years.",
    ),
    (
        "cybersecurity",
        "Cybersecurity",
        "Each party protects the other's information and credentials with controls at least as strong as those for its "
        "own most sensitive information. Credentials are kept encrypted, are opened only by named people for a test, "
        "and are revoked when the window closes. Evaluation runs on systems that only reach what the agreed rules of "
        "engagement allow.",
        "Section 3(b)(ii)(A).",
    ),
    (
        "insider_risk",
        "Insider risk",
        "Each Agency keeps a list of the people with access, checks them as its own rules for sensitive information "
        "require, and records each use of a credential. No more than {max_testers} people of an Agency have access in "
        "one window. A person who leaves the task loses access on the same day.",
        "Section 3(b)(ii)(B).",
    ),
    (
        "ip_protection",
        "Intellectual property",
        "All rights in the model, its weights, its outputs and its documentation stay with the Developer or whoever "
        "held them before. Nobody copies weights, trains another model on outputs, or attempts to rebuild the model. "
        "Test methods and test sets stay with the Agency that made them.",
        "Section 3(b)(ii)(C).",
    ),
    (
        "use_limits",
        "Use and non-disclosure",
        "An Agency uses access and information only for the tests agreed in a request. It does not use them for "
        "regulation, procurement, enforcement or any benefit to a competitor of the Developer. What one developer gives "
        "is never shown to another.",
        "Section 3(b)(ii)(D).",
    ),
    (
        "findings_sharing",
        "Sharing of findings",
        "An Agency shares each finding with the Developer as soon as it is written down. The Developer has "
        "{fact_check_days} days to check the facts of a report before it is delivered. Findings go to the other Agencies "
        "of this agreement only where the Developer consented in the request. A finding is not a verdict on release.",
        "The developer hears first and can correct facts.",
    ),
    (
        "publication",
        "Publication",
        "Nobody publishes results of a test before the other side has had {publication_review_days} days to review the "
        "text. The Developer may ask that confidential information be left out. Neither side says or implies that an "
        "Agency has endorsed a model.",
        "Publication review; no endorsement.",
    ),
    (
        "return_or_destroy",
        "Return or destruction",
        "An Agency keeps evaluation data for at most {retention_days} days after a window closes. Within "
        "{destruction_days} days after that, or after the Developer withdraws, it returns or destroys what it holds and "
        "confirms this in writing. It may keep what a law requires it to keep, and names that law.",
        "Ends possession, with a written confirmation.",
    ),
    (
        "incident_notice",
        "Incident notice",
        "A party that learns of a security incident touching the other's information or credentials tells the other "
        "within {incident_notice_hours} hours, stops the access concerned, and says what it knows and what it does about "
        "it. The Developer may stop all testing until the incident is closed.",
        "A clock in hours, and the right to stop.",
    ),
    (
        "term",
        "Term",
        "This agreement takes effect {effective_phrase}, and lasts {term_months} months. It may be amended only in "
        "writing, signed by all parties.",
        "A fixed term; renewal is a decision, never automatic.",
    ),
    (
        "termination",
        "Notice and termination",
        "Any party may end this agreement with {termination_notice_days} days' notice in writing. When the Developer "
        "gives notice, all access ends at once. Confidentiality, use and non-disclosure, and return or destruction "
        "survive the end.",
        "Notice never delays the end of access.",
    ),
)
