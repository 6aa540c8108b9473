"""The clauses that only the CRADA-style research agreement has. Data only; see framework.py for the form.

Counsel confirms the statutory citations before the first agreement is signed on this template.
"""

from __future__ import annotations

CLAUSES: tuple[tuple[str, str, str, str], ...] = (
    (
        "crada_parties",
        "Parties and authority",
        "This is a cooperative research and development agreement between {developer} (the Developer) and {agencies} "
        "(each an Agency), made under 15 U.S.C. 3710a. Each Agency acts for itself. The work covers these models of the "
        "Developer: {model_families}.",
        "Names who is bound, on which statute the agreement rests, and which models it is about.",
    ),
    (
        "crada_definitions",
        "Defined terms",
        "“Protected CRADA Information” means information that comes out of the work under this agreement, is marked as "
        "such, and would be a trade secret or confidential commercial information had a private party produced it.\n"
        "“Proprietary Information” means information that the Developer brings, that is marked as confidential and that "
        "is a trade secret or confidential commercial or financial information.\n"
        "“Subject Invention” means an invention that is made in the course of the work under this agreement.\n"
        "“Research Plan” means appendix A.",
        "One meaning for each word, so that later clauses stay short. A change here reopens the clauses that use the word.",
    ),
    (
        "crada_research_plan",
        "The work",
        "The parties do the work that the Research Plan describes, and no other. Each party pays for its own part. No "
        "Agency gives money to the Developer; the Developer gives {developer_funds} US dollars to the work. A change of "
        "the Research Plan is an amendment, signed by all parties.",
        "A CRADA has a statement of work; 15 U.S.C. 3710a(d)(1) allows no federal funds to the partner.",
    ),
    (
        "crada_confidentiality",
        "Confidential information",
        "Each Agency protects Proprietary Information for as long as it stays confidential, and does not disclose it "
        "outside the people who need it for the work. Protected CRADA Information is withheld from disclosure for "
        "{confidentiality_years} years after it is produced, as 15 U.S.C. 3710a(c)(7)(B) allows. If someone asks for "
        "either under a law on access to information, the Agency tells the Developer before it answers and claims the "
        "exemptions that the law provides.",
        "The statute allows at most five years for what the work produces.",
    ),
    (
        "crada_inventions",
        "Inventions and licences",
        "Each party owns a Subject Invention that its own people make; what people of several parties make together "
        "belongs to them together. The Developer may choose an exclusive licence, on reasonable terms, in an Agency's "
        "Subject Invention in the field of the Research Plan. The Government keeps a non-exclusive, paid-up licence to "
        "practise each Subject Invention, or have it practised, on its own behalf. Each party reports a Subject "
        "Invention within {invention_report_days} days.",
        "15 U.S.C. 3710a(b) lets an agency grant these rights, and reserves the Government's licence.",
    ),
    (
        "crada_liability",
        "Liability and warranty",
        "Results and property are handed over as they are, without warranty. Each party answers for its own people. The "
        "Federal Tort Claims Act governs claims against an Agency. The Developer does not indemnify an Agency for harm "
        "that the Agency causes.",
        "No agency can promise to pay without an appropriation; neither side insures the other.",
    ),
    (
        "crada_disputes",
        "Disputes",
        "The parties try to settle a dispute between the people named in the Research Plan. If they have not within "
        "{dispute_days} days, it goes to the officials who signed. Work goes on where it can; the Developer may stop it "
        "at any time all the same.",
        "Two steps, a clock, and no effect on the right to withdraw.",
    ),
    (
        "crada_clearance",
        "Concurrence before signature",
        "Before this agreement is signed, each Agency says whether it concurs with its text. Where the number of days in "
        "this clause is not zero, an Agency that neither concurs nor refuses within {tacit_concurrence_days} days after it "
        "was asked counts as having concurred, as 15 U.S.C. 3710a(c)(5) allows. Where it is zero, silence is no answer. "
        "Silence never signs, and never speaks for the Developer.",
        "The statute lets an agreement stand when the agency's head is silent; nothing lets a signature.",
    ),
    (
        "appendix_a",
        "Appendix A: Research Plan",
        "Title of the work: {research_title}\n"
        "Questions to answer:\n{research_questions}\n"
        "What the Developer brings:\n{developer_contribution}\n"
        "What each Agency brings:\n{agency_contribution}\n"
        "Steps and dates:\n{milestones}\n"
        "People responsible: {responsible_people}",
        "The statement of work. It can be amended on its own.",
    ),
    (
        "appendix_b",
        "Appendix B: Exceptions",
        "The parties agree on these exceptions from the clauses above; where an exception and a clause differ, the "
        "exception governs. No exception changes the clause on the voluntary nature.\n{exceptions}",
        "Puts every departure that concerns one agreement only in one place that a reader finds.",
    ),
)

# The order of the whole template; keys that are not above stand in framework.py.
ORDER = (
    "crada_parties", "crada_definitions", "purpose", "voluntary", "crada_research_plan", "early_access", "access_levels",
    "crada_confidentiality", "cybersecurity", "insider_risk", "crada_inventions", "use_limits", "findings_sharing",
    "publication", "return_or_destroy", "incident_notice", "crada_liability", "crada_disputes", "crada_clearance", "term", "termination",
    "appendix_a", "appendix_b",
)  # fmt: skip
