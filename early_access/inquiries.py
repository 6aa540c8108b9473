"""Reads of designation inquiries: who replies, what stands in the way of sending one, the panel, the inbox, the search.

Nothing here asks what the answer is but `page`, for the inquiry's own page: lists, inbox, mail and search are the same for
every answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.search import Hit, rows
from accounts.seats import Seats, seats_of
from core.decisions import Problem
from developers.models import FrontierModel, ModelCheckpoint
from early_access import policies
from early_access.models import Designation, DesignationInquiry, EarlyAccessRequest
from early_access.workflow import DESIGNATION_INQUIRY, INQUIRY_OPEN, INQUIRY_SENT
from notifications.inbox import CLOSED, WAITING, YOURS, InboxItem

NSA = "defense-nsa"
MOST = 50
LATELY = timedelta(days=30)
REPLIED = ("determined", "closed_undetermined")
LISTED = ("reference", "status", "codename", "checkpoint_label", "developer", "submitted_at")
WHOSE = {
    "draft": ("You send it, or you do not", "NSA reads nothing of it before it is sent. Asking is voluntary."),
    "submitted": ("NSA acknowledges it", "It was sent, and no designation authority has taken it in yet."),
    "acknowledged": ("NSA takes it under its benchmark, or closes it", "NSA has it. No date is owed."),
    "under_benchmark": ("NSA replies", "What is measured, and how, stays with NSA. No date is owed."),
    "determined": ("Nobody’s move: NSA has replied", "The answer stands below. Nothing has to follow from it here."),
    "closed_undetermined": ("Nobody’s move: NSA has closed it", "No determination was made. You can ask again."),
    "withdrawn": ("Nobody’s move: the developer withdrew it", "Nothing follows from it. It can be asked anew."),
}
MEANS = {
    Designation.Outcome.DESIGNATED: "NSA has determined that this checkpoint is a covered frontier model.",
    Designation.Outcome.NOT_DESIGNATED: "NSA has not determined that this checkpoint is a covered frontier model.",
    Designation.Outcome.CLASSIFIED: "What NSA says about this checkpoint stands in a classified message, and nowhere here.",
}


def nsa() -> Organisation:
    """The agency that determines (section 3(a))."""
    found: Organisation = Organisation.objects.get(kind=Organisation.Kind.AGENCY, slug=NSA)
    return found


def checkpoints(developer: Organisation, user: User) -> list[tuple[str, str]]:
    """What can be asked about: the developer's checkpoints, newest first."""
    found = ModelCheckpoint.objects.visible_to(user).filter(developer=developer).select_related("model")
    return [(str(row.pk), f"{row.model.codename}: {row.label}") for row in found.order_by("-created_at", "-id")[:300]]


def model_of(inquiry: DesignationInquiry) -> FrontierModel | None:
    """The developer's own row, for its own people; NSA reads the copies and gets none."""
    found: FrontierModel | None = FrontierModel.objects.filter(pk=inquiry.model_id).first()
    return found


def replied_last(inquiry: DesignationInquiry) -> DesignationInquiry | None:
    """The last inquiry about the same model that NSA replied to."""
    found: DesignationInquiry | None = (
        DesignationInquiry.objects.filter(model=inquiry.model_id, status__in=REPLIED)
        .exclude(pk=inquiry.pk)
        .order_by("-submitted_at", "-id")
        .first()
    )
    return found


def sending_problems(inquiry: DesignationInquiry) -> list[Problem]:
    """What stands in the way of sending: one question about a model at a time, and about a checkpoint one answer."""
    others = DesignationInquiry.objects.filter(model=inquiry.model_id).exclude(pk=inquiry.pk)
    if waiting := others.filter(status__in=INQUIRY_SENT).first():
        words = f"{waiting.reference} about the same model waits for NSA. Withdraw it first, or wait for the reply."
        return [Problem("checkpoint", words)]
    if answered := others.filter(checkpoint=inquiry.checkpoint_id, status="determined").first():
        words = f"NSA has answered about this checkpoint in {answered.reference}. Ask about another checkpoint."
        return [Problem("checkpoint", words)]
    return []


BUTTONS = (
    ("submit", "submit_inquiry", "move_inquiry"), ("acknowledge", "acknowledge_inquiry", "move_inquiry"),
    ("begin_benchmark", "begin_benchmark", "move_inquiry"), ("determine", "determine", "answer_inquiry"),
    ("close_undetermined", "close_undetermined", "close_inquiry"),
)  # fmt: skip


def next_action(inquiry: DesignationInquiry, user: User) -> dict[str, Any]:
    """Whose move it is, why, and the buttons of this person."""
    heading, why = WHOSE[inquiry.status]
    found: list[dict[str, Any]] = []
    for verb, policy, page in BUTTONS:
        if not DESIGNATION_INQUIRY.may(inquiry.status, verb):
            continue
        decision = getattr(policies, f"may_{policy}")(user, inquiry)
        if not decision and found:
            continue
        move, post = DESIGNATION_INQUIRY.move(verb), page == "move_inquiry"
        url = reverse(f"early_access:{page}", args=[inquiry.reference, verb] if post else [inquiry.reference])
        primary = bool(decision) and not move.danger and not any(a["primary"] for a in found)
        found.append(
            {"label": move.label, "url": url, "post": post, "decision": decision, "primary": primary, "danger": move.danger}
        )  # fmt: skip
    return {"heading": heading, "why": why, "due_at": None, "actions": found}


def page(inquiry: DesignationInquiry, user: User) -> dict[str, Any]:
    """What stands below the panel."""
    answer = Designation.objects.filter(inquiry=inquiry).first()
    return {
        "model": model_of(inquiry), "answer": answer, "means": MEANS[Designation.Outcome(answer.outcome)] if answer else "",
        "later": list(DesignationInquiry.objects.visible_to(user).filter(previous=inquiry).order_by("submitted_at")[:MOST]),
        "mine": seats_of(user).holds(inquiry.developer_id),
        "may_change": policies.may_change_inquiry(user, inquiry),
        "may_withdraw": policies.may_withdraw_inquiry(user, inquiry),
        "may_ask": policies.may_ask(user, inquiry.developer),
    }  # fmt: skip


def of_model(request: EarlyAccessRequest, user: User) -> list[DesignationInquiry]:
    """For the page of a request: what the developer has asked NSA about the same model. Agencies read none of it there."""
    if request.model_id is None or not seats_of(user).holds(request.developer_id):
        return []
    found = DesignationInquiry.objects.visible_to(user).filter(model=request.model_id)
    return list(found.order_by("-created_at", "-id")[:MOST])


def inbox(user: User, seats: Seats) -> Iterable[InboxItem]:
    """The person's open inquiries, and those that ended lately."""
    if not seats.is_developer and not seats.with_role("designator"):
        return
    since = timezone.now() - LATELY
    columns = (*LISTED, "moved_at")
    for states in (INQUIRY_OPEN, (*REPLIED, "withdrawn")):
        for row in DesignationInquiry.objects.newest_for(user, columns=columns, size=MOST, only={"status": states}):
            ended = row["status"] not in INQUIRY_OPEN
            if ended and row["moved_at"] < since:
                continue
            heading, why = WHOSE[row["status"]]
            yield InboxItem(
                CLOSED if ended else YOURS if _is_mine(row, seats) else WAITING, f"{row['reference']}: {heading}",
                reverse("early_access:inquiry", args=[row["reference"]]), why, "Designation inquiry", None,
                row["moved_at"] if ended else None,
            )  # fmt: skip


def _is_mine(row: dict[str, Any], seats: Seats) -> bool:
    if seats.holds(row["developer"]):
        return row["status"] == "draft" and seats.holds(row["developer"], *policies.inquiries.ASKING)
    return row["status"] in INQUIRY_SENT


def search(user: User, text: str) -> Iterable[Hit]:
    """Inquiries by reference or by the codename of their model, for `accounts.search`."""
    for row in rows(DesignationInquiry, user, text, fields=("codename",), columns=("status",)):
        url = reverse("early_access:inquiry", args=[row["reference"]])
        yield Hit(row["reference"], row["reference"], url, DESIGNATION_INQUIRY.label(row["status"]))
