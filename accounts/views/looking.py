"""What stands in everybody's header: the search, and which organisation to look at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from accounts import narrowing, search
from accounts.limits import limited
from accounts.views.base import me
from core.access import signed_in


@signed_in
@limited("search", 60)
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """What I can see and a text matches. A full reference leads straight to its page."""
    text = search.cleaned(request.GET.get("q", ""))
    groups = search.find(me(request), text)
    hits = [hit for group in groups for hit in group.hits]
    if search.REFERENCE.fullmatch(text.upper()) and len(hits) == 1:
        return redirect(hits[0].url)
    context = {"searched": text, "groups": groups, "short": len(text) < search.SHORTEST, "among": search.AMONG}
    return render(request, "accounts/search.html", context)


@signed_in
@require_POST
def look_at(request: HttpRequest) -> HttpResponse:
    """Narrow lists and inbox to one of my organisations, or to none; then back to where I was."""
    narrowing.choose(request, request.POST.get("organisation", ""))
    back = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if known and back.startswith("/") else "/inbox/")
