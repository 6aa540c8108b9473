"""Reads of trusted partners: whose move it is, the panel of a request, the inbox, the search, and how many were not agreed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.search import Hit, rows
from accounts.seats import Seats, seats_of
from agreements.models import TestingAgreement
from agreements.standing import in_force_of
from audit.exports import guarded_cell
from core.templatetags.concord import when
from early_access import policies
from early_access.models import EarlyAccessRequest, TrustedPartner, TrustedPartnerNomination
from early_access.rules import dates
from early_access.workflow import PARTNER_OPEN, PARTNER_TERMS, TRUSTED_PARTNER
from notifications.inbox import CLOSED, WAITING, YOURS, InboxItem

MOST = 50
LATELY = timedelta(days=30)
LISTED = ("reference", "status", "developer", "agency", "partner", "access_from", "request")
WHOSE = {
    "nominated": ("The other side takes up the vetting", "It can also say that it does not agree, with a reason."),
    "vetting": ("Both sides vet and consent", "Nothing is given before two consents, one of each side, are recorded."),
    "agreed": (
        "The terms are signed and recorded",
        "The partner signs under an agreement in force between both sides.",
    ),
    "terms_signed": (
        "The developer gives access",
        "Both sides consented and the terms are signed. It stays voluntary.",
    ),
    "access_active": (
        "Nobody’s move: access is active",
        "Either side can suspend it or take its consent back at any time.",
    ),
    "suspended": ("Whoever suspended it lets it go on", "Either side can also take its consent back."),
    "not_agreed": ("Nobody’s move: not agreed", "The reason stands below. The partner can be nominated again."),
    "revoked": ("Nobody’s move: a consent was taken back", "Access ended with it. The partner can be nominated again."),
    "ended": ("Nobody’s move: it has ended", "It stays readable for both sides."),
}
BUTTONS = (
    ("begin_vetting", "begin_vetting", "move_partner"), ("consent", "consent_to_partner", "consent_to_partner"),
    ("decline", "decline_partner", "decline_partner"), ("record_terms", "record_terms", "partner_terms"),
    ("activate", "activate_partner", "move_partner"), ("resume", "resume_partner", "move_partner"),
    ("suspend", "suspend_partner", "suspend_partner"),
)  # fmt: skip


def next_action(row: TrustedPartnerNomination, user: User) -> dict[str, Any]:
    """Whose move it is, why, by when, and the buttons of this person."""
    heading, why = WHOSE[row.status]
    found: list[dict[str, Any]] = []
    for verb, policy, page in BUTTONS:
        if not TRUSTED_PARTNER.may(row.status, verb):
            continue
        decision = getattr(policies, f"may_{policy}")(user, row)
        if not decision and found:
            continue
        move, post = TRUSTED_PARTNER.move(verb), page == "move_partner"
        url = reverse(f"early_access:{page}", args=[row.reference, verb] if post else [row.reference])
        primary = bool(decision) and not move.danger and not any(a["primary"] for a in found)
        found.append(
            {"label": move.label, "url": url, "post": post, "decision": decision, "primary": primary, "danger": move.danger}
        )  # fmt: skip
    return {"heading": heading, "why": why, "due_at": due_at(row.status, row.access_from), "actions": found}


def due_at(status: str, access_from: Any) -> datetime | None:
    """The day from which access was agreed, while it is still ahead of somebody."""
    return (
        dates.opens_at(access_from) if status in PARTNER_OPEN and status not in ("access_active", "suspended") else None
    )


def page(row: TrustedPartnerNomination, user: User) -> dict[str, Any]:
    """What stands below the panel."""
    labels = TrustedPartnerNomination.Check
    visible = EarlyAccessRequest.objects.visible_to(user).filter(pk=row.request_id).first()
    return {
        "checks": [(label, str(labels(value).label) if value else "Open") for _, label, value in row.checks],
        "request_row": visible, "agreement": agreement_of(row), "mine": seats_of(user).holds(row.developer_id),
        "consents": [
            (row.developer, row.developer_consented_at, row.developer_consented_by),
            (row.agency, row.agency_consented_at, row.agency_consented_by),
        ],
        "may_vet": policies.may_vet(user, row), "may_take_back": policies.may_take_consent_back(user, row),
        "may_revoke": policies.may_revoke_partner(user, row), "may_end": policies.may_end_partner(user, row),
    }  # fmt: skip


def agreement_of(row: TrustedPartnerNomination) -> TestingAgreement | None:
    """The agreement that the terms hang on, if this reader sees it: a component need not read its parent's."""
    found: TestingAgreement | None = TestingAgreement.objects.filter(pk=row.agreement_id).first()
    return found if row.agreement_id else None


def agreements_for(row: TrustedPartnerNomination, user: User) -> list[tuple[str, str]]:
    """Agreements under which the terms can be recorded: (reference, what people read)."""
    found = in_force_of(row.developer_id, row.agency, user)
    return [(a.reference, f"{a.reference} {a.title} ({a.get_instrument_display()})") for a in found]


def nominations(request: EarlyAccessRequest, user: User) -> list[TrustedPartnerNomination]:
    """Nominations under a request that this person's side reads, newest first."""
    found = (
        TrustedPartnerNomination.objects.visible_to(user).filter(request=request).select_related("partner", "agency")
    )
    return list(found.order_by("-created_at", "-id")[:MOST])


def panel(request: EarlyAccessRequest, user: User) -> dict[str, Any]:
    """For the page of a request: its nominations as this person's side reads them."""
    return {
        "nominations": nominations(request, user), "partner_workflow": TRUSTED_PARTNER,
        "may_nominate": policies.may_nominate(user, request),
    }  # fmt: skip


def named(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a list with the partner's name and the request's reference, in two queries."""
    listed = list(found)
    names = dict(TrustedPartner.objects.filter(pk__in={r["partner"] for r in listed}).values_list("pk", "name"))
    requests = EarlyAccessRequest.objects.filter(pk__in={r["request"] for r in listed})
    of = dict(requests.values_list("pk", "reference"))
    return [{**r, "partner_name": names.get(r["partner"], ""), "of": of.get(r["request"], "")} for r in listed]


def inbox(user: User, seats: Seats) -> Iterable[InboxItem]:
    """The person's open nominations, and those that ended lately."""
    if not seats.all or seats.is_auditor:
        return
    since = timezone.now() - LATELY
    columns = (*LISTED, "moved_at", "nominator", "developer_consented_at", "agency_consented_at", "suspended_for")
    ended = tuple(name for name in TRUSTED_PARTNER.by_name if name not in PARTNER_OPEN)
    for states in (PARTNER_OPEN, ended):
        for row in TrustedPartnerNomination.objects.newest_for(
            user, columns=columns, size=MOST, only={"status": states}
        ):
            over = row["status"] in ended
            if over and row["moved_at"] < since:
                continue
            heading, why = WHOSE[row["status"]]
            group = CLOSED if over else YOURS if _is_mine(row, seats) else WAITING
            yield InboxItem(
                group, f"{row['reference']}: {heading}", reverse("early_access:partner", args=[row["reference"]]), why,
                "Trusted partner", None if over else due_at(row["status"], row["access_from"]),
                row["moved_at"] if over else None,
            )  # fmt: skip


def _is_mine(row: dict[str, Any], seats: Seats) -> bool:
    """Whether the next move is this person's, on whichever side they sit."""
    ours = seats.holds(row["developer"], *policies.partners.DEVELOPERS)
    theirs = seats.holds(row["agency"], *policies.partners.AGENCIES)
    if not ours and not theirs:
        return False
    own, mine = (row["developer"], "developer_consented_at") if ours else (row["agency"], "agency_consented_at")
    waits = {
        "nominated": row["nominator"] != own, "vetting": row[mine] is None, "agreed": True, "terms_signed": ours,
        "suspended": row["suspended_for"] == own,
    }  # fmt: skip
    return waits.get(row["status"], False)


def search(user: User, text: str) -> Iterable[Hit]:
    """Nominations by reference, for `accounts.search`."""
    for row in rows(TrustedPartnerNomination, user, text, fields=(), columns=("status",)):
        url = reverse("early_access:partner", args=[row["reference"]])
        yield Hit(row["reference"], row["reference"], url, TRUSTED_PARTNER.label(row["status"]))


def denials(user: User) -> list[dict[str, Any]]:
    """Per agency: how many nominations this person's organisations read, how many have access, and why how many were not
    agreed. No developer and no partner is named."""
    return counted(TrustedPartnerNomination.objects.visible_to(user))


def counted(found: QuerySet[TrustedPartnerNomination]) -> list[dict[str, Any]]:
    """The same for any nominations, in two queries."""
    totals: dict[Any, Counter[str]] = {}
    for row in found.order_by().values("agency", "status", "denial").annotate(n=Count("id")):
        mine = totals.setdefault(row["agency"], Counter())
        mine["all"] += row["n"]
        mine["agreed"] += row["n"] * (row["status"] in ("agreed", *PARTNER_TERMS, "revoked"))
        mine["not_agreed"] += row["n"] * (row["status"] == "not_agreed")
        mine[f"denial_{row['denial']}"] += row["n"]
    names = dict(Organisation.objects.filter(pk__in=totals).values_list("pk", "name"))
    return sorted(
        (
            {
                "agency": names.get(key, ""), "nominated": mine["all"], "agreed": mine["agreed"],
                "not_agreed": mine["not_agreed"],
                "reasons": [(d.value, str(d.label), mine[f"denial_{d}"]) for d in TrustedPartnerNomination.Denial],
            }
            for key, mine in totals.items()
        ),
        key=lambda row: row["agency"],
    )  # fmt: skip


def as_csv(table: Iterable[dict[str, Any]]) -> str:
    """The counts as a spreadsheet reads them; a cell is never a formula."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    reasons = [str(d.label) for d in TrustedPartnerNomination.Denial]
    lines.writerow(["Agency", "Nominated", "Agreed", "Not agreed", *reasons])
    for row in table:
        counts = [row["nominated"], row["agreed"], row["not_agreed"], *(n for _, _, n in row["reasons"])]
        lines.writerow([guarded_cell(row["agency"]), *counts])
    return out.getvalue()


def access_words(row: TrustedPartnerNomination) -> str:
    """How the partner's day stands to the agencies' window, in words."""
    planned = row.request.trusted_partner_on
    words = f"Access was agreed from {when(row.access_from)} on."
    if planned:
        words += (
            f" The release to trusted partners is planned for {when(planned)}, and the agencies’ window ends by then."
        )
    return words
