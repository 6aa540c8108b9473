"""Registry of audit verbs: one sentence each, "who ‹sentence›". Rooms add theirs in apps.ready()."""

from __future__ import annotations

VERBS: dict[str, str] = {}

OF_ACCOUNTS = {
    "accounts.signed_in": "signed in",
    "accounts.stepped_up": "confirmed who they are",
    "accounts.invited": "invited a person",
    "accounts.invitation_revoked": "took an invitation back",
    "accounts.invitation_renewed": "sent an invitation again",
    "accounts.joined": "accepted an invitation",
    "accounts.roles_changed": "changed a person's roles",
    "accounts.membership_ended": "ended a person's membership",
    "accounts.access_granted": "gave a person access",
    "accounts.access_revoked": "took a person’s access back",
    "accounts.token_issued": "issued an API token",
    "accounts.token_revoked": "revoked an API token",
    "accounts.deactivated": "closed a person's account",
    "accounts.reactivated": "reopened a person's account",
    "accounts.granted": "gave a person access",
    "accounts.grant_withdrawn": "took a person's access back",
    "audit.exported": "exported audit events",
}


# What a timeline can be narrowed to, by the words of a verb; everything else is a step of the life cycle.
SUBJECTS = {
    "Comments": ("comment",),
    "Signatures": ("signed", "signature", "declined", "reassigned", "executed", "authority"),
    "Keys and access": ("credential", "access", "opened_key", "token", "downloaded"),
    "Dates": ("window", "schedule", "close_early"),
}
STEPS = "Steps"


def subject(verb: str) -> str:
    """The subject under which a timeline lists the verb."""
    word = verb.partition(".")[2]
    return next((name for name, stems in SUBJECTS.items() if any(stem in word for stem in stems)), STEPS)


def register(verbs: dict[str, str]) -> None:
    """Add verbs; the same verb with another sentence is a programming error."""
    for verb, sentence in verbs.items():
        if VERBS.setdefault(verb, sentence) != sentence:
            raise ValueError(f"audit verb {verb} has two sentences")


def sentence(verb: str) -> str:
    """The sentence of a verb; KeyError for one that nobody registered."""
    return VERBS[verb]
