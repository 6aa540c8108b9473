"""audit as a Django application; plugs `record` into core.ports for the room below."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only record of every change and every sensitive read."""

    name = "audit"

    def ready(self) -> None:
        """Provide the port; name the verbs of accounts, which lies below this room."""
        from audit import actions, verbs
        from core import ports

        ports.record.provide(actions.record)
        verbs.register(verbs.OF_ACCOUNTS)
