"""transparency as a Django application: the public side."""

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """What anybody may read: what this is, section 3(c), whether the service is up, whether a file is genuine."""

    name = "transparency"

    def ready(self) -> None:
        """Fill the registries."""
        from audit import verbs

        verbs.register(
            {
                "transparency.published": "let anybody confirm the executed copy by its hash",
                "transparency.taken_back": "stopped confirming the executed copy to strangers",
            }
        )
