"""config as a Django application: management commands and system checks of the whole."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The composition root."""

    name = "config"

    def ready(self) -> None:
        """Register the system checks, and colleagues as the last thing that search looks through."""
        from accounts import search
        from config import checks  # noqa: F401  # registers by import

        search.register("People", search.people)
