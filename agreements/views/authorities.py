"""The organisation's written delegations to sign: look up, record, concur as counsel, revoke."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import listing, paging, stepup
from accounts.limits import limited
from accounts.policies import may_administer
from agreements import actions, delegations, policies, queries
from agreements.documents import download
from agreements.forms import AuthorityForm, ReasonForm
from agreements.models import SignatureAuthority
from agreements.views.base import home, person
from audit.actions import visit
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404

LIST = listing.List(
    SignatureAuthority, (),
    (
        listing.Filter("standing", "State", lambda user: SignatureAuthority.Standing.choices),
        listing.Filter("holder", "Given to", delegations.holders_known_to),
        listing.Filter("post", "To a post", delegations.posts_known_to),
    ),
)  # fmt: skip


def _found(request: HttpRequest, pk: UUID) -> SignatureAuthority:
    related = ("organisation", "holder", "post", "recorded_by", "concurred_by", "revoked_by")
    row: SignatureAuthority = visible_or_404(SignatureAuthority, request.user, *related, pk=pk)
    return row


@guarded("agreements.visible")
@require_GET
def authorities(request: HttpRequest) -> HttpResponse:
    """Delegations of my organisation, newest first: a page of all, of those that wait for counsel, of one holder or post."""
    organisation = home(request)
    page = LIST.read(request, also={"organisation": organisation.pk})
    context = {
        "organisation": organisation, "rows": paging.loaded(SignatureAuthority, page.rows, "holder", "post"),
        "listing": page, "now": timezone.now(), "decision": may_administer(person(request), organisation),
    }  # fmt: skip
    return render(request, "agreements/authorities.html", context)


@guarded("accounts.may_administer")
@limited("uploads", 120, 600, sending=True)
@stepup.required()
def record_authority(request: HttpRequest) -> HttpResponse:
    """Record a delegation. Who one is is asked before the form, since a file that was chosen cannot be kept."""
    organisation, user = home(request), person(request)
    may_administer(user, organisation).require()
    clauses = [(key, clause.heading) for key, clause in queries.newest_clauses().items()]
    form = AuthorityForm(
        request.POST or stepup.kept(request), request.FILES or None, organisation=organisation, clauses=clauses
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.record_authority(organisation=organisation, by=user, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Recorded. It can be signed on once your counsel has concurred with it.")
            return redirect(row.get_absolute_url())
    return render(request, "agreements/authority_new.html", {"organisation": organisation, "form": form})


@guarded("agreements.may_read_authority")
@require_GET
def authority(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One delegation: what it covers, what it hangs on, whose move it is."""
    return _page(request, _found(request, pk), ReasonForm())


def _page(request: HttpRequest, row: SignatureAuthority, form: ReasonForm, status: int = 200) -> HttpResponse:
    user = person(request)
    policies.may_read_authority(user, row).require()
    headings = {key: clause.heading for key, clause in queries.newest_clauses().items()}
    context = {
        "row": row, "chain": delegations.chain_of(row)[1:], "form": form, "now": timezone.now(),
        "redelegations": list(row.redelegations.select_related("holder", "post").order_by("created_at")),
        "people": delegations.people_of(row, timezone.now()),
        "barred": [headings.get(key, key) for key in row.barred_clauses],
        "may_concur": policies.may_concur_with_authority(user, row), "may_revoke": may_administer(user, row.organisation),
        "timeline": visit(row, user),
    }  # fmt: skip
    return render(request, "agreements/authority.html", context, status=status)


@guarded("agreements.may_concur_with_authority")
@stepup.required(to_read=False)
def concur_authority(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Counsel concurs with one delegation. Whoever comes back from confirming who they are finds its page."""
    row = _found(request, pk)
    if request.method != "POST":
        return redirect(row.get_absolute_url())
    row = actions.concur_authority(authority=row, by=person(request))
    messages.success(request, "You concurred. It can be signed on now.")
    return redirect(row.get_absolute_url())


@guarded("accounts.may_administer")
@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Revoke one delegation, with the reason."""
    row, form = _found(request, pk), ReasonForm(request.POST)
    may_administer(person(request), row.organisation).require()
    if form.is_valid():
        try:
            actions.revoke_authority(authority=row, by=person(request), reason=form.cleaned_data["reason"])
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Revoked. Nobody signs on it, or on what hangs on it, from now on.")
            return redirect(row.get_absolute_url())
    return _page(request, row, form, status=400)


@guarded("agreements.may_read_authority")
@require_GET
def authority_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The written delegation itself."""
    row = _found(request, pk)
    return download(
        actions.download_authority(authority=row, by=person(request)), f"delegation-{row.document_sha256[:12]}"
    )
