"""agencies as a Django application."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, components, what each can test, and who keeps its key."""

    name = "agencies"

    def ready(self) -> None:
        """Register what audit says of this room."""
        from agencies import queries
        from audit import verbs
        from core import ports

        ports.registered_key.provide(queries.registered_key)
        verbs.register(
            {
                "agencies.capability_changed": "changed a testing capability",
                "agencies.capacity_set": "set places for a period",
                "agencies.capacity_removed": "removed a period of the capacity calendar",
                "agencies.custody_set": "said who keeps the agency’s key",
            }
        )
