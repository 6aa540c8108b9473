"""Sessions end after idle time and after a day's work (R19); without a passkey agency people only enrol one (R14, R16)."""

from __future__ import annotations

import time
import zoneinfo
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user, logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.seats import seats_of
from accounts.stepup import RECORDS

Handler = Callable[[HttpRequest], HttpResponse]

ENROLMENT = ("/accounts/", "/static/", "/healthz", "/section-3c/", "/demo/")
CODES = "/accounts/2fa/totp/"
ENROL_AT = "/accounts/2fa/webauthn/add/"
USE_AT = "/accounts/2fa/webauthn/reauthenticate/"
DEMO_FLAG = "demo_factor"
PROMPTED = "factor_prompted"

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600
UNATTENDED = "/here/"
TOUCH_SECONDS = 60  # activity is written once a minute, not once a request


class Authentication(AuthenticationMiddleware):
    """Django's, with the person that came along with the session when every condition is met; else Django decides."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person_of(request) or get_user(request))  # type: ignore[assignment]  # as Django does


def _person_of(request: HttpRequest) -> User | None:
    """The session's person if it names them, by a way in that still exists, under their present password."""
    session = request.session
    key, door, digest = (session.get(name) for name in (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY))
    person: User | None = getattr(session, "person", None)
    if person is None or not person.is_active or str(person.pk) != key or door not in settings.AUTHENTICATION_BACKENDS:
        return None
    return person if constant_time_compare(digest or "", person.get_session_auth_hash()) else None


class SessionLimits:
    """Signs out after thirty idle minutes, and twelve hours after sign-in in any case. What a page asks by itself
    (UNATTENDED) is nobody's doing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, session = time.time(), request.session
            began, seen = session.get("began", now), session.get("seen")
            if now - began > LONGEST_SECONDS or (seen is not None and now - seen > IDLE_SECONDS):
                logout(request)
            elif seen is None or (now - seen > TOUCH_SECONDS and not request.path_info.endswith(UNATTENDED)):
                session["began"], session["seen"] = began, now
        return self.get_response(request)


class OwnTimeZone:
    """Shows times in the zone of the person's profile, with its name beside them. The API and the admin stay in UTC:
    programs compare instants, and auditors compare people."""

    IN_UTC = ("/api/", "/admin/")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or request.path_info.startswith(self.IN_UTC):
            return self.get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(request.user.time_zone)):
            return self.get_response(request)


class SecondFactorRequired:
    """allauth offers second factors but enforces none. This demands a passkey, enrolled and used in this session, of
    agency people, oversight and administrators, and reminds developers once a session to add a factor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or (settings.DEMO and request.session.get(DEMO_FLAG)):
            return self.get_response(request)
        path = request.path_info
        if path.startswith(ENROLMENT) and not path.startswith(CODES):
            return self.get_response(request)
        if not needs_passkey(request):
            self._remind(request)
            return self.get_response(request)
        if path.startswith(CODES):
            return redirect(ENROL_AT)
        if used_passkey(request):
            return self.get_response(request)
        return self._lead(request)

    def _lead(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/"):
            from accounts.api.problems import plain

            return plain(403, "second-factor", "Sign in with a passkey in the browser first.")
        if _has(request, Authenticator.Type.WEBAUTHN):
            return redirect(f"{USE_AT}?{urlencode({'next': request.get_full_path()})}")
        return redirect(ENROL_AT)

    def _remind(self, request: HttpRequest) -> None:
        page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if not page or request.session.get(PROMPTED):
            return
        request.session[PROMPTED] = True
        if not _has(request, Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP):
            messages.warning(
                request,
                "Your account has a password only. Add a passkey or an authenticator app under Profile, "
                "“Passkeys and recovery codes”.",
            )


def needs_passkey(request: HttpRequest) -> bool:
    """Whether this person signs in phishing-resistantly or not at all (R14)."""
    seats = seats_of(request.user)
    return seats.is_agency or seats.is_auditor or bool(request.user.is_staff)


def used_passkey(request: HttpRequest) -> bool:
    """Whether this session was signed in, or confirmed, with a passkey."""
    return any(record.get("type") == Authenticator.Type.WEBAUTHN for record in request.session.get(RECORDS) or [])


def _has(request: HttpRequest, *types: str) -> bool:
    return Authenticator.objects.filter(user_id=request.user.pk, type__in=types).exists()
