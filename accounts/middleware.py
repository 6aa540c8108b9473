"""Without an enrolled passkey an agency person reaches only the pages for enrolling one (R16)."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.seats import seats_of

ENROLMENT = ("/accounts/", "/static/", "/healthz", "/section-3c/", "/demo/")
ENROL_AT = "/accounts/2fa/webauthn/add/"
DEMO_FLAG = "demo_factor"


class SecondFactorRequired:
    """allauth offers second factors but enforces none; this does, for agency people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not request.path_info.startswith(ENROLMENT) and self._lacks(request):
            if request.path_info.startswith("/api/"):
                return HttpResponse("Enrol a passkey in the browser first.", status=403)
            return redirect(ENROL_AT)
        return self.get_response(request)

    def _lacks(self, request: HttpRequest) -> bool:
        if settings.DEMO and request.session.get(DEMO_FLAG):
            return False
        if not (seats_of(request.user).is_agency or request.user.is_staff):  # type: ignore[union-attr]  # signed in
            return False
        return not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).exists()
