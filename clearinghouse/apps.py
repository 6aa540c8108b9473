"""clearinghouse as a Django application; its rows and pages follow the main story (see its workflow)."""

from django.apps import AppConfig


class ClearinghouseConfig(AppConfig):
    """Vulnerability reports, scan claims, cases, embargoes, patches, advisories."""

    name = "clearinghouse"
