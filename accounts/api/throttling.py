"""Limits of the API: one bucket per organisation, so that no rival's load is felt or seen (R44)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts import limits
from accounts.models import ApiToken
from accounts.seats import seats_of

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which imports this module through its settings


class OrganisationThrottle(SimpleRateThrottle):
    """Counts calls of all people and tokens of an organisation together."""

    scope = "organisation"
    num_requests: int  # both are read from the rate by DRF
    duration: int

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """The bucket: the organisation, else the person, else the address."""
        if isinstance(request.auth, ApiToken):
            ident = str(request.auth.organisation_id)
        else:
            home = seats_of(request.user).home
            ident = str(home.pk if home else request.user.pk or self.get_ident(request))
        return self.cache_format % {"scope": self.scope, "ident": ident}

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this call is within the limit."""
        bucket = self.get_cache_key(request, view)
        self.later = limits.wait_for(bucket, self.num_requests, self.duration, self.timer())
        return not self.later

    def wait(self) -> float:
        """Seconds until the next minute is counted."""
        return self.later
