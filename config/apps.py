"""config as a Django application: management commands and system checks of the whole."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The composition root."""

    name = "config"

    def ready(self) -> None:
        """Register the system checks."""
        from config import checks  # noqa: F401  # registers by import
