"""agencies as a Django application."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, components, and what each can test."""

    name = "agencies"

    def ready(self) -> None:
        """Register what audit says of this room."""
        from audit import verbs

        verbs.register(
            {
                "agencies.capability_changed": "changed a testing capability",
                "agencies.capacity_set": "set places for a period",
                "agencies.capacity_removed": "removed a period of the capacity calendar",
            }
        )
