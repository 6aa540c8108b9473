"""Posts of my organisation, to which delegations can be given, and who holds them: look up, create, record, concur, end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import paging, stepup
from accounts.limits import limited
from accounts.policies import may_administer
from agreements import actions, delegations, policies
from agreements.documents import download
from agreements.forms import ReasonForm
from agreements.forms_posts import EndIncumbencyForm, IncumbencyForm, PostForm
from agreements.models import Incumbency, Post
from agreements.views.base import home, person
from audit.actions import visit
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404

MOST_SHOWN = 100


def _post(request: HttpRequest, pk: UUID) -> Post:
    row: Post = visible_or_404(Post, request.user, "organisation", "recorded_by", "ended_by", pk=pk)
    return row


def _held(request: HttpRequest, pk: UUID) -> Incumbency:
    related = ("organisation", "post", "person", "recorded_by", "concurred_by", "ended_by")
    row: Incumbency = visible_or_404(Incumbency, request.user, *related, pk=pk)
    return row


@guarded("agreements.visible")
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """The posts of my organisation, newest first, each with who holds it now."""
    organisation, user = home(request), person(request)
    only, columns = {"organisation": organisation.pk}, ("title", "ended_at")
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    try:
        page = paging.newest(Post, user, columns=columns, only=only, cursor=after, before=before)
    except Invalid:  # a cursor that was not made here is the first page
        page = paging.newest(Post, user, columns=columns, only=only)
    seated = delegations.incumbents([row["id"] for row in page.rows if row["ended_at"] is None], timezone.now())
    context = {
        "organisation": organisation, "rows": [{**row, "seated": seated.get(row["id"], [])} for row in page.rows],
        "older": page.next, "newer": page.newer, "decision": may_administer(user, organisation),
    }  # fmt: skip
    return render(request, "agreements/posts.html", context)


@guarded("accounts.may_administer")
def create_post(request: HttpRequest) -> HttpResponse:
    """Create a post."""
    organisation, user = home(request), person(request)
    may_administer(user, organisation).require()
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.create_post(organisation=organisation, by=user, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Created. Record who holds it, and which delegations are given to it.")
            return redirect(row.get_absolute_url())
    return render(request, "agreements/post_new.html", {"organisation": organisation, "form": form})


@guarded("agreements.may_read_post")
@require_GET
def post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One post: who has held it, and what can be signed in it."""
    return _post_page(request, _post(request, pk), ReasonForm())


def _post_page(request: HttpRequest, row: Post, form: ReasonForm, status: int = 200) -> HttpResponse:
    user, now = person(request), timezone.now()
    policies.may_read_post(user, row).require()
    held = row.incumbencies.select_related("person").order_by("-begins_at", "-created_at")
    shown = list(held[: MOST_SHOWN + 1])
    given = list(row.authorities.order_by("-created_at")[: MOST_SHOWN + 1])
    context = {
        "row": row, "held": shown[:MOST_SHOWN], "more_held": len(shown) > MOST_SHOWN, "now": now, "form": form,
        "authorities": given[:MOST_SHOWN], "more_authorities": len(given) > MOST_SHOWN,
        "keeps": may_administer(user, row.organisation), "timeline": visit(row, user),
    }  # fmt: skip
    return render(request, "agreements/post.html", context, status=status)


@guarded("accounts.may_administer")
@require_POST
def end_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Abolish a post, with the reason."""
    row, form = _post(request, pk), ReasonForm(request.POST)
    may_administer(person(request), row.organisation).require()
    if form.is_valid():
        try:
            actions.end_post(post=row, by=person(request), reason=form.cleaned_data["reason"])
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Abolished. Nobody signs in this post from now on.")
            return redirect(row.get_absolute_url())
    return _post_page(request, row, form, status=400)


@guarded("accounts.may_administer")
@limited("uploads", 120, 600, sending=True)
@stepup.required()
def record_incumbency(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record who holds a post. Who one is is asked before the form, since a file that was chosen cannot be kept."""
    row, user = _post(request, pk), person(request)
    may_administer(user, row.organisation).require()
    form = IncumbencyForm(
        request.POST or stepup.kept(request), request.FILES or None, organisation=row.organisation, without=user
    )
    if request.method == "POST" and form.is_valid():
        try:
            held = actions.record_incumbency(post=row, by=user, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Recorded. They can sign in this post once your counsel has concurred.")
            return redirect(held.get_absolute_url())
    return render(request, "agreements/incumbency_new.html", {"row": row, "form": form})


@guarded("agreements.may_read_post")
@require_GET
def incumbency(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who holds a post, from when until when, on which paper, whose move it is."""
    return _held_page(request, _held(request, pk), EndIncumbencyForm())


def _held_page(request: HttpRequest, row: Incumbency, form: EndIncumbencyForm, status: int = 200) -> HttpResponse:
    user, now = person(request), timezone.now()
    policies.may_read_post(user, row).require()
    is_over = row.ends_at is not None and row.ends_at <= now
    context = {
        "row": row, "now": now, "form": form, "may_concur": policies.may_concur_with_incumbency(user, row),
        "may_end": not is_over and may_administer(user, row.organisation), "timeline": visit(row, user),
    }  # fmt: skip
    return render(request, "agreements/incumbency.html", context, status=status)


@guarded("agreements.may_concur_with_incumbency")
@stepup.required(to_read=False)
def concur_incumbency(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Counsel concurs with an appointment. Whoever comes back from confirming who they are finds its page."""
    row = _held(request, pk)
    if request.method == "POST":
        row = actions.concur_incumbency(incumbency=row, by=person(request))
        messages.success(request, f"You concurred. {row.person.name} can sign in this post within that time.")
    return redirect(row.get_absolute_url())


@guarded("accounts.may_administer")
@require_POST
def end_incumbency(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring the end of somebody's time in a post forward, with the reason."""
    row, form = _held(request, pk), EndIncumbencyForm(request.POST)
    may_administer(person(request), row.organisation).require()
    if form.is_valid():
        try:
            row = actions.end_incumbency(incumbency=row, by=person(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Recorded. From that instant they do not sign in this post any more.")
            return redirect(row.get_absolute_url())
    return _held_page(request, row, form, status=400)


@guarded("agreements.may_read_post")
@require_GET
def incumbency_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The appointing paper itself."""
    row = _held(request, pk)
    return download(
        actions.download_incumbency(incumbency=row, by=person(request)), f"appointment-{row.document_sha256[:12]}"
    )
