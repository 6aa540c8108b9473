"""The clauses that only the mutual non-disclosure agreement has. Data only; see framework.py for the form."""

from __future__ import annotations

CLAUSES: tuple[tuple[str, str, str, str], ...] = (
    (
        "nda_parties",
        "Parties and reason",
        "{developer} (the Developer) and {agencies} (each an Agency) want to talk about {nda_subject}. To do so each may "
        "show the others information that is not public. This agreement says how that information is treated. It gives "
        "nobody access to a model, and obliges nobody to go on.",
        "A narrow reason keeps the duty narrow.",
    ),
    (
        "nda_definitions",
        "Defined terms",
        "“Confidential Information” means what one party gives another for these talks and marks as confidential, or "
        "says is confidential and confirms in writing within {confirm_days} days.\n"
        "“Discloser” means the party that gives it.\n"
        "“Recipient” means the party that gets it.",
        "Marked information only: both sides can tell what the duty covers.",
    ),
    (
        "nda_duties",
        "Duties of the Recipient",
        "The Recipient uses Confidential Information only for these talks, shows it only to those of its people who need "
        "it and are bound in the same way, and protects it as it protects its own most sensitive information. This duty "
        "lasts {confidentiality_years} years from the day the information was given.",
        "Use, circle, care, and a limit in years.",
    ),
    (
        "nda_exclusions",
        "What is not covered",
        "The duty does not cover what the Recipient can show was public, was already known to it, came to it lawfully "
        "from somebody else, or was found by its own people without Confidential Information. Nothing here bars a "
        "person from reporting waste, fraud or abuse, or from answering an inspector general, Congress or a court.",
        "The usual four exclusions, and the rights that an agency cannot sign away.",
    ),
    (
        "nda_disclosure",
        "Disclosure that a law demands",
        "A Recipient that a law or a court orders to disclose Confidential Information tells the Discloser first, unless "
        "that is forbidden, claims the exemptions that the law provides, and discloses no more than it must.",
        "Submitter notice before disclosure.",
    ),
    (
        "nda_no_rights",
        "No licence, no endorsement",
        "All rights stay with the Discloser. Nobody says or implies that an Agency has endorsed the Developer or a model. "
        "Any party may go on with its own work, also where it resembles what it was shown.",
        "Talks transfer nothing.",
    ),
    (
        "nda_return",
        "Return or destruction",
        "Within {destruction_days} days of being asked, and at the end of this agreement, the Recipient returns or "
        "destroys Confidential Information and confirms this in writing. It may keep what a law requires it to keep, and "
        "names that law.",
        "Ends possession, with a written confirmation.",
    ),
    (
        "nda_termination",
        "Notice and end",
        "Any party may end this agreement with {termination_notice_days} days' notice in writing. The duties of the "
        "Recipient survive the end for the time that they name.",
        "The duty outlives the talks.",
    ),
)

ORDER = (
    "nda_parties", "nda_definitions", "voluntary", "nda_duties", "nda_exclusions", "nda_disclosure", "incident_notice",
    "nda_no_rights", "nda_return", "term", "nda_termination",
)  # fmt: skip
