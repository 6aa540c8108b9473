"""Ways out, each with a page of its own that says what will happen and what will not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.models import User
from agreements import actions, policies
from agreements.forms import ReasonForm
from agreements.models import TestingAgreement
from agreements.views.base import back, found, person
from core.access import guarded
from core.decisions import Decision


@dataclass(frozen=True)
class WayOut:
    """The words of one page, and the policy and action behind it."""

    heading: str
    will: str
    will_not: str
    button: str
    done: str
    may: Callable[[User, TestingAgreement], Decision]
    act: Callable[..., Any]
    needs_reason: bool = True


WITHDRAW = WayOut(
    "Withdraw this agreement",
    "The agreement ends now, for all parties. A file that some have signed is given up and kept for the record only.",
    "Nobody has to agree, and no disadvantage follows: taking part is voluntary. A new agreement can be started any time.",
    "Withdraw now", "Withdrawn. The other parties are told.", policies.may_withdraw, actions.withdraw,
    needs_reason=False,
)  # fmt: skip
SUSPEND = WayOut(
    "Suspend this agreement",
    "Nothing new can be asked for under it, and access under it rests, until your organisation resumes it.",
    "Duties of confidentiality, return and destruction go on.",
    "Suspend now", "Suspended. The other parties are told.", policies.may_suspend, actions.suspend,
)  # fmt: skip
TERMINATE = WayOut(
    "Give notice of termination",
    "The agreement ends when its notice period is over. If the developer gives notice, all access ends at once.",
    "Duties that survive the end (confidentiality, use limits, return or destruction) go on.",
    "Give notice now", "Notice is given. The other parties are told.", policies.may_terminate, actions.terminate,
)  # fmt: skip


LEAVE = WayOut(
    "Leave this agreement",
    "Your agency’s part ends when the notice period is over, and its access to models with it. What was begun goes on until "
    "then; amendments that not all have signed by then lapse.",
    "The other agencies and the developer go on. Duties that survive the end (confidentiality, return or destruction) bind "
    "your agency further, and it goes on reading the agreement.",
    "Give notice that we leave", "Notice is given. The other parties are told.", policies.may_leave, actions.give_leave_notice,
)  # fmt: skip


def _page(request: HttpRequest, reference: str, way: WayOut) -> HttpResponse:
    agreement, user = found(request, reference), person(request)
    way.may(user, agreement).require()
    form = ReasonForm(request.POST or None, needed=way.needs_reason)
    if request.method == "POST" and form.is_valid():
        way.act(agreement=agreement, by=user, **form.cleaned_data)
        messages.success(request, way.done)
        return back(agreement)
    return render(request, "agreements/ending.html", {"agreement": agreement, "form": form, "way": way})


@guarded("agreements.may_withdraw")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """One step, any party, before the last signature."""
    return _page(request, reference, WITHDRAW)


@guarded("agreements.may_suspend")
def suspend(request: HttpRequest, reference: str) -> HttpResponse:
    """Suspend an agreement in force."""
    return _page(request, reference, SUSPEND)


@guarded("agreements.may_terminate")
def terminate(request: HttpRequest, reference: str) -> HttpResponse:
    """Give notice."""
    return _page(request, reference, TERMINATE)


@guarded("agreements.may_leave")
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """One agency of several gives notice."""
    return _page(request, reference, LEAVE)


@guarded("agreements.may_stay")
@require_POST
def stay(request: HttpRequest, reference: str) -> HttpResponse:
    """The agency that gave notice stays."""
    agreement = found(request, reference)
    actions.take_back_leave_notice(agreement=agreement, by=person(request))
    messages.success(request, "The notice is taken back: your agency stays. The other parties are told.")
    return back(agreement)


@guarded("agreements.may_take_back_notice")
@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Notice of termination is taken back."""
    agreement = found(request, reference)
    actions.take_back_notice(agreement=agreement, by=person(request))
    messages.success(request, "The notice is taken back: the agreement goes on. The other parties are told.")
    return back(agreement)


@guarded("agreements.may_resume")
@require_POST
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """End a suspension."""
    agreement = found(request, reference)
    actions.resume(agreement=agreement, by=person(request))
    messages.success(request, "Resumed. The other parties are told.")
    return back(agreement)
